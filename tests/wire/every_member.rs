//! The bodies leave nothing out.

use super::body;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_member_of_the_model_has_a_value_in_the_bodies() {
    let path = format!("{}/../model/codebuild.json", env!("CARGO_MANIFEST_DIR"));
    let model: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("the model is part of the repository")).expect("the model is JSON");
    let mut missing = BTreeSet::new();
    for (file, shape) in [
        ("batch_get_builds.request", "BatchGetBuildsInput"),
        ("batch_get_builds.reply", "BatchGetBuildsOutput"),
        ("start_build.request", "StartBuildInput"),
        ("start_build.reply", "StartBuildOutput"),
        ("stop_build.request", "StopBuildInput"),
        ("stop_build.reply", "StopBuildOutput"),
    ] {
        let value: Value = serde_json::from_str(&body(file)).expect("the body is JSON");
        walk(&model, &format!("com.amazonaws.codebuild#{shape}"), &value, file, &mut missing);
    }
    assert!(missing.is_empty(), "give these a value in tests/wire/bodies: {missing:#?}");
}

fn walk(model: &Value, id: &str, value: &Value, place: &str, missing: &mut BTreeSet<String>) {
    let shape = &model["shapes"][id];
    match shape["type"].as_str() {
        Some("structure") => {
            for (name, member) in shape["members"].as_object().into_iter().flatten() {
                let place = format!("{place}.{name}");
                match value.get(name) {
                    Some(value) => walk(model, member["target"].as_str().unwrap_or_default(), value, &place, missing),
                    None => {
                        missing.insert(place);
                    }
                }
            }
        }
        Some("list") => match value.get(0) {
            Some(item) => walk(model, shape["member"]["target"].as_str().unwrap_or_default(), item, &format!("{place}[]"), missing),
            None => {
                missing.insert(format!("{place}[]"));
            }
        },
        _ => {}
    }
}
