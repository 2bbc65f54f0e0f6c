//! Programs of this repository that a command starts, because they depend on more than `xtask` may.

use smithlet::Exit;
use smithlet::cause::cause;
use smithlet::place::Home;
use smithlet::report::Console;
use std::ffi::OsString;
use std::process::Command;

/// A program.
pub(crate) struct Program {
    /// Its package.
    pub(crate) package: &'static str,
    /// Its name in the package, which has others.
    pub(crate) binary: &'static str,
    /// The manifest of its workspace, from the root of the repository.
    pub(crate) workspace: &'static str,
    /// True if it is built with optimizations.
    pub(crate) release: bool,
}

/// Builds a program, runs it in the current folder with these options and returns its exit status.
pub(crate) fn run(home: &Home, program: &Program, options: &[OsString], console: &mut Console<'_>) -> Exit {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["run", "--quiet", "--locked", "--package", program.package, "--bin", program.binary, "--manifest-path"])
        .arg(home.root.join(program.workspace));
    if program.release {
        command.arg("--release");
    }
    match command.arg("--").args(options).status() {
        Ok(status) => match status.code() {
            Some(0) => Exit::Done,
            Some(1) => Exit::Drift,
            // Cargo ends with another status when it cannot build the program, and has reported the reason.
            _ => Exit::Bad,
        },
        Err(error) => {
            let program = command.get_program().to_string_lossy().into_owned();
            console.notice(&format!("cannot start {program}: {}", cause(&error)));
            Exit::Bad
        }
    }
}
