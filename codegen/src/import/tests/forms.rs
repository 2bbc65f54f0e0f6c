//! Differences between the two formats, which are not changes.

use super::*;

/// Our model with some edits, its keys in the order of our files.
fn ours_with(edits: &[(&str, Value)]) -> String {
    let old = ours();
    let value = edited(serde_json::from_str(&old).expect("it is JSON"), edits);
    Json::of(&value, &[&Json::parse(&old)]).print(4)
}

#[track_caller]
fn unchanged(ours: &str, upstream: &Value) {
    let upstream = upstream.to_string();
    let imported = import(&request(ours, &upstream)).unwrap_or_else(|findings| panic!("{findings:#?}"));
    assert_eq!(imported.model, ours);
}

/// As in Amazon's service for logs: our message has a type of its own, and botocore's errors have no message.
#[test]
fn the_type_of_an_errors_message_stays_with_it() {
    let ours = ours_with(&[
        ("/shapes/a.things#Gone/members/message/target", json!("a.things#Why")),
        ("/shapes/a.things#Why", json!({ "type": "list", "member": { "target": "a.things#Word" } })),
        ("/shapes/a.things#Word", json!({ "type": "string" })),
    ]);
    unchanged(&ours, &botocore());
}

#[test]
fn a_union_that_an_older_release_does_not_mark_stays_a_union() {
    let edits = [
        ("/shapes/a.things#Choice", json!({ "type": "union", "members": { "text": { "target": "a.things#Text" } } })),
        ("/shapes/a.things#Thing/members/choice", json!({ "target": "a.things#Choice" })),
    ];
    let choice = json!({ "type": "structure", "members": { "text": { "shape": "Text" } } });
    let member = ("/shapes/Thing/members/choice", json!({ "shape": "Choice" }));
    let upstream = edited(botocore(), &[("/shapes/Choice", choice.clone()), member.clone()]);
    unchanged(&ours_with(&edits), &upstream);
    // A release that marks unions does not leave the mark out by accident.
    let other = edited(choice.clone(), &[("/union", json!(true))]);
    let telling = edited(botocore(), &[("/shapes/Choice", choice), member, ("/shapes/Other", other)]).to_string();
    let imported = import(&request(&ours_with(&edits), &telling)).expect("nothing is wrong");
    assert!(!imported.model.contains("\"union\""), "{}", imported.model);
}

#[test]
fn an_integer_enum_stays_an_integer_enum() {
    let numbers =
        json!({ "type": "intEnum", "members": { "ONE": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 1 } } } });
    let ours =
        ours_with(&[("/shapes/a.things#Rank", numbers), ("/shapes/a.things#Thing/members/rank", json!({ "target": "a.things#Rank" }))]);
    let upstream =
        edited(botocore(), &[("/shapes/Rank", json!({ "type": "integer" })), ("/shapes/Thing/members/rank", json!({ "shape": "Rank" }))]);
    unchanged(&ours, &upstream);
}

#[test]
fn defaults_and_the_endpoint_prefix_stay() {
    let ours = ours_with(&[
        ("/shapes/a.things#Thing/members/count/traits/smithy.api#default", json!(1)),
        ("/shapes/a.things#Things/traits/aws.api#service/endpointPrefix", json!("api.things")),
    ]);
    unchanged(&ours, &botocore());
}

#[test]
fn errors_of_the_whole_service_stay_with_it() {
    let ours = ours_with(&[
        ("/shapes/a.things#Things/errors", json!([{ "target": "a.things#Busy" }])),
        (
            "/shapes/a.things#Busy",
            json!({ "type": "structure", "members": {}, "traits": { "smithy.api#documentation": "Our busy.", "smithy.api#error": "client" } }),
        ),
    ]);
    let busy = json!({ "type": "structure", "members": {}, "exception": true });
    let errors = json!([{ "shape": "Gone" }, { "shape": "Busy" }]);
    unchanged(&ours, &edited(botocore(), &[("/shapes/Busy", busy), ("/operations/GetThing/errors", errors)]));
    unchanged(&ours, &botocore());
}

#[test]
fn patterns_are_compared_without_anchors() {
    let ours = |pattern: &str| ours_with(&[("/shapes/a.things#Text/traits/smithy.api#pattern", json!(pattern))]);
    let theirs = |pattern: &str| edited(botocore(), &[("/shapes/Text/pattern", json!(pattern))]);
    unchanged(&ours("^[a-z]+$"), &theirs("[a-z]+"));
    unchanged(&ours("[a-z]+"), &theirs("^[a-z]+$"));
    let text = theirs("[a-z]").to_string();
    let changed = import(&request(&ours("^[a-z]+$"), &text)).expect("nothing is wrong");
    assert!(changed.model.contains("\"smithy.api#pattern\": \"[a-z]\""), "{}", changed.model);
    // An escaped dollar is not an anchor.
    let text = theirs("a").to_string();
    assert!(import(&request(&ours("^a\\$"), &text)).expect("nothing is wrong").model.contains("\"smithy.api#pattern\": \"a\""));
}

