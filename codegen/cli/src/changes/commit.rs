//! Files of the last commit, read with git.

use crate::cause::cause;
use crate::input::{Input, InputFile};
use crate::place::Home;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use anyhow::{Result, anyhow, bail};
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

/// The file's name in findings.
fn shown(file: &str) -> String {
    format!("HEAD:{file}")
}

/// The file of the last commit at this path from the checkout's root; `None` if the commit does not have it.
pub(super) fn read(home: &Home, file: &str) -> Result<Option<Input>, Diagnostic> {
    let unreadable = |error: anyhow::Error| {
        let finding = Diagnostic::error("", &Pointer::default(), format!("the last commit cannot be read: {error:#}"));
        finding.hint(advice(home))
    };
    let Some(bytes) = bytes(&home.root, file).map_err(unreadable)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| Diagnostic::error(&shown(file), &Pointer::default(), "is not UTF-8"))?;
    Ok(Some(Input { file: InputFile { path: home.root.join(file), shown: shown(file) }, text }))
}

/// The finding for a missing file.
pub(super) fn absent(home: &Home, file: &str) -> Diagnostic {
    Diagnostic::error(&shown(file), &Pointer::default(), "the last commit has no such file").hint(advice(home))
}

fn advice(home: &Home) -> String {
    format!("name two models: {} changes OLD NEW", home.tool)
}

fn bytes(repository: &Path, file: &str) -> Result<Option<Vec<u8>>> {
    // `./` is relative to the folder, so the checkout may lie inside another repository.
    let listed = git(repository, &["ls-tree", "--name-only", "HEAD", "--", file])?;
    if listed.trim_ascii().is_empty() { Ok(None) } else { git(repository, &["show", &format!("HEAD:./{file}")]).map(Some) }
}

fn git(repository: &Path, words: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new("git").arg("-C").arg(repository).args(words).stdin(Stdio::null()).output();
    let output = output.map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow!("git is not on the search path"),
        _ => anyhow!(cause(&error)),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(said.lines().next().map_or_else(|| format!("git ended with {}", output.status), str::to_owned));
    }
    Ok(output.stdout)
}
