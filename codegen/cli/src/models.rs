//! Where models come from.
//!
//! A [`Source`] is a release of botocore, which pip fetches once into the [`Cache`], or a path to one of:
//!
//! - botocore's wheel (`.whl`) or source distribution (`.tar.gz`);
//! - botocore's package, installed or unpacked: the folder `botocore`, its folder `data`, or the folder above;
//! - a checkout of AWS's Smithy models (`models/SERVICE/service/DATE/SERVICE-DATE.json`), or of one of AWS's SDKs
//!   (`codegen/sdk/aws-models/SERVICE.json`);
//! - a folder of models, each called `SERVICE.json`;
//! - a single model.
//!
//! Models are in either format, compressed with gzip or not. All are read where they are. [`Models`] finds a service by the name of its folder or
//! file (`secretsmanager`), by its id (`Secrets Manager`) and by its endpoint prefix; capitals, spaces and dashes make no difference. Of several
//! versions of a service's API, the newest counts.
//!
//! # The cache
//!
//! The folder is `SMITHLET_CACHE`, or else `smithlet` in the user's folder for caches: `XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches` on macOS,
//! `LOCALAPPDATA` on Windows. A release in the cache needs no network. Others are fetched with the first of `python3 -m pip`, `python -m pip` and
//! `uv tool run pip` that runs, with the user's index, proxy and certificates.
//!
//! # Modules
//!
//! `open` opens a source. `cache` keeps wheels and `pip` downloads them; `archive` reads files inside zip, tar and folders; `layout` knows where models lie in them; `names`
//! reads a service's other names from its model.

mod archive;
mod cache;
mod layout;
mod names;
mod open;
mod pip;

pub use cache::{Cache, Wheel};

use crate::beside::Beside;
use crate::input::{self, InputFile};
use ::codegen::diagnostic::{Diagnostic, quoted};
use ::codegen::model::Pointer;
use ::codegen::suggest::{did_you_mean, first_of};
use archive::Container;
use layout::Entry;
use names::Names;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The origin of a repository's models.
#[derive(Clone, Debug)]
pub enum Source {
    /// A release of botocore.
    Botocore {
        /// The version number.
        version: String,
        /// The SHA-256 of its wheel in hexadecimal, if it is pinned.
        sha256: Option<String>,
    },
    /// A file or a folder.
    Path(InputFile),
}

/// The models of a source.
pub struct Models {
    container: Box<dyn Container>,
    /// The newest model of each service, in the order of their names.
    entries: Vec<Entry>,
    /// The source in messages: `botocore 1.43.67`, or the path.
    shown: String,
    /// The beginning of the files' paths in messages, which is empty or ends with `/`; `None` for an archive.
    folder: Option<String>,
    release: Option<Release>,
    sha256: Option<String>,
    names: OnceLock<Vec<Option<Names>>>,
}

/// The release that models are from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Release {
    /// The name and version: `botocore 1.43.67`.
    pub name: String,
    /// The day on which the archive was made, as `YYYY-MM-DD`.
    pub date: Option<String>,
}

/// A service in a list.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Service {
    /// The name of its folder or file: `sqs`.
    pub name: String,
    /// The newest version of its API: `2012-11-05`.
    pub version: Option<String>,
}

/// The model of a service.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServiceModel {
    /// The service.
    pub service: Service,
    /// The model.
    pub model: Document,
    /// The files beside botocore's model.
    pub beside: Beside<Document>,
}

/// A file of a source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// The name in findings: `botocore 1.43.67: sqs/2012-11-05/service-2.json`.
    pub shown: String,
    /// The text.
    pub text: String,
}

impl Document {
    /// The file as input of the generator.
    pub fn source(&self) -> ::codegen::Source<'_> {
        ::codegen::Source { file: &self.shown, text: &self.text }
    }
}

/// A way to recognise a service by a name: takes the index of an entry, and the entry.
type Way<'a> = &'a dyn Fn(usize, &Entry) -> bool;

impl Models {
    /// The source in messages: `botocore 1.43.67`, or the path.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The release, where the source tells it.
    pub fn release(&self) -> Option<&Release> {
        self.release.as_ref()
    }

    /// The SHA-256 of the archive or the single model, in hexadecimal. A folder has none.
    pub fn sha256(&self) -> Option<&str> {
        self.sha256.as_deref()
    }

    /// All services, in the order of their names.
    pub fn services(&self) -> Vec<Service> {
        let needs_names = self.entries.iter().any(|entry| entry.is_guess);
        let is_model = |index: usize, entry: &Entry| !entry.is_guess || self.names().get(index).is_some_and(Option::is_some);
        let of = |(index, entry): (usize, &Entry)| (!needs_names || is_model(index, entry)).then(|| entry.into());
        self.entries.iter().enumerate().filter_map(of).collect()
    }

