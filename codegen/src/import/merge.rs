//! Merges upstream's model into our file.

use super::names::{Names, is_prelude};
use super::record::{self, Digests};
use super::sides::Sides;
use super::traits::{self, Subject};
use crate::json::Json;
use crate::model::{Kind, Member, Members, Operation, Shape, ShapeId, Traits};
use crate::read::ids::split_member;
use crate::select::Selection;
use std::collections::{BTreeMap, BTreeSet};

/// The merged file.
pub(super) struct Merged {
    pub(super) file: Json,
    /// New items without documentation.
    pub(super) undocumented: Vec<String>,
    /// Digests of upstream's documentation.
    pub(super) digests: Digests,
    /// Upstream's documentation, by the name of the documented item.
    pub(super) documentation: BTreeMap<String, String>,
}

/// Merges the selected part of upstream's model into `file`, which is ours.
pub(super) fn merge(sides: &Sides<'_>, selection: &Selection, names: &Names, mut file: Json) -> Merged {
    let mut merge = Merge { sides, names, undocumented: Vec::new(), documentation: BTreeMap::new() };
    let Some(shapes) = file.get_mut("shapes") else {
        return Merged { file, undocumented: Vec::new(), digests: Digests::new(), documentation: merge.documentation };
    };
    // The service comes first in a file, before shapes in the order of names.
    let first = usize::from(shapes.members().first().is_some_and(|(_, shape)| shape.get("type") == Some(&Json::text("service"))));
    let mut undocumented = BTreeSet::new();
    for (their_id, our_id) in names {
        let Some(theirs) = sides.theirs.shape(their_id) else { continue };
        let ours = sides.ours.shape(our_id);
        let mut entry = shapes.get(our_id.as_str()).cloned().unwrap_or_else(Json::object);
        merge.shape(our_id, &mut entry, ours, theirs, selection);
        shapes.set_sorted(our_id.as_str(), entry, first);
        undocumented.extend(merge.undocumented.drain(..));
    }
    // Shapes that upstream no longer reaches are removed, including upstream's own name for a shape that ours calls `smithy.api#Integer`. A member
    // of ours that upstream's format cannot express keeps its target.
    let reached = reached(shapes, sides);
    if let Some(members) = shapes.members_mut() {
        members.retain(|(id, _)| reached.contains(id));
    }
    let names: BTreeSet<&str> = reached.iter().filter_map(|id| id.split_once('#')).map(|(_, name)| name).collect();
    let is_there = |name: &str| names.contains(split_member(name).0);
    let undocumented = undocumented.into_iter().filter(|name| is_there(name)).collect();
    let documentation: BTreeMap<String, String> = merge.documentation.into_iter().filter(|(name, _)| is_there(name)).collect();
    let digests = documentation.iter().filter_map(|(name, text)| Some((name.clone(), record::digest(text)?))).collect();
    Merged { file, undocumented, digests, documentation }
}

/// The ids of the service and of all shapes that it reaches in the merged file through operations, errors and members.
fn reached(shapes: &Json, sides: &Sides<'_>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = sides.ours.services().map(|(id, _, _)| id.as_str().to_owned()).collect();
    while let Some(id) = open.pop() {
        let Some(shape) = shapes.get(&id) else { continue };
        if reached.insert(id) {
            let mut targets = BTreeSet::new();
            shape.targets(&mut targets);
            open.extend(targets);
        }
    }
    reached
}

struct Merge<'m> {
    sides: &'m Sides<'m>,
    names: &'m Names,
    undocumented: Vec<String>,
    documentation: BTreeMap<String, String>,
}

