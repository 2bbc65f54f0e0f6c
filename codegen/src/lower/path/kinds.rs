//! Types of values: what they are called, what is read out of a reference, and what variables are called.

use crate::names::{self, Name};
use crate::rust;
use crate::rust::path::{Get, Kind, Number, Type, Value};

/// The type of a scalar or an enum behind a reference; `None` for any other value.
pub(super) fn scalar(ty: &rust::Type) -> Option<Type> {
    Some(match ty {
        rust::Type::String | rust::Type::Enum(_) => Type::Text,
        rust::Type::Boolean => Type::Boolean,
        rust::Type::Byte => Type::Number(Number::Byte),
        rust::Type::Short => Type::Number(Number::Short),
        rust::Type::Integer => Type::Number(Number::Integer),
        rust::Type::Long => Type::Number(Number::Long),
        rust::Type::Float => Type::Number(Number::Float),
        rust::Type::Double => Type::Number(Number::Double),
        _ => return None,
    })
}

/// The type of the value that a field's accessor returns.
pub(super) fn accessed(ty: &rust::Type) -> Type {
    match ty {
        rust::Type::Enum(_) => Type::Held(ty.clone()),
        _ => scalar(ty).unwrap_or_else(|| Type::Held(ty.clone())),
    }
}

/// The value itself instead of a reference to a scalar or an enum.
pub(super) fn read(value: Value) -> Value {
    let ty = match &value.ty {
        Type::Held(held) => scalar(held),
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

/// The value, or an empty list if it is a list that may be absent; `None` if that is not a part of its structure's accessor.
pub(super) fn or_empty(value: &Value) -> Option<Value> {
    match &value.kind {
        _ if !value.nullable => Some(value.clone()),
        Kind::Get(of, Get::OptionalList(name)) if !of.nullable => {
            let get = Get::Accessor { name: name.clone(), optional: false };
            Some(Value::new(Kind::Get(of.clone(), get), value.ty.clone(), false))
        }
        _ => None,
    }
}

/// True for values that are neither false nor empty, whatever they are.
pub(super) fn is_always_true(ty: &Type) -> bool {
    match ty {
        Type::Number(_) | Type::Whole { .. } => true,
        Type::Hash(entries) => !entries.is_empty(),
        Type::Held(held) => !matches!(held, rust::Type::List { .. } | rust::Type::Map { .. } | rust::Type::Document) && scalar(held).is_none(),
        Type::Text | Type::Boolean | Type::List { .. } | Type::Null => false,
    }
}

/// True if a value is copied and not borrowed when it is passed on.
pub(super) fn is_copied(ty: &Type) -> bool {
    match ty {
        Type::Text | Type::Boolean | Type::Number(_) => true,
        Type::Held(held) => scalar(held).is_some(),
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
            rust::Type::Document => "a document".to_owned(),
            rust::Type::Timestamp(_) => "a timestamp".to_owned(),
            other => scalar(other).map_or_else(String::new, |ty| described(&ty)),
        },
    }
}

/// The name of a variable with a value of this type. A variable may hide one of the same name, since an item's expression sees only the item.
pub(super) fn variable(ty: &Type) -> Name {
    const OTHERS: [&str; 9] = ["entries", "entry", "flag", "found", "item", "items", "number", "text", "value"];
    Name::fixed(match ty {
        Type::Held(rust::Type::Structure(name) | rust::Type::Error(name) | rust::Type::Union(name)) => {
            let name = names::field_name(name.plain());
            let is_taken = OTHERS.contains(&name.plain()) || name.plain().starts_with("value_") || name.plain().starts_with("found_");
            return if is_taken { name.affix("one_", "") } else { name };
        }
        Type::Held(rust::Type::List { .. }) | Type::List { .. } => "items",
        Type::Held(rust::Type::Map { .. }) => "entries",
        Type::Hash(_) => "entry",
        Type::Text | Type::Held(rust::Type::String | rust::Type::Enum(_)) => "text",
        Type::Boolean | Type::Held(rust::Type::Boolean) => "flag",
        Type::Number(_) => "number",
        Type::Held(held) if scalar(held).is_some() => "number",
        Type::Held(_) | Type::Whole { .. } | Type::Null => "value",
    })
}
