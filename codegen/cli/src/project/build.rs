//! Generates crates from their entries in the manifest, on all processors.

use super::Run;
use super::library::Library;
use super::pinned;
use crate::codegen::runtime;
use crate::input::{Input, InputFile};
use crate::manifest::{Chosen, Entry, Manifest};
use crate::models::{Document, ServiceModel};
use crate::place;
use ::codegen::diagnostic::{Diagnostic, Severity, quoted};
use ::codegen::suggest::{did_you_mean, first_of};
use ::codegen::{Generated, Operations, Request, Runtime};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// A crate that has been generated and is not written yet.
#[derive(Debug)]
pub(super) struct Built<'a> {
    /// Its entry in the manifest.
    pub(super) entry: &'a Entry,
    /// Its folder, absolute.
    pub(super) out: PathBuf,
    /// Its folder in messages.
    pub(super) shown: String,
    /// Its files.
    pub(super) generated: Generated,
}

/// The inputs of one crate.
pub(super) struct Job<'a> {
    pub(super) entry: &'a Entry,
    pub(super) service: ServiceModel,
    pub(super) overlay: Option<Input>,
    out: PathBuf,
    shown: String,
    runtime: Option<String>,
}

impl Job<'_> {
    /// The operations to generate, as the generator takes them.
    pub(super) fn operations(&self) -> Operations {
        match &self.entry.operations {
            Chosen::All => Operations::All,
            Chosen::Named(names) => Operations::Named(names.iter().map(|name| name.value.clone()).collect()),
        }
    }
}

/// Reads the inputs of crates, or reports everything that is missing.
pub(super) fn jobs<'a>(
    manifest: &Manifest,
    entries: &[&'a Entry],
    library: &Library,
    run: &mut Run<'_, '_>,
) -> Result<Vec<Job<'a>>, Vec<Diagnostic>> {
    let mut jobs = Vec::new();
    let mut findings = Vec::new();
    for entry in entries {
        run.console.progress(&format!("reading the model of {}", entry.service.value));
        let service = library.service(&entry.service);
        let overlay = entry.overlay.as_ref().map(|overlay| InputFile::own(&overlay.value, &manifest.folder, run.current).read());
        let out = manifest.folder_of(entry);
        let runtime = run.runtime.map(|folder| runtime(&run.current.join(folder), &out)).transpose();
        let runtime = runtime.map_err(|problem| problem.finding(run.current));
        match (service, overlay.transpose(), runtime) {
            (Ok(service), Ok(overlay), Ok(runtime)) => {
                let shown = place::shown(&out, run.current);
                jobs.push(Job { entry, service, overlay, out, shown, runtime });
            }
            (service, overlay, runtime) => findings.extend(service.err().into_iter().chain(overlay.err()).chain(runtime.err())),
        }
    }
    if findings.is_empty() { Ok(jobs) } else { Err(findings) }
}

