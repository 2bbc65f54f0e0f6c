//! The command `services`: generates every service of AWS and tells what is refused.
//!
//! A program in the package `tests/conformance` does this. This command starts it.

use crate::program::{self, Program};
use smithlet::Exit;
use smithlet::place::Home;
use smithlet::report::Console;
use std::ffi::OsString;

/// The arguments of `services`, which are passed to the program.
#[derive(Clone, clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    /// The services, by default all, and options; `--help` lists them.
    #[arg(value_name = "OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    pub options: Vec<OsString>,
}

/// Builds the program with optimizations, runs it in the current folder and returns its exit status.
pub fn run(home: &Home, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    let program = Program { binary: "services", package: "smithlet-conformance", workspace: "Cargo.toml", release: true };
    program::run(home, &program, &arguments.options, console)
}
