//! Updates our model from a newer model of the service.
//!
//! Upstream decides which shapes, members and traits there are; our file decides their names, order and documentation, unless other documentation
//! is asked for. The diff of an update therefore shows what changed and nothing else.
//!
//! - `names` finds the shape of ours for each shape of upstream's.
//! - `merge` updates our file, shape by shape, member by member; `traits` decides which traits follow upstream.
//! - `publish` decides on the crate's version and changelog entry, with `version` and `changelog`.
//! - `record` notes the release that was imported, `stale` finds documentation that may be out of date.

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
use crate::{Source, check, docs, pages, read, rules, waiters};
use record::Record;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The input of [`import`].
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The newer model, in either format.
    pub upstream: Source<'a>,
    /// The newer endpoint rules, if they are a file of their own.
    pub endpoint_rules: Option<Source<'a>>,
    /// The newer paginators, if they are a file of their own.
    pub paginators: Option<Source<'a>>,
    /// The newer waiters, if they are a file of their own.
    pub waiters: Option<Source<'a>>,
    /// Our model, in Smithy's form.
    pub model: Source<'a>,
    /// Our overlay.
    pub overlay: Option<Source<'a>>,
    /// The crate's changelog, if it has one.
    pub changelog: Option<&'a str>,
    /// The record that the last import wrote, if there is one.
    pub record: Option<Source<'a>>,
    /// The release that upstream's model comes from: `botocore 1.13.26`.
    pub release: Option<&'a str>,
    /// The operations to keep or to add; `All` keeps those of our model.
    pub operations: Operations,
    /// The documentation to keep.
    pub docs: Docs,
    /// The date of the changelog's entry and of the record, `YYYY-MM-DD`.
    pub date: &'a str,
    /// True if the crate gets the proposed version.
    pub take_version: bool,
}

/// The result of an import, which is not yet written anywhere.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The new text of our model, or the same text if nothing differs.
    pub model: String,
    /// The new overlay; `None` if it does not change.
    pub overlay: Option<String>,
    /// The new record; `None` if it does not change.
    pub record: Option<String>,
    /// The new changelog; `None` if the crate does not change.
    pub changelog: Option<String>,
    /// The differences between our model before and after.
    pub changes: Changes,
    /// New items without documentation: `LogsLocation$s3LogsArn`.
    pub undocumented: Vec<String>,
    /// Our documentation that may be out of date.
    pub stale: Vec<Stale>,
    /// Upstream's documentation of the items in `undocumented` and `stale`, as Markdown, by their names.
    pub theirs: BTreeMap<String, String>,
    /// The crate's version before the import.
    pub version: String,
    /// The version that the changes require; `None` if the crate does not change, or if its version is not three numbers.
    pub proposed: Option<String>,
    /// Warnings and notes about upstream's files.
    pub diagnostics: Vec<Diagnostic>,
}

/// The version that a crate of this version gets for a change of this level, by Cargo's rules of compatibility; `None` if `version` is not three
/// numbers.
pub fn next_version(version: &str, level: Level) -> Option<String> {
    version::next(version, level)
}

