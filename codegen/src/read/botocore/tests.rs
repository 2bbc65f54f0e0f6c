use super::*;
use crate::model::{Member, Simple};
use crate::read::read;
use crate::read::tests::{faults, lines, member, model_of, shape};
use serde_json::{Value, json};

/// A service with the protocol `json`, these operations and shapes, and its metadata changed by `metadata`.
fn service(metadata: &Value, operations: &Value, shapes: &Value) -> String {
    let mut all = json!({
        "apiVersion": "2016-10-06", "endpointPrefix": "codebuild", "jsonVersion": "1.1", "protocol": "json", "serviceFullName": "AWS CodeBuild",
        "serviceId": "Code Build", "signatureVersion": "v4", "targetPrefix": "CodeBuild_20161006"
    });
    if let (Value::Object(all), Value::Object(metadata)) = (&mut all, metadata) {
        all.extend(metadata.clone());
        all.retain(|_, value| !value.is_null());
    }
    json!({ "version": "2.0", "metadata": all, "operations": operations, "shapes": shapes, "documentation": "Builds." }).to_string()
}

fn shapes(shapes: &Value) -> Model {
    model_of(&service(&json!({}), &json!({}), shapes))
}

fn id(name: &str) -> String {
    format!("com.amazonaws.codebuild#{name}")
}

fn traits_of<'m>(model: &'m Model, name: &str) -> Vec<(&'m str, &'m Value)> {
    shape(model, &id(name)).traits.0.iter().map(|(id, value)| (id.as_str(), value)).collect()
}

fn member_traits(member: &Member) -> Vec<(&str, &Value)> {
    member.traits.0.iter().map(|(id, value)| (id.as_str(), value)).collect()
}

#[test]
fn an_attribute_value_of_dynamodb_is_a_union_without_a_mark() {
    let values = json!({ "AttributeValue": { "type": "structure", "members": { "S": { "shape": "S" } } }, "S": { "type": "string" } });
    let kind = |service_id| {
        let model = model_of(&service(&json!({ "serviceId": service_id }), &json!({}), &values));
        let id = model.shapes.keys().find(|id| id.as_str().ends_with("#AttributeValue")).expect("the shape exists").as_str().to_owned();
        shape(&model, &id).kind.clone()
    };
    assert!(matches!(kind("DynamoDB"), Kind::Union(_)));
    assert!(matches!(kind("DynamoDB Streams"), Kind::Union(_)));
    assert!(matches!(kind("Code Build"), Kind::Structure(_)));
}

#[test]
fn the_metadata_becomes_the_service() {
    let model = model_of(&service(&json!({ "uid": "x" }), &json!({}), &json!({})));
    assert_eq!(
        traits_of(&model, "CodeBuild_20161006"),
        [
            ("aws.api#service", &json!({ "sdkId": "Code Build", "endpointPrefix": "codebuild", "arnNamespace": "codebuild" })),
            ("aws.auth#sigv4", &json!({ "name": "codebuild" })),
            ("aws.protocols#awsJson1_1", &json!({})),
            ("botocore#uid", &json!("x")),
            ("smithy.api#documentation", &json!("Builds.")),
            ("smithy.api#title", &json!("AWS CodeBuild")),
        ]
    );
    let Kind::Service(service) = &shape(&model, &id("CodeBuild_20161006")).kind else { panic!("a service") };
    assert_eq!(service.version, "2016-10-06");
}

#[test]
fn an_invalid_target_prefix_is_kept_beside_the_name() {
    let model = model_of(&service(&json!({ "targetPrefix": "com.amazonaws.cloudtrail.v1.CloudTrail_2013" }), &json!({}), &json!({})));
    let service = shape(&model, &id("comamazonawscloudtrailv1CloudTrail_2013"));
    assert_eq!(service.traits.text("smithlet.api#targetPrefix"), Some("com.amazonaws.cloudtrail.v1.CloudTrail_2013"));
    let rest = model_of(&service_without_target());
    assert!(matches!(shape(&rest, &id("CodeBuild")).kind, Kind::Service(_)));
}

