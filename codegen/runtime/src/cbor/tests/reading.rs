//! Tests of typed values in all of their forms, and of misuse.

use super::{Reader, document, read};
use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;

#[test]
fn integers_are_read_from_any_whole_number() {
    let forms: [&[u8]; 12] = [
        b"\x18\x3c",
        b"\x19\x00\x3c",
        b"\x1a\x00\x00\x00\x3c",
        b"\x1b\x00\x00\x00\x00\x00\x00\x00\x3c",
        b"\xf9\x53\x80",
        b"\xfa\x42\x70\x00\x00",
        b"\xfb\x40\x4e\x00\x00\x00\x00\x00\x00",
        b"\xc2\x41\x3c",
        b"\xc2\x58\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x3c",
        b"\x6260",
        b"\x6460.0",
        b"\xd9\xd9\xf7\x18\x3c",
    ];
    for form in forms {
        assert_eq!(read(form, Reader::long).unwrap(), Some(60), "{form:x?}");
        assert_eq!(read(form, Reader::byte).unwrap(), Some(60), "{form:x?}");
    }
    assert_eq!(read(b"\x38\x7f", Reader::byte).unwrap(), Some(i8::MIN));
    assert_eq!(read(b"\xc3\x41\x7f", Reader::byte).unwrap(), Some(i8::MIN));
    assert_eq!(read(b"\x19\x7f\xff", Reader::short).unwrap(), Some(i16::MAX));
    assert_eq!(read(b"\x3a\x7f\xff\xff\xff", Reader::integer).unwrap(), Some(i32::MIN));
    assert_eq!(read(b"\x1b\x7f\xff\xff\xff\xff\xff\xff\xff", Reader::long).unwrap(), Some(i64::MAX));
    assert_eq!(read(b"\x3b\x7f\xff\xff\xff\xff\xff\xff\xff", Reader::long).unwrap(), Some(i64::MIN));

    let too_large: [&[u8]; 7] = [
        b"\x1b\x80\0\0\0\0\0\0\0",
        b"\x3b\x80\0\0\0\0\0\0\0",
        b"\xfa\x5f\x00\0\0",
        b"\xf9\x7c\0",
        b"\xf9\x7e\0",
        b"\xc2\x49\x01\0\0\0\0\0\0\0\0",
        b"\x651e400",
    ];
    for form in too_large {
        let error = read(form, Reader::long).unwrap_err().to_string();
        assert_eq!(error, "expected a 64-bit integer, found a number out of range (byte 0)", "{form:x?}");
    }
    for form in [b"\xf9\x38\0".as_slice(), b"\x640.50"] {
        let error = read(form, Reader::long).unwrap_err().to_string();
        assert_eq!(error, "expected a 64-bit integer, found a number with a fraction (byte 0)", "{form:x?}");
    }
    for form in [b"\x64soon".as_slice(), b"\x60", b"\x63 60", b"\x640x10", b"\x63inf"] {
        let error = read(form, Reader::integer).unwrap_err().to_string();
        assert_eq!(error, "expected a 32-bit integer, found a string (byte 0)", "{form:x?}");
    }
    assert!(read(b"\x18\x80", Reader::byte).is_err() && read(b"\x19\x80\0", Reader::short).is_err());
}

#[test]
fn floating_point_numbers_are_read_in_every_precision() {
    let forms: [(&[u8], f64); 15] = [
        (b"\xf9\x00\x00", 0.0),
        (b"\xf9\x80\x00", -0.0),
        (b"\xf9\x3e\x00", 1.5),
        (b"\xf9\x7b\xff", 65504.0),
        (b"\xf9\x00\x01", 5.960_464_477_539_063e-8),
        (b"\xf9\x04\x00", 0.000_061_035_156_25),
        (b"\xf9\x00\x50", 4.768_371_582_031_25e-6),
        (b"\xf9\xc4\x00", -4.0),
        (b"\xfa\x47\xc3\x50\x00", 100_000.0),
        (b"\xfb\x3f\xf1\x99\x99\x99\x99\x99\x9a", 1.1),
        (b"\xf9\x7c\x00", f64::INFINITY),
        (b"\xf9\xfc\x00", f64::NEG_INFINITY),
        (b"\x03", 3.0),
        (b"\x22", -3.0),
        (b"\x64-1.5", -1.5),
    ];
    for (form, value) in forms {
        assert_eq!(read(form, Reader::double).unwrap().map(f64::to_bits), Some(value.to_bits()), "{form:x?}");
    }
    for form in [b"\xf9\x7e\x00".as_slice(), b"\xf9\x7c\x01", b"\xfa\x7f\xc0\0\0", b"\xfb\x7f\xf8\0\0\0\0\0\0", b"\x63NaN"] {
        assert!(read(form, Reader::double).unwrap().unwrap().is_nan(), "{form:x?}");
        assert!(read(form, Reader::float).unwrap().unwrap().is_nan(), "{form:x?}");
    }
    assert_eq!(read(b"\x68Infinity", Reader::float).unwrap(), Some(f32::INFINITY));
    assert_eq!(read(b"\x69-Infinity", Reader::double).unwrap(), Some(f64::NEG_INFINITY));
    assert_eq!(read(b"\xfb\x3f\xb9\x99\x99\x99\x99\x99\x9a", Reader::float).unwrap(), Some(0.1));
    let error = read(b"\xfb\x48\x07\x82\x87\xf4\x9c\x4a\x1d", Reader::float).unwrap_err().to_string();
    assert_eq!(error, "expected a 32-bit floating-point number, found a number out of range (byte 0)");
    for refused in [b"\x63nan".as_slice(), b"\x621 ", b"\x60", b"\x651e309", b"\xf5", b"\x80", b"\x41\x01"] {
        assert!(read(refused, Reader::double).is_err(), "{refused:x?}");
    }
}

