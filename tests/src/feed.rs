//! Atom feeds, read by parsers that others wrote.

use crate::{Need, python};
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The Python packages that the program imports.
const REQUIREMENTS: &str = include_str!("../feed/requirements.txt");

/// The Python program that reads a feed.
const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/feed/read.py");

/// Reads the feed in a file with two parsers, in a virtual environment below `folder`. Returns what they read: `feed` and `entries`.
///
/// # Errors
/// When a parser finds a fault in the feed, or the two read different things.
pub fn read(folder: &Path, feed: &Path) -> Result<Need<Value>> {
    let program = match python::environment(folder, "feed", REQUIREMENTS)? {
        Need::Met(program) => program,
        Need::Missing(reason) => return Ok(Need::Missing(reason)),
    };
    let read = python::run(Command::new(program).args(["-I", "-X", "utf8", PROGRAM]).arg(feed));
    let output = read.map_err(|problem| anyhow::anyhow!("{}: {problem}", feed.display()))?;
    Ok(Need::Met(serde_json::from_slice(&output.stdout).context("the program prints JSON")?))
}
