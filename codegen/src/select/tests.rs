use super::*;
use crate::read::tests::{lines, model_of, service_text};
use serde_json::{Value, json};

fn named(names: &[&str]) -> Operations {
    Operations::Named(names.iter().map(|name| (*name).to_owned()).collect())
}

/// The selection and its warnings.
fn selected(shapes: &Value, wanted: &Operations) -> (Selection, Vec<String>) {
    let mut warnings = Vec::new();
    let selection = select(&model_of(&service_text(shapes)), "m.json", wanted, &mut warnings);
    (selection.unwrap_or_else(|found| panic!("{}", lines(&found).join("\n"))), lines(&warnings))
}

fn refused(shapes: &Value, wanted: &Operations) -> Vec<String> {
    lines(&select(&model_of(&service_text(shapes)), "m.json", wanted, &mut Vec::new()).expect_err("this cannot be selected"))
}

fn service(operations: &[&str], traits: &Value) -> Value {
    let mut all = json!({ "aws.api#service": { "sdkId": "T" }, "aws.auth#sigv4": { "name": "t" }, "aws.protocols#awsJson1_0": {} });
    if let (Value::Object(all), Value::Object(traits)) = (&mut all, traits) {
        all.extend(traits.clone());
        all.retain(|_, value| !value.is_null());
    }
    let operations: Vec<Value> = operations.iter().map(|id| json!({ "target": id })).collect();
    json!({ "type": "service", "version": "1", "operations": operations, "traits": all })
}

fn structure(members: &[(&str, &str)]) -> Value {
    let members: Value = members.iter().map(|(name, target)| ((*name).to_owned(), json!({ "target": target }))).collect();
    json!({ "type": "structure", "members": members })
}

fn operation(input: &str, output: &str, traits: &Value) -> Value {
    json!({ "type": "operation", "input": { "target": input }, "output": { "target": output }, "traits": traits })
}

#[test]
fn the_closure_holds_reached_shapes_with_their_directions() {
    let (selection, warnings) = selected(
        &json!({
            "t#S": {
                "type": "service", "operations": [{ "target": "t#Op" }, { "target": "t#Other" }], "errors": [{ "target": "t#Down" }],
                "traits": service(&[], &json!({}))["traits"]
            },
            "t#Op": {
                "type": "operation", "input": { "target": "t#In" }, "output": { "target": "t#Out" }, "errors": [{ "target": "t#Bad" }]
            },
            "t#Other": operation("t#Unused", "smithy.api#Unit", &json!({})),
            "t#In": structure(&[("both", "t#Both"), ("flag", "smithy.api#Boolean")]),
            "t#Out": structure(&[("map", "t#Map")]),
            "t#Map": { "type": "map", "key": { "target": "t#Key" }, "value": { "target": "t#Both" } },
            "t#Key": { "type": "string" },
            "t#Both": structure(&[("again", "t#Both")]),
            "t#Bad": { "type": "structure", "traits": { "smithy.api#error": "client" } },
            "t#Down": { "type": "structure", "traits": { "smithy.api#error": "server" } },
            "t#Unused": structure(&[])
        }),
        &named(&["Op"]),
    );
    let usage: Vec<(&str, bool, bool)> = selection.shapes.iter().map(|(id, usage)| (id.as_str(), usage.input, usage.output)).collect();
    assert_eq!(
        usage,
        [
            ("smithy.api#Boolean", true, false),
            ("t#Bad", false, true),
            ("t#Both", true, true),
            ("t#Down", false, true),
            ("t#In", true, false),
            ("t#Key", false, true),
            ("t#Map", false, true),
            ("t#Out", false, true),
        ]
    );
    assert_eq!((selection.service.as_str(), warnings), ("t#S", Vec::new()));
}

#[test]
fn operations_are_sorted_by_name_and_come_from_resources_too() {
    let shapes = json!({
        "t#S": { "type": "service", "operations": [{ "target": "t#Op" }], "resources": [{ "target": "t#R" }], "traits": service(&[], &json!({}))["traits"] },
        "t#R": { "type": "resource", "create": { "target": "t#Make" }, "resources": [{ "target": "t#R" }, { "target": "t#Inner" }] },
        "t#Inner": { "type": "resource", "list": { "target": "t#Every" } },
        "t#Make": operation("t#In", "t#Out", &json!({})),
        "t#Every": operation("t#In", "t#Out", &json!({}))
    });
    let names = |wanted: &Operations| selected(&shapes, wanted).0.operations.iter().map(|id| id.name().to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&Operations::All), ["Every", "Make", "Op"]);
    assert_eq!(names(&named(&["Op", "t#Every", "Op"])), ["Every", "Op"]);
}

