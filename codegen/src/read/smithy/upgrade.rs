//! The upgrade from Smithy 1 to Smithy 2.

use super::super::enums::{add, member, names};
use super::super::ids::is_identifier;
use super::super::prelude;
use crate::diagnostic::{Findings, quoted};
use crate::json::{Json, Object};
use crate::model::{Kind, Members, Model, Shape, ShapeId, Simple, Traits};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ENUM: &str = "smithy.api#enum";
const ENUM_VALUE: &str = "smithy.api#enumValue";
const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// Turns strings with the trait `enum`, which version 2 still allows, into enums, and writes out the value of every enum's member.
pub(super) fn enums(model: &mut Model, findings: &mut Findings) {
    for shape in model.shapes.values_mut() {
        if shape.kind == Kind::Simple(Simple::String)
            && let Some(definitions) = shape.traits.0.remove(ENUM)
        {
            shape.kind = Kind::Enum(enum_members(shape, &definitions, findings));
        }
        if let Kind::Enum(members) = &mut shape.kind {
            for (name, member) in members {
                member.traits.0.entry(ENUM_VALUE.to_owned()).or_insert_with(|| Value::from(name.as_str()));
            }
        }
    }
}

/// The members listed by the trait's array `[{"value": ..., "name": ...}]`.
fn enum_members(shape: &Shape, definitions: &Value, findings: &mut Findings) -> Members {
    let mut members = Members::new();
    let at = shape.pointer.join("traits").join(ENUM);
    let Json::Array(definitions) = Json::of(definitions, &[]) else {
        findings.error(&at, format!("the trait `{ENUM}` must be an array of values"));
        return members;
    };
    let mut found = Vec::new();
    for (index, definition) in definitions.iter().enumerate() {
        let Some(mut object) = Object::of(definition, at.index(index), findings) else { continue };
        let Some(value) = object.required_text("value", findings) else { continue };
        let name = object.text("name", findings);
        if let Some(name) = name.filter(|name| !is_identifier(name)) {
            findings.error(&object.at.join("name"), format!("{} is not a valid name for an enum's value", quoted(name)));
            continue;
        }
        found.push((value, name, definition_traits(&mut object, findings), object.at));
    }
    let values: Vec<&str> = found.iter().map(|(value, ..)| *value).collect();
    for ((value, name, traits, at), synthesized) in found.into_iter().zip(names(&values)) {
        let name = name.unwrap_or(&synthesized);
        if let Err(earlier) = add(&mut members, name, member(value, traits, at.clone())) {
            findings.error(&at, format!("the name {} is taken by the value at {earlier}", quoted(name)));
        }
    }
    members
}

fn definition_traits(object: &mut Object<'_>, findings: &mut Findings) -> Traits {
    let mut traits = Traits::default();
    if let Some(documentation) = object.text("documentation", findings) {
        traits.0.insert("smithy.api#documentation".to_owned(), Value::from(documentation));
    }
    if object.flag("deprecated", findings) {
        traits.0.insert("smithy.api#deprecated".to_owned(), json!({}));
    }
    if let Some((tags, _)) = object.get("tags") {
        traits.0.insert("smithy.api#tags".to_owned(), tags.value());
    }
    traits
}

/// Adds defaults for unboxed members. In version 1 a structure's boolean or number that is boxed neither at the member nor at its target reads as
/// false or zero when absent; version 2 has a default at the member instead, and no trait `box`.
pub(super) fn boxes(model: &mut Model) {
    let unboxed: BTreeMap<ShapeId, Simple> =
        model.shapes.iter().filter_map(|(id, shape)| Some((id.clone(), unboxed(id, shape)?))).collect();
    for shape in model.shapes.values_mut() {
        shape.traits.0.remove(BOX);
        let Kind::Structure(members) = &mut shape.kind else { continue };
        for member in members.values_mut().filter(|member| !member.traits.has(BOX) && !member.traits.has(DEFAULT)) {
            if let Some(simple) = unboxed.get(&member.target) {
                member.traits.0.insert(DEFAULT.to_owned(), prelude::zero(*simple));
            }
        }
        for member in members.values_mut() {
            member.traits.0.remove(BOX);
        }
    }
}

/// The simple type of a shape with a zero value in version 1. In the prelude those are the `Primitive` shapes, which have a default.
fn unboxed(id: &ShapeId, shape: &Shape) -> Option<Simple> {
    let Kind::Simple(simple) = shape.kind else { return None };
    let has_zero = match simple {
        Simple::Boolean | Simple::Byte | Simple::Short | Simple::Integer | Simple::Long | Simple::Float | Simple::Double => true,
        Simple::Blob | Simple::String | Simple::BigInteger | Simple::BigDecimal | Simple::Timestamp | Simple::Document => false,
    };
    let is_boxed = if id.namespace() == prelude::NAMESPACE { !shape.traits.has(DEFAULT) } else { shape.traits.has(BOX) };
    (has_zero && !is_boxed).then_some(simple)
}
