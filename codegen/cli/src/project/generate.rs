//! The commands `generate` and `check`: the manifest's crates are written, or compared with what is on the disk.

use super::build::{Built, build, jobs};
use super::library::Library;
use super::{Output, Run, Runtime, ended, manifest, write};
use crate::Exit;
use crate::manifest::Manifest;
use crate::report::{Console, Verbosity, took};
use crate::sync::Plan;
use ::codegen::diagnostic::Diagnostic;
use std::path::Path;
use std::time::Instant;

pub use crate::sync::Mode;

/// The options of `generate` and `check`.
#[derive(Clone, clap::Args, Debug, Default)]
pub struct Arguments {
    /// The crates; without any, all of the manifest.
    #[arg(value_name = "CRATE")]
    pub crates: Vec<String>,
    /// The dependency on the runtime.
    #[command(flatten)]
    pub runtime: Runtime,
    /// The amount of output.
    #[command(flatten)]
    pub output: Output,
}

/// Runs one of the commands from the folder `current`.
pub fn run(current: &Path, arguments: &Arguments, mode: Mode, console: &mut Console<'_>) -> Exit {
    console.set_verbosity(Verbosity::of(arguments.output.quiet, arguments.output.verbose));
    let mut run = Run { current, runtime: arguments.runtime.runtime.as_deref(), console };
    let end = attempt(arguments, mode, &mut run);
    ended(end, console)
}

fn attempt(arguments: &Arguments, mode: Mode, run: &mut Run<'_, '_>) -> Result<Exit, Vec<Diagnostic>> {
    let start = Instant::now();
    let manifest = manifest(run.current)?;
    let entries = manifest.crates(&arguments.crates)?;
    let library = Library::open(&manifest, run)?;
    let built = build(jobs(&manifest, &entries, &library, run)?, run)?;
    for crate_ in &built {
        run.console.diagnostics(&crate_.generated.diagnostics);
    }
    if mode == Mode::Check {
        return check(&built, &manifest, start, run);
    }
    let text = library.pinned(&manifest.text)?;
    let count = write::write(&manifest.path(), (&manifest.text, &text), &built, run)?;
    run.console.summary(&format!("{count} in {}", took(start.elapsed())));
    Ok(Exit::Done)
}

/// Compares the crates with what is on the disk.
fn check(built: &[Built<'_>], manifest: &Manifest, start: Instant, run: &mut Run<'_, '_>) -> Result<Exit, Vec<Diagnostic>> {
    let plans = write::compare(built, run)?;
    let mut count = write::Count::default();
    for (crate_, plan) in built.iter().zip(&plans) {
        count.add(plan);
        if !plan.is_clean() {
            run.console.drift(&crate_.shown, &crate_.generated.files, plan, &repair(crate_, run.runtime));
        }
    }
    if plans.iter().all(Plan::is_clean) {
        run.console.summary(&format!("{}: unchanged {} in {}", manifest.shown, count.unchanged, took(start.elapsed())));
        return Ok(Exit::Done);
    }
    Ok(Exit::Drift)
}

/// The command that brings a crate up to date.
fn repair(built: &Built<'_>, runtime: Option<&Path>) -> String {
    let runtime = runtime.map(|path| format!(" --runtime {}", crate::codegen::quoted(&path.display().to_string())));
    format!("cargo smithlet generate {}{}", built.entry.name.value, runtime.unwrap_or_default())
}
