//! Updates a folder to match the generated files. Only this module writes to the disk. Files that are kept by hand are replaced through [`Staged`].
//!
//! A run first compares the whole folder with the generated files ([`Plan`]) without changing anything; every reason to refuse is found there. Only
//! then, and only in [`Mode::Write`], it changes the folder. A process killed between any two steps leaves every file whole, either old or new,
//! and the next run finishes the work. The steps are:
//!
//! 1. Temporary files of an interrupted run are removed.
//! 2. Every new content is written to a temporary file in its folder, so that a full disk or a missing permission shows before anything is
//!    replaced.
//! 3. The temporary files are renamed into place, leaves before the modules that name them.
//! 4. Orphans, which are files with the generator's mark that are no longer generated, are removed, and folders that become empty. A run killed
//!    between the two leaves an empty folder, which is kept because it may be the user's.
//!
//! Files are not flushed to the disk (`fsync`): a killed process does not need it, the files can be generated again, and on a slow disk it would
//! take longer than everything else. A power failure may leave empty files, which the next run replaces.
//!
//! Runs on the same folder take turns where the system can lock a folder. Where it cannot, every file is still whole, since each run renames its
//! own temporary files, and the last run wins file by file.

mod act;
mod compare;
mod paths;
mod staged;

pub use staged::Staged;

use crate::place;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The generated files: their texts by relative paths with `/`.
pub type Files = BTreeMap<String, String>;

/// The mark in the first lines of every generated file. It is longer than the usual first word, which Cargo's lock file and other generators write
/// too, since their files must not be removed.
pub const MARK: &str = ::codegen::MARKER;

/// The mode of a run: repair differences or only report them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// The folder is changed to match the generated files.
    Write,
    /// The folder is not changed.
    Check,
}

/// The differences between a folder and the generated files. All paths are relative to the folder, with `/`, and sorted.
#[derive(Debug, Default)]
pub struct Plan {
    /// Generated files that are missing.
    pub missing: Vec<String>,
    /// Generated files with another content on disk.
    pub stale: Vec<Stale>,
    /// The number of generated files that are up to date.
    pub unchanged: usize,
    /// Files with the generator's mark that are no longer generated.
    pub orphaned: Vec<String>,
    /// Temporary files of an interrupted run.
    pub leftover: Vec<String>,
    /// Entries in the place of a generated file or its folder that cannot be replaced.
    pub obstacles: Vec<Obstacle>,
    /// Files that are not ours and are kept.
    pub foreign: Vec<String>,
}

/// A file whose content differs from the generated one.
#[derive(Debug)]
pub struct Stale {
    /// The path of the file.
    pub path: String,
    /// The present content, cut off if it is far larger than the generated one.
    pub on_disk: Vec<u8>,
    /// True if the file may be replaced: it has the generator's mark or is empty.
    pub ours: bool,
}

/// An entry that is not a file in the place of a file, or not a folder in the place of a folder.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Obstacle {
    /// The path of the entry.
    pub path: String,
    /// The problem, as the rest of a sentence that starts with the path.
    pub message: String,
}

impl Plan {
    /// True if the folder is up to date.
    pub fn is_clean(&self) -> bool {
        self.missing.is_empty()
            && self.stale.is_empty()
            && self.orphaned.is_empty()
            && self.leftover.is_empty()
            && self.obstacles.is_empty()
    }

    /// All reasons not to write into `out`.
    fn refusals(&self, out: &Path) -> Vec<Problem> {
        let foreign = self.stale.iter().filter(|stale| !stale.ours).map(|stale| Problem {
            path: out.join(&stale.path),
            message: format!("is in the way: it does not carry the mark of generated files ({MARK})"),
            hint: "if it is yours, move it or choose another folder; if it is a damaged file of ours, remove it".to_owned(),
        });
        let obstacles = self.obstacles.iter().map(|obstacle| Problem {
            path: out.join(&obstacle.path),
            message: obstacle.message.clone(),
            hint: "move it or choose another folder".to_owned(),
        });
        obstacles.chain(foreign).collect()
    }
}

/// The reason why nothing was written, or why writing stopped.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The file or folder with the problem.
    pub path: PathBuf,
    /// The problem, as the rest of a sentence that starts with the path.
    pub message: String,
    /// The advice, which may be empty.
    pub hint: String,
}

impl Problem {
    /// The problem as a finding, with its path relative to the folder `current`.
    pub fn finding(&self, current: &Path) -> Diagnostic {
        Diagnostic::error(&place::shown(&self.path, current), &Pointer::default(), &self.message).hint(&self.hint)
    }

    fn new(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into(), hint: String::new() }
    }
}

/// Compares the folder `out` with `files` and, in [`Mode::Write`], updates it. Returns the differences that it found, which are then repaired in
/// that mode. `waiting` is called before the run waits for another one.
///
/// It fails without a change if a path leads out of the folder, an entry is in the way, or the folder cannot be read. It fails halfway, with every
/// file whole, if the disk refuses.
pub fn sync(out: &Path, files: &Files, mode: Mode, waiting: &mut dyn FnMut()) -> Result<Plan, Vec<Problem>> {
    sync_through(&mut act::Real, out, files, mode, waiting)
}

fn sync_through(disk: &mut dyn act::Disk, out: &Path, files: &Files, mode: Mode, waiting: &mut dyn FnMut()) -> Result<Plan, Vec<Problem>> {
    paths::validate(out, files)?;
    let one = |problem| vec![problem];
    // The folder must exist to be locked.
    let stage = match mode {
        Mode::Write if !compare::exists(out).map_err(one)? => act::open(disk, out).map_err(one)?,
        Mode::Write | Mode::Check => act::Stage::default(),
    };
    let _turn = lock(out, mode, waiting);
    let plan = compare::compare(out, files).map_err(one)?;
    if mode == Mode::Write {
        let refusals = plan.refusals(out);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        act::act(disk, out, files, &plan, stage).map_err(one)?;
    }
    Ok(plan)
}

/// Waits until no other run writes to the folder, and keeps others out while the result lives. The system releases the lock of a killed process.
fn lock(out: &Path, mode: Mode, waiting: &mut dyn FnMut()) -> Option<File> {
    // Opening something else, such as a pipe, might block.
    if !out.is_dir() {
        return None;
    }
    let folder = File::open(out).ok()?;
    let now = match mode {
        Mode::Write => folder.try_lock(),
        Mode::Check => folder.try_lock_shared(),
    };
    if let Err(TryLockError::WouldBlock) = now {
        waiting();
        let later = match mode {
            Mode::Write => folder.lock(),
            Mode::Check => folder.lock_shared(),
        };
        later.ok()?;
    }
    Some(folder)
}

#[cfg(test)]
mod tests;
