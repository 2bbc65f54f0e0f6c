//! Constraints and defaults that no value of their type can meet.

use crate::diagnostic::Findings;
use crate::model::{Kind, Members, Model, Pointer, Shape, Simple, Traits};
use serde_json::Value;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    for shape in model.shapes.values() {
        of(&shape.traits, shape, &shape.pointer, findings);
        for (_, member) in shape.members() {
            if let Some(target) = model.shape(&member.target) {
                of(&member.traits, target, &member.pointer, findings);
            }
        }
    }
}

/// Checks the constraints among the traits of a shape, or of a member that targets it.
fn of(traits: &Traits, shape: &Shape, at: &Pointer, findings: &mut Findings) {
    for (id, value) in &traits.0 {
        let fault = match id.as_str() {
            "smithy.api#length" => limits(value, has_length(&shape.kind), |limit| limit.as_u64().is_some(), "whole numbers, none negative"),
            "smithy.api#range" => limits(value, is_number(&shape.kind), |limit| number(limit).is_some(), "numbers"),
            "smithy.api#pattern" if !is_text(&shape.kind) => Some(NOT_HERE.to_owned()),
            "smithy.api#pattern" if !value.is_string() => Some("must be a string".to_owned()),
            "smithy.api#uniqueItems" if !matches!(shape.kind, Kind::List(_)) => Some(NOT_HERE.to_owned()),
            "smithy.api#sparse" if !matches!(shape.kind, Kind::List(_) | Kind::Map { .. }) => Some(NOT_HERE.to_owned()),
            "smithy.api#default" => default(value, &shape.kind).map(str::to_owned),
            _ => None,
        };
        if let Some(fault) = fault {
            let hint = if fault == NOT_HERE { format!("the type here is `{}`", shape.kind.name()) } else { String::new() };
            findings.error_with_hint(at, format!("the trait `{id}` {fault}"), hint);
        }
    }
}

const NOT_HERE: &str = "is not allowed on a shape of this type";

/// Checks `{"min": ..., "max": ...}`: at least one limit is present, and a value can meet both.
fn limits(value: &Value, fits: bool, is_limit: impl Fn(&Value) -> bool, expected: &str) -> Option<String> {
    if !fits {
        return Some(NOT_HERE.to_owned());
    }
    let given: Vec<&Value> = ["min", "max"].into_iter().filter_map(|key| value.get(key)).collect();
    match given.as_slice() {
        [] => Some("has neither `min` nor `max`".to_owned()),
        given if !given.iter().all(|limit| is_limit(limit)) => Some(format!("must have limits that are {expected}")),
        [min, max] if number(min) > number(max) => Some(format!("can never be met: `min` is {min}, `max` is {max}")),
        _ => None,
    }
}

/// The number, which may be written as a string, as limits beyond a double's precision are.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok()).filter(|number: &f64| number.is_finite())
}

/// The fault of a default, if there is one. `null` means that there is no default and is always valid.
fn default(value: &Value, kind: &Kind) -> Option<&'static str> {
    let (fits, fault) = match kind {
        Kind::Simple(simple) => simple_default(value, *simple),
        Kind::Enum(members) => (value.as_str().is_some_and(|value| is_listed(members, value)), "must be one of the enum's values"),
        Kind::IntEnum(members) => {
            let is_listed =
                |value| members.values().any(|member| member.traits.get("smithy.api#enumValue").and_then(Value::as_i64) == Some(value));
            (value.as_i64().is_some_and(is_listed), "must be one of the enum's values")
        }
        Kind::List(_) => (value.as_array().is_some_and(Vec::is_empty), "must be an empty list"),
        Kind::Map { .. } => (value.as_object().is_some_and(serde_json::Map::is_empty), "must be an empty map"),
        Kind::Structure(_) | Kind::Union(_) | Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) => (false, NOT_HERE),
    };
    (!fits && !value.is_null()).then_some(fault)
}

fn simple_default(value: &Value, simple: Simple) -> (bool, &'static str) {
    let within = |low: i64, high: i64| value.as_i64().is_some_and(|value| (low..=high).contains(&value));
    let is_special = matches!(value.as_str(), Some("NaN" | "Infinity" | "-Infinity"));
    let integer = "must be a whole number that the type can hold";
    match simple {
        Simple::Boolean => (value.is_boolean(), "must be true or false"),
        Simple::Byte => (within(i8::MIN.into(), i8::MAX.into()), integer),
        Simple::Short => (within(i16::MIN.into(), i16::MAX.into()), integer),
        Simple::Integer => (within(i32::MIN.into(), i32::MAX.into()), integer),
        Simple::Long => (within(i64::MIN, i64::MAX), integer),
        Simple::BigInteger => (value.is_i64() || value.is_u64(), integer),
        Simple::Float => {
            let fits = value.as_f64().is_some_and(|value| value.abs() <= f64::from(f32::MAX));
            (fits || is_special, "must be a number that the type can hold")
        }
        Simple::Double => (value.is_number() || is_special, "must be a number"),
        Simple::BigDecimal => (value.is_number(), "must be a number"),
        Simple::String | Simple::Blob => (value.is_string(), "must be a string"),
        Simple::Timestamp => (value.is_string() || value.is_number(), "must be a number or a string"),
        Simple::Document => (true, ""),
    }
}

fn is_listed(members: &Members, value: &str) -> bool {
    members.iter().any(|(name, member)| member.traits.text("smithy.api#enumValue").unwrap_or(name) == value)
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Simple(Simple::String) | Kind::Enum(_))
}

fn has_length(kind: &Kind) -> bool {
    is_text(kind) || matches!(kind, Kind::Simple(Simple::Blob) | Kind::List(_) | Kind::Map { .. })
}

fn is_number(kind: &Kind) -> bool {
    match kind {
        Kind::IntEnum(_) => true,
        Kind::Simple(simple) => !matches!(simple, Simple::Blob | Simple::Boolean | Simple::String | Simple::Timestamp | Simple::Document),
        _ => false,
    }
}
