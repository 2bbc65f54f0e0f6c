//! Constraints on values that are sent, and the shapes that have some.

use super::types::is_streaming;
use super::{Lowering, default, is_unit};
use crate::model::{Kind, Member, Model, Shape, ShapeId, Simple};
use crate::rust::{Constraints, Limits, Presence};
use crate::select::Selection;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const LENGTH: &str = "smithy.api#length";
const RANGE: &str = "smithy.api#range";

/// The structures and unions that are sent and have constraints at any depth. The others are never checked.
pub(super) fn checked_shapes<'a>(model: &'a Model, selection: &'a Selection) -> BTreeSet<&'a ShapeId> {
    let mut holders: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    let mut open = Vec::new();
    let sent = selection.shapes.iter().filter(|(_, usage)| usage.input);
    for (id, shape) in sent.filter_map(|(id, _)| Some((id, model.shape(id)?))) {
        for (_, member) in shape.members() {
            holders.entry(&member.target).or_default().push(id);
        }
        if has_constraints(model, shape) {
            open.push(id);
        }
    }
    let mut checked = BTreeSet::new();
    while let Some(id) = open.pop() {
        if checked.insert(id) {
            open.extend(holders.get(id).into_iter().flatten());
        }
    }
    checked
}

/// True if a shape itself has constraints. A union always has one: an unknown member cannot be sent.
fn has_constraints(model: &Model, shape: &Shape) -> bool {
    let is_structure = match &shape.kind {
        Kind::Union(_) => return true,
        Kind::Structure(_) => true,
        _ => false,
    };
    let members = shape.members().filter_map(|(_, member)| Some((member, model.shape(&member.target)?)));
    members.filter(|(_, target)| !is_unit(target)).any(|(member, target)| {
        // A field that is never absent in Rust cannot be missing; see `types::presence`.
        let is_optional = matches!(target.kind, Kind::Structure(_) | Kind::Union(_)) || member.traits.has("smithy.api#clientOptional");
        (is_structure && is_optional && is_required(model, member)) || length(member, target).is_some() || range(member, target).is_some()
    })
}

/// True if a member must be sent: the model requires it and has no default for it.
fn is_required(model: &Model, member: &Member) -> bool {
    member.traits.has("smithy.api#required") && default(model, member).is_none_or(Value::is_null)
}

impl Lowering<'_> {
    /// The constraints on a structure's member, including its presence.
    pub(super) fn field_constraints(&self, member: &Member, presence: &Presence) -> Constraints {
        Constraints { required: *presence == Presence::Optional && is_required(self.model, member), ..self.constraints(member) }
    }

    /// The constraints on a value. The recursion is bounded, since `check` refuses lists that contain themselves or nest too deeply.
    pub(super) fn constraints(&self, member: &Member) -> Constraints {
        let Some(shape) = self.model.shape(&member.target) else { return Constraints::default() };
        let items = |member: &Member| Some(self.constraints(member)).filter(|items| !items.is_empty()).map(Box::new);
        Constraints {
            required: false,
            length: length(member, shape),
            range: range(member, shape),
            inside: matches!(shape.kind, Kind::Structure(_) | Kind::Union(_)) && self.checked.contains(&member.target),
            keys: match &shape.kind {
                Kind::Map { key, .. } => self.model.shape(&key.target).and_then(|target| length(key, target)),
                _ => None,
            },
            items: match &shape.kind {
                Kind::List(item) | Kind::Map { value: item, .. } => items(item),
                _ => None,
            },
        }
    }
}

/// The limits of a value's length. An enum has none, since its values are not refused, and neither has a stream, whose length may be unknown.
fn length(member: &Member, shape: &Shape) -> Option<Limits> {
    let has_length = matches!(shape.kind, Kind::Simple(Simple::String | Simple::Blob) | Kind::List(_) | Kind::Map { .. });
    if !has_length || is_streaming(member, shape) {
        return None;
    }
    let value = member.traits.get(LENGTH).or_else(|| shape.traits.get(LENGTH))?;
    let limit = |key: &str| value.get(key).and_then(Value::as_u64);
    let min = limit("min").filter(|min| *min > 0);
    Limits::new(min.map(|min| min.to_string()), limit("max").map(|max| max.to_string()))
}

/// The limits of a number.
fn range(member: &Member, shape: &Shape) -> Option<Limits> {
    let value = member.traits.get(RANGE).or_else(|| shape.traits.get(RANGE))?;
    let (min, max) = (value.get("min"), value.get("max"));
    match shape.kind {
        Kind::Simple(Simple::Byte) => whole(min, max, i8::MIN.into(), i8::MAX.into()),
        Kind::Simple(Simple::Short) => whole(min, max, i16::MIN.into(), i16::MAX.into()),
        Kind::Simple(Simple::Integer) => whole(min, max, i32::MIN.into(), i32::MAX.into()),
        Kind::Simple(Simple::Long) => whole(min, max, i64::MIN, i64::MAX),
        Kind::Simple(Simple::Float) => real(min, max, |limit| {
            #[expect(clippy::cast_possible_truncation, reason = "a limit is compared with in the precision that the value has")]
            let limit = limit as f32;
            limit.is_finite().then(|| format!("{limit:?}"))
        }),
        Kind::Simple(Simple::Double) => real(min, max, |limit| Some(format!("{limit:?}"))),
        _ => None,
    }
}

/// The limits of a whole number within the range of its type.
fn whole(min: Option<&Value>, max: Option<&Value>, lowest: i64, highest: i64) -> Option<Limits> {
    let min = min.and_then(|limit| integer(limit, f64::ceil)).filter(|min| *min > lowest.into());
    let max = max.and_then(|limit| integer(limit, f64::floor)).filter(|max| *max < highest.into());
    // A limit outside the type's range would not compile as a literal.
    let literal = |limit: i128| limit.clamp(lowest.into(), highest.into()).to_string();
    Limits::new(min.map(literal), max.map(literal))
}

/// A limit as a whole number. It may be written as a string, where JSON's numbers are not precise enough, or with a fraction.
fn integer(limit: &Value, round: fn(f64) -> f64) -> Option<i128> {
    let exact = limit.as_i64().map(i128::from).or_else(|| limit.as_u64().map(i128::from)).or_else(|| limit.as_str()?.parse().ok());
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a value too large for the cast saturates, and is then clamped to the type's range"
    )]
    exact.or_else(|| number(limit).map(|number| round(number) as i128))
}

fn real(min: Option<&Value>, max: Option<&Value>, literal: impl Fn(f64) -> Option<String>) -> Option<Limits> {
    let limit = |limit: Option<&Value>| limit.and_then(number).and_then(&literal);
    Limits::new(limit(min), limit(max))
}

fn number(limit: &Value) -> Option<f64> {
    limit.as_f64().or_else(|| limit.as_str()?.parse().ok()).filter(|number: &f64| number.is_finite())
}
