//! Refuses paths that lead out of the output folder or that some file systems do not allow.

use super::plan::{Files, MARK, Problem};
use std::collections::BTreeMap;
use std::path::Path;

/// The maximum number of lines and bytes before the end of the generator's mark.
const HEAD_LINES: usize = 5;
pub(super) const HEAD_BYTES: usize = 1024;

/// The maximum length of a file name on common file systems, in bytes.
const LONGEST_NAME: usize = 255;

/// Finds all reasons why `files` cannot be the content of a folder.
pub(super) fn validate(out: &Path, files: &Files) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    // Paths are compared in lower case, since on some systems names that differ in case are the same file.
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for (path, text) in files {
        // The path is shown on its own because it may be absolute.
        let mut refuse = |why: String| problems.push(Problem::new(out, format!("cannot hold the generated file {path:?}: {why}")));
        if let Some(why) = fault(path) {
            refuse(why.to_owned());
        } else if !is_marked(text.as_bytes()) {
            refuse(format!("its first lines lack the mark {MARK}, so a later run could not recognise it"));
        } else if let Some(other) = taken.insert(path.to_lowercase(), path) {
            refuse(format!("{other:?} differs only in upper and lower case"));
        }
    }
    for (lower, path) in &taken {
        if let Some(folder) = folders(lower).find(|folder| taken.contains_key(*folder)) {
            problems.push(Problem::new(out, format!("cannot hold the generated file {path:?}: {folder:?} is a generated file too")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The fault of a relative path, if there is one.
fn fault(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) {
        return Some("its path has a character that some systems do not allow");
    }
    for segment in path.split('/') {
        match segment {
            "" => return Some("its path has an empty part"),
            "." | ".." => return Some("its path leads out of the folder"),
            _ if segment.len() > LONGEST_NAME => return Some("its path has a part of more than 255 bytes"),
            _ => {}
        }
    }
    if folders(path).any(is_skipped) {
        return Some("it would lie in a folder that is never searched");
    }
    (is_temporary(name) || path == CARGO_LOCK).then_some("its name is reserved")
}

/// Cargo's lock file, whose mark reads like ours.
pub(super) const CARGO_LOCK: &str = "Cargo.lock";

/// True if a folder is never searched: Cargo's output at the top, and folders with a dot, which belong to tools.
pub(super) fn is_skipped(folder: &str) -> bool {
    folder == "target" || folder.split('/').any(|name| name.starts_with('.'))
}

/// The folders above a relative path, innermost first, without the folder that the path is relative to.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

/// True if the first lines of a file contain the generator's mark.
pub(super) fn is_marked(contents: &[u8]) -> bool {
    let head = contents.get(..HEAD_BYTES).unwrap_or(contents);
    let mark = MARK.as_bytes();
    head.split(|byte| *byte == b'\n').take(HEAD_LINES).any(|line| line.windows(mark.len()).any(|window| window == mark))
}

/// The name of the temporary file number `number` of this process.
pub(super) fn temporary(number: usize) -> String {
    format!(".smithlet-{}-{number}.tmp", std::process::id())
}

/// True if a file's name is one that [`temporary`] returns, in any process.
pub(super) fn is_temporary(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    name.strip_prefix(".smithlet-")
        .and_then(|rest| rest.strip_suffix(".tmp"))
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(process, number)| digits(process) && digits(number))
}
