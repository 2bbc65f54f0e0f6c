//! Opening a source.

use super::archive::{Container, Folder, Tar, Zip};
use super::{Cache, Models, Release, Source, Wheel, cache, finding, layout};
use crate::beside::Beside;
use crate::import::release;
use crate::input::{self, InputFile};
use crate::place;
use ::codegen::diagnostic::Diagnostic;
use std::path::{Component, Path};
use std::sync::OnceLock;

impl Models {
    /// Opens a source. `say` is told about steps that take long.
    ///
    /// # Errors
    /// One finding: the path does not exist, is not a source, or is damaged; or the release cannot be fetched (see [`Cache::wheel`]). A finding about
    /// what was asked for has no file, so that the caller can set the place.
    pub fn open(source: &Source, cache: &Cache, say: &mut dyn FnMut(&str)) -> Result<Self, Diagnostic> {
        match source {
            Source::Botocore { version, sha256 } => Self::of_wheel(cache.wheel(version, sha256.as_deref(), say)?),
            Source::Path(file) => Self::of_path(file),
        }
    }

    /// The models of a wheel in the cache.
    ///
    /// # Errors
    /// One finding, when the wheel is not a zip file with models.
    pub fn of_wheel(wheel: Wheel) -> Result<Self, Diagnostic> {
        let shown = format!("botocore {}", wheel.version);
        let place = wheel.path.display().to_string();
        let zip = Zip::open(wheel.bytes).map_err(|message| finding(&place, message))?;
        let models = Self::of_container(Box::new(zip), &shown, None, Some(wheel.sha256))?;
        let date = models.release.and_then(|release| release.date);
        Ok(Self { release: Some(Release { name: shown, date }), ..models })
    }

    fn of_path(file: &InputFile) -> Result<Self, Diagnostic> {
        if std::fs::metadata(&file.path).is_ok_and(|metadata| metadata.is_dir()) {
            return Self::of_folder(file);
        }
        let refused = |message: String| finding(&file.shown, message);
        if !file.path.exists() {
            return Err(refused("no such file or folder".to_owned()));
        }
        let bytes = input::raw(&file.path, cache::LARGEST).map_err(|error| refused(format!("{error:#}")))?;
        let sha256 = Some(cache::sha256(&bytes));
        if Zip::is(&bytes) {
            return Self::of_container(Box::new(Zip::open(bytes).map_err(refused)?), &file.shown, None, sha256);
        }
        if Tar::is(&bytes) {
            return Self::of_container(Box::new(Tar::open(bytes).map_err(refused)?), &file.shown, None, sha256);
        }
        Self::of_model(file, sha256)
    }

    /// A single model, with the files beside it.
    fn of_model(file: &InputFile, sha256: Option<String>) -> Result<Self, Diagnostic> {
        let path = std::path::absolute(&file.path).unwrap_or_else(|_| file.path.clone());
        let named = |path: &Path| path.file_name().and_then(|name| name.to_str()).map(str::to_owned);
        let name = named(&path).ok_or_else(|| finding(&file.shown, "its name is not Unicode").hint("rename the file"))?;
        let beside = Beside::of(Path::new(""), &path).into_iter().filter_map(|file| named(&file));
        let folder = place::resolve(path.parent().unwrap_or(&path));
        let files = Folder::of_files(&folder, [name.clone()].into_iter().chain(beside));
        // The name that was given leads to the file; those of its neighbours are not worth more.
        let shown = file.shown.strip_suffix(&name).unwrap_or_default().to_owned();
        let models = Self::of_container(Box::new(files), &file.shown, Some(&folder), sha256).map_err(|_| {
            finding(&file.shown, "is neither an archive nor a model").hint(
                "a model is called `SERVICE.json` or `service-2.json`, and may end in `.gz`; an archive is a `.whl`, `.zip` or `.tar.gz`",
            )
        })?;
        Ok(Self { folder: Some(shown), release: models.release_of(&folder), ..models })
    }

    fn of_folder(file: &InputFile) -> Result<Self, Diagnostic> {
        let mut problem = None;
        for below in layout::ROOTS {
            let root = if below.is_empty() { file.path.clone() } else { file.path.join(below) };
            if !root.is_dir() {
                continue;
            }
            let folder = Folder::open(&root).map_err(|message| finding(&file.shown, message))?;
            match Self::of_container(Box::new(folder), &file.shown, Some(&place::resolve(&root)), None) {
                Ok(models) if models.entries.iter().all(|entry| entry.is_guess) && !layout::may_guess(below) => {}
                Ok(models) => {
                    let release = models.release_of(&root);
                    let shown = if file.shown == "." { "" } else { file.shown.trim_end_matches('/') };
                    let parts = [shown, below].into_iter().filter(|part| !part.is_empty());
                    let start = parts.flat_map(|part| [part, "/"]).collect();
                    return Ok(Self { folder: Some(start), release, ..models });
                }
                Err(finding) => problem = Some(finding),
            }
        }
        Err(problem.unwrap_or_else(|| finding(&file.shown, "is not a folder any more")))
    }

    /// The models of a container, which is the folder `folder` or else an archive.
    fn of_container(container: Box<dyn Container>, shown: &str, folder: Option<&Path>, sha256: Option<String>) -> Result<Self, Diagnostic> {
        let above = folder.map(above);
        let entries = layout::newest(above.as_deref(), container.members());
        if entries.is_empty() {
            return Err(finding(shown, "has no models").hint(
                "expected botocore's wheel, source distribution or package, a checkout of AWS's Smithy models, or models called `SERVICE.json`",
            ));
        }
        let models = container.members().iter().filter(|member| entries.iter().any(|entry| entry.model == member.path));
        let date = models.filter_map(|member| member.day.clone()).max();
        let release = layout::release(container.members()).map(|version| Release { name: format!("botocore {version}"), date });
        let shown = shown.to_owned();
        Ok(Self { container, entries, shown, folder: None, release, sha256, names: OnceLock::new() })
    }

    /// The release of botocore whose package the folder is a part of.
    fn release_of(&self, folder: &Path) -> Option<Release> {
        let model = self.entries.first()?.model.as_str();
        release::release(&folder.join(model)).map(|name| Release { name, date: None })
    }
}

/// The names of the folders on the way to `folder`.
fn above(folder: &Path) -> Vec<String> {
    let normal = folder.components().filter(|part| matches!(part, Component::Normal(_)));
    normal.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}
