//! Imports into a small model, from either format.

mod documentation;
mod forms;
mod publishing;
mod record;
mod refused;
mod structure;

use super::*;
use serde_json::{Value, json};

/// Our model: two operations, everything documented, in the format of our files.
pub(super) fn ours() -> String {
    let words = |text: &str| json!({ "smithy.api#documentation": text });
    let model = json!({ "smithy": "2.0", "metadata": {}, "shapes": {
        "a.things#Things": {
            "type": "service", "version": "2020-01-01",
            "operations": [{ "target": "a.things#GetThing" }, { "target": "a.things#PutThing" }],
            "traits": {
                "aws.api#service": { "sdkId": "Things", "endpointPrefix": "things", "arnNamespace": "thing" }, "aws.auth#sigv4": { "name": "things" },
                "aws.protocols#awsJson1_1": {}, "smithy.api#documentation": "Our things.", "smithy.api#title": "Our Things"
            }
        },
        "a.things#GetThing": {
            "type": "operation", "input": { "target": "a.things#GetThingInput" }, "output": { "target": "a.things#GetThingOutput" },
            "errors": [{ "target": "a.things#Gone" }],
            "traits": { "smithy.api#documentation": "Our read.", "smithy.api#examples": [{ "title": "Ours" }] }
        },
        "a.things#GetThingInput": {
            "type": "structure",
            "members": { "name": { "target": "a.things#Text", "traits": { "smithy.api#documentation": "Our name.", "smithy.api#required": {} } } },
            "traits": { "smithy.api#documentation": "Our input.", "smithy.api#input": {} }
        },
        "a.things#GetThingOutput": {
            "type": "structure", "members": { "thing": { "target": "a.things#Thing", "traits": words("Our thing.") } },
            "traits": { "smithy.api#documentation": "Our output.", "smithy.api#output": {} }
        },
        "a.things#Gone": {
            "type": "structure", "members": { "message": { "target": "a.things#Text", "traits": words("Our message.") } },
            "traits": { "smithy.api#documentation": "Our error.", "smithy.api#error": "client" }
        },
        "a.things#PutThing": { "type": "operation", "input": { "target": "a.things#PutThingInput" }, "traits": words("Our write.") },
        "a.things#PutThingInput": {
            "type": "structure", "members": { "thing": { "target": "a.things#Thing", "traits": words("Our thing.") } },
            "traits": { "smithy.api#documentation": "Our input.", "smithy.api#input": {} }
        },
        "a.things#Size": {
            "type": "enum",
            "members": {
                "SMALL": { "target": "smithy.api#Unit", "traits": { "smithy.api#documentation": "Our small.", "smithy.api#enumValue": "small" } },
                "LARGE": { "target": "smithy.api#Unit", "traits": { "smithy.api#documentation": "Our large.", "smithy.api#enumValue": "large" } }
            },
            "traits": words("Our size.")
        },
        "a.things#Text": { "type": "string", "traits": { "smithy.api#documentation": "Our text.", "smithy.api#length": { "min": 1, "max": 9 } } },
        "a.things#Thing": {
            "type": "structure",
            "members": {
                "size": { "target": "a.things#Size", "traits": words("Our size.") },
                "name": { "target": "a.things#Text", "traits": words("Our name.") },
                "count": { "target": "smithy.api#Integer", "traits": words("Our count.") }
            },
            "traits": words("Our thing.")
        },
    } });
    // The order of keys in our files, which the macro above does not keep.
    let order = Json::parse(
        r#"{"smithy": 0, "metadata": 0, "shapes": {
            "a.things#Things": {"type": 0, "version": 0, "operations": 0, "traits": {"aws.api#service": {"sdkId": 0, "arnNamespace": 0}}},
            "a.things#GetThing": {"type": 0, "input": 0, "output": 0, "errors": 0, "traits": 0},
            "a.things#GetThingInput": {"type": 0, "members": 0, "traits": 0}, "a.things#GetThingOutput": {"type": 0, "members": 0, "traits": 0},
            "a.things#Gone": {"type": 0, "members": 0, "traits": 0}, "a.things#PutThing": {"type": 0, "input": 0, "traits": 0},
            "a.things#PutThingInput": {"type": 0, "members": 0, "traits": 0},
            "a.things#Size": {"type": 0, "members": {"SMALL": 0, "LARGE": 0}, "traits": 0},
            "a.things#Text": {"type": 0, "traits": {"smithy.api#documentation": 0, "smithy.api#length": {"min": 0, "max": 0}}},
            "a.things#Thing": {"type": 0, "members": {"size": 0, "name": 0, "count": 0}, "traits": 0}
        }}"#,
    );
    Json::of(&model, &[&order]).print(4)
}

