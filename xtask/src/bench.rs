//! The command `bench`: measures the generated crate and the generator beside their alternatives.
//!
//! A program in the workspace `tests/peers` measures, since it depends on crates that are only needed for this. This command starts it.

use crate::program::{self, Program};
use smithlet::Exit;
use smithlet::place::Home;
use smithlet::report::Console;
use std::ffi::OsString;

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
    let program = Program { binary: "bench", package: "bench", workspace: "tests/peers/Cargo.toml", release: true };
    program::run(home, &program, &arguments.options, console)
}
