//! Tests of both formats, and helpers for the tests of later phases.

use super::*;
use crate::model::{Kind, Member, Shape, ShapeId};
use serde_json::{Value, json};

/// The text of a Smithy model with these shapes.
pub(crate) fn smithy_text(shapes: &Value) -> String {
    json!({ "smithy": "2.0", "shapes": shapes }).to_string()
}

/// A Smithy model of a service `t#S` with one operation `t#Op`, whose input `t#In` and output `t#Out` have no members, and of these shapes,
/// which may replace any of those.
pub(crate) fn service_text(shapes: &Value) -> String {
    let mut all = json!({
        "t#S": {
            "type": "service", "version": "2020-01-01", "operations": [{ "target": "t#Op" }],
            "traits": { "aws.api#service": { "sdkId": "T" }, "aws.auth#sigv4": { "name": "t" }, "aws.protocols#awsJson1_1": {} }
        },
        "t#Op": { "type": "operation", "input": { "target": "t#In" }, "output": { "target": "t#Out" } },
        "t#In": { "type": "structure" },
        "t#Out": { "type": "structure" }
    });
    if let (Value::Object(all), Value::Object(shapes)) = (&mut all, shapes) {
        all.extend(shapes.clone());
    }
    smithy_text(&all)
}

/// Reads a model without faults.
pub(crate) fn model_of(text: &str) -> Model {
    read("m.json", text, &mut Vec::new()).unwrap_or_else(|found| panic!("{}", lines(&found).join("\n")))
}

/// The shape with this id.
pub(crate) fn shape<'m>(model: &'m Model, id: &str) -> &'m Shape {
    model.shape(&ShapeId::new(id)).unwrap_or_else(|| panic!("{id} is not in the model"))
}

/// The member of a shape.
pub(crate) fn member<'m>(model: &'m Model, id: &str, name: &str) -> &'m Member {
    shape(model, id)
        .members()
        .find(|(member, _)| *member == name)
        .map_or_else(|| panic!("{id}${name} is not in the model"), |(_, member)| member)
}

/// The findings without the file's name.
pub(crate) fn lines(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|finding| finding.to_string().replace("m.json#", "").replace("m.json: ", "")).collect()
}

/// The faults of a text that has some.
pub(crate) fn faults(text: &str) -> Vec<String> {
    lines(&read("m.json", text, &mut Vec::new()).expect_err("the model is wrong"))
}

#[test]
fn a_file_of_neither_format_is_refused() {
    let message = "neither a Smithy JSON AST nor a botocore service-2.json, at line 1, column 1";
    assert_eq!(faults("{}"), [format!("{message}\n  hint: {}", json::EXPECTED)]);
    assert_eq!(
        faults(r#"{"pagination": {}}"#),
        [format!("{message}\n  hint: this is botocore's list of paginators; the model is in service-2.json beside it")]
    );
}

#[test]
fn text_that_is_not_json_is_one_finding() {
    for text in ["", "x", "[]", "{\"smithy\": \"2.0\"", &"[".repeat(100_000)] {
        let found = faults(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|line| line.contains("line 1, column ")), "{found:?}");
    }
}

#[test]
fn duplicate_keys_are_found_together_with_other_faults() {
    let text = r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "string"}, "a#B": {"type": "strng"}}}"#;
    assert_eq!(
        faults(text),
        [
            "/shapes/a#B: the key `a#B` appears twice\n  hint: only the last one would count; remove or rename one of them",
            "/shapes/a#B/type: `strng` is not a shape type\n  hint: did you mean `string`?"
        ]
    );
}

#[test]
fn traits_without_a_meaning_here_are_noted_once_each() {
    let text = smithy_text(&json!({
        "a#B": { "type": "structure", "traits": { "x.y#z": 1 }, "members": { "c": { "target": "smithy.api#String", "traits": { "x.y#z": {} } } } },
        "a#D": { "type": "string", "colour": "blue", "traits": { "smithy.api#documentation": "Known." } }
    }));
    let mut notes = Vec::new();
    let model = read("m.json", &text, &mut notes).expect("nothing is wrong");
    assert_eq!(
        lines(&notes),
        [
            "note: /shapes/a#D/colour: the key `colour` of a string has no meaning here (once)",
            "note: /shapes/a#B: the trait `x.y#z` has no meaning here (2 times, first here)"
        ]
    );
    assert_eq!(member(&model, "a#B", "c").traits.get("x.y#z"), Some(&json!({})), "it is kept all the same");
}