/// The same service in botocore's format, with other documentation, another name for an input, and an operation that we do not have.
pub(super) fn botocore() -> Value {
    json!({
        "metadata": {
            "apiVersion": "2020-01-01", "endpointPrefix": "things", "jsonVersion": "1.1", "protocol": "json", "serviceFullName": "Their Things",
            "serviceId": "Things", "signatureVersion": "v4", "signingName": "things", "targetPrefix": "Things", "uid": "things-2020-01-01"
        },
        "documentation": "<p>Their things.</p>",
        "operations": {
            "DropThing": { "name": "DropThing", "http": { "method": "POST", "requestUri": "/" }, "input": { "shape": "DropThingInput" } },
            "GetThing": {
                "name": "GetThing", "http": { "method": "POST", "requestUri": "/" }, "input": { "shape": "GetThingRequest" },
                "output": { "shape": "GetThingOutput" }, "errors": [{ "shape": "Gone" }], "documentation": "<p>Their <code>read</code>.</p><p>More.</p>"
            },
            "PutThing": { "name": "PutThing", "http": { "method": "POST", "requestUri": "/" }, "input": { "shape": "PutThingInput" } }
        },
        "shapes": {
            "DropThingInput": { "type": "structure", "members": { "name": { "shape": "Text" } } },
            "GetThingRequest": {
                "type": "structure", "required": ["name"], "members": { "name": { "shape": "Text", "documentation": "<p>Their name.</p>" } }
            },
            "GetThingOutput": { "type": "structure", "members": { "thing": { "shape": "Thing" } } },
            "Gone": { "type": "structure", "members": {}, "exception": true, "documentation": "<p>Their error.</p>" },
            "Number": { "type": "integer" },
            "PutThingInput": { "type": "structure", "members": { "thing": { "shape": "Thing" } } },
            "Size": { "type": "string", "enum": ["small", "large"] },
            "Text": { "type": "string", "min": 1, "max": 9 },
            "Thing": { "type": "structure", "members": {
                "size": { "shape": "Size" }, "name": { "shape": "Text" }, "count": { "shape": "Number" }
            } }
        }
    })
}

/// Our own model with some edits, as a service publishes it with its own documentation.
pub(super) fn smithy() -> Value {
    let text = ours().replace("Our ", "Their ");
    serde_json::from_str(&text).expect("it is JSON")
}

/// Replaces or removes the values at some pointers.
pub(super) fn edited(mut model: Value, edits: &[(&str, Value)]) -> Value {
    for (pointer, value) in edits {
        let (holder, key) = pointer.rsplit_once('/').expect("a pointer");
        let holder = model.pointer_mut(holder).and_then(Value::as_object_mut).expect("an object there");
        if value.is_null() {
            holder.remove(key).expect("it is there");
        } else {
            holder.insert(key.to_owned(), value.clone());
        }
    }
    model
}

pub(super) fn request<'a>(ours: &'a str, upstream: &'a str) -> Request<'a> {
    Request {
        upstream: Source { file: "up.json", text: upstream },
        endpoint_rules: None,
        paginators: None,
        waiters: None,
        model: Source { file: "m.json", text: ours },
        overlay: None,
        changelog: None,
        record: None,
        release: None,
        operations: Operations::All,
        docs: Docs::Ours,
        date: "2020-02-02",
        take_version: false,
    }
}

#[track_caller]
pub(super) fn imported(upstream: &Value) -> Imported {
    import(&request(&ours(), &upstream.to_string())).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// The lines of our file that an import changes, without their indentation.
#[track_caller]
pub(super) fn lines(imported: &Imported) -> Vec<String> {
    let ours = ours();
    let (old, new): (Vec<&str>, Vec<&str>) = (ours.lines().collect(), imported.model.lines().collect());
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    let part = |mark: &str, lines: &[&str]| -> Vec<String> {
        lines.iter().take(lines.len() - end).skip(start).map(|line| format!("{mark}{}", line.trim())).collect()
    };
    [part("-", &old), part("+", &new)].concat()
}
