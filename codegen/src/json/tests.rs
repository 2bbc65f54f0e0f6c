use super::*;
use crate::diagnostic::Findings;
use crate::model::Pointer;
use serde_json::json;

/// The message with which `parse` refuses a text.
fn refusal(text: &str) -> String {
    parse("m.json", text, &mut Findings::new("m.json")).expect_err("this is not an object").to_string()
}

fn duplicates(text: &str) -> Vec<String> {
    let mut findings = Findings::new("m.json");
    assert!(parse("m.json", text, &mut findings).is_ok());
    findings.into_sorted().iter().map(|found| format!("{} {}", found.pointer, found.message)).collect()
}

#[test]
fn text_without_an_object_is_refused_with_its_place() {
    let hint = format!("\n  hint: {EXPECTED}");
    assert_eq!(refusal(""), format!("m.json: the file is empty: nothing at line 1, column 1{hint}"));
    assert_eq!(refusal(" \n"), format!("m.json: the file is empty: nothing at line 2, column 1{hint}"));
    assert_eq!(refusal("hello"), format!("m.json: not JSON, at line 1, column 1: expected value{hint}"));
    assert_eq!(refusal("[1]"), format!("m.json: the file holds an array, where an object was expected at line 1, column 1{hint}"));
    assert!(refusal("$version: \"2\"").contains("smithy ast"));
}

#[test]
fn a_truncated_file_is_refused_with_its_end() {
    let text = "{\"smithy\": \"2.0\",\n \"shapes\": {\"a#B";
    assert!(refusal(text).starts_with("m.json: the file ends in the middle, at line 2, column 16: "), "{}", refusal(text));
}

#[test]
fn deep_nesting_is_refused() {
    assert!(refusal(&"[".repeat(100_000)).starts_with("m.json: nested too deeply, at line 1, column 128"));
    assert!(refusal(&"{\"a\":".repeat(100_000)).starts_with("m.json: nested too deeply, at line 1, "));
}

#[test]
fn duplicate_keys_are_found_at_every_depth() {
    assert_eq!(
        duplicates(r#"{"a": [0, {"b": 1, "c": "b", "\u0062": 2}], "d/e": {}, "x": "\"a\"", "d/e": 1}"#),
        ["/a/1/b the key `b` appears twice", "/d~1e the key `d/e` appears twice"]
    );
    assert_eq!(duplicates(r#"{"a": {"a": {"a": "{\"a\": 1, \"a\": 2}"}}, "b": ["a", "a", ","], "c": {}}"#), [] as [&str; 0]);
}

#[test]
fn a_byte_order_mark_is_ignored() {
    assert_eq!(duplicates("\u{feff}{\"a\": 1}"), [] as [&str; 0]);
}

#[test]
fn a_text_in_our_form_is_printed_unchanged() {
    let text = "{\n    \"b\": [\n        1,\n        -2,\n        0.5\n    ],\n    \"a\": {},\n    \"ä\\n\": [],\n    \"c\": null\n}\n";
    assert_eq!(Json::parse(text).print(4), text);
    assert_eq!(Json::parse("{\"a\": [1]}").print(2), "{\n  \"a\": [\n    1\n  ]\n}\n");
}

#[test]
fn new_keys_stand_where_the_likes_have_them() {
    let like = Json::parse(r#"{"z": 1, "x": {"q": 1, "p": 1}, "a": 1}"#);
    let other = Json::parse(r#"{"m": 1, "b": 1}"#);
    let value = json!({ "a": 1, "x": { "p": 1, "q": 1 }, "z": 2, "b": 0, "m": 0, "c": 0 });
    let keys: Vec<String> = Json::of(&value, &[&like, &other]).members().iter().map(|(key, _)| key.clone()).collect();
    assert_eq!(keys.concat(), "zxambc");
    assert!(Json::of(&value, &[&like]).print(4).contains("\"q\": 1,\n        \"p\""));
}

#[test]
fn keys_are_added_in_the_order_of_names() {
    let mut json = Json::parse(r#"{"service": 1, "a": 1, "c": 1}"#);
    json.set_sorted("b", Json::text("new"), 1);
    json.set_sorted("d", Json::text("new"), 1);
    json.set_sorted("a", Json::text("set"), 1);
    let keys: Vec<&str> = json.members().iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys.concat(), "serviceabcd");
}

#[test]
fn pointers_lead_into_lists_too() {
    let json = Json::parse(r#"{"a/b": [{"c": 1}]}"#);
    let item = Pointer::default().join("a/b").index(0);
    assert_eq!(json.at(item.join("c").as_str()), Some(&Json::Scalar(json!(1))));
    assert_eq!((json.place_of(&item), json.place_of(&item.join("c"))), (Some(0), Some(0)));
    assert_eq!(json.at("/x"), None);
}
