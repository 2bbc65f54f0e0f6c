//! The rules for the folders of crates.

use super::Entry;
use crate::place;
use ::codegen::diagnostic::Diagnostic;
use std::path::{Path, PathBuf};

/// The fault of a path in the manifest, with a hint.
pub(super) fn fault(path: &str) -> Option<(&'static str, &'static str)> {
    const INSIDE: &str = "a path inside the manifest's folder, such as crates/my-sqs";
    let is_drive = path.as_bytes().get(1) == Some(&b':');
    if path.contains(|c: char| c.is_control() || c == '\\') {
        Some(("has a character that some systems do not allow in a path", "separate folders with `/`"))
    } else if path.starts_with('/') || is_drive {
        Some(("is an absolute path", INSIDE))
    } else if path.split('/').any(|part| part == "..") {
        Some(("leads out of the manifest's folder", INSIDE))
    } else if path.split('/').all(|part| part.is_empty() || part == ".") {
        Some(("is the manifest's own folder", INSIDE))
    } else {
        None
    }
}

/// Finds crates that share a folder or lie inside one another's, and folders that lead out of the manifest's through a link.
pub(super) fn check(root: &Path, crates: &[Entry]) -> Result<(), Vec<Diagnostic>> {
    let folders: Vec<(PathBuf, &Entry)> = crates.iter().map(|entry| (place::resolve(&root.join(&entry.path.value)), entry)).collect();
    let mut findings = Vec::new();
    for (index, (folder, entry)) in folders.iter().enumerate() {
        if !folder.starts_with(root) {
            findings.push(entry.path.error("`path` leads out of the manifest's folder through a link").hint("choose another folder"));
        }
        for (other_folder, other) in folders.iter().take(index) {
            let other = &other.name.value;
            // On some systems, names that differ in case are the same folder.
            let (one, two) = (lower(folder), lower(other_folder));
            let message = if one == two {
                format!("`path` is the folder of the crate `{other}` too")
            } else if one.starts_with(&two) {
                format!("`path` lies inside the folder of the crate `{other}`")
            } else if two.starts_with(&one) {
                format!("the folder of the crate `{other}` lies inside `path`")
            } else {
                continue;
            };
            findings.push(entry.path.error(message).hint("give each crate a folder of its own"));
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

fn lower(path: &Path) -> PathBuf {
    PathBuf::from(path.to_string_lossy().to_lowercase())
}
