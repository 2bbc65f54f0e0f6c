//! The command `changes`: compares two models and reports the differences with their verdicts.
//!
//! Without files it compares the model of a repository, with its overlay, with that of the last commit. With `--history` it compares many releases.

mod commit;
pub(crate) mod day;
mod history;

use crate::beside::Beside;
use crate::input::{Input, InputFile, operations};
use crate::place::Home;
use crate::report::{Console, Verbosity};
use crate::{Exit, Mistake};
use ::codegen::changes::{self, Breakage, Changes, Comparison, Level, Side, Style};
use ::codegen::diagnostic::Diagnostic;
use clap::error::ErrorKind;
use std::path::{Path, PathBuf};

/// The options of `changes`.
#[derive(Clone, clap::Args, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line, which is given or not")]
pub struct Arguments {
    /// The earlier model: Smithy JSON AST, or botocore's service-2.json. Without it: the repository's own, as last committed.
    #[arg(value_name = "OLD", requires = "new")]
    pub old: Option<PathBuf>,
    /// The later model, in either format. Without it: the repository's own, as it is now.
    #[arg(value_name = "NEW")]
    pub new: Option<PathBuf>,
    /// Compare many releases of a service, each with the one before: a folder that holds botocore's wheels, source distributions or packages, or
    /// models called VERSION.json; or versions of botocore to fetch.
    #[arg(long, value_name = "DIR|VERSION,VERSION,...", conflicts_with_all = ["old", "overlay", "date", "full"])]
    #[arg(value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub history: Option<String>,
    /// The service whose history it is, if a release holds several: codebuild.
    #[arg(long, value_name = "NAME", requires = "history", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub service: Option<String>,
    /// Also write the history as an Atom feed.
    #[arg(long, value_name = "FILE", requires = "history")]
    pub feed: Option<PathBuf>,
    /// The overlay of both models: Smithy `apply` statements.
    #[arg(long, value_name = "FILE", requires = "new")]
    pub overlay: Option<PathBuf>,
    /// The operations to compare; without it, all.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub operations: Vec<String>,
    /// The date of the report; without it, today's.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub date: Option<String>,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Add to each new or updated method its request syntax, parameters, response syntax and response structure.
    #[arg(long)]
    pub full: bool,
    /// Leave differences in documentation out.
    #[arg(long)]
    pub no_docs: bool,
    /// End with status 1 if anything differs; with `--no-docs`, anything but documentation.
    #[arg(long)]
    pub exit_code: bool,
    /// End with status 1 if the verdict is this one or worse.
    #[arg(long, value_enum, value_name = "VERDICT")]
    pub fail_on: Option<FailOn>,
    /// Write only errors to standard error.
    #[arg(long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also show notes about the models.
    #[arg(long)]
    pub verbose: bool,
}

/// The form of a report.
#[derive(Clone, Copy, clap::ValueEnum, Debug, Default, Eq, PartialEq)]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// One self-contained HTML page.
    Html,
    /// JSON, for programs.
    Json,
}

/// The verdict that ends the command with status 1.
#[derive(Clone, Copy, clap::ValueEnum, Debug, Eq, PartialEq)]
pub enum FailOn {
    /// Some deployed clients stop working. A tightened constraint does not count.
    Breaking,
    /// The service may refuse a value that it accepted, or some deployed clients stop working.
    ConstraintTightened,
    /// Some code that uses the regenerated crate no longer compiles.
    Major,
    /// The regenerated crate's API differs in any way.
    Minor,
}

impl FailOn {
    /// True if the verdict is this one or worse.
    pub(crate) fn is_met(self, breakage: Breakage, level: Option<Level>) -> bool {
        match self {
            Self::Breaking => breakage == Breakage::Breaking,
            Self::ConstraintTightened => breakage >= Breakage::ConstraintTightened,
            Self::Major => level == Some(Level::Major),
            Self::Minor => level >= Some(Level::Minor),
        }
    }
}

