//! Paginators that come, change and go.

use super::{agreement, compare, lines};
use codegen::Source;
use codegen::changes::{Comparison, Side};
use serde_json::{Value, json};

/// A model in Smithy's form with one operation that has these traits.
fn model(traits: &Value) -> String {
    json!({ "smithy": "2.0", "shapes": {
        "a.b#Service": { "type": "service", "version": "1", "operations": [{ "target": "a.b#List" }], "traits": {
            "aws.api#service": { "sdkId": "Things" }, "aws.auth#sigv4": { "name": "things" }, "aws.protocols#awsJson1_1": {} } },
        "a.b#List": { "type": "operation", "input": { "target": "a.b#In" }, "output": { "target": "a.b#Out" }, "traits": traits },
        "a.b#In": { "type": "structure", "members": {
            "token": { "target": "smithy.api#String" }, "other": { "target": "smithy.api#String" }, "size": { "target": "smithy.api#Integer" } } },
        "a.b#Out": { "type": "structure", "members": {
            "next": { "target": "smithy.api#String" }, "more": { "target": "smithy.api#Boolean" },
            "names": { "target": "a.b#Names" }, "numbers": { "target": "a.b#Numbers" } } },
        "a.b#Names": { "type": "list", "member": { "target": "smithy.api#String" } },
        "a.b#Numbers": { "type": "list", "member": { "target": "smithy.api#Integer" } },
    } })
    .to_string()
}

#[track_caller]
fn check(old: &Value, new: &Value, expected: &[&str]) {
    let (old, new) = (model(old), model(new));
    let changes = compare(&old, &new);
    assert_eq!(lines(&changes), expected);
    agreement::check(&old, &new, changes.verdict.level);
}

#[test]
fn a_paginator_is_a_part_of_the_crate() {
    let paginated = |keys: Value| json!({ "smithy.api#paginated": keys });
    let none = json!({});
    let plain = paginated(json!({ "inputToken": "token", "outputToken": "next" }));
    let names = paginated(json!({ "inputToken": "token", "outputToken": "next", "items": "names" }));
    let numbers = paginated(json!({ "inputToken": "token", "outputToken": "next", "items": "numbers" }));
    let sized = paginated(json!({ "inputToken": "token", "outputToken": "next", "items": "names", "pageSize": "size" }));
    let other = paginated(json!({ "inputToken": "other", "outputToken": "next", "items": "names" }));
    check(&none, &sized, &["List: paginator-added compatible minor"]);
    check(&sized, &none, &["List: paginator-removed compatible major"]);
    check(&plain, &sized, &["List: paginator-extended compatible minor"]);
    check(&sized, &names, &["List: paginator-changed compatible major"]);
    check(&names, &numbers, &["List: paginator-changed compatible major"]);
    check(&names, &other, &["service: trait-changed compatible none"]);
}

#[test]
fn the_two_traits_of_a_pagination_are_one() {
    let paginated = json!({ "inputToken": "token", "outputToken": "next", "items": "names" });
    let both = json!({ "smithy.api#paginated": paginated, "smithlet.api#pagination": { "moreResults": "more" } });
    let alone = json!({ "smithlet.api#pagination": { "inputTokens": ["token"], "outputTokens": ["next || names[-1]"], "items": "names" } });
    check(&json!({}), &both, &["List: paginator-added compatible minor"]);
    check(&both, &json!({}), &["List: paginator-removed compatible major"]);
    check(&json!({}), &alone, &["List: paginator-added compatible minor"]);
    check(&json!({ "smithy.api#paginated": paginated }), &both, &["service: trait-added compatible none"]);
}

#[test]
fn the_paginators_beside_botocores_models_are_compared() {
    let model = super::model().to_string();
    let file = r#"{ "pagination": { "GetThings": { "input_token": "token", "output_token": "next" } } }"#;
    let side = |paginators| Side { model: Source { file: "m.json", text: &model }, paginators, ..Side::default() };
    let operations = codegen::Operations::All;
    let comparison = Comparison { old: side(None), new: side(Some(Source { file: "p.json", text: file })), operations };
    let changes = codegen::changes::compare(&comparison).unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!(lines(&changes), ["GetThings: paginator-added compatible minor"]);
    let comparison = Comparison { new: side(Some(Source { file: "p.json", text: "[]" })), ..comparison };
    let findings = codegen::changes::compare(&comparison).expect_err("the file is not a list of paginators");
    assert!(findings.iter().any(|finding| finding.file == "p.json"), "{findings:#?}");
}
