//! Python packages for tests: one virtual environment for each list of pinned requirements, shared by all test processes.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result};

use crate::Need;

/// The oldest supported version of Python, major and minor.
const OLDEST: (u32, u32) = (3, 10);

/// Returns the interpreter of a virtual environment below `folder` with the requirements, which are the text of a requirements file.
///
/// The first call for a list installs it, while other processes wait on a lock file; later calls find it by its fingerprint. The interpreter
/// may be missing, its `venv` module, or the packages when they cannot be downloaded.
///
/// # Errors
/// When `folder` cannot be written.
pub fn environment(folder: &Path, name: &str, requirements: &str) -> Result<Need<PathBuf>> {
    let python = match interpreter() {
        Ok(python) => python,
        Err(reason) => return Ok(Need::Missing(reason)),
    };
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    // The system releases the lock when the file is closed, so that a killed test run leaves no lock behind.
    let lock = File::create(folder.join(format!("{name}.lock")))?;
    lock.lock()?;

    let home = folder.join(format!("{name}-{:016x}", fingerprint(python.version, requirements)));
    let program = if cfg!(windows) { home.join("Scripts").join("python.exe") } else { home.join("bin").join("python") };
    let stamp = home.join("complete");
    // The original interpreter may have been uninstalled, or the folder moved.
    if stamp.exists() && run(Command::new(&program).args(["-I", "-c", "pass"])).is_ok() {
        return Ok(Need::Met(program));
    }
    match fs::remove_dir_all(&home) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove {}", home.display()));
        }
        _ => {}
    }
    crate::say(&format!("installing {name} into {}", home.display()));
    if let Err(reason) = run(Command::new(python.program).args(["-I", "-m", "venv"]).arg(&home)) {
        return Ok(Need::Missing(format!("{} cannot make a virtual environment: {reason}", python.program)));
    }
    let list = home.join("requirements.txt");
    fs::write(&list, requirements)?;
    let pip = ["-I", "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--prefer-binary", "--retries", "2"];
    if let Err(reason) = run(Command::new(&program).args(pip).arg("--requirement").arg(&list)) {
        return Ok(Need::Missing(format!("pip cannot install {name}: {reason}")));
    }
    fs::write(&stamp, "")?;
    Ok(Need::Met(program))
}

/// An interpreter on the search path.
struct Python {
    program: &'static str,
    version: (u32, u32),
}

/// The first interpreter on the search path that is new enough, or the reason why none was found.
fn interpreter() -> Result<Python, String> {
    let mut reason = None;
    for program in ["python3", "python"] {
        match run(Command::new(program).args(["-I", "-c", "import sys; print(*sys.version_info[:2])"])) {
            Ok(output) => match version(&String::from_utf8_lossy(&output.stdout)) {
                Some(version) if version >= OLDEST => return Ok(Python { program, version }),
                Some((major, minor)) => {
                    reason = Some(format!("{program} is version {major}.{minor}, expected {}.{} or later", OLDEST.0, OLDEST.1));
                }
                None => reason = Some(format!("{program} does not print its version")),
            },
            // The failure of an existing program is more informative than a missing one.
            Err(problem) => reason = reason.or(problem.present.then(|| format!("{program} does not run: {problem}"))),
        }
    }
    Err(reason.unwrap_or_else(|| "no python3 or python on the search path".to_owned()))
}

/// Reads "3 11".
fn version(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.trim().split_once(' ')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// The hash that distinguishes environments. It may change with a Rust release, which costs one more installation.
fn fingerprint(version: (u32, u32), requirements: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (version, requirements).hash(&mut hasher);
    hasher.finish()
}

/// The reason why a program failed, or that it does not exist.
pub(crate) struct Problem {
    present: bool,
    message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// Runs a program to its end. The error of a failed program is the last line of its output.
pub(crate) fn run(command: &mut Command) -> Result<Output, Problem> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Problem { present: error.kind() != io::ErrorKind::NotFound, message: error.to_string() })?;
    if output.status.success() {
        return Ok(output);
    }
    let text = format!("{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let last = text.lines().map(str::trim).rfind(|line| !line.is_empty());
    Err(Problem { present: true, message: last.map_or_else(|| output.status.to_string(), str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert_eq!(version("3 9\n"), Some((3, 9)));
        assert!(version("3 9").is_some_and(|version| version < OLDEST));
        assert!(version("3 14").is_some_and(|version| version >= OLDEST));
        assert_eq!(version("Python 2"), None);
    }

    #[test]
    fn requirements_and_python_version_name_the_environment() {
        let print = fingerprint((3, 11), "moto==5.2.5");
        assert_eq!(print, fingerprint((3, 11), "moto==5.2.5"));
        assert_ne!(print, fingerprint((3, 11), "moto==5.2.6"));
        assert_ne!(print, fingerprint((3, 12), "moto==5.2.5"));
    }

    #[test]
    fn a_missing_program_differs_from_one_that_fails() {
        assert!(run(&mut Command::new("smithlet-no-such-program")).is_err_and(|problem| !problem.present));
    }
}
