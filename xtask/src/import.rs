//! The command `import`: a newer model of the service into `model/`, and all that follows from it.
//!
//! Everything is computed before anything is written: the model, the crate, the changelog. The model is put into place last. What an import
//! would change follows from the model alone, so a run that was interrupted is finished by running it again.

use crate::changes::day;
use crate::report::{Console, Verbosity, took};
use crate::sync::{self, Mode, Plan, Problem, Staged};
use crate::{Exit, codegen, input, place};
use ::codegen::changes::Style;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::import::{self, Docs, Imported};
use ::codegen::model::Pointer;
use ::codegen::{Generated, Operations, Source};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What a crate's changelog is called.
const CHANGELOG: &str = "CHANGELOG.md";

/// The options of `import`.
#[derive(Clone, clap::Args, Debug, Default)]
pub struct Arguments {
    /// The newer model of the service: Smithy JSON AST, or botocore's service-2.json.
    #[arg(value_name = "UPSTREAM")]
    pub upstream: PathBuf,
    /// The newer endpoint rules: botocore's endpoint-rule-set-1.json. Without it: the rules that the model has itself, or a file of that name
    /// beside a model called service-2.json; where there are none, ours stay.
    #[arg(long, value_name = "FILE")]
    pub endpoint_rules: Option<PathBuf>,
    /// The operations to keep or to add; without it, those that our model has.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',', value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub operations: Vec<String>,
    /// Whose documentation the model has afterwards.
    #[arg(long, value_enum, default_value_t)]
    pub docs: Words,
    /// The day of the changelog's entry; without it, today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day::parse)]
    pub date: Option<String>,
    /// Write nothing; show what would be written.
    #[arg(long)]
    pub dry_run: bool,
    /// Say nothing but the changes and what is wrong.
    #[arg(long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Also show notes about the models, and each file that is written or removed.
    #[arg(long)]
    pub verbose: bool,
}

/// Whose words.
#[derive(Clone, Copy, clap::ValueEnum, Debug, Default, Eq, PartialEq)]
pub enum Words {
    /// Ours; what is new has none and is listed.
    #[default]
    Ours,
    /// Upstream's, as far as it has any, as Markdown.
    Theirs,
    /// Nobody's: all documentation goes.
    None,
}

/// Runs the command from the current folder.
pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    // Where the system cannot say where we are, paths are shown as they stand.
    let current = std::env::current_dir().unwrap_or_default();
    console.set_verbosity(match (arguments.quiet, arguments.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Normal,
    });
    match attempt(&current, arguments, console) {
        Ok(()) => Exit::Done,
        Err(findings) => {
            console.diagnostics(&findings);
            Exit::Bad
        }
    }
}

/// A file that the command reads: where it is, how people know it, and what it holds.
struct Input {
    path: PathBuf,
    shown: String,
    text: String,
}

impl Input {
    fn read(path: PathBuf, shown: String) -> Result<Self, Diagnostic> {
        let text = input::read(&path, &shown)?;
        Ok(Self { path, shown, text })
    }

    fn source(&self) -> Source<'_> {
        Source { file: &self.shown, text: &self.text }
    }
}

/// All that is read.
struct Inputs {
    upstream: Input,
    endpoint_rules: Option<Input>,
    model: Input,
    overlay: Option<Input>,
    changelog: Option<Input>,
}

impl Inputs {
    fn read(current: &Path, repository: &Path, arguments: &Arguments) -> Result<Self, Vec<Diagnostic>> {
        let given = |path: &Path| Input::read(current.join(path), path.display().to_string());
        let own = |file: &str| {
            let path = repository.join(file);
            let shown = place::shown(&path, current);
            Input::read(path, shown)
        };
        let own_if_there = |file: &str| if repository.join(file).exists() { own(file).map(Some) } else { Ok(None) };
        let rules = arguments.endpoint_rules.clone().or_else(|| codegen::rules_beside(current, &arguments.upstream));
        let changelog = own_if_there(&format!("{}/{CHANGELOG}", place::CRATE));
        let read = (
            given(&arguments.upstream),
            rules.as_deref().map(given).transpose(),
            own(place::MODEL),
            own_if_there(place::OVERLAY),
            changelog,
        );
        match read {
            (Ok(upstream), Ok(endpoint_rules), Ok(model), Ok(overlay), Ok(changelog)) => {
                Ok(Self { upstream, endpoint_rules, model, overlay, changelog })
            }
            (upstream, rules, model, overlay, changelog) => {
                Err([upstream.err(), rules.err(), model.err(), overlay.err(), changelog.err()].into_iter().flatten().collect())
            }
        }
    }
}

