//! Compares the folders of crates with the generated files, and writes them.

use super::Run;
use super::build::Built;
use crate::sync::{self, Mode, Plan, Problem, Staged};
use ::codegen::diagnostic::Diagnostic;
use std::fmt;
use std::path::{Path, PathBuf};

/// Numbers of files.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Count {
    /// Files that were written, or would be.
    pub(super) wrote: usize,
    /// Files that were removed, or would be.
    pub(super) removed: usize,
    /// Files that were up to date.
    pub(super) unchanged: usize,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wrote {}, unchanged {}, removed {}", self.wrote, self.unchanged, self.removed)
    }
}

impl Count {
    /// The numbers of a run that writes nothing.
    pub(super) fn planned(self) -> String {
        format!("would write {}, remove {}, keep {} unchanged", self.wrote, self.removed, self.unchanged)
    }

    /// Adds the files of a plan.
    pub(super) fn add(&mut self, plan: &Plan) {
        self.wrote += plan.missing.len() + plan.stale.len();
        self.removed += plan.orphaned.len() + plan.leftover.len();
        self.unchanged += plan.unchanged;
    }
}

/// Compares every crate's folder with its files.
///
/// # Errors
///
/// Folders that cannot be read.
pub(super) fn compare(built: &[Built<'_>], run: &mut Run<'_, '_>) -> Result<Vec<Plan>, Vec<Diagnostic>> {
    let mut plans = Vec::new();
    let mut findings = Vec::new();
    for crate_ in built {
        run.console.progress(&format!("comparing {}", crate_.shown));
        match sync::sync(&crate_.out, &crate_.generated.files, Mode::Check, &mut || {}) {
            Ok(plan) => plans.push(plan),
            Err(problems) => findings.extend(problems.iter().map(|problem| problem.finding(run.current))),
        }
    }
    if findings.is_empty() { Ok(plans) } else { Err(findings) }
}

/// Finds all reasons not to write into one of the folders: files that are not generated, entries in the way.
///
/// # Errors
///
/// These reasons.
pub(super) fn refuse(built: &[Built<'_>], plans: &[Plan], run: &Run<'_, '_>) -> Result<(), Vec<Diagnostic>> {
    let mut findings = Vec::new();
    for (crate_, plan) in built.iter().zip(plans) {
        match stranger(crate_, plan) {
            Some(stranger) => findings.push(stranger),
            None => findings.extend(plan.refusals(&crate_.out).iter().map(|problem| problem.finding(run.current))),
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

/// The finding for a folder that holds files and none that we have generated.
fn stranger(built: &Built<'_>, plan: &Plan) -> Option<Diagnostic> {
    let is_ours = plan.unchanged > 0 || !plan.orphaned.is_empty() || plan.stale.iter().any(|stale| stale.ours && !stale.on_disk.is_empty());
    let files: Vec<&str> = plan
        .stale
        .iter()
        .filter(|stale| !stale.ours)
        .map(|stale| stale.path.as_str())
        .chain(plan.foreign.iter().map(String::as_str))
        .collect();
    if is_ours || files.is_empty() {
        return None;
    }
    let message = format!("the folder {} holds files that are not generated: {}", built.shown, ::codegen::suggest::first_of(&files));
    Some(built.entry.path.error(message).hint("choose a folder that is empty or does not exist yet"))
}

/// Writes the crates, then the manifest, if its text changes. Its content is on the disk before the first crate is changed.
///
/// # Errors
///
/// All reasons not to write, before anything is written; then a disk that refuses.
pub(super) fn write(
    manifest: &Path,
    (before, after): (&str, &str),
    built: &[Built<'_>],
    run: &mut Run<'_, '_>,
) -> Result<Count, Vec<Diagnostic>> {
    let plans = compare(built, run)?;
    refuse(built, &plans, run)?;
    let current = run.current;
    let finding = |problem: &Problem| problem.finding(current);
    let contents: Vec<(PathBuf, String)> = (before != after).then(|| (manifest.to_owned(), after.to_owned())).into_iter().collect();
    let staged = Staged::new(&contents).map_err(|problem| vec![finding(&problem)])?;
    let mut count = Count::default();
    for crate_ in built {
        let shown = &crate_.shown;
        run.console.progress(&format!("writing {shown}"));
        let plan = sync::sync(&crate_.out, &crate_.generated.files, Mode::Write, &mut || {
            run.console.notice(&format!("{shown}: waiting for another run that writes there"));
        });
        let plan = plan.map_err(|problems| problems.iter().map(finding).collect::<Vec<_>>())?;
        for path in plan.missing.iter().chain(plan.stale.iter().map(|stale| &stale.path)) {
            run.console.detail(&format!("wrote: {shown}/{path}"));
        }
        for path in plan.orphaned.iter().chain(&plan.leftover) {
            run.console.detail(&format!("removed: {shown}/{path}"));
        }
        count.add(&plan);
    }
    staged.put().map_err(|problem| vec![finding(&problem)])?;
    Ok(count)
}
