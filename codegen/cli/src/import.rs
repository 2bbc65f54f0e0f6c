//! The command `import`: updates the model of a repository from a newer model of the service, and the crate from the model.
//!
//! Everything is computed before anything is written: the model, the crate, the changelog, the version and the record of the import. A run that was
//! interrupted is finished by the next run.

mod arguments;
mod inputs;
mod lock;
pub(crate) mod release;

pub use arguments::{Arguments, Words};

use crate::changes::day;
use crate::input::{Input, operations};
use crate::place::{self, Home};
use crate::report::{Console, Verbosity, took};
use crate::sync::{self, Mode, Plan, Problem, Staged};
use crate::{Exit, codegen};
use ::codegen::changes::Style;
use ::codegen::diagnostic::Diagnostic;
use ::codegen::import::{self, Docs, Imported};
use ::codegen::{Generated, Operations, Request, Runtime, Source};
use inputs::{CHANGELOG, Inputs};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Runs the command from the folder `current`.
pub fn run(home: &Home, current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    console.set_verbosity(Verbosity::of(arguments.quiet, arguments.verbose));
    match attempt(home, current, arguments, console) {
        Ok(()) => Exit::Done,
        Err(findings) => {
            console.diagnostics(&findings);
            Exit::Bad
        }
    }
}

fn attempt(home: &Home, current: &Path, arguments: &Arguments, console: &mut Console<'_>) -> Result<(), Vec<Diagnostic>> {
    let start = Instant::now();
    console.progress("reading");
    let inputs = Inputs::read(home, current, arguments)?;
    let date = arguments.date.clone().unwrap_or_else(day::today);
    let release = arguments.release.clone().or_else(|| release::release(&inputs.upstream.file.path));
    console.progress("importing");
    let beside = inputs.beside.as_ref().map(Input::source);
    let imported = import::import(&import::Request {
        upstream: inputs.upstream.source(),
        endpoint_rules: beside.endpoint_rules,
        paginators: beside.paginators,
        waiters: beside.waiters,
        model: inputs.model.source(),
        overlay: inputs.overlay.as_ref().map(Input::source),
        changelog: inputs.changelog.as_ref().map(|changelog| changelog.text.as_str()),
        operations: operations(&arguments.operations),
        docs: match arguments.docs {
            Words::Ours => Docs::Ours,
            Words::Theirs => Docs::Theirs,
            Words::None => Docs::None,
        },
        date: &date,
        record: inputs.record.as_ref().map(Input::source),
        release: release.as_deref(),
        take_version: arguments.take_version,
    })?;
    let out = place::resolve(&home.root.join(home.crate_folder));
    console.progress("generating");
    let generated = generate(&inputs, &imported, home, &out)?;
    console.diagnostics(&imported.diagnostics);
    console.page(&imported.changes.report(Style::Text, &date, false));
    advise(&inputs, &imported, arguments, console);
    let files = files(&inputs, &imported, &generated.name, home);
    let findings = |problems: Vec<Problem>| problems.iter().map(|problem| problem.finding(current)).collect::<Vec<_>>();
    let plan = if arguments.dry_run {
        let plan = sync::sync(&out, &generated.files, Mode::Check, &mut || {}).map_err(findings)?;
        show(&files, current, console);
        plan
    } else {
        write(&out, &generated, &files, console).map_err(findings)?
    };
    summarise(&plan, &files, arguments, (current, &out), console);
    let end = if arguments.dry_run { "would write" } else { "wrote" };
    let (wrote, removed) = (plan.missing.len() + plan.stale.len() + files.len(), plan.orphaned.len() + plan.leftover.len());
    if (wrote, removed) == (0, 0) {
        console.notice("nothing differs, so nothing is written");
    }
    console.summary(&format!("{end} {wrote}, unchanged {}, removed {removed} in {}", plan.unchanged, took(start.elapsed())));
    Ok(())
}

/// Generates the crate from the imported model.
fn generate(inputs: &Inputs, imported: &Imported, home: &Home, out: &Path) -> Result<Generated, Vec<Diagnostic>> {
    let runtime = codegen::runtime(&home.root.join(home.runtime), out).map_err(|problem| vec![problem.finding(&home.root)])?;
    ::codegen::generate(&Request {
        model: Source { file: &inputs.model.file.shown, text: &imported.model },
        overlay: inputs
            .overlay
            .as_ref()
            .map(|overlay| Source { text: imported.overlay.as_deref().unwrap_or(&overlay.text), ..overlay.source() }),
        operations: Operations::All,
        name: None,
        runtime: Runtime::Path(&runtime),
        ..Request::default()
    })
}