#[test]
fn a_minimum_length_of_zero_is_not_a_limit() {
    let ours = |length: Value| ours_with(&[("/shapes/a.things#Text/traits/smithy.api#length", length)]);
    let theirs = |edits: &[(&str, Value)]| edited(botocore(), edits);
    unchanged(&ours(json!({ "min": 0, "max": 9 })), &theirs(&[("/shapes/Text/min", Value::Null)]));
    unchanged(&ours(json!({ "max": 9 })), &theirs(&[("/shapes/Text/min", json!(0))]));
    unchanged(&ours(json!({ "min": 0 })), &theirs(&[("/shapes/Text/min", Value::Null), ("/shapes/Text/max", Value::Null)]));
    let without = ours_with(&[("/shapes/a.things#Text/traits/smithy.api#length", Value::Null)]);
    unchanged(&without, &theirs(&[("/shapes/Text/min", json!(0)), ("/shapes/Text/max", Value::Null)]));
    // A range with the minimum 0 is a limit.
    let ranged = ours_with(&[
        ("/shapes/a.things#Number", json!({ "type": "integer" })),
        ("/shapes/a.things#Thing/members/count/target", json!("a.things#Number")),
    ]);
    let text = theirs(&[("/shapes/Number/min", json!(0))]).to_string();
    assert!(import(&request(&ranged, &text)).expect("nothing is wrong").model.contains("smithy.api#range"));
}

#[test]
fn version_1_of_smithy_is_upgraded_on_import() {
    let boxed = json!({ "smithy.api#box": {}, "smithy.api#documentation": "Their number." });
    let values = json!([{ "value": "small", "name": "SMALL" }, { "value": "large", "name": "LARGE" }]);
    let upstream = edited(
        smithy(),
        &[
            ("/smithy", json!("1.0")),
            ("/shapes/a.things#Size", json!({ "type": "string", "traits": { "smithy.api#enum": values } })),
            ("/shapes/a.things#Names", json!({ "type": "set", "member": { "target": "a.things#Text" } })),
            ("/shapes/a.things#Bare", json!({ "type": "boolean" })),
            ("/shapes/a.things#Thing/members/bare", json!({ "target": "a.things#Bare" })),
            ("/shapes/a.things#Thing/members/boxed", json!({ "target": "smithy.api#Integer", "traits": boxed })),
            ("/shapes/a.things#Thing/members/names", json!({ "target": "a.things#Names" })),
        ],
    );
    let imported = imported(&upstream);
    for gone in ["smithy.api#box", "smithy.api#enum\"", "\"set\"", "\"1.0\""] {
        assert!(!imported.model.contains(gone), "{gone}\n{}", imported.model);
    }
    for there in ["\"smithy.api#default\": false", "\"smithy.api#uniqueItems\": {}", "Our small."] {
        assert!(imported.model.contains(there), "{there}\n{}", imported.model);
    }
}

#[test]
fn a_trait_of_version_1_in_a_file_of_version_2_is_not_taken_over() {
    let boxed = json!({ "target": "smithy.api#Integer", "traits": { "smithy.api#box": {} } });
    let imported = imported(&edited(smithy(), &[("/shapes/a.things#Thing/members/boxed", boxed)]));
    assert!(imported.model.contains("\"boxed\"") && !imported.model.contains("smithy.api#box"), "{}", imported.model);
}

/// A service that speaks REST has bindings in both formats, a status of 200 in one of them alone.
#[test]
fn http_bindings_follow_botocore() {
    let traits = json!({
        "aws.api#service": { "sdkId": "Things", "endpointPrefix": "things", "arnNamespace": "thing" }, "aws.auth#sigv4": { "name": "things" },
        "aws.protocols#restJson1": {}, "smithy.api#documentation": "Our things.", "smithy.api#title": "Our Things"
    });
    let ours = ours_with(&[
        ("/shapes/a.things#Things/traits", traits),
        ("/shapes/a.things#GetThing/traits/smithy.api#http", json!({ "method": "GET", "uri": "/things/{name}" })),
        ("/shapes/a.things#GetThingInput/members/name/traits/smithy.api#httpLabel", json!({})),
        ("/shapes/a.things#PutThing/traits/smithy.api#http", json!({ "method": "PUT", "uri": "/things", "code": 201 })),
    ]);
    let upstream = edited(
        botocore(),
        &[
            ("/metadata/protocol", json!("rest-json")),
            ("/operations/GetThing/http", json!({ "method": "GET", "requestUri": "/things/{name}", "responseCode": 200 })),
            ("/operations/PutThing/http", json!({ "method": "PUT", "requestUri": "/things", "responseCode": 201 })),
            ("/shapes/GetThingRequest/members/name/location", json!("uri")),
            ("/shapes/GetThingRequest/members/name/locationName", json!("name")),
        ],
    );
    unchanged(&ours, &upstream);
    let size = json!({ "shape": "Size", "location": "querystring", "locationName": "s" });
    let upstream =
        edited(upstream, &[("/operations/PutThing/http/requestUri", json!("/all-things")), ("/shapes/GetThingRequest/members/size", size)])
            .to_string();
    let imported = import(&request(&ours, &upstream)).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let model: Value = serde_json::from_str(&imported.model).expect("it is JSON");
    assert_eq!(model["shapes"]["a.things#GetThingInput"]["members"]["size"]["traits"], json!({ "smithy.api#httpQuery": "s" }));
    assert_eq!(
        model["shapes"]["a.things#PutThing"]["traits"]["smithy.api#http"],
        json!({ "method": "PUT", "uri": "/all-things", "code": 201 })
    );
}
