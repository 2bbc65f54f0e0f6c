//! `smithlet.toml`, the list of a repository's crates and the place of their models.
//!
//! ```toml
//! [models]
//! botocore = "1.43.67"
//! sha256 = "6c5a..."
//!
//! [crates.my-sqs]
//! service = "sqs"
//! operations = ["SendMessage", "ReceiveMessage"]
//! path = "crates/my-sqs"
//! ```
//!
//! The manifest is read with the place of every value, so that a finding about it names the line and the column. It is changed in place, so that its
//! comments and its order stay (see [`edit`]).

pub mod edit;
mod folders;
mod read;

use crate::input::{self, InputFile};
use crate::place;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::path::{Path, PathBuf};

/// The name of the manifest.
pub const FILE: &str = "smithlet.toml";

/// A value of the manifest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its place, as findings show it: `smithlet.toml:12:5`.
    pub at: String,
}

impl<T> Located<T> {
    /// A finding about the value.
    pub fn error(&self, message: impl Into<String>) -> Diagnostic {
        error(&self.at, message)
    }
}

/// A finding about a place.
pub(crate) fn error(at: &str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(at, &Pointer::default(), message)
}

/// The place of the models.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// A release of botocore.
    Botocore {
        /// The version: `1.43.67`.
        version: Located<String>,
        /// The SHA-256 digest of the release's wheel, in hexadecimal digits. The tool writes it when it has fetched the release.
        sha256: Option<Located<String>>,
    },
    /// A file or a folder, relative to the manifest's folder.
    Path(Located<String>),
}

/// The operations of a crate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Chosen {
    /// All that are supported.
    All,
    /// Some, by their names in the model.
    Named(Vec<Located<String>>),
}

/// One crate of the manifest.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// The crate's name.
    pub name: Located<String>,
    /// The service, by any of its names.
    pub service: Located<String>,
    /// The operations.
    pub operations: Chosen,
    /// The crate's folder, relative to the manifest's folder, with `/`.
    pub path: Located<String>,
    /// The overlay, relative to the manifest's folder.
    pub overlay: Option<Located<String>>,
    /// The documentation.
    pub docs: ::codegen::Documentation,
    /// The protocol to speak, if the service has several.
    pub protocol: Option<Located<String>>,
    /// The crate's version.
    pub version: Option<Located<String>>,
}

/// A manifest that has been read. Its crates have folders of their own inside the manifest's folder.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// The folder of the manifest, absolute.
    pub folder: PathBuf,
    /// The manifest's name in findings.
    pub shown: String,
    /// Its text.
    pub text: String,
    /// The place of the models.
    pub origin: Origin,
    /// The crates, in the manifest's order.
    pub crates: Vec<Entry>,
}

impl Manifest {
    /// Reads the nearest manifest at or above the folder `current`; `None` if there is none.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the manifest, in the order of its lines.
    pub fn find(current: &Path) -> Result<Option<Self>, Vec<Diagnostic>> {
        match current.ancestors().find(|folder| folder.join(FILE).exists()) {
            Some(folder) => Self::open(folder, current).map(Some),
            None => Ok(None),
        }
    }

    /// Reads the manifest in a folder.
    fn open(folder: &Path, current: &Path) -> Result<Self, Vec<Diagnostic>> {
        let file = InputFile::own(FILE, folder, current);
        let text = input::read(&file.path, &file.shown).map_err(|finding| vec![finding])?;
        Self::parse(&place::resolve(folder), &file.shown, &text)
    }

    /// Reads a manifest's text; `folder` is the absolute path of its folder, `shown` its name in findings.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn parse(folder: &Path, shown: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let (origin, crates) = read::read(shown, text)?;
        folders::check(folder, &crates)?;
        Ok(Self { folder: folder.to_owned(), shown: shown.to_owned(), text: text.to_owned(), origin, crates })
    }

    /// The absolute path of the manifest.
    pub fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// The absolute path of a crate's folder.
    pub fn folder_of(&self, entry: &Entry) -> PathBuf {
        place::resolve(&self.folder.join(&entry.path.value))
    }

    /// The crates with these names, in the manifest's order; without names, all.
    ///
    /// # Errors
    ///
    /// Names that the manifest does not have.
    pub fn crates(&self, names: &[String]) -> Result<Vec<&Entry>, Vec<Diagnostic>> {
        let known = || self.crates.iter().map(|entry| entry.name.value.as_str());
        let unknown = names.iter().filter(|name| !known().any(|known| known == *name));
        let findings: Vec<Diagnostic> = unknown
            .map(|name| {
                let near = ::codegen::suggest::did_you_mean(name, known());
                let all: Vec<&str> = known().collect();
                let hint = if near.is_empty() { format!("it has {}", ::codegen::suggest::first_of(&all)) } else { near };
                error(&self.shown, format!("has no crate {}", ::codegen::diagnostic::quoted(name))).hint(if all.is_empty() {
                    "it has none; `cargo smithlet new` adds one".to_owned()
                } else {
                    hint
                })
            })
            .collect();
        if !findings.is_empty() {
            return Err(findings);
        }
        Ok(self.crates.iter().filter(|entry| names.is_empty() || names.contains(&entry.name.value)).collect())
    }
}

#[cfg(test)]
mod tests;
