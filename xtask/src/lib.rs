//! The maintainers' commands, and the only crate that touches the disk.
//!
//! What is to be written is a value (path to text) before anything is written; this crate reads the inputs, asks the generator for that
//! value and brings a folder in line with it.
//!
//! - [`cli`] says which commands there are and takes the words of the command line apart. A new command is a variant there and a module here.
//! - [`codegen`] is the command `codegen`: which files to read, what to ask the generator for, where to put it.
//! - [`changes`] is the command `changes`: which two models to compare, and how the command ends.
//! - [`import`] is the command `import`: what a newer model of the service makes of our files.
//! - [`bench`](mod@bench) is the command `bench`: it starts the program of `tests/peers` that measures.
//! - [`input`] reads a file that somebody named, compressed or not, and refuses what cannot be a model.
//! - [`place`] answers where things are: the checkout, a folder that does not exist yet, the way from one folder to another.
//! - [`sync`] compares a folder with what it should hold and, unless asked only to check, changes it.
//! - [`report`] is all that people see: findings, the summary, diffs.
//!
//! No module but `sync` writes to the disk, none but `report` prints, and no input makes any of them panic.

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

/// How a command ended, as its exit status.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Exit {
    /// 0: the job is done.
    Done = 0,
    /// 1: the job is done and found differences.
    Drift = 1,
    /// 2: the input or the command line is wrong, or the disk refused.
    Bad = 2,
}

/// A mistake on the command line which the parser cannot see by itself.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The kind of mistake.
    pub kind: ErrorKind,
    /// The message, in the style of the parser's own.
    pub message: String,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the command that `words` name; the first word is the program itself.
pub fn run(words: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    match cli::parse(words) {
        Ok(cli::Command::Codegen(arguments)) => answered("codegen", codegen::run(&arguments, console), console),
        Ok(cli::Command::Changes(arguments)) => answered("changes", changes::run(&arguments, console), console),
        Ok(cli::Command::Import(arguments)) => import::run(&arguments, console),
        Ok(cli::Command::Bench(arguments)) => bench::run(&arguments, console),
        Err(error) => console.usage(&error),
    }
}

/// The end of a command, whose mistakes are told as the parser tells its own.
fn answered(command: &str, end: Result<Exit, Mistake>, console: &mut Console<'_>) -> Exit {
    end.unwrap_or_else(|Mistake { kind, message }| console.usage(&cli::mistake(command, kind, &message)))
}
