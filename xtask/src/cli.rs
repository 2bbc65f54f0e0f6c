//! The command line and its commands.
//!
//! The options of a command are in its module in the library, beside the code that uses them.

use crate::{bench, conformance, services};
use clap::{Parser, Subcommand};
use smithlet::{changes, codegen, import};
use std::ffi::OsString;

/// The maintainers' commands of Smithlet.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
pub struct Cli {
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// One command with its options.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Generates the client crate for a service model, or checks that it is up to date.
    Codegen(codegen::Arguments),
    /// Compares two models and reports what the differences mean for deployed clients and for code that uses the crate.
    Changes(changes::Arguments),
    /// Updates model/ from a newer model of the service, regenerates the crate, reports the changes and proposes a version.
    Import(import::Arguments),
    /// Runs public protocol suites against freshly generated code.
    Conformance(conformance::Arguments),
    /// Generates every service of AWS and prints what is refused and why; with `--compile`, compiles all of them.
    Services(services::Arguments),
    /// Measures the crate and the generator beside their alternatives; builds the official crate, which takes minutes.
    Bench(bench::Arguments),
}

/// Parses a command line; the first argument is the program itself.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    Cli::try_parse_from(words).map(|cli| cli.command)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use clap::CommandFactory as _;
    use clap::error::ErrorKind;
    use smithlet::Mistake;

    fn codegen(words: &str) -> Result<codegen::Arguments, clap::Error> {
        match parse(format!("xtask codegen {words}").split_whitespace().map(OsString::from))? {
            Command::Codegen(arguments) => Ok(arguments),
            other => panic!("{words}: {other:?}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn operations_are_split_at_commas_and_may_be_repeated() {
        let arguments = codegen("--operations StartBuild,StopBuild --operations BatchGetBuilds").unwrap();
        assert_eq!(arguments.operations, ["StartBuild", "StopBuild", "BatchGetBuilds"]);
    }

    #[test]
    fn contradictions_are_refused() {
        for words in [
            "--operations A --all-operations",
            "--overlay o.json",
            "--endpoint-rules r.json",
            "--quiet --verbose",
            "--operations A,,B",
            "--operations=",
            "--model=",
            "--model a --model b",
            "extra",
            "--chek",
        ] {
            let error = codegen(words).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{words}");
        }
    }

    #[test]
    fn the_arguments_of_other_programs_are_passed_on_unchanged() {
        for words in
            ["bench", "bench --quick --rows memory,start", "conformance json rest-json", "services --compile eks", "services --help"]
        {
            let words: Vec<&str> = words.split_whitespace().collect();
            let passed = match parse(["xtask"].iter().chain(&words).map(OsString::from)).unwrap() {
                Command::Bench(arguments) => arguments.options,
                Command::Conformance(arguments) => arguments.protocols,
                Command::Services(arguments) => arguments.options,
                other => panic!("{words:?}: {other:?}"),
            };
            assert_eq!(passed, words[1..]);
        }
    }

    #[test]
    fn a_mistake_shows_the_usage_of_its_command() {
        let mistake = Mistake { kind: ErrorKind::MissingRequiredArgument, message: "say more".to_owned() };
        let text = mistake.of(Cli::command(), "codegen").to_string();
        assert!(text.starts_with("error: say more\n\nUsage: cargo xtask codegen"), "{text}");
    }
}
