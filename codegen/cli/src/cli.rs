//! The command line of `cargo smithlet`.
//!
//! The options of a command are in its module, beside the code that uses them.

use crate::project::{changes, generate, new, operations, update};
use crate::report::Console;
use crate::{Exit, answered};
use clap::{CommandFactory as _, Parser, Subcommand};
use std::ffi::OsString;
use std::path::Path;

/// Small AWS clients with the operations that you choose, generated from the service models.
#[derive(Debug, Parser)]
#[command(name = "cargo-smithlet", bin_name = "cargo smithlet", version)]
pub struct Cli {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// One command with its options.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Adds a crate to smithlet.toml and generates it; makes the manifest if there is none.
    New(new::Arguments),
    /// Generates the manifest's crates.
    Generate(generate::Arguments),
    /// Writes nothing; shows the crates that are not what their models say, and ends with status 1 if there are any.
    Check(generate::Arguments),
    /// Takes newer models: reports what changes for each crate, then generates the crates again.
    Update(update::Arguments),
    /// Compares two releases or models, for the manifest's crates or for given files.
    Changes(changes::Arguments),
    /// Lists the operations of a service, or searches them, and tells which are supported.
    Operations(operations::Arguments),
}

/// Runs a command line in the current folder. The first word is the program itself; Cargo adds the word `smithlet` behind it.
pub fn run(words: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    // If the current folder is unknown, paths are shown as they were given.
    run_in(&std::env::current_dir().unwrap_or_default(), words, console)
}

/// Runs a command line in the folder `current`.
pub fn run_in(current: &Path, words: impl IntoIterator<Item = OsString>, console: &mut Console<'_>) -> Exit {
    let mut words: Vec<OsString> = words.into_iter().collect();
    if words.get(1).is_some_and(|word| word == "smithlet") {
        words.remove(1);
    }
    match Cli::try_parse_from(words).map(|cli| cli.command) {
        Ok(Command::New(arguments)) => new::run(current, &arguments, console),
        Ok(Command::Generate(arguments)) => generate::run(current, &arguments, generate::Mode::Write, console),
        Ok(Command::Check(arguments)) => generate::run(current, &arguments, generate::Mode::Check, console),
        Ok(Command::Update(arguments)) => update::run(current, &arguments, console),
        Ok(Command::Changes(arguments)) => {
            let end = changes::run(current, &arguments, console);
            answered(Cli::command(), "changes", end, console)
        }
        Ok(Command::Operations(arguments)) => operations::run(current, &arguments, console),
        Err(error) => console.usage(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_word_that_cargo_adds_is_skipped() {
        for words in [&["cargo-smithlet", "smithlet", "--help"][..], &["cargo-smithlet", "--help"]] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let exit = run_in(Path::new("."), words.iter().map(OsString::from), &mut Console::plain(&mut out, &mut err));
            assert_eq!(exit, Exit::Done);
            assert!(String::from_utf8_lossy(&out).contains("Usage: cargo smithlet <COMMAND>"), "{}", String::from_utf8_lossy(&out));
        }
    }
}
