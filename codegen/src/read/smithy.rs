//! Smithy's JSON AST, versions 1 and 2.
//!
//! Version 1 is upgraded to version 2, mixins are flattened and `apply` statements applied, so that no later phase has to know them.

mod mixins;
mod shapes;
mod upgrade;

use super::ids::{self, is_identifier, is_shape_id};
use super::prelude;
use super::traits::{self, Tally};
use crate::diagnostic::{Findings, quoted};
use crate::json::Object;
use crate::model::{Model, Pointer, Reference, ShapeId, Traits};
use crate::suggest::{did_you_mean, nearest_shape};
use std::collections::BTreeMap;

/// Reads the file whose top is `root`. Faults are added to `findings`, keys without a meaning to `unknown`.
pub(super) fn read(root: &mut Object<'_>, findings: &mut Findings, unknown: &mut Tally) -> Model {
    let mut reader = Reader { model: Model::default(), mixed_in: 0, findings, unknown };
    prelude::insert(&mut reader.model);
    let Some(version) = reader.version(root) else { return reader.model };
    root.get("metadata");
    if let Some(shapes) = root.object("shapes", reader.findings) {
        reader.shapes(&shapes);
    }
    reader.note_unread(root, "the file");
    upgrade::enums(&mut reader.model, reader.findings);
    if version == Version::One {
        upgrade::boxes(&mut reader.model);
    }
    reader.model
}

/// The major version of the AST.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Version {
    One,
    Two,
}

impl Version {
    /// The version named by the value of the key `smithy`: `1.0`, `2`, `2.0` and the like.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
        if minor.is_empty() || !minor.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match major {
            "1" => Some(Self::One),
            "2" => Some(Self::Two),
            _ => None,
        }
    }
}

/// An `apply` statement: traits for a shape, or for one member of it.
pub(crate) struct Statement<'v> {
    pub(crate) member: Option<&'v str>,
    pub(crate) traits: Traits,
    pub(crate) at: Pointer,
}

struct Reader<'f> {
    model: Model,
    /// The number of members that shapes have inherited from mixins.
    mixed_in: usize,
    findings: &'f mut Findings,
    unknown: &'f mut Tally,
}

impl Reader<'_> {
    fn version(&mut self, root: &mut Object<'_>) -> Option<Version> {
        let text = root.text("smithy", self.findings)?;
        let version = Version::of(text);
        if version.is_none() {
            let message = format!("version {} of Smithy's AST is not supported", quoted(text));
            self.findings.error_with_hint(&root.at.join("smithy"), message, "versions 1 and 2 are supported");
        }
        version
    }

    fn shapes(&mut self, shapes: &Object<'_>) {
        let mut defined = BTreeMap::new();
        let mut applied: BTreeMap<ShapeId, Vec<Statement<'_>>> = BTreeMap::new();
        for (key, value, at) in shapes.entries() {
            let Some(mut object) = Object::of(value, at, self.findings) else { continue };
            let shape_type = object.required_text("type", self.findings);
            let Some((id, member)) = shape_key(key, &object.at, self.findings) else { continue };
            match (shape_type, member) {
                (None, _) => {}
                (Some("apply"), member) => {
                    let statement = Statement { member, traits: read_traits(&mut object, self.findings), at: object.at.clone() };
                    self.note_unread(&object, "an apply statement");
                    applied.entry(id).or_default().push(statement);
                }
                (Some(_), Some(_)) => {
                    let message = format!("{} names a member, which only an apply statement can", quoted(key));
                    self.findings.error_with_hint(&object.at, message, "put the member inside its shape, under `members`");
                }
                (Some(_), None) => {
                    defined.insert(id, object);
                }
            }
        }
        for id in self.mixin_order(&mut defined) {
            let Some(mut object) = defined.remove(&id) else { continue };
            let Some(shape) = self.shape(&mut object) else {
                applied.remove(&id);
                continue;
            };
            self.model.shapes.insert(id.clone(), shape);
            self.apply(&id, applied.remove(&id).unwrap_or_default());
        }
        self.report_flood(&shapes.at);
        // The shapes left in `defined` mix in themselves, which has been reported.
        for (id, statements) in applied.into_iter().filter(|(id, _)| !defined.contains_key(id)) {
            self.apply(&id, statements);
        }
    }

    /// Applies the statements' traits to the shape or its members.
    fn apply(&mut self, id: &ShapeId, statements: Vec<Statement<'_>>) {
        for statement in statements {
            match target(&mut self.model, id, statement.member) {
                Ok(traits) => traits.0.extend(statement.traits.0),
                Err(message) => {
                    self.findings.error_with_search(&statement.at, message, || target_hint(&self.model, id, statement.member));
                }
            }
        }
    }

    /// The objects `{"target": ...}` of an array.
    fn references(&mut self, object: &mut Object<'_>, key: &'static str) -> Vec<Reference> {
        let items = object.items(key, self.findings);
        items.into_iter().filter_map(|(item, at)| Object::of(item, at, self.findings).and_then(|item| self.reference_of(item))).collect()
    }

    /// The object `{"target": ...}` of a key.
    fn reference(&mut self, object: &mut Object<'_>, key: &'static str) -> Option<Reference> {
        object.object(key, self.findings).and_then(|item| self.reference_of(item))
    }

    fn reference_of(&mut self, mut item: Object<'_>) -> Option<Reference> {
        let target = self.target(&mut item)?;
        self.note_unread(&item, "a reference");
        Some(Reference { target, pointer: item.at })
    }

    /// The absolute shape id under `target`.
    fn target(&mut self, object: &mut Object<'_>) -> Option<ShapeId> {
        let text = object.required_text("target", self.findings)?;
        self.shape_id(text, &object.at.join("target"))
    }

    fn shape_id(&mut self, text: &str, at: &Pointer) -> Option<ShapeId> {
        if is_shape_id(text) {
            return Some(ShapeId::new(text));
        }
        let in_prelude = ShapeId::new(format!("{}#{text}", prelude::NAMESPACE));
        let hint = if self.model.shape(&in_prelude).is_some() { format!("did you mean `{in_prelude}`?") } else { ABSOLUTE.to_owned() };
        self.findings.error_with_hint(at, format!("{} is not an absolute shape id", quoted(text)), hint);
        None
    }

    /// Counts the keys that were not read.
    fn note_unread(&mut self, object: &Object<'_>, what: &str) {
        for (key, _, at) in object.unread() {
            self.unknown.count(&format!("the key {} of {what} has no meaning here", quoted(key)), &at);
        }
    }
}

