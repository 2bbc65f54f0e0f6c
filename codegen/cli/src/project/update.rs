//! The command `update`: newer models are taken, the differences for each crate are reported, and the crates are generated again.

use super::build::{Built, Job, build, generate, jobs};
use super::library::Library;
use super::releases::{self, Compared, Report};
use super::{Output, Run, Runtime, ended, manifest, write};
use crate::Exit;
use crate::changes::{Format, day};
use crate::manifest::{Entry, Manifest, Origin, edit, error};
use crate::report::{Console, Verbosity, took};
use ::codegen::changes::Level;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::import::next_version;
use std::path::Path;
use std::time::Instant;

/// The options of `update`.
#[derive(Clone, clap::Args, Debug, Default)]
pub struct Arguments {
    /// The release of botocore; without it, the newest. For models in a folder or a file: the newer folder or file.
    #[arg(value_name = "VERSION")]
    pub version: Option<String>,
    /// Write nothing; report what would change.
    #[arg(long)]
    pub dry_run: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// The date of the report; without it, today's.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub date: Option<String>,
    /// The dependency on the runtime.
    #[command(flatten)]
    pub runtime: Runtime,
    /// The amount of output.
    #[command(flatten)]
    pub output: Output,
}

/// Runs the command from the folder `current`.
pub fn run(current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    console.set_verbosity(Verbosity::of(arguments.output.quiet, arguments.output.verbose));
    let mut run = Run { current, runtime: arguments.runtime.runtime.as_deref(), console };
    let end = attempt(arguments, &mut run);
    ended(end, console)
}

fn attempt(arguments: &Arguments, run: &mut Run<'_, '_>) -> Result<Exit, Vec<Diagnostic>> {
    let start = Instant::now();
    let manifest = manifest(run.current)?;
    let old = Library::open(&manifest, run)?;
    let new = newer(arguments, &manifest, run)?;
    let text = new.pinned(&manifest.text)?;
    if text == manifest.text {
        run.console.summary(&format!("{}: up to date", new.shown()));
        return Ok(Exit::Done);
    }
    let entries: Vec<&Entry> = manifest.crates.iter().collect();
    let (before, after) = (jobs(&manifest, &entries, &old, run)?, jobs(&manifest, &entries, &new, run)?);
    let mut compared = releases::compare(&before, &after, run)?;
    let text = with_versions(text, (&before, &after), &mut compared, run)?;
    // The crates are generated from the new manifest, whose places are those of the old one but for the versions.
    let edited = manifest.edited(&text)?;
    let entries: Vec<&Entry> = edited.crates.iter().collect();
    let built = build(jobs(&edited, &entries, &new, run)?, run)?;
    let date = arguments.date.clone().unwrap_or_else(day::today);
    let report = Report { old: &old.shown(), new: &new.shown(), date: &date, crates: &compared };
    let end = if arguments.dry_run {
        let plans = write::compare(&built, run)?;
        write::refuse(&built, &plans, run)?;
        let mut count = write::Count::default();
        for plan in &plans {
            count.add(plan);
        }
        count.planned()
    } else {
        write::write(&edited.path(), (&manifest.text, &text), &built, run)?.to_string()
    };
    warn(&built, run);
    run.console.page(&report.print(arguments.format));
    if arguments.dry_run {
        run.console.difference(&manifest.shown, &manifest.text, &text);
    }
    // The report is for programs too, so the summary does not stand behind it.
    run.console.notice(&format!("{end} in {}", took(start.elapsed())));
    Ok(Exit::Done)
}

fn warn(built: &[Built<'_>], run: &mut Run<'_, '_>) {
    for crate_ in built {
        run.console.diagnostics(&crate_.generated.diagnostics);
    }
}

/// The newer models.
fn newer(arguments: &Arguments, manifest: &Manifest, run: &mut Run<'_, '_>) -> Result<Library, Vec<Diagnostic>> {
    match (&manifest.origin, &arguments.version) {
        (Origin::Botocore { .. }, None) => Library::newest(run),
        (Origin::Botocore { .. }, Some(version)) => Library::botocore(version, run),
        (Origin::Path(_), Some(path)) => Library::path(&run.current.join(path), &manifest.folder, run),
        (Origin::Path(path), None) => {
            let finding = error(&path.at, "the models are files of this repository, so there is no newest release of them");
            let hint = "put newer models there and run `cargo smithlet generate`, or name the newer folder: `cargo smithlet update PATH`";
            Err(vec![finding.hint(hint)])
        }
    }
}

/// The manifest's text with the version that each crate's differences ask for, if the crate has a version there.
fn with_versions(
    text: String,
    (before, after): (&[Job<'_>], &[Job<'_>]),
    compared: &mut [Compared],
    run: &mut Run<'_, '_>,
) -> Result<String, Vec<Diagnostic>> {
    let mut text = text;
    for ((before, after), compared) in before.iter().zip(after).zip(compared) {
        let entry = after.entry;
        let Some(version) = entry.version.as_ref().filter(|_| !compared.changes.is_empty()) else { continue };
        let level = compared.changes.verdict.level;
        run.console.progress(&format!("choosing the version of {}", entry.name.value));
        let is_due = level > Level::None || differs(before, after);
        if let Some(next) = next_version(&version.value, level).filter(|_| is_due) {
            text = edit::with_version(&text, &entry.name.value, &next)?;
            compared.version = Some((version.value.clone(), next));
        }
    }
    Ok(text)
}

/// True if the two models make different crates. A difference without an effect on the crate, such as a protocol that the client does not speak,
/// requires no version.
fn differs(before: &Job<'_>, after: &Job<'_>) -> bool {
    match (generate(before), generate(after)) {
        (Ok(before), Ok(after)) => before.files != after.files,
        _ => true,
    }
}
