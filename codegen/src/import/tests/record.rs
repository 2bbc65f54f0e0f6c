//! The record of upstream's release, and documentation that may be out of date.

use super::*;

/// The stale documentation, one line per item.
fn lines_of(imported: &Imported) -> Vec<String> {
    imported.stale.iter().map(|stale| format!("{}: {}", stale.name, stale.why)).collect()
}

fn with_record(record: Option<&str>, release: Option<&str>, upstream: &Value) -> Imported {
    let (ours, upstream) = (ours(), upstream.to_string());
    let record = record.map(|text| Source { file: "r.json", text });
    import(&Request { record, release, ..request(&ours, &upstream) }).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

#[test]
fn the_release_its_day_and_a_digest_of_each_text_are_recorded() {
    let record = with_record(None, Some("botocore 1.2.3"), &botocore()).record.expect("nothing was recorded before");
    let value: Value = serde_json::from_str(&record).expect("it is JSON");
    assert_eq!((value["release"].as_str(), value["date"].as_str()), (Some("botocore 1.2.3"), Some("2020-02-02")));
    let names: Vec<&String> = value["documentation"].as_object().expect("the digests").keys().collect();
    assert_eq!(names, ["GetThing", "GetThingInput$name", "Gone", "Things"], "what upstream documents, by our names");
    assert!(!record.contains("Their"), "no word of it");
    // Importing the same release on another day changes nothing.
    let upstream = botocore().to_string();
    let ours = ours();
    let again = Request {
        record: Some(Source { file: "r.json", text: &record }),
        release: Some("botocore 1.2.3"),
        date: "2021-01-01",
        ..request(&ours, &upstream)
    };
    assert_eq!(import(&again).expect("nothing is wrong").record, None);
    // A later release with the same content is not recorded: the model comes from the first one.
    let later = with_record(Some(&record), Some("botocore 1.2.4"), &botocore());
    assert_eq!((later.record, later.changelog), (None, None));
    let unnamed = with_record(None, None, &botocore()).record.expect("nothing was recorded before");
    let named = with_record(Some(&unnamed), Some("botocore 1.2.4"), &botocore());
    assert!(named.record.is_some_and(|record| record.contains("1.2.4")), "a record without a release gets one");
}

#[test]
fn rewritten_documentation_is_reported_once() {
    let record = with_record(None, None, &botocore()).record.expect("nothing was recorded before");
    let rewritten = edited(
        botocore(),
        &[
            ("/operations/GetThing/documentation", json!("<p>Their <code>read</code>, rewritten.</p>")),
            ("/shapes/Gone/documentation", json!("<p>Their   <b></b>error.</p>\n")),
            ("/shapes/Thing/members/extra", json!({ "shape": "Text", "documentation": "<p>New.</p>" })),
        ],
    );
    let imported = with_record(Some(&record), None, &rewritten);
    assert_eq!(lines_of(&imported), ["GetThing: upstream has rewritten its documentation"]);
    let after = imported.record.expect("it is another");
    assert!(with_record(Some(&after), None, &rewritten).stale.is_empty(), "it is reported once");
    // An item that upstream stops documenting keeps its digest.
    let silent = with_record(Some(&after), None, &edited(rewritten.clone(), &[("/operations/GetThing/documentation", Value::Null)]));
    let back = with_record(silent.record.as_deref().or(Some(&after)), None, &rewritten);
    assert!(back.stale.is_empty(), "{:?}", back.stale);
    let upstream = rewritten.to_string();
    let (ours, record) = (ours(), Some(Source { file: "r.json", text: &record }));
    let theirs = import(&Request { docs: Docs::Theirs, record, ..request(&ours, &upstream) }).expect("nothing is wrong");
    assert!(theirs.stale.is_empty(), "upstream's words are up to date with themselves");
}

#[test]
fn both_forms_have_the_same_digests() {
    let record = with_record(None, None, &botocore()).record.expect("nothing was recorded before");
    let texts = [("GetThing", "Their `read`.\n\nMore."), ("Gone", "<p>Their error.</p>"), ("Things", "<p>Their things.</p>")];
    let edits: Vec<(String, Value)> =
        texts.iter().map(|(shape, text)| (format!("/shapes/a.things#{shape}/traits/smithy.api#documentation"), json!(text))).collect();
    let edits: Vec<(&str, Value)> = edits.iter().map(|(at, value)| (at.as_str(), value.clone())).collect();
    assert_eq!(lines_of(&with_record(Some(&record), None, &edited(smithy(), &edits))), [] as [&str; 0]);
}

#[test]
fn a_changed_limit_lists_the_documentation_that_mentions_it() {
    let longer = with_record(None, None, &edited(botocore(), &[("/shapes/Text/max", json!(20))]));
    let why = "the length was at least 1, at most 9 and is at least 1, at most 20";
    assert_eq!(lines_of(&longer), [format!("GetThingInput$name: {why}"), format!("Gone$message: {why}"), format!("Thing$name: {why}")]);
    let values = with_record(None, None, &edited(botocore(), &[("/shapes/Size/enum", json!(["small", "huge"]))]));
    assert_eq!(
        lines_of(&values),
        [
            "Size: new value `huge`",
            "Size: without the value `large`",
            "Thing$size: new value `huge`",
            "Thing$size: without the value `large`",
        ]
    );
    // A member with a new type of its own may have another limit too.
    let own = json!({ "type": "string", "min": 1, "max": 7 });
    let retargeted = edited(botocore(), &[("/shapes/Short", own), ("/shapes/Thing/members/name/shape", json!("Short"))]);
    assert_eq!(
        lines_of(&with_record(None, None, &retargeted)),
        ["Thing$name: the length was at least 1, at most 9 and is at least 1, at most 7"]
    );
    let listed = [
        ("/shapes/a.things#Thing/members/name/target", json!("a.things#Texts")),
        ("/shapes/a.things#Texts", json!({ "type": "list", "member": { "target": "a.things#Text" } })),
    ];
    let ours = edited(serde_json::from_str(&ours()).expect("it is JSON"), &listed).to_string();
    let upstream = edited(
        botocore(),
        &[
            ("/shapes/Thing/members/name/shape", json!("Texts")),
            ("/shapes/Texts", json!({ "type": "list", "member": { "shape": "Text" }, "max": 3 })),
            ("/shapes/Text/max", json!(8)),
        ],
    );
    let found = import(&request(&ours, &upstream.to_string())).expect("nothing is wrong");
    let lines = lines_of(&found);
    assert!(lines.contains(&"Thing$name: the length was not limited and is at most 3".to_owned()), "{lines:?}");
    assert!(
        lines.contains(&"Thing$name: the items' length was at least 1, at most 9 and is at least 1, at most 8".to_owned()),
        "{lines:?}"
    );
    assert!(with_record(None, None, &edited(botocore(), &[("/shapes/Text/pattern", json!("a"))])).stale.is_empty());
}

#[test]
fn lists_and_numbers_need_no_documentation() {
    let members = [
        ("/shapes/Counts", json!({ "type": "list", "member": { "shape": "Size2" } })),
        ("/shapes/Size2", json!({ "type": "string", "max": 3 })),
        ("/shapes/Thing/members/counts", json!({ "shape": "Counts" })),
    ];
    assert_eq!(imported(&edited(botocore(), &members)).undocumented, ["Thing$counts"]);
}
