//! Compares two models.

mod additions;
mod operation;
mod pair;
mod renames;
mod service;
pub(crate) mod traits;
mod walk;

pub(super) use walk::MOST_WAYS;

use super::surface;
use super::tree::Tree;
use super::verdict::{SIGNATURE, row};
use super::{Change, Comparison, Direction, Documentation, Kind, Level, Operation, Status, Verdict};
use crate::diagnostic::{Diagnostic, quoted};
use crate::model::{self, Kind as Type, Model, Pointer, Reference, Service, Shape, ShapeId};
use crate::select::{self, Operations};
use crate::suggest::{did_you_mean, first_of};
use pair::Found;
use std::collections::{BTreeMap, BTreeSet};
use traits::{BINDINGS, SAYABLE, has_bindings};
use walk::Walker;

/// The result of a comparison.
pub(super) struct Compared {
    pub(super) service: String,
    pub(super) mixed: bool,
    pub(super) operations: Vec<Operation>,
    pub(super) changes: Vec<Change>,
    pub(super) documentation: Vec<Documentation>,
    pub(super) verdict: Verdict,
}

/// The facts that every step of the comparison needs.
pub(super) struct Context<'m> {
    pub(super) old: &'m Model,
    pub(super) new: &'m Model,
    /// True if the models come in two formats. Each format has traits that the other lacks.
    pub(super) mixed: bool,
    /// True if both services speak one of the AWS JSON protocols.
    pub(super) json: bool,
    /// True if both services speak a protocol whose requests name the service: an AWS JSON protocol, or Smithy's RPC v2.
    pub(super) named: bool,
    old_names: BTreeSet<&'m str>,
    new_names: BTreeSet<&'m str>,
}

impl Context<'_> {
    fn same_name(&self, old: &ShapeId, new: &ShapeId) -> bool {
        surface::name(self.old, old) == surface::name(self.new, new)
    }

    /// True if both formats have the trait.
    fn is_sayable(&self, id: &str) -> bool {
        SAYABLE.contains(&id) || (BINDINGS.contains(&id) && has_bindings(self.old) && has_bindings(self.new))
    }

    /// True if only the earlier model has the old name, and only the later model the new one.
    fn is_renamed(&self, old: &ShapeId, new: &ShapeId) -> bool {
        !self.new_names.contains(old.name()) && !self.old_names.contains(new.name())
    }
}

/// The service of a side.
struct Served<'m> {
    shape: &'m Shape,
    id: &'m ShapeId,
    service: &'m Service,
    operations: BTreeMap<&'m str, (&'m Shape, &'m model::Operation)>,
}

/// Compares the models.
pub(super) fn compare(comparison: &Comparison<'_>, old: &Model, new: &Model) -> Result<Compared, Vec<Diagnostic>> {
    let sides = (served(old, comparison.old.model.file), served(new, comparison.new.model.file));
    let (before, after) = match sides {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => return Err(before.err().into_iter().chain(after.err()).collect()),
    };
    let names = chosen(&comparison.operations, &before, &after)?;
    let is_botocore = |served: &Served<'_>| served.shape.pointer.as_str() == "/metadata";
    let speaks = |prefix: &str| [&before, &after].iter().all(|served| served.shape.traits.0.keys().any(|id| id.starts_with(prefix)));
    let json = speaks("aws.protocols#awsJson");
    let context = Context {
        old,
        new,
        mixed: is_botocore(&before) != is_botocore(&after),
        json,
        named: json || speaks("smithy.protocols#rpcv2"),
        old_names: old.shapes.keys().map(ShapeId::name).collect(),
        new_names: new.shapes.keys().map(ShapeId::name).collect(),
    };
    let mut report = Report {
        context: &context,
        walker: Walker::new(&context),
        documentation: BTreeMap::new(),
        inert: BTreeMap::new(),
        reached: Reached::default(),
    };
    let operations = report.operations(&names, &before, &after);
    let mut changes = report.service(&before, &after);
    changes.extend(report.shapes(comparison.operations == Operations::All));
    changes.extend(service::renamed_operations(&operations));
    changes.extend(report.inert.into_values());
    let documentation: Vec<Documentation> = report.documentation.into_values().collect();
    let all = operations.iter().flat_map(|operation| &operation.changes).chain(&changes);
    let verdict = all.fold(Verdict::NOTHING, |verdict, change| verdict.and(change.verdict));
    Ok(Compared { service: title(&after), mixed: context.mixed, operations, changes, documentation, verdict })
}

