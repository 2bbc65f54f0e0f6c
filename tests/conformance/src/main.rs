//! `cargo xtask conformance`.

use anyhow::Result;
use clap::Parser;
use clap::builder::PossibleValuesParser;
use conformance::protocols::{self, PROTOCOLS, Protocol};
use smithlet_tests::Need;
use std::io::Write as _;
use std::process::ExitCode;

/// Runs public protocol suites against freshly generated code, and prints what passed, what failed and what is left out.
///
/// The suites are those of botocore's source distribution, which is downloaded with pip. Exit status 0: every case that is not left out passes. 1: a
/// case fails, or one that is left out passes. 2: the suites or the generated crates could not be built.
#[derive(Debug, Parser)]
#[command(name = "conformance", bin_name = "cargo xtask conformance")]
struct Options {
    /// The protocols; by default all.
    #[arg(value_name = "PROTOCOL", value_parser = PossibleValuesParser::new(PROTOCOLS.iter().map(|protocol| protocol.name)))]
    protocols: Vec<String>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("conformance: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<ExitCode> {
    let protocols: Vec<&'static Protocol> = if options.protocols.is_empty() {
        PROTOCOLS.iter().collect()
    } else {
        options.protocols.iter().filter_map(|name| protocols::named(name)).collect()
    };
    match conformance::run("conformance", &protocols)? {
        Need::Met(report) => {
            // A closed standard output is not a reason to fail.
            let _ = write!(std::io::stdout().lock(), "{report}");
            Ok(if report.holds() { ExitCode::SUCCESS } else { ExitCode::from(1) })
        }
        Need::Missing(reason) => anyhow::bail!("the suites are not available: {reason}"),
    }
}
