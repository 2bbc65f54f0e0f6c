use super::{find, object};
use aws_smithy_types::Document;
use proptest::prelude::*;

/// The text of the first element of a name.
fn first(document: &str, name: &str) -> Option<String> {
    let [text] = find(document, [name]).texts;
    text
}

/// The text of `b` below `<r><a>`.
fn text(document: &str) -> Result<String, String> {
    let object = object(document.as_bytes(), &["a"])?;
    Ok(object.as_object().unwrap()["b"].as_string().unwrap().to_owned())
}

#[test]
fn references_in_texts_are_replaced() {
    let table = [
        ("<r><a><b>text</b></a></r>", "text"),
        ("<?xml version='1.0'?>\n<!-- <a> -->\n<r xmlns=\"https://sts\" x = '>'>\n <a >\n <b\t>text</b >\n </a>\n</r>\n", "text"),
        ("<r><a><b>&lt;a&gt; &amp;amp; &quot;&apos;</b></a></r>", "<a> &amp; \"'"),
        ("<r><a><b>&#97;&#x62;&#x6A;</b></a></r>", "abj"),
        ("<r><a><b>one<!-- & -->two<![CDATA[</b>&lt;]]>three</b></a></r>", "onetwo</b>&lt;three"),
        ("<r><a><b>\n text\n </b></a></r>", "text"),
        ("<r><a><b/></a></r>", ""),
        ("<r><a><c>other</c><b>text</b><d><b>deeper</b></d></a><b>elsewhere</b></r>", "text"),
        ("<other><a><b>text</b></a></other>", "text"),
        ("<r><x><a><b>deeper</b></a></x><a><b>text</b></a></r>", "text"),
    ];
    for (document, expected) in table {
        assert_eq!(text(document).as_deref(), Ok(expected), "{document}");
    }
}

#[test]
fn prefixes_and_a_byte_order_mark_do_not_matter() {
    let table = [
        "<s:r xmlns:s='https://sts'><s:a><s:b>text</s:b></s:a></s:r>",
        "<r><s:a><t:b>text</t:b></s:a></r>",
        "\u{feff}<r><a><b>text</b></a></r>",
        "\u{feff}<?xml version='1.0'?><s:r><s:a><s:c/><s:b>text</s:b></s:a></s:r>",
    ];
    for document in table {
        assert_eq!(text(document).as_deref(), Ok("text"), "{document}");
        assert_eq!(first(document, "b").as_deref(), Some("text"), "{document}");
    }
    assert_eq!(text("<r><s:a><s:b>1</s:b></a></r>").unwrap_err(), "the end of an element that is not open before this (byte 24)");
    assert_eq!(text("<r><a><s:b>1</s:b><t:b>2</t:b></a></r>").unwrap_err(), "a second element of that name before this (byte 23)");
}

#[test]
fn the_first_element_of_a_name_is_found_before_a_fault() {
    assert_eq!(first("<r><s:Code x='1'>a &amp; b</s:Code><Code>c</Code><", "Code").as_deref(), Some("a & b"));
    for none in ["", "text", "<Code/>", "<Code>a", "<r><Codes>a</Codes></r>", "< <Code>a</Code>"] {
        assert_eq!(first(none, "Code"), None, "{none}");
    }
    assert_eq!(first("<Code>&more;</Code>", "Code").as_deref(), Some("&more;"), "an unknown entity stands for itself");
}

#[test]
fn a_search_finds_the_root_and_ends_at_the_first_fault() {
    let parts = |document| {
        let found = find(document, ["Code", "Message"]);
        (found.root, found.texts.map(Option::unwrap_or_default), found.is_whole)
    };
    let texts = |code: &str, message: &str| [code.to_owned(), message.to_owned()];
    let whole = "<?xml version='1.0'?><s:Error><Message>a <b>c</b> &amp; &#100;</Message><Code/><x><Code>C</Code></x></s:Error>";
    assert_eq!(parts(whole), (Some("Error"), texts("C", "a c & d"), true));
    assert_eq!(parts("<Error><Code>C</Code><Message>m"), (Some("Error"), texts("C", ""), false));
    assert_eq!(parts("<Error><Code>C</Code></Other><Message>m</Message>"), (Some("Error"), texts("C", ""), false));
    assert_eq!(parts("no document"), (None, texts("", ""), false));
}

