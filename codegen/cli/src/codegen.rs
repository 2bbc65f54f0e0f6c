//! The command `codegen`: generates a crate from a model.
//!
//! Without `--model` it generates the crate of a repository from the model and the overlay there.

mod arguments;
mod job;

pub use self::arguments::Arguments;
use self::job::Job;
pub(crate) use self::job::{quoted, runtime};
use crate::input::{Input, InputFile, operations};
use crate::place::{self, Home};
use crate::report::{Console, Verbosity, took};
use crate::sync::{self, Mode, Plan};
use crate::{Exit, Mistake};
use ::codegen::diagnostic::Diagnostic;
use ::codegen::{Generated, Request, Runtime, Source};
use clap::error::ErrorKind;
use std::path::Path;
use std::time::Instant;

/// The reason why the run did not do everything.
enum Failure {
    Usage(Mistake),
    Findings(Vec<Diagnostic>),
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(findings: Vec<Diagnostic>) -> Self {
        Self::Findings(findings)
    }
}

/// Checks that the crate of a repository matches the model there. The error is the report for people.
pub fn check(home: &Home) -> Result<(), String> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = Arguments { check: true, ..Arguments::default() };
    match run(home, &place::resolve(&home.root), &arguments, &mut Console::plain(&mut out, &mut err)) {
        Ok(Exit::Done) => Ok(()),
        Ok(Exit::Drift | Exit::Bad) | Err(_) => Err(String::from_utf8_lossy(&err).into_owned()),
    }
}

/// Runs the command from the folder `current`.
///
/// # Errors
///
/// Missing or contradicting arguments.
pub fn run(home: &Home, current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Mistake> {
    console.set_verbosity(Verbosity::of(arguments.quiet, arguments.verbose));
    match attempt(home, current, arguments, console) {
        Ok(exit) => Ok(exit),
        Err(Failure::Usage(mistake)) => Err(mistake),
        Err(Failure::Findings(findings)) => {
            console.diagnostics(&findings);
            Ok(Exit::Bad)
        }
    }
}

fn attempt(home: &Home, current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<Exit, Failure> {
    let start = Instant::now();
    let job = Job::new(home, current, arguments);
    let generated = generate(&job, arguments, console)?;
    console.diagnostics(&generated.diagnostics);
    let mode = if arguments.check { Mode::Check } else { Mode::Write };
    console.progress(&format!("{} {}", if arguments.check { "checking" } else { "writing" }, job.out_shown));
    let plan = sync::sync(&job.out, &generated.files, mode, &mut || {
        console.notice(&format!("{}: waiting for another run that writes there", job.out_shown));
    });
    let plan = plan.map_err(|problems| problems.iter().map(|problem| problem.finding(current)).collect::<Vec<_>>())?;
    for path in &plan.foreign {
        console.detail(&format!("left alone: {}/{path}", job.out_shown));
    }
    if mode == Mode::Write {
        tell_written(&plan, &job.out_shown, &took(start.elapsed()), console);
    } else if plan.is_clean() {
        console.summary(&format!("unchanged {} in {}", plan.unchanged, took(start.elapsed())));
    } else {
        console.drift(&job.out_shown, &generated.files, &plan, &job::command(home.tool, arguments));
        return Ok(Exit::Drift);
    }
    Ok(Exit::Done)
}

fn tell_written(plan: &Plan, out: &str, took: &str, console: &mut Console<'_>) {
    let stale = plan.stale.iter().map(|stale| &stale.path);
    for path in plan.missing.iter().chain(stale) {
        console.detail(&format!("wrote: {out}/{path}"));
    }
    for path in plan.orphaned.iter().chain(&plan.leftover) {
        console.detail(&format!("removed: {out}/{path}"));
    }
    let (wrote, removed) = (plan.missing.len() + plan.stale.len(), plan.orphaned.len() + plan.leftover.len());
    console.summary(&format!("wrote {wrote}, unchanged {}, removed {removed} in {took}", plan.unchanged));
}

/// Reads the inputs and generates the crate.
fn generate(job: &Job, arguments: &Arguments, console: &mut Console<'_>) -> Result<Generated, Failure> {
    console.progress(&format!("reading {}", job.model.shown));
    let model = job.model.clone().read();
    let overlay = job.overlay.clone().map(InputFile::read).transpose();
    let beside = job.beside.clone().map(InputFile::read).together();
    if let Some(problem) = job::omission(arguments) {
        // The list of the model's operations helps to choose some; a model that cannot be read is reported first.
        let offer = model.as_ref().ok().and_then(|model| offer(model.source()));
        console.diagnostics(&model.err().into_iter().chain(overlay.err()).chain(beside.err().into_iter().flatten()).collect::<Vec<_>>());
        let message = offer.map_or(problem.clone(), |offer| format!("{problem}\n\n  hint: {offer}"));
        return Err(Failure::Usage(Mistake { kind: ErrorKind::MissingRequiredArgument, message }));
    }
    let (model, overlay, beside) = match (model, overlay, beside) {
        (Ok(model), Ok(overlay), Ok(beside)) => (model, overlay, beside),
        (model, overlay, beside) => {
            let findings = model.err().into_iter().chain(overlay.err()).chain(beside.err().into_iter().flatten());
            return Err(Failure::Findings(findings.collect()));
        }
    };
    let runtime = job.runtime().map_err(|problem| vec![problem.finding(&job.current)])?;
    console.progress(&format!("generating {}", job.out_shown));
    let beside = beside.as_ref().map(Input::source);
    let generated = ::codegen::generate(&Request {
        model: model.source(),
        overlay: overlay.as_ref().map(Input::source),
        endpoint_rules: beside.endpoint_rules,
        paginators: beside.paginators,
        waiters: beside.waiters,
        operations: operations(&arguments.operations),
        name: arguments.name.as_deref(),
        protocol: arguments.protocol.as_deref(),
        runtime: Runtime::Path(&runtime),
        ..Request::default()
    })?;
    Ok(generated)
}

/// The operations of a model as a sentence; `None` if the model cannot be read.
fn offer(model: Source<'_>) -> Option<String> {
    const SHOWN: usize = 12;
    let file = model.file;
    let request = Request { model, ..Request::default() };
    let names = ::codegen::generate(&request).ok()?.operations;
    let list = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    Some(match names.len() {
        0 => format!("{file} has no operations"),
        1 => format!("{file} has one operation: {list}"),
        many if many <= SHOWN => format!("{file} has {many} operations: {list}"),
        many => format!("{file} has {many} operations: {list} and {} more", many - SHOWN),
    })
}
