//! The updates of a service over many releases, each compared with the one before.
//!
//! A release that changes nothing for the chosen operations is not an update. An update's id follows from the service, the chosen operations and the
//! version of its release. It does not depend on the releases around it, so a longer history gives the same ids.
//!
//! - `told` writes the reports for people, with `page` for HTML, from the blocks of the reports about two models; `json` writes the one for programs.
//! - `feed` writes the Atom feed.
//! - `id` makes the ids, `version` orders the releases.

mod feed;
mod id;
mod json;
mod page;
mod told;
mod version;

pub use version::Version;

use super::{Breakage, Changes, Comparison, Side, Verdict, compare, load};
use crate::Source;
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Pointer};
use crate::select::Operations;
use std::collections::BTreeSet;
use told::Told;

/// One release of a service.
#[derive(Clone, Copy, Debug)]
pub struct Release<'a> {
    /// The version.
    pub version: &'a Version,
    /// The day of the release, `YYYY-MM-DD`.
    pub date: &'a str,
    /// The model.
    pub model: Source<'a>,
    /// The endpoint rules, if they are a file of their own.
    pub endpoint_rules: Option<Source<'a>>,
    /// The paginators, if they are a file of their own.
    pub paginators: Option<Source<'a>>,
    /// The waiters, if they are a file of their own.
    pub waiters: Option<Source<'a>>,
}

/// The version and the day of a release.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stamp {
    /// The version, as it was given.
    pub version: String,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
}

/// A release that changes something for the chosen operations.
#[derive(Clone, Debug)]
pub struct Update {
    /// The id, a URN. It is the same in every history that has this release.
    pub id: String,
    /// The release.
    pub release: Stamp,
    /// The version of the release that it was compared with.
    pub since: String,
    /// The verdict on it.
    pub verdict: Verdict,
    /// The worst that a client in the field may meet.
    pub breakage: Breakage,
    /// The differences in a few words.
    pub summary: String,
    /// The differences, ready for the reports. The models are not kept, since a history may have hundreds of them.
    told: Told,
}

/// The updates of a service.
#[derive(Clone, Debug)]
pub struct History {
    /// The service's title in the last release.
    pub service: String,
    /// The id of the history, a URN. It does not depend on the releases.
    pub id: String,
    /// The names of the chosen operations; none if all were chosen.
    pub operations: Vec<String>,
    /// The number of releases.
    pub releases: usize,
    /// The first release.
    pub first: Stamp,
    /// The last release.
    pub last: Stamp,
    /// The updates, the newest first.
    pub updates: Vec<Update>,
    /// The warnings and notes about the models. What is said of several releases is here once.
    pub diagnostics: Vec<Diagnostic>,
}

impl History {
    /// The worst of all verdicts.
    pub fn verdict(&self) -> Verdict {
        self.updates.iter().fold(Verdict::NOTHING, |worst, update| worst.and(update.verdict))
    }

    /// The worst that a client in the field may meet.
    pub fn breakage(&self) -> Breakage {
        self.updates.iter().map(|update| update.breakage).max().unwrap_or(Breakage::None)
    }
}

/// Goes through releases, the oldest first. Only the latest one is kept in memory.
#[derive(Debug)]
pub struct Walk {
    operations: Operations,
    documentation: bool,
    /// The operations of all releases.
    known: BTreeSet<String>,
    first: Option<Stamp>,
    releases: usize,
    latest: Option<Latest>,
    updates: Vec<Update>,
    diagnostics: Vec<Diagnostic>,
}

/// The latest release that was added.
#[derive(Debug)]
struct Latest {
    stamp: Stamp,
    model: Model,
    service: String,
    title: String,
    operations: BTreeSet<String>,
    /// The texts that the release was read from.
    texts: [Option<String>; 4],
}

