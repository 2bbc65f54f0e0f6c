//! Tests of the written bytes, and of reading them back.

use super::{document, read};
use crate::json::{Reader, Writer};
use aws_smithy_types::{Blob, DateTime, Document, Number};
use std::collections::HashMap;

fn written(write: impl Fn(&mut Writer)) -> String {
    let mut writer = Writer::new();
    write(&mut writer);
    String::from_utf8(writer.into_bytes()).unwrap()
}

#[test]
fn commas_are_written_only_between_values() {
    let text = written(|writer| {
        writer.begin_object();
        writer.key("empty");
        writer.begin_object();
        writer.end_object();
        writer.key("list");
        writer.begin_array();
        writer.begin_array();
        writer.end_array();
        writer.null();
        writer.bool(&true);
        writer.begin_object();
        writer.key("a");
        writer.integer(&1_i8);
        writer.key("b");
        writer.bool(&false);
        writer.end_object();
        writer.string("");
        writer.end_array();
        writer.key("last");
        writer.integer(&-2_i64);
        writer.end_object();
    });
    assert_eq!(text, r#"{"empty":{},"list":[[],null,true,{"a":1,"b":false},""],"last":-2}"#);
}

#[test]
fn strings_are_escaped_where_json_requires_it() {
    assert_eq!(
        written(|writer| writer.string("a\"b\\c/d\n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}é😀")),
        "\"a\\\"b\\\\c/d\\n\\r\\t\\b\\f\\u0000\\u001f\u{7f}é😀\""
    );
    assert_eq!(written(|writer| writer.map(&HashMap::from([("\"\n", true)]), Writer::bool)), r#"{"\"\n":true}"#);
    for end in 0..40 {
        let text: String = "ab\"é\\\u{1}defghijklmn\nop😀qrstuvwxyz\t\t\t\t".chars().take(end).collect();
        assert_eq!(serde_json::from_str::<String>(&written(|writer| writer.string(&text))).unwrap(), text);
    }
}

#[test]
fn numbers_have_their_shortest_exact_form() {
    for (value, text) in
        [(0.0, "0.0"), (-0.0, "-0.0"), (1.0, "1.0"), (0.1, "0.1"), (1e300, "1e300"), (-1.5e-7, "-1.5e-7"), (123_456.789, "123456.789")]
    {
        assert_eq!(written(|writer| writer.double(&value)), text);
    }
    assert_eq!(written(|writer| writer.float(&0.1)), "0.1");
    assert_eq!(written(|writer| writer.float(&f32::MAX)), "3.4028235e38");
    assert_eq!(written(|writer| writer.float(&f32::NAN)), "\"NaN\"");
    assert_eq!(written(|writer| writer.double(&-f64::NAN)), "\"NaN\"");
    assert_eq!(written(|writer| writer.double(&f64::INFINITY)), "\"Infinity\"");
    assert_eq!(written(|writer| writer.float(&f32::NEG_INFINITY)), "\"-Infinity\"");
    assert_eq!(written(|writer| writer.integer(&i64::MIN)), "-9223372036854775808");
    for value in [f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::EPSILON, 1e15, 1e16, 1e17, 9_007_199_254_740_993.0, 1.0 / 3.0] {
        assert_eq!(read(&written(|writer| writer.double(&value)), Reader::double).unwrap(), Some(value));
        assert!(serde_json::from_str::<f64>(&written(|writer| writer.double(&value))).is_ok());
    }
    for value in [f32::MIN, f32::MIN_POSITIVE, f32::EPSILON, 16_777_216.0, 1e-45, 1.0 / 3.0] {
        assert_eq!(read(&written(|writer| writer.float(&value)), Reader::float).unwrap(), Some(value));
    }
}

#[test]
fn timestamps_are_written_in_each_format() {
    let cases = [
        (0, 0, "0", "\"1970-01-01T00:00:00Z\"", "\"Thu, 01 Jan 1970 00:00:00 GMT\""),
        (1_574_380_800, 500_000_000, "1574380800.5", "\"2019-11-22T00:00:00.5Z\"", "\"Fri, 22 Nov 2019 00:00:00 GMT\""),
        (1_574_380_800, 123_456_000, "1574380800.123456", "\"2019-11-22T00:00:00.123456Z\"", "\"Fri, 22 Nov 2019 00:00:00 GMT\""),
        (-1, 500_000_000, "-0.5", "\"1969-12-31T23:59:59.5Z\"", "\"Wed, 31 Dec 1969 23:59:59 GMT\""),
        (-2, 1_000_000, "-1.999", "\"1969-12-31T23:59:58.001Z\"", "\"Wed, 31 Dec 1969 23:59:58 GMT\""),
        (253_402_300_799, 0, "253402300799", "\"9999-12-31T23:59:59Z\"", "\"Fri, 31 Dec 9999 23:59:59 GMT\""),
        // Beyond the year 9999 only the epoch format has a form.
        (253_402_300_800, 0, "253402300800", "253402300800", "253402300800"),
        (i64::MIN, 1, "-9223372036854775807.999999999", "-9223372036854775807.999999999", "-9223372036854775807.999999999"),
    ];
    for (seconds, nanos, epoch, date_time, http_date) in cases {
        let value = DateTime::from_secs_and_nanos(seconds, nanos);
        assert_eq!(written(|writer| writer.timestamp_epoch(&value)), epoch);
        assert_eq!(written(|writer| writer.timestamp_date_time(&value)), date_time);
        assert_eq!(written(|writer| writer.timestamp_http_date(&value)), http_date);
        assert_eq!(read(epoch, Reader::timestamp).unwrap(), Some(value));
        assert_eq!(read(date_time, Reader::timestamp).unwrap(), Some(value));
        let whole = read(http_date, Reader::timestamp).unwrap().unwrap();
        assert!(whole == value || whole == DateTime::from_secs(seconds), "{http_date}");
    }
    // `DateTime` accepts more than a second of nanoseconds.
    let mut overfull = DateTime::from_secs(1);
    overfull.set_subsec_nanos(u32::MAX);
    assert_eq!(written(|writer| writer.timestamp_epoch(&overfull)), "5.294967295");
    assert_eq!(written(|writer| writer.timestamp_date_time(&overfull)), "\"1970-01-01T00:00:05.294967Z\"");
}

#[test]
fn blobs_survive_a_round_trip() {
    for length in 0..20 {
        let blob = Blob::new((0..length).map(|byte| byte * 13).collect::<Vec<u8>>());
        assert_eq!(read(&written(|writer| writer.blob(&blob)), Reader::blob).unwrap(), Some(blob));
    }
    assert_eq!(written(|writer| writer.blob(b"\0")), "\"AA==\"");
}

#[test]
fn equal_maps_give_the_same_bytes() {
    let entries: HashMap<String, Vec<&str>> =
        ["z", "a", "\u{e9}", "m", ""].into_iter().map(|key| (key.to_owned(), vec![key, key])).collect();
    let text = written(|writer| writer.map(&entries, |writer, items| writer.list(items, Writer::string)));
    assert_eq!(text, r#"{"":["",""],"a":["a","a"],"m":["m","m"],"z":["z","z"],"é":["é","é"]}"#);
}

#[test]
fn documents_of_any_depth_are_written() {
    let text = r#"{"a":[],"b":{"c":[1,-2,0.5,"x",true,null,[{}]],"d":18446744073709551615},"e":null}"#;
    assert_eq!(written(|writer| writer.document(&document(text.as_bytes()).unwrap())), text);
    assert_eq!(written(|writer| writer.document(&Document::Number(Number::NegInt(5)))), "5");
    assert_eq!(written(|writer| writer.list(&[Document::Null, Document::Array(vec![])], Writer::document)), "[null,[]]");

    let mut deep = Document::Bool(true);
    for _ in 0..1_000 {
        deep = Document::Array(vec![deep, Document::Null]);
    }
    let text = written(|writer| writer.document(&deep));
    assert_eq!(text, format!("{}true{}", "[".repeat(1_000), ",null]".repeat(1_000)));
}
