//! Refuses paths that would lead out of the output folder, or that one file system or another cannot hold.

use super::{Files, MARK, Problem};
use std::collections::BTreeMap;
use std::path::Path;

/// How many lines and bytes of a file may come before the end of the generator's mark.
const HEAD_LINES: usize = 5;
pub(super) const HEAD_BYTES: usize = 1024;

/// The longest name that common file systems hold, in bytes.
const LONGEST_NAME: usize = 255;

/// Every reason why `files` cannot be the content of a folder of ours.
pub(super) fn validate(out: &Path, files: &Files) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    // By the lower-case path, since on some systems two names that differ in case are one file.
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for (path, text) in files {
        // The path is not joined to the folder: it may well be absolute.
        let mut refuse = |why: String| problems.push(Problem::new(out, format!("will not hold the generated file {path:?}: {why}")));
        if let Some(why) = fault(path) {
            refuse(why.to_owned());
        } else if !is_marked(text.as_bytes()) {
            refuse(format!("its first lines lack the mark {MARK}, so that a later run would not know it again"));
        } else if let Some(other) = taken.insert(path.to_lowercase(), path) {
            refuse(format!("{other:?} differs only in upper and lower case"));
        }
    }
    for (lower, path) in &taken {
        if let Some(folder) = folders(lower).find(|folder| taken.contains_key(*folder)) {
            problems.push(Problem::new(out, format!("will not hold the generated file {path:?}: {folder:?} is a generated file too")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Why a relative path is not one of ours.
fn fault(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) {
        return Some("its path has a character that paths cannot have everywhere");
    }
    for segment in path.split('/') {
        match segment {
            "" => return Some("its path has an empty part"),
            "." | ".." => return Some("its path leads elsewhere"),
            _ if segment.len() > LONGEST_NAME => return Some("its path has a part of more than 255 bytes"),
            _ => {}
        }
    }
    if folders(path).any(is_skipped) {
        return Some("it would lie in a folder that is never looked into");
    }
    (is_temporary(name) || path == CARGO_LOCK).then_some("its name is reserved")
}

/// Cargo writes it, with a mark of its own that reads like ours.
pub(super) const CARGO_LOCK: &str = "Cargo.lock";

/// Whether a folder is never looked into: Cargo's output at the top, and folders with a dot, which belong to tools.
pub(super) fn is_skipped(folder: &str) -> bool {
    folder == "target" || folder.split('/').any(|name| name.starts_with('.'))
}

/// The folders above a relative path, innermost first, without the folder that the path is relative to.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/')).map(|(folder, _)| folder)
}

/// Whether the first lines of a file carry the generator's mark.
pub(super) fn is_marked(contents: &[u8]) -> bool {
    let head = contents.get(..HEAD_BYTES).unwrap_or(contents);
    let mark = MARK.as_bytes();
    head.split(|byte| *byte == b'\n').take(HEAD_LINES).any(|line| line.windows(mark.len()).any(|window| window == mark))
}

/// The name of the temporary file number `number` of this process.
pub(super) fn temporary(number: usize) -> String {
    format!(".smithlet-{}-{number}.tmp", std::process::id())
}

/// Whether a file's name is one that [`temporary`] gives, in any process.
pub(super) fn is_temporary(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    name.strip_prefix(".smithlet-")
        .and_then(|rest| rest.strip_suffix(".tmp"))
        .and_then(|rest| rest.split_once('-'))
        .is_some_and(|(process, number)| digits(process) && digits(number))
}
