//! A temporary folder for the files of an input.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder for one input, which is removed when dropped.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("smithlet-fuzz-{}-{number}", std::process::id())))
    }

    /// Writes a file and returns its path.
    pub(super) fn file(&self, name: &str, text: &[u8]) -> String {
        let path = self.0.join(name);
        let written = fs::create_dir_all(path.parent().unwrap_or(&self.0)).and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        path.display().to_string()
    }

    pub(super) fn name(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that cannot be removed stays among the temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}
