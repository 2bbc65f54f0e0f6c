//! The effective value of a trait is compared: the member's, or else its target's.

use super::{Edit, agreement, check, check_from, check_lines, compare, edited, lines, model};
use codegen::changes::{Changes, Style};
use serde_json::{Value, json};

/// A model in Smithy's form: an operation that takes and returns a structure with one member of a shape of a type.
fn smithy(kind: &str, member: &Value, target: &Value) -> Value {
    json!({ "smithy": "2.0", "shapes": {
        "a.b#Service": { "type": "service", "version": "1", "operations": [{ "target": "a.b#Ask" }], "traits": {
            "aws.api#service": { "sdkId": "Things" }, "aws.auth#sigv4": { "name": "things" }, "aws.protocols#awsJson1_1": {} } },
        "a.b#Ask": { "type": "operation", "input": { "target": "a.b#Question" }, "output": { "target": "a.b#Answer" } },
        "a.b#Question": { "type": "structure", "members": { "part": { "target": "a.b#Part" } } },
        "a.b#Answer": { "type": "structure", "members": { "part": { "target": "a.b#Part" } } },
        "a.b#Part": { "type": "structure", "members": { "value": { "target": "a.b#Value", "traits": member } } },
        "a.b#Value": { "type": kind, "traits": target },
    } })
}

/// The lines about a change from one model to another. The generator checks the verdict.
#[track_caller]
fn said(old: &Value, new: &Value) -> Vec<String> {
    let (old, new) = (old.to_string(), new.to_string());
    let changes = compare(&old, &new);
    agreement::check(&old, &new, changes.verdict.level);
    lines(&changes)
}

#[test]
fn a_trait_that_moves_between_a_member_and_its_target_is_no_change() {
    for (kind, id, value) in [
        ("timestamp", "smithy.api#timestampFormat", json!("date-time")),
        ("integer", "smithy.api#range", json!({ "min": 1, "max": 9 })),
        ("string", "smithy.api#length", json!({ "min": 1, "max": 9 })),
        ("string", "smithy.api#pattern", json!("^a+$")),
        ("string", "smithy.api#sensitive", json!({})),
        ("integer", "smithy.api#default", json!(5)),
        ("boolean", "smithy.api#default", json!(false)),
    ] {
        let (there, nowhere) = (json!({ id: value }), json!({}));
        let places = [(&there, &nowhere), (&nowhere, &there), (&there, &there)].map(|(member, target)| smithy(kind, member, target));
        for old in &places {
            for new in &places {
                assert_eq!(said(old, new), [] as [&str; 0], "{id}");
            }
        }
    }
}

#[test]
fn a_member_that_has_a_trait_itself_does_not_change_with_its_target() {
    let model = |max: u32| smithy("integer", &json!({ "smithy.api#range": { "max": 5 } }), &json!({ "smithy.api#range": { "max": max } }));
    assert_eq!(said(&model(7), &model(9)), [] as [&str; 0]);
}

#[test]
fn a_member_that_stops_inheriting_changes_if_its_value_does() {
    let target = json!({ "smithy.api#range": { "max": 7 } });
    let old = smithy("integer", &json!({}), &target);
    let new = smithy("integer", &json!({ "smithy.api#range": { "max": 5 } }), &target);
    assert_eq!(
        said(&old, &new),
        ["Ask request part.value: constraint-tightened breaking none", "Ask response part.value: constraint-tightened compatible none",]
    );
    let (none, five) = (json!({}), json!({ "smithy.api#default": 5 }));
    assert_eq!(
        said(&smithy("integer", &none, &none), &smithy("integer", &none, &five)),
        ["Ask request part.value: default-added compatible major", "Ask response part.value: default-added compatible major"]
    );
}

#[test]
fn version_one_of_smithy_leaves_a_boxed_member_without_its_targets_default() {
    let model = |traits: Value| {
        let mut model = smithy("integer", &traits, &json!({ "smithy.api#default": 0 }));
        model["shapes"]["a.b#Part"]["members"]["value"]["traits"] = traits;
        model
    };
    assert_eq!(
        said(&model(json!({ "smithy.api#box": {} })), &model(json!({}))),
        [
            "Ask request part.value: default-added compatible major",
            "Ask response part.value: default-added compatible major",
            "service: trait-removed compatible none",
        ]
    );
}

#[test]
fn a_message_that_an_error_must_have_stays_optional_in_the_crate() {
    let message = ("/shapes/Oops/members/message", json!({ "shape": "Text" }));
    check_from(
        &[message],
        &[("/shapes/Oops/required", json!(["message"]))],
        &[
            "GetThings response Oops.message: became-required compatible none",
            "PutThing response Oops.message: became-required compatible none",
        ],
    );
}

