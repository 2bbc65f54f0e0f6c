//! pip, which downloads a release of botocore.
//!
//! pip knows the user's package index, proxy and certificates, so that no HTTP client is needed here and no setting of ours.

mod failure;

use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The commands that run pip, in the order in which they are tried: the user's pip is preferred, because it is configured.
const COMMANDS: [&[&str]; 3] = [&["python3", "-m", "pip"], &["python", "-m", "pip"], &["uv", "tool", "run", "pip"]];

/// The exit statuses of a shell, and of Windows, for a program that does not exist. The launchers of some Python installations return them.
const NOT_FOUND: [i32; 2] = [127, 9009];

/// The ways to run pip.
#[derive(Clone, Debug)]
pub(super) struct Pip {
    commands: Vec<Vec<String>>,
}

impl Default for Pip {
    fn default() -> Self {
        Self { commands: COMMANDS.iter().map(|words| words.iter().map(|word| (*word).to_owned()).collect()).collect() }
    }
}

impl Pip {
    /// Only this command runs pip.
    #[cfg(test)]
    pub(super) fn only(command: &[&str]) -> Self {
        Self { commands: vec![command.iter().map(|word| (*word).to_owned()).collect()] }
    }

    /// Downloads the wheel of a version of botocore, by default of the newest, into the folder `into`.
    ///
    /// The newest release comes from a download, because `pip index versions` is experimental and, unlike the download, not served by every index.
    pub(super) fn download(&self, version: Option<&str>, into: &Path) -> Result<(), Diagnostic> {
        let requirement = version.map_or_else(|| "botocore".to_owned(), |version| format!("botocore=={version}"));
        for words in &self.commands {
            let Some((program, first)) = words.split_first() else { continue };
            let mut command = Command::new(program);
            command.args(first).args(["download", "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"]);
            // The wheel is only read, so it need not suit this Python.
            command.args(["--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--dest"]).arg(into).arg(&requirement);
            // A module in the current folder must not take the place of pip, and nothing is installed that would need a virtual environment.
            command.env("PYTHONSAFEPATH", "1").env("PIP_REQUIRE_VIRTUALENV", "0");
            match command.stdin(Stdio::null()).output() {
                Ok(output) if output.status.success() => return Ok(()),
                Ok(output) if !is_missing(&output) => return Err(failure::explain(version, &String::from_utf8_lossy(&output.stderr))),
                Ok(_) | Err(_) => {}
            }
        }
        Err(self.missing(version))
    }

    fn missing(&self, version: Option<&str>) -> Diagnostic {
        let tried: Vec<String> = self.commands.iter().map(|words| words.join(" ")).collect();
        let message = format!("{} cannot be fetched without pip, and none of these commands runs it", failure::release(version));
        Diagnostic::error("", &Pointer::default(), format!("{message}: `{}`", tried.join("`, `")))
            .hint("install Python 3 with pip, or uv; or download botocore's wheel elsewhere, and name the file with `path` in [models]")
    }
}

/// True if the command did not run pip.
fn is_missing(output: &Output) -> bool {
    output.status.code().is_some_and(|code| NOT_FOUND.contains(&code))
        || String::from_utf8_lossy(&output.stderr).contains("No module named pip")
}
