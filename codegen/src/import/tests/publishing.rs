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
fn the_version_follows_the_verdict() {
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
    // A deprecation changes no signature but requires a minor version.
    let deprecated = edited(botocore(), &[("/operations/PutThing/deprecated", json!(true))]).to_string();
    let with = import(&Request { overlay: Some(Source { file: "o.json", text: overlay }), ..request(&ours, &deprecated) }).expect("fine");
    assert_eq!(with.proposed.as_deref(), Some("1.5.0"));
}

#[test]
fn an_unsupported_protocol_is_reported_and_requires_no_version() {
    let protocols = ("/metadata/protocols", json!(["smithy-rpc-v2-cbor", "json"]));
    let imported = imported(&edited(botocore(), &[protocols]));
    assert!(imported.model.contains("smithy.protocols#rpcv2Cbor"), "{}", imported.model);
    let kinds: Vec<String> = imported.changes.changes.iter().map(|change| change.kind.name()).collect();
    assert_eq!(kinds, ["protocol-added"]);
    assert_eq!((imported.proposed, imported.changelog), (None, None));
    // The protocol is removed again by an import.
    let (ours, upstream) = (imported.model, botocore().to_string());
    let back = import(&request(&ours, &upstream)).expect("nothing is wrong");
    assert_eq!(back.model, super::ours());
    assert_eq!(back.changes.changes.iter().map(|change| change.kind.name()).collect::<Vec<_>>(), ["protocol-removed"]);
}

#[test]
fn equivalent_endpoint_rules_require_no_version() {
    let rules = |conditions: Value, url: &str| {
        json!({ "version": "1.0", "parameters": { "Region": { "type": "string", "builtIn": "AWS::Region", "required": true, "documentation": "-" } },
            "rules": [{ "conditions": conditions, "type": "endpoint", "endpoint": { "url": url, "properties": {}, "headers": {} } }] })
    };
    let at = "/shapes/a.things#Things/traits/smithy.rules#endpointRuleSet";
    let ours = edited(serde_json::from_str(&ours()).expect("JSON"), &[(at, rules(json!([]), "https://a.example.com"))]).to_string();
    let upstream = botocore().to_string();
    let with = |rules: &Value| {
        let text = rules.to_string();
        let rules = Source { file: "r.json", text: &text };
        import(&Request { endpoint_rules: Some(rules), ..request(&ours, &upstream) }).expect("nothing is wrong")
    };
    let always = json!([{ "fn": "booleanEquals", "argv": [true, true] }]);
    let same = with(&rules(always, "https://a.example.com"));
    assert_ne!(same.model, ours);
    assert_eq!((same.proposed, same.changelog), (None, None));
    assert_eq!(with(&rules(json!([]), "https://b.example.com")).proposed.as_deref(), Some("0.1.1"));
}

#[test]
fn a_new_changelog_begins_with_a_head() {
    let text = changelog("", &extra());
    let (head, entry) = text.split_once("\n## ").expect("an entry");
    assert!(head.starts_with("# Changelog\n\nThe form is that of [Keep a Changelog]"), "{head}");
    assert_eq!(
        entry,
        "[0.1.1] - 2020-02-02\n\n### Added\n\n- Member added: `types::Thing::extra`, `string`, in the request of `Client::put_thing` \
         and the response of `Client::get_thing`.\n"
    );
}

#[test]
fn an_entry_stands_above_the_others_and_below_unreleased() {
    let old = "# Changelog\n\n## [Unreleased]\n\n- By hand.\n\n## [0.1.0] - 2020-01-01\n\nThe first.\n\n[0.1.0]: https://example.com\n";
    let new = changelog(old, &extra());
    let order = [
        "## [Unreleased]\n\n- By hand.\n\n## [0.1.1] - 2020-02-02\n\n### Added",
        "`Client::get_thing`.\n\n## [0.1.0] - 2020-01-01\n\nThe first.\n\n[0.1.0]: ",
    ];
    for part in order {
        assert!(new.contains(part), "{part}\n{new}");
    }
    let bare = changelog("# Changelog\n\n[links]: https://example.com\n", &extra());
    assert!(bare.ends_with("`Client::get_thing`.\n\n[links]: https://example.com\n"), "{bare}");
}

