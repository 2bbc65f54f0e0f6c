//! A newer model of the service into the one that is kept here.
//!
//! What the service publishes decides what there is; our file decides how it reads. Shapes keep the names and the order that they have in our
//! file, and our words stay unless somebody asks for others, so that an update is a diff of what changed and of nothing else.
//!
//! - `names` finds out which shape of upstream's is which of ours.
//! - `merge` brings our file in line, shape by shape, member by member; `traits` decides which traits upstream has a say in.
//! - `publish` says how the crate is to be published, with `version` and `changelog`.
//! - `record` notes what was imported, `stale` finds the documentation that may be out of date.

mod changelog;
mod merge;
mod names;
mod publish;
mod record;
mod sides;
mod stale;
#[cfg(test)]
mod tests;
mod traits;
mod version;

pub use sides::Docs;
pub use stale::Stale;

use crate::changes::{self, Changes, Comparison, Level, Side};
use crate::diagnostic::{Diagnostic, Severity, quoted};
use crate::json::Json;
use crate::model::{Model, Pointer, ShapeId};
use crate::read::ids::split_member;
use crate::select::{self, Operations};
use crate::{Source, check, read, rules};
use record::Record;
use serde_json::Value;

/// What to import, and into what.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The newer model, in either format.
    pub upstream: Source<'a>,
    /// The newer endpoint rules, where they are a file of their own.
    pub endpoint_rules: Option<Source<'a>>,
    /// Our model, in Smithy's form.
    pub model: Source<'a>,
    /// What we add to it.
    pub overlay: Option<Source<'a>>,
    /// The crate's changelog, if it has one.
    pub changelog: Option<&'a str>,
    /// The record that the last import wrote, if there is one.
    pub record: Option<Source<'a>>,
    /// The release that upstream's model comes from: `botocore 1.13.26`.
    pub release: Option<&'a str>,
    /// The operations to keep; all those that our model has, or others.
    pub operations: Operations,
    /// Whose words to keep.
    pub docs: Docs,
    /// The day of the changelog's entry and of the record, `YYYY-MM-DD`.
    pub date: &'a str,
    /// Whether the crate gets the version that is proposed.
    pub take_version: bool,
}

/// What an import comes to. Nothing of it is written anywhere yet.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Our model as it is to be; the very text that was given when nothing differs.
    pub model: String,
    /// What we add to it as that is to be; none if it stays.
    pub overlay: Option<String>,
    /// The record as it is to be; none if it stays.
    pub record: Option<String>,
    /// The changelog as it is to be; none if the crate stays the same.
    pub changelog: Option<String>,
    /// What differs between our model as it was and as it is to be.
    pub changes: Changes,
    /// What is new and has no documentation: `LogsLocation$s3LogsArn`.
    pub undocumented: Vec<String>,
    /// Documentation of ours that may be wrong now.
    pub stale: Vec<Stale>,
    /// The crate's version before the import.
    pub version: String,
    /// The version that the changes ask for; none if the crate stays the same, or if the version is not three numbers.
    pub proposed: Option<String>,
    /// Warnings and notes about upstream's files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Imports a newer model into ours.
///
/// # Errors
///
/// What is wrong with any of the files; operations that upstream does not have; an overlay that does not suit what comes of it.
pub fn import(request: &Request<'_>) -> Result<Imported, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let ours = load(&request.model, &mut Vec::new());
    let theirs = load(&request.upstream, &mut diagnostics);
    let (ours, theirs) = match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => (ours, theirs),
        (ours, theirs) => return Err(ours.err().into_iter().chain(theirs.err()).flatten().collect()),
    };
    suits(&ours, &theirs, request)?;
    read_rules(&theirs, request, &mut diagnostics)?;
    let operations = operations(&ours, &theirs, request)?;
    let selection = if request.operations == Operations::All {
        select::select_served(&theirs, request.upstream.file, &operations, &mut diagnostics)?
    } else {
        select::select(&theirs, request.upstream.file, &operations, &mut diagnostics)?
    };
    let old = Json::parse(request.model.text);
    let sides = sides::Sides {
        ours: &ours,
        theirs: &theirs,
        is_botocore: is_botocore(&theirs),
        file: &Json::parse(request.upstream.text),
        rules: request.endpoint_rules.map(|rules| Json::parse(rules.text)),
        docs: request.docs,
    };
    let names = names::names(&sides, &selection).map_err(|(message, at)| {
        vec![Diagnostic::error(request.upstream.file, &at, message).hint("one of them has to be renamed in a copy of the file")]
    })?;
    let merged = merge::merge(&sides, &selection, &names, old.clone());
    let model = if merged.file == old { request.model.text.to_owned() } else { merged.file.print(4) };
    let new = Source { file: request.model.file, text: &model };
    let changes = changes::compare(&Comparison {
        old: Side { model: request.model, overlay: request.overlay },
        new: Side { model: new, overlay: request.overlay },
        operations: Operations::All,
    })?;
    let differs = merged.file != old;
    let is_due = differs && (changes.verdict.level > Level::None || version::is_due(request.model, request.overlay.as_ref(), &model));
    let published = {
        let Request { model: ours_before, overlay, changelog, date, take_version, .. } = request;
        let request =
            publish::Request { model: ours_before, overlay: overlay.as_ref(), changelog: *changelog, date, take_version: *take_version };
        publish::publish(&request, &ours, &model, is_due.then_some(&changes))?
    };
    let after = load(&new, &mut Vec::new())?;
    let before = Record::read(request.record.as_ref())?;
    let record = before.after(request.release, request.date, &merged.digests, |name| names_something(&after, name));
    let stale = if request.docs == Docs::Ours { stale::stale(&ours, &after, &before, &merged.digests) } else { Vec::new() };
    Ok(Imported {
        record: (differs || record.has_news(&before)).then(|| record.print()),
        stale,
        model: published.model.unwrap_or(model),
        overlay: published.overlay,
        changelog: published.changelog,
        changes,
        undocumented: merged.undocumented,
        version: published.version,
        proposed: published.proposed,
        diagnostics,
    })
}