#[test]
fn faults_are_named_with_their_place() {
    let table = [
        ("", "unexpected end of the document (byte 0)"),
        ("text", "text outside of the root before this (byte 4)"),
        ("{\"a\": 1}", "text outside of the root before this (byte 8)"),
        ("<!DOCTYPE r [<!ENTITY b \"c\">]><r/>", "expected a name (byte 1)"),
        ("<r><a><b>text</b>", "unexpected end of the document (byte 17)"),
        ("<r><a><b>text</a></b></r>", "the end of an element that is not open before this (byte 17)"),
        ("<r></r></r>", "the end of an element that is not open before this (byte 11)"),
        ("<r/><r/>", "a second root before this (byte 8)"),
        ("<r/>text", "text outside of the root before this (byte 8)"),
        ("<r><a><b>1</b><b>2</b></a></r>", "a second element of that name before this (byte 17)"),
        ("<r><a><b>&more;</b></a></r>", "an unknown entity in the text that begins here (byte 9)"),
        ("<r><a><b>a & b</b></a></r>", "an unknown entity in the text that begins here (byte 9)"),
        ("<r><a><b>&#0;</b></a></r>", "an unknown entity in the text that begins here (byte 9)"),
        ("<r><a><b>&#xD800;</b></a></r>", "an unknown entity in the text that begins here (byte 9)"),
        ("<r><a><b>&#x110000;</b></a></r>", "an unknown entity in the text that begins here (byte 9)"),
        ("<r><a><b>&#+9;</b></a></r>", "an unknown entity in the text that begins here (byte 9)"),
        ("<r><a><b>&#99999999999;</b></a></r>", "an unknown entity in the text that begins here (byte 9)"),
        ("<r x='1'y='2'/>", "expected the end of a tag (byte 8)"),
        ("<r x=1/>", "expected \" (byte 5)"),
        ("<r x/>", "expected = (byte 4)"),
        ("<r x='<'/>", "a tag in the attribute before this (byte 8)"),
        ("<r x='", "no ' behind this (byte 6)"),
        ("<r><!-- ", "no --> behind this (byte 7)"),
        ("<r><![CDATA[", "no ]]> behind this (byte 12)"),
        ("< r/>", "expected a name (byte 1)"),
        ("<r><a>text</a></r>", "a is missing"),
        ("<r><b>text</b></r>", "a is missing"),
    ];
    for (document, expected) in table {
        assert_eq!(text(document).unwrap_err(), expected, "{document}");
    }
    assert_eq!(object(b"<r>\xFF", &["a"]), Err("invalid UTF-8 (byte 3)".to_owned()));
    assert_eq!(object("<r>".repeat(50_000).as_bytes(), &["a"]), Err("too many elements in each other before this (byte 99)".to_owned()));
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

proptest! {
    #[test]
    fn escaped_texts_are_read_back(texts in prop::collection::vec("\\PC*", 1..4)) {
        let members = texts.iter().enumerate().map(|(number, text)| format!("<m{number}>{}</m{number}>", escaped(text)));
        let read = object(format!("<r><a>{}</a></r>", members.collect::<Vec<_>>().concat()).as_bytes(), &["a"]).unwrap();
        for (number, text) in texts.iter().enumerate() {
            let member = Document::String(text.trim_ascii().to_owned());
            prop_assert_eq!(&read.as_object().unwrap()[&format!("m{number}")], &member);
        }
    }

    #[test]
    fn any_document_is_read_without_a_panic_or_a_leak(
        parts in prop::collection::vec(
            prop::sample::select(vec!["<", ">", "/", "</", "/>", "<a", "a", "<b>", "</b>", "&", "&#", ";", "'", "\"", "=", " ", "<!--", "-->",
                "<![CDATA[", "]]>", "<?", "?>", "CANARY", "\u{0}", "é"]),
            0..40,
        ),
        around in any::<bool>(),
    ) {
        let mut document = parts.concat();
        if around {
            document = format!("<r><a><b>{document}</b></a></r>");
        }
        if let Err(words) = object(document.as_bytes(), &["a"]) {
            prop_assert!(words.len() < 100 && !words.contains("CANARY"), "{}", words);
        }
    }
}
