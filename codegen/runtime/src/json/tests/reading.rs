//! Tests of typed values, and of misuse.

use super::{Reader, read};
use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;

#[test]
fn integers_are_read_from_any_whole_number() {
    for text in
        ["60", "60.0", "6e1", "6E+1", "0.6e2", "600e-1", "60.000000000000000000000000000000000", "0.0000000000000000000000000000006e32"]
    {
        assert_eq!(read(text, Reader::long).unwrap(), Some(60), "{text}");
        assert_eq!(read(text, Reader::byte).unwrap(), Some(60), "{text}");
    }
    for text in ["0", "-0", "0.0", "0e5", "0e-999999999999999999999", "-0.0e99999999999999999999"] {
        assert_eq!(read(text, Reader::integer).unwrap(), Some(0), "{text}");
    }
    assert_eq!(read("-128", Reader::byte).unwrap(), Some(i8::MIN));
    assert_eq!(read("32767", Reader::short).unwrap(), Some(i16::MAX));
    assert_eq!(read("-2147483648", Reader::integer).unwrap(), Some(i32::MIN));
    assert_eq!(read("9223372036854775807", Reader::long).unwrap(), Some(i64::MAX));
    assert_eq!(read("-9223372036854775808", Reader::long).unwrap(), Some(i64::MIN));
    assert_eq!(read("-9223372036854775808.0", Reader::long).unwrap(), Some(i64::MIN));
    // A double cannot represent this number.
    assert_eq!(read("9007199254740993.0", Reader::long).unwrap(), Some(9_007_199_254_740_993));

    for text in ["9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e19", "1e300"] {
        let error = read(text, Reader::long).unwrap_err().to_string();
        assert_eq!(error, "expected a 64-bit integer, found a number out of range (byte 0)", "{text}");
    }
    for text in ["0.5", "-1e-1", "1e-300", "60.00000000000000000000000001"] {
        let error = read(text, Reader::long).unwrap_err().to_string();
        assert_eq!(error, "expected a 64-bit integer, found a number with a fraction (byte 0)", "{text}");
    }
    assert!(read("128", Reader::byte).is_err() && read("32768", Reader::short).is_err() && read("2147483648", Reader::integer).is_err());
}

#[test]
fn numbers_and_booleans_are_read_from_strings() {
    for (text, value) in [("\"60\"", 60), ("\"-60.0\"", -60), ("\"6e1\"", 60), ("\"\\u0036\"", 6)] {
        assert_eq!(read(text, Reader::integer).unwrap(), Some(value), "{text}");
        assert_eq!(read(text, Reader::long).unwrap(), Some(value.into()), "{text}");
    }
    for (text, found) in [
        ("\"soon\"", "a string"),
        ("\"\"", "a string"),
        ("\" 60\"", "a string"),
        ("\"0x10\"", "a string"),
        ("\"60.5\"", "a number with a fraction"),
        ("\"99999999999\"", "a number out of range"),
    ] {
        let error = read(text, Reader::integer).unwrap_err().to_string();
        assert_eq!(error, format!("expected a 32-bit integer, found {found} (byte 0)"), "{text}");
    }
    for (text, value) in [("\"true\"", true), ("\"False\"", false), ("true", true)] {
        assert_eq!(read(text, Reader::bool).unwrap(), Some(value), "{text}");
    }
    for text in ["\"yes\"", "\"\"", "\"true \""] {
        assert_eq!(read(text, Reader::bool).unwrap_err().to_string(), "expected a boolean, found a string (byte 0)", "{text}");
    }
}

