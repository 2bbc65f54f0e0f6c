//! The values of a suite and those of Rust. Blobs are text, timestamps are seconds, and numbers that JSON does not have are text.

use aws_smithy_types::{Blob, DateTime, Document, Number};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::hash::Hash;

/// Made from a value of a suite.
pub(crate) trait Read: Sized {
    fn read(value: &Value) -> Result<Self, String>;
}

/// Shown as a value of a suite; `None` for a value that is absent.
pub(crate) trait Show {
    fn show(&self) -> Option<Value>;
}

/// The key of a map.
pub(crate) trait Key: Eq + Hash {
    fn of(text: &str) -> Self;
    fn text(&self) -> &str;
}

/// The end of a builder, which can fail only if a member is required.
pub(crate) trait Built<T> {
    fn built(self) -> Result<T, String>;
}

impl<T> Built<T> for T {
    fn built(self) -> Result<T, String> {
        Ok(self)
    }
}

impl<T, E: std::fmt::Display> Built<T> for Result<T, E> {
    fn built(self) -> Result<T, String> {
        self.map_err(|error| error.to_string())
    }
}

/// A member of a structure; null is the same as absent.
pub(crate) fn member<T: Read>(value: &Value, name: &str) -> Result<Option<T>, String> {
    match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => T::read(value).map(Some).map_err(|error| format!("{name}: {error}")),
    }
}

/// A value as the suite shows it.
pub(crate) fn show(value: &impl Show) -> Option<Value> {
    value.show()
}

/// The members of a structure without those that are absent.
pub(crate) fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>().into()
}

/// Implements the traits for a structure.
macro_rules! structure {
    ($type:ty { $($wire:literal: $field:ident $setter:ident,)* }) => {
        impl crate::value::Read for $type {
            fn read(value: &serde_json::Value) -> Result<Self, String> {
                let _ = value;
                crate::value::Built::built(<$type>::builder()$(.$setter(crate::value::member(value, $wire)?))*.build())
            }
        }

        impl crate::value::Show for $type {
            fn show(&self) -> Option<serde_json::Value> {
                Some(crate::value::object([$(($wire, crate::value::show(&self.$field)),)*]))
            }
        }
    };
}

/// Implements the traits for a union. Null members of a union mean nothing.
macro_rules! union {
    ($type:ty { $($wire:literal: $variant:ident,)* }) => {
        impl crate::value::Read for $type {
            fn read(value: &serde_json::Value) -> Result<Self, String> {
                $(if let Some(value) = crate::value::member(value, $wire)? {
                    return Ok(<$type>::$variant(value));
                })*
                Err(format!("{value} has no member of the union"))
            }
        }

        impl crate::value::Show for $type {
            fn show(&self) -> Option<serde_json::Value> {
                // A pattern takes the name of a type, and not a path that is a parameter.
                type Union = $type;
                Some(match self {
                    $(Union::$variant(value) => crate::value::object([($wire, crate::value::show(value))]),)*
                    _ => serde_json::Value::from("a member that is not known"),
                })
            }
        }
    };
}

/// Implements the traits for an enum.
macro_rules! text {
    ($type:ty) => {
        impl crate::value::Read for $type {
            fn read(value: &serde_json::Value) -> Result<Self, String> {
                <String as crate::value::Read>::read(value).map(|text| <$type>::from(text.as_str()))
            }
        }

        impl crate::value::Show for $type {
            fn show(&self) -> Option<serde_json::Value> {
                Some(serde_json::Value::from(self.as_str()))
            }
        }

        impl crate::value::Key for $type {
            fn of(text: &str) -> Self {
                Self::from(text)
            }

            fn text(&self) -> &str {
                self.as_str()
            }
        }
    };
}

/// Implements the traits for a type by a method of a value and a conversion.
macro_rules! simple {
    ($($type:ty: $value:ident => $read:expr, $shown:ident => $show:expr;)*) => {
        $(
            impl Read for $type {
                fn read($value: &Value) -> Result<Self, String> {
                    $read.ok_or_else(|| format!("{} cannot be a {}", $value, stringify!($type)))
                }
            }

            impl Show for $type {
                fn show(&self) -> Option<Value> {
                    let $shown = self;
                    Some($show)
                }
            }
        )*
    };
}

