pub(crate) mod damage;

use super::*;
use crate::read;
use crate::read::tests::{lines, model_of, service_text, smithy_text};
use serde_json::{Value, json};

fn faults(shapes: &Value) -> Vec<String> {
    lines(&check(&model_of(&service_text(shapes)), "m.json"))
}

fn member(target: &str, traits: &Value) -> Value {
    json!({ "target": target, "traits": traits })
}

fn to(target: &str) -> Value {
    member(target, &json!({}))
}

const STRING: &str = "smithy.api#String";

#[test]
fn a_good_model_has_no_faults() {
    assert_eq!(faults(&json!({})), [] as [&str; 0]);
}

#[test]
fn a_model_is_about_one_service() {
    let none = lines(&check(&model_of(&smithy_text(&json!({}))), "m.json"));
    assert_eq!(none, ["the model has no service\n  hint: a client is made of one shape of the type `service` and the operations it names"]);
    let traits = json!({ "aws.api#service": { "sdkId": "Z" } });
    assert_eq!(
        faults(&json!({ "t#Z": { "type": "service", "traits": traits } })),
        ["/shapes/t#Z: the model has 2 services: `t#S` and `t#Z`\n  hint: keep one of them in the file"]
    );
}

#[test]
fn targets_are_defined_and_fit_their_place() {
    let found = faults(&json!({
        "t#In": { "type": "structure", "members": { "a": to("t#Strng"), "b": to("t#Op"), "c": to("smithy.api#Unit") } },
        "t#Strings": { "type": "list", "member": to("t#S") },
        "t#String": { "type": "string" },
        "t#Map": { "type": "map", "key": to("smithy.api#Integer"), "value": to(STRING) },
        "t#Other": {
            "type": "operation", "input": { "target": "t#String" }, "output": { "target": "t#Nowhere" }, "errors": [{ "target": "t#Out" }]
        },
        "t#Kind": { "type": "enum", "members": { "A": to(STRING) } },
        "t#U": { "type": "union", "members": { "nothing": to("smithy.api#Unit") } },
        "t#R": { "type": "resource", "operations": [{ "target": "t#In" }], "resources": [{ "target": "t#Op" }] }
    }));
    assert_eq!(
        found,
        [
            "/shapes/t#In/members/a: `t#Strng` is not defined\n  hint: did you mean `smithy.api#String`, `t#String` or `t#Strings`?",
            "/shapes/t#In/members/b: a structure's member must be a value, but `t#Op` is of the type `operation`",
            "/shapes/t#In/members/c: a structure's member targets `smithy.api#Unit`, which holds nothing\n  hint: only the members of unions and enums can",
            "/shapes/t#Kind/members/A: an enum's member targets `smithy.api#String`\n  hint: the members of enums target `smithy.api#Unit`",
            "/shapes/t#Map/key: a map's key must be a string or an enum, but `smithy.api#Integer` is of the type `integer`",
            "/shapes/t#Other/errors/0: an operation's error must be a structure with the trait `smithy.api#error`, but `t#Out` lacks that trait",
            "/shapes/t#Other/input: an operation's input must be a structure, but `t#String` is of the type `string`",
            "/shapes/t#Other/output: `t#Nowhere` is not defined",
            "/shapes/t#R/operations/0: a resource's operation must be an operation, but `t#In` is of the type `structure`",
            "/shapes/t#R/resources/0: a resource's resource must be a resource, but `t#Op` is of the type `operation`",
            "/shapes/t#Strings/member: a list's member must be a value, but `t#S` is of the type `service`",
        ]
    );
}