fn title(served: &Served<'_>) -> String {
    let title = served.shape.traits.text("smithy.api#title").or(sdk_id(served.shape)).unwrap_or(served.id.name());
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sdk_id(service: &Shape) -> Option<&str> {
    service.traits.get("aws.api#service")?.get("sdkId")?.as_str()
}

/// The service of a model with its operations, those of its resources included.
fn served<'m>(model: &'m Model, file: &str) -> Result<Served<'m>, Diagnostic> {
    let mut services = model.services();
    let (Some((id, shape, service)), None) = (services.next(), services.next()) else {
        let message = format!("expected one service, found {}", model.services().count());
        return Err(Diagnostic::error(file, &Pointer::default(), message).hint("the file must hold one shape of the type `service`"));
    };
    let operations = select::operations(model, service);
    let operations = operations.iter().filter_map(|id| {
        let (id, shape) = model.shapes.get_key_value(id)?;
        match &shape.kind {
            Type::Operation(operation) => Some((id.name(), (shape, operation))),
            _ => None,
        }
    });
    Ok(Served { shape, id, service, operations: operations.collect() })
}

/// The names of the operations to compare, of either model.
fn chosen<'m>(wanted: &Operations, old: &Served<'m>, new: &Served<'m>) -> Result<BTreeSet<&'m str>, Vec<Diagnostic>> {
    let all: BTreeSet<&'m str> = old.operations.keys().chain(new.operations.keys()).copied().collect();
    let Operations::Named(names) = wanted else { return Ok(all) };
    let mut found = Vec::new();
    let mut chosen = BTreeSet::new();
    for name in names {
        match all.get(name.as_str()) {
            Some(name) => _ = chosen.insert(*name),
            None => found.push(unknown("neither model has", name, &all.iter().copied().collect::<Vec<_>>())),
        }
    }
    if found.is_empty() { Ok(chosen) } else { Err(found) }
}

/// The finding about an operation that does not exist. `who` says where it was looked for; `known` are the operations there.
pub(super) fn unknown(who: &str, name: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::error("", &Pointer::default(), format!("{who} an operation {}", quoted(name)));
    let near = did_you_mean(name, known.iter().copied());
    finding.hint(if near.is_empty() { format!("they have {}", first_of(known)) } else { near })
}

/// Facts about the service of a model.
pub(super) struct About {
    /// The id that AWS's SDKs know it by, or else its name.
    pub(super) id: String,
    pub(super) title: String,
    /// The names of its operations.
    pub(super) operations: BTreeSet<String>,
}

pub(super) fn about(model: &Model, file: &str) -> Result<About, Diagnostic> {
    let served = served(model, file)?;
    let id = sdk_id(served.shape).unwrap_or(served.id.name()).to_owned();
    Ok(About { id, title: title(&served), operations: served.operations.keys().map(|name| (*name).to_owned()).collect() })
}

/// The shapes that the chosen operations reach.
#[derive(Default)]
struct Reached<'m> {
    old: BTreeSet<&'m ShapeId>,
    new: BTreeSet<&'m ShapeId>,
}

struct Report<'c, 'm> {
    context: &'c Context<'m>,
    walker: Walker<'c, 'm>,
    /// The texts that differ, by shape, member and kind, so that each is listed once.
    documentation: BTreeMap<(String, String), Documentation>,
    /// Traits without an effect on requests and replies, by shape and value.
    inert: BTreeMap<(String, Option<String>, Option<String>), Change>,
    reached: Reached<'m>,
}