#[test]
fn unknown_operations_are_refused_with_the_nearest_name() {
    let shapes = json!({ "t#S": service(&["t#Op", "t#StartBuild"], &json!({})), "t#StartBuild": operation("t#In", "t#Out", &json!({})) });
    assert_eq!(
        refused(&shapes, &named(&["startBuilds", "Nothing", "Op"])),
        [
            "the service has no operation `Nothing`\n  hint: it has `Op` and `StartBuild`",
            "the service has no operation `startBuilds`\n  hint: did you mean `StartBuild`?",
        ]
    );
    assert_eq!(refused(&shapes, &named(&[])), ["no operation is chosen\n  hint: it has `Op` and `StartBuild`"]);
    assert_eq!(refused(&json!({ "t#S": service(&[], &json!({})) }), &Operations::All), ["/shapes/t#S: the service has no operations"]);
}

#[test]
fn unsupported_services_are_refused() {
    let traits = json!({
        "aws.protocols#awsJson1_0": null, "aws.protocols#restXml": {}, "smithy.protocols#rpcv2Json": {}, "aws.auth#sigv4": null,
        "smithy.api#httpBearerAuth": {}
    });
    assert_eq!(
        refused(&json!({ "t#S": service(&["t#Op"], &traits) }), &Operations::All),
        [
            "/shapes/t#S: none of the service's protocols is supported: `aws.protocols#restXml` and `smithy.protocols#rpcv2Json`\
             \n  hint: supported are `aws.protocols#awsJson1_1`, `aws.protocols#awsJson1_0`, `aws.protocols#restJson1` and `smithy.protocols#rpcv2Cbor`",
            "/shapes/t#S: the service does not support Signature Version 4: it lacks the trait `aws.auth#sigv4`\
             \n  hint: no other authentication scheme is supported",
        ]
    );
    let http2 = json!({ "aws.protocols#awsJson1_0": { "http": ["h2"] } });
    assert_eq!(
        refused(&json!({ "t#S": service(&["t#Op"], &http2) }), &Operations::All),
        ["/shapes/t#S: the service requires HTTP/2, and the client supports HTTP/1.1 only"]
    );
    selected(
        &json!({ "t#S": service(&["t#Op"], &json!({ "smithy.protocols#rpcv2Cbor": {}, "aws.protocols#awsJson1_0": { "http": ["h2", "http/1.1"] } })) }),
        &Operations::All,
    );
}

fn with_a_stream() -> Value {
    json!({
        "t#S": service(&["t#Op", "t#Watch"], &json!({})),
        "t#Watch": operation("t#WatchIn", "t#WatchOut", &json!({})),
        "t#WatchIn": structure(&[("parts", "t#Parts")]),
        "t#Parts": { "type": "list", "member": { "target": "t#PartMap" } },
        "t#PartMap": { "type": "map", "key": { "target": "smithy.api#String" }, "value": { "target": "t#Part" } },
        "t#Part": structure(&[("size", "smithy.api#BigInteger"), ("body", "t#Body")]),
        "t#Body": { "type": "blob", "traits": { "smithy.api#streaming": {} } },
        "t#WatchOut": structure(&[("events", "t#Events")]),
        "t#Events": { "type": "union", "members": { "e": { "target": "t#Out" } }, "traits": { "smithy.api#streaming": {} } }
    })
}

#[test]
fn unsupported_operations_are_errors_when_named() {
    assert_eq!(
        refused(&with_a_stream(), &named(&["Watch", "Op"])),
        [
            "/shapes/t#Part/members/body: `Watch` cannot be served: `input.parts[]{}.body` is a stream of bytes\n  hint: of the operations asked for, `Op` can be served",
            "/shapes/t#Part/members/size: `Watch` cannot be served: `input.parts[]{}.size` is an integer of any size (`bigInteger`)\n  hint: of the operations asked for, `Op` can be served",
            "/shapes/t#WatchOut/members/events: `Watch` cannot be served: `output.events` is an event stream\n  hint: of the operations asked for, `Op` can be served",
        ]
    );
}

