//! The conversion of JSON to a serializer's value.

use crate::json::Reader;
use crate::json::reader::Event;
use aws_smithy_types::Number;
use serde_core::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::cell::RefCell;

/// Serializes the reader's next value.
pub(super) fn replay<S: Serializer>(reader: Reader<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    Replay(RefCell::new(reader)).serialize(serializer)
}

/// The reader's next value. Serializing it moves the reader; the cell makes that possible with serde's shared references. Serializing it twice is
/// an error.
struct Replay<'a>(RefCell<Reader<'a>>);

impl Serialize for Replay<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reader = self.0.borrow_mut();
        match reader.event().map_err(|error| S::Error::custom(error.without_offset()))? {
            Event::Null => serializer.serialize_unit(),
            Event::Bool(value) => serializer.serialize_bool(value),
            Event::Number(value) => number(value, serializer),
            Event::String(text) => serializer.serialize_str(text),
            Event::Array => {
                // The items borrow the reader themselves.
                drop(reader);
                self.array(serializer)
            }
            Event::Object => {
                drop(reader);
                self.object(serializer)
            }
        }
    }
}

impl Replay<'_> {
    fn array<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        while self.0.borrow_mut().item().map_err(|error| S::Error::custom(error.without_offset()))? {
            list.serialize_element(self)?;
        }
        list.end()
    }

    fn object<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        loop {
            let mut reader = self.0.borrow_mut();
            match reader.key().map_err(|error| S::Error::custom(error.without_offset()))? {
                Some(name) => map.serialize_key(name)?,
                None => return map.end(),
            }
            drop(reader);
            map.serialize_value(self)?;
        }
    }
}

/// Serializes a signed integer if the number fits one, since some formats have no others.
fn number<S: Serializer>(value: Number, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Number::PosInt(value) => match i64::try_from(value) {
            Ok(value) => serializer.serialize_i64(value),
            Err(_) => serializer.serialize_u64(value),
        },
        Number::NegInt(value) => serializer.serialize_i64(value),
        Number::Float(value) => serializer.serialize_f64(value),
    }
}
