//! Files that are not generated, such as the model and the changelog, and are replaced as a whole.

use super::act::{self, Disk, Real, Stage};
use super::lock::lock;
use super::plan::{Mode, Problem};
use crate::cause::cause;
use std::fs::File;
use std::path::{Path, PathBuf};

/// New contents of some files, on the disk but not yet in place. They are removed if they are dropped before that.
///
/// A killed process leaves every file whole, either old or new, and perhaps a temporary file, which the next run replaces. Other runs that replace
/// a file in the folder of the last file wait while this value lives.
pub struct Staged {
    stage: Stage,
    _turn: Option<File>,
}

impl Staged {
    /// Writes every content to a temporary file beside its target, so that a full disk or a missing permission shows before anything is replaced.
    pub fn new(files: &[(PathBuf, String)]) -> Result<Self, Problem> {
        let turn = files.last().and_then(|(path, _)| lock(path.parent()?, Mode::Write, &mut || {}));
        Ok(Self { stage: stage(&mut Real, files)?, _turn: turn })
    }

    /// Moves the files into place, in the given order.
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
        // The name is always the same, so that the file of a killed run is found.
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
            hint: "the run stopped halfway, every file is either old or new; fix the cause and run it again".to_owned(),
            ..Problem::new(place, format!("cannot be replaced: {}", cause(&error)))
        })?;
        stage.files.pop_front();
    }
    Ok(())
}