#[test]
fn an_unpaired_surrogate_reads_as_a_replacement_character() {
    for (text, value) in [
        (r#""a\ud800b""#, "a\u{fffd}b"),
        (r#""\udc00""#, "\u{fffd}"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
        (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
    ] {
        assert_eq!(read(text, Reader::string).unwrap().as_deref(), Some(value), "{text}");
    }
    assert!(read(r#""\ud83d\u12""#, Reader::string).is_err());
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert!(read("\u{feff}{}", Reader::document).is_ok());
    assert_eq!(read("\u{feff} 7 ", Reader::long).unwrap(), Some(7));
    assert!(read(" \u{feff}7", Reader::long).is_err(), "it is skipped at the beginning only");
}

#[test]
fn an_error_knows_whether_the_document_is_well_formed() {
    let deep = "[".repeat(300) + &"]".repeat(300);
    for text in [r#"{"a": []}"#, r#"["x", 1]"#, "7", "true", "\u{feff}[{}]", "[1e999]", &deep] {
        let error = read(text, |reader| reader.list(Reader::string)).unwrap_err();
        assert!(error.is_well_formed(), "{error}");
    }
    for text in ["", "[7", "[7] x", "[7,]", "{\"a\" 7}", "[7, nul]", "[7, 01]", "[7, \"\\x\"]", &deep[1..], &deep[..599], "<html>", "soon"]
    {
        let error = read(text, |reader| reader.list(Reader::string)).unwrap_err();
        assert!(!error.is_well_formed(), "{text}: {error}");
    }
    assert!(!Reader::new(b"[7, \"\xff\"]").err().unwrap().is_well_formed());
}

#[test]
fn floating_point_numbers_are_the_nearest_or_named_in_strings() {
    assert_eq!(read("3", Reader::double).unwrap(), Some(3.0));
    assert_eq!(read("0.1", Reader::double).unwrap(), Some(0.1));
    assert_eq!(read("0.1", Reader::float).unwrap(), Some(0.1));
    assert_eq!(read("9007199254740993", Reader::double).unwrap(), Some(9_007_199_254_740_992.0));
    assert!(read("\"NaN\"", Reader::double).unwrap().unwrap().is_nan());
    assert_eq!(read("\"Infinity\"", Reader::float).unwrap(), Some(f32::INFINITY));
    assert_eq!(read("\"-Infinity\"", Reader::double).unwrap(), Some(f64::NEG_INFINITY));
    assert_eq!(read("\"-1.5\"", Reader::double).unwrap(), Some(-1.5));
    for refused in ["\"nan\"", "\"1 \"", "\"\"", "1e309", "\"1e309\"", "true", "[]"] {
        assert!(read(refused, Reader::double).is_err(), "{refused}");
    }
    let error = read("1e39", Reader::float).unwrap_err().to_string();
    assert_eq!(error, "expected a 32-bit floating-point number, found a number out of range (byte 0)");
}

#[test]
fn timestamps_are_exact_in_every_format() {
    let exact = [
        ("0", 0, 0),
        ("1574380800", 1_574_380_800, 0),
        ("1574380800.5", 1_574_380_800, 500_000_000),
        ("1574380800.123", 1_574_380_800, 123_000_000),
        ("1574380800.123456789", 1_574_380_800, 123_456_789),
        ("1574380800.1234567899", 1_574_380_800, 123_456_789),
        ("1.5743808001234E9", 1_574_380_800, 123_400_000),
        ("1.5123e9", 1_512_300_000, 0),
        ("15743808005e-1", 1_574_380_800, 500_000_000),
        ("-1", -1, 0),
        ("-0.5", -1, 500_000_000),
        ("-1.25", -2, 750_000_000),
        ("1e-10", 0, 0),
        ("253402300799.999", 253_402_300_799, 999_000_000),
        ("9223372036854775807", i64::MAX, 0),
        ("-9223372036854775808", i64::MIN, 0),
        ("\"2019-11-22T00:00:00Z\"", 1_574_380_800, 0),
        ("\"2019-11-22T00:00:00.25Z\"", 1_574_380_800, 250_000_000),
        ("\"2019-11-22T02:00:00+02:00\"", 1_574_380_800, 0),
        ("\"9999-12-31T23:59:59.999Z\"", 253_402_300_799, 999_000_000),
        ("\"Fri, 22 Nov 2019 00:00:00 GMT\"", 1_574_380_800, 0),
        ("\"Fri, 22 Nov 2019 00:00:00.5 GMT\"", 1_574_380_800, 500_000_000),
        ("\"1574380800\"", 1_574_380_800, 0),
        ("\"1513282360.5\"", 1_513_282_360, 500_000_000),
        ("\"-1.5123e9\"", -1_512_300_000, 0),
        ("\"2019-11-22T00:00:00\"", 1_574_380_800, 0),
        ("\"2019-11-22T00:00:00.25\"", 1_574_380_800, 250_000_000),
    ];
    for (text, seconds, nanos) in exact {
        assert_eq!(read(text, Reader::timestamp).unwrap(), Some(DateTime::from_secs_and_nanos(seconds, nanos)), "{text}");
    }
    let inexact = [
        "\"\"",
        "\"1574380800 s\"",
        "\"1e30\"",
        "\"2019-11-22\"",
        "\"2019-13-22T00:00:00Z\"",
        "\"yesterday\"",
        "\"😀😀😀😀😀😀😀😀\"",
        "\"Fri, 22 Nov 2019 00:00:00. GMT\"",
    ];
    for text in inexact {
        let error = read(text, Reader::timestamp).unwrap_err().to_string();
        assert_eq!(error, "expected a timestamp, found a string of another form (byte 0)", "{text}");
    }
    for text in ["9223372036854775808", "-9223372036854775808.5", "1e30", "1e300"] {
        let error = read(text, Reader::timestamp).unwrap_err().to_string();
        assert_eq!(error, "expected a timestamp, found a number out of range (byte 0)", "{text}");
    }
    assert_eq!(read("true", Reader::timestamp).unwrap_err().to_string(), "expected a timestamp, found a boolean (byte 0)");
}

#[test]
fn blobs_are_padded_base64() {
    for (text, bytes) in [
        ("\"\"", &b""[..]),
        ("\"AA==\"", b"\0"),
        ("\"AAE=\"", b"\0\x01"),
        ("\"AAEC\"", b"\0\x01\x02"),
        ("\"\\u002b/+\\/\"", b"\xfb\xff\xbf"),
    ] {
        assert_eq!(read(text, Reader::blob).unwrap(), Some(Blob::new(bytes)), "{text}");
    }
    for text in ["\"A\"", "\"AA\"", "\"AA=\"", "\"AAE\"", "\"AA===\"", "\"=\"", "\"A*==\"", "\"AA==AA==\"", "\"AAEC \"", "\"-_-_\""] {
        let error = read(text, Reader::blob).unwrap_err().to_string();
        assert_eq!(error, "expected a string in base64, found a string of another form (byte 0)", "{text}");
    }
}

#[test]
fn null_is_absence_for_every_type() {
    assert!(!read("null", Reader::object).unwrap());
    assert!(!read("null", Reader::array).unwrap());
    assert_eq!(read("null", |reader| reader.str().map(|text| text.map(str::to_owned))).unwrap(), None);
    assert_eq!(read("null", Reader::string).unwrap(), None);
    assert_eq!(read("null", Reader::bool).unwrap(), None);
    assert_eq!(read("null", Reader::byte).unwrap(), None);
    assert_eq!(read("null", Reader::short).unwrap(), None);
    assert_eq!(read("null", Reader::integer).unwrap(), None);
    assert_eq!(read("null", Reader::long).unwrap(), None);
    assert_eq!(read("null", Reader::float).unwrap(), None);
    assert_eq!(read("null", Reader::double).unwrap(), None);
    assert_eq!(read("null", Reader::timestamp).unwrap(), None);
    assert_eq!(read("null", Reader::blob).unwrap(), None);
    assert_eq!(read("null", Reader::document).unwrap(), None);
    assert_eq!(read("null", |reader| reader.list(Reader::string)).unwrap(), None);
    assert_eq!(read("null", |reader| reader.map::<String, _>(Reader::string)).unwrap(), None);
    read("null", Reader::skip).unwrap();
    assert_eq!(read("[null]", Reader::document).unwrap(), Some(Document::Array(vec![Document::Null])));
}

#[test]
fn dense_collections_omit_nulls_and_the_last_duplicate_counts() {
    assert_eq!(read("[1, null, 2]", |reader| reader.list(Reader::long)).unwrap(), Some(vec![1, 2]));
    assert_eq!(read("[1, null, 2]", |reader| reader.sparse_list(Reader::long)).unwrap(), Some(vec![Some(1), None, Some(2)]));
    let map = r#"{"a": 1, "b": null, "a": 2, "\u0063\n": 3}"#;
    let dense: HashMap<String, i64> = read(map, |reader| reader.map(Reader::long)).unwrap().unwrap();
    assert_eq!(dense, HashMap::from([("a".to_owned(), 2), ("c\n".to_owned(), 3)]));
    let sparse: HashMap<Box<str>, Option<i64>> = read(map, |reader| reader.sparse_map(Reader::long)).unwrap().unwrap();
    assert_eq!(sparse, HashMap::from([("a".into(), Some(2)), ("b".into(), None), ("c\n".into(), Some(3))]));
}

#[test]
fn misuse_is_an_error_and_so_is_every_call_after_an_error() {
    let reader = |document: &'static str| Reader::new(document.as_bytes()).unwrap();
    assert!(reader("1").key().is_err());
    assert!(reader("1").item().is_err());
    assert!(reader("1").finish().is_err());
    assert!(reader("[]").finish().is_err());

    let mut twice = reader("1 2");
    twice.long().unwrap();
    assert!(twice.long().is_err());

    let mut list = reader("[1, 2]");
    assert!(list.array().unwrap());
    assert!(list.long().is_err(), "without asking for an item");
    assert!(list.item().is_err(), "after an error");

    let mut list = reader("[1, 2]");
    assert!(list.array().unwrap() && list.item().unwrap());
    assert!(list.item().is_err(), "without reading the item");

    let mut list = reader("[1, 2]");
    assert!(list.array().unwrap());
    assert!(list.key().is_err(), "a key in a list");

    let mut object = reader(r#"{"a": 1}"#);
    assert!(object.object().unwrap());
    assert!(object.item().is_err(), "an item in an object");

    let mut list = reader(r#"["a", 1]"#);
    assert!(list.array().unwrap() && list.item().unwrap());
    assert!(list.long().is_err());
    assert!(list.string().is_err(), "a second try after an error");
}

#[test]
fn strings_are_borrowed_until_they_have_escapes() {
    let document = r#"["plain", "with \"escapes\"", "plain again"]"#;
    let mut reader = Reader::new(document.as_bytes()).unwrap();
    assert!(reader.array().unwrap() && reader.item().unwrap());
    let plain = reader.str().unwrap().unwrap();
    assert!(document.as_bytes().as_ptr_range().contains(&plain.as_ptr()));
    assert!(reader.item().unwrap());
    assert_eq!(reader.str().unwrap(), Some("with \"escapes\""));
    assert!(reader.item().unwrap());
    assert_eq!(reader.str().unwrap(), Some("plain again"));
    assert!(!reader.item().unwrap());
    reader.finish().unwrap();
}
