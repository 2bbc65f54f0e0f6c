//! Tests of the writer.

use super::{Reader, Writer, hex, written};
use aws_smithy_types::{DateTime, Document, Number};
use std::collections::HashMap;

#[track_caller]
fn writes(write: impl FnOnce(&mut Writer), expected: &str) {
    assert_eq!(hex(&written(write)), expected);
}

#[test]
fn integers_have_their_shortest_form() {
    for (value, expected) in [
        (0, "00"),
        (23, "17"),
        (24, "1818"),
        (255, "18ff"),
        (256, "190100"),
        (65_535, "19ffff"),
        (65_536, "1a00010000"),
        (4_294_967_295, "1affffffff"),
        (4_294_967_296, "1b0000000100000000"),
        (i64::MAX, "1b7fffffffffffffff"),
        (-1, "20"),
        (-24, "37"),
        (-25, "3818"),
        (-256, "38ff"),
        (-257, "390100"),
        (i64::MIN, "3b7fffffffffffffff"),
    ] {
        writes(|writer| writer.integer(&value), expected);
    }
}

#[test]
fn floating_point_numbers_have_their_shortest_exact_form_but_half_precision() {
    for (value, expected) in [
        (1.5, "fa3fc00000"),
        (0.0, "fa00000000"),
        (-0.0, "fa80000000"),
        (1.1, "fb3ff199999999999a"),
        (1e300, "fb7e37e43c8800759c"),
        (5e-324, "fb0000000000000001"),
        (f64::NAN, "fa7fc00000"),
        (f64::INFINITY, "fa7f800000"),
        (f64::NEG_INFINITY, "faff800000"),
    ] {
        writes(|writer| writer.double(&value), expected);
    }
    writes(|writer| writer.float(&0.1), "fa3dcccccd");
}

#[test]
fn timestamps_are_tagged_seconds() {
    for (seconds, nanos, expected) in [
        (0, 0, "c100"),
        (1_574_424_000, 0, "c11a5dd7cdc0"),
        (-1, 0, "c120"),
        (1_574_424_000, 250_000_000, "c1fb41d775f370100000"),
        (946_845_296, 123_000_000, "c1fb41cc37db380fbe77"),
        (0, 500_000_000, "c1fa3f000000"),
        (-1, 500_000_000, "c1fabf000000"),
    ] {
        writes(|writer| writer.timestamp(&DateTime::from_secs_and_nanos(seconds, nanos)), expected);
    }
}

#[test]
fn other_values_have_their_own_types() {
    writes(|writer| writer.bool(&true), "f5");
    writes(|writer| writer.bool(&false), "f4");
    writes(Writer::null, "f6");
    writes(Writer::unit, "a0");
    writes(|writer| writer.string("ü"), "62c3bc");
    writes(|writer| writer.blob(&[0, 255]), "4200ff");
    writes(|writer| writer.list(&[1_i32, 2], Writer::integer), "820102");
    writes(|writer| writer.list(&[None, Some(1)], |writer, item| writer.nullable(item, Writer::integer)), "82f601");
    let map = HashMap::from([("b", 1), ("a", 2)]);
    writes(|writer| writer.map(&map, Writer::integer), "a2616102616201");
    let object = |writer: &mut Writer| {
        writer.begin_object();
        writer.key("a");
        writer.begin_object();
        writer.end_object();
        writer.end_object();
    };
    writes(object, "bf6161bfffff");
    let document = Document::Object(HashMap::from([
        ("b".to_owned(), Document::Array(vec![Document::Null, Document::Bool(true), Document::String("x".to_owned())])),
        ("a".to_owned(), Document::Number(Number::PosInt(u64::MAX))),
    ]));
    writes(|writer| writer.document(&document), "a261611bffffffffffffffff616283f6f56178");
}

#[test]
fn a_deep_document_is_written_without_recursion() {
    let mut deep = Document::Null;
    for _ in 0..1_000 {
        deep = Document::Array(vec![deep, Document::Bool(false)]);
    }
    let bytes = written(|writer| writer.document(&deep));
    assert_eq!(bytes.len(), 2_001);
    assert!(super::is_document(&bytes) && Reader::new(&bytes).document().is_err());
}
