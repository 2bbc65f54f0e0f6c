//! Functions.

use super::Compiler;
use super::comparison::first;
use super::kinds::{demand, described, read};
use super::list::{entries, of};
use crate::jmespath::{Expression, Fault};
use crate::rust;
use crate::rust::path::{Kind, Number, Part, Type, Value};
use crate::suggest::{did_you_mean, enumeration};

/// The functions that are compiled, with the smallest and the greatest number of their arguments.
const SUPPORTED: [(&str, usize, usize); 7] = [
    ("contains", 2, 2),
    ("ends_with", 2, 2),
    ("keys", 1, 1),
    ("length", 1, 1),
    ("not_null", 1, usize::MAX),
    ("starts_with", 2, 2),
    ("values", 1, 1),
];

/// `JMESPath`'s other functions.
const UNSUPPORTED: [&str; 19] = [
    "abs",
    "avg",
    "ceil",
    "floor",
    "join",
    "map",
    "max",
    "max_by",
    "merge",
    "min",
    "min_by",
    "reverse",
    "sort",
    "sort_by",
    "sum",
    "to_array",
    "to_number",
    "to_string",
    "type",
];

impl Compiler<'_> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Expression], current: &Value, at: usize) -> Result<Value, Fault> {
        check(name, arguments.len(), at)?;
        let mut values = Vec::new();
        for argument in arguments {
            values.push(read(self.expression(argument, current)?));
        }
        if name == "not_null" {
            return first(values, at);
        }
        if values.iter().any(|value| value.ty == Type::Null) {
            return Err(Fault::new(at, format!("an argument of `{name}` is always null")));
        }
        let mut values = values.into_iter();
        let (Some(subject), second) = (values.next().map(demand), values.next()) else {
            return Err(Fault::new(at, format!("`{name}` has no argument")));
        };
        match (name, second) {
            ("contains", Some(wanted)) if subject.ty != Type::Text => self.has(subject, wanted, at),
            (_, Some(part)) => text_test(name, subject, demand(part), at),
            ("length", None) => length(subject, at),
            (_, None) => entries_of(name, subject, at),
        }
    }
}

/// Checks a function's name and the number of its arguments.
fn check(name: &str, count: usize, at: usize) -> Result<(), Fault> {
    let names = SUPPORTED.map(|(name, ..)| name);
    let Some((_, least, most)) = SUPPORTED.iter().find(|(own, ..)| *own == name) else {
        let message = if UNSUPPORTED.contains(&name) {
            format!("the function `{name}` is not supported; supported are {}", enumeration(&names))
        } else {
            let near = did_you_mean(name, names);
            format!("JMESPath has no function `{name}`{}{near}", if near.is_empty() { "" } else { "; " })
        };
        return Err(Fault::new(at, message));
    };
    if (*least..=*most).contains(&count) {
        return Ok(());
    }
    let (more, s) = (if most > least { "at least " } else { "" }, if *least == 1 { "" } else { "s" });
    Err(Fault::new(at, format!("`{name}` takes {more}{least} argument{s}, found {count}")))
}

fn length(of: Value, at: usize) -> Result<Value, Fault> {
    match &of.ty {
        Type::Text | Type::List { .. } | Type::Held(rust::Type::List { .. } | rust::Type::Map { .. }) => {
            Ok(Value::new(Kind::Length(Box::new(of)), Type::Number(Number::Length), false))
        }
        other => Err(Fault::new(at, format!("`length` takes a text, a list or a map, found {}", described(other)))),
    }
}

fn entries_of(name: &str, map: Value, at: usize) -> Result<Value, Fault> {
    match map.ty.clone() {
        Type::Held(rust::Type::Map { key, value, sparse }) => Ok(if name == "keys" {
            entries(map, Part::Keys, Type::Held(key.map_or(rust::Type::String, rust::Type::Enum)), false)
        } else {
            entries(map, Part::Values, Type::Held(*value), sparse)
        }),
        Type::Hash(keys) if name == "keys" => {
            of(keys.into_iter().map(|entry| Value::new(Kind::Text(entry.key), Type::Text, false)).collect(), at)
        }
        other => Err(Fault::new(at, format!("`{name}` takes a map, found {}", described(&other)))),
    }
}

fn text_test(name: &str, subject: Value, part: Value, at: usize) -> Result<Value, Fault> {
    if let Some(other) = [&subject, &part].into_iter().find(|value| value.ty != Type::Text) {
        return Err(Fault::new(at, format!("`{name}` takes texts, found {}", described(&other.ty))));
    }
    let method = match name {
        "contains" => "contains",
        "starts_with" => "starts_with",
        _ => "ends_with",
    };
    Ok(Value::boolean(Kind::TextTest(method, Box::new(subject), Box::new(part))))
}