    /// The model of a service, by the name of its folder or file, its id, or its endpoint prefix.
    ///
    /// # Errors
    /// One finding: no service or several have the name, which is a finding without a file, so that the caller can set the place; or the model cannot
    /// be read.
    pub fn find(&self, service: &str) -> Result<ServiceModel, Diagnostic> {
        let entry = self.entry(service)?;
        let wanted: Vec<&str> = std::iter::once(&entry.model).chain(entry.beside.as_ref()).map(String::as_str).collect();
        let mut found = BTreeMap::new();
        // All files in one go, since an archive may have to be read from its beginning.
        self.container.visit(&wanted, &mut |path, bytes| drop(found.insert(path.to_owned(), self.document(path, bytes))));
        let mut take = |path: &String| found.remove(path).unwrap_or_else(|| self.document(path, Err("no such file".to_owned())));
        let model = take(&entry.model)?;
        // One finding is enough: the files of an archive that is damaged have the same.
        let beside = entry.beside.as_ref().map(take).together().map_err(|mut findings| findings.remove(0))?;
        Ok(ServiceModel { service: entry.into(), model, beside })
    }

    fn document(&self, path: &str, bytes: Result<Vec<u8>, String>) -> Result<Document, Diagnostic> {
        let shown = self.shown_member(path);
        let bytes = bytes.map_err(|message| finding(&shown, message))?;
        let text = input::text(bytes, &shown)?;
        Ok(Document { shown, text })
    }

    fn shown_member(&self, path: &str) -> String {
        match &self.folder {
            Some(folder) => format!("{folder}{path}"),
            None => format!("{}: {}", self.shown, layout::short(path)),
        }
    }

    fn entry(&self, service: &str) -> Result<&Entry, Diagnostic> {
        let key = names::key(service);
        let is_key = |name: &str| !key.is_empty() && names::key(name) == key;
        let named = |index: usize, name: fn(&Names) -> Option<&str>| {
            self.names().get(index).and_then(Option::as_ref).and_then(name).is_some_and(is_key)
        };
        let ways: [Way<'_>; 4] = [
            &|_, entry| entry.service == service,
            &|_, entry| is_key(&entry.service),
            &|index, _| named(index, |names| names.id.as_deref()),
            &|index, _| named(index, |names| names.endpoint_prefix.as_deref()),
        ];
        for way in ways {
            let found: Vec<&Entry> =
                self.entries.iter().enumerate().filter(|(index, entry)| way(*index, entry)).map(|(_, entry)| entry).collect();
            match found.as_slice() {
                [] => {}
                [only] => return Ok(only),
                several => return Err(self.ambiguous(service, several)),
            }
        }
        Err(self.unknown(service))
    }

    fn ambiguous(&self, service: &str, entries: &[&Entry]) -> Diagnostic {
        let is_one = entries.iter().all(|entry| Some(&entry.service) == entries.first().map(|first| &first.service));
        let which = if is_one { "models" } else { "services" };
        let names: Vec<&str> = entries.iter().map(|entry| if is_one { entry.model.as_str() } else { entry.service.as_str() }).collect();
        let hint = if is_one { "remove one of them, or name the file with `path`" } else { "write one of these names" };
        let shown = quoted(service);
        finding("", format!("{shown} may be one of several {which} of {}: {}", self.of(), first_of(&names))).hint(hint)
    }

    fn unknown(&self, service: &str) -> Diagnostic {
        const FEW: usize = 8;
        let services = self.services();
        let folders: Vec<&str> = services.iter().map(|service| service.name.as_str()).collect();
        // An id that is the folder's name in capitals would be the same advice twice.
        let other_id = |(entry, names): (&Entry, &Option<Names>)| {
            let id = names.as_ref()?.id.clone()?;
            (names::key(&id) != names::key(&entry.service)).then_some(id)
        };
        let ids: Vec<String> = self.entries.iter().zip(self.names()).filter_map(other_id).collect();
        let near = did_you_mean(service, folders.iter().copied().chain(ids.iter().map(String::as_str)));
        let hint = match folders.len() {
            _ if !near.is_empty() => near,
            0..=FEW => format!("it has {}", first_of(&folders)),
            many => format!("it has {many} services, each named by its folder (`secretsmanager`) or its id (`Secrets Manager`)"),
        };
        finding("", format!("{} has no service {}", self.of(), quoted(service))).hint(hint)
    }

    /// The source in a sentence.
    fn of(&self) -> &str {
        if self.shown == "." { "the current folder" } else { &self.shown }
    }

    /// The names inside the models, in the order of the entries. They are read when they are needed first; a model that cannot be read has none.
    fn names(&self) -> &[Option<Names>] {
        self.names.get_or_init(|| {
            let mut found = vec![None; self.entries.len()];
            let wanted: Vec<&str> = self.entries.iter().map(|entry| entry.model.as_str()).collect();
            self.container.visit(&wanted, &mut |path, bytes| {
                let names = bytes.ok().and_then(|bytes| input::text(bytes, path).ok()).and_then(|text| names::of(&text));
                for (slot, entry) in found.iter_mut().zip(&self.entries) {
                    if entry.model == path {
                        slot.clone_from(&names);
                    }
                }
            });
            found
        })
    }
}

impl From<&Entry> for Service {
    fn from(entry: &Entry) -> Self {
        Self { name: entry.service.clone(), version: entry.version.clone() }
    }
}

fn finding(file: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(file, &Pointer::default(), message)
}

#[cfg(test)]
pub(crate) mod tests;