fn attempt(current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<(), Vec<Diagnostic>> {
    let start = Instant::now();
    let repository = place::repository(current);
    console.progress("reading");
    let inputs = Inputs::read(current, &repository, arguments)?;
    let date = arguments.date.clone().unwrap_or_else(day::today);
    console.progress("importing");
    let imported = import::import(&import::Request {
        upstream: inputs.upstream.source(),
        endpoint_rules: inputs.endpoint_rules.as_ref().map(Input::source),
        model: inputs.model.source(),
        overlay: inputs.overlay.as_ref().map(Input::source),
        changelog: inputs.changelog.as_ref().map(|changelog| changelog.text.as_str()),
        operations: if arguments.operations.is_empty() { Operations::All } else { Operations::Named(arguments.operations.clone()) },
        docs: match arguments.docs {
            Words::Ours => Docs::Ours,
            Words::Theirs => Docs::Theirs,
            Words::None => Docs::None,
        },
        date: &date,
    })?;
    let out = place::resolve(&repository.join(place::CRATE));
    console.progress("generating");
    let generated = generate(&inputs, &imported, &repository, &out)?;
    console.diagnostics(&imported.diagnostics);
    console.page(&imported.changes.report(Style::Text, &date, false));
    advise(&inputs, &imported, console);
    let mut files = Vec::new();
    if let Some(changelog) = &imported.changelog {
        let path = inputs.changelog.as_ref().map_or_else(|| out.join(CHANGELOG), |changelog| changelog.path.clone());
        files.push((path, changelog.clone()));
    }
    if imported.model != inputs.model.text {
        files.push((inputs.model.path.clone(), imported.model.clone()));
    }
    let told = |problems: Vec<Problem>| problems.iter().map(|problem| finding(problem, current)).collect::<Vec<_>>();
    let plan = if arguments.dry_run {
        let plan = sync::sync(&out, &generated.files, Mode::Check, &mut || {}).map_err(told)?;
        show(&inputs, &files, current, console);
        plan
    } else {
        write(&out, &generated, &files, console).map_err(told)?
    };
    summarise(&plan, &files, arguments, (current, &out), console);
    let end = if arguments.dry_run { "would write" } else { "wrote" };
    let (wrote, removed) = (plan.missing.len() + plan.stale.len() + files.len(), plan.orphaned.len() + plan.leftover.len());
    console.summary(&format!("{end} {wrote}, unchanged {}, removed {removed} in {}", plan.unchanged, took(start.elapsed())));
    Ok(())
}

/// The crate that the imported model makes.
fn generate(inputs: &Inputs, imported: &Imported, repository: &Path, out: &Path) -> Result<Generated, Vec<Diagnostic>> {
    let runtime = codegen::runtime(repository, out).map_err(|problem| vec![finding(&problem, repository)])?;
    ::codegen::generate(&::codegen::Request {
        model: Source { file: &inputs.model.shown, text: &imported.model },
        overlay: inputs.overlay.as_ref().map(Input::source),
        endpoint_rules: None,
        operations: Operations::All,
        name: None,
        runtime: &runtime,
    })
}

/// What is left for a person to do: words, and the version.
fn advise(inputs: &Inputs, imported: &Imported, console: &mut Console<'_>) {
    if !imported.undocumented.is_empty() {
        let list = imported.undocumented.join("\n  ");
        console.notice(&format!("new, and without a word of documentation in {}:\n  {list}", inputs.model.shown));
    }
    if let Some(proposed) = &imported.proposed {
        let place = inputs.overlay.as_ref().map_or(inputs.model.shown.as_str(), |overlay| overlay.shown.as_str());
        console.notice(&format!(
            "version: {} -> {proposed} (this import: {}); to take it: \"version\": \"{proposed}\" in `smithlet.api#crate`, {place}, then \
             cargo xtask codegen",
            imported.version, imported.changes.verdict.level
        ));
    }
}

/// What a dry run would put into the files that are not generated.
fn show(inputs: &Inputs, files: &[(PathBuf, String)], current: &Path, console: &mut Console<'_>) {
    for (path, text) in files {
        let old = match &inputs.changelog {
            _ if *path == inputs.model.path => inputs.model.text.as_str(),
            Some(changelog) => changelog.text.as_str(),
            None => "",
        };
        console.difference(&place::shown(path, current), old, text);
    }
    if files.is_empty() {
        console.notice("nothing differs: there is nothing to write");
    }
}

/// Writes the crate, then the changelog, then the model; all of it is on the disk before the first file is replaced.
fn write(out: &Path, generated: &Generated, files: &[(PathBuf, String)], console: &mut Console<'_>) -> Result<Plan, Vec<Problem>> {
    console.progress("writing");
    let staged = Staged::new(files).map_err(|problem| vec![problem])?;
    let plan = sync::sync(out, &generated.files, Mode::Write, &mut || {
        console.notice("another run is writing there, waiting for it to end");
    })?;
    staged.put().map_err(|problem| vec![problem])?;
    Ok(plan)
}

/// Every file, for those who ask; of a dry run, for everybody.
fn summarise(plan: &Plan, files: &[(PathBuf, String)], arguments: &Arguments, places: (&Path, &Path), console: &mut Console<'_>) {
    let (current, out) = places;
    let (wrote, removed) = if arguments.dry_run { ("would write", "would remove") } else { ("wrote", "removed") };
    let mut say = |what: &str, path: &Path| {
        let line = format!("{what}: {}", place::shown(path, current));
        if arguments.dry_run { console.page(&format!("{line}\n")) } else { console.detail(&line) }
    };
    for path in plan.missing.iter().chain(plan.stale.iter().map(|stale| &stale.path)) {
        say(wrote, &out.join(path));
    }
    for path in plan.orphaned.iter().chain(&plan.leftover) {
        say(removed, &out.join(path));
    }
    for (path, _) in files {
        say(wrote, path);
    }
}

/// A problem with the disk in the words of every other finding.
fn finding(problem: &Problem, current: &Path) -> Diagnostic {
    Diagnostic::error(&place::shown(&problem.path, current), &Pointer::default(), &problem.message).hint(&problem.hint)
}
