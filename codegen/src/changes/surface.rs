//! The parts of a shape that show in the signatures of the generated crate: the names of types, `Option`, and whether a builder can fail.
//!
//! `lower` decides what is optional. The types are described here and not planned, because models that no crate can be made of can be
//! compared too.

use crate::lower::{Nullability, nullability};
use crate::model::{Kind, Member, Members, Model, Shape, ShapeId, Simple};
use crate::rust;

/// The deepest nesting of lists and maps that is described. `check` refuses deeper nesting.
const DEEPEST: usize = 32;

/// The place of a structure, which decides what its builder insists on.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Role {
    /// An operation's input, whose members are all optional.
    Input,
    /// Any other place.
    Other,
}

impl Role {
    /// The role that a shape has in the crate.
    fn of(self, shape: &Shape) -> rust::Role {
        match self {
            Self::Input => rust::Role::Input,
            Self::Other if shape.traits.has("smithy.api#error") => rust::Role::Error,
            Self::Other => rust::Role::Type,
        }
    }
}

/// The name of a shape in the crate, before it is made a Rust name.
pub(super) fn name<'m>(model: &'m Model, id: &'m ShapeId) -> &'m str {
    model.shape(id).and_then(|shape| shape.traits.text("smithlet.api#name")).unwrap_or(id.name())
}

/// A description of the Rust type of a shape's values. It is equal if the types are equal.
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

/// A description of a member in signatures: its Rust name, its type, and `?` if it is optional.
pub(super) fn member(model: &Model, holder: &Shape, name: &str, member: &Member, role: Role) -> String {
    let option = if nullability(model, role.of(holder), name, member) == Nullability::Optional { "?" } else { "" };
    let name = member.traits.text("smithlet.api#name").unwrap_or(name);
    format!("{name}: {}{option}", type_of(model, &member.target))
}

/// True if a structure's `build` can fail.
pub(super) fn fallible(model: &Model, holder: &Shape, members: &Members, role: Role) -> bool {
    let is_required = |(name, member): (&String, &Member)| nullability(model, role.of(holder), name, member) == Nullability::Required;
    role == Role::Input || members.iter().any(is_required)
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

/// The shape at the end of the marks `[]`, `{}` and `{key}` of a path.
pub(super) fn through<'m>(model: &'m Model, id: &'m ShapeId, marks: &str) -> Option<&'m ShapeId> {
    marks.split_inclusive([']', '}']).try_fold(id, |id, mark| match (&model.shape(id)?.kind, mark) {
        (Kind::List(item), "[]") => Some(&item.target),
        (Kind::Map { value, .. }, "{}") => Some(&value.target),
        (Kind::Map { key, .. }, "{key}") => Some(&key.target),
        _ => None,
    })
}

/// The values of a string enum in the order of their places, and by name where they share one.
pub(super) fn values(members: &Members, place: impl Fn(&Member) -> usize) -> Vec<&str> {
    let mut sorted: Vec<(&String, &Member)> = members.iter().collect();
    // The sort is stable, and the members come by name.
    sorted.sort_by_key(|(_, member)| place(member));
    sorted.into_iter().map(|(name, member)| member.traits.text("smithy.api#enumValue").unwrap_or(name)).collect()
}

/// The position of a value in the list of the file.
pub(super) fn listed_place(member: &Member) -> Option<usize> {
    member.pointer.as_str().rsplit_once('/').and_then(|(_, index)| index.parse().ok())
}