fn service_without_target() -> String {
    service(&json!({ "targetPrefix": null, "jsonVersion": null, "protocol": "rest-json" }), &json!({}), &json!({}))
}

#[test]
fn every_protocol_is_listed() {
    let protocols = |metadata: Value| -> Vec<String> {
        let model = model_of(&service(&metadata, &json!({}), &json!({})));
        let ids = shape(&model, &id("CodeBuild_20161006")).traits.0.keys();
        ids.filter(|id| id.contains("protocol")).cloned().collect()
    };
    assert_eq!(
        protocols(json!({ "protocol": "smithy-rpc-v2-cbor", "protocols": ["smithy-rpc-v2-cbor", "json"], "jsonVersion": "1.0" })),
        ["aws.protocols#awsJson1_0", "smithy.protocols#rpcv2Cbor"]
    );
    assert_eq!(protocols(json!({ "protocol": "ec2" })), ["aws.protocols#ec2Query"]);
    assert_eq!(protocols(json!({ "protocol": "soap" })), ["botocore#protocol"]);
    assert_eq!(
        faults(&service(&json!({ "jsonVersion": null }), &json!({}), &json!({}))),
        ["/metadata/protocol: the protocol `json` has no version\n  hint: `jsonVersion` is \"1.0\" or \"1.1\""]
    );
}

#[test]
fn authentication_is_translated() {
    let model = model_of(&service(
        &json!({ "signingName": "build", "auth": ["aws.auth#sigv4a", "aws.auth#sigv4"] }),
        &json!({ "Open": { "name": "Open", "authtype": "none", "auth": ["smithy.api#noAuth"] } }),
        &json!({}),
    ));
    let service = shape(&model, &id("CodeBuild_20161006"));
    assert_eq!(service.traits.get("aws.auth#sigv4a"), Some(&json!({ "name": "build" })));
    assert_eq!(service.traits.get("smithy.api#auth"), Some(&json!(["aws.auth#sigv4a", "aws.auth#sigv4"])));
    let open = shape(&model, &id("Open"));
    assert!(open.traits.has("smithy.api#optionalAuth"));
    assert_eq!(open.traits.get("smithy.api#auth"), Some(&json!(["smithy.api#noAuth"])));
}

#[test]
fn shapes_of_every_type_are_translated() {
    let model = shapes(&json!({
        "B": { "type": "blob", "max": 10 },
        "C": { "type": "character" },
        "D": { "type": "structure", "members": {}, "document": true },
        "E": { "type": "string", "enum": ["A", "b-c"], "sensitive": true },
        "F": { "type": "double", "min": 0.5, "max": 1, "box": true },
        "L": { "type": "list", "member": { "shape": "S", "locationName": "item" }, "min": 1, "flattened": true, "sparse": true },
        "M": { "type": "map", "key": { "shape": "S" }, "value": { "shape": "L" } },
        "S": { "type": "string", "pattern": "a+", "min": 1, "documentation": "A text.", "deprecated": true, "deprecatedMessage": "Gone." },
        "T": { "type": "timestamp", "timestampFormat": "iso8601" },
        "U": { "type": "structure", "union": true, "members": { "s": { "shape": "S" } } },
        "V": { "type": "structure", "eventstream": true, "members": { "e": { "shape": "W" } } },
        "W": { "type": "structure", "event": true, "members": {} }
    }));
    assert_eq!(traits_of(&model, "B"), [("smithy.api#length", &json!({ "max": 10 }))]);
    assert_eq!(shape(&model, &id("C")).kind, Kind::Simple(Simple::String));
    assert_eq!(shape(&model, &id("D")).kind, Kind::Simple(Simple::Document));
    assert_eq!(member(&model, &id("E"), "b_c").traits.text("smithy.api#enumValue"), Some("b-c"));
    assert_eq!(traits_of(&model, "F"), [("smithy.api#box", &json!({})), ("smithy.api#range", &json!({ "min": 0.5, "max": 1 }))]);
    assert_eq!(member_traits(member(&model, &id("L"), "member")), [], "a name for XML says nothing in JSON");
    assert_eq!(shape(&model, &id("S")).traits.get("smithy.api#deprecated"), Some(&json!({ "message": "Gone." })));
    assert_eq!(traits_of(&model, "T"), [("smithy.api#timestampFormat", &json!("date-time"))]);
    assert!(matches!(shape(&model, &id("U")).kind, Kind::Union(_)));
    assert!(matches!(shape(&model, &id("V")).kind, Kind::Union(_)) && shape(&model, &id("V")).traits.has("smithy.api#streaming"));
    assert_eq!(traits_of(&model, "W"), [("botocore#event", &json!(true))], "an unknown key is kept");
}

