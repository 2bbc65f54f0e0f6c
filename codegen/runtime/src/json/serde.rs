//! serde's traits on top of the wire codec. A value is serialized in the form of a request, and deserialized like a reply, so the two always
//! agree. A generated type needs one line instead of two derives.
//!
//! serde has no decimal numbers, so a number with a fraction becomes the nearest `f64`: a timestamp in seconds is exact to the microsecond.

mod collect;
mod replay;

use super::{Error, Reader, Writer};
use serde_core::de::{Deserializer, Error as _, Unexpected};
use serde_core::ser::{Error as _, Serializer};

/// Serializes the value that a function writes as JSON. For generated code.
///
/// # Errors
///
/// Those of the serializer; also if the value is nested deeper than a [`Reader`] allows.
#[doc(hidden)]
pub fn serialize<S: Serializer>(serializer: S, write: impl FnOnce(&mut Writer)) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    write(&mut writer);
    let document = writer.into_bytes();
    let reader = Reader::new(&document).map_err(|error| S::Error::custom(error.without_offset()))?;
    replay::replay(reader, serializer)
}

/// Deserializes from any self-describing format with a function that reads JSON. For generated code.
///
/// # Errors
///
/// Those of the deserializer, and those of the function, with the path of the member; also if the value is null.
#[doc(hidden)]
pub fn deserialize<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: fn(&mut Reader<'_>) -> Result<Option<T>, Error>,
) -> Result<T, D::Error> {
    let document = collect::collect(deserializer)?;
    match decode(&document, read) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(D::Error::invalid_type(Unexpected::Unit, &"a value")),
        Err(error) => Err(D::Error::custom(error.without_offset())),
    }
}

fn decode<T>(document: &[u8], read: fn(&mut Reader<'_>) -> Result<Option<T>, Error>) -> Result<Option<T>, Error> {
    let mut reader = Reader::new(document)?;
    let value = read(&mut reader)?;
    reader.finish()?;
    Ok(value)
}
