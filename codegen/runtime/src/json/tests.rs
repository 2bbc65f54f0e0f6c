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

use super::{Error, Reader, is_document, without_byte_order_mark};
use aws_smithy_types::{Document, Number};
use serde_json::Value;

/// A reply with nested lists, maps, nulls, numbers of all forms, escapes and text beyond ASCII.
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

/// Returns whether the reader's value equals that of `serde_json`.
fn same(ours: &Document, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Document::Null, Value::Null) => true,
        (Document::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Document::String(ours), Value::String(theirs)) => ours == theirs,
        (Document::Number(Number::PosInt(ours)), Value::Number(theirs)) => Some(*ours) == theirs.as_u64(),
        (Document::Number(Number::NegInt(ours)), Value::Number(theirs)) => *ours < 0 && Some(*ours) == theirs.as_i64(),
        (Document::Number(Number::Float(ours)), Value::Number(theirs)) => {
            // Without its feature `float_roundtrip`, serde_json is off by a few units in the last place.
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

/// The value that `serde_json` reads, after adapting what only our reader accepts: a byte order mark, and an unpaired surrogate.
fn theirs(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    let is_surrogate = |error: &serde_json::Error| ["surrogate", "hex escape"].iter().any(|words| error.to_string().contains(words));
    let bytes = without_byte_order_mark(bytes);
    serde_json::from_slice(bytes).or_else(|error| match std::str::from_utf8(bytes) {
        Ok(text) if is_surrogate(&error) => serde_json::from_str(&without_lone_surrogates(text)),
        _ => Err(error),
    })
}

/// The text with the escapes of unpaired surrogates replaced by that of U+FFFD.
fn without_lone_surrogates(text: &str) -> String {
    let unit = |text: &str| u16::from_str_radix(text.strip_prefix(r"\u")?.get(..4)?, 16).ok();
    let (mut whole, mut rest) = (String::new(), text);
    while let Some(next) = rest.chars().next() {
        let length = match (unit(rest), rest.get(6..).and_then(unit)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
            (Some(0xD800..0xE000), _) => {
                whole.push_str(r"\ufffd");
                rest = &rest[6..];
                continue;
            }
            (Some(_), _) => 6,
            // An escaped backslash is consumed as a whole, so that `\\ud800` is not taken for the escape of a surrogate.
            (None, _) if rest.starts_with(r"\\") => 2,
            _ => next.len_utf8(),
        };
        whole.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    whole
}

/// Returns whether the document is valid JSON, even if its depth or a number in it exceeds the reader's limits.
fn is_odd(bytes: &[u8]) -> bool {
    let problem = skip(bytes).err().filter(Error::is_well_formed).map(|error| error.to_string()).unwrap_or_default();
    problem.contains("out of range") || problem.contains("too deeply")
}

/// Asserts that all ways of reading accept and refuse the same bytes as `serde_json`.
#[track_caller]
fn agree(bytes: &[u8]) {
    let shown = || String::from_utf8_lossy(bytes).into_owned();
    let (ours, skipped) = (document(bytes), skip(bytes));
    let theirs = theirs(bytes);
    assert_eq!(is_document(bytes), theirs.is_ok() || is_odd(bytes), "whether it is JSON at all: {}", shown());
    match theirs {
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