#[test]
fn members_keep_their_traits() {
    let model = shapes(&json!({
        "S": { "type": "string" },
        "T": { "type": "timestamp" },
        "In": { "type": "structure", "required": ["name"], "members": {
            "name": { "shape": "S", "idempotencyToken": true, "documentation": "", "strange": [1] },
            "at": { "shape": "T", "timestampFormat": "rfc822", "jsonvalue": true, "contextParam": { "name": "At" } }
        } }
    }));
    assert_eq!(
        member_traits(member(&model, &id("In"), "name")),
        [("botocore#strange", &json!([1])), ("smithy.api#idempotencyToken", &json!({})), ("smithy.api#required", &json!({}))]
    );
    assert_eq!(
        member_traits(member(&model, &id("In"), "at")),
        [
            ("smithy.api#mediaType", &json!("application/json")),
            ("smithy.api#timestampFormat", &json!("http-date")),
            ("smithy.rules#contextParam", &json!({ "name": "At" })),
        ]
    );
}

#[test]
fn a_location_name_depends_on_the_protocol() {
    let all = json!({ "S": { "type": "string" }, "In": { "type": "structure", "required": ["Name"], "members": {
        "Name": { "shape": "S", "locationName": "nm" }, "Id": { "shape": "S", "location": "uri", "locationName": "id" }
    } } });
    let json = shapes(&all);
    let name = member(&json, &id("In"), "nm");
    assert_eq!(member_traits(name), [("smithlet.api#name", &json!("Name")), ("smithy.api#required", &json!({}))], "the wire's name counts");
    for (protocol, expected) in [("rest-json", "smithy.api#jsonName"), ("rest-xml", "smithy.api#xmlName")] {
        let rest = model_of(&service(&json!({ "protocol": protocol }), &json!({}), &all));
        assert_eq!(member(&rest, &id("In"), "Name").traits.text(expected), Some("nm"));
        assert!(member(&rest, &id("In"), "Id").traits.has("smithy.api#httpLabel"));
    }
    let both = json!({ "S": { "type": "string" }, "In": { "type": "structure", "members": {
        "a": { "shape": "S", "locationName": "x" }, "b": { "shape": "S", "locationName": "x" }
    } } });
    assert_eq!(faults(&service(&json!({}), &json!({}), &both)), ["/shapes/In/members/a: another member has the wire name `x` too"]);
}

#[test]
fn a_map_in_the_query_is_all_of_its_parameters() {
    let model = shapes(&json!({
        "In": { "type": "structure", "members": {
            "all": { "shape": "M", "location": "querystring" }, "one": { "shape": "S", "location": "querystring", "locationName": "o" }
        } },
        "M": { "type": "map", "key": { "shape": "S" }, "value": { "shape": "S" } },
        "S": { "type": "string" }
    }));
    assert_eq!(member_traits(member(&model, &id("In"), "all")), [("smithy.api#httpQueryParams", &json!({}))]);
    assert_eq!(member_traits(member(&model, &id("In"), "one")), [("smithy.api#httpQuery", &json!("o"))]);
}