#[test]
fn timestamps_are_read_in_every_form() {
    let forms: [(&[u8], i64, u32); 12] = [
        (b"\xc1\x00", 0, 0),
        (b"\xc1\x1a\x5d\xd7\xcd\xc0", 1_574_424_000, 0),
        (b"\x1a\x5d\xd7\xcd\xc0", 1_574_424_000, 0),
        (b"\xc1\xfb\x41\xd7\x75\xf3\x70\x10\x00\x00", 1_574_424_000, 250_000_000),
        (b"\xc1\xfb\x41\xcc\x37\xdb\x38\x0f\xbe\x77", 946_845_296, 123_000_000),
        (b"\xc1\xf9\x38\x00", 0, 500_000_000),
        (b"\xc1\xf9\xb8\x00", -1, 500_000_000),
        (b"\xc1\xfb\xbf\x50\x62\x4d\xd2\xf1\xa9\xfc", -1, 999_000_000),
        (b"\xc1\x20", -1, 0),
        (b"\xc0\x742019-11-22T12:00:00Z", 1_574_424_000, 0),
        (b"\x78\x1dFri, 22 Nov 2019 12:00:00 GMT", 1_574_424_000, 0),
        // Rounding reaches the next second.
        (b"\xc1\xfb\x41\xd7\x75\xf3\x70\x3f\xff\xff", 1_574_424_001, 0),
    ];
    for (form, seconds, nanos) in forms {
        assert_eq!(read(form, Reader::timestamp).unwrap(), Some(DateTime::from_secs_and_nanos(seconds, nanos)), "{form:x?}");
    }
    let refused: [(&[u8], &str); 6] = [
        (b"\xc1\xf9\x7e\x00", "a number out of range"),
        (b"\xc1\xf9\x7c\x00", "a number out of range"),
        (b"\xc1\x1b\x80\0\0\0\0\0\0\0", "a number out of range"),
        (b"\xc1\x64soon", "a string of another form"),
        (b"\xc1\x80", "a list"),
        (b"\xc1\xf5", "a boolean"),
    ];
    for (form, found) in refused {
        let error = read(form, Reader::timestamp).unwrap_err().to_string();
        assert_eq!(error, format!("expected a timestamp, found {found} (byte 0)"));
    }
}

#[test]
fn strings_and_bytes_are_read_in_one_part_or_in_several() {
    assert_eq!(read(b"\x62\xc3\xbc", Reader::string).unwrap().as_deref(), Some("ü"));
    assert_eq!(read(b"\x7f\x61a\x60\x62bc\xff", Reader::string).unwrap().as_deref(), Some("abc"));
    assert_eq!(read(b"\x7f\xff", Reader::string).unwrap().as_deref(), Some(""));
    assert_eq!(read(b"\x43\0\x01\xff", Reader::blob).unwrap(), Some(Blob::new([0, 1, 255])));
    assert_eq!(read(b"\x5f\x41\0\x42\x01\xff\xff", Reader::blob).unwrap(), Some(Blob::new([0, 1, 255])));
    assert_eq!(read(b"\x64AAH/", Reader::blob).unwrap(), Some(Blob::new([0, 1, 255])));
    assert_eq!(read(b"\xbf\x7f\x61i\x61d\xff\x01\xff", |reader| reader.map::<String, _>(Reader::long)).unwrap().unwrap()["id"], 1);
    for (form, words) in [
        (b"\x61\xff".as_slice(), "invalid UTF-8 (byte 1)"),
        (b"\x7f\x61\xc3\x61\xbc\xff", "invalid UTF-8 (byte 2)"),
        (b"\x7f\x41a\xff", "expected a part of the string or its end (byte 1)"),
        (b"\x7f\x7f\x61a\xff\xff", "expected a part of the string or its end (byte 1)"),
        (b"\x7f\x61a", "unexpected end of the document (byte 3)"),
        (b"\x61", "unexpected end of the document (byte 1)"),
    ] {
        assert_eq!(read(form, Reader::string).unwrap_err().to_string(), words, "{form:x?}");
        assert!(!read(form, Reader::string).unwrap_err().is_well_formed(), "{form:x?}");
    }
}

