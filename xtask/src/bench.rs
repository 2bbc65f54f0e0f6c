//! The command `bench`: measures the generated crate and the generator beside their alternatives.
//!
//! A program in the workspace `tests/peers` measures, since it depends on crates that are only needed for this. This command starts it.

use smithlet::Exit;
use smithlet::cause::cause;
use smithlet::place::Home;
use smithlet::report::Console;
use std::ffi::OsString;
use std::process::Command;

/// The manifest of the program's workspace.
const WORKSPACE: &str = "tests/peers/Cargo.toml";

/// The options of `bench`, which are passed to the program.
#[derive(Clone, clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    /// The measurements to make and the place to write them to; `--help` lists the options.
    #[arg(value_name = "OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub options: Vec<OsString>,
}

/// Builds the program, runs it in the current folder and returns its exit status.
pub fn run(home: &Home, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    let manifest = home.root.join(WORKSPACE);
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--release", "--locked", "--package", "bench", "--manifest-path"]).arg(&manifest);
    match command.arg("--").args(&arguments.options).status() {
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
