//! Tests of the reader and the writer together, with `serde_json` as the oracle.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod errors;
mod fuzz;
mod grammar;
mod random;
mod reading;
#[cfg(feature = "serde")]
mod serde;
mod writing;

use super::{Error, Reader};
use aws_smithy_types::{Document, Number};
use serde_json::Value;

/// A reply with everything a service may send: nested lists, maps, nulls, numbers of all forms, escapes and text beyond ASCII.
const REPLY: &str = r#" {"builds": [
    {"id": "demo:1", "arn": null, "buildNumber": 17, "startTime": 1574380800.123, "endTime": -0.5e-1, "buildComplete": true,
     "phases": [{"phaseType": "SUBMITTED", "contexts": []}, {"durationInSeconds": 60.0, "contexts": [{"message": "a\tb \u00e9\ud83d\ude00 \"x\""}]}],
     "environment": {"environmentVariables": [{"name": "A", "value": "\\d+\/"}, null], "privilegedMode": false},
     "tags": {"": {}, "ключ": [[[1e2, 1E+2, 12345678901234567890, -9223372036854775808, 0.1]]]}},
    null], "buildsNotFound": ["ünknown"]} "#;

fn read<'a, T>(document: &'a str, read: impl Fn(&mut Reader<'a>) -> Result<T, Error>) -> Result<T, Error> {
    let mut reader = Reader::new(document.as_bytes())?;
    let value = read(&mut reader)?;
    reader.finish().map(|()| value)
}

fn document(bytes: &[u8]) -> Result<Document, Error> {
    let mut reader = Reader::new(bytes)?;
    let document = reader.document()?.unwrap_or_default();
    reader.finish().map(|()| document)
}

fn skip(bytes: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(bytes)?;
    reader.skip()?;
    reader.finish()
}

/// Whether our value is `serde_json`'s.
fn same(ours: &Document, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Document::Null, Value::Null) => true,
        (Document::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Document::String(ours), Value::String(theirs)) => ours == theirs,
        (Document::Number(Number::PosInt(ours)), Value::Number(theirs)) => Some(*ours) == theirs.as_u64(),
        (Document::Number(Number::NegInt(ours)), Value::Number(theirs)) => *ours < 0 && Some(*ours) == theirs.as_i64(),
        (Document::Number(Number::Float(ours)), Value::Number(theirs)) => {
            // Without its feature `float_roundtrip` serde_json is off by a few units in the last place.
            let theirs = theirs.is_f64().then(|| theirs.as_f64()).flatten().unwrap_or(f64::NAN);
            (ours - theirs).abs() <= theirs.abs() * 1e-14 + 1e-310 && ours.is_sign_negative() == theirs.is_sign_negative()
        }
        (Document::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Document::Object(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len() && theirs.iter().all(|(name, theirs)| ours.get(name).is_some_and(|ours| same(ours, theirs)))
        }
        _ => false,
    }
}

/// Asserts that all ways of reading do with the bytes what `serde_json` does.
#[track_caller]
fn agree(bytes: &[u8]) {
    let shown = || String::from_utf8_lossy(bytes).into_owned();
    let (ours, skipped) = (document(bytes), skip(bytes));
    match serde_json::from_slice::<Value>(bytes) {
        Ok(theirs) => {
            assert!(ours.is_ok_and(|ours| same(&ours, &theirs)), "another value for {}", shown());
            assert!(skipped.is_ok(), "not skipped: {}", shown());
        }
        Err(error) => {
            assert!(ours.is_err(), "accepted, where serde_json says {error}: {}", shown());
            assert!(skipped.is_err(), "skipped, where serde_json says {error}: {}", shown());
            let error = ours.unwrap_err();
            assert!(error.offset() <= bytes.len() && !error.to_string().contains(char::is_control), "{error:?}");
        }
    }
}
