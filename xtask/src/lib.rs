//! The maintainers' commands. This is the only crate that touches the disk.
//!
//! The output is a value (paths and texts) before anything is written. This crate reads the inputs, asks the generator for that value and updates a
//! folder to match it.
//!
//! - [`cli`] parses the command line. A new command is a variant there and a module here.
//! - [`codegen`] is the command `codegen`: generates a crate from a model.
//! - [`changes`] is the command `changes`: compares two models.
//! - [`import`] is the command `import`: updates our model from a newer one.
//! - [`bench`](mod@bench) is the command `bench`: starts the program of `tests/peers` that measures.
//! - [`input`] reads files, compressed or not, and refuses those that cannot be a model.
//! - [`place`] knows the places of files: the checkout, a folder that does not exist yet, the path from one folder to another.
//! - [`sync`] compares a folder with its generated files and, unless asked only to check, updates it.
//! - [`report`] prints everything that people see: findings, the summary, diffs.
//!
//! Only `sync` writes to the disk and only `report` prints. No input makes any module panic.

pub mod bench;
mod cause;
pub mod changes;
pub mod cli;
pub mod codegen;
pub mod import;
pub mod input;
pub mod place;
pub mod report;
pub mod sync;

use crate::report::Console;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::process::ExitCode;

/// The exit status of a command.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Exit {
    /// 0: the command is done.
    Done = 0,
    /// 1: the command is done and found differences.
    Drift = 1,
    /// 2: the input or the command line is wrong, or the disk refused.
    Bad = 2,
}

/// A mistake on the command line that the parser cannot detect.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The kind of mistake.
    pub kind: ErrorKind,
    /// The message, in the parser's style.
    pub message: String,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the command on a command line; the first word is the program itself.
pub fn run(words: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    match cli::parse(words) {
        Ok(cli::Command::Codegen(arguments)) => answered("codegen", codegen::run(&arguments, console), console),
        Ok(cli::Command::Changes(arguments)) => answered("changes", changes::run(&arguments, console), console),
        Ok(cli::Command::Import(arguments)) => import::run(&arguments, console),
        Ok(cli::Command::Bench(arguments)) => bench::run(&arguments, console),
        Err(error) => console.usage(&error),
    }
}

/// Returns the status of a command, after reporting a mistake in the parser's format.
fn answered(command: &str, end: Result<Exit, Mistake>, console: &mut Console<'_>) -> Exit {
    end.unwrap_or_else(|Mistake { kind, message }| console.usage(&cli::mistake(command, kind, &message)))
}