impl Merge<'_> {
    fn shape(&mut self, id: &ShapeId, entry: &mut Json, ours: Option<&Shape>, theirs: &Shape, selection: &Selection) {
        let keys = entry.members().len();
        let same = ours.filter(|ours| self.sides.is_same_type(&ours.kind, &theirs.kind));
        if same.is_none() {
            // For a shape of another type, only the traits are kept.
            let traits = entry.get("traits").cloned();
            *entry = Json::Object(vec![("type".to_owned(), Json::text(theirs.kind.name()))]);
            if let Some(traits) = traits {
                entry.set("traits", traits);
            }
        }
        match &theirs.kind {
            Kind::Service(service) => {
                entry.set("version", Json::text(&service.version));
                self.references(entry, "operations", &selection.operations);
                // Botocore's format repeats the service's errors in every operation.
                if !self.sides.is_botocore {
                    let errors: Vec<ShapeId> = service.errors.iter().map(|error| error.target.clone()).collect();
                    self.references(entry, "errors", &errors);
                }
            }
            Kind::Operation(operation) => self.operation(entry, same, operation),
            Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) | Kind::IntEnum(members) => {
                self.members(id, entry, same, theirs, members);
            }
            Kind::List(_) | Kind::Map { .. } => {
                for (name, member) in theirs.members() {
                    let old = same.and_then(|ours| ours.members().find(|(other, _)| *other == name)).map(|(_, member)| member);
                    let mut part = entry.get(name).cloned().unwrap_or_else(Json::object);
                    self.member(&mut part, old, member, &Subject::part(ours.is_none()));
                    entry.set(name, part);
                }
            }
            Kind::Resource(_) | Kind::Simple(_) => {}
        }
        let subject = Subject { name: id.name().to_owned(), is_new: ours.is_none(), is_documented: is_shown(&theirs.kind) };
        self.traits(entry, ours.map(|ours| &ours.traits), theirs, &subject);
        // Keys that were added after the traits are moved before them.
        if let Some(members) = entry.members_mut().filter(|members| same.is_none() || members.len() != keys) {
            members.sort_by_key(|(key, _)| key == "traits");
        }
    }

    fn operation(&self, entry: &mut Json, ours: Option<&Shape>, operation: &Operation) {
        let ours = ours.and_then(|shape| if let Kind::Operation(ours) = &shape.kind { Some(ours) } else { None });
        for (key, new, old) in [
            ("input", &operation.input, ours.and_then(|ours| ours.input.as_ref())),
            ("output", &operation.output, ours.and_then(|ours| ours.output.as_ref())),
        ] {
            let new = new.as_ref().filter(|new| new.target.as_str() != UNIT);
            match (new, old) {
                (Some(new), _) => {
                    let target = self.name(&new.target);
                    if old.is_none_or(|old| old.target != target) {
                        entry.set(key, reference(&target));
                    }
                }
                (None, Some(old)) if old.target.as_str() != UNIT => entry.set(key, reference(&ShapeId::new(UNIT))),
                (None, _) => {}
            }
        }
        let mut errors: Vec<ShapeId> = operation.errors.iter().map(|error| error.target.clone()).collect();
        if self.sides.is_botocore {
            let own = |id: &ShapeId| ours.is_some_and(|ours| ours.errors.iter().any(|error| error.target == *id));
            errors.retain(|id| {
                let id = self.name(id);
                own(&id) || !self.sides.has_service_error(&id)
            });
        }
        self.references(entry, "errors", &errors);
    }

    /// Merges a list of references: ours in our order, then new ones in upstream's order.
    fn references(&self, entry: &mut Json, key: &str, theirs: &[ShapeId]) {
        let wanted: Vec<Json> = theirs.iter().map(|id| reference(&self.name(id))).collect();
        let mut items: Vec<Json> = match entry.get(key) {
            Some(Json::Array(items)) => items.iter().filter(|item| wanted.contains(item)).cloned().collect(),
            _ => Vec::new(),
        };
        for item in wanted {
            if !items.contains(&item) {
                items.push(item);
            }
        }
        if !items.is_empty() {
            entry.set(key, Json::Array(items));
        } else if entry.get(key).is_some_and(|old| *old != Json::Array(Vec::new())) {
            entry.remove(key);
        }
    }

    /// Merges members: ours in our order, each new one after its predecessor upstream.
    fn members(&mut self, id: &ShapeId, entry: &mut Json, ours: Option<&Shape>, theirs: &Shape, members: &Members) {
        let mut sorted: Vec<(&String, &Member)> = members.iter().collect();
        sorted.sort_by_key(|(_, member)| self.sides.file.place_of(&member.pointer).unwrap_or(usize::MAX));
        let old: Vec<(&str, &Member)> = ours.into_iter().flat_map(Shape::members).collect();
        // Values of an enum are matched by their value on the wire.
        let key = |name: &str, member: &Member| match &theirs.kind {
            Kind::Enum(_) => member.traits.text(ENUM_VALUE).unwrap_or(name).to_owned(),
            _ => name.to_owned(),
        };
        let mut list: Vec<(String, Json)> = entry.get("members").map(|members| members.members().to_vec()).unwrap_or_default();
        let mut kept: BTreeSet<&str> = BTreeSet::new();
        let mut after = 0;
        for (name, member) in sorted {
            let counterpart = old.iter().find(|(other, ours)| key(other, ours) == key(name, member)).copied();
            let our_name = counterpart.map_or(name.as_str(), |(name, _)| name);
            kept.insert(our_name);
            let place = list.iter().position(|(other, _)| other == our_name).unwrap_or_else(|| {
                list.insert(after, (our_name.to_owned(), Json::object()));
                after
            });
            after = place + 1;
            let subject = Subject { name: format!("{}${our_name}", id.name()), is_new: counterpart.is_none(), is_documented: true };
            if let Some((_, part)) = list.get_mut(place) {
                self.member(part, counterpart.map(|(_, member)| member), member, &subject);
            }
        }
        list.retain(|(name, _)| kept.contains(name.as_str()) || self.is_implied(name, theirs));
        entry.set("members", Json::Object(list));
    }

    /// True for an error's message, which botocore does not always list.
    fn is_implied(&self, member: &str, theirs: &Shape) -> bool {
        self.sides.is_botocore && theirs.traits.has("smithy.api#error") && member.eq_ignore_ascii_case("message")
    }

    fn member(&mut self, entry: &mut Json, ours: Option<&Member>, theirs: &Member, subject: &Subject) {
        let target = self.name(&theirs.target);
        let is_same = ours.is_some_and(|ours| ours.target == target || self.is_plainly(&ours.target, &theirs.target));
        if !is_same {
            entry.set("target", Json::text(target.as_str()));
        }
        let shape =
            Shape { kind: Kind::Simple(crate::model::Simple::Document), traits: theirs.traits.clone(), pointer: theirs.pointer.clone() };
        self.traits(entry, ours.map(|ours| &ours.traits), &shape, subject);
        self.default(entry, ours, &target);
    }

    /// Gives a new member the default of its shape, as Smithy's format requires, since botocore's format has no defaults.
    fn default(&self, entry: &mut Json, ours: Option<&Member>, target: &ShapeId) {
        let shape = self.sides.ours.shape(target);
        let Some(default) = shape.and_then(|shape| shape.traits.get(DEFAULT)) else { return };
        if self.sides.is_botocore && ours.is_none_or(|ours| ours.target != *target) {
            if entry.get("traits").is_none() {
                entry.set("traits", Json::object());
            }
            if let Some(traits) = entry.get_mut("traits") {
                traits.set_sorted(DEFAULT, Json::of(default, &[]), 0);
            }
        }
    }

    fn traits(&mut self, entry: &mut Json, ours: Option<&Traits>, theirs: &Shape, subject: &Subject) {
        let context = traits::Context { sides: self.sides };
        if subject.is_documented {
            self.documentation.insert(subject.name.clone(), theirs.traits.documentation().to_owned());
        }
        if traits::merge(&context, entry, ours, theirs, subject) == traits::Documentation::Missing {
            self.undocumented.push(subject.name.clone());
        }
    }

    /// The id in our file for one of upstream's shapes.
    fn name(&self, id: &ShapeId) -> ShapeId {
        self.names.get(id).unwrap_or(id).clone()
    }

    /// True if both are the same simple shape, at least one is Smithy's own, and neither has traits of its own.
    fn is_plainly(&self, our: &ShapeId, their: &ShapeId) -> bool {
        if !is_prelude(our) && !is_prelude(their) {
            return false;
        }
        let plain =
            |shape: &Shape| shape.traits.0.keys().all(|id| matches!(id.as_str(), traits::DOCUMENTATION | DEFAULT | "smithy.api#box"));
        match (self.sides.ours.shape(our), self.sides.theirs.shape(their)) {
            (Some(ours), Some(theirs)) => ours.kind == theirs.kind && plain(ours) && plain(theirs),
            _ => false,
        }
    }
}

/// True if the crate shows the documentation of such a shape, unlike that of lists, maps and simple types.
fn is_shown(kind: &Kind) -> bool {
    matches!(kind, Kind::Service(_) | Kind::Operation(_) | Kind::Structure(_) | Kind::Union(_) | Kind::Enum(_) | Kind::IntEnum(_))
}

const UNIT: &str = "smithy.api#Unit";
const ENUM_VALUE: &str = "smithy.api#enumValue";
const DEFAULT: &str = "smithy.api#default";

fn reference(id: &ShapeId) -> Json {
    Json::Object(vec![("target".to_owned(), Json::text(id.as_str()))])
}