#[test]
fn unsupported_operations_are_left_out_of_all() {
    let (selection, warnings) = selected(&with_a_stream(), &Operations::All);
    assert_eq!(selection.operations, [ShapeId::new("t#Op")]);
    assert!(!selection.shapes.contains_key(&ShapeId::new("t#Events")));
    assert_eq!(warnings.len(), 3);
    assert!(
        warnings
            .iter()
            .any(|line| line == "warning: /shapes/t#WatchOut/members/events: `Watch` is left out: `output.events` is an event stream")
    );

    let mut nothing_else = with_a_stream();
    nothing_else["t#S"] = service(&["t#Watch"], &json!({}));
    assert_eq!(refused(&nothing_else, &Operations::All).last().map(String::as_str), Some("no operation of the service can be served"));
}

#[test]
fn a_stream_of_bytes_is_the_whole_body_of_an_input_or_an_output() {
    let payload = json!({ "body": { "target": "t#Body", "traits": { "smithy.api#httpPayload": {} } } });
    let shapes = |protocol: &str, error: &Value| {
        let http = json!({ "smithy.api#http": { "method": "POST", "uri": "/" } });
        let mut watch = operation("t#Whole", "t#Whole", &http);
        watch["errors"] = json!([{ "target": "t#Fault" }]);
        json!({
            "t#S": service(&["t#Op", "t#Watch"], &json!({ "aws.protocols#awsJson1_0": null, protocol: {} })),
            "t#Op": operation("t#In", "t#Out", &http),
            "t#Watch": watch,
            "t#Whole": { "type": "structure", "members": payload },
            "t#Fault": { "type": "structure", "members": error, "traits": { "smithy.api#error": "client" } },
            "t#Body": { "type": "blob", "traits": { "smithy.api#streaming": {} } }
        })
    };
    let served = shapes("aws.protocols#restJson1", &json!({}));
    assert_eq!(selected(&served, &named(&["Watch"])).1, Vec::<String>::new());
    let hint = "\n  hint: of the operations asked for, `Op` can be served";
    let in_error = shapes("aws.protocols#restJson1", &payload);
    let expected = format!("/shapes/t#Fault/members/body: `Watch` cannot be served: `Fault.body` is a stream of bytes{hint}");
    assert_eq!(refused(&in_error, &named(&["Watch", "Op"])), [expected]);
    let without_bindings = shapes("smithy.protocols#rpcv2Cbor", &json!({}));
    let expected = format!("/shapes/t#Whole/members/body: `Watch` cannot be served: `input.body` is a stream of bytes{hint}");
    assert_eq!(refused(&without_bindings, &named(&["Watch", "Op"])), [expected]);
    let mut with_checksum = served;
    with_checksum["t#Watch"]["traits"]["smithy.api#httpChecksumRequired"] = json!({});
    let expected = format!("/shapes/t#Watch: `Watch` cannot be served: it needs a checksum of a stream of bytes{hint}");
    assert_eq!(refused(&with_checksum, &named(&["Watch", "Op"])), [expected]);
}

#[test]
fn unsupported_requirements_are_refused() {
    let why = |traits: &Value| -> String {
        let members =
            json!({ "id": { "target": "smithy.api#String", "traits": { "smithy.api#required": {}, "smithy.api#hostLabel": {} } } });
        let shapes = json!({
            "t#S": service(&["t#Op"], &json!({ "smithy.api#httpBearerAuth": {} })), "t#Op": operation("t#In", "t#Out", traits),
            "t#In": { "type": "structure", "members": members }
        });
        refused(&shapes, &named(&["Op"])).join("\n").replace("/shapes/t#Op: `Op` cannot be served: ", "")
    };
    assert_eq!(why(&json!({ "aws.api#clientDiscoveredEndpoint": { "required": true } })), "it requires endpoint discovery");
    assert_eq!(
        why(&json!({ "smithy.api#auth": ["smithy.api#httpBearerAuth"] })),
        "it does not accept Signature Version 4, only `smithy.api#httpBearerAuth`"
    );
}