impl Walk {
    /// Starts with no release. Without `documentation`, releases that differ in it alone are not updates.
    pub fn new(operations: Operations, documentation: bool) -> Self {
        Self {
            operations,
            documentation,
            known: BTreeSet::new(),
            first: None,
            releases: 0,
            latest: None,
            updates: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Adds the next release.
    ///
    /// # Errors
    ///
    /// The faults of its files. The walk can go on without it, to find the faults of other releases.
    pub fn add(&mut self, release: &Release<'_>) -> Result<(), Vec<Diagnostic>> {
        let stamp = Stamp { version: release.version.as_str().to_owned(), date: release.date.to_owned() };
        let sources = [Some(release.model), release.endpoint_rules, release.paginators, release.waiters];
        let texts = sources.map(|source| source.map(|source| source.text));
        // Most releases of botocore do not touch a given service.
        let is_same = |latest: &&mut Latest| latest.texts.each_ref().map(Option::as_deref) == texts;
        if let Some(latest) = self.latest.as_mut().filter(is_same) {
            self.releases += 1;
            latest.stamp = stamp;
            return Ok(());
        }
        let mut diagnostics = Vec::new();
        let Release { model, endpoint_rules, paginators, waiters, .. } = *release;
        let side = Side { model, overlay: None, endpoint_rules, paginators, waiters };
        let model = load(&side, &mut diagnostics)?;
        let compare::About { id, title, operations } = compare::about(&model, release.model.file).map_err(|finding| vec![finding])?;
        let texts = texts.map(|text| text.map(str::to_owned));
        let mut next = Latest { stamp, model, service: id, title, operations, texts };
        if let Some(before) = self.latest.take() {
            next = self.compare(before, next, &side)?;
        }
        for finding in diagnostics {
            if !self.diagnostics.iter().any(|known| known.message == finding.message && known.pointer == finding.pointer) {
                self.diagnostics.push(finding);
            }
        }
        self.known.extend(next.operations.iter().cloned());
        self.first.get_or_insert_with(|| next.stamp.clone());
        self.releases += 1;
        self.latest = Some(next);
        Ok(())
    }

    /// Compares a release with the one before, and returns it.
    fn compare(&mut self, before: Latest, next: Latest, side: &Side<'_>) -> Result<Latest, Vec<Diagnostic>> {
        let has = |name: &String| before.operations.contains(name) || next.operations.contains(name);
        let operations = match &self.operations {
            Operations::All => Operations::All,
            Operations::Named(names) => Operations::Named(names.iter().filter(|name| has(name)).cloned().collect()),
        };
        // A service may have got all of the chosen operations later.
        if operations == Operations::Named(Vec::new()) {
            return Ok(next);
        }
        let found = compare::compare(&Comparison { old: *side, new: *side, operations }, &before.model, &next.model)?;
        let mut changes = Changes::of(found, before.model, next.model);
        if !self.documentation {
            changes.documentation.clear();
        }
        if !changes.is_empty() {
            let names = self.names();
            let name = ["update", &next.service, &next.stamp.version].into_iter().chain(names.iter().map(String::as_str));
            self.updates.push(Update {
                id: id::id(name),
                release: next.stamp.clone(),
                since: before.stamp.version,
                verdict: changes.verdict,
                breakage: changes.breakage(),
                summary: changes.summary(),
                told: Told::new(&changes, &next.stamp.date),
            });
        }
        Ok(Latest { model: changes.model, ..next })
    }

    /// The names of the chosen operations, each once, sorted; none if all were chosen.
    fn names(&self) -> BTreeSet<String> {
        match &self.operations {
            Operations::All => BTreeSet::new(),
            Operations::Named(names) => names.iter().cloned().collect(),
        }
    }

    /// Ends the walk.
    ///
    /// # Errors
    ///
    /// Fewer than two releases; operations that no release has.
    pub fn finish(self) -> Result<History, Vec<Diagnostic>> {
        let names = self.names();
        let Self { known, first, releases, latest, mut updates, diagnostics, .. } = self;
        let (Some(first), Some(latest)) = (first, latest.filter(|_| releases > 1)) else {
            let message = format!("expected two releases or more, found {releases}");
            return Err(vec![Diagnostic::error("", &Pointer::default(), message)]);
        };
        let all: Vec<&str> = known.iter().map(String::as_str).collect();
        let unknown = names.iter().filter(|name| !known.contains(*name)).map(|name| compare::unknown("no release has", name, &all));
        let unknown: Vec<Diagnostic> = unknown.collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        updates.reverse();
        let operations: Vec<String> = names.into_iter().collect();
        let id = id::id(["history", &latest.service].into_iter().chain(operations.iter().map(String::as_str)));
        Ok(History { service: latest.title, id, operations, releases, first, last: latest.stamp, updates, diagnostics })
    }
}