/// Imports a newer model into ours.
///
/// # Errors
///
/// Faults of any of the files, operations that upstream lacks, and an overlay that does not fit the updated model.
pub fn import(request: &Request<'_>) -> Result<Imported, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let ours = load(&request.model, &mut Vec::new());
    let mut theirs = load(&request.upstream, &mut diagnostics);
    if let (Ok(theirs), Some(source)) = (&mut theirs, &request.paginators) {
        pages::attach(theirs, source)?;
    }
    if let (Ok(theirs), Some(source)) = (&mut theirs, &request.waiters) {
        waiters::attach(theirs, source, &mut diagnostics)?;
    }
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
        has_paginators: request.paginators.is_some(),
        has_waiters: request.waiters.is_some(),
        docs: request.docs,
    };
    let names = names::names(&sides, &selection).map_err(|(message, at)| {
        vec![Diagnostic::error(request.upstream.file, &at, message).hint("rename one of them in a copy of the file")]
    })?;
    let merged = merge::merge(&sides, &selection, &names, old.clone());
    let model = if merged.file == old { request.model.text.to_owned() } else { merged.file.print(4) };
    let new = Source { file: request.model.file, text: &model };
    let changes = changes::compare(&Comparison {
        old: Side { model: request.model, overlay: request.overlay, ..Side::default() },
        new: Side { model: new, overlay: request.overlay, ..Side::default() },
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
    let named: BTreeSet<&String> = merged.undocumented.iter().chain(stale.iter().map(|stale| &stale.name)).collect();
    let theirs = merged.documentation.iter().filter(|(name, _)| named.contains(name));
    let theirs = theirs.map(|(name, text)| (name.clone(), docs::unfilled(text))).filter(|(_, text)| !text.is_empty()).collect();
    Ok(Imported {
        theirs,
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

/// True if the model has a shape `Shape` or a member `Shape$member` of this name.
fn names_something(model: &Model, name: &str) -> bool {
    let (shape, member) = split_member(name);
    let mut shapes = model.shapes.iter().filter(|(id, _)| id.name() == shape);
    shapes.any(|(_, shape)| member.is_none_or(|member| shape.members().any(|(name, _)| name == member)))
}

/// Reads and checks a model.
fn load(source: &Source<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Model, Vec<Diagnostic>> {
    let model = read::read(source.file, source.text, diagnostics)?;
    let (errors, others): (Vec<_>, Vec<_>) =
        check::check(&model, source.file).into_iter().partition(|finding| finding.severity == Severity::Error);
    diagnostics.extend(others);
    if errors.is_empty() { Ok(model) } else { Err(errors) }
}

/// Checks that our file can be updated, and that upstream's is about the same service.
fn suits(ours: &Model, theirs: &Model, request: &Request<'_>) -> Result<(), Vec<Diagnostic>> {
    if is_botocore(ours) {
        let finding = Diagnostic::error(request.model.file, &Pointer::default(), "expected a model in Smithy's format, found botocore's");
        return Err(vec![finding.hint("only a Smithy JSON AST can be updated by an import")]);
    }
    let version = Json::parse(request.model.text).at("/smithy").map(Json::value);
    if version.as_ref().and_then(Value::as_str).is_none_or(|version| !version.starts_with('2')) {
        let finding = Diagnostic::error(
            request.model.file,
            &Pointer::default().join("smithy"),
            "expected version 2 of Smithy's AST, found version 1",
        );
        return Err(vec![finding.hint("convert the model to version 2 with Smithy's own tools")]);
    }
    let id = |model: &Model| {
        let (id, shape, _) = model.services().next()?;
        let stated = shape.traits.get("aws.api#service").and_then(|value| value.get("sdkId")?.as_str());
        Some((stated.unwrap_or(id.name()).to_owned(), shape.pointer.clone()))
    };
    match (id(ours), id(theirs)) {
        (Some((ours, _)), Some((theirs, at))) if ours != theirs => {
            let message = format!("expected the service {} of {}, found {}", quoted(&ours), request.model.file, quoted(&theirs));
            Err(vec![Diagnostic::error(request.upstream.file, &at, message)])
        }
        _ => Ok(()),
    }
}

fn is_botocore(model: &Model) -> bool {
    model.services().any(|(_, shape, _)| shape.pointer.as_str() == "/metadata")
}

/// Reports faults of upstream's rules with their places in upstream's file.
fn read_rules(theirs: &Model, request: &Request<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    let mut found = Vec::new();
    rules::read(theirs, request.upstream.file, request.endpoint_rules.as_ref(), &mut found);
    let (errors, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|finding| finding.severity == Severity::Error);
    diagnostics.extend(others);
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The operations that were asked for, or those of our model, all of which upstream must have.
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
        "none of our operations is in this file: is it the right one?".to_owned()
    } else {
        format!("to import without it: --operations {}", rest.join(","))
    };
    let at = theirs.services().next().map(|(_, shape, _)| shape.pointer.clone()).unwrap_or_default();
    let finding =
        |id: &ShapeId| Diagnostic::error(request.upstream.file, &at, format!("the operation {} is missing", quoted(id.name()))).hint(&hint);
    Err(gone.into_iter().map(finding).collect())
}
