//! Tests of the text of errors.

use super::{Error, Reader, document, read};

/// Reads a recursive structure as generated code does.
fn builds(reader: &mut Reader<'_>) -> Result<Option<()>, Error> {
    if !reader.object()? {
        return Ok(None);
    }
    while let Some(member) = reader.key()? {
        match member {
            "builds" => drop(reader.list(builds)?),
            "logs" | "environment" => drop(builds(reader)?),
            "groupName" => drop(reader.string()?),
            "number" => drop(reader.long()?),
            "secret" => drop(reader.blob()?),
            "tags" => drop(reader.map::<String, _>(builds)?),
            "counts" => drop(reader.list(|reader| reader.list(Reader::integer))?),
            _ => reader.skip()?,
        }
    }
    Ok(Some(()))
}

#[track_caller]
fn says(document: &str, message: &str) {
    assert_eq!(read(document, builds).unwrap_err().to_string(), message, "{document}");
}

#[test]
fn a_wrong_type_has_its_full_path() {
    says("[]", "expected an object, found a list (byte 0)");
    says(r#"{"builds": {}}"#, "builds: expected a list, found an object (byte 11)");
    says(r#"{"a": [{}], "builds": [7]}"#, "builds[0]: expected an object, found a number (byte 23)");
    says(
        r#"{"builds": [{}, null, {"x": [1, [2, 3], {"y": 4}], "groupName": "g"}, {"number": 1, "logs": {"groupName": 12}}]}"#,
        "builds[3].logs.groupName: expected a string, found a number (byte 106)",
    );
    says(r#"{"counts": [[1, 2], [], [3, -4, "x"]]}"#, "counts[2][2]: expected a 32-bit integer, found a string (byte 32)");
    says(r#"{"environment": {"number": true}}"#, "environment.number: expected a 64-bit integer, found a boolean (byte 27)");
    says(r#"{"number": 1.5}"#, "number: expected a 64-bit integer, found a number with a fraction (byte 11)");
    says(r#"{"secret": "hunter2!"}"#, "secret: expected a string in base64, found a string of another form (byte 11)");
    says(r#"{"gr\u006fupName": {}}"#, "groupName: expected a string, found an object (byte 19)");
}

#[test]
fn a_syntax_error_has_its_path() {
    says("", "unexpected end of the document (byte 0)");
    says(r#"{"builds": [{"logs": {"groupName": "a"#, "builds[0].logs.groupName: unexpected end of the document (byte 37)");
    says(r#"{"builds": [{}, {"logs": {"grou"#, "builds[1].logs: unexpected end of the document (byte 31)");
    says(r#"{"a": {"b": [1, "\x"]}}"#, "a.b[1]: invalid escape (byte 18)");
    says(r#"{"a": 1"b": 2}"#, "a: expected a comma or the end of the object (byte 7)");
    says(r#"{"a": [1 2]}"#, "a[0]: expected a comma or the end of the list (byte 9)");
    says(r#"{"a": 1, 2}"#, "expected the name of a member (byte 9)");
    says(r#"{"a"}"#, "a: expected a colon (byte 4)");
    says(r#"{"a" 1}"#, "a: expected a colon (byte 5)");
    says(r#"{"a": nil}"#, "a: expected a value (byte 6)");
    says(r#"{"a": 1e999}"#, "a: number out of range (byte 6)");
    says(r#"{"a": -}"#, "a: invalid number (byte 7)");
    says(r#"{"a": "\ud800\u12"}"#, "a: invalid escape (byte 17)");
    says("\u{feff}{\"a\": nil}", "a: expected a value (byte 9)");
    says("\u{feff}\u{feff}{}", "expected a value (byte 3)");
    says("{\"a\": \"\u{1}\"}", "a: control character in a string (byte 7)");
    says("{} {}", "expected the end of the document (byte 3)");
    let error = Reader::new(b"{\"a\": {\"b\": \"\xff\"}}").err().unwrap();
    assert_eq!(error.to_string(), "a.b: invalid UTF-8 (byte 13)");
    assert_eq!((error.path(), error.offset()), ("a.b", 13));
}

#[test]
fn keys_that_are_not_identifiers_are_not_shown() {
    says(r#"{"tags": {"plain_1": 5}}"#, "tags.plain_1: expected an object, found a number (byte 21)");
    for key in ["", "a b", "1a", "a.b", "a\\nb", "é", "a\\u0000", "s3cr3t/+==", "\\\"", &"k".repeat(65)] {
        let message = read(&format!(r#"{{"tags": {{"{key}": {{"number": []}}}}}}"#), builds).unwrap_err().to_string();
        assert!(message.starts_with("tags{..}.number: expected a 64-bit integer, found a list (byte "), "{message}");
    }
    let longest = "k".repeat(64);
    assert_eq!(read(&format!(r#"{{"{longest}": ?}}"#), builds).unwrap_err().path(), longest);
}

#[test]
fn a_long_path_keeps_its_end() {
    let name = "member_of_a_structure";
    let nested = format!("{}?", format!("{{\"{name}\":[").repeat(60));
    let error = document(nested.as_bytes()).unwrap_err();
    assert!(error.path().starts_with("...") && error.path().len() <= 259, "{error}");
    assert!(error.path().ends_with("].member_of_a_structure[0]"), "{error}");
}

#[test]
fn errors_can_be_sent_and_kept() {
    fn is_error<T: std::error::Error + Send + Sync + 'static>() {}
    is_error::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
