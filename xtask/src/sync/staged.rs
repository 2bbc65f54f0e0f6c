//! Files that are not generated, replaced whole: the model, the changelog.

use super::act::{self, Disk, Real, Stage};
use super::{Mode, Problem, lock};
use crate::cause::cause;
use std::fs::File;
use std::path::{Path, PathBuf};

/// New contents of some files, on the disk already and not yet in place. What is dropped without being put there leaves no trace.
///
/// A killed process leaves every file whole, old or new, and perhaps a temporary file, which the next run replaces. As long as it
/// lives, other runs wait that want to replace a file in the folder of the last one.
pub struct Staged {
    stage: Stage,
    _turn: Option<File>,
}

impl Staged {
    /// Writes every content to a temporary file beside its place, so that a full disk or a missing right shows before anything is replaced.
    pub fn new(files: &[(PathBuf, String)]) -> Result<Self, Problem> {
        let turn = files.last().and_then(|(path, _)| lock(path.parent()?, Mode::Write, &mut || {}));
        Ok(Self { stage: stage(&mut Real, files)?, _turn: turn })
    }

    /// Puts the files into place, in the order in which they were given.
    pub fn put(mut self) -> Result<(), Problem> {
        put(&mut Real, &mut self.stage)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        act::clear(&mut Real, std::mem::take(&mut self.stage));
    }
}

pub(super) fn stage(disk: &mut dyn Disk, files: &[(PathBuf, String)]) -> Result<Stage, Problem> {
    let mut stage = Stage::default();
    match fill(disk, files, &mut stage) {
        Ok(()) => Ok(stage),
        Err(problem) => {
            act::clear(disk, stage);
            Err(act::untouched(problem))
        }
    }
}

fn fill(disk: &mut dyn Disk, files: &[(PathBuf, String)], stage: &mut Stage) -> Result<(), Problem> {
    for (place, text) in files {
        let folder = place.parent().unwrap_or(Path::new("."));
        act::make_folder(disk, folder, stage)?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        // Always the same name, so that what a killed run left is found.
        let temporary = folder.join(format!(".{name}.smithlet.tmp"));
        act::remove(disk, &temporary)?;
        stage.files.push_back((temporary.clone(), place.clone()));
        disk.write_new(&temporary, text.as_bytes())
            .map_err(|error| Problem::new(place, format!("cannot be written: {}", cause(&error))))?;
    }
    Ok(())
}

pub(super) fn put(disk: &mut dyn Disk, stage: &mut Stage) -> Result<(), Problem> {
    while let Some((temporary, place)) = stage.files.front() {
        disk.replace(temporary, place).map_err(|error| Problem {
            hint: "it stopped halfway, with every file whole; run it again when the cause is gone".to_owned(),
            ..Problem::new(place, format!("cannot be replaced: {}", cause(&error)))
        })?;
        stage.files.pop_front();
    }
    Ok(())
}
