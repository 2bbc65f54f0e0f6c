//! The version and the changelog.

use super::*;

fn changelog(old: &str, upstream: &Value) -> String {
    let imported = import(&Request { changelog: Some(old), ..request(&ours(), &upstream.to_string()) }).expect("nothing is wrong");
    imported.changelog.expect("something differs")
}

fn extra() -> Value {
    edited(botocore(), &[("/shapes/Thing/members/extra", json!({ "shape": "Text" }))])
}

#[test]
fn the_version_follows_the_verdict_on_the_crate() {
    let proposed = |edits: &[(&str, Value)]| imported(&edited(botocore(), edits)).proposed;
    assert_eq!(proposed(&[]), None);
    assert_eq!(proposed(&[("/shapes/Text/max", json!(20))]).as_deref(), Some("0.1.1"));
    assert_eq!(proposed(&[("/shapes/Thing/members/extra", json!({ "shape": "Text" }))]).as_deref(), Some("0.1.1"));
    assert_eq!(proposed(&[("/shapes/Thing/members/size", Value::Null)]).as_deref(), Some("0.2.0"));
    let overlay = r#"{ "smithy": "2.0", "shapes": { "a.things#Things": { "type": "apply", "traits": {
        "smithlet.api#reason": "Why.", "smithlet.api#crate": { "name": "things", "version": "1.4.2" } } } } }"#;
    let (ours, upstream) = (ours(), extra().to_string());
    let with = import(&Request { overlay: Some(Source { file: "o.json", text: overlay }), ..request(&ours, &upstream) }).expect("fine");
    assert_eq!((with.version.as_str(), with.proposed.as_deref()), ("1.4.2", Some("1.5.0")));
}

#[test]
fn the_first_entry_comes_with_a_head() {
    let text = changelog("", &extra());
    let (head, entry) = text.split_once("\n## ").expect("an entry");
    assert!(head.starts_with("# Changelog\n\nThe form is that of [Keep a Changelog]"), "{head}");
    assert_eq!(
        entry,
        "[0.1.1] - 2020-02-02\n\n### Added\n\n- Member added: `extra` in `Thing`, `string`, in the request of `PutThing` and the response of `GetThing`.\n"
    );
}

#[test]
fn an_entry_stands_on_top_but_for_what_is_not_released() {
    let old = "# Changelog\n\n## [Unreleased]\n\n- By hand.\n\n## [0.1.0] - 2020-01-01\n\nThe first.\n\n[0.1.0]: https://example.com\n";
    let new = changelog(old, &extra());
    let order = [
        "## [Unreleased]\n\n- By hand.\n\n## [0.1.1] - 2020-02-02\n\n### Added",
        "`GetThing`.\n\n## [0.1.0] - 2020-01-01\n\nThe first.\n\n[0.1.0]: ",
    ];
    for part in order {
        assert!(new.contains(part), "{part}\n{new}");
    }
    let bare = changelog("# Changelog\n\n[links]: https://example.com\n", &extra());
    assert!(bare.ends_with("`GetThing`.\n\n[links]: https://example.com\n"), "{bare}");
}

#[test]
fn a_version_that_was_proposed_before_gathers_what_is_new() {
    let first = changelog("", &extra());
    assert_eq!(changelog(&first, &extra()), first, "a run that is repeated says nothing twice");
    let more = edited(extra(), &[("/shapes/Text/max", json!(20)), ("/shapes/Thing/members/other", json!({ "shape": "Number" }))]);
    let second = changelog(&first, &more);
    let (_, entry) = second.split_once("## ").expect("an entry");
    let lines: Vec<&str> =
        entry.lines().filter(|line| !line.is_empty()).map(|line| line.split_once(" in ").map_or(line, |(line, _)| line)).collect();
    assert_eq!(
        lines,
        [
            "[0.1.1] - 2020-02-02",
            "### Added",
            "- Member added: `extra`",
            "- Member added: `other`",
            "### Changed",
            "- Constraint relaxed: `name`",
        ]
    );
}

