//! Our file, brought in line with upstream's model.

use super::Docs;
use super::names::{Names, is_prelude};
use super::traits::{self, Subject};
use crate::json::Json;
use crate::model::{Kind, Member, Members, Model, Operation, Shape, ShapeId, Traits};
use crate::select::Selection;
use std::collections::BTreeSet;

/// Both models, and what upstream's files look like.
pub(super) struct Sides<'m> {
    pub(super) ours: &'m Model,
    pub(super) theirs: &'m Model,
    /// Whether theirs is botocore's form, which says less.
    pub(super) is_botocore: bool,
    /// Upstream's file, which alone knows the order of things in it.
    pub(super) file: &'m Json,
    /// Upstream's endpoint rules, where they are a file of their own.
    pub(super) rules: Option<Json>,
    pub(super) docs: Docs,
}

/// Our file as it is to be.
pub(super) struct Merged {
    pub(super) file: Json,
    /// What is new and has no words.
    pub(super) undocumented: Vec<String>,
}

/// Brings `file`, which is ours, in line with what is selected of theirs.
pub(super) fn merge(sides: &Sides<'_>, selection: &Selection, names: &Names, mut file: Json) -> Merged {
    let mut merge = Merge { sides, names, undocumented: Vec::new() };
    let Some(shapes) = file.get_mut("shapes") else { return Merged { file, undocumented: Vec::new() } };
    let kept: BTreeSet<&ShapeId> = names.values().collect();
    for id in sides.ours.shapes.keys().filter(|id| !is_prelude(id) && !kept.contains(id)) {
        shapes.remove(id.as_str());
    }
    // A service comes first in a file, out of turn.
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
    let mut targets = BTreeSet::new();
    shapes.targets(&mut targets);
    let is_unused = |id: &&ShapeId| sides.ours.shape(id).is_none() && !targets.contains(id.as_str());
    let unused: Vec<&ShapeId> = names.values().filter(is_unused).collect();
    // Where ours says `smithy.api#Integer`, nobody needs their own name for it.
    for id in unused {
        shapes.remove(id.as_str());
        undocumented.remove(id.name());
    }
    Merged { file, undocumented: undocumented.into_iter().collect() }
}

struct Merge<'m> {
    sides: &'m Sides<'m>,
    names: &'m Names,
    undocumented: Vec<String>,
}

impl Merge<'_> {
    fn shape(&mut self, id: &ShapeId, entry: &mut Json, ours: Option<&Shape>, theirs: &Shape, selection: &Selection) {
        let keys = entry.members().len();
        let same = ours.filter(|ours| ours.kind.name() == theirs.kind.name());
        if same.is_none() {
            // Of a shape that is another type of thing only the traits are looked at.
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
                let errors: Vec<ShapeId> = service.errors.iter().map(|error| error.target.clone()).collect();
                self.references(entry, "errors", &errors);
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
        let subject = Subject { name: id.name().to_owned(), is_new: ours.is_none(), has_words: true };
        self.traits(entry, ours.map(|ours| &ours.traits), theirs, &subject);
        // What was added after the traits belongs before them.
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
        let errors: Vec<ShapeId> = operation.errors.iter().map(|error| error.target.clone()).collect();
        self.references(entry, "errors", &errors);
    }

    /// A list of references: ours in our order, then what is new in theirs.
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

    /// The members: ours in our order, each new one after the one that it follows upstream.
    fn members(&mut self, id: &ShapeId, entry: &mut Json, ours: Option<&Shape>, theirs: &Shape, members: &Members) {
        let mut sorted: Vec<(&String, &Member)> = members.iter().collect();
        sorted.sort_by_key(|(_, member)| self.sides.file.place_of(&member.pointer).unwrap_or(usize::MAX));
        let old: Vec<(&str, &Member)> = ours.into_iter().flat_map(Shape::members).collect();
        // Values of an enum are known by what is sent, whatever the name.
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
            let subject = Subject { name: format!("{}${our_name}", id.name()), is_new: counterpart.is_none(), has_words: true };
            if let Some((_, part)) = list.get_mut(place) {
                self.member(part, counterpart.map(|(_, member)| member), member, &subject);
            }
        }
        list.retain(|(name, _)| kept.contains(name.as_str()) || self.is_implied(name, theirs));
        entry.set("members", Json::Object(list));
    }

    /// An error has its message whether botocore says so or not.
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

    /// Where botocore's form has no defaults, a new member has that of its shape, as Smithy's form asks.
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
        if traits::merge(&context, entry, ours, theirs, subject) == traits::Words::Missing {
            self.undocumented.push(subject.name.clone());
        }
    }

    /// The name in our file of one of their shapes.
    fn name(&self, id: &ShapeId) -> ShapeId {
        self.names.get(id).unwrap_or(id).clone()
    }

    /// Whether both are the same simple shape, where at least one is Smithy's own and neither says more than its type.
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

const UNIT: &str = "smithy.api#Unit";
const ENUM_VALUE: &str = "smithy.api#enumValue";
const DEFAULT: &str = "smithy.api#default";

fn reference(id: &ShapeId) -> Json {
    Json::Object(vec![("target".to_owned(), Json::text(id.as_str()))])
}