/// Runs the command from the folder `current`.
///
/// # Errors
///
/// Contradicting arguments.
pub fn run(home: &Home, current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Mistake> {
    if let Some(from) = &arguments.history {
        return Ok(history(current, from, arguments, console));
    }
    match (&arguments.old, &arguments.new) {
        (Some(old), Some(new)) => given(current, old, new, arguments, console),
        _ => report(arguments, console, |console| committed(home, current, arguments, console)),
    }
}

/// Compares two files, from the folder `current`.
///
/// # Errors
///
/// Contradicting arguments.
pub(crate) fn given(current: &Path, old: &Path, new: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Mistake> {
    report(arguments, console, |console| files(current, old, new, arguments, console))
}

/// Compares the releases of the folder `from`, or of the versions that it lists, each with the one before.
pub(crate) fn history(current: &Path, from: &str, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    console.set_verbosity(Verbosity::of(arguments.quiet, arguments.verbose));
    history::run(current, from, arguments, console)
}

fn report(
    arguments: &Arguments,
    console: &mut Console<'_>,
    compare: impl FnOnce(&mut Console<'_>) -> Result<Changes, Vec<Diagnostic>>,
) -> Result<Exit, Mistake> {
    console.set_verbosity(Verbosity::of(arguments.quiet, arguments.verbose));
    if arguments.full && arguments.format == Format::Json {
        let message = "the argument '--full' cannot be used with '--format json', which lists every difference anyway";
        return Err(Mistake { kind: ErrorKind::ArgumentConflict, message: message.to_owned() });
    }
    Ok(match compare(console) {
        Ok(mut changes) => {
            if arguments.no_docs {
                changes.documentation.clear();
            }
            tell(&changes, arguments, console)
        }
        Err(findings) => {
            console.diagnostics(&findings);
            Exit::Bad
        }
    })
}

fn tell(changes: &Changes, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    console.diagnostics(&changes.diagnostics);
    let date = arguments.date.clone().unwrap_or_else(day::today);
    match arguments.format {
        Format::Text => console.page(&changes.report(Style::Text, &date, arguments.full)),
        Format::Markdown => console.page(&changes.report(Style::Markdown, &date, arguments.full)),
        Format::Html => console.page(&changes.report(Style::Html, &date, arguments.full)),
        // Control characters are escaped in JSON, so the console does not change this text.
        Format::Json => console.page(&changes.json(&date)),
    }
    let is_failure = arguments.fail_on.is_some_and(|fail_on| fail_on.is_met(changes.breakage(), Some(changes.verdict.level)));
    if is_failure || (arguments.exit_code && !changes.is_empty()) { Exit::Drift } else { Exit::Done }
}

/// Compares the two files of the command line, each with the files that botocore keeps beside it.
fn files(current: &Path, old: &Path, new: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Changes, Vec<Diagnostic>> {
    let mut read = |path: &Path| {
        let file = InputFile::given(path, current);
        console.progress(&format!("reading {}", file.shown));
        file.read()
    };
    let [old_beside, new_beside] = [old, new].map(|model| Beside::of(current, model).map(|path| read(&path)).together());
    let overlay = arguments.overlay.as_deref().map(&mut read).transpose();
    match (read(old), read(new), old_beside, new_beside, overlay) {
        (Ok(old), Ok(new), Ok(old_beside), Ok(new_beside), Ok(overlay)) => {
            let old = Files { model: &old, overlay: overlay.as_ref(), beside: old_beside.as_ref() };
            let new = Files { model: &new, overlay: overlay.as_ref(), beside: new_beside.as_ref() };
            compare(&old, &new, arguments, console)
        }
        (old, new, old_beside, new_beside, overlay) => {
            let beside = [old_beside.err(), new_beside.err()].into_iter().flatten().flatten();
            Err([old.err(), new.err()].into_iter().flatten().chain(beside).chain(overlay.err()).collect())
        }
    }
}

/// Compares the repository's files with the last commit's.
fn committed(home: &Home, current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Changes, Vec<Diagnostic>> {
    console.progress("reading the last commit");
    let now = |file: &str| InputFile::own(file, &home.root, current);
    let then = |file: &str| commit::read(home, file);
    // The overlay may be newer than the last commit, or have been removed since.
    let now_overlay = now(home.overlay).read_if_there();
    let then_overlay = then(home.overlay);
    let then_model = then(home.model).and_then(|text| text.ok_or_else(|| commit::absent(home, home.model)));
    match (then_model, then_overlay, now(home.model).read(), now_overlay) {
        (Ok(old), Ok(old_overlay), Ok(new), Ok(new_overlay)) => {
            let old = Files { model: &old, overlay: old_overlay.as_ref(), beside: Beside::default() };
            let new = Files { model: &new, overlay: new_overlay.as_ref(), beside: Beside::default() };
            compare(&old, &new, arguments, console)
        }
        (old, old_overlay, new, new_overlay) => {
            let mut findings: Vec<Diagnostic> =
                old.err().into_iter().chain(old_overlay.err()).chain(new.err()).chain(new_overlay.err()).collect();
            // All files often fail for the same reason.
            findings.dedup();
            Err(findings)
        }
    }
}

/// The files of a side.
struct Files<'a> {
    model: &'a Input,
    overlay: Option<&'a Input>,
    beside: Beside<&'a Input>,
}

impl<'a> Files<'a> {
    fn side(&self) -> Side<'a> {
        let Beside { endpoint_rules, paginators, waiters } = self.beside.map(Input::source);
        Side { model: self.model.source(), overlay: self.overlay.map(Input::source), endpoint_rules, paginators, waiters }
    }

    /// The texts that the side brings of its own.
    fn texts(&self) -> (&str, Beside<&str>) {
        (self.model.text.as_str(), self.beside.map(|input| input.text.as_str()))
    }
}

fn compare(old: &Files<'_>, new: &Files<'_>, arguments: &Arguments, console: &mut Console<'_>) -> Result<Changes, Vec<Diagnostic>> {
    console.progress("comparing");
    let changes = changes::compare(&Comparison { old: old.side(), new: new.side(), operations: operations(&arguments.operations) })?;
    if changes.is_empty() && old.texts() != new.texts() {
        console.notice("the files differ, but not in the chosen operations' requests, responses or documentation");
    }
    Ok(changes)
}

#[cfg(test)]
mod tests;
