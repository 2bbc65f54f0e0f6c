//! Files of the last commit, from git.

use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// How people know the file of the last commit.
fn shown(file: &str) -> String {
    format!("HEAD:{file}")
}

/// The file of the last commit by its path from the checkout's root, as people know it and with its text; none if the commit has no such file.
pub(super) fn read(repository: &Path, file: &str) -> Result<Option<(String, String)>, Diagnostic> {
    // `./` counts from the folder, so that the checkout may lie inside another repository.
    let listed = git(repository, &["ls-tree", "--name-only", "HEAD", "--", file])?;
    if listed.trim_ascii().is_empty() {
        return Ok(None);
    }
    let bytes = git(repository, &["show", &format!("HEAD:./{file}")])?;
    let text = String::from_utf8(bytes).map_err(|_| Diagnostic::error(&shown(file), &Pointer::default(), "is not UTF-8"))?;
    Ok(Some((shown(file), text)))
}

/// What to say when there is no such file.
pub(super) fn absent(file: &str) -> Diagnostic {
    Diagnostic::error(&shown(file), &Pointer::default(), "the last commit has no such file")
        .hint("name two models: cargo xtask changes OLD NEW")
}

fn git(repository: &Path, words: &[&str]) -> Result<Vec<u8>, Diagnostic> {
    let refused = |message: String| {
        let finding = Diagnostic::error("", &Pointer::default(), format!("the last commit cannot be read: {message}"));
        Err(finding.hint("name two models: cargo xtask changes OLD NEW"))
    };
    let output = Command::new("git").arg("-C").arg(repository).args(words).stdin(Stdio::null()).output();
    match output {
        Ok(Output { status, stdout, .. }) if status.success() => Ok(stdout),
        Ok(Output { status, stderr, .. }) => {
            let said = String::from_utf8_lossy(&stderr);
            refused(said.lines().next().map_or_else(|| format!("git ended with {status}"), str::to_owned))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => refused("git is not on the search path".to_owned()),
        Err(error) => refused(crate::report::cause(&error)),
    }
}