#[test]
fn enums_have_values_and_unions_members() {
    let value = |value: Value| member("smithy.api#Unit", &json!({ "smithy.api#enumValue": value }));
    let found = faults(&json!({
        "t#A": { "type": "enum" },
        "t#B": { "type": "union" },
        "t#C": { "type": "enum", "members": { "x": to("smithy.api#Unit"), "y": value(json!("x")), "z": value(json!(1)) } },
        "t#D": { "type": "intEnum", "members": { "a": to("smithy.api#Unit"), "b": value(json!(1)), "c": value(json!(1)), "d": value(json!(3_000_000_000_u32)) } },
        "t#E": { "type": "intEnum", "members": {} }
    }));
    assert_eq!(
        found,
        [
            "/shapes/t#A: an enum without values: `t#A`",
            "/shapes/t#B: a union without members: `t#B`",
            "/shapes/t#C/members/y: `x` and `y` of `t#C` have the same value, `x`",
            "/shapes/t#C/members/z: the value of `z` in `t#C` is not a string",
            "/shapes/t#D/members/a: `a` of `t#D` has no value\n  hint: every member of an `intEnum` carries the trait `smithy.api#enumValue`",
            "/shapes/t#D/members/c: `b` and `c` of `t#D` have the same value, 1",
            "/shapes/t#D/members/d: the value of `d` in `t#D` is not a 32-bit integer",
            "/shapes/t#E: an enum without values: `t#E`",
        ]
    );
}

#[test]
fn constraints_that_no_value_meets_are_found() {
    let of = |kind: &str, id: &str, value: Value| json!({ "type": kind, "traits": { (format!("smithy.api#{id}")): value } });
    let found = faults(&json!({
        "t#A": of("string", "length", json!({ "min": 2, "max": 1 })),
        "t#B": of("string", "length", json!({ "min": -1 })),
        "t#C": of("integer", "length", json!({ "min": 1 })),
        "t#D": of("string", "range", json!({ "min": 1 })),
        "t#E": of("double", "range", json!({ "min": 0.5, "max": 0.25 })),
        "t#F": of("float", "range", json!({})),
        "t#G": of("string", "pattern", json!(1)),
        "t#H": of("blob", "pattern", json!("a")),
        "t#I": of("string", "sparse", json!({})),
        "t#J": of("bigDecimal", "range", json!({ "min": "-1.5", "max": 7 })),
        "t#In": { "type": "structure", "members": { "m": member("smithy.api#Boolean", &json!({ "smithy.api#length": { "max": 3 } })) } }
    }));
    assert_eq!(
        found,
        [
            "/shapes/t#A: the trait `smithy.api#length` can never be met: `min` is 2, `max` is 1",
            "/shapes/t#B: the trait `smithy.api#length` must have limits that are whole numbers, none negative",
            "/shapes/t#C: the trait `smithy.api#length` is not allowed on a shape of this type\n  hint: the type here is `integer`",
            "/shapes/t#D: the trait `smithy.api#range` is not allowed on a shape of this type\n  hint: the type here is `string`",
            "/shapes/t#E: the trait `smithy.api#range` can never be met: `min` is 0.5, `max` is 0.25",
            "/shapes/t#F: the trait `smithy.api#range` has neither `min` nor `max`",
            "/shapes/t#G: the trait `smithy.api#pattern` must be a string",
            "/shapes/t#H: the trait `smithy.api#pattern` is not allowed on a shape of this type\n  hint: the type here is `blob`",
            "/shapes/t#I: the trait `smithy.api#sparse` is not allowed on a shape of this type\n  hint: the type here is `string`",
            "/shapes/t#In/members/m: the trait `smithy.api#length` is not allowed on a shape of this type\n  hint: the type here is `boolean`",
        ]
    );
}

