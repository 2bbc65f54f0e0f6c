//! The lock on a folder, so that runs take turns.

use super::plan::Mode;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Waits until no other run writes to the folder, and keeps others out while the result lives. The system releases the lock of a killed process.
pub(super) fn lock(out: &Path, mode: Mode, waiting: &mut dyn FnMut()) -> Option<File> {
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