#[test]
fn an_entry_of_a_pending_version_gathers_later_changes() {
    let first = changelog("", &extra());
    assert_eq!(changelog(&first, &extra()), first, "a repeated run adds no line twice");
    let more = edited(extra(), &[("/shapes/Text/max", json!(20)), ("/shapes/Thing/members/other", json!({ "shape": "Number" }))]);
    let second = changelog(&first, &more);
    let (_, entry) = second.split_once("## ").expect("an entry");
    let lines: Vec<&str> =
        entry.lines().filter(|line| !line.is_empty()).map(|line| line.split_once(", ").map_or(line, |(line, _)| line)).collect();
    assert_eq!(
        lines,
        [
            "[0.1.1] - 2020-02-02",
            "### Added",
            "- Member added: `types::Thing::extra`",
            "- Member added: `types::Thing::other`",
            "### Changed",
            "- Constraint relaxed: `operation::get_thing::GetThingInput::name`",
            "- Constraint relaxed: `types::Thing::name`",
        ]
    );
}

#[test]
fn a_pending_breaking_version_stays_for_later_changes() {
    let first = changelog("", &edited(botocore(), &[("/shapes/Thing/members/count", Value::Null)]));
    assert!(first.contains("## [0.2.0] - 2020-02-02"), "{first}");
    let (ours, upstream) = (ours(), extra().to_string());
    let second = import(&Request { changelog: Some(&first), ..request(&ours, &upstream) }).expect("nothing is wrong");
    assert_eq!((second.version.as_str(), second.proposed.as_deref()), ("0.1.0", Some("0.2.0")));
    let text = second.changelog.expect("something differs");
    assert!(text.contains("member removed: `types::Thing::count`") && text.contains("Member added: `types::Thing::extra`"), "{text}");
    assert_eq!(text.matches("\n## ").count(), 1, "{text}");
}

#[test]
fn a_pending_version_is_replaced_by_a_higher_one() {
    let first = changelog("", &extra());
    let second = changelog(&first, &edited(extra(), &[("/shapes/Thing/members/count", Value::Null)]));
    assert!(second.contains("## [0.2.0] - 2020-02-02") && !second.contains("0.1.1"), "{second}");
    assert!(second.contains("member removed: `types::Thing::count`") && second.contains("Member added: `types::Thing::extra`"), "{second}");
}

#[test]
fn breaking_changes_are_marked() {
    let text = changelog("", &edited(botocore(), &[("/shapes/Thing/members/count", Value::Null)]));
    assert!(text.contains("### Removed\n\n- **Breaking:** member removed: `types::Thing::count`, was `integer`, in the "), "{text}");
}

#[test]
fn values_of_an_enum_share_a_line_and_new_types_are_named() {
    let color = json!({ "type": "string", "enum": ["red", "blue"] });
    let part = json!({ "type": "structure", "members": { "color": { "shape": "Color" }, "words": { "shape": "Words" } } });
    let text = changelog(
        "",
        &edited(
            botocore(),
            &[
                ("/shapes/Size/enum", json!(["small", "large", "x-large", "huge"])),
                ("/shapes/Color", color),
                ("/shapes/Part", part),
                ("/shapes/Words", json!({ "type": "list", "member": { "shape": "Text" } })),
                ("/shapes/Thing/members/part", json!({ "shape": "Part" })),
                ("/operations/PutThing/errors", json!([{ "shape": "Gone" }])),
            ],
        ),
    );
    let (_, added) = text.split_once("### Added\n\n").expect("something is added");
    assert_eq!(
        added,
        "- Types added: `types::Color` and `types::Part`.\n\
         - Enum values added to `types::Size`: `Huge` and `XLarge`, in the request of `Client::put_thing` and the response of `Client::get_thing`.\n\
         - Error added: `types::error::Gone`, in the response of `Client::put_thing`.\n\
         - Member added: `types::Thing::part`, `types::Part`, in the request of `Client::put_thing` and the response of `Client::get_thing`.\n"
    );
    let back = changelog("", &edited(botocore(), &[("/shapes/Size/enum", json!(["small"])), ("/operations/GetThing/errors", json!([]))]));
    assert!(back.contains("- **Breaking:** enum value removed from `types::Size`: `Large`, in the request of"), "{back}");
    assert!(back.contains("- **Breaking:** type removed: `types::error::Gone`."), "{back}");
}

