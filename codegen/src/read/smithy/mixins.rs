//! Flattens mixins: a shape inherits the members and traits of the shapes it names under `mixins`.
//!
//! The precedence is that of Smithy 2.0's specification ("Mixins"): a later mixin wins over an earlier one, and the shape itself over both. The
//! trait `mixin` and the traits listed in its `localTraits` are not inherited.

use super::Reader;
use super::shapes::Inherited;
use crate::diagnostic::quoted;
use crate::json::{Json, Object};
use crate::model::{Kind, Members, Pointer, Reference, Shape, ShapeId};
use crate::suggest::{chain, did_you_mean};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const MIXIN: &str = "smithy.api#mixin";

/// The maximum number of inherited members. A short chain of mixins can multiply members; no real service comes near this number.
const MOST_MEMBERS: usize = 1_000_000;

impl Reader<'_> {
    /// All shapes, each after its mixins. Mixins that are not defined, or that contain themselves, are findings.
    pub(super) fn mixin_order(&mut self, defined: &mut BTreeMap<ShapeId, Object<'_>>) -> Vec<ShapeId> {
        let mut waits_for: BTreeMap<ShapeId, BTreeSet<ShapeId>> = BTreeMap::new();
        let mut awaited_by: BTreeMap<ShapeId, Vec<ShapeId>> = BTreeMap::new();
        let ids: Vec<ShapeId> = defined.keys().cloned().collect();
        for id in &ids {
            let mixins = defined.get_mut(id).map(|object| self.references(object, "mixins")).unwrap_or_default();
            let mut waiting = BTreeSet::new();
            for Reference { target, pointer } in mixins {
                if defined.contains_key(&target) {
                    awaited_by.entry(target.clone()).or_default().push(id.clone());
                    waiting.insert(target);
                } else {
                    let message = format!("the mixin `{target}` is not defined");
                    self.findings
                        .error_with_search(&pointer, message, || did_you_mean(target.as_str(), defined.keys().map(ShapeId::as_str)));
                }
            }
            waits_for.insert(id.clone(), waiting);
        }
        let mut ordered: Vec<ShapeId> = ids.into_iter().filter(|id| waits_for.get(id).is_some_and(BTreeSet::is_empty)).collect();
        let mut next = 0;
        while let Some(done) = ordered.get(next).cloned() {
            next += 1;
            waits_for.remove(&done);
            for id in awaited_by.remove(&done).unwrap_or_default() {
                if let Some(waiting) = waits_for.get_mut(&id)
                    && waiting.remove(&done)
                    && waiting.is_empty()
                {
                    ordered.push(id);
                }
            }
        }
        self.report_circle(&waits_for, defined);
        ordered
    }

    /// Reports that members were left out because there were too many.
    pub(super) fn report_flood(&mut self, shapes: &Pointer) {
        if self.mixed_in > MOST_MEMBERS {
            self.findings.error(shapes, format!("the mixins add more than {MOST_MEMBERS} members"));
        }
    }

    /// Reports a circle among the remaining shapes, each of which waits for another: follows the first one until a shape repeats.
    fn report_circle(&mut self, waits_for: &BTreeMap<ShapeId, BTreeSet<ShapeId>>, defined: &BTreeMap<ShapeId, Object<'_>>) {
        let mut walked: Vec<&ShapeId> = Vec::new();
        let mut places: BTreeMap<&ShapeId, usize> = BTreeMap::new();
        let mut at = waits_for.keys().next();
        while let Some(id) = at {
            if let Some(start) = places.insert(id, walked.len()) {
                let circle: Vec<&ShapeId> = walked.iter().skip(start).chain([&id]).copied().collect();
                if let Some(object) = defined.get(id) {
                    self.findings.error(&object.at.join("mixins"), format!("mixins that contain themselves: {}", chain(&circle)));
                }
                return;
            }
            walked.push(id);
            at = waits_for.get(id).and_then(BTreeSet::first);
        }
    }

    /// The members and traits that the object inherits from its mixins, which are in the model already.
    pub(super) fn mixins(&mut self, object: &mut Object<'_>, shape_type: &str) -> Inherited {
        let mut inherited = Inherited::default();
        if object.get("mixins").is_none() {
            return inherited;
        }
        for (item, at) in object.items("mixins", self.findings) {
            if self.mixed_in > MOST_MEMBERS {
                break;
            }
            let id = item.get("target").and_then(Json::as_str).map(ShapeId::new);
            let Some((id, mixin)) = id.and_then(|id| self.model.shape(&id).cloned().map(|mixin| (id, mixin))) else { continue };
            if !mixin.traits.has(MIXIN) {
                let message = format!("{} is mixed into this {shape_type}, but is not a mixin", quoted(id.as_str()));
                self.findings.error_with_hint(&at, message, format!("a mixin carries the trait `{MIXIN}`"));
            } else if mixin.kind.name() != if shape_type == "set" { "list" } else { shape_type } {
                let message =
                    format!("{} is of the type {}, so it cannot be mixed into this {shape_type}", quoted(id.as_str()), mixin.kind.name());
                self.findings.error(&at, message);
            } else {
                self.take_over(&mut inherited, mixin);
            }
        }
        inherited
    }

    fn take_over(&mut self, inherited: &mut Inherited, mixin: Shape) {
        let local =
            mixin.traits.get(MIXIN).and_then(|value| value.get("localTraits")).and_then(Value::as_array).cloned().unwrap_or_default();
        let is_local = |id: &str| id == MIXIN || local.iter().any(|trait_id| trait_id.as_str() == Some(id));
        inherited.traits.0.extend(mixin.traits.0.into_iter().filter(|(id, _)| !is_local(id)));
        match mixin.kind {
            Kind::Structure(members) | Kind::Union(members) | Kind::Enum(members) | Kind::IntEnum(members) => {
                self.take_members(inherited, members);
            }
            Kind::List(member) => self.take_members(inherited, Members::from([("member".to_owned(), member)])),
            Kind::Map { key, value } => {
                self.take_members(inherited, Members::from([("key".to_owned(), key), ("value".to_owned(), value)]));
            }
            Kind::Service(service) => {
                inherited.service.version = service.version;
                inherited.service.operations.extend(service.operations);
                inherited.service.resources.extend(service.resources);
                inherited.service.errors.extend(service.errors);
                inherited.service.rename.extend(service.rename);
            }
            Kind::Resource(resource) => {
                inherited.resource.operations.extend(resource.operations);
                inherited.resource.resources.extend(resource.resources);
            }
            Kind::Operation(operation) => inherited.operation.errors.extend(operation.errors),
            Kind::Simple(_) => {}
        }
    }

    fn take_members(&mut self, inherited: &mut Inherited, members: Members) {
        self.mixed_in += members.len();
        for (name, member) in members {
            self.merge_member(&mut inherited.members, &name, member);
        }
    }
}
