//! The Rust type of a member's value, its nullability and its sensitivity.

use super::{NAME, is_error};
use crate::lower::Lowering;
use crate::model::{Kind, Member, Model, Shape, ShapeId, Simple, Traits};
use crate::names;
use crate::rust::{Fallback, Presence, Role, TimestampFormat, Type};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, base64};
use serde_json::{Map, Value};

/// The word that a member is named after: the overlay's, or its own name.
pub(super) fn member_name(wire: &str, traits: &Traits) -> String {
    traits.text(NAME).unwrap_or_else(|| names::of_model(wire)).to_owned()
}

/// The word that a structure's field is named after. An error's message has one spelling in Rust, so that every error answers the same question
/// the same way.
pub(super) fn field_word(wire: &str, member: &Member, role: Role, ty: &Type) -> String {
    if is_message(wire, role, ty) {
        "message".to_owned()
    } else if is_like_message(wire, role) {
        "message_value".to_owned()
    } else {
        member_name(wire, &member.traits)
    }
}

/// Returns whether a member is an error's message.
pub(super) fn is_message(wire: &str, role: Role, ty: &Type) -> bool {
    is_like_message(wire, role) && *ty == Type::String
}

fn is_like_message(wire: &str, role: Role) -> bool {
    role == Role::Error && wire.eq_ignore_ascii_case("message")
}

impl Lowering<'_> {
    /// The Rust type of a member's value; none for `Unit`.
    ///
    /// Nesting of lists in lists is bounded, since `check` refuses those that contain themselves and those that nest too deep.
    pub(super) fn member_type(&self, member: &Member) -> Option<Type> {
        let shape = self.model.shape(&member.target)?;
        Some(match &shape.kind {
            Kind::Simple(Simple::Blob) if is_streaming(member, shape) => Type::ByteStream,
            Kind::Simple(simple) => simple_type(*simple, timestamp_format(&member.traits, &shape.traits)),
            Kind::IntEnum(_) => Type::Integer,
            Kind::Enum(_) => Type::Enum(self.names.get(&member.target)?.clone()),
            Kind::Union(_) => Type::Union(self.names.get(&member.target)?.clone()),
            Kind::Structure(_) if is_error(shape) => Type::Error(self.names.get(&member.target)?.clone()),
            Kind::Structure(_) => Type::Structure(self.names.get(&member.target)?.clone()),
            Kind::List(item) => Type::List { item: Box::new(self.member_type(item)?), sparse: shape.traits.has("smithy.api#sparse") },
            Kind::Map { key, value } => {
                let key = match self.member_type(key)? {
                    Type::Enum(name) => Some(name),
                    _ => None,
                };
                Type::Map { key, value: Box::new(self.member_type(value)?), sparse: shape.traits.has("smithy.api#sparse") }
            }
            Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) => return None,
        })
    }

    /// Returns whether a value must not be printed: its member, its type, or an item of its list or map is sensitive.
    pub(super) fn sensitive(&self, member: &Member) -> bool {
        const SENSITIVE: &str = "smithy.api#sensitive";
        let mut pending = vec![member];
        while let Some(member) = pending.pop() {
            let shape = self.model.shape(&member.target);
            if member.traits.has(SENSITIVE) || shape.is_some_and(|shape| shape.traits.has(SENSITIVE)) {
                return true;
            }
            match shape.map(|shape| &shape.kind) {
                Some(Kind::List(item)) => pending.push(item),
                Some(Kind::Map { key, value }) => pending.extend([key, value]),
                _ => {}
            }
        }
        false
    }

    /// The name of a type in the selection.
    pub(super) fn type_name(&self, id: &ShapeId) -> Option<names::Name> {
        self.names.get(id).cloned()
    }

    /// The shape's module, which is its file.
    pub(super) fn module_name(&self, id: &ShapeId, shape: &Shape) -> names::Name {
        names::module_name(&self.rust_name(id, shape))
    }
}

/// The nullability of a member in Rust, as far as the model decides it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Nullability<'m> {
    /// It is an `Option`.
    Optional,
    /// It is always there, because it has to be.
    Required,
    /// It is always there, because an absent one has a value.
    Default(&'m Value),
}

/// Returns the nullability of a structure's member.
///
/// Inputs are optional throughout, so that what a caller left out is known before it is sent. Structures and unions are optional
/// everywhere, as in AWS's crates: a service may widen `required` away later. An error's message may always be absent.
pub(crate) fn nullability<'m>(model: &'m Model, role: Role, wire: &str, member: &'m Member) -> Nullability<'m> {
    let kind = model.shape(&member.target).map(|shape| &shape.kind);
    let is_aggregate = matches!(kind, Some(Kind::Structure(_) | Kind::Union(_)));
    let is_message = || role == Role::Error && wire.eq_ignore_ascii_case("message") && matches!(kind, Some(Kind::Simple(Simple::String)));
    if role == Role::Input || is_aggregate || member.traits.has("smithy.api#clientOptional") || is_message() {
        return Nullability::Optional;
    }
    match default(model, member) {
        Some(Value::Null) => Nullability::Optional,
        Some(value) => Nullability::Default(value),
        None if member.traits.has("smithy.api#required") => Nullability::Required,
        None => Nullability::Optional,
    }
}

