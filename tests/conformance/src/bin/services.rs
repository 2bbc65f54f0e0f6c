//! `cargo xtask services`.

use anyhow::Result;
use clap::Parser;
use conformance::services::{self, Format};
use std::io::Write as _;
use std::process::ExitCode;

/// Generates all operations of every service in botocore's models, and prints a table of them and of what is refused and why.
///
/// The models are downloaded with pip. Exit status 0: every service is generated or refused by name, and with `--compile` every crate compiles without
/// warnings. 1: one is not or does not. 2: the models could not be fetched, or the crates not be written.
#[derive(Debug, Parser)]
#[command(name = "services", bin_name = "cargo xtask services")]
struct Options {
    /// The services, as the AWS CLI names them; by default all.
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,
    /// Also compiles the crates with warnings denied, which takes an hour for all of them.
    #[arg(long)]
    compile: bool,
    /// Generates from models in Smithy's format, which an import makes of botocore's, and compares the results.
    #[arg(long)]
    smithy: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("services: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<ExitCode> {
    let folder = conformance::target().join("all-services");
    let format = if options.smithy { Format::Smithy } else { Format::Botocore };
    let mut table = services::generate(&folder, &options.services, format)?;
    if options.compile {
        table.compile(&folder)?;
    }
    // A closed standard output is not a reason to fail.
    let _ = write!(std::io::stdout().lock(), "{table}");
    Ok(if table.holds() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
