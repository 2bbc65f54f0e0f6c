use super::parse;

#[test]
fn the_output_of_a_program_is_read_strictly() {
    let keys = r#""AccessKeyId": "AKID", "SecretAccessKey": "SECRETKEY""#;
    let table = [
        (String::new(), "unexpected end of the document (byte 0)"),
        ("[]".to_owned(), "expected an object"),
        (format!("{{{keys}}}"), "Version is not 1"),
        (format!(r#"{{"Version": 2, {keys}}}"#), "Version is not 1"),
        (r#"{"Version": 1, "SecretAccessKey": "SECRETKEY"}"#.to_owned(), "AccessKeyId is missing"),
        (r#"{"Version": 1, "AccessKeyId": "AKID"}"#.to_owned(), "SecretAccessKey is missing"),
        (
            format!(r#"{{"Version": 1, {keys}, "Expiration": "soon"}}"#),
            "Expiration is not a time with a zone, such as 2019-11-22T12:00:00Z",
        ),
    ];
    let more = [
        (format!(r#"{{"Version": 1, {keys}, "Expiration": 1574418030}}"#), "Expiration is not a text"),
        (
            format!(r#"{{"Version": 1, {keys}, "SessionToken": "a\nb"}}"#),
            "SessionToken holds a line break or another character that no request can carry",
        ),
        (
            r#"{"Version": 1, "AccessKeyId": "AKID\n", "SecretAccessKey": "SECRETKEY"}"#.to_owned(),
            "AccessKeyId holds a line break or another character that no request can carry",
        ),
    ];
    for (output, expected) in table.into_iter().chain(more) {
        assert_eq!(parse(output.as_bytes()).unwrap_err(), expected, "{output}");
    }
    let marked = parse(format!("\u{feff}{{\"Version\": 1, {keys}}}").as_bytes()).unwrap();
    assert_eq!((marked.access_key_id(), marked.expiry()), ("AKID", None));
    let offset = parse(format!(r#"{{"Version": 1, {keys}, "Expiration": "2019-11-22T12:00:00+02:00"}}"#).as_bytes()).unwrap();
    let utc = parse(format!(r#"{{"Version": 1, {keys}, "Expiration": "2019-11-22T10:00:00Z"}}"#).as_bytes()).unwrap();
    assert!(offset.expiry().is_some() && offset.expiry() == utc.expiry());
}
