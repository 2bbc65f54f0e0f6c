//! Botocore's format of a model gives the same crate as ours, for the models of `CodeBuild` of 2019-11-22.

use super::text;
use codegen::{Generated, Operations, Request, Runtime, Source};
use serde_json::Value;

/// The facts of AWS's Smithy model that `service-2.json` cannot express: the only boolean of the closure with a default.
const DEFAULTS: &str = r#"{ "smithy": "2.0", "shapes": {
    "com.amazonaws.codebuild#Build$buildComplete": {
        "type": "apply",
        "traits": { "smithy.api#default": false, "smithlet.api#reason": "Botocore's format has no defaults." }
    }
} }"#;

#[test]
fn both_formats_of_a_model_give_the_same_crate() {
    let overlay = text("facts/codebuild-2019-11-22.overlay.json");
    let ours = crate_of(&without_documentation(&text("facts/codebuild-2019-11-22.smithy.json")), &overlay);
    let theirs = crate_of(&text("facts/codebuild-2019-11-22.service-2.json"), &merged(&overlay, DEFAULTS));
    assert_eq!(ours.files.keys().collect::<Vec<_>>(), theirs.files.keys().collect::<Vec<_>>());
    for (file, ours) in &ours.files {
        let differences = similar::TextDiff::from_lines(ours.as_str(), &theirs.files[file]).unified_diff().to_string();
        assert!(differences.is_empty(), "{file}:\n{differences}");
    }
}

fn crate_of(model: &str, overlay: &str) -> Generated {
    let request = Request {
        model: Source { file: "model", text: model },
        overlay: Some(Source { file: "overlay", text: overlay }),
        endpoint_rules: None,
        operations: Operations::All,
        name: None,
        runtime: Runtime::Path("../runtime"),
        ..Request::default()
    };
    codegen::generate(&request).unwrap_or_else(|findings| panic!("{}", super::shown(&findings)))
}

/// The model without documentation and endpoint rules, which botocore's file does not have.
fn without_documentation(model: &str) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|key, _| {
                    !["smithy.api#documentation", "smithy.api#examples", "smithy.rules#endpointRuleSet"].contains(&key.as_str())
                });
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(model).expect("the model is JSON");
    strip(&mut value);
    value.to_string()
}

fn merged(one: &str, other: &str) -> String {
    let mut value: Value = serde_json::from_str(one).expect("the overlay is JSON");
    let other: Value = serde_json::from_str(other).expect("the addition is JSON");
    let more = other["shapes"].as_object().expect("it has shapes").clone();
    value["shapes"].as_object_mut().expect("the overlay has shapes").extend(more);
    value.to_string()
}
