//! The values of enums and the members of unions.

use crate::diagnostic::{Findings, quoted};
use crate::model::{Kind, Members, Model, ShapeId};
use serde_json::Value;
use std::collections::BTreeMap;

const VALUE: &str = "smithy.api#enumValue";

pub(super) fn check(model: &Model, findings: &mut Findings) {
    for (id, shape) in &model.shapes {
        let what = match &shape.kind {
            Kind::Enum(members) => {
                strings(id, members, findings);
                "an enum without values"
            }
            Kind::IntEnum(members) => {
                integers(id, members, findings);
                "an enum without values"
            }
            Kind::Union(_) => "a union without members",
            _ => continue,
        };
        if shape.members().next().is_none() {
            findings.error(&shape.pointer, format!("{what}: `{id}`"));
        }
    }
}

fn strings(id: &ShapeId, members: &Members, findings: &mut Findings) {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, member) in members {
        let value = match member.traits.get(VALUE) {
            None => name,
            Some(Value::String(value)) => value,
            Some(_) => {
                findings.error(&member.pointer, format!("the value of {} in `{id}` is not a string", quoted(name)));
                continue;
            }
        };
        if let Some(earlier) = names.insert(value, name) {
            let message = format!("{} and {} of `{id}` have the same value, {}", quoted(earlier), quoted(name), quoted(value));
            findings.error(&member.pointer, message);
        }
    }
}

fn integers(id: &ShapeId, members: &Members, findings: &mut Findings) {
    let mut names: BTreeMap<i32, &str> = BTreeMap::new();
    for (name, member) in members {
        let Some(value) = member.traits.get(VALUE) else {
            let hint = format!("every member of an `intEnum` carries the trait `{VALUE}`");
            findings.error_with_hint(&member.pointer, format!("{} of `{id}` has no value", quoted(name)), hint);
            continue;
        };
        let Some(value) = value.as_i64().and_then(|value| i32::try_from(value).ok()) else {
            findings.error(&member.pointer, format!("the value of {} in `{id}` is not a 32-bit integer", quoted(name)));
            continue;
        };
        if let Some(earlier) = names.insert(value, name) {
            findings.error(&member.pointer, format!("{} and {} of `{id}` have the same value, {value}", quoted(earlier), quoted(name)));
        }
    }
}
