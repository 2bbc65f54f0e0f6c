//! Tests of the documents that are accepted and refused.

use super::{REPLY, Reader, agree, document, skip};

/// Valid and invalid documents, separated by `¦`.
const STRUCTURES: &str = r#"¦ ¦null¦nul¦nullx¦true¦tru¦false¦False¦1 ¦1 2¦1,¦,¦:¦]¦}¦[]¦[ ]¦[1]¦[1,]¦[,1]¦[1 2]¦[1¦[1,¦[¦[}¦[1}¦[[]¦{}¦{ }¦{"a":1}¦
    {"a" : 1 , "b" : 2}¦{"a":1,}¦{,}¦{"a"}¦{"a":}¦{"a" 1}¦{a:1}¦{1:1}¦{'a':1}¦{"a":1 "b":2}¦{"a":1¦{"a":1]¦{¦{"a¦{"a"¦{"a":¦{"a":1,"a":2}¦
    {"a":1,"\u0061":[]}¦// 1¦/* */1¦NaN¦Infinity¦-Infinity¦"NaN""#;
const NUMBERS: &str = "0¦-0¦-¦+1¦01¦-01¦00¦1.¦.5¦-.5¦0.¦0.0¦-0.0¦1.e1¦1e¦1e+¦1e-¦1E5¦1e+05¦1e-05¦0e0¦0x1¦1_0¦1e1.5¦1a¦18446744073709551615¦
    18446744073709551616¦9223372036854775807¦9223372036854775808¦-9223372036854775808¦-9223372036854775809¦1e308¦1e309¦1e999¦-1e999¦0e999¦
    0.0e-999¦1e-999¦-1e-999¦1e2147483648¦0e2147483648¦1e-99999999999999999999¦1e99999999999999999999¦0.00000000000000000000001e30";
const STRINGS: &str = r#"""¦"a¦"\"¦"\¦"\\"¦"\/\b\f\n\r\t"¦"\a"¦"\'"¦"\u"¦"\u12"¦"\u12g4"¦"\u+123"¦"\u00E9\u00e9"¦"\u0000"¦"\ud83d\ude00"¦"\ud83d"¦"\ud83dx"¦
    "\ud83d\n"¦"\ud83d\u0041"¦"\ud83d\ud83d"¦"\ude00"¦"\ud83d\u¦"\ud83d\¦"\udbff\udfff"¦"\uD800\uDC00"¦"\U0041"¦"é😀"¦
    "long enough for two words of eight bytes"¦"long enough for two words\" of eight bytes"#;

#[test]
fn the_grammar_is_that_of_serde_json() {
    let special = [
        "\u{feff}1",
        "\t\r\n1",
        "\u{b}1",
        "\u{c}1",
        "1\u{a0}",
        "\"\u{7f}\u{80}\u{ffff}\"",
        "\"tab\there\"",
        "\"line\nhere\"",
        "\"nul\0here\"",
    ];
    for document in [STRUCTURES, NUMBERS, STRINGS].iter().flat_map(|documents| documents.split('¦')).chain(special) {
        agree(document.as_bytes());
        for around in [format!("[{document}]"), format!("{{\"name\":{document}}}"), format!(" [ 1 , {document} ] ")] {
            agree(around.as_bytes());
        }
    }
    for bytes in
        [&b"\"\xff\""[..], b"\xff", b"1\xff", b"[\"\xc3\"]", b"\"\xed\xa0\x80\"", b"\"\xf0\x9f\x98\"", b"\"\xc0\x80\"", b"\xef\xbb\xbf1"]
    {
        agree(bytes);
    }
    agree("9".repeat(309).as_bytes());
    agree(format!("1{}", "0".repeat(308)).as_bytes());
    agree(format!("[-0.{}1, {}e-9999]", "0".repeat(500), "7".repeat(500)).as_bytes());
}

#[test]
fn every_truncated_document_is_refused() {
    agree(REPLY.as_bytes());
    assert!(document(REPLY.as_bytes()).is_ok());
    let whole = REPLY.trim_end();
    for end in 0..whole.len() {
        agree(&whole.as_bytes()[..end]);
        assert!(document(&whole.as_bytes()[..end]).is_err());
    }
}

#[test]
fn depth_is_bounded_as_in_serde_json() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [1, 126, 127, 128, 129] {
            let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            agree(nested.as_bytes());
            assert_eq!(document(nested.as_bytes()).is_ok(), depth <= 127, "{depth}");
        }
        let bottomless = open.repeat(100_000);
        let error = document(bottomless.as_bytes()).unwrap_err();
        assert!(error.to_string().contains("nested too deeply"), "{error}");
        assert!(error.path().len() < 300, "{error}");
        assert!(skip(bottomless.as_bytes()).is_err());
        assert!(Reader::new(&[bottomless.as_bytes(), b"\xff"].concat()).is_err());
    }
}
