//! Tests of the reader and the writer together, with `ciborium` as the oracle.

mod errors;
mod random;
mod reading;
mod styled;
mod writing;

use super::{Error, Reader, Writer, is_document};
use aws_smithy_types::{Document, Number, base64};
use ciborium::Value;

fn read<'a, T>(document: &'a [u8], read: impl Fn(&mut Reader<'a>) -> Result<T, Error>) -> Result<T, Error> {
    let mut reader = Reader::new(document);
    let value = read(&mut reader)?;
    reader.finish().map(|()| value)
}

fn document(bytes: &[u8]) -> Result<Document, Error> {
    read(bytes, |reader| reader.document().map(Option::unwrap_or_default))
}

fn skip(bytes: &[u8]) -> Result<(), Error> {
    read(bytes, Reader::skip)
}

/// The value that ciborium reads from the whole document.
fn theirs(bytes: &[u8]) -> Option<Value> {
    let mut rest = bytes;
    let value = ciborium::from_reader(&mut rest).ok()?;
    rest.is_empty().then_some(value)
}

fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.into_bytes()
}

/// The document that a value is read as; `None` if it has a key that is not text.
fn as_document(value: &Value) -> Option<Document> {
    Some(match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Text(text) => Document::String(text.clone()),
        Value::Bytes(bytes) => Document::String(base64::encode(bytes)),
        Value::Integer(value) => number(i128::from(*value)),
        Value::Float(value) => Document::Number(Number::Float(*value)),
        Value::Tag(2 | 3, content) if content.is_bytes() => big(value)?,
        Value::Tag(_, content) => as_document(content)?,
        Value::Array(items) => Document::Array(items.iter().map(as_document).collect::<Option<_>>()?),
        Value::Map(members) => Document::Object(
            members.iter().map(|(key, value)| Some((key.as_text()?.to_owned(), as_document(value)?))).collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}

#[expect(clippy::cast_precision_loss, reason = "such a number is read as the nearest one in double precision")]
fn number(value: i128) -> Document {
    Document::Number(match (u64::try_from(value), i64::try_from(value)) {
        (Ok(value), _) => Number::PosInt(value),
        (_, Ok(value)) => Number::NegInt(value),
        _ => Number::Float(value as f64),
    })
}

/// The value of a big number that fits into 128 bits.
fn big(value: &Value) -> Option<Document> {
    let Value::Tag(tag, content) = value else { return None };
    let bytes = content.as_bytes()?;
    let magnitude = bytes.iter().try_fold(0_i128, |value, byte| value.checked_mul(256)?.checked_add((*byte).into()))?;
    Some(number(if *tag == 2 { magnitude } else { -1 - magnitude }))
}

/// Returns whether two documents are equal, not-a-number included.
fn same(ours: &Document, theirs: &Document) -> bool {
    match (ours, theirs) {
        (Document::Number(Number::Float(ours)), Document::Number(Number::Float(theirs))) => {
            ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan()
        }
        (Document::Array(ours), Document::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Document::Object(ours), Document::Object(theirs)) => {
            ours.len() == theirs.len() && theirs.iter().all(|(name, theirs)| ours.get(name).is_some_and(|ours| same(ours, theirs)))
        }
        _ => ours == theirs,
    }
}

fn hex(bytes: &[u8]) -> String {
    crate::hex::text(bytes)
}
