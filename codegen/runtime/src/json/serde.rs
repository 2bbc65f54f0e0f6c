//! serde's traits by way of the wire codec: what is written is what goes over the wire, and what is read is read as a reply is. That both are
//! the same for every value is no matter of care, then; and a generated type costs one line instead of two derives.
//!
//! serde knows no decimals, so a number with a fraction passes as the nearest `f64`: a timestamp in seconds is exact to the microsecond.

mod collect;
mod replay;

use super::{Error, Reader, Writer};
use serde_core::de::{Deserializer, Error as _, Unexpected};
use serde_core::ser::{Error as _, Serializer};

/// Serializes what a function writes. For generated code.
///
/// # Errors
///
/// Those of the serializer, and a value that lies deeper than a [`Reader`] goes.
#[doc(hidden)]
pub fn serialize<S: Serializer>(serializer: S, write: impl FnOnce(&mut Writer)) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    write(&mut writer);
    let document = writer.into_bytes();
    let reader = Reader::new(&document).map_err(|error| S::Error::custom(error.without_offset()))?;
    replay::replay(reader, serializer)
}

/// Deserializes with a function that reads JSON, from any format that says itself what its values are. For generated code.
///
/// # Errors
///
/// Those of the deserializer, and those of the function, with the path of the member; a null.
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