/// A file that is not generated, with its text before and after.
struct Change {
    path: PathBuf,
    before: String,
    after: String,
}

/// The files that change besides the crate, in the order in which they are replaced. The next run finishes one that was interrupted at any of
/// them: without the model it imports again, without the overlay it takes the changelog's version, and without the record it reports again what
/// upstream has rewritten.
fn files(inputs: &Inputs, imported: &Imported, package: &str, home: &Home) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut note = |file: &str, before: Option<&Input>, after: Option<String>| {
        let before = before.map(|before| before.text.clone()).unwrap_or_default();
        changes.extend(after.map(|after| Change { path: home.root.join(file), before, after }));
    };
    note(&format!("{}/{CHANGELOG}", home.crate_folder), inputs.changelog.as_ref(), imported.changelog.clone());
    note(home.model, Some(&inputs.model), (imported.model != inputs.model.text).then(|| imported.model.clone()));
    note(home.overlay, inputs.overlay.as_ref(), imported.overlay.clone());
    for lock in &inputs.locks {
        let after = imported.proposed.as_ref().and_then(|version| lock::with_version(&lock.text, package, version));
        changes.extend(after.map(|after| Change { path: lock.file.path.clone(), before: lock.text.clone(), after }));
    }
    let after = imported.record.clone();
    let before = inputs.record.as_ref().map(|before| before.text.clone()).unwrap_or_default();
    changes.extend(after.map(|after| Change { path: home.root.join(home.record), before, after }));
    changes
}

/// Reports the work that is left for a person: documentation and the version.
fn advise(inputs: &Inputs, imported: &Imported, arguments: &Arguments, console: &mut Console<'_>) {
    let model = &inputs.model.file.shown;
    // Each item with upstream's documentation below its line, if that is to be shown.
    let item = |name: &str, line: String| {
        let text = imported.theirs.get(name).filter(|_| arguments.verbose).map_or("", String::as_str);
        text.lines().fold(format!("\n  {line}"), |item, line| format!("{item}\n    | {line}").trim_end().to_owned())
    };
    if !imported.undocumented.is_empty() {
        let list: String = imported.undocumented.iter().map(|name| item(name, name.clone())).collect();
        console.notice(&format!("new and undocumented in {model}:{list}"));
    }
    if !imported.stale.is_empty() {
        let list: String = imported.stale.iter().map(|stale| item(&stale.name, format!("{}: {}", stale.name, stale.why))).collect();
        console.notice(&format!("documentation in {model} that may be out of date:{list}"));
    }
    match &imported.proposed {
        Some(proposed) => {
            let way = if arguments.take_version { "" } else { "; to take it, run the command again with --take-version" };
            let level = imported.changes.verdict.level;
            console.notice(&format!("version: {} -> {proposed} (this import: {level}){way}", imported.version));
        }
        None if arguments.take_version => console.notice(&format!("version: {} is kept: no change requires another", imported.version)),
        None => {}
    }
}

/// Shows the diffs that a dry run makes for files that are not generated.
fn show(files: &[Change], current: &Path, console: &mut Console<'_>) {
    for Change { path, before, after } in files {
        console.difference(&place::shown(path, current), before, after);
    }
}

/// Writes the crate, then the other files. All of them are on the disk before the first file is replaced.
fn write(out: &Path, generated: &Generated, files: &[Change], console: &mut Console<'_>) -> Result<Plan, Vec<Problem>> {
    console.progress("writing");
    let contents: Vec<(PathBuf, String)> = files.iter().map(|file| (file.path.clone(), file.after.clone())).collect();
    let staged = Staged::new(&contents).map_err(|problem| vec![problem])?;
    let plan = sync::sync(out, &generated.files, Mode::Write, &mut || {
        console.notice("waiting for another run that writes there");
    })?;
    staged.put().map_err(|problem| vec![problem])?;
    Ok(plan)
}

/// Shows every file, if verbose or in a dry run.
fn summarise(plan: &Plan, files: &[Change], arguments: &Arguments, places: (&Path, &Path), console: &mut Console<'_>) {
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
    for file in files {
        say(wrote, &file.path);
    }
}
