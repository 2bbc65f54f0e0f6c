//! Models damaged in every place, none of which may make a phase panic.

use super::super::check;
use super::{STRING, member, to};
use crate::read::tests::service_text;
use crate::{overlay, read, select};
use serde_json::{Value, json};

/// A model that uses every feature.
fn rich_smithy() -> Value {
    serde_json::from_str(&service_text(&json!({
        "t#Op": { "type": "operation", "input": { "target": "t#In" }, "output": { "target": "t#Out" }, "errors": [{ "target": "t#Bad" }] },
        "t#R": { "type": "resource", "identifiers": { "id": { "target": STRING } }, "read": { "target": "t#Op" }, "resources": [] },
        "t#In": { "type": "structure", "mixins": [{ "target": "t#Mix" }], "members": {
            "list": member("t#List", &json!({ "smithy.api#required": {} })), "kind": to("t#Kind"), "number": member("smithy.api#Integer", &json!({
                "smithy.api#default": 1, "smithy.api#range": { "min": 0, "max": 9 }
            }))
        } },
        "t#Mix": { "type": "structure", "members": { "mixed": to(STRING) }, "traits": { "smithy.api#mixin": { "localTraits": [] } } },
        "t#List": { "type": "list", "member": to("t#Map") },
        "t#Map": { "type": "map", "key": to("t#Kind"), "value": to("t#Tree") },
        "t#Tree": { "type": "structure", "members": { "trees": to("t#List"), "value": to("t#Union") } },
        "t#Union": { "type": "union", "members": { "a": to("t#Tree"), "b": to("smithy.api#Blob") } },
        "t#Kind": { "type": "enum", "members": { "A": member("smithy.api#Unit", &json!({ "smithy.api#enumValue": "a" })) } },
        "t#Old": { "type": "string", "traits": { "smithy.api#enum": [{ "value": "a b", "name": "A" }] } },
        "t#Bad": { "type": "structure", "traits": { "smithy.api#error": "client" } },
        "t#In$number": { "type": "apply", "traits": { "smithy.api#documentation": "A number." } }
    })))
    .expect("it was made from JSON")
}

fn rich_botocore() -> Value {
    json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "1", "endpointPrefix": "t", "jsonVersion": "1.1", "protocol": "json", "protocols": ["json"], "serviceId": "T",
            "serviceFullName": "T", "signatureVersion": "v4", "targetPrefix": "T", "auth": ["aws.auth#sigv4"]
        },
        "operations": { "Do": {
            "name": "Do", "http": { "method": "POST", "requestUri": "/" }, "input": { "shape": "In" }, "output": { "shape": "In" },
            "errors": [{ "shape": "Bad" }], "endpointdiscovery": {}
        } },
        "shapes": {
            "In": { "type": "structure", "required": ["list"], "members": {
                "list": { "shape": "List", "locationName": "l" }, "at": { "shape": "At" }, "kind": { "shape": "Kind", "deprecated": true }
            } },
            "List": { "type": "list", "member": { "shape": "Map" }, "max": 3 },
            "Map": { "type": "map", "key": { "shape": "Kind" }, "value": { "shape": "In" } },
            "Kind": { "type": "string", "enum": ["a", "b-c"], "min": 1 },
            "At": { "type": "timestamp", "timestampFormat": "iso8601" },
            "Bad": { "type": "structure", "members": {}, "exception": true, "error": { "code": "B", "httpStatusCode": 400 } }
        }
    })
}

/// Every place in the value, as a JSON pointer.
pub(crate) fn places(value: &Value) -> Vec<String> {
    let mut open = vec![(String::new(), value)];
    let mut found = Vec::new();
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(fields) => {
                open.extend(fields.iter().map(|(key, field)| (format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), field)));
            }
            Value::Array(items) => open.extend(items.iter().enumerate().map(|(index, item)| (format!("{at}/{index}"), item))),
            _ => {}
        }
        found.push(at);
    }
    found
}

/// Runs every phase before names are made. Returns true if no phase found a fault.
fn run_all(text: &str) -> bool {
    let mut notes = Vec::new();
    let patch = json!({ "smithy": "2.0", "shapes": { "t#In$list": { "type": "apply", "traits": { "smithlet.api#reason": "x", "smithy.api#sensitive": {} } } } });
    let Ok(mut model) = read::read("m.json", text, &mut notes) else { return false };
    let _ = overlay::apply(&mut model, "o.json", &patch.to_string());
    let found = check(&model, "m.json");
    select::select(&model, "m.json", &select::Operations::All, &mut notes).is_ok() && found.is_empty()
}

#[test]
fn damaged_models_never_panic() {
    let changes = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("x"),
        json!("t#In"),
        json!("t#Nowhere"),
        json!("a#b$c"),
        json!("{"),
        json!([]),
        json!([{}]),
        json!({}),
        json!({ "target": "t#In" }),
        json!({ "shape": "In" }),
        json!({ "type": "structure" }),
        json!([[["t#In"]]]),
    ];
    for original in [rich_smithy(), rich_botocore()] {
        assert!(run_all(&original.to_string()), "the undamaged model is good");
        for place in places(&original) {
            for change in &changes {
                let mut damaged = original.clone();
                damaged.pointer_mut(&place).into_iter().for_each(|value| *value = change.clone());
                run_all(&damaged.to_string());
            }
            let mut damaged = original.clone();
            if let Some((parent, key)) = place.rsplit_once('/')
                && let Some(Value::Object(fields)) = damaged.pointer_mut(parent)
            {
                fields.remove(&key.replace("~1", "/").replace("~0", "~"));
                run_all(&damaged.to_string());
            }
        }
        let text = original.to_string();
        for cut in (0..text.len()).step_by(7).filter(|cut| text.is_char_boundary(*cut)) {
            assert!(!run_all(&text[..cut]), "a file that was cut off at {cut} is refused");
        }
    }
}