#[test]
fn constraints_that_only_the_service_checks_are_noted() {
    let text = smithy_text(&json!({
        "a#L": { "type": "list", "member": { "target": "a#S" }, "traits": { "smithy.api#uniqueItems": {}, "smithy.api#length": { "max": 1 } } },
        "a#S": { "type": "string", "traits": { "smithy.api#pattern": "^a+$" } },
        "a#T": { "type": "string", "traits": { "smithy.api#pattern": "^b+$" } }
    }));
    let mut notes = Vec::new();
    read("m.json", &text, &mut notes).expect("nothing is wrong");
    assert_eq!(
        lines(&notes),
        [
            "note: /shapes/a#S: the trait `smithy.api#pattern` is not checked before sending (2 times, first here)",
            "note: /shapes/a#L: the trait `smithy.api#uniqueItems` is not checked before sending (once)"
        ]
    );
}

#[test]
fn both_formats_say_the_same() {
    let smithy = service_text(&json!({
        "com.amazonaws.t#T_2020": {
            "type": "service", "version": "2020-01-01", "operations": [{ "target": "com.amazonaws.t#Do" }],
            "traits": {
                "aws.api#service": { "sdkId": "T", "endpointPrefix": "t", "arnNamespace": "t" }, "aws.auth#sigv4": { "name": "t" },
                "aws.protocols#awsJson1_1": {}, "smithy.api#title": "A T"
            }
        },
        "com.amazonaws.t#Do": {
            "type": "operation", "input": { "target": "com.amazonaws.t#DoInput" }, "errors": [{ "target": "com.amazonaws.t#Bad" }],
            "traits": { "smithy.api#http": { "method": "POST", "uri": "/" } }
        },
        "com.amazonaws.t#DoInput": {
            "type": "structure", "traits": { "smithy.api#input": {} },
            "members": { "kinds": { "target": "com.amazonaws.t#Kinds", "traits": { "smithy.api#required": {} } } }
        },
        "com.amazonaws.t#Kinds": { "type": "list", "member": { "target": "com.amazonaws.t#Kind" } },
        "com.amazonaws.t#Kind": {
            "type": "enum",
            "members": { "A": { "target": "smithy.api#Unit" }, "b_c": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "b-c" } } }
        },
        "com.amazonaws.t#Bad": { "type": "structure", "traits": { "smithy.api#error": "client" } }
    }));
    let botocore = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "t", "jsonVersion": "1.1", "protocol": "json", "serviceFullName": "A T",
            "serviceId": "T", "signatureVersion": "v4", "targetPrefix": "T_2020"
        },
        "operations": { "Do": {
            "name": "Do", "http": { "method": "POST", "requestUri": "/" }, "input": { "shape": "DoInput" }, "errors": [{ "shape": "Bad" }]
        } },
        "shapes": {
            "DoInput": { "type": "structure", "required": ["kinds"], "members": { "kinds": { "shape": "Kinds" } } },
            "Kinds": { "type": "list", "member": { "shape": "Kind" } },
            "Kind": { "type": "string", "enum": ["A", "b-c"] },
            "Bad": { "type": "structure", "members": {}, "exception": true }
        }
    });
    let (smithy, botocore) = (model_of(&smithy), model_of(&botocore.to_string()));
    for name in ["T_2020", "Do", "DoInput", "Kinds", "Kind", "Bad"] {
        let id = format!("com.amazonaws.t#{name}");
        assert_eq!(without_places(shape(&smithy, &id)), without_places(shape(&botocore, &id)), "{id}");
    }
}

/// The shape without its places in the file.
fn without_places(shape: &Shape) -> Shape {
    let mut shape = shape.clone();
    shape.pointer = Pointer::default();
    let names: Vec<String> = shape.members().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        shape.member_mut(&name).into_iter().for_each(|member| member.pointer = Pointer::default());
    }
    match &mut shape.kind {
        Kind::Service(service) => service.operations.iter_mut().for_each(|operation| operation.pointer = Pointer::default()),
        Kind::Operation(operation) => {
            let references = operation.input.iter_mut().chain(operation.output.iter_mut()).chain(&mut operation.errors);
            references.for_each(|reference| reference.pointer = Pointer::default());
        }
        _ => {}
    }
    shape
}