impl<'m> Report<'_, 'm> {
    fn operations(&mut self, names: &BTreeSet<&'m str>, old: &Served<'m>, new: &Served<'m>) -> Vec<Operation> {
        let mut found = Vec::new();
        for name in names {
            let operation = match (old.operations.get(name), new.operations.get(name)) {
                (Some(before), Some(after)) => self.operation(name, (*before, &old.service.errors), (*after, &new.service.errors)),
                (None, Some((_, operation))) => {
                    reach(self.context.new, operation, &new.service.errors, &mut self.reached.new);
                    Some(whole(name, Status::New, Kind::OperationAdded))
                }
                (Some((_, operation)), None) => {
                    reach(self.context.old, operation, &old.service.errors, &mut self.reached.old);
                    Some(whole(name, Status::Removed, Kind::OperationRemoved))
                }
                (None, None) => None,
            };
            found.extend(operation);
        }
        found
    }

    /// Adds a difference with its verdict to the list where it belongs.
    fn tell(&mut self, found: &Found<'_>, place: &Place, operation: &str, changes: &mut Vec<Change>) {
        let change = change(found, place);
        if found.kind != Kind::DocumentationChanged {
            match change.kind {
                // A trait without an effect on requests and replies does not update an operation. It is listed once, for its shape.
                Kind::TraitAdded | Kind::TraitRemoved | Kind::TraitChanged
                    if !operation.is_empty() && change.verdict == Verdict::NOTHING =>
                {
                    let part = found.step.map(|step| format!("${step}")).unwrap_or_default();
                    let change =
                        Change { direction: None, path: String::new(), others: 0, shape: format!("{}{part}", found.shape), ..change };
                    self.inert.insert((change.shape.clone(), change.before.clone(), change.after.clone()), change);
                }
                _ => changes.push(change),
            }
            return;
        }
        let part = found.step.map(|step| step.to_string()).unwrap_or_default();
        let key = (format!("{} {part}", found.shape), change.before.clone().unwrap_or_default());
        let entry = self.documentation.entry(key).or_insert_with(|| Documentation { change, operations: Vec::new() });
        if !operation.is_empty() && entry.operations.last().is_none_or(|last| last != operation) {
            entry.operations.push(operation.to_owned());
        }
    }
}

/// The place of a difference in an operation.
#[derive(Default)]
struct Place {
    direction: Option<Direction>,
    path: String,
    /// The number of other places.
    others: usize,
}

fn change(found: &Found<'_>, place: &Place) -> Change {
    let row = row(found.kind, place.direction);
    let (level, reason) = if found.signature && row.level < Level::Major { (Level::Major, SIGNATURE) } else { (row.level, row.reason) };
    Change {
        kind: found.kind,
        direction: place.direction,
        path: place.path.clone(),
        others: place.others,
        shape: found.shape.to_owned(),
        member: found.step.map(|step| step.to_string()),
        before: found.before.clone(),
        after: found.after.clone(),
        verdict: Verdict { wire: row.wire, level },
        reason,
    }
}

/// The prelude's structure without members, which stands for no input or no output.
const UNIT: &str = "smithy.api#Unit";

/// An operation that only one model has.
fn whole(name: &str, status: Status, kind: Kind) -> Operation {
    let (before, after) = if status == Status::Removed { (Some(name.to_owned()), None) } else { (None, Some(name.to_owned())) };
    let found = Found::of(kind, name, before, after);
    Operation {
        name: name.to_owned(),
        status,
        request: Tree::nothing(),
        response: Tree::nothing(),
        changes: vec![change(&found, &Place::default())],
    }
}

/// Collects every shape that an operation reaches.
fn reach<'m>(model: &'m Model, operation: &'m model::Operation, shared: &'m [Reference], reached: &mut BTreeSet<&'m ShapeId>) {
    let ends = operation.input.iter().chain(&operation.output).chain(&operation.errors).chain(shared);
    let mut open: Vec<&ShapeId> = ends.map(|reference| &reference.target).collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(model.shape(id).into_iter().flat_map(Shape::members).map(|(_, member)| &member.target));
        }
    }
}