/// Generates the crates, in the order of the jobs.
///
/// # Errors
///
/// The findings of all crates, in the same order.
pub(super) fn build<'a>(jobs: Vec<Job<'a>>, run: &mut Run<'_, '_>) -> Result<Vec<Built<'a>>, Vec<Diagnostic>> {
    let results = on_all_processors(&jobs, run);
    let mut built = Vec::new();
    let mut findings = Vec::new();
    for (job, result) in jobs.into_iter().zip(results) {
        match result {
            Ok(generated) => built.push((job, generated)),
            Err(found) => findings.extend(explained(&job, found)),
        }
    }
    for (job, _) in &built {
        match pinned::check(job.entry, &job.out, &job.shown) {
            Ok(Some(notice)) => run.console.notice(&notice),
            Ok(None) => {}
            Err(finding) => findings.push(finding),
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    Ok(built.into_iter().map(|(job, generated)| Built { entry: job.entry, out: job.out, shown: job.shown, generated }).collect())
}

/// The stack of a thread in bytes: that of a main thread, since documentation and types may be nested deeply.
const STACK: usize = 8 * 1024 * 1024;

/// Generates every crate; each thread takes the next one that is left.
fn on_all_processors(jobs: &[Job<'_>], run: &mut Run<'_, '_>) -> Vec<Result<Generated, Vec<Diagnostic>>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let next = AtomicUsize::new(0);
    let (done, finished) = mpsc::channel();
    let mut results: Vec<(usize, Result<Generated, Vec<Diagnostic>>)> = std::thread::scope(|scope| {
        let worker = || {
            let (done, next) = (done.clone(), &next);
            move || {
                while let Some((index, job)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((index, jobs.get(index)?)))
                {
                    // The receiver lives as long as the threads.
                    _ = done.send((index, generate(job)));
                }
            }
        };
        run.console.progress(&progress(jobs, 0));
        let start = |_: &usize| std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker()).is_ok();
        // A system that has no thread left has this one.
        if (0..threads).filter(start).count() == 0 {
            worker()();
        }
        drop(done);
        let results = finished.iter().enumerate().map(|(count, result)| {
            run.console.progress(&progress(jobs, count + 1));
            result
        });
        results.collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn progress(jobs: &[Job<'_>], done: usize) -> String {
    match jobs {
        [job] => format!("generating {}", job.shown),
        jobs => format!("generating {} crates, {done} done", jobs.len()),
    }
}

/// Generates one crate.
pub(super) fn generate(job: &Job<'_>) -> Result<Generated, Vec<Diagnostic>> {
    let Job { entry, service, overlay, runtime, .. } = job;
    let beside = service.beside.as_ref().map(Document::source);
    ::codegen::generate(&Request {
        model: service.model.source(),
        overlay: overlay.as_ref().map(Input::source),
        endpoint_rules: beside.endpoint_rules,
        paginators: beside.paginators,
        waiters: beside.waiters,
        operations: job.operations(),
        name: Some(&entry.name.value),
        version: entry.version.as_ref().map(|version| version.value.as_str()),
        documentation: entry.docs,
        protocol: entry.protocol.as_ref().map(|protocol| protocol.value.as_str()),
        runtime: runtime.as_deref().map_or(Runtime::Version, Runtime::Path),
    })
}

/// The findings with the places in the manifest that they are about. The generator knows only the model.
fn explained(job: &Job<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let unfit = unfit(job);
    if !unfit.is_empty() {
        return unfit;
    }
    let entry = job.entry;
    let is_about_protocol = |finding: &Diagnostic| finding.message.starts_with("the protocol ");
    found
        .into_iter()
        .map(|finding| match &entry.protocol {
            Some(protocol) if is_about_protocol(&finding) => protocol.error(finding.message).hint(finding.hint),
            _ if finding.file.is_empty() && finding.severity == Severity::Error => entry.name.error(finding.message).hint(finding.hint),
            _ => finding,
        })
        .collect()
}

/// The chosen operations that the service does not have or that are not supported.
fn unfit(job: &Job<'_>) -> Vec<Diagnostic> {
    let Chosen::Named(names) = &job.entry.operations else { return Vec::new() };
    // A model that cannot be read has findings of its own.
    let Ok(offers) = ::codegen::offers(job.service.model.source()) else { return Vec::new() };
    // The protocol is not a property of one operation.
    if offers.iter().all(|offer| !offer.refusals.is_empty()) {
        return Vec::new();
    }
    let all = || offers.iter().map(|offer| offer.name.as_str());
    let mut findings = Vec::new();
    for name in names {
        match offers.iter().find(|offer| offer.name == name.value) {
            None => {
                let near = did_you_mean(&name.value, all());
                let hint = if near.is_empty() { format!("it has {}", first_of(&all().collect::<Vec<_>>())) } else { near };
                let service = &job.entry.service.value;
                findings.push(name.error(format!("the service `{service}` has no operation {}", quoted(&name.value))).hint(hint));
            }
            Some(offer) if !offer.refusals.is_empty() => {
                let why = offer.refusals.join("; ");
                let hint = "choose other operations; with `operations = \"all\"` those that are not supported are left out";
                findings.push(name.error(format!("{} is not supported: {why}", quoted(&name.value))).hint(hint));
            }
            Some(_) => {}
        }
    }
    findings
}