#[test]
fn exceptions_are_errors() {
    let model = model_of(&service(
        &json!({}),
        &json!({ "Do": { "name": "Do", "errors": [{ "shape": "Old", "fault": true }, { "shape": "Bare" }] } }),
        &json!({
            "Bad": { "type": "structure", "members": {}, "exception": true, "error": { "httpStatusCode": 404, "senderFault": true, "code": "Bad" } },
            "Broken": { "type": "structure", "members": {}, "exception": true, "fault": true, "retryable": { "throttling": false } },
            "Down": { "type": "structure", "members": {}, "exception": true, "error": { "httpStatusCode": 503, "code": "IsDown" } },
            "Old": { "type": "structure", "members": {} },
            "Bare": { "type": "structure", "members": {} }
        }),
    ));
    assert_eq!(traits_of(&model, "Bad"), [("smithy.api#error", &json!("client")), ("smithy.api#httpError", &json!(404))]);
    assert_eq!(traits_of(&model, "Broken"), [("smithy.api#error", &json!("server")), ("smithy.api#retryable", &json!({}))]);
    assert_eq!(
        traits_of(&model, "Down"),
        [
            ("aws.protocols#awsQueryError", &json!({ "code": "IsDown", "httpResponseCode": 503 })),
            ("smithy.api#error", &json!("server")),
            ("smithy.api#httpError", &json!(503)),
        ]
    );
    assert_eq!(traits_of(&model, "Old"), [("smithy.api#error", &json!("server"))]);
    assert_eq!(traits_of(&model, "Bare"), [("smithy.api#error", &json!("client"))]);
}

#[test]
fn operations_have_their_traits() {
    let model = model_of(&service(
        &json!({}),
        &json!({
            "Start": {
                "name": "Start", "http": { "method": "POST", "requestUri": "/", "responseCode": 200 }, "input": { "shape": "StartInput" },
                "output": { "shape": "Shared" }, "endpoint": { "hostPrefix": "sync-" }, "idempotent": true, "readonly": true,
                "endpointdiscovery": { "required": true }, "httpChecksumRequired": true, "documentationUrl": "https://example.com",
                "staticContextParams": { "Kind": { "value": 1 } }
            },
            "Stop": { "name": "Halt", "output": { "shape": "Shared" } }
        }),
        &json!({ "StartInput": { "type": "structure", "members": {} }, "Shared": { "type": "structure", "members": {} } }),
    ));
    assert_eq!(
        traits_of(&model, "Start"),
        [
            ("aws.api#clientDiscoveredEndpoint", &json!({ "required": true })),
            ("smithy.api#endpoint", &json!({ "hostPrefix": "sync-" })),
            ("smithy.api#externalDocumentation", &json!({ "Documentation": "https://example.com" })),
            ("smithy.api#http", &json!({ "method": "POST", "uri": "/", "code": 200 })),
            ("smithy.api#httpChecksumRequired", &json!({})),
            ("smithy.api#idempotent", &json!({})),
            ("smithy.api#readonly", &json!({})),
            ("smithy.rules#staticContextParams", &json!({ "Kind": { "value": 1 } })),
        ]
    );
    assert_eq!(traits_of(&model, "StartInput"), [("smithy.api#input", &json!({}))]);
    assert_eq!(traits_of(&model, "Shared"), [], "the output of two operations belongs to neither");
    let Kind::Service(service) = &shape(&model, &id("CodeBuild_20161006")).kind else { panic!("a service") };
    assert_eq!(service.operations.iter().map(|operation| operation.target.name()).collect::<Vec<_>>(), ["Start", "Stop"]);
}