const ABSOLUTE: &str = "an absolute shape id is a namespace, `#` and a name: `com.amazonaws.codebuild#Build`";

/// The shape, and the member for some `apply` statements, that a key of `shapes` names.
pub(crate) fn shape_key<'v>(key: &'v str, at: &Pointer, findings: &mut Findings) -> Option<(ShapeId, Option<&'v str>)> {
    let (shape, member) = ids::split_member(key);
    // The member is not checked: `target` looks it up, and the members of some enums are not identifiers (see `read::enums`).
    if is_shape_id(shape) {
        return Some((ShapeId::new(shape), member));
    }
    match shape.split_once('#') {
        Some((_, name)) if !is_identifier(name) => {
            findings.error_with_hint(at, format!("{} is not a valid name for a shape", quoted(name)), ids::RULE);
        }
        _ => findings.error_with_hint(at, format!("{} is not an absolute shape id", quoted(shape)), ABSOLUTE),
    }
    None
}

/// The traits of the shape or member that an `apply` statement names, or the message that there is none.
pub(crate) fn target<'m>(model: &'m mut Model, id: &ShapeId, member: Option<&str>) -> Result<&'m mut Traits, String> {
    let Some(shape) = model.shapes.get_mut(id) else { return Err(format!("{} is not defined", quoted(id.as_str()))) };
    let Some(member) = member else { return Ok(&mut shape.traits) };
    let found = shape.member_mut(member).map(|member| &mut member.traits);
    found.ok_or_else(|| format!("{} has no member {}", quoted(id.as_str()), quoted(member)))
}

/// A hint for an `apply` statement that names nothing.
pub(crate) fn target_hint(model: &Model, id: &ShapeId, member: Option<&str>) -> String {
    match (model.shape(id), member) {
        (Some(shape), Some(member)) => did_you_mean(member, shape.members().map(|(name, _)| name)),
        _ => nearest_shape(id, model),
    }
}

/// The traits under the key `traits`.
pub(crate) fn read_traits(object: &mut Object<'_>, findings: &mut Findings) -> Traits {
    let mut found = Traits::default();
    let Some(entries) = object.object("traits", findings) else { return found };
    for (id, value, at) in entries.entries() {
        if is_shape_id(id) {
            found.0.insert(id.to_owned(), value.value());
        } else {
            let absolute = format!("{}#{id}", prelude::NAMESPACE);
            findings.error_with_search(&at, format!("{} is not an absolute trait id", quoted(id)), || {
                if traits::is_known(&absolute) { format!("did you mean `{absolute}`?") } else { did_you_mean(id, traits::known()) }
            });
        }
    }
    found
}

#[cfg(test)]
mod tests;
