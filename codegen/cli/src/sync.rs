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
mod lock;
mod paths;
mod plan;
mod staged;

pub use plan::{Files, MARK, Mode, Obstacle, Plan, Problem, Stale};
pub use staged::Staged;

use lock::lock;
use std::path::Path;

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

#[cfg(test)]
mod tests;