/// Whether the model has a shape, or a shape's member, of the name `Shape` or `Shape$member`.
fn names_something(model: &Model, name: &str) -> bool {
    let (shape, member) = split_member(name);
    let mut shapes = model.shapes.iter().filter(|(id, _)| id.name() == shape);
    shapes.any(|(_, shape)| member.is_none_or(|member| shape.members().any(|(name, _)| name == member)))
}

/// A model without faults.
fn load(source: &Source<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Model, Vec<Diagnostic>> {
    let model = read::read(source.file, source.text, diagnostics)?;
    let (errors, others): (Vec<_>, Vec<_>) =
        check::check(&model, source.file).into_iter().partition(|finding| finding.severity == Severity::Error);
    diagnostics.extend(others);
    if errors.is_empty() { Ok(model) } else { Err(errors) }
}

/// Whether our file is one that can be kept up to date, and upstream's is about the same service.
fn suits(ours: &Model, theirs: &Model, request: &Request<'_>) -> Result<(), Vec<Diagnostic>> {
    if is_botocore(ours) {
        let finding = Diagnostic::error(request.model.file, &Pointer::default(), "an import goes into a model in Smithy's form");
        return Err(vec![finding.hint("this is botocore's")]);
    }
    let version = Json::parse(request.model.text).at("/smithy").map(Json::value);
    if version.as_ref().and_then(Value::as_str).is_none_or(|version| !version.starts_with('2')) {
        let finding = Diagnostic::error(request.model.file, &Pointer::default().join("smithy"), "an import goes into a model in version 2");
        return Err(vec![finding.hint("Smithy's own tools turn version 1 into version 2")]);
    }
    let id = |model: &Model| {
        let (id, shape, _) = model.services().next()?;
        let stated = shape.traits.get("aws.api#service").and_then(|value| value.get("sdkId")?.as_str());
        Some((stated.unwrap_or(id.name()).to_owned(), shape.pointer.clone()))
    };
    match (id(ours), id(theirs)) {
        (Some((ours, _)), Some((theirs, at))) if ours != theirs => {
            let message = format!("this is the service {}, and {} has {}", quoted(&theirs), request.model.file, quoted(&ours));
            Err(vec![Diagnostic::error(request.upstream.file, &at, message)])
        }
        _ => Ok(()),
    }
}

fn is_botocore(model: &Model) -> bool {
    model.services().any(|(_, shape, _)| shape.pointer.as_str() == "/metadata")
}

/// Tells what is wrong with upstream's rules while they are still upstream's.
fn read_rules(theirs: &Model, request: &Request<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    let mut found = Vec::new();
    rules::read(theirs, request.upstream.file, request.endpoint_rules.as_ref(), &mut found);
    let (errors, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|finding| finding.severity == Severity::Error);
    diagnostics.extend(others);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The operations that were asked for, or those of our model; all of them have to be there still.
fn operations(ours: &Model, theirs: &Model, request: &Request<'_>) -> Result<Operations, Vec<Diagnostic>> {
    let Operations::All = request.operations else { return Ok(request.operations.clone()) };
    let all = |model: &Model| -> Vec<ShapeId> {
        model.services().next().map(|(_, _, service)| select::operations(model, service)).unwrap_or_default()
    };
    let (kept, offered) = (all(ours), all(theirs));
    let (there, gone): (Vec<&ShapeId>, Vec<&ShapeId>) = kept.iter().partition(|id| offered.iter().any(|other| other.name() == id.name()));
    if gone.is_empty() {
        return Ok(Operations::Named(kept.iter().map(|id| id.name().to_owned()).collect()));
    }
    let rest: Vec<&str> = there.iter().map(|id| id.name()).collect();
    let hint = if rest.is_empty() {
        "none of our operations is there: is this the right file?".to_owned()
    } else {
        format!("to go on without: --operations {}", rest.join(","))
    };
    let at = theirs.services().next().map(|(_, shape, _)| shape.pointer.clone()).unwrap_or_default();
    let finding = |id: &ShapeId| {
        Diagnostic::error(request.upstream.file, &at, format!("the operation {} is not there any more", quoted(id.name()))).hint(&hint)
    };
    Err(gone.into_iter().map(finding).collect())
}
