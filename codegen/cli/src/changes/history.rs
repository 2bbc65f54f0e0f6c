//! `changes --history`: the updates over many releases, as a report and as an Atom feed.
//!
//! - `releases` finds the releases in a folder, or fetches those whose versions are given.
//! - `content` reads the model of a service in a release.
//! - `dates` knows the days of releases.

mod content;
mod dates;
mod releases;

use super::{Arguments, Format};
use crate::beside::Beside;
use crate::input::operations;
use crate::models::{Cache, Document};
use crate::report::Console;
use crate::sync::Staged;
use crate::{Exit, place};
use ::codegen::changes::Style;
use ::codegen::changes::history::{History, Release, Walk};
use ::codegen::diagnostic::Diagnostic;
use ::codegen::suggest::first_of;
use content::{Content, Refusal};
use releases::Releases;
use std::path::Path;

/// Runs the command for a folder of releases, or for versions with commas between them.
pub(super) fn run(current: &Path, from: &str, arguments: &Arguments, console: &mut Console<'_>) -> Exit {
    match attempt(current, from, arguments, &Cache::of_the_environment(), console) {
        Ok(history) => {
            let is_failure = arguments.fail_on.is_some_and(|fail_on| fail_on.is_met(history.breakage(), Some(history.verdict().level)));
            if is_failure || (arguments.exit_code && !history.updates.is_empty()) { Exit::Drift } else { Exit::Done }
        }
        Err(findings) => {
            console.diagnostics(&findings);
            Exit::Bad
        }
    }
}

fn attempt(
    current: &Path,
    from: &str,
    arguments: &Arguments,
    cache: &Cache,
    console: &mut Console<'_>,
) -> Result<History, Vec<Diagnostic>> {
    let releases = releases::find(current, from)?;
    for ignored in &releases.ignored {
        console.detail(&format!("{ignored}: ignored, since its name is not that of a release"));
    }
    let history = walk(&releases, cache, arguments, console)?;
    console.diagnostics(&history.diagnostics);
    // The feed comes first, so that a report is never printed by a run that fails.
    if let Some(file) = &arguments.feed {
        let target = place::resolve(&current.join(file));
        let written = Staged::new(&[(target, history.feed())]).and_then(Staged::put);
        written.map_err(|problem| vec![problem.finding(current)])?;
    }
    console.page(&match arguments.format {
        Format::Text => history.report(Style::Text),
        Format::Markdown => history.report(Style::Markdown),
        Format::Html => history.report(Style::Html),
        Format::Json => history.json(),
    });
    Ok(history)
}

/// Compares the releases one after another, or reports the faults of all.
fn walk(releases: &Releases, cache: &Cache, arguments: &Arguments, console: &mut Console<'_>) -> Result<History, Vec<Diagnostic>> {
    let mut walk = Walk::new(operations(&arguments.operations), !arguments.no_docs);
    let (mut findings, mut lacking) = (Vec::new(), Vec::new());
    let mut has_begun = false;
    for candidate in &releases.candidates {
        console.progress(&format!("reading {}", candidate.shown));
        match content::read(candidate, arguments.service.as_deref(), &releases.dates, cache, &mut |step| console.progress(step)) {
            // A service may be newer than the first releases.
            Err(Refusal::Lacks(finding)) if !has_begun => lacking.push((candidate.shown.as_str(), finding)),
            Err(Refusal::Lacks(finding) | Refusal::Damaged(finding)) => findings.push(finding),
            Ok(content) => {
                has_begun = true;
                console.detail(&format!("{}: {}, by {}", candidate.shown, content.date, content.witness));
                let Content { date, model, beside, .. } = &content;
                let Beside { endpoint_rules, paginators, waiters } = beside.as_ref().map(Document::source);
                let release = Release { version: &candidate.version, date, model: model.source(), endpoint_rules, paginators, waiters };
                walk.add(&release).unwrap_or_else(|found| findings.extend(found));
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    match lacking.pop() {
        // No release has the service.
        Some((_, finding)) if !has_begun => return Err(vec![finding]),
        Some((last, _)) => {
            let shown: Vec<&str> = lacking.iter().map(|(shown, _)| *shown).chain([last]).collect();
            console.notice(&format!("the service is not yet in {}", first_of(&shown)));
        }
        None => {}
    }
    walk.finish()
}

#[cfg(test)]
mod tests;