#[test]
fn members_of_inputs_and_of_errors_have_their_own_paths() {
    let text = changelog(
        "",
        &edited(
            botocore(),
            &[
                ("/shapes/PutThingInput/members/dryRun", json!({ "shape": "Number" })),
                ("/shapes/Gone/members/since", json!({ "shape": "Text" })),
                ("/operations/PutThing/deprecated", json!(true)),
            ],
        ),
    );
    assert!(text.contains("- Member added: `operation::put_thing::PutThingInput::dry_run`, `integer`.\n"), "{text}");
    assert!(text.contains("- Member added: `types::error::Gone::since`, `string`, in the response of `Client::get_thing`.\n"), "{text}");
    assert!(text.contains("### Deprecated\n\n- Deprecated: `Client::put_thing`.\n"), "{text}");
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
    // Without the overlay, no file states a version.
    let findings = import(&Request { overlay: None, ..given.clone() }).expect_err("there is no version");
    assert_eq!(
        findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["m.json: the version 0.1.1 cannot be taken: the crate's version is not stated\n  \
          hint: give the service the trait `smithlet.api#crate` with `name` and `version`"]
    );
    // A version stated in the model is replaced there.
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
    assert_eq!(imported.overlay, None, "the version is not taken");
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

/// A changelog with unreleased lines, the first of them wrapped.
const UNRELEASED: &str = "# Changelog

## [Unreleased]

### Added

- A setting that
  is new.

### Fixed

- A fault.

## [0.1.0] - 2020-01-01

The first.
";

/// Imports an upstream that needs no version of its own and takes the version.
fn taken(changelog: &str, model: &str, upstream: &Value) -> Imported {
    let (upstream, overlay) = (upstream.to_string(), overlay("0.1.0"));
    let overlay = Some(Source { file: "o.json", text: &overlay });
    import(&Request { changelog: Some(changelog), overlay, take_version: true, ..request(model, &upstream) }).expect("nothing is wrong")
}

#[test]
fn unreleased_lines_are_released_with_a_version_that_is_taken() {
    let text = taken(UNRELEASED, &ours(), &extra()).changelog.expect("something differs");
    let (_, entries) = text.split_once("# Changelog\n\n").expect("the head stays");
    assert_eq!(
        entries,
        "## [0.1.1] - 2020-02-02\n\n\
         ### Added\n\n- A setting that\n  is new.\n- Member added: `types::Thing::extra`, `string`, in the request of `Client::put_thing` \
         and the response of `Client::get_thing`.\n\n\
         ### Fixed\n\n- A fault.\n\n\
         ## [0.1.0] - 2020-01-01\n\nThe first.\n"
    );
    // Without a difference there is no version to take.
    assert_eq!(taken(UNRELEASED, &ours(), &botocore()).changelog, None);
}

#[test]
fn unreleased_lines_join_an_entry_whose_version_is_taken_later() {
    let first = import(&Request { changelog: Some(UNRELEASED), ..request(&ours(), &extra().to_string()) }).expect("nothing is wrong");
    let waiting = first.changelog.expect("something differs");
    assert!(waiting.contains("## [Unreleased]\n\n### Added\n\n- A setting that\n"), "{waiting}");
    let later = taken(&waiting, &first.model, &extra());
    assert_eq!(later.proposed.as_deref(), Some("0.1.1"));
    let text = later.changelog.expect("the unreleased lines move");
    let (_, entries) = text.split_once("# Changelog\n\n").expect("the head stays");
    assert_eq!(
        entries,
        "## [0.1.1] - 2020-02-02\n\n\
         ### Added\n\n- Member added: `types::Thing::extra`, `string`, in the request of `Client::put_thing` \
         and the response of `Client::get_thing`.\n- A setting that\n  is new.\n\n\
         ### Fixed\n\n- A fault.\n\n\
         ## [0.1.0] - 2020-01-01\n\nThe first.\n"
    );
}

#[test]
fn unreleased_lines_have_a_say_in_the_version() {
    let proposed = |lines: &str, version: &str| {
        let (ours, upstream, overlay) = (ours(), edited(botocore(), &[("/shapes/Text/max", json!(20))]).to_string(), overlay(version));
        let changelog = format!("# Changelog\n\n## [Unreleased]\n\n{lines}\n\n## [{version}] - 2020-01-01\n\nOlder.\n");
        let overlay = Some(Source { file: "o.json", text: &overlay });
        let request = Request { changelog: Some(&changelog), overlay, take_version: true, ..request(&ours, &upstream) };
        let imported = import(&request).expect("nothing is wrong");
        let text = imported.changelog.expect("something differs");
        let version = imported.proposed.expect("something differs");
        assert!(text.contains(&format!("# Changelog\n\n## [{version}] - 2020-02-02\n")) && !text.contains("Unreleased"), "{text}");
        assert!(lines.lines().all(|line| text.contains(line)), "{text}");
        version
    };
    assert_eq!(proposed("### Changed\n\n- **Breaking:** a method has another argument.", "0.1.0"), "0.2.0");
    assert_eq!(proposed("### Removed\n\n- A module that was hidden.", "0.1.0"), "0.1.1");
    assert_eq!(proposed("### Added\n\n- A method.", "1.0.0"), "1.1.0");
    assert_eq!(proposed("### Fixed\n\n- A fault.", "1.0.0"), "1.0.1");
    assert_eq!(proposed("- **Breaking:** a line without a section.", "1.0.0"), "2.0.0");
}
