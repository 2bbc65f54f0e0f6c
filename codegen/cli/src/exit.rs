//! The end of a command: its exit status, or a mistake on its command line.

use crate::report::Console;
use clap::error::ErrorKind;
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

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A mistake on the command line that the parser cannot detect.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The kind of mistake.
    pub kind: ErrorKind,
    /// The message, in the parser's style.
    pub message: String,
}

impl Mistake {
    /// The mistake as an error of the parser `cli`, with the usage of its command `command`.
    pub fn of(self, mut cli: clap::Command, command: &str) -> clap::Error {
        // `build` gives each command its full name for the usage line.
        cli.build();
        match cli.find_subcommand_mut(command) {
            Some(command) => command.error(self.kind, self.message),
            None => cli.error(self.kind, self.message),
        }
    }
}

/// Returns the status of the command `command` of the parser `cli`, after reporting a mistake in the parser's format.
pub fn answered(cli: clap::Command, command: &str, end: Result<Exit, Mistake>, console: &mut Console<'_>) -> Exit {
    end.unwrap_or_else(|mistake| console.usage(&mistake.of(cli, command)))
}
