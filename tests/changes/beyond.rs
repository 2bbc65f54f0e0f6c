//! Differences beyond the 34: required members, unions, null, guesses, defaults, protocols, and traits that only Smithy's form has.

use super::{check, check_from, member, model};
use crate::agreement;
use serde_json::{Value, json};

#[test]
fn a_new_required_member_breaks_requests() {
    check(
        &[("/shapes/PutThingInput/members/extra", member("Text")), ("/shapes/PutThingInput/required", json!(["thing", "extra"]))],
        &["PutThing request extra: required-member-added breaking minor"],
    );
    // With its first required member, a structure's builder can fail.
    check(
        &[("/shapes/Part/members/extra", member("Text")), ("/shapes/Part/required", json!(["extra"]))],
        &[
            "GetThings response things[].part.extra: required-member-added compatible major",
            "PutThing request thing.part.extra: required-member-added breaking major",
        ],
    );
    // A second one changes no signature.
    check(
        &[("/shapes/Thing/members/extra", member("Text")), ("/shapes/Thing/required", json!(["name", "extra"]))],
        &[
            "GetThings response things[].extra: required-member-added compatible minor",
            "PutThing request thing.extra: required-member-added breaking minor",
        ],
    );
}

#[test]
fn unions_and_sparse_lists_have_verdicts_of_their_own() {
    let union = |members| json!({ "type": "structure", "union": true, "members": members });
    let choice = ("/shapes/Part", union(json!({ "code": member("Code") })));
    check_from(
        std::slice::from_ref(&choice),
        &[("/shapes/Part/members/text", member("Text"))],
        &[
            "GetThings response things[].part.text: union-member-added compatible minor",
            "PutThing request thing.part.text: union-member-added compatible minor",
        ],
    );
    check_from(
        std::slice::from_ref(&choice),
        &[("/shapes/Part/members", json!({ "text": member("Text") }))],
        &[
            "GetThings response things[].part.code: union-member-removed compatible major",
            "GetThings response things[].part.text: union-member-added compatible minor",
            "PutThing request thing.part.code: union-member-removed breaking major",
            "PutThing request thing.part.text: union-member-added compatible minor",
        ],
    );
    check(
        &[choice],
        &["GetThings response things[].part: type-changed breaking major", "PutThing request thing.part: type-changed breaking major"],
    );
    check(&[("/shapes/Things/sparse", json!(true))], &["GetThings response things: sparse-added breaking major"]);
}

#[test]
fn a_guess_of_a_renaming_never_decides_the_verdict() {
    let members = json!({ "stampText": member("Text") });
    check_from(
        &[("/shapes/Seal/members", members)],
        &[("/shapes/Seal/members", json!({ "stampTexts": member("Text") }))],
        &[
            "GetThings response seal.stampText: member-removed breaking major",
            "GetThings response seal.stampTexts: member-added compatible minor",
            "GetThings response seal.stampTexts: member-renamed compatible none",
        ],
    );
    let operation = model()["operations"]["PutThing"].clone();
    check(
        &[("/operations/PutThing", json!(null)), ("/operations/PutThings", operation)],
        &[
            "PutThing: operation-removed breaking major",
            "PutThings: operation-added compatible minor",
            "service: operation-renamed compatible none",
        ],
    );
}

#[test]
fn equal_models_have_no_differences() {
    check(&[], &[]);
    // Every text has this length, but the model differs.
    check(&[("/shapes/Text/min", json!(0))], &["service: trait-added compatible none"]);
}

/// A model in Smithy's form with one operation. Its output holds a structure with one member, which has these traits.
fn smithy(traits: &Value) -> String {
    json!({ "smithy": "2.0", "shapes": {
        "a.b#Service": { "type": "service", "version": "1", "operations": [{ "target": "a.b#Ask" }], "traits": {
            "aws.api#service": { "sdkId": "Things" }, "aws.auth#sigv4": { "name": "things" }, "aws.protocols#awsJson1_1": {} } },
        "a.b#Ask": { "type": "operation", "output": { "target": "a.b#Answer" } },
        "a.b#Answer": { "type": "structure", "members": { "part": { "target": "a.b#Part" } } },
        "a.b#Part": { "type": "structure", "members": { "count": { "target": "smithy.api#Integer", "traits": traits } } },
    } })
    .to_string()
}

#[track_caller]
fn check_traits(old: &Value, new: &Value, expected: &[&str]) {
    let (old, new) = (smithy(old), smithy(new));
    let changes = super::compare(&old, &new);
    assert_eq!(super::lines(&changes), expected);
    agreement::check(&old, &new, changes.verdict.level);
}

#[test]
fn defaults_required_and_client_optional_decide_together() {
    let required = json!({ "smithy.api#required": {} });
    let five = json!({ "smithy.api#default": 5 });
    let both = json!({ "smithy.api#required": {}, "smithy.api#default": 5 });
    check_traits(&json!({}), &five, &["Ask response part.count: default-added compatible major"]);
    check_traits(&five, &json!({}), &["Ask response part.count: default-removed breaking major"]);
    check_traits(&five, &json!({ "smithy.api#default": 6 }), &["Ask response part.count: default-changed breaking none"]);
    // A default may replace `required`. Then the builder cannot fail any more.
    check_traits(&required, &five, &["Ask response part.count: default-added compatible major"]);
    check_traits(&five, &both, &["service: trait-changed compatible none"]);
    check_traits(
        &both,
        &required,
        &["Ask response part.count: became-required compatible major", "Ask response part.count: default-removed breaking major"],
    );
    let optional = json!({ "smithy.api#required": {}, "smithy.api#clientOptional": {} });
    check_traits(&required, &optional, &["Ask response part.count: client-optional-added compatible major"]);
    check_traits(&optional, &required, &["Ask response part.count: client-optional-removed compatible major"]);
    check_traits(&json!({}), &json!({ "smithlet.api#name": "total" }), &["Ask response part.count: rust-name-changed compatible major"]);
}

#[test]
fn a_protocol_that_comes_or_goes_is_reported_and_changes_nothing_that_is_emitted() {
    let both = ("/metadata/protocols", json!(["smithy-rpc-v2-cbor", "json"]));
    check(std::slice::from_ref(&both), &["service: protocol-added compatible none"]);
    check_from(&[both], &[("/metadata/protocols", json!(["json"]))], &["service: protocol-removed breaking none"]);
}