#[test]
fn a_target_prefix_counts_only_in_protocols_that_send_it() {
    let rest = [("/metadata/protocol", json!("rest-json"))];
    check_lines(&rest, &[("/metadata/targetPrefix", json!("Others"))], &[]);
    let cbor = [("/metadata/protocol", json!("smithy-rpc-v2-cbor"))];
    check_lines(&cbor, &[("/metadata/targetPrefix", json!("Others"))], &["service: target-prefix-changed breaking none"]);
    // One side alone has no prefix to compare with.
    check_lines(
        &rest,
        &[("/metadata/protocol", json!("json")), ("/metadata/targetPrefix", json!("Others"))],
        &["service: protocol-added compatible none", "service: protocol-removed breaking none"],
    );
}

#[test]
fn a_change_of_repeatability_names_the_trait() {
    let (old, new) = (model(), edited(model(), &[("/operations/PutThing/idempotent", json!(true))]));
    let text = |old: &Value, new: &Value| compare(&old.to_string(), &new.to_string()).report(Style::Text, "2020-01-01", false);
    assert!(text(&old, &new).contains("  - repeatability changed, idempotent (in PutThing)"), "{}", text(&old, &new));
    assert!(text(&new, &old).contains("  - repeatability changed, was idempotent (in PutThing)"), "{}", text(&new, &old));
}

/// Smithy's form of the small model's `Text`, `Name` and `Limit`, as far as the three differ between the formats.
fn two_formats(length: &Value, pattern: &str) -> Changes {
    let botocore = edited(model(), &[("/operations/GetThings", Value::Null)]);
    let botocore = edited(
        botocore,
        &[
            ("/shapes/Thing", json!({ "type": "structure", "members": { "name": { "shape": "Name" }, "text": { "shape": "Text" } } })),
            ("/shapes/Name/pattern", json!("[a-z]+")),
            ("/shapes/Text/min", json!(0)),
            ("/shapes/Limit/min", json!(0)),
        ],
    );
    let member = |target: &str| json!({ "target": format!("a.b#{target}") });
    let smithy = json!({ "smithy": "2.0", "shapes": {
        "a.b#Things_20200101": { "type": "service", "version": "2020-01-01", "operations": [{ "target": "a.b#PutThing" }], "traits": {
            "aws.api#service": { "sdkId": "Things", "endpointPrefix": "things" }, "aws.auth#sigv4": { "name": "things" },
            "aws.protocols#awsJson1_1": {}, "smithy.api#title": "Amazon Things" } },
        "a.b#PutThing": { "type": "operation", "input": { "target": "a.b#PutThingInput" }, "errors": [{ "target": "a.b#Oops" }] },
        "a.b#PutThingInput": { "type": "structure", "members": {
            "thing": { "target": "a.b#Thing", "traits": { "smithy.api#required": {} } }, "token": member("Text"),
            "limit": { "target": "a.b#Limit", "traits": { "smithy.api#default": 7 } } } },
        "a.b#Thing": { "type": "structure", "members": { "name": member("Name"), "text": member("Text") } },
        "a.b#Limit": { "type": "integer", "traits": { "smithy.api#range": { "max": 480 } } },
        "a.b#Name": { "type": "string", "traits": { "smithy.api#length": { "min": 2, "max": 10 }, "smithy.api#pattern": pattern } },
        "a.b#Text": { "type": "string", "traits": length },
        "a.b#Oops": { "type": "structure", "members": { "reason": member("Text") }, "traits": { "smithy.api#error": "client" } },
    } });
    compare(&botocore.to_string(), &smithy.to_string())
}

#[test]
fn two_spellings_of_one_constraint_in_two_formats_are_equal() {
    for (length, pattern) in
        [(json!({}), "^[a-z]+$"), (json!({ "smithy.api#length": { "min": 0 } }), "[a-z]+"), (json!({ "smithy.api#length": {} }), "^[a-z]+")]
    {
        assert_eq!(lines(&two_formats(&length, pattern)), [] as [&str; 0], "{length} {pattern}");
    }
    let changes = two_formats(&json!({ "smithy.api#length": { "min": 1 } }), "^[a-z]+\\$");
    let kinds: Vec<String> =
        lines(&changes).into_iter().map(|line| line.split_once(": ").map_or(line.clone(), |(_, kind)| kind.to_owned())).collect();
    for kind in ["constraint-tightened breaking none", "pattern-changed compatible none"] {
        assert!(kinds.contains(&kind.to_owned()), "{kinds:?}");
    }
}

