//! The differences between a folder and its generated files, and problems with the folder.

use crate::place;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::collections::BTreeMap;
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
    pub(crate) fn refusals(&self, out: &Path) -> Vec<Problem> {
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

    pub(super) fn new(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into(), hint: String::new() }
    }
}