/// A member's default: its own, or else its target's. Version 1 of Smithy says with `box` that the target's does not count.
pub(crate) fn default<'m>(model: &'m Model, member: &'m Member) -> Option<&'m Value> {
    const DEFAULT: &str = "smithy.api#default";
    if member.traits.has("smithy.api#box") { member.traits.get(DEFAULT) } else { model.effective(member, DEFAULT) }
}

/// The same with the value that stands for an absent one. A stream is empty then, as in AWS's crates.
pub(super) fn presence(model: &Model, role: Role, wire: &str, member: &Member, ty: &Type) -> Presence {
    if *ty == Type::ByteStream {
        return Presence::Default(Fallback::Zero);
    }
    match nullability(model, role, wire, member) {
        Nullability::Optional => Presence::Optional,
        Nullability::Default(value) => default_of(value, ty).map_or(Presence::Optional, Presence::Default),
        Nullability::Required => Presence::Required(absent(ty)),
    }
}

/// True if a blob is sent or received piece by piece.
pub(super) fn is_streaming(member: &Member, target: &Shape) -> bool {
    const STREAMING: &str = "smithy.api#streaming";
    member.traits.has(STREAMING) || target.traits.has(STREAMING)
}

fn simple_type(simple: Simple, format: TimestampFormat) -> Type {
    match simple {
        Simple::Boolean => Type::Boolean,
        Simple::Byte => Type::Byte,
        Simple::Short => Type::Short,
        Simple::Integer => Type::Integer,
        Simple::Long => Type::Long,
        Simple::Float => Type::Float,
        Simple::Double => Type::Double,
        Simple::Blob => Type::Blob,
        Simple::Timestamp => Type::Timestamp(format),
        Simple::Document => Type::Document,
        // `select` refuses the numbers of any size; text is what would lose nothing of them.
        Simple::String | Simple::BigInteger | Simple::BigDecimal => Type::String,
    }
}

/// The member's format, the shape's, or the protocol's own: epoch seconds.
fn timestamp_format(member: &Traits, shape: &Traits) -> TimestampFormat {
    const FORMAT: &str = "smithy.api#timestampFormat";
    match member.text(FORMAT).or_else(|| shape.text(FORMAT)) {
        Some("date-time") => TimestampFormat::DateTime,
        Some("http-date") => TimestampFormat::HttpDate,
        _ => TimestampFormat::EpochSeconds,
    }
}

/// The value that a required member has in a reply that leaves it out.
fn absent(ty: &Type) -> Fallback {
    match ty {
        Type::Enum(_) => Fallback::EnumText(String::new()),
        Type::Timestamp(_) => Fallback::Timestamp(0, 0),
        Type::Blob => Fallback::Blob(Vec::new()),
        Type::Document => Fallback::Document(Value::Null),
        _ => Fallback::Zero,
    }
}

/// The model's default in Rust; none for a value of another type, which makes the field optional.
fn default_of(value: &Value, ty: &Type) -> Option<Fallback> {
    Some(match (ty, value) {
        (Type::Boolean, Value::Bool(false)) => Fallback::Zero,
        (Type::Boolean, Value::Bool(true)) => Fallback::Literal("true".to_owned()),
        (Type::Byte | Type::Short | Type::Integer | Type::Long, Value::Number(number)) if number.as_i64() == Some(0) => Fallback::Zero,
        (Type::Byte | Type::Short | Type::Integer | Type::Long, Value::Number(number)) => Fallback::Literal(number.as_i64()?.to_string()),
        (Type::Float | Type::Double, Value::Number(number)) if number.as_f64() == Some(0.0) => Fallback::Zero,
        (Type::Float | Type::Double, Value::Number(number)) => Fallback::Literal(format!("{:?}", number.as_f64()?)),
        (Type::String, Value::String(text)) if text.is_empty() => Fallback::Zero,
        (Type::String, Value::String(text)) => Fallback::Text(text.clone()),
        (Type::Enum(_), Value::String(text)) => Fallback::EnumText(text.clone()),
        (Type::List { .. }, Value::Array(_)) | (Type::Map { .. }, Value::Object(_)) => Fallback::Zero,
        (Type::Timestamp(_), Value::Number(number)) => timestamp(DateTime::from_secs_f64(number.as_f64()?)),
        (Type::Timestamp(_), Value::String(text)) => {
            let formats = [Format::DateTimeWithOffset, Format::HttpDate];
            timestamp(formats.into_iter().find_map(|format| DateTime::from_str(text, format).ok())?)
        }
        (Type::Blob, Value::String(text)) => Fallback::Blob(base64::decode(text).ok()?),
        (Type::Document, Value::Array(_)) => Fallback::Document(Value::Array(Vec::new())),
        (Type::Document, Value::Object(_)) => Fallback::Document(Value::Object(Map::new())),
        (Type::Document, value) => Fallback::Document(value.clone()),
        _ => return None,
    })
}

fn timestamp(value: DateTime) -> Fallback {
    Fallback::Timestamp(value.secs(), value.subsec_nanos())
}
