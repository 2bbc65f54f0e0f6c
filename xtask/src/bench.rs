//! The command `bench`: the generated crate and the generator beside their peers.
//!
//! What measures is a program of the workspace `tests/peers`, for it stands on what nobody builds who does not ask: this only starts it.

use crate::report::Console;
use crate::{Exit, place};
use std::ffi::OsString;
use std::process::Command;

/// The program's workspace.
const WORKSPACE: &str = "tests/peers/Cargo.toml";

/// The options of `bench`, which are the program's own.
#[derive(Clone, clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    /// What to measure and where to write it; `--help` says more.
    #[arg(value_name = "OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub options: Vec<OsString>,
}

/// Builds the program, runs it from the current folder, and ends as it does.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    let manifest = place::repository(&std::env::current_dir().unwrap_or_default()).join(WORKSPACE);
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--release", "--locked", "--package", "bench", "--manifest-path"]).arg(&manifest);
    match command.arg("--").args(&arguments.options).status() {
        Ok(status) => match status.code() {
            Some(0) => Exit::Done,
            Some(1) => Exit::Drift,
            // Cargo has a code of its own for a program that it could not build, and has said why.
            _ => Exit::Bad,
        },
        Err(error) => {
            let program = command.get_program().to_string_lossy().into_owned();
            console.notice(&format!("cannot start {program}: {}", crate::cause::cause(&error)));
            Exit::Bad
        }
    }
}