#[test]
fn defaults_must_fit_their_type() {
    let shapes = |default: &Value, target: &str| {
        json!({
            "t#In": { "type": "structure", "members": { "m": member(target, &json!({ "smithy.api#default": default })) } },
            "t#L": { "type": "list", "member": to(STRING) },
            "t#M": { "type": "map", "key": to(STRING), "value": to(STRING) },
            "t#E": { "type": "enum", "members": { "A": member("smithy.api#Unit", &json!({ "smithy.api#enumValue": "a" })) } },
            "t#I": { "type": "intEnum", "members": { "A": member("smithy.api#Unit", &json!({ "smithy.api#enumValue": 1 })) } }
        })
    };
    let good = [
        (json!(false), "smithy.api#Boolean"),
        (json!(127), "smithy.api#Byte"),
        (json!(1.5), "smithy.api#Double"),
        (json!("NaN"), "smithy.api#Float"),
        (json!(""), "smithy.api#Blob"),
        (json!(0), "smithy.api#Timestamp"),
        (json!([]), "t#L"),
        (json!({}), "t#M"),
        (json!("a"), "t#E"),
        (json!(1), "t#I"),
        (json!({ "any": [1] }), "smithy.api#Document"),
        (json!(null), "smithy.api#Integer"),
        (json!(null), "t#Out"),
    ];
    for (default, target) in good {
        assert_eq!(faults(&shapes(&default, target)), [] as [&str; 0], "{default} for {target}");
    }
    let bad = [
        (json!(0), "smithy.api#Boolean"),
        (json!(128), "smithy.api#Byte"),
        (json!(1.5), "smithy.api#Integer"),
        (json!("1"), "smithy.api#Long"),
        (json!(0), STRING),
        (json!(["x"]), "t#L"),
        (json!({ "a": "b" }), "t#M"),
        (json!("b"), "t#E"),
        (json!(2), "t#I"),
        (json!({}), "t#Out"),
    ];
    for (default, target) in bad {
        let found = faults(&shapes(&default, target));
        assert!(found.len() == 1 && found.iter().all(|line| line.contains("smithy.api#default")), "{default} for {target}: {found:?}");
    }
}

#[test]
fn types_without_a_finite_value_are_found() {
    let required = |target: &str| member(target, &json!({ "smithy.api#required": {} }));
    let found = faults(&json!({
        "t#Lists": { "type": "list", "member": to("t#Maps") },
        "t#Maps": { "type": "map", "key": to(STRING), "value": to("t#Lists") },
        "t#Self": { "type": "list", "member": to("t#Self") },
        "t#A": { "type": "structure", "members": { "b": required("t#B") } },
        "t#B": { "type": "structure", "members": { "u": required("t#U"), "optional": to("t#B") } },
        "t#U": { "type": "union", "members": { "a": to("t#A"), "b": to("t#B") } },
        "t#User": { "type": "structure", "members": { "a": required("t#A") } }
    }));
    let hint = "make one of these members optional, or put a structure between them";
    assert_eq!(
        found,
        [
            format!("/shapes/t#A: `t#A` requires itself, so no value of it can exist: A -> B -> U -> A\n  hint: {hint}"),
            format!(
                "/shapes/t#Lists: `t#Lists` contains itself with no structure or union between: Lists -> Maps -> Lists\n  hint: {hint}"
            ),
            format!("/shapes/t#Self: `t#Self` contains itself with no structure or union between: Self -> Self\n  hint: {hint}"),
        ]
    );
}

#[test]
fn recursion_that_can_end_is_accepted() {
    let required = |target: &str| member(target, &json!({ "smithy.api#required": {} }));
    let found = faults(&json!({
        "t#Tree": { "type": "structure", "members": { "children": required("t#Trees"), "parent": to("t#Tree") } },
        "t#Trees": { "type": "list", "member": to("t#Tree") },
        "t#Value": { "type": "union", "members": { "list": to("t#Values"), "boxed": to("t#Boxed"), "self": to("t#Value") } },
        "t#Values": { "type": "list", "member": to("t#Value") },
        "t#Boxed": { "type": "structure", "members": { "value": required("t#Value") } }
    }));
    assert_eq!(found, [] as [&str; 0]);
}

