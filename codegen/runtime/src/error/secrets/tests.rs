//! Tests of secrets in texts, in nested encodings.

use super::{Document, Quotable, Secrets, WITHHELD, collect, views};
use crate::config::Credentials;
use crate::operation::{Metadata, Operation as _, Protocol, Service};
use crate::testing::{SERVICE, StartBuild};
use aws_smithy_types::base64;
use bytes::Bytes;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fmt::Write as _;

const NAMES: &[&str] = &["value", "resource", "tags"];

static SECRETIVE: Service = Service { sensitive_members: NAMES, ..SERVICE };
static START_BUILD: Metadata = Metadata { service: &SECRETIVE, ..StartBuild::METADATA };

fn document(bytes: &[u8]) -> Option<Document> {
    Protocol::AWS_JSON.rules().document(bytes)
}

fn secrets(texts: &[&str]) -> Secrets {
    Secrets::of(NAMES, &["StartBuild", "CodeBuild", "codebuild"], texts.iter().map(|text| (*text).to_owned()).collect())
}

/// An encoding of a quotation.
type Encoding = fn(&str) -> String;

/// Writes each byte with a function.
fn bytes(text: &str, mut write: impl FnMut(&mut String, u8)) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        write(&mut encoded, byte);
    }
    encoded
}

fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    quoted[1..quoted.len() - 1].to_owned()
}

fn utf_16(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |encoded, unit| encoded + &format!("\\u{unit:04X}"))
}

fn percent(text: &str) -> String {
    bytes(text, |encoded, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => encoded.push(byte.into()),
        _ => write!(encoded, "%{byte:02X}").unwrap(),
    })
}

fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn entities(text: &str) -> String {
    text.chars().fold(String::new(), |encoded, character| encoded + &format!("&#x{:x};", u32::from(character)))
}

fn wrapped_base64(text: &str) -> String {
    let digits: Vec<char> = base64::encode(text).chars().collect();
    digits.chunks(76).map(String::from_iter).collect::<Vec<_>>().join("\r\n")
}