simple! {
    bool: value => value.as_bool(), it => Value::from(*it);
    i8: value => value.as_i64().and_then(|number| number.try_into().ok()), it => Value::from(*it);
    i16: value => value.as_i64().and_then(|number| number.try_into().ok()), it => Value::from(*it);
    i32: value => value.as_i64().and_then(|number| number.try_into().ok()), it => Value::from(*it);
    i64: value => value.as_i64(), it => Value::from(*it);
    f32: value => float(value), it => shown(f64::from(*it), || it.to_string());
    f64: value => float(value), it => shown(*it, || it.to_string());
    String: value => value.as_str().map(str::to_owned), it => Value::from(it.as_str());
    Blob: value => value.as_str().map(Blob::new), it => Value::from(String::from_utf8_lossy(it.as_ref()));
    DateTime: value => value.as_f64().map(DateTime::from_secs_f64), it => moment(it);
    Document: value => Some(document(value)), it => plain(it);
}

/// A number, or the text for one that JSON does not have.
fn float<T: std::str::FromStr>(value: &Value) -> Option<T> {
    match value {
        Value::String(text) if ["NaN", "Infinity", "-Infinity"].contains(&text.as_str()) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// The number of the fewest digits, which are `digits`.
fn shown(number: f64, digits: impl FnOnce() -> String) -> Value {
    if number.is_nan() {
        Value::from("NaN")
    } else if number.is_infinite() {
        Value::from(if number > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        Value::from(digits().parse::<f64>().unwrap_or(number))
    }
}

fn moment(moment: &DateTime) -> Value {
    if moment.subsec_nanos() == 0 {
        return Value::from(moment.secs());
    }
    Value::from(moment.secs() as f64 + f64::from(moment.subsec_nanos()) / 1e9)
}

fn document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(flag) => Document::Bool(*flag),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(items) => Document::Array(items.iter().map(document).collect()),
        Value::Object(members) => Document::Object(members.iter().map(|(key, value)| (key.clone(), document(value))).collect()),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Number::PosInt(number),
            (None, Some(number)) => Number::NegInt(number),
            (None, None) => Number::Float(number.as_f64().unwrap_or(f64::NAN)),
        }),
    }
}

fn plain(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(flag) => Value::from(*flag),
        Document::String(text) => Value::from(text.as_str()),
        Document::Array(items) => items.iter().map(plain).collect(),
        Document::Object(members) => members.iter().map(|(key, value)| (key.clone(), plain(value))).collect::<Map<_, _>>().into(),
        Document::Number(Number::PosInt(number)) => Value::from(*number),
        Document::Number(Number::NegInt(number)) => Value::from(*number),
        Document::Number(Number::Float(number)) => Value::from(*number),
    }
}

impl Key for String {
    fn of(text: &str) -> Self {
        text.to_owned()
    }

    fn text(&self) -> &str {
        self
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: &Value) -> Result<Self, String> {
        if value.is_null() { Ok(None) } else { T::read(value).map(Some) }
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> Option<Value> {
        self.as_ref().and_then(Show::show)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(value: &Value) -> Result<Self, String> {
        T::read(value).map(Self::new)
    }
}

impl<T: Show> Show for Box<T> {
    fn show(&self) -> Option<Value> {
        T::show(self)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Result<Self, String> {
        value.as_array().ok_or_else(|| format!("{value} is not a list"))?.iter().map(T::read).collect()
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self) -> Option<Value> {
        Some(self.iter().map(|item| item.show().unwrap_or(Value::Null)).collect())
    }
}

impl<K: Key, V: Read> Read for HashMap<K, V> {
    fn read(value: &Value) -> Result<Self, String> {
        let entries = value.as_object().ok_or_else(|| format!("{value} is not a map"))?;
        entries.iter().map(|(key, value)| Ok((K::of(key), V::read(value)?))).collect()
    }
}

impl<K: Key, V: Show> Show for HashMap<K, V> {
    fn show(&self) -> Option<Value> {
        let entry = |(key, value): (&K, &V)| (key.text().to_owned(), value.show().unwrap_or(Value::Null));
        Some(self.iter().map(entry).collect::<Map<_, _>>().into())
    }
}
