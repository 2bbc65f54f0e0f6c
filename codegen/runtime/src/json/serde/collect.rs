//! The conversion of a deserializer's value to JSON.

use crate::json::Reader;
use crate::json::Writer;
use crate::json::number::Numeral;
use serde_core::de::{Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::fmt;

/// The name of the only member of a number under `serde_json`'s feature `arbitrary_precision`, which any crate of a program may enable.
const NUMBER: &str = "$serde_json::private::Number";

/// The deserializer's value as JSON.
pub(super) fn collect<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let mut writer = Writer::new();
    Collector { writer: &mut writer, depth: 0 }.deserialize(deserializer)?;
    Ok(writer.into_bytes())
}

/// Writes one value.
struct Collector<'w> {
    writer: &'w mut Writer,
    /// The number of objects and lists around the value. It is limited, since a value in memory may be nested deeper than the stack allows.
    depth: u8,
}

impl Collector<'_> {
    /// The collector of a value inside this one.
    fn inner<E: Error>(&mut self) -> Result<Collector<'_>, E> {
        if self.depth == Reader::MAX_DEPTH {
            return Err(E::custom("objects and lists are nested too deeply"));
        }
        Ok(Collector { writer: self.writer, depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Collector<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Collector<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of a type that JSON has")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.writer.bool(&value);
        Ok(())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.writer.integer(&value);
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.writer.print(format_args!("{value}"));
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.writer.print(format_args!("{value}"));
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.writer.print(format_args!("{value}"));
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.writer.double(&value);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.writer.string(text);
        Ok(())
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<(), E> {
        self.writer.blob(bytes);
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.writer.null();
        Ok(())
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.writer.begin_array();
        while items.next_element_seed(self.inner()?)?.is_some() {}
        self.writer.end_array();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut next = members.next_key()?;
        if next.as_ref().is_some_and(|Key(name)| name == NUMBER) {
            return members.next_value::<Key>().and_then(|Key(text)| self.number(&text));
        }
        self.writer.begin_object();
        while let Some(Key(name)) = next {
            self.writer.any_key(&name);
            members.next_value_seed(self.inner()?)?;
            next = members.next_key()?;
        }
        self.writer.end_object();
        Ok(())
    }

    /// Writes a variant with a value, such as YAML's `!tag value`, as an object of one member, which is the form of a union.
    fn visit_enum<A: EnumAccess<'de>>(mut self, data: A) -> Result<(), A::Error> {
        let (Key(name), value) = data.variant()?;
        self.writer.begin_object();
        self.writer.any_key(&name);
        value.newtype_variant_seed(self.inner()?)?;
        self.writer.end_object();
        Ok(())
    }
}

impl Collector<'_> {
    /// Writes a number by its text, without loss of precision.
    fn number<E: Error>(self, text: &str) -> Result<(), E> {
        if Numeral::of_text(text).is_none() {
            return Err(E::custom("invalid number"));
        }
        self.writer.print(format_args!("{text}"));
        Ok(())
    }
}

/// The name of a member. Names that are not text in another format become text.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Key, E> {
        Ok(Key(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Key, E> {
        Ok(Key(text))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Key, E> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.visit_str(text),
            Err(_) => Err(E::invalid_value(serde_core::de::Unexpected::Bytes(bytes), &self)),
        }
    }
}