#[test]
fn a_change_that_breaks_and_is_not_published_yet_decides_for_those_after_it() {
    let first = changelog("", &edited(botocore(), &[("/shapes/Thing/members/count", Value::Null)]));
    assert!(first.contains("## [0.2.0] - 2020-02-02"), "{first}");
    let (ours, upstream) = (ours(), extra().to_string());
    let second = import(&Request { changelog: Some(&first), ..request(&ours, &upstream) }).expect("nothing is wrong");
    assert_eq!((second.version.as_str(), second.proposed.as_deref()), ("0.1.0", Some("0.2.0")));
    let text = second.changelog.expect("something differs");
    assert!(text.contains("member removed: `count`") && text.contains("Member added: `extra`"), "{text}");
    assert_eq!(text.matches("\n## ").count(), 1, "{text}");
}

#[test]
fn a_version_that_was_never_taken_becomes_the_next_one() {
    let first = changelog("", &extra());
    let second = changelog(&first, &edited(extra(), &[("/shapes/Thing/members/count", Value::Null)]));
    assert!(second.contains("## [0.2.0] - 2020-02-02") && !second.contains("0.1.1"), "{second}");
    assert!(second.contains("member removed: `count`") && second.contains("Member added: `extra`"), "{second}");
}

#[test]
fn what_breaks_is_marked() {
    let text = changelog("", &edited(botocore(), &[("/shapes/Thing/members/count", Value::Null)]));
    assert!(text.contains("### Removed\n\n- **Breaking:** member removed: `count` in `Thing`, was `integer`, in the "), "{text}");
}

/// An overlay that gives the crate a version.
fn overlay(version: &str) -> String {
    let entry = json!({ "type": "apply", "traits": { "smithlet.api#crate": { "name": "things", "version": version }, "smithlet.api#reason": "Why." } });
    Json::of(&json!({ "smithy": "2.0", "shapes": { "a.things#Things": entry } }), &[]).print(4)
}

#[test]
fn a_version_is_taken_where_it_stands() {
    let (ours, upstream, text) = (ours(), extra().to_string(), overlay("0.3.1"));
    let given = Request { overlay: Some(Source { file: "o.json", text: &text }), take_version: true, ..request(&ours, &upstream) };
    let taken = import(&given).expect("nothing is wrong");
    assert_eq!(
        (taken.version.as_str(), taken.proposed.as_deref(), taken.overlay.as_deref()),
        ("0.3.1", Some("0.3.2"), Some(overlay("0.3.2").as_str()))
    );
    // Nothing says a version: there is nowhere to put it.
    let findings = import(&Request { overlay: None, ..given.clone() }).expect_err("there is no version");
    assert_eq!(
        findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["m.json: the version 0.1.1 cannot be taken: nothing says which version the crate has\n  \
          hint: give the service the trait `smithlet.api#crate` with `name` and `version`"]
    );
    // In the model itself it is taken as well.
    let place = "/shapes/a.things#Things/traits/smithlet.api#crate";
    let own = edited(serde_json::from_str(&ours).expect("it is JSON"), &[(place, json!({ "name": "things", "version": "1.2.3" }))]);
    let own = own.to_string();
    let taken = import(&Request { overlay: None, model: Source { file: "m.json", text: &own }, ..given }).expect("nothing is wrong");
    assert!(taken.model.contains("\"version\": \"1.3.0\"") && taken.overlay.is_none(), "{}", taken.model);
}

#[test]
fn a_version_that_an_earlier_import_proposed_can_still_be_taken() {
    let (ours, upstream, text) = (ours(), extra().to_string(), overlay("0.1.0"));
    let first = Request { overlay: Some(Source { file: "o.json", text: &text }), ..request(&ours, &upstream) };
    let imported = import(&first).expect("nothing is wrong");
    assert_eq!(imported.overlay, None, "nobody has asked for it");
    let again = Request {
        model: Source { file: "m.json", text: &imported.model },
        changelog: imported.changelog.as_deref(),
        take_version: true,
        ..first
    };
    let taken = import(&again).expect("nothing is wrong");
    assert_eq!(taken.overlay.as_deref(), Some(overlay("0.1.1").as_str()));
    assert_eq!((taken.model.as_str(), taken.changelog), (imported.model.as_str(), None));
}
