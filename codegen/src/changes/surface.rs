//! What of a shape shows in the signatures of the generated crate: the names of types, `Option`, and whether a builder can fail.
//!
//! A short account of what `lower` decides, without its plan: models can be compared that no crate can be made of.

use crate::model::{Kind, Member, Members, Model, Shape, ShapeId, Simple, Traits};
use serde_json::Value;

/// Lists in lists deeper than this are not told apart; `check` refuses them anyway.
const DEEPEST: usize = 32;

/// Where a structure stands, which decides what its builder insists on.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Role {
    /// An operation's input: everything is optional.
    Input,
    /// Any other place.
    Other,
}

/// The name that the crate gives a shape, before it is made a Rust name.
pub(super) fn name<'m>(model: &'m Model, id: &'m ShapeId) -> &'m str {
    model.shape(id).and_then(|shape| shape.traits.text("smithlet.api#name")).unwrap_or(id.name())
}

/// The Rust type of a shape's values, in a form that is equal when the types are.
pub(super) fn type_of(model: &Model, id: &ShapeId) -> String {
    nested(model, id, 0)
}

fn nested(model: &Model, id: &ShapeId, depth: usize) -> String {
    let Some(shape) = model.shape(id) else { return "?".to_owned() };
    let inner = |member: &Member| if depth < DEEPEST { nested(model, &member.target, depth + 1) } else { "..".to_owned() };
    let option = if shape.traits.has("smithy.api#sparse") { "?" } else { "" };
    match &shape.kind {
        Kind::Simple(simple) => plain(*simple).to_owned(),
        Kind::IntEnum(_) => "i32".to_owned(),
        Kind::List(item) => format!("[{}{option}]", inner(item)),
        Kind::Map { key, value } => format!("{{{}:{}{option}}}", inner(key), inner(value)),
        kind => format!("{} {}", kind.name(), name(model, id)),
    }
}

fn plain(simple: Simple) -> &'static str {
    match simple {
        Simple::Boolean => "bool",
        Simple::Byte => "i8",
        Simple::Short => "i16",
        Simple::Integer => "i32",
        Simple::Long => "i64",
        Simple::Float => "f32",
        Simple::Double => "f64",
        Simple::Blob => "Blob",
        Simple::Timestamp => "DateTime",
        Simple::Document => "Document",
        Simple::String | Simple::BigInteger | Simple::BigDecimal => "String",
    }
}

/// How a member shows: its Rust name, its type, and whether it is optional.
pub(super) fn member(model: &Model, name: &str, member: &Member, role: Role) -> String {
    let option = if presence(model, member, role) == Presence::Optional { "?" } else { "" };
    let name = member.traits.text("smithlet.api#name").unwrap_or(name);
    format!("{name}: {}{option}", type_of(model, &member.target))
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Presence {
    Optional,
    Required,
    Default,
}

fn presence(model: &Model, member: &Member, role: Role) -> Presence {
    let aggregate = model.shape(&member.target).is_some_and(|shape| matches!(shape.kind, Kind::Structure(_) | Kind::Union(_)));
    if role == Role::Input || aggregate || member.traits.has("smithy.api#clientOptional") {
        return Presence::Optional;
    }
    match default(&member.traits) {
        Some(_) => Presence::Default,
        None if member.traits.has("smithy.api#default") => Presence::Optional,
        None if member.traits.has("smithy.api#required") => Presence::Required,
        None => Presence::Optional,
    }
}

/// A default that is a value.
pub(super) fn default(traits: &Traits) -> Option<&Value> {
    traits.get("smithy.api#default").filter(|value| !value.is_null())
}

/// Whether a structure's `build` can fail.
pub(super) fn fallible(model: &Model, members: &Members, role: Role) -> bool {
    role == Role::Input || members.values().any(|member| presence(model, member, role) == Presence::Required)
}

/// A shape in a few words: `string`, `list of string`, `structure LogsLocation`.
pub(super) fn describe(model: &Model, id: &ShapeId) -> String {
    let Some(shape) = model.shape(id) else { return id.name().to_owned() };
    describe_shape(model, id, shape)
}

fn describe_shape(model: &Model, id: &ShapeId, shape: &Shape) -> String {
    let brief = |member: &Member| match model.shape(&member.target) {
        Some(Shape { kind: kind @ (Kind::Simple(_) | Kind::List(_) | Kind::Map { .. }), .. }) => kind.name().to_owned(),
        Some(shape) => format!("{} {}", shape.kind.name(), name(model, &member.target)),
        None => member.target.name().to_owned(),
    };
    match &shape.kind {
        Kind::Simple(simple) => simple.name().to_owned(),
        Kind::List(item) => format!("list of {}", brief(item)),
        Kind::Map { value, .. } => format!("map of {}", brief(value)),
        kind => format!("{} {}", kind.name(), name(model, id)),
    }
}

/// The values of a string enum in the order of their places, and by name where they share one.
pub(super) fn values(members: &Members, place: impl Fn(&Member) -> usize) -> Vec<&str> {
    let mut sorted: Vec<(&String, &Member)> = members.iter().collect();
    // The sort is stable, and the members come by name.
    sorted.sort_by_key(|(_, member)| place(member));
    sorted.into_iter().map(|(name, member)| member.traits.text("smithy.api#enumValue").unwrap_or(name)).collect()
}

/// A value's place in the list that it comes from.
pub(super) fn listed_place(member: &Member) -> Option<usize> {
    member.pointer.as_str().rsplit_once('/').and_then(|(_, index)| index.parse().ok())
}
