//! Any bytes as CBOR: the runtime's reader, writer and check of the grammar, and ciborium.

use ciborium::Value;
use smithlet_runtime::primitives::Document;
use smithlet_runtime::support::cbor::{Error, Reader, decode, encode};

/// The longest line of an error, in characters.
const LONGEST_LINE: usize = 500;

/// Reads the bytes and checks the value, or the error.
///
/// # Panics
/// When the readers do not agree, a value does not survive being written, or an error is not one short line.
pub fn check(input: &[u8]) {
    let ours = document(input);
    let skipped = decode(input, |reader| reader.skip().map(Some));
    let theirs = theirs(input);
    assert!(ours.is_err() || skipped.is_ok(), "a value that is read can be skipped");
    // ciborium reads deeper documents.
    let is_too_deep = skipped.as_ref().is_err_and(|error| error.to_string().contains("nested too deeply"));
    // It also reads a simple value below 32 in two bytes, which is malformed (RFC 8949, section 3.3).
    let has_long_simple = input.windows(2).any(|pair| pair[0] == 0xF8 && pair[1] < 32);
    // And a string of unknown length as a part of another, which is malformed too (section 3.2.3).
    let has_string_in_string = skipped.as_ref().is_err_and(|error| matches!(input.get(error.offset()), Some(0x5F | 0x7F)));
    let is_lenient = is_too_deep || has_long_simple || has_string_in_string;
    assert!(theirs.is_none() || skipped.is_ok() || is_lenient, "ciborium accepts the document");
    for error in ours.as_ref().err().into_iter().chain(skipped.as_ref().err()) {
        let line = error.to_string();
        assert!(!line.contains(char::is_control) && line.chars().count() < LONGEST_LINE, "{line:?}");
        assert!(error.offset() <= input.len(), "{line}");
        assert!(error.is_well_formed() || skipped.is_err(), "{line}");
    }
    let Ok(ours) = ours else { return };
    let again = written(&ours);
    assert_eq!(written(&document(&again).expect("what is written can be read")), again, "a value survives writing and reading");
    let values = [self::theirs(&again).expect("ciborium reads what is written")].into_iter().chain(theirs);
    for value in values {
        let mut bytes = Vec::new();
        ciborium::into_writer(&value, &mut bytes).expect("a value has a form");
        let as_theirs = document(&bytes).expect("what ciborium writes can be read");
        assert_eq!(written(&as_theirs), again, "ciborium reads the same value: {value:?}");
    }
}

fn document(input: &[u8]) -> Result<Document, Error> {
    Ok(decode(input, Reader::document)?.unwrap_or_default())
}

fn written(document: &Document) -> Vec<u8> {
    encode(|writer| writer.document(document))
}

/// The value that ciborium reads from all of the bytes.
fn theirs(input: &[u8]) -> Option<Value> {
    let mut rest = input;
    let value = ciborium::from_reader(&mut rest).ok()?;
    rest.is_empty().then_some(value)
}
