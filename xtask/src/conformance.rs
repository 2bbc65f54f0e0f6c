//! The command `conformance`: runs public protocol suites against freshly generated code.
//!
//! The package `tests/conformance` does this, since it needs the helpers of the tests, which depend on the generated crate. This command starts it.

use crate::program::{self, Program};
use smithlet::Exit;
use smithlet::place::Home;
use smithlet::report::Console;
use std::ffi::OsString;

/// The arguments of `conformance`, which are passed to the program.
#[derive(Clone, clap::Args, Debug)]
#[command(disable_help_flag = true)]
pub struct Arguments {
    /// The protocols, by default all; `--help` lists them.
    #[arg(value_name = "PROTOCOL", trailing_var_arg = true, allow_hyphen_values = true)]
    pub protocols: Vec<OsString>,
}

/// Builds the program, runs it in the current folder and returns its exit status.
pub fn run(home: &Home, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    let program = Program { binary: "conformance", package: "smithlet-conformance", workspace: "Cargo.toml", release: false };
    program::run(home, &program, &arguments.protocols, console)
}
