//! Every member that the model has today: replies are read completely, and sensitive values of replies and requests are hidden.

use super::redaction::{Secrets, assert_hides, secrets_of};
use super::replay::Replay;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use smithlet_codebuild::operation::{batch_get_builds, start_build, stop_build};
use smithlet_tests::model::{codebuild, sensitive, whole};
use std::fmt::Debug;

/// The secrets in a value of a shape of the model.
fn secrets(model: &Value, shape: &str, value: &Value) -> Secrets {
    let mut found = Secrets::new();
    secrets_of(model, &sensitive(model), &format!("com.amazonaws.codebuild#{shape}"), value, &mut found);
    found
}

/// Checks that a value has all members of the body and hides its secrets. Returns the secrets.
#[track_caller]
fn is_whole(output: &(impl Serialize + Debug), model: &Value, shape: &str, body: &Value) -> Secrets {
    assert_eq!(serde_json::to_value(output).ok().as_ref(), Some(body));
    let secrets = secrets(model, shape, body);
    assert_hides(output, &secrets.values().flatten().cloned().collect::<Vec<_>>());
    secrets
}

/// Checks that an input survives a round trip through JSON and hides its secrets. Returns the secrets.
fn input<T: Serialize + DeserializeOwned + Debug>(model: &Value, shape: &str) -> Secrets {
    let value = whole(model, shape);
    let input: T = serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{shape}: {error}"));
    is_whole(&input, model, shape, &value)
}

#[tokio::test]
async fn every_member_is_read_and_every_sensitive_one_is_hidden() {
    let model = codebuild();
    let mut found = Secrets::new();
    for shape in ["BatchGetBuildsOutput", "StartBuildOutput", "StopBuildOutput"] {
        let body = whole(&model, shape);
        let client = Replay::new(200, body.to_string()).client();
        found.extend(match shape {
            "BatchGetBuildsOutput" => {
                is_whole(&client.batch_get_builds().ids("a:b").send().await.expect("the reply is a success"), &model, shape, &body)
            }
            "StartBuildOutput" => {
                is_whole(&client.start_build().project_name("p").send().await.expect("the reply is a success"), &model, shape, &body)
            }
            _ => is_whole(&client.stop_build().id("a:b").send().await.expect("the reply is a success"), &model, shape, &body),
        });
    }
    found.extend(input::<batch_get_builds::BatchGetBuildsInput>(&model, "BatchGetBuildsInput"));
    found.extend(input::<start_build::StartBuildInput>(&model, "StartBuildInput"));
    found.extend(input::<stop_build::StopBuildInput>(&model, "StopBuildInput"));
    let marked = sensitive(&model);
    assert!(!marked.is_empty(), "the overlay marks sensitive members");
    assert_eq!(found.keys().collect::<Vec<_>>(), marked.iter().collect::<Vec<_>>(), "every sensitive member is reached");
    assert!(found.values().flatten().all(|value| value.len() > 5), "some secrets are too short to be recognised: {found:?}");
}
