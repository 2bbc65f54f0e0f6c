//! The command `changes`: two releases are compared for the manifest's crates, or two models that are given as files.

use super::build::jobs;
use super::library::Library;
use super::releases::{self, Report};
use super::{Run, manifest};
use crate::changes::{self, Arguments as Options, day};
use crate::manifest::{Entry, Manifest};
use crate::report::{Console, Verbosity};
use crate::{Exit, Mistake};
use ::codegen::changes::Breakage;
use ::codegen::diagnostic::Diagnostic;
use clap::error::ErrorKind;
use std::path::Path;

/// The options of `changes`.
#[derive(Clone, clap::Args, Debug, Default)]
// The flattened options have a group of the same name.
#[group(skip)]
pub struct Arguments {
    /// The crates of the manifest to compare, when releases are compared; without any, all.
    #[arg(long = "crate", value_name = "CRATE", conflicts_with = "history")]
    pub crates: Vec<String>,
    /// The sides and the form of the report.
    #[command(flatten)]
    pub options: Options,
}

/// Runs the command from the folder `current`.
///
/// # Errors
///
/// Contradicting arguments.
pub fn run(current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Mistake> {
    let options = &arguments.options;
    if let Some(from) = &options.history {
        return Ok(changes::history(current, from, options, console));
    }
    let (Some(old), Some(new)) = (&options.old, &options.new) else {
        return releases(current, arguments, None, console);
    };
    let is_model = |path: &Path| current.join(path).is_file() && !is_archive(path);
    if is_model(old) && is_model(new) {
        return changes::given(current, old, new, options, console);
    }
    releases(current, arguments, Some((old, new)), console)
}

/// True for the archives in which releases of botocore come.
fn is_archive(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    [".whl", ".zip", ".tar.gz", ".tgz"].iter().any(|ending| name.ends_with(ending))
}

fn releases(current: &Path, arguments: &Arguments, sides: Option<(&Path, &Path)>, console: &mut Console<'_>) -> Result<Exit, Mistake> {
    let options = &arguments.options;
    console.set_verbosity(Verbosity::of(options.quiet, options.verbose));
    for (option, is_given) in
        [("--overlay", options.overlay.is_some()), ("--operations", !options.operations.is_empty()), ("--full", options.full)]
    {
        if is_given {
            let message =
                format!("the argument '{option}' is for two models that are files; of releases, the manifest's crates are compared");
            return Err(Mistake { kind: ErrorKind::ArgumentConflict, message });
        }
    }
    let mut run = Run { current, runtime: None, console };
    let end = attempt(arguments, sides, &mut run);
    Ok(super::ended(end, console))
}

fn attempt(arguments: &Arguments, sides: Option<(&Path, &Path)>, run: &mut Run<'_, '_>) -> Result<Exit, Vec<Diagnostic>> {
    let options = &arguments.options;
    let manifest = manifest(run.current)?;
    let entries = manifest.crates(&arguments.crates)?;
    let (old, new) = match sides {
        Some((old, new)) => (library(old, &manifest, run)?, library(new, &manifest, run)?),
        None => (Library::open(&manifest, run)?, Library::newest(run)?),
    };
    let of = |library: &Library, run: &mut Run<'_, '_>| jobs(&manifest, &entries as &[&Entry], library, run);
    let (before, after) = (of(&old, run)?, of(&new, run)?);
    let mut compared = releases::compare(&before, &after, run)?;
    if options.no_docs {
        for one in &mut compared {
            one.changes.documentation.clear();
        }
    }
    let date = options.date.clone().unwrap_or_else(day::today);
    let report = Report { old: &old.shown(), new: &new.shown(), date: &date, crates: &compared };
    run.console.page(&report.print(options.format));
    let breakage = compared.iter().map(|one| one.changes.breakage()).max().unwrap_or(Breakage::None);
    let level = compared.iter().map(|one| one.changes.verdict.level).max();
    let is_failure = options.fail_on.is_some_and(|fail_on| fail_on.is_met(breakage, level));
    let differs = compared.iter().any(|one| !one.changes.is_empty());
    Ok(if is_failure || (options.exit_code && differs) { Exit::Drift } else { Exit::Done })
}

/// The models of one side: a version of botocore, or a file or a folder.
fn library(side: &Path, manifest: &Manifest, run: &mut Run<'_, '_>) -> Result<Library, Vec<Diagnostic>> {
    match side.to_str() {
        Some(version) if !run.current.join(side).exists() && version.starts_with(|c: char| c.is_ascii_digit()) => {
            Library::botocore(version, run)
        }
        _ => Library::path(&run.current.join(side), &manifest.folder, run),
    }
}
