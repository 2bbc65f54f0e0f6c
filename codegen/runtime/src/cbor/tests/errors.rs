//! Tests of errors: their words, their paths, and broken documents.

use super::{Reader, document, is_document, read, skip};

#[test]
fn an_error_has_the_path_of_its_value() {
    let builds = |reader: &mut Reader<'_>| {
        reader.object()?;
        while let Some(name) = reader.key()? {
            match name {
                "builds" => drop(reader.list(|reader| reader.map::<String, _>(Reader::timestamp))?),
                _ => reader.skip()?,
            }
        }
        Ok(())
    };
    let cases: [(&[u8], &str); 8] = [
        (b"\xa1\x66builds\x82\xa0\xa2\x61a\x01\x61b\x80", "builds[1].b: expected a timestamp, found a list (byte 16)"),
        (b"\xbf\x66builds\x9f\xbf\xff\xbf\x61a\x01\x61b\x80", "builds[1].b: expected a timestamp, found a list (byte 17)"),
        (b"\xa1\x66builds\x81\xa1\x63a b\x40", "builds[0]{..}: expected a timestamp, found bytes (byte 14)"),
        (b"\xa1\x66builds\x81\xa1\x61a", "builds[0].a: unexpected end of the document (byte 12)"),
        (b"\xa1\x66builds\x81\xa1\x01\x02", "builds[0]: expected the name of a member (byte 10)"),
        (b"\xa1\x66builds\x07", "builds: expected a list, found a number (byte 8)"),
        (b"\xa1\x64more\x9f\x01\x1e", "more[1]: not the beginning of a value (byte 8)"),
        (b"\x07", "expected an object, found a number (byte 0)"),
    ];
    for (bytes, words) in cases {
        assert_eq!(read(bytes, builds).unwrap_err().to_string(), words, "{bytes:x?}");
    }
}

#[test]
fn wrong_types_are_named() {
    let found: [(&[u8], &str); 10] = [
        (b"\x07", "a number"),
        (b"\x27", "a number"),
        (b"\xf9\x3c\0", "a number"),
        (b"\xc2\x41\x01", "a number"),
        (b"\x41a", "bytes"),
        (b"\x80", "a list"),
        (b"\xa0", "an object"),
        (b"\xf5", "a boolean"),
        (b"\xf0", "a simple value"),
        (b"\xf8\x80", "a simple value"),
    ];
    for (bytes, found) in found {
        let error = read(bytes, Reader::string).unwrap_err();
        assert_eq!(error.to_string(), format!("expected a string, found {found} (byte 0)"));
        assert!(error.is_well_formed(), "{bytes:x?}");
    }
    assert_eq!(read(b"\xff", Reader::string).unwrap_err().to_string(), "expected a value (byte 0)");
}

#[test]
fn broken_documents_are_refused_by_reading_and_by_skipping() {
    let broken: [&[u8]; 29] = [
        b"",
        b"\x18",
        b"\x19\x01",
        b"\x1a\0\0\0",
        b"\x1b\0\0\0\0\0\0\0",
        b"\x1c",
        b"\x1d",
        b"\x1e",
        b"\x1f",
        b"\x3f",
        b"\xdf\x01",
        b"\xc1",
        b"\x42a",
        b"\x62a",
        b"\x5f\x41a",
        b"\x81",
        b"\x82\x01",
        b"\x9f\x01",
        b"\xa1",
        b"\xa1\x61a",
        b"\xbf\x61a",
        b"\xbf\x61a\xff",
        b"\xbf",
        b"\xff",
        b"\x81\xff",
        b"\xa1\x61a\xff",
        b"\x9f\xc1\xff",
        b"\xf8\x18",
        b"\xf9\x3c",
    ];
    for bytes in broken {
        assert!(!is_document(bytes), "{bytes:x?}");
        for error in [document(bytes).unwrap_err(), skip(bytes).unwrap_err()] {
            assert!(!error.is_well_formed(), "{bytes:x?}: {error}");
        }
    }
}

#[test]
fn lengths_that_lie_are_refused_at_once() {
    for bytes in [
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff\x01".as_slice(),
        b"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff\x61a\x01",
        b"\xbb\x80\x00\x00\x00\x00\x00\x00\x00\x61a\x01",
        b"\x9a\x00\x01\x00\x00\x01",
        b"\xa2\x61a\x01",
        b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff\x01",
        b"\x7b\x7f\xff\xff\xff\xff\xff\xff\xffa",
        b"\x7f\x7b\x7f\xff\xff\xff\xff\xff\xff\xffa",
    ] {
        for error in [document(bytes).unwrap_err(), skip(bytes).unwrap_err()] {
            assert!(error.to_string().contains("unexpected end of the document"), "{bytes:x?}: {error}");
        }
    }
}

#[test]
fn nesting_has_a_limit() {
    for (open, close) in [(b"\x81".as_slice(), b"".as_slice()), (b"\x9f", b"\xff"), (b"\xa1\x61a", b""), (b"\xbf\x61a", b"\xff")] {
        let nested = |depth: usize| [open.repeat(depth), b"\x01".to_vec(), close.repeat(depth)].concat();
        assert!(document(&nested(127)).is_ok() && skip(&nested(127)).is_ok());
        for depth in [128, 100_000] {
            for error in [document(&nested(depth)).unwrap_err(), skip(&nested(depth)).unwrap_err()] {
                assert!(error.to_string().contains("objects and lists are nested too deeply"), "{error}");
                assert!(error.is_well_formed(), "another reply would be as deep");
            }
        }
        let endless = open.repeat(100_000);
        assert!(!document(&endless).unwrap_err().is_well_formed() && skip(&endless).is_err());
    }
    let tags = [b"\xc1".repeat(100_000), b"\x01".to_vec()].concat();
    assert!(document(&tags).is_ok() && skip(&tags).is_ok());
}