#[test]
fn limitations_are_reported() {
    let traits = json!({
        "smithy.rules#staticContextParams": {}, "smithy.api#requestCompression": { "encodings": ["zstd"] },
        "aws.api#clientDiscoveredEndpoint": { "required": false }
    });
    let (_, warnings) = selected(&json!({ "t#Op": operation("t#In", "t#Out", &traits) }), &named(&["Op"]));
    assert_eq!(
        warnings,
        [
            "warning: /shapes/t#Op: the service may expect these operations at an endpoint of their own: `Op`\
             \n  hint: the client sends them to the service's usual endpoint; set `endpoint_url` if that is wrong",
            "note: /shapes/t#Op: requests of `Op` are sent uncompressed",
        ]
    );
}

#[test]
fn signing_follows_the_first_supported_scheme() {
    let signing_of = |service_traits: &Value, traits: &Value| {
        let model =
            model_of(&service_text(&json!({ "t#S": service(&["t#Op"], service_traits), "t#Op": operation("t#In", "t#Out", traits) })));
        let shape = |id: &str| model.shape(&ShapeId::new(id)).cloned().expect("it is defined");
        signing(&shape("t#S"), &shape("t#Op"))
    };
    assert_eq!(signing_of(&json!({}), &json!({})), Signing::SigV4);
    assert_eq!(signing_of(&json!({ "smithy.api#auth": ["aws.auth#sigv4a", "aws.auth#sigv4"] }), &json!({})), Signing::SigV4);
    assert_eq!(signing_of(&json!({}), &json!({ "smithy.api#optionalAuth": {} })), Signing::None);
    assert_eq!(signing_of(&json!({}), &json!({ "smithy.api#auth": ["smithy.api#noAuth"] })), Signing::None);
    assert_eq!(signing_of(&json!({}), &json!({ "smithy.api#auth": [] })), Signing::None);
    assert_eq!(
        signing_of(&json!({}), &json!({ "smithy.api#auth": ["aws.auth#sigv4a"] })),
        Signing::Unsupported(vec!["aws.auth#sigv4a".to_owned()])
    );
}

#[test]
fn one_of_the_listed_protocols_is_chosen() {
    let text =
        || service_text(&json!({ "t#S": service(&["t#Op"], &json!({ "aws.protocols#awsJson1_1": {}, "aws.protocols#restXml": {} })) }));
    for (name, other) in [("awsJson1_0", "aws.protocols#awsJson1_1"), ("aws.protocols#awsJson1_1", "aws.protocols#awsJson1_0")] {
        let mut model = model_of(&text());
        assert_eq!(only_protocol(&mut model, "m.json", name), Ok(()));
        let (_, shape, _) = model.services().next().expect("the service");
        assert!(!shape.traits.has(other) && shape.traits.has("aws.protocols#restXml"), "{name}");
    }
    let found = only_protocol(&mut model_of(&text()), "m.json", "restXml").expect_err("it is not supported");
    let expected = "/shapes/t#S: the protocol `restXml` cannot be chosen\n  hint: choose among `awsJson1_1` and `awsJson1_0`";
    assert_eq!(lines(&found), [expected]);
}

#[test]
fn json_goes_before_cbor_unless_cbor_is_chosen() {
    let both = json!({ "smithy.protocols#rpcv2Cbor": {} });
    let cbor = json!({ "aws.protocols#awsJson1_0": null, "smithy.protocols#rpcv2Cbor": {} });
    let shapes = |traits: &Value| json!({ "t#S": service(&["t#Op"], traits), "t#Op": operation("t#In", "t#Out", &json!({})) });
    assert_eq!(selected(&shapes(&both), &Operations::All).0.protocol, Protocol::AwsJson1_0);
    assert_eq!(selected(&shapes(&cbor), &Operations::All).0.protocol, Protocol::RpcV2Cbor);
    for name in ["rpcv2Cbor", "smithy.protocols#rpcv2Cbor"] {
        let mut model = model_of(&service_text(&shapes(&both)));
        assert_eq!(only_protocol(&mut model, "m.json", name), Ok(()));
        let selection = select(&model, "m.json", &Operations::All, &mut Vec::new()).expect("it can be selected");
        assert_eq!(selection.protocol, Protocol::RpcV2Cbor);
    }
    let found = only_protocol(&mut model_of(&service_text(&shapes(&cbor))), "m.json", "awsJson1_0").expect_err("it is not listed");
    assert_eq!(lines(&found), ["/shapes/t#S: the protocol `awsJson1_0` cannot be chosen\n  hint: choose among `rpcv2Cbor`"]);
}
