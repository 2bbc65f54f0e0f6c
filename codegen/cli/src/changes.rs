//! The command `changes`: compares two models and reports the differences with their verdicts.
//!
//! Without files it compares the model of a repository, with its overlay, with that of the last commit.

mod commit;
pub(crate) mod day;

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

/// Compares the two files of the command line.
fn files(current: &Path, old: &Path, new: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Changes, Vec<Diagnostic>> {
    let mut read = |path: &Path| {
        let file = InputFile::given(path, current);
        console.progress(&format!("reading {}", file.shown));
        file.read()
    };
    match (read(old), read(new), arguments.overlay.as_deref().map(&mut read).transpose()) {
        (Ok(old), Ok(new), Ok(overlay)) => {
            compare(&Sides { old: (&old, overlay.as_ref()), new: (&new, overlay.as_ref()) }, arguments, console)
        }
        (old, new, overlay) => Err([old.err(), new.err(), overlay.err()].into_iter().flatten().collect()),
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
            compare(&Sides { old: (&old, old_overlay.as_ref()), new: (&new, new_overlay.as_ref()) }, arguments, console)
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

/// The model and the overlay of each side.
struct Sides<'a> {
    old: (&'a Input, Option<&'a Input>),
    new: (&'a Input, Option<&'a Input>),
}

fn compare(sides: &Sides<'_>, arguments: &Arguments, console: &mut Console<'_>) -> Result<Changes, Vec<Diagnostic>> {
    console.progress("comparing");
    let changes =
        changes::compare(&Comparison { old: side(sides.old), new: side(sides.new), operations: operations(&arguments.operations) })?;
    if changes.is_empty() && sides.old.0.text != sides.new.0.text {
        console.notice("the files differ, but not in the chosen operations' requests, responses or documentation");
    }
    Ok(changes)
}

fn side<'a>((model, overlay): (&'a Input, Option<&'a Input>)) -> Side<'a> {
    Side { model: model.source(), overlay: overlay.map(Input::source) }
}

#[cfg(test)]
mod tests;