#[test]
fn malformed_traits_are_found() {
    let found = faults(&json!({
        "t#S": {
            "type": "service", "version": "1\n2", "operations": [{ "target": "t#Op" }],
            "traits": {
                "aws.api#service": { "endpointPrefix": "a/b" }, "aws.auth#sigv4": {}, "smithlet.api#targetPrefix": "a\r\nb",
                "smithlet.api#crate": { "name": "x" }, "smithy.api#auth": [1]
            }
        },
        "t#Op": { "type": "operation", "input": { "target": "t#In" }, "traits": { "smithy.api#endpoint": { "hostPrefix": "{id}." } } },
        "t#Op2": { "type": "operation", "traits": { "smithy.api#endpoint": { "hostPrefix": "evil.example/" } } },
        "t#Op3": { "type": "operation", "traits": { "smithy.api#endpoint": {} } },
        "t#In": { "type": "structure", "members": {
            "at": member("smithy.api#Timestamp", &json!({ "smithy.api#timestampFormat": "unix" })),
            "id": member(STRING, &json!({ "smithy.api#required": {}, "smithlet.api#name": "a b", "smithlet.api#tokenValidity": { "seconds": 0 } })),
            "token": member("smithy.api#Integer", &json!({ "smithy.api#idempotencyToken": {}, "smithy.api#documentation": 1 }))
        } },
        "t#Bad": { "type": "structure", "traits": { "smithy.api#error": "mine", "smithy.api#httpError": 42 } },
        "t#Stream": { "type": "string", "traits": { "smithy.api#streaming": {} } }
    }));
    assert_eq!(
        found,
        [
            "/shapes/t#Bad: the trait `smithy.api#error` must be `client` or `server`",
            "/shapes/t#Bad: the trait `smithy.api#httpError` must be an HTTP status",
            "/shapes/t#In/members/at: the trait `smithy.api#timestampFormat` must be `date-time`, `http-date` or `epoch-seconds`",
            &format!("/shapes/t#In/members/id: the trait `smithlet.api#name` must be a name\n  hint: {}", read::ids::RULE),
            "/shapes/t#In/members/id: the trait `smithlet.api#tokenValidity` must be an object with the whole number `seconds`, at least 1",
            "/shapes/t#In/members/id: the trait `smithlet.api#tokenValidity` must be on an idempotency token",
            "/shapes/t#In/members/token: the trait `smithy.api#documentation` must be a string",
            "/shapes/t#In/members/token: the trait `smithy.api#idempotencyToken` must be on a string",
            "/shapes/t#Op: the trait `smithy.api#endpoint` of `t#Op` has a label that is not a required member of the input with the trait `hostLabel`: `id`",
            "/shapes/t#Op2: the trait `smithy.api#endpoint` of `t#Op2` has a prefix that cannot be part of a host name: `evil.example/`",
            "/shapes/t#Op3: the trait `smithy.api#endpoint` of `t#Op3` has no string `hostPrefix`",
            "/shapes/t#S: `endpointPrefix` in the trait `aws.api#service` is `a/b`; it must be part of a host name",
            "/shapes/t#S: the key `name` is missing in the trait `aws.auth#sigv4`",
            "/shapes/t#S: the key `sdkId` is missing in the trait `aws.api#service`",
            "/shapes/t#S: the trait `smithlet.api#crate` must be an object with the strings `name` and `version`",
            "/shapes/t#S: the trait `smithlet.api#targetPrefix` must be printable ASCII text without spaces",
            "/shapes/t#S: the trait `smithy.api#auth` must be a list of strings",
            "/shapes/t#S/version: `1\\n2` is not a valid API version",
            "/shapes/t#Stream: the trait `smithy.api#streaming` must be on a blob or a union",
        ]
    );
}

#[test]
fn settings_of_checksums_are_members_of_the_input() {
    let found = faults(&json!({
        "t#Op": { "type": "operation", "input": { "target": "t#In" }, "traits": { "aws.protocols#httpChecksum": {
            "requestAlgorithmMember": "algorithm", "requestValidationModeMember": "mode" } } },
        "t#Op2": { "type": "operation", "traits": { "aws.protocols#httpChecksum": { "requestAlgorithmMember": "algorithm" } } },
        "t#In": { "type": "structure", "members": { "algorithm": to(STRING), "mode": to("smithy.api#Integer") } }
    }));
    let hint = "\n  hint: it is a member of the operation's input, and a string or an enum";
    assert_eq!(
        found,
        [
            format!(
                "/shapes/t#Op: the trait `aws.protocols#httpChecksum` of `t#Op` has the `requestValidationModeMember` \"mode\", which is not a member with a name{hint}"
            ),
            format!(
                "/shapes/t#Op2: the trait `aws.protocols#httpChecksum` of `t#Op2` has the `requestAlgorithmMember` \"algorithm\", which is not a member with a name{hint}"
            ),
        ]
    );
}