const ENCODINGS: &[(&str, Encoding)] = &[
    ("JSON", json),
    ("UTF-16 escapes", utf_16),
    ("byte escapes", |text| bytes(text, |encoded, byte| write!(encoded, "\\x{byte:02x}").unwrap())),
    ("percent", percent),
    ("percent, all of it", |text| bytes(text, |encoded, byte| write!(encoded, "%{byte:02x}").unwrap())),
    ("HTML", html),
    ("entities", entities),
    ("base64", |text| base64::encode(text)),
    ("base64 of URLs", |text| base64::encode(text).replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()),
    ("base64 in lines", wrapped_base64),
    ("hexadecimal", |text| bytes(text, |encoded, byte| write!(encoded, "{byte:02x}").unwrap())),
    ("hexadecimal dump", |text| bytes(text, |encoded, byte| write!(encoded, "{byte:02X} ").unwrap())),
    ("list of bytes", |text| bytes(text, |encoded, byte| write!(encoded, "{byte}, ").unwrap())),
    ("quoted-printable", |text| bytes(text, |encoded, byte| write!(encoded, "={byte:02X}").unwrap())),
    ("Latin-1 by mistake", |text| text.bytes().map(char::from).collect()),
    ("a member of an object", |text| format!(r#"{{"members":[{{"secret":"{}"}}]}}"#, json(text))),
    ("a page", |text| format!("<html><body>Bad request: {}</body></html>", html(text))),
];

/// The changes that quoting may make to a text without an encoding.
const SPELLINGS: &[(&str, Encoding)] = &[
    ("as it is", str::to_owned),
    // The letters of an escape must not be changed.
    ("in lower case", |text| if text.contains(['%', '\\', '&']) { text.to_owned() } else { text.to_lowercase() }),
    ("in upper case", |text| if text.contains(['%', '\\', '&']) { text.to_owned() } else { text.to_uppercase() }),
    ("over two lines", |text| {
        let middle = text.floor_char_boundary(text.len() / 2);
        format!("{}\n    {}", &text[..middle], &text[middle..])
    }),
];

/// Returns whether a text shows the secret to a reader.
fn shows(text: &str, secret: &str) -> bool {
    text.to_lowercase().contains(&secret.to_lowercase())
}

fn check<S: Strategy>(cases: u32, values: S, test: impl Fn(S::Value) -> Result<(), proptest::test_runner::TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner.run(&values, test).unwrap();
}

fn some_secret() -> impl Strategy<Value = String> {
    prop_oneof![
        r"[a-zA-Z0-9+/]{8,60}={0,2}",
        r"[ -~]{12,40}",
        r#"[a-z0-9"\\%&<>' /=]{14,40}"#,
        r"[абвгдежз]{6,20}",
        r"hunter2[a-z%\\]{3,9}é{0,3}",
    ]
    // Other secrets have hardly any letters.
    .prop_filter("it has something to it", |text| text.chars().filter(|character| character.is_alphanumeric()).count() >= 6)
}

#[test]
fn no_encoding_of_a_secret_is_shown() {
    let encodings = proptest::collection::vec(0..ENCODINGS.len(), 0..4);
    let around = prop_oneof![Just(("", "")), Just(("Rate exceeded: '", "'")), Just(("no=", "&x")), Just(("invalid\n", " in it"))];
    check(1_500, (some_secret(), 0..SPELLINGS.len(), encodings, around), |(secret, spelling, encodings, (before, after))| {
        let (spelling, spelled) = SPELLINGS[spelling];
        let encoded = encodings.iter().fold(spelled(&secret), |text, encoding| ENCODINGS[*encoding].1(&text));
        let shown = secrets(&[&secret]).redacted(&format!("{before}{encoded}{after}"));
        let names: Vec<_> = encodings.iter().map(|encoding| ENCODINGS[*encoding].0).collect();
        // A plain secret is replaced; otherwise the whole text is withheld.
        let is_hidden = shown == WITHHELD || shown.contains("(redacted)") && !shows(&shown, &secret);
        prop_assert!(is_hidden, "{secret:?} {spelling} by {names:?}: {shown}");
        Ok(())
    });
}

#[test]
fn texts_without_secrets_are_unchanged() {
    let secrets =
        secrets(&["hunter2", "staging", "1", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "arn:aws:iam::111122223333:role/builder"]);
    for text in [
        "Rate exceeded",
        "",
        "Cannot have more than 10 builds in queue for the account",
        "Project cannot be found: arn:aws:codebuild:eu-west-1:111122223333:project/web-shop",
        "User: arn:aws:iam::111122223333:user/eve is not authorized to perform: codebuild:StartBuild on resource: \
         arn:aws:codebuild:eu-west-1:111122223333:project/web-shop",
        "Invalid value: it has to be shorter",
        "Value 'x' at 'environmentVariablesOverride.3.member.name' failed to satisfy constraint: Member must have length at most 128",
        "The Canonical String for this request should have been 'POST\n/\n\nhost:h\n\nhost;x-amz-date\n\
         44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaf8a8'",
        "a % b & c; d \\ e",
    ] {
        assert_eq!(secrets.redacted(text), text);
    }
}

#[test]
fn a_plain_secret_is_replaced() {
    for (secret, text, expected) in [
        ("hunter2", "no hunter2, nor hunter2", "no (redacted), nor (redacted)"),
        ("hunter2", "xhunter2y", "x(redacted)y"),
        ("prod", "prod is no stage of product: 'prod'", "(redacted) is no stage of product: '(redacted)'"),
        ("123", "123 of 1234 (123)", "(redacted) of 1234 ((redacted))"),
        ("1", "1 of 10 (1)", "1 of 10 (1)"),
        ("///", "a//b '///'", "a//b '(redacted)'"),
        ("prod", "prod-api, /PROD/api", "(redacted)-api, /(redacted)/api"),
        ("build", "codebuild:StartBuild starts no build", "codebuild:StartBuild starts no (redacted)"),
        ("my-codebuild", "no My-CodeBuild-1", "no (redacted)-1"),
        ("Project", "project is no Project", "(redacted) is no (redacted)"),
        ("секрет", "нет секрет!", "нет (redacted)!"),
    ] {
        assert_eq!(secrets(&[secret]).redacted(text), expected);
    }
    let nested = secrets(&["hunter2", "hunter2-and-more"]);
    assert_eq!(nested.redacted("no hunter2-and-more"), "no (redacted)");
}

#[test]
fn a_truncated_quotation_is_found() {
    let key = "sk-live-4eC39HqLyjWDarjtT1zdp7dc-Zm9vYmFyYmF6";
    for text in [
        "bad key sk-live-4eC39Hq",
        "bad key 'sk-live-4eC39Hq...'",
        "sk-live-4eC39Hq\u{2026} is bad",
        "…yjWDarjtT1zdp7dc-Zm9vYmFyYmF6 is bad",
    ] {
        assert_eq!(secrets(&[key]).redacted(text), WITHHELD, "{text}");
    }
    assert_eq!(secrets(&["hunter2"]).redacted("no hunter"), WITHHELD);
    assert_eq!(secrets(&["hunter2"]).redacted("no hunt"), "no hunt");
}

#[test]
fn short_secrets_are_found_as_words() {
    for text in ["base64 YWJj", "base64 'YWJj'", "0x 616263 ", r#"{\"x\":\"\u0061bc\"}"#, "x=%61bc&", "&quot;abc&quot; &#97;bc;"] {
        let shown = secrets(&["abc"]).redacted(text);
        assert!(shown == WITHHELD || !shown.contains("abc"), "{shown}");
    }
    assert_eq!(secrets(&["abc"]).redacted("abcd"), "abcd");
}

#[test]
fn quoted_structures_with_sensitive_members_are_withheld() {
    for text in [
        r#"bad {"name":"P","value":"other"}"#,
        r#"bad {\"name\":\"P\",\"value\" : \"other\"}"#,
        "EnvironmentVariable(name=P, value=other)",
        "{Name:P Value:other}",
        "<variable><value>other</value></variable>",
        "name%3DP%26value%3Dother",
        "eyJuYW1lIjoiUCIsInZhbHVlIjoib3RoZXIifQ==",
    ] {
        assert_eq!(secrets(&[]).redacted(text), WITHHELD, "{text}");
    }
}

#[test]
fn a_text_with_too_many_views_is_withheld() {
    let mut nested = "hunter2".to_owned();
    for _ in 0..12 {
        nested = base64::encode(&nested);
    }
    assert_eq!(secrets(&["hunter2"]).redacted(&nested), WITHHELD);
    assert_eq!(secrets(&[&"x".repeat(100_000)]).redacted("fine"), WITHHELD);
    let many: Vec<String> = (0..2_000).map(|number| number.to_string()).collect();
    assert_eq!(secrets(&many.iter().map(String::as_str).collect::<Vec<_>>()).redacted("fine"), WITHHELD);
    assert_eq!(secrets(&[]).redacted(&"\\".repeat(4_000)), WITHHELD);
}

#[test]
fn secrets_are_those_of_the_request_the_reply_and_the_credentials() {
    let call = Quotable {
        body: Bytes::from_static(br#"{"list":[{"name":"NAME","value":"FIRST"}],"tags":{"KEY7890":{"a":[123456,true]}},"Resource":null}"#),
        credentials: Some(Credentials::new("AKIDEXAMPLE", "SECRETKEY", Some("TOKEN".into()), None, "test")),
        ..Quotable::of(&START_BUILD)
    };
    let reply = document(br#"{"message":"no","VALUE":"SECOND"}"#).unwrap();
    let secrets = Secrets::new(&call, Some(&reply));
    for secret in ["FIRST", "KEY7890", "123456", "AKIDEXAMPLE", "SECRETKEY", "TOKEN", "SECOND"] {
        assert_eq!(secrets.redacted(&format!("no {secret}.")), "no (redacted).");
    }
    assert_eq!(secrets.redacted("NAME is no name"), "NAME is no name");
    assert!(!format!("{call:?}").contains("FIRST"));
    // The caller has replaced the body.
    let other = Quotable { body: Bytes::from_static(b"value=FIRST&x"), ..call };
    assert_eq!(Secrets::new(&other, None).redacted("no value=FIRST&x"), "no (redacted)");
}

#[test]
fn documents_keep_what_their_types_hide() {
    let value = document(br#"{"reason":"no hunter2","value":"hunter2","hunter2":{"count":123456,"list":["x","hunter2"]}}"#).unwrap();
    let expected =
        document(br#"{"reason":"no (redacted)","value":"hunter2","(redacted)":{"count":null,"list":["x","(redacted)"]}}"#).unwrap();
    assert_eq!(secrets(&["hunter2", "123456"]).redacted_document(&value), expected);
}

#[test]
fn a_message_is_not_secret_because_another_structures_is() {
    static OTHER_SERVICE: Service = Service { sensitive_members: &["Message"], ..SERVICE };
    static OPERATION: Metadata = Metadata { service: &OTHER_SERVICE, ..StartBuild::METADATA };
    let call = Quotable { body: Bytes::from_static(br#"{"environment":{"message":"hunter2"}}"#), ..Quotable::of(&OPERATION) };
    for text in [
        r#"{"Message":"no such function: hunter2","last":{"Message":"swordfish"}}"#,
        r#"{"Error":{"Code":"C","Message":"no such function: hunter2"},"last":{"message":"swordfish"}}"#,
    ] {
        let secrets = Secrets::new(&call, document(text.as_bytes()).as_ref());
        assert_eq!(secrets.redacted("no such function: hunter2"), "no such function: (redacted)");
        assert_eq!(secrets.redacted("no swordfish"), "no (redacted)");
    }
    let error = document(br#"{"Message":"no hunter2","last":{"Message":"hunter2"}}"#).unwrap();
    let expected = document(br#"{"Message":"no (redacted)","last":{"Message":"hunter2"}}"#).unwrap();
    assert_eq!(Secrets::new(&call, None).redacted_document(&error), expected);
}

#[test]
fn paths_end_at_a_sensitive_member() {
    let call = Quotable::of(&START_BUILD);
    for (path, shown) in [
        ("builds[3].logs.name", "builds[3].logs.name"),
        ("builds[0].value", "builds[0].value"),
        ("a.tags.KEY.x", "a.tags"),
        ("tags{..}", "tags"),
        ("", ""),
    ] {
        assert_eq!(&path[..call.shown_of_path(path)], shown);
    }
}

#[test]
fn any_text_can_be_searched() {
    check(300, (r#"[\\u%&#;x=0-9a-fA-F{}"' ]{0,200}"#, any::<String>()), |(text, other)| {
        let secrets = secrets(&["hunter2", &other]);
        prop_assert!(!secrets.redacted(&text).contains("hunter2"));
        prop_assert!(!secrets.redacted(&other).contains("hunter2"));
        views::any(&other, |_| false);
        Ok(())
    });
}

#[test]
fn only_what_is_below_a_sensitive_member_is_secret() {
    let mut texts = Vec::new();
    collect(
        &document(br#"{"value":null,"other":{"x":"y"},"deep":[[{"resource":["a",[{"k":-1.5}]]}]]}"#).unwrap(),
        NAMES,
        false,
        &mut texts,
    );
    texts.sort();
    assert_eq!(texts, ["-1.5", "a", "k"]);
    collect(&Document::Null, NAMES, true, &mut texts);
    assert_eq!(texts.len(), 3);
}
