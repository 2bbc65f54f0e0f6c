//! Executes a plan in small steps.

use super::paths::{folders, temporary};
use super::plan::{Files, Plan, Problem};
use crate::cause::cause;
use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// All operations that change a folder. Tests use a disk that fails, or is killed, at a chosen step.
pub(super) trait Disk {
    /// Makes a folder inside an existing one.
    fn create_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Writes a file that must not exist yet.
    fn write_new(&mut self, path: &Path, contents: &[u8]) -> io::Result<()>;
    /// Moves a file in one step, replacing the target.
    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&mut self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&mut self, path: &Path) -> io::Result<()>;
}

/// The real disk.
pub(super) struct Real;

impl Disk for Real {
    fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&mut self, path: &Path, contents: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(path)?.write_all(contents)
    }

    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}

/// The folders and temporary files of a run that are not yet in place.
#[derive(Default)]
pub(super) struct Stage {
    folders: Vec<PathBuf>,
    /// Temporary files, each with its target.
    pub(super) files: VecDeque<(PathBuf, PathBuf)>,
}

/// Makes the output folder if it is missing.
pub(super) fn open(disk: &mut dyn Disk, out: &Path) -> Result<Stage, Problem> {
    let mut stage = Stage::default();
    match make_folder(disk, out, &mut stage) {
        Ok(()) => Ok(stage),
        Err(problem) => {
            clear(disk, stage);
            Err(untouched(problem))
        }
    }
}

/// Executes `plan` in the folder that was opened.
pub(super) fn act(disk: &mut dyn Disk, out: &Path, files: &Files, plan: &Plan, mut stage: Stage) -> Result<(), Problem> {
    for path in &plan.leftover {
        remove(disk, &out.join(path)).map_err(untouched)?;
    }
    if let Err(problem) = fill(disk, out, files, plan, &mut stage) {
        clear(disk, stage);
        return Err(untouched(problem));
    }
    replace(disk, out, files, plan, &mut stage).map_err(|problem| {
        clear(disk, stage);
        Problem { hint: "the run stopped halfway, every file is either old or new; fix the cause and run it again".to_owned(), ..problem }
    })
}

pub(super) fn untouched(problem: Problem) -> Problem {
    Problem { hint: "nothing was changed".to_owned(), ..problem }
}

/// Writes every new content to a temporary file beside its target.
fn fill(disk: &mut dyn Disk, out: &Path, files: &Files, plan: &Plan, stage: &mut Stage) -> Result<(), Problem> {
    let mut changed: Vec<&String> = plan.missing.iter().chain(plan.stale.iter().map(|stale| &stale.path)).collect();
    // Leaves come first: a module that names others is replaced after them.
    changed.sort_by_key(|path| (Reverse(folders(path).count()), *path));
    for path in changed {
        let place = out.join(path);
        let folder = place.parent().unwrap_or(out);
        make_folder(disk, folder, stage)?;
        let temporary = folder.join(temporary(stage.files.len()));
        // The file is recorded before it is written, so that a part of it is removed if the disk is full.
        stage.files.push_back((temporary.clone(), place.clone()));
        let text = files.get(path).map_or("", String::as_str);
        disk.write_new(&temporary, text.as_bytes())
            .map_err(|error| Problem::new(&place, format!("cannot be written: {}", cause(&error))))?;
    }
    Ok(())
}

/// Makes a folder and its missing parents.
pub(super) fn make_folder(disk: &mut dyn Disk, folder: &Path, stage: &mut Stage) -> Result<(), Problem> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|path| !path.is_dir()).collect();
    for path in missing.into_iter().rev() {
        match disk.create_folder(path) {
            Ok(()) => stage.folders.push(path.to_owned()),
            // Another run was faster, on a system where runs cannot take turns.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => return Err(Problem::new(path, format!("cannot be created as a folder: {}", cause(&error)))),
        }
    }
    Ok(())
}

/// Moves the new files into place and removes the orphans. Files in place are removed from the stage.
fn replace(disk: &mut dyn Disk, out: &Path, files: &Files, plan: &Plan, stage: &mut Stage) -> Result<(), Problem> {
    // If the file system ignores case, an orphan may be the very file that a new one replaces, so it must be removed first.
    let generated: BTreeSet<String> = files.keys().map(|path| path.to_lowercase()).collect();
    let (twins, others): (Vec<&String>, Vec<&String>) = plan.orphaned.iter().partition(|path| generated.contains(&path.to_lowercase()));
    for path in twins {
        remove(disk, &out.join(path))?;
    }
    while let Some((temporary, place)) = stage.files.front() {
        disk.replace(temporary, place).map_err(|error| Problem::new(place, format!("cannot be replaced: {}", cause(&error))))?;
        stage.files.pop_front();
    }
    for path in others {
        remove(disk, &out.join(path))?;
    }
    let emptied: BTreeSet<&str> = plan.orphaned.iter().flat_map(|path| folders(path)).collect();
    // Inner folders come first. A folder that is not empty cannot be removed and stays.
    for folder in emptied.into_iter().rev() {
        _ = disk.remove_folder(&out.join(folder));
    }
    Ok(())
}

pub(super) fn remove(disk: &mut dyn Disk, path: &Path) -> Result<(), Problem> {
    match disk.remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Problem::new(path, format!("cannot be removed: {}", cause(&error)))),
        _ => Ok(()),
    }
}

/// Removes the files and folders of a run that failed. The next run removes those that cannot be removed now.
pub(super) fn clear(disk: &mut dyn Disk, stage: Stage) {
    for (temporary, _) in stage.files {
        _ = disk.remove_file(&temporary);
    }
    // Only empty folders are removed.
    for folder in stage.folders.iter().rev() {
        _ = disk.remove_folder(folder);
    }
}
