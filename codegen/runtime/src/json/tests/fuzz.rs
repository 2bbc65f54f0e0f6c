//! Tests with random documents. The random numbers are the same in every run.

use super::random::{check, damage, damages, styled, values};
use super::{REPLY, agree, document, same};
use crate::json::{Error, Reader, Writer};
use aws_smithy_types::{DateTime, Document, Number};
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn any_value_in_any_style_is_read_exactly() {
    check(300, &(values(), prop::collection::vec(any::<u8>(), 1..50)), |(value, noise)| {
        let text = styled(&value, &noise);
        agree(text.as_bytes());
        assert!(same(&document(text.as_bytes()).unwrap(), &value), "{text}");
    });
}

#[test]
fn any_number_reads_as_in_serde_json() {
    check(2_000, &"-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,4})?", |text| agree(text.as_bytes()));
    check(2_000, &"[-+.eE0-9]{1,8}", |text| agree(text.as_bytes()));
}

/// Reads a scalar as an object, which is an error, after skipping `before` scalars.
fn stumble(reader: &mut Reader<'_>, value: &Value, before: &mut usize) -> Result<(), Error> {
    match value {
        Value::Array(items) => {
            reader.array()?;
            items.iter().try_for_each(|value| reader.item().and_then(|_| stumble(reader, value, before)))?;
            reader.item().map(drop)
        }
        Value::Object(members) => {
            reader.object()?;
            members.values().try_for_each(|value| reader.key().map(drop).and_then(|()| stumble(reader, value, before)))?;
            reader.key().map(drop)
        }
        Value::Null => reader.skip(),
        _ if *before > 0 => {
            *before -= 1;
            reader.skip()
        }
        _ => reader.object().map(drop),
    }
}

/// The paths of all scalars that are not null, in the order of the document.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| paths(value, &format!("{path}[{index}]"), found)),
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            let identifier = name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
                && name.chars().all(|character| character == '_' || character.is_ascii_alphanumeric());
            let dot = if path.is_empty() { "" } else { "." };
            paths(value, &if identifier { format!("{path}{dot}{name}") } else { format!("{path}{{..}}") }, found);
        }),
        Value::Null => {}
        _ => found.push(path.to_owned()),
    }
}

#[test]
fn an_error_at_any_scalar_has_its_path() {
    check(500, &(values(), prop::collection::vec(any::<u8>(), 1..50), any::<prop::sample::Index>()), |(value, noise, place)| {
        let text = styled(&value, &noise);
        let mut found = Vec::new();
        paths(&value, "", &mut found);
        if !found.is_empty() {
            let mut before = place.index(found.len());
            let expected = &found[before];
            let error = stumble(&mut Reader::new(text.as_bytes()).unwrap(), &value, &mut before).unwrap_err();
            assert_eq!(error.path(), expected, "{text}");
        }
    });
}

#[test]
fn a_damaged_document_is_accepted_if_serde_json_accepts_it() {
    check(6_000, &damages(), |damages| {
        let mut bytes = REPLY.as_bytes().to_vec();
        damage(&mut bytes, damages);
        agree(&bytes);
        typed(&bytes);
    });
    check(300, &(values(), damages()), |(value, damages)| {
        let mut bytes = value.to_string().into_bytes();
        damage(&mut bytes, damages);
        agree(&bytes);
    });
    check(3_000, &"[\\[\\]{},:\" 0-1.e\\\\untrlabdDfs8]{0,16}", |text| agree(text.as_bytes()));
}

/// Reads a document as generated code does. It may refuse a valid document, but never accepts an invalid one.
fn typed(bytes: &[u8]) {
    fn member(reader: &mut Reader<'_>) -> Result<Option<()>, Error> {
        if !reader.object()? {
            return Ok(None);
        }
        while let Some(name) = reader.key()? {
            match name {
                "builds" | "phases" | "contexts" | "environmentVariables" => drop(reader.list(member)?),
                "environment" => drop(member(reader)?),
                "startTime" | "endTime" => drop(reader.timestamp()?),
                "buildNumber" | "durationInSeconds" => drop(reader.integer()?),
                "buildComplete" => drop(reader.bool()?),
                "tags" => drop(reader.map::<String, _>(Reader::document)?),
                "id" | "message" | "value" => drop(reader.string()?),
                _ => reader.skip()?,
            }
        }
        Ok(Some(()))
    }
    let read = Reader::new(bytes).and_then(|mut reader| member(&mut reader).and_then(|_| reader.finish()));
    assert!(read.is_err() || super::theirs(bytes).is_ok(), "{}", String::from_utf8_lossy(bytes));
}

#[test]
fn no_order_of_calls_panics_or_loops() {
    check(1_000, &prop::collection::vec(0_u8..14, 1..60), |calls| {
        let mut reader = Reader::new(REPLY.as_bytes()).unwrap();
        for call in calls {
            let _: Result<(), Error> = match call {
                0 | 1 => reader.object().map(drop),
                2..=4 => reader.key().map(drop),
                5 | 6 => reader.array().map(drop),
                7 | 8 => reader.item().map(drop),
                9 => reader.string().map(drop),
                10 => reader.skip(),
                11 => reader.document().map(drop),
                12 => reader.timestamp().map(drop),
                _ => reader.list(|_| Ok(Some(()))).map(drop),
            };
        }
        drop(reader.finish());
    });
}

fn to_document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(items) => Document::Array(items.iter().map(to_document).collect()),
        Value::Object(members) => Document::Object(members.iter().map(|(name, value)| (name.clone(), to_document(value))).collect()),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => Number::PosInt(value),
            (None, Some(value)) => Number::NegInt(value),
            (None, None) => Number::Float(number.as_f64().unwrap()),
        }),
    }
}

#[test]
fn written_values_read_as_the_same() {
    check(300, &values(), |value| {
        let mut writer = Writer::new();
        writer.document(&to_document(&value));
        let bytes = writer.into_bytes();
        agree(&bytes);
        assert!(same(&document(&bytes).unwrap(), &value));
        assert_eq!(document(&bytes).unwrap(), to_document(&value));
    });
    check(1_000, &(any::<f64>(), any::<f32>()), |(double, float)| {
        let mut writer = Writer::new();
        writer.begin_array();
        writer.double(&double);
        writer.float(&float);
        writer.end_array();
        let bytes = writer.into_bytes();
        let mut reader = Reader::new(&bytes).unwrap();
        assert!(reader.array().unwrap() && reader.item().unwrap());
        assert_eq!(reader.double().unwrap(), Some(double));
        assert!(reader.item().unwrap());
        assert_eq!(reader.float().unwrap(), Some(float));
    });
}

#[test]
fn any_timestamp_survives_the_epoch_format() {
    let near_and_far = prop_oneof![-4_000_000_000_i64..260_000_000_000, any::<i64>()];
    let fractions = prop_oneof![Just(0), 0_u32..1_000_000_000, (0_u32..1_000).prop_map(|millis| millis * 1_000_000)];
    check(2_000, &(near_and_far, fractions), |(seconds, nanos)| {
        let value = DateTime::from_secs_and_nanos(seconds, nanos);
        let mut writer = Writer::new();
        writer.timestamp_epoch(&value);
        let bytes = writer.into_bytes();
        serde_json::from_slice::<f64>(&bytes).unwrap();
        assert_eq!(Reader::new(&bytes).unwrap().timestamp().unwrap(), Some(value));
    });
}
