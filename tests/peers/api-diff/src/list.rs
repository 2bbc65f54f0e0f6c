//! The list of the official crate's items, a text with one item in each line below a line that names the version.

use crate::{items, reach, rustdoc};
use anyhow::{Context as _, Result, ensure};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub(crate) const OFFICIAL: &str = "aws-sdk-codebuild";

/// The modules of our operations.
const OPERATIONS: [&str; 3] = ["batch_get_builds", "start_build", "stop_build"];

/// The command that writes the list, for messages.
const COMMAND: &str = "cargo run -p api-diff -- --record";

/// The workspace with the official crate.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn path() -> PathBuf {
    workspace().join(format!("{OFFICIAL}-api.txt"))
}

/// The items of the list, which has to be that of the locked version.
pub(crate) fn read() -> Result<Vec<String>> {
    let path = path();
    let text = std::fs::read_to_string(&path).with_context(|| format!("{}: write it with `{COMMAND}`", path.display()))?;
    let (first, items) = text.split_once('\n').unwrap_or_default();
    let expected = heading()?;
    ensure!(first == expected, "{}: expected the first line {expected:?}, found {first:?}: run `{COMMAND}`", path.display());
    Ok(items.lines().map(str::to_owned).collect())
}

/// Writes the list from rustdoc's JSON of the official crate, and returns the number of its items.
pub(crate) fn record(root: &Path) -> Result<usize> {
    let items: BTreeSet<String> = items(&rustdoc(&workspace(), root, OFFICIAL)?)?.into_iter().collect();
    let ours = reach::of_operations(&items, &OPERATIONS);
    // The place of a method is not part of the API.
    let lines: Vec<&str> = ours.into_iter().filter(|item| !item.starts_with("impl") || item.contains(" for ")).collect();
    let path = path();
    std::fs::write(&path, format!("{}\n{}\n", heading()?, lines.join("\n"))).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(lines.len())
}

/// The list's first line, with the version in the lock file.
fn heading() -> Result<String> {
    let path = workspace().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let version = version(&lock).with_context(|| format!("{} does not have {OFFICIAL}", path.display()))?;
    Ok(format!("// {OFFICIAL} {version}: {}, and what they reach; written by `{COMMAND}`", OPERATIONS.join(", ")))
}

/// The version of the official crate in a lock file.
fn version(lock: &str) -> Option<&str> {
    let (_, package) = lock.split_once(&format!("name = \"{OFFICIAL}\"\nversion = \""))?;
    package.split('"').next()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_is_that_of_the_lock_file() {
        let lock = "[[package]]\nname = \"aws-sdk-codebuild\"\nversion = \"1.145.0\"\nsource = \"registry\"\n";
        assert_eq!(super::version(lock), Some("1.145.0"));
        assert_eq!(super::version("[[package]]\nname = \"aws-sdk-codebuild-2\"\nversion = \"1.0.0\"\n"), None);
    }
}