#[test]
fn http_bindings_in_two_formats_are_compared() {
    let botocore = json!({
        "metadata": { "apiVersion": "2020-01-01", "endpointPrefix": "things", "protocol": "rest-json", "serviceFullName": "Amazon Things",
            "serviceId": "Things", "signatureVersion": "v4", "signingName": "things", "uid": "things-2020-01-01" },
        "operations": { "GetThing": { "name": "GetThing", "input": { "shape": "GetThingInput" },
            "http": { "method": "GET", "requestUri": "/things/{name}", "responseCode": 200 } } },
        "shapes": {
            "GetThingInput": { "type": "structure", "required": ["name"], "members": {
                "name": { "shape": "Text", "location": "uri", "locationName": "name" },
                "mark": { "shape": "Text", "location": "querystring", "locationName": "m" } } },
            "Text": { "type": "string" }
        }
    });
    let member = |traits: Value| json!({ "target": "a.b#Text", "traits": traits });
    let smithy = json!({ "smithy": "2.0", "shapes": {
        "a.b#Things": { "type": "service", "version": "2020-01-01", "operations": [{ "target": "a.b#GetThing" }], "traits": {
            "aws.api#service": { "sdkId": "Things", "endpointPrefix": "things" }, "aws.auth#sigv4": { "name": "things" },
            "aws.protocols#restJson1": {}, "smithy.api#title": "Amazon Things" } },
        "a.b#GetThing": { "type": "operation", "input": { "target": "a.b#GetThingInput" },
            "traits": { "smithy.api#http": { "method": "GET", "uri": "/things/{name}" } } },
        "a.b#GetThingInput": { "type": "structure", "members": {
            "name": member(json!({ "smithy.api#required": {}, "smithy.api#httpLabel": {} })),
            "mark": member(json!({ "smithy.api#httpQuery": "m" })) } },
        "a.b#Text": { "type": "string" },
    } });
    assert_eq!(lines(&compare(&botocore.to_string(), &smithy.to_string())), [] as [&str; 0]);
    let moved = edited(smithy, &[("/shapes/a.b#GetThing/traits/smithy.api#http/uri", json!("/all/{name}"))]);
    assert_eq!(lines(&compare(&botocore.to_string(), &moved.to_string())).len(), 1);
}

#[test]
fn a_comparison_of_two_formats_says_that_defaults_were_not_compared() {
    const NOTE: &str = "The models come in two formats: defaults were not compared.";
    let changes = two_formats(&json!({}), "[a-z]+");
    for style in [Style::Text, Style::Markdown, Style::Html] {
        assert!(changes.report(style, "2020-01-01", false).contains(NOTE), "{style:?}");
    }
    let json: Value = serde_json::from_str(&changes.json("2020-01-01")).expect("it is JSON");
    assert_eq!(json["notes"], json!([NOTE]));
    let same = compare(&model().to_string(), &model().to_string());
    assert!(!same.report(Style::Text, "2020-01-01", false).contains(NOTE) && !same.json("2020-01-01").contains("notes"));
}

#[test]
fn a_removal_says_at_how_many_other_places_the_member_went() {
    let parts: [Edit; 2] =
        [("/shapes/GetThingsOutput/members/first", json!({ "shape": "Part" })), ("/shapes/Seal/members/part", json!({ "shape": "Part" }))];
    let old = edited(model(), &parts);
    let new = edited(old.clone(), &[("/shapes/Part/members/code", Value::Null)]);
    let changes = compare(&old.to_string(), &new.to_string());
    let response = changes.operations.iter().flat_map(|operation| &operation.changes).find(|change| change.path == "first.code");
    assert_eq!(response.map(|change| change.others), Some(2), "`seal.part.code` and `things[].part.code`");
    let report = changes.report(Style::Text, "2020-01-01", false);
    assert!(report.contains("first.code and 2 other places"), "{report}");
    let json: Value = serde_json::from_str(&changes.json("2020-01-01")).expect("it is JSON");
    assert_eq!(json["operations"][0]["changes"][0]["otherPlaces"], 2);
    // A member at a single place has no count.
    check(&[("/shapes/Seal/members/stamp", Value::Null)], &["GetThings response seal.stamp: member-removed breaking major"]);
    assert_eq!(json["operations"][1]["changes"][0].get("otherPlaces"), None);
}

#[test]
fn places_are_counted_in_shapes_that_hold_themselves_and_in_those_without_bound() {
    let old = edited(model(), &[("/shapes/Thing/members/inner", json!({ "shape": "Thing" }))]);
    let new = edited(old.clone(), &[("/shapes/Part/members/code", Value::Null)]);
    let changes = compare(&old.to_string(), &new.to_string());
    assert!(changes.operations.iter().flat_map(|operation| &operation.changes).all(|change| change.others == 0));
    let mut old = edited(model(), &[("/shapes/Thing/members/deep", json!({ "shape": "D0" }))]);
    for level in 0..100 {
        let next = json!({ "shape": format!("D{}", level + 1) });
        old["shapes"][format!("D{level}")] = json!({ "type": "structure", "members": { "a": next, "b": next } });
    }
    old["shapes"]["D100"] = json!({ "type": "structure", "members": { "leaf": { "shape": "Text" } } });
    let new = edited(old.clone(), &[("/shapes/D100/members/leaf", Value::Null)]);
    let changes = compare(&old.to_string(), &new.to_string());
    assert_eq!(changes.operations[0].changes[0].others, 1000, "the count stops here");
}