/// Botocore names labels after the member's `locationName`, Smithy after the member.
#[test]
fn labels_are_named_after_members() {
    let model = model_of(&service(
        &json!({ "protocol": "rest-json", "jsonVersion": null, "targetPrefix": null }),
        &json!({
            "Get": {
                "name": "Get", "http": { "method": "GET", "requestUri": "/apps/{app-id}/{path+}?x={b}" }, "input": { "shape": "GetInput" }
            }
        }),
        &json!({
            "GetInput": { "type": "structure", "required": ["AppId", "path"], "members": {
                "AppId": { "shape": "Text", "location": "uri", "locationName": "app-id" },
                "path": { "shape": "Text", "location": "uri", "locationName": "path" },
                "Kind": { "shape": "Text", "locationName": "kind" }
            } },
            "Text": { "type": "string" }
        }),
    ));
    let http = shape(&model, &id("Get")).traits.get("smithy.api#http");
    assert_eq!(http, Some(&json!({ "method": "GET", "uri": "/apps/{AppId}/{path+}?x={b}" })));
    assert_eq!(member_traits(member(&model, &id("GetInput"), "Kind")), [("smithy.api#jsonName", &json!("kind"))]);
}

#[test]
fn a_shape_with_the_name_of_an_operation_is_renamed() {
    let model = model_of(&service(
        &json!({}),
        &json!({ "Stop": { "name": "Stop", "input": { "shape": "Stop" } } }),
        &json!({ "Stop": { "type": "structure", "members": {} }, "CodeBuild_20161006": { "type": "string" } }),
    ));
    let Kind::Operation(operation) = &shape(&model, &id("Stop")).kind else { panic!("an operation") };
    assert_eq!(operation.input.as_ref().map(|input| input.target.name()), Some("StopShape"));
    assert_eq!(shape(&model, &id("StopShape")).traits.text("smithlet.api#name"), Some("Stop"));
    assert_eq!(shape(&model, &id("CodeBuild_20161006Shape")).kind, Kind::Simple(Simple::String));
}

#[test]
fn all_faults_are_reported_in_one_run() {
    let found = faults(&service(
        &json!({ "serviceId": null }),
        &json!({ "Do-It": { "name": "Do-It" }, "Go": { "name": "Go", "input": {}, "errors": {} } }),
        &json!({
            "x; }": { "type": "string" },
            "A": { "type": "strin" },
            "B": { "type": "list" },
            "C": { "type": "structure", "required": ["nam"], "members": { "name": { "shape": "A" }, "1x": { "shape": "A" } } },
            "D": { "type": "string", "enum": ["a", "a", 1] },
            "E": { "type": "structure", "members": { "a": {} }, "exception": "yes" },
            "F": []
        }),
    ));
    assert_eq!(
        found,
        [
            "/metadata: the key `serviceId` is missing",
            &format!("/operations/Do-It: `Do-It` is not a valid name for an operation\n  hint: {}", ids::RULE),
            "/operations/Go/errors: expected an array, found an object",
            "/operations/Go/input: the key `shape` is missing",
            "/shapes/A/type: `strin` is not a shape type\n  hint: did you mean `string`?",
            "/shapes/B: a list without a `member`\n  hint: give it `\"member\": { \"shape\": ... }`",
            &format!("/shapes/C/members/1x: `1x` is not a valid name for a member\n  hint: {}", ids::RULE),
            "/shapes/C/required/0: `nam` is required, but is not a member\n  hint: did you mean `name`?",
            "/shapes/D/enum/1: the value `a` is listed twice",
            "/shapes/D/enum/2: expected a string, found a number",
            "/shapes/E/exception: expected true or false, found a string",
            "/shapes/E/members/a: the key `shape` is missing",
            "/shapes/F: expected an object, found an array",
            &format!("/shapes/x; }}: `x; }}` is not a valid name for a shape\n  hint: {}", ids::RULE),
        ]
    );
}

#[test]
fn keys_without_a_place_are_noted() {
    let text = service(
        &json!({}),
        &json!({ "Do": { "name": "Do", "output": { "shape": "Out", "resultWrapper": "x" } } }),
        &json!({ "Out": { "type": "structure", "members": {}, "synthetic": true } }),
    );
    let mut notes = Vec::new();
    read("m.json", &text, &mut notes).expect("nothing is wrong");
    assert_eq!(
        lines(&notes),
        [
            "note: /operations/Do/output/resultWrapper: the key `resultWrapper` of an operation's output has no meaning here (once)",
            "note: /shapes/Out: the trait `botocore#synthetic` has no meaning here (once)",
        ]
    );
}
