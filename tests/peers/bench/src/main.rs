//! `cargo xtask bench`: measures `smithlet-codebuild` and its generator and their alternatives in one run on one machine.
//!
//! The peers are `aws-sdk-codebuild` and other official crates with their default features, and a floor: the same bytes over a raw socket. The rows of the table are in
//! [`rows`], the measurements in [`probes`]. CPU time is the operating system's account of a finished process ([`process`]). The cost of a call
//! is the difference of a long and a short run. The peers run in turn, and a ratio is the median of the ratios of pairs ([`stats`]). Figures do
//! not affect the exit code.

mod bench;
mod chart;
mod probes;
mod process;
mod record;
mod replies;
mod results;
mod rows;
mod server;
mod stats;
mod table;
mod units;

use crate::bench::{Bench, Measured};
use crate::results::{Machine, Outcome, Results, Setting};
use crate::rows::{ROWS, Row};
use anyhow::{Context as _, Result, ensure};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use clap::Parser;
use smithlet_tests::Need;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// Measures smithlet-codebuild and its generator beside their peers, and prints the tables.
///
/// A full run takes about half an hour on two cores, mostly for the cold builds. Keep the machine idle meanwhile. Figures do not
/// affect the exit code.
#[derive(Debug, Parser)]
#[command(name = "bench", bin_name = "cargo xtask bench", after_help = rows_help())]
struct Options {
    /// The rows to measure; all rows by default.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    rows: Vec<String>,
    /// Make fewer runs and one cold build of each crate, for rough figures.
    #[arg(long)]
    quick: bool,
    /// The file for the results of all runs as JSON; target/bench/results.json by default.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Also write the results, the chart and the README's tables into the repository. With `--rows`, the recorded figures of the other rows stay.
    #[arg(long)]
    record: bool,
}

fn rows_help() -> String {
    let width = ROWS.iter().map(|row| row.name.len()).max().unwrap_or(0);
    let lines: Vec<String> = ROWS.iter().map(|row| format!("  {:<width$}  {}", row.name, row.title)).collect();
    format!("Rows:\n{}", lines.join("\n"))
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Runs this process in its role: cargo starts it as a wrapper of rustc, and it starts itself as server, printer and scales.
fn run() -> Result<ExitCode> {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(notes) = std::env::var_os(units::NOTES) {
        return units::wrap(Path::new(&notes), &words);
    }
    match words.first().and_then(|word| word.to_str()) {
        Some(server::SERVE) => server::serve()?,
        Some(probes::PRINT) => probes::print(Path::new(words.get(1).context("expected a folder to print")?))?,
        Some(probes::WEIGH) => probes::weigh(&words[1..])?,
        _ => return measure(&Options::parse()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Measures the rows, prints the tables and writes the results. A failed probe is reported, and does not stop the others.
fn measure(options: &Options) -> Result<ExitCode> {
    let rows = rows::select(&options.rows)?;
    let bench = Bench::new(options.quick)?;
    let lock = File::create(bench.work.join("lock"))?;
    ensure!(lock.try_lock().is_ok(), "another run uses {}: wait for its end", bench.work.display());

    let date = DateTime::from(SystemTime::now());
    let date = DateTime::from_secs(date.secs()).fmt(Format::DateTime)?;
    bench.part("preparing".to_owned());
    let setting = Setting { quick: options.quick, machine: machine(), peers: probes::peers(&bench)?, models: probes::model_names(&bench)? };
    let recorded = if options.record { record::prepare(&bench.root, &setting, !options.rows.is_empty())? } else { None };
    let (rows, units, failures) = all(&bench, &rows);
    bench.end();

    let mut results = Results { date, setting, rows, earlier: BTreeMap::new(), units };
    print!("{}", table::tables(&results));
    let out = options.out.clone().unwrap_or_else(|| bench.work.join("results.json"));
    record::write(&out, &(serde_json::to_string_pretty(&results)? + "\n"))?;
    eprintln!("the results of all runs are in {}", out.display());
    for failure in &failures {
        eprintln!("bench: {failure}");
    }
    if options.record {
        ensure!(failures.is_empty(), "the results are not recorded, because a probe failed");
        if let Some(recorded) = recorded {
            results.add(recorded);
        }
        record::record(&bench.root, &results)?;
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// Measures the rows, probe by probe. Returns the outcomes, the units of the cold builds, and the failures.
fn all(bench: &Bench, rows: &[&'static Row]) -> (Vec<Outcome>, BTreeMap<String, Vec<units::Unit>>, Vec<String>) {
    let (mut measured, mut reasons) = (Measured::new(), BTreeMap::new());
    let (mut units, mut failures) = (BTreeMap::new(), Vec::new());
    let probes: BTreeSet<_> = rows.iter().map(|row| row.probe).collect();
    for (number, probe) in probes.iter().enumerate() {
        bench.part(format!("[{}/{}] {}", number + 1, probes.len(), probe.title()));
        match probes::measure(*probe, bench) {
            Ok(Need::Met(found)) => {
                measured.extend(found.rows);
                units.extend(found.units.into_iter().map(|(build, largest)| (build.to_owned(), largest)));
            }
            Ok(Need::Missing(reason)) => {
                bench.note(&format!("{}: not measured: {reason}", probe.title()));
                reasons.insert(*probe, reason);
            }
            Err(error) => {
                bench.note(&format!("{}: failed", probe.title()));
                failures.push(format!("{}: {error:#}", probe.title()));
                reasons.insert(*probe, "failed".to_owned());
            }
        }
    }
    let outcome = |row: &&'static Row| {
        let reason = || reasons.get(&row.probe).cloned().unwrap_or_else(|| "not measured".to_owned());
        Outcome::new(row, measured.remove(row.name).ok_or_else(reason))
    };
    (rows.iter().map(outcome).collect(), units, failures)
}

fn machine() -> Machine {
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, model)| model.to_owned()));
    let rustc = process::run(process::program("rustc").arg("--version"), "rustc").map(|finished| finished.stdout.trim().to_owned());
    Machine {
        processor: model.unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        system: std::env::consts::OS.to_owned(),
        rustc: rustc.unwrap_or_else(|_| "an unknown rustc".to_owned()),
    }
}
