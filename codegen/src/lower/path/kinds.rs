//! Types of values: their names in faults, and reading what is behind a reference.

use crate::names::Name;
use crate::rust;
use crate::rust::path::{Get, Kind, Part, Type, Value};

/// The type of the value that a field's accessor returns.
pub(super) fn accessed(ty: &rust::Type) -> Type {
    match ty {
        rust::Type::Enum(_) => Type::Held(ty.clone()),
        _ => Type::scalar(ty).unwrap_or_else(|| Type::Held(ty.clone())),
    }
}

/// The value itself instead of a reference to a scalar or an enum.
pub(super) fn read(value: Value) -> Value {
    let ty = match &value.ty {
        Type::Held(held) => Type::scalar(held),
        _ => None,
    };
    match ty {
        Some(ty) => {
            let nullable = value.nullable;
            Value::new(Kind::Read(Box::new(value)), ty, nullable)
        }
        None => value,
    }
}

/// A value that must not be null.
pub(super) fn demand(value: Value) -> Value {
    if !value.nullable {
        return value;
    }
    let ty = value.ty.clone();
    let kind = match value.kind {
        Kind::Items { source, part, steps } => Kind::Items { source: Box::new(demand(*source)), part, steps },
        kind => Kind::Demand(Box::new(Value { kind, ..value })),
    };
    Value::new(kind, ty, false)
}

/// The list, but empty if it may be absent, which its structure's accessor does; `None` if there is no such accessor.
pub(super) fn or_empty(value: &Value) -> Option<Value> {
    match &value.kind {
        _ if !value.nullable => Some(value.clone()),
        Kind::Get(of, Get::OptionalList(name)) if !of.nullable => {
            let get = Get::Accessor { name: name.clone(), optional: false };
            Some(Value::new(Kind::Get(of.clone(), get), value.ty.clone(), false))
        }
        Kind::Items { source, part: Part::Items, steps } => {
            let source = Box::new(or_empty(source)?);
            Some(Value::new(Kind::Items { source, part: Part::Items, steps: steps.clone() }, value.ty.clone(), false))
        }
        _ => None,
    }
}

/// A value, and before it another one for the sake of its error.
pub(super) fn after(first: Value, value: Value) -> Value {
    if !first.fails() {
        return value;
    }
    let (ty, nullable) = (value.ty.clone(), value.nullable);
    // No value uses a variable of this name.
    let name = Name::fixed("_");
    Value::new(Kind::Bind { name, of: Box::new(first), strict: false, body: Box::new(value) }, ty, nullable)
}

/// True for values that are neither false nor empty, whatever they are.
pub(super) fn is_always_true(ty: &Type) -> bool {
    match ty {
        Type::Number(_) | Type::Whole { .. } => true,
        Type::Hash(entries) => !entries.is_empty(),
        Type::Held(held) => {
            !matches!(held, rust::Type::List { .. } | rust::Type::Map { .. } | rust::Type::Document) && Type::scalar(held).is_none()
        }
        Type::Text | Type::Boolean | Type::List { .. } | Type::Null => false,
    }
}

/// True if a value is copied and not borrowed when it is passed on.
pub(super) fn is_copied(ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Boolean | Type::Number(_) => true,
        Type::Held(held) => Type::scalar(held).is_some(),
        Type::Whole { .. } | Type::List { .. } | Type::Hash(_) | Type::Null => false,
    }
}

/// The type in words, with an article.
pub(super) fn described(ty: &Type) -> String {
    match ty {
        Type::Text => "a text".to_owned(),
        Type::Boolean => "true or false".to_owned(),
        Type::Number(_) => "a number".to_owned(),
        Type::Whole { name, .. } => format!("the structure `{}`", name.plain()),
        Type::List { .. } => "a list".to_owned(),
        Type::Hash(_) => "an object".to_owned(),
        Type::Null => "null".to_owned(),
        Type::Held(held) => match held {
            rust::Type::Structure(name) | rust::Type::Error(name) => format!("the structure `{}`", name.plain()),
            rust::Type::Union(name) => format!("the union `{}`", name.plain()),
            rust::Type::List { .. } => "a list".to_owned(),
            rust::Type::Map { .. } => "a map".to_owned(),
            rust::Type::Blob => "a blob".to_owned(),
            rust::Type::ByteStream => "a stream".to_owned(),
            rust::Type::Document => "a document".to_owned(),
            rust::Type::Timestamp(_) => "a timestamp".to_owned(),
            other => Type::scalar(other).map_or_else(String::new, |ty| described(&ty)),
        },
    }
}
