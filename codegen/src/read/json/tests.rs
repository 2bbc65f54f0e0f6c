use super::*;

/// What `parse` refuses, as one line.
fn refusal(text: &str) -> String {
    parse("m.json", text, &mut Findings::new("m.json")).expect_err("this is no object").to_string()
}

fn duplicates(text: &str) -> Vec<String> {
    let mut findings = Findings::new("m.json");
    assert!(parse("m.json", text, &mut findings).is_ok());
    findings.into_sorted().iter().map(|found| format!("{} {}", found.pointer, found.message)).collect()
}

#[test]
fn what_is_no_object_is_refused_with_its_place() {
    let hint = format!("\n  hint: {EXPECTED}");
    assert_eq!(refusal(""), format!("m.json: the file is empty: nothing at line 1, column 1{hint}"));
    assert_eq!(refusal(" \n"), format!("m.json: the file is empty: nothing at line 2, column 1{hint}"));
    assert_eq!(refusal("hello"), format!("m.json: not JSON, at line 1, column 1: expected value{hint}"));
    assert_eq!(refusal("[1]"), format!("m.json: the file holds an array, where an object was expected at line 1, column 1{hint}"));
    assert!(refusal("$version: \"2\"").contains("smithy ast"));
}

#[test]
fn a_file_that_was_cut_off_says_where_it_ends() {
    let text = "{\"smithy\": \"2.0\",\n \"shapes\": {\"a#B";
    assert!(refusal(text).starts_with("m.json: the file ends in the middle, at line 2, column 16: "), "{}", refusal(text));
}

#[test]
fn nesting_without_end_is_refused() {
    assert!(refusal(&"[".repeat(100_000)).starts_with("m.json: nested too deep, at line 1, column 128"));
    assert!(refusal(&"{\"a\":".repeat(100_000)).starts_with("m.json: nested too deep, at line 1, "));
}

#[test]
fn keys_that_appear_twice_are_found_wherever_they_stand() {
    assert_eq!(
        duplicates(r#"{"a": [0, {"b": 1, "c": "b", "\u0062": 2}], "d/e": {}, "x": "\"a\"", "d/e": 1}"#),
        ["/a/1/b the key `b` appears twice", "/d~1e the key `d/e` appears twice"]
    );
    assert_eq!(duplicates(r#"{"a": {"a": {"a": "{\"a\": 1, \"a\": 2}"}}, "b": ["a", "a", ","], "c": {}}"#), [] as [&str; 0]);
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(duplicates("\u{feff}{\"a\": 1}"), [] as [&str; 0]);
}
