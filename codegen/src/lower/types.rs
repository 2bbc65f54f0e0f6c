//! What a member's value is in Rust, whether it is always there, and whether it may be shown.

use super::{NAME, is_error};
use crate::lower::Lowering;
use crate::model::{Kind, Member, Shape, ShapeId, Simple, Traits};
use crate::names;
use crate::rust::{Fallback, Presence, Role, TimestampFormat, Type};
use serde_json::Value;

/// What a member is to be called: the overlay's word, or its own name.
pub(super) fn member_name(wire: &str, traits: &Traits) -> String {
    traits.text(NAME).unwrap_or(wire).to_owned()
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

/// Whether a member is an error's message.
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

    /// Whether a value must not be printed: its member, its type, or what its list or map holds is sensitive.
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

/// Whether the field is always there.
///
/// Inputs are optional throughout, so that what a caller left out is known before it is sent. Structures and unions are optional
/// everywhere, as in AWS's crates: a service may widen `required` away later.
pub(super) fn presence(member: &Member, role: Role, ty: &Type) -> Presence {
    let traits = &member.traits;
    if role == Role::Input || matches!(ty, Type::Structure(_) | Type::Union(_) | Type::Error(_)) || traits.has("smithy.api#clientOptional")
    {
        return Presence::Optional;
    }
    match traits.get("smithy.api#default") {
        Some(Value::Null) => Presence::Optional,
        Some(value) => default_of(value, ty).map_or(Presence::Optional, Presence::Default),
        None if traits.has("smithy.api#required") => Presence::Required,
        None => Presence::Optional,
    }
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

/// The model's default in Rust; none for one that has no form here (a document other than null), which makes the field optional.
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
        (Type::Timestamp(_), Value::Number(number)) => Fallback::Timestamp(number.as_i64()?),
        (Type::Blob, Value::String(text)) if text.is_empty() => Fallback::EmptyBlob,
        _ => return None,
    })
}
