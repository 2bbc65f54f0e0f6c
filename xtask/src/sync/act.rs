//! Carries a plan out, one small step after the other.

use super::paths::{folders, temporary};
use super::{Files, Plan, Problem};
use crate::cause::cause;
use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The only ways in which a folder is changed. Tests put a disk in between that fails, or dies, at a step of their choice.
pub(super) trait Disk {
    /// Makes a folder inside an existing one.
    fn create_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Writes a file that must not exist yet.
    fn write_new(&mut self, path: &Path, contents: &[u8]) -> io::Result<()>;
    /// Moves a file to where another may stand, in one step.
    fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&mut self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&mut self, path: &Path) -> io::Result<()>;
}

/// The disk itself.
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

/// What a run has made and not yet put into place.
#[derive(Default)]
pub(super) struct Stage {
    folders: Vec<PathBuf>,
    /// Temporary files, each with the place where it belongs.
    pub(super) files: VecDeque<(PathBuf, PathBuf)>,
}

/// Makes the folder itself, as far as it is missing.
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

/// Does what `plan` says, in the folder that was opened.
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
        Problem { hint: "it stopped halfway, with every file whole; run it again when the cause is gone".to_owned(), ..problem }
    })
}

pub(super) fn untouched(problem: Problem) -> Problem {
    Problem { hint: "nothing was changed".to_owned(), ..problem }
}

/// Writes every new content to a temporary file beside its place.
fn fill(disk: &mut dyn Disk, out: &Path, files: &Files, plan: &Plan, stage: &mut Stage) -> Result<(), Problem> {
    let mut changed: Vec<&String> = plan.missing.iter().chain(plan.stale.iter().map(|stale| &stale.path)).collect();
    // Leaves first: a module that names others is replaced when those are there.
    changed.sort_by_key(|path| (Reverse(folders(path).count()), *path));
    for path in changed {
        let place = out.join(path);
        let folder = place.parent().unwrap_or(out);
        make_folder(disk, folder, stage)?;
        let temporary = folder.join(temporary(stage.files.len()));
        // Noted before it is written: a disk that fills up leaves a part of the file, which has to go as well.
        stage.files.push_back((temporary.clone(), place.clone()));
        let text = files.get(path).map_or("", String::as_str);
        disk.write_new(&temporary, text.as_bytes())
            .map_err(|error| Problem::new(&place, format!("cannot be written: {}", cause(&error))))?;
    }
    Ok(())
}

/// Makes a folder and those above it, as far as they are missing.
pub(super) fn make_folder(disk: &mut dyn Disk, folder: &Path, stage: &mut Stage) -> Result<(), Problem> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|path| !path.is_dir()).collect();
    for path in missing.into_iter().rev() {
        match disk.create_folder(path) {
            Ok(()) => stage.folders.push(path.to_owned()),
            // Another run was faster, where runs cannot take turns.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => return Err(Problem::new(path, format!("cannot be made a folder: {}", cause(&error)))),
        }
    }
    Ok(())
}

/// Puts the new files into place and removes the orphans. What is in place leaves the stage.
fn replace(disk: &mut dyn Disk, out: &Path, files: &Files, plan: &Plan, stage: &mut Stage) -> Result<(), Problem> {
    // Where upper and lower case are one, an orphan may be the very file that a new one replaces. It has to go before, not after.
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
    // From the inside out; a folder that still holds something refuses, and that is as it should be.
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

/// Takes back what was made for a run that cannot go on. What resists is removed by the next run.
pub(super) fn clear(disk: &mut dyn Disk, stage: Stage) {
    for (temporary, _) in stage.files {
        _ = disk.remove_file(&temporary);
    }
    // Only those that are still empty go.
    for folder in stage.folders.iter().rev() {
        _ = disk.remove_folder(folder);
    }
}
