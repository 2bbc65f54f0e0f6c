//! The models that a manifest's crates are generated from, and their release in the manifest.

use super::Run;
use crate::input::InputFile;
use crate::manifest::{Located, Manifest, Origin, edit};
use crate::models::{Cache, Models, ServiceModel, Source};
use crate::place;
use ::codegen::diagnostic::{Diagnostic, quoted};
use std::path::Path;

/// The models of a manifest, or those that take their place.
pub(super) struct Library {
    models: Models,
    source: Pinned,
}

/// The source as the manifest names it.
enum Pinned {
    /// A version of botocore.
    Botocore(String),
    /// A path from the manifest's folder.
    Path(String),
}

impl Library {
    /// Opens the models that the manifest names. A release that is not in the cache is fetched.
    pub(super) fn open(manifest: &Manifest, run: &mut Run<'_, '_>) -> Result<Self, Vec<Diagnostic>> {
        match &manifest.origin {
            Origin::Botocore { version, sha256 } => {
                let digest = sha256.as_ref().map(|sha256| sha256.value.clone());
                Self::release_of(&version.value, digest, run).map_err(|finding| vec![placed(finding, &version.at)])
            }
            Origin::Path(path) => {
                let file = InputFile::own(&path.value, &manifest.folder, run.current);
                if !file.path.exists() {
                    let hint = "the path is relative to the manifest's folder";
                    return Err(vec![path.error(format!("there is no file or folder {}", quoted(&path.value))).hint(hint)]);
                }
                let models = models(&Source::Path(file), run).map_err(|finding| vec![placed(finding, &path.at)])?;
                Ok(Self { models, source: Pinned::Path(path.value.clone()) })
            }
        }
    }

    /// Fetches the newest release of botocore.
    pub(super) fn newest(run: &mut Run<'_, '_>) -> Result<Self, Vec<Diagnostic>> {
        let wheel = Cache::of_the_environment().newest(&mut |what| run.console.progress(what)).map_err(|finding| vec![finding])?;
        let version = wheel.version.clone();
        let models = Models::of_wheel(wheel).map_err(|finding| vec![finding])?;
        Ok(Self { models, source: Pinned::Botocore(version) })
    }

    /// Opens a release of botocore that the command line names.
    pub(super) fn botocore(version: &str, run: &mut Run<'_, '_>) -> Result<Self, Vec<Diagnostic>> {
        Self::release_of(version, None, run).map_err(|finding| vec![finding])
    }

    /// Opens a file or a folder that the command line names. `folder` is the manifest's.
    pub(super) fn path(path: &Path, folder: &Path, run: &mut Run<'_, '_>) -> Result<Self, Vec<Diagnostic>> {
        let file = InputFile { path: path.to_owned(), shown: place::shown(path, run.current) };
        let models = models(&Source::Path(file), run).map_err(|finding| vec![finding])?;
        let absolute = place::resolve(path);
        let way = place::relative(folder, &absolute).unwrap_or(absolute);
        let way = place::manifest_text(&way).unwrap_or_else(|| way.display().to_string());
        Ok(Self { models, source: Pinned::Path(way) })
    }

    fn release_of(version: &str, sha256: Option<String>, run: &mut Run<'_, '_>) -> Result<Self, Diagnostic> {
        let models = models(&Source::Botocore { version: version.to_owned(), sha256 }, run)?;
        Ok(Self { models, source: Pinned::Botocore(version.to_owned()) })
    }

    /// The model of a service.
    pub(super) fn service(&self, name: &Located<String>) -> Result<ServiceModel, Diagnostic> {
        self.models.find(&name.value).map_err(|finding| placed(finding, &name.at))
    }

    /// The names of all services.
    pub(super) fn services(&self) -> Vec<String> {
        self.models.services().into_iter().map(|service| service.name).collect()
    }

    /// The source in messages: `botocore 1.43.67`, or a path.
    pub(super) fn shown(&self) -> String {
        match &self.source {
            Pinned::Botocore(version) => format!("botocore {version}"),
            Pinned::Path(path) => path.clone(),
        }
    }

    /// The text of a manifest with these models as its source: the release and its digest, or the path.
    pub(super) fn pinned(&self, text: &str) -> Result<String, Vec<Diagnostic>> {
        match &self.source {
            Pinned::Botocore(version) => edit::with_release(text, version, self.models.sha256()),
            Pinned::Path(path) => edit::with_path(text, path),
        }
    }

    /// The text of a manifest without crates.
    pub(super) fn beginning(&self) -> String {
        edit::beginning(&self.source_line())
    }

    fn source_line(&self) -> String {
        match &self.source {
            Pinned::Botocore(version) => format!("botocore = {}", toml_edit::value(version)),
            Pinned::Path(path) => format!("path = {}", toml_edit::value(path)),
        }
    }
}

fn models(source: &Source, run: &mut Run<'_, '_>) -> Result<Models, Diagnostic> {
    Models::open(source, &Cache::of_the_environment(), &mut |what| run.console.progress(what))
}

/// The finding at a place of the manifest, unless it has one of its own.
fn placed(finding: Diagnostic, at: &str) -> Diagnostic {
    if finding.file.is_empty() { Diagnostic { file: at.to_owned(), ..finding } } else { finding }
}
