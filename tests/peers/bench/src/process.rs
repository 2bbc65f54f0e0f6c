//! Processes and their cost, by the operating system's account of the finished process.

use anyhow::{Context as _, Result, bail};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use wait4::Wait4 as _;

/// The number of a failed program's last lines in an error.
const LAST_LINES: usize = 20;

/// The cost and output of a finished process, including the processes that it waited for.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) user: Duration,
    pub(crate) system: Duration,
    pub(crate) wall: Duration,
    /// The peak memory of the largest of these processes in bytes, and at least that of the parent.
    pub(crate) memory: u64,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Finished {
    /// The sum of user and system time in seconds.
    pub(crate) fn cpu(&self) -> f64 {
        (self.user + self.system).as_secs_f64()
    }
}

/// The command of a program, with an empty standard input.
pub(crate) fn program(path: impl AsRef<Path>) -> Command {
    let mut command = Command::new(path.as_ref());
    command.stdin(Stdio::null());
    command
}

/// The command of cargo: the one that runs this process, or else the one on the search path. Cargo's variables about this package are removed,
/// because a build script that reads one of them would run again when it changes, and cause rebuilds.
pub(crate) fn cargo() -> Command {
    let mut command = program(std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|start| name.starts_with(start))) {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a program to its end.
///
/// # Errors
/// When the program cannot be started or fails; the error has the last lines of its output.
pub(crate) fn run(command: &mut Command, what: &str) -> Result<Finished> {
    let start = Instant::now();
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{what}: cannot start {}", command.get_program().to_string_lossy()))?;
    let (out, err) = (child.stdout.take().map(collect), child.stderr.take().map(collect));
    let used = child.wait4().with_context(|| what.to_owned())?;
    let wall = start.elapsed();
    let (stdout, stderr) = (text(out), text(err));
    if !used.status.success() {
        bail!("{what}: {} ({})\n{}", command.get_program().to_string_lossy(), used.status, last_lines(&format!("{stdout}{stderr}")));
    }
    let usage = used.rusage;
    Ok(Finished { user: usage.utime, system: usage.stime, wall, memory: usage.maxrss, stdout, stderr })
}

/// The path of a program on the search path.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn collect(mut stream: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // After an error, the output until then is still useful.
        let _ = stream.read_to_end(&mut bytes);
        bytes
    })
}

fn text(collected: Option<JoinHandle<Vec<u8>>>) -> String {
    let bytes = collected.and_then(|thread| thread.join().ok()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_ends_with_the_last_lines_of_the_program() {
        let script = "for i in $(seq 100); do echo line $i; done; echo no such thing >&2; exit 3";
        let error = run(program("sh").args(["-c", script]), "an example").map(drop).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| {
            text.starts_with("an example: sh (exit status: 3)\nline 82\n") && text.ends_with("line 100\nno such thing")
        }));
    }

    #[test]
    fn the_cost_of_grandchildren_is_included() -> Result<()> {
        let finished = run(program("sh").args(["-c", "sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'; true"]), "a loop")?;
        assert!(finished.cpu() > 0.0 && finished.wall > Duration::ZERO && finished.memory > 0);
        Ok(())
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut program("smithlet-no-such-program"), "an example").map(drop).map_err(|error| error.to_string());
        assert_eq!(error, Err("an example: cannot start smithlet-no-such-program".to_owned()));
        assert_eq!(find("smithlet-no-such-program"), None);
    }
}
