//! Brings a folder in line with what was generated: the only code that writes to the disk. Files that are kept by hand are replaced whole
//! through [`Staged`].
//!
//! A run first compares the whole folder with the whole value ([`Plan`]), without touching anything; every reason to refuse is found there.
//! Only then, and only in [`Mode::Write`], it acts, in an order in which a process killed between any two steps leaves every file whole,
//! old or new, and the next run finishes the work:
//!
//! 1. temporary files that an interrupted run left behind are removed;
//! 2. every new content is written to a temporary file in the folder where it belongs, so that a full disk or a missing right shows
//!    before anything is replaced;
//! 3. the temporary files are renamed into place, leaves before the modules that name them;
//! 4. orphans, files with the generator's mark that are no longer generated, are removed, and the folders which that empties. (Killed between
//!    the two, an empty folder stays: nobody could tell it from one of somebody else's.)
//!
//! Nothing is forced down to the platter (`fsync`): a killed process does not need it, what is written can be generated again, and
//! on a slow disk it would cost more than all the rest. A machine that loses power may leave empty files; those are replaced like ours.
//!
//! Runs on the same folder take turns where the system can lock a folder. Where it cannot, every file is still whole, since
//! each run renames its own temporary files, and the last one wins file by file.

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

/// What was generated: relative paths with `/`, and the text of each file.
pub type Files = BTreeMap<String, String>;

/// What every generated file carries in its first lines. The whole of it, not only the first word: Cargo's lock file and what many other generators
/// write carry that as well, and their files are not ours to remove.
pub const MARK: &str = ::codegen::MARKER;

/// Whether differences are repaired or only found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// The folder is changed to hold what was generated.
    Write,
    /// Nothing is touched.
    Check,
}

/// How a folder differs from what was generated. All paths are relative to the folder, with `/`, and sorted.
#[derive(Debug, Default)]
pub struct Plan {
    /// Generated files that are not there.
    pub missing: Vec<String>,
    /// Generated files whose content on disk is another.
    pub stale: Vec<Stale>,
    /// How many generated files are there as they should be.
    pub unchanged: usize,
    /// Files with the generator's mark that are no longer generated.
    pub orphaned: Vec<String>,
    /// Temporary files that an interrupted run left behind.
    pub leftover: Vec<String>,
    /// Things that stand where a generated file or its folder belongs and cannot be replaced by it.
    pub obstacles: Vec<Obstacle>,
    /// Files that are not ours and stay.
    pub foreign: Vec<String>,
}

/// A file whose content is not the generated one.
#[derive(Debug)]
pub struct Stale {
    /// Where it is.
    pub path: String,
    /// What it holds; only the first part if it is far larger than what was generated.
    pub on_disk: Vec<u8>,
    /// Whether it may be replaced: it carries the generator's mark or is empty.
    pub ours: bool,
}

/// Something that is no file and stands where a file belongs, or no folder where a folder belongs.
#[derive(Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Obstacle {
    /// Where it is.
    pub path: String,
    /// What is wrong with it, as the rest of a sentence that starts with the path.
    pub message: String,
}

impl Plan {
    /// Whether the folder is as it should be.
    pub fn is_clean(&self) -> bool {
        self.missing.is_empty()
            && self.stale.is_empty()
            && self.orphaned.is_empty()
            && self.leftover.is_empty()
            && self.obstacles.is_empty()
    }

    /// Every reason not to write into `out`.
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

/// Why nothing was written, or why writing stopped.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The file or folder it is about.
    pub path: PathBuf,
    /// What is wrong, as the rest of a sentence that starts with the path.
    pub message: String,
    /// What to do; empty when that is plain.
    pub hint: String,
}

impl Problem {
    /// The problem in the words of every other finding, its path as seen from the folder `current`.
    pub fn finding(&self, current: &Path) -> Diagnostic {
        Diagnostic::error(&place::shown(&self.path, current), &Pointer::default(), &self.message).hint(&self.hint)
    }

    fn new(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into(), hint: String::new() }
    }
}

/// Compares the folder `out` with `files` and, in [`Mode::Write`], changes it; returns the differences that it found, which in that mode are
/// repaired by then. `waiting` is called when another run has the folder and this one waits for it.
///
/// Fails without having touched anything when a path leads out of the folder, something in the folder is in the way, or the folder cannot
/// be read. Fails halfway, with every file whole, when the disk refuses.
pub fn sync(out: &Path, files: &Files, mode: Mode, waiting: &mut dyn FnMut()) -> Result<Plan, Vec<Problem>> {
    sync_through(&mut act::Real, out, files, mode, waiting)
}

fn sync_through(disk: &mut dyn act::Disk, out: &Path, files: &Files, mode: Mode, waiting: &mut dyn FnMut()) -> Result<Plan, Vec<Problem>> {
    paths::validate(out, files)?;
    let one = |problem| vec![problem];
    // The folder has to be there to be locked.
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

/// Waits until no other run writes to the folder, for as long as the result lives. The system releases the lock of a killed process.
fn lock(out: &Path, mode: Mode, waiting: &mut dyn FnMut()) -> Option<File> {
    // Opening anything but a folder might block, a pipe for one.
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