#[test]
fn null_and_undefined_are_absent() {
    for null in [b"\xf6".as_slice(), b"\xf7", b"\xc1\xf6"] {
        assert_eq!(read(null, Reader::string).unwrap(), None);
        assert_eq!(read(null, Reader::long).unwrap(), None);
        assert_eq!(read(null, Reader::double).unwrap(), None);
        assert_eq!(read(null, Reader::bool).unwrap(), None);
        assert_eq!(read(null, Reader::blob).unwrap(), None);
        assert_eq!(read(null, Reader::timestamp).unwrap(), None);
        assert_eq!(read(null, Reader::document).unwrap(), None);
        assert_eq!(read(null, Reader::unit).unwrap(), None);
        assert!(!read(null, Reader::object).unwrap() && !read(null, Reader::array).unwrap());
    }
    assert_eq!(read(b"\x83\xf6\x01\xf7", |reader| reader.list(Reader::long)).unwrap(), Some(vec![1]));
    assert_eq!(read(b"\x82\xf6\x01", |reader| reader.sparse_list(Reader::long)).unwrap(), Some(vec![None, Some(1)]));
    let map = b"\xa2\x61a\xf6\x61b\x01";
    assert_eq!(read(map, |reader| reader.map(Reader::long)).unwrap(), Some(HashMap::from([("b".to_owned(), 1)])));
    let sparse = HashMap::from([("a".to_owned(), None), ("b".to_owned(), Some(1))]);
    assert_eq!(read(map, |reader| reader.sparse_map(Reader::long)).unwrap(), Some(sparse));
    assert_eq!(document(b"\x82\xf6\xf7").unwrap(), Document::Array(vec![Document::Null, Document::Null]));
}

#[test]
fn booleans_are_read_from_strings_too() {
    for (form, value) in [(b"\xf5".as_slice(), true), (b"\xf4", false), (b"\x64true", true), (b"\x65False", false)] {
        assert_eq!(read(form, Reader::bool).unwrap(), Some(value));
    }
    for form in [b"\x63yes".as_slice(), b"\x60", b"\x7f\x63yes\xff"] {
        assert_eq!(read(form, Reader::bool).unwrap_err().to_string(), "expected a boolean, found a string (byte 0)");
    }
}

#[test]
fn unknown_members_of_any_kind_are_skipped() {
    let unknown: [&[u8]; 12] = [
        b"\x01",
        b"\x9f\x01\x82\x02\xbf\x61x\x9f\xff\xff\xff",
        b"\xa1\x01\x02",
        b"\xbf\x41x\x80\xff",
        b"\xf0",
        b"\xf8\xff",
        b"\xc1\xc2\x41\x01",
        b"\xc4\x82\x20\x03",
        b"\x5f\x41a\xff",
        b"\xf6",
        b"\xa0",
        b"\x80",
    ];
    for unknown in unknown {
        for (begin, end) in [(b"\xa3".as_slice(), b"".as_slice()), (b"\xbf", b"\xff")] {
            let whole = [begin, b"\x61a\x01\x61x", unknown, b"\x61b\x02", end].concat();
            let sum = |reader: &mut Reader<'_>| {
                let mut sum = 0;
                assert!(reader.object()?);
                while let Some(name) = reader.key()? {
                    match name {
                        "a" | "b" => sum += reader.long()?.unwrap(),
                        _ => reader.skip()?,
                    }
                }
                Ok(sum)
            };
            assert_eq!(read(&whole, sum).unwrap(), 3, "{unknown:x?}");
        }
    }
}

#[test]
fn a_call_that_does_not_fit_is_an_error_and_so_is_every_later_one() {
    let mut reader = Reader::new(b"\x82\x01\x02");
    assert!(reader.key().is_err());
    assert!(reader.array().is_err() && reader.skip().is_err() && reader.finish().is_err());
    let mut reader = Reader::new(b"\x82\x01\x02");
    assert!(reader.array().unwrap() && reader.item().unwrap());
    assert!(reader.item().is_err(), "the item was not read");
    let reader = Reader::new(b"\x01");
    assert!(reader.finish().is_err(), "nothing was read");
    assert!(read(b"\x01\x02", Reader::long).unwrap_err().to_string().contains("expected the end of the document (byte 1)"));
}
