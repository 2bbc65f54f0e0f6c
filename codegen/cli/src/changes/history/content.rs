//! The content of a release: the model of the service, the files beside it, and the day of the release.

use super::dates::Dates;
use super::releases::{Candidate, Kind};
use crate::beside::Beside;
use crate::input::InputFile;
use crate::models::{Cache, Document, Models, Source};
use ::codegen::diagnostic::Diagnostic;
use ::codegen::model::Pointer;
use ::codegen::suggest::first_of;

/// A release that has been read.
#[derive(Debug)]
pub(super) struct Content {
    /// The day, `YYYY-MM-DD`.
    pub(super) date: String,
    /// The source of the date.
    pub(super) witness: String,
    pub(super) model: Document,
    /// The files beside botocore's model.
    pub(super) beside: Beside<Document>,
}

/// The reason why a release was not read.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It does not have the service.
    Lacks(Diagnostic),
    /// It cannot be read, or its day is not known.
    Damaged(Diagnostic),
}

/// Reads a release. `service` names the service, if the release may have several. `say` is told about steps that take long.
pub(super) fn read(
    candidate: &Candidate,
    service: Option<&str>,
    dates: &Dates,
    cache: &Cache,
    say: &mut dyn FnMut(&str),
) -> Result<Content, Refusal> {
    let source = match &candidate.kind {
        Kind::Model(path) => return read_model(candidate, path, dates),
        Kind::Package(path) => Source::Path(InputFile { path: path.clone(), shown: candidate.shown.clone() }),
        Kind::Fetched => Source::Botocore { version: candidate.version.as_str().to_owned(), sha256: None },
    };
    let models = Models::open(&source, cache, say).map_err(Refusal::Damaged)?;
    let service = service.map_or_else(|| only(candidate, &models), |service| Ok(service.to_owned())).map_err(Refusal::Damaged)?;
    // A finding without a file is about the name of the service.
    let found = models.find(&service).map_err(|finding| match finding.file.as_str() {
        "" => Refusal::Lacks(finding),
        _ => Refusal::Damaged(finding),
    })?;
    let own = models.release().and_then(|release| release.date.clone());
    let (date, witness) = day(candidate, own, dates).map_err(Refusal::Damaged)?;
    Ok(Content { date, witness, model: found.model, beside: found.beside })
}

/// Reads a release that is one model.
fn read_model(candidate: &Candidate, path: &std::path::Path, dates: &Dates) -> Result<Content, Refusal> {
    let file = InputFile { path: path.to_owned(), shown: candidate.shown.clone() };
    let input = file.read().map_err(Refusal::Damaged)?;
    let (date, witness) = day(candidate, None, dates).map_err(Refusal::Damaged)?;
    Ok(Content { date, witness, model: Document { shown: candidate.shown.clone(), text: input.text }, beside: Beside::default() })
}

/// The day of a release and what it is known by. `own` is the day that the release's archive tells.
fn day(candidate: &Candidate, own: Option<String>, dates: &Dates) -> Result<(String, String), Diagnostic> {
    match (dates.day(&candidate.version), own) {
        (Some(day), _) => Ok((day.to_owned(), dates.shown().to_owned())),
        (None, Some(day)) => Ok((day, "the newest of its models' files".to_owned())),
        (None, None) => Err(dates.missing(&candidate.shown, &candidate.version)),
    }
}

/// The name of the only service.
fn only(candidate: &Candidate, models: &Models) -> Result<String, Diagnostic> {
    let mut services = models.services();
    match (services.pop(), services.len()) {
        (Some(service), 0) => Ok(service.name),
        (last, others) => {
            let names: Vec<String> = services.into_iter().chain(last).map(|service| service.name).collect();
            let message = format!("expected one service, found {}", others + 1);
            let hint = format!("choose one with --service NAME: {}", first_of(&names));
            Err(Diagnostic::error(&candidate.shown, &Pointer::default(), message).hint(hint))
        }
    }
}
