//! The second half of the 24: keys, errors, operations, and other things than members.

use crate::{check, check_lines, member, model};
use serde_json::json;

#[test]
fn case_22_an_enum_of_keys_gets_a_value() {
    check(
        &[("/shapes/LabelKey/enum", json!(["COLOUR", "OWNER", "PLACE"]))],
        &[
            "GetThings response things[].labels{key}: enum-value-added compatible minor",
            "PutThing request thing.labels{key}: enum-value-added compatible minor",
        ],
    );
}

#[test]
fn case_23_an_operation_gets_an_error() {
    check(
        &[("/operations/PutThing/errors", json!([{ "shape": "Oops" }, { "shape": "Ouch" }]))],
        &["PutThing response Ouch: error-added compatible minor"],
    );
}

#[test]
fn case_24_an_operation_loses_an_error() {
    check(&[("/operations/PutThing/errors", json!([]))], &["PutThing response Oops: error-removed compatible major"]);
}

#[test]
fn case_25_an_error_gets_a_member() {
    check(
        &[("/shapes/Oops/members/extra", member("Text"))],
        &["GetThings response Oops.extra: member-added compatible minor", "PutThing response Oops.extra: member-added compatible minor"],
    );
    // Every error has a message, listed or not.
    check(
        &[("/shapes/Oops/members/message", member("Text"))],
        &[
            "GetThings response Oops.message: error-message-changed compatible none",
            "PutThing response Oops.message: error-message-changed compatible none",
        ],
    );
}

#[test]
fn case_26_an_operation_is_removed() {
    check(&[("/operations/GetThings", json!(null))], &["GetThings: operation-removed breaking major"]);
}

#[test]
fn case_27_an_operation_gets_an_output() {
    check(
        &[
            ("/shapes/PutThingOutput", json!({ "type": "structure", "members": { "id": member("Text") } })),
            ("/operations/PutThing/output", member("PutThingOutput")),
        ],
        &[
            "PutThing response: output-added compatible none",
            "PutThing response id: member-added compatible minor",
            "service: shape-added compatible none",
        ],
    );
}

#[test]
fn case_28_an_input_is_renamed_and_gets_a_member() {
    let mut input = model()["shapes"]["PutThingInput"].clone();
    input["members"]["extra"] = member("Text");
    check(
        &[
            ("/shapes/PutThingInput", json!(null)),
            ("/shapes/PutThingRequest", input),
            ("/operations/PutThing/input", member("PutThingRequest")),
        ],
        &[
            "PutThing request: input-retargeted compatible none",
            "PutThing request extra: member-added compatible minor",
            "service: shape-added compatible none",
            "service: shape-removed compatible none",
        ],
    );
}

#[test]
fn case_29_the_http_binding_changes() {
    check(
        &[("/operations/PutThing/http", json!({ "method": "PUT", "requestUri": "/things" }))],
        &["PutThing: unused-binding-changed compatible none"],
    );
    // The status is the default one.
    check(
        &[("/operations/PutThing/http", json!({ "method": "POST", "requestUri": "/", "responseCode": 200 }))],
        &["service: trait-changed compatible none"],
    );
}

#[test]
fn case_30_an_operation_is_deprecated() {
    // Semantic Versioning asks for a minor version; the API itself is the same.
    check_lines(&[], &[("/operations/PutThing/deprecated", json!(true))], &["PutThing: deprecated compatible minor"]);
}

#[test]
fn case_31_a_member_is_deprecated_documented_and_sensitive() {
    check_lines(
        &[],
        &[("/shapes/GetThingsInput/members/note", json!({ "shape": "Text", "deprecated": true, "documentation": "<p>A note.</p>" }))],
        &["GetThings request note: deprecated compatible minor", "GetThings request note: documentation-changed compatible none"],
    );
    check(
        &[("/shapes/Name/sensitive", json!(true))],
        &[
            "GetThings response things[].name: sensitive-added compatible none",
            "PutThing request thing.name: sensitive-added compatible none",
        ],
    );
}

#[test]
fn case_32_a_member_gets_a_location_and_becomes_a_token() {
    check(
        &[(
            "/shapes/PutThingInput/members/token",
            json!({ "shape": "Text", "location": "header", "locationName": "x-token", "idempotencyToken": true, "box": true }),
        )],
        &[
            "PutThing request token: idempotency-token-added compatible none",
            "PutThing request token: unused-binding-changed compatible none",
            "service: trait-added compatible none",
        ],
    );
}

#[test]
fn case_33_the_timestamp_format_changes() {
    check(
        &[("/shapes/Time/timestampFormat", json!("iso8601"))],
        &[
            "GetThings response things[].at: timestamp-format-changed breaking none",
            "PutThing request thing.at: timestamp-format-changed breaking none",
        ],
    );
    // The format is the protocol's default.
    check(&[("/shapes/Time/timestampFormat", json!("unixTimestamp"))], &[]);
}

#[test]
fn case_34_the_addressing_of_the_service_changes() {
    check(&[("/metadata/targetPrefix", json!("Things_20210101"))], &["service: target-prefix-changed breaking none"]);
    check(&[("/metadata/signingName", json!("stuff"))], &["service: signing-name-changed breaking none"]);
    check(
        &[("/metadata/jsonVersion", json!("1.0"))],
        &["service: protocol-added compatible none", "service: protocol-removed breaking none"],
    );
    check(
        &[("/metadata/endpointPrefix", json!("stuff")), ("/metadata/signingName", json!("things"))],
        &["service: endpoint-prefix-changed breaking none"],
    );
}
