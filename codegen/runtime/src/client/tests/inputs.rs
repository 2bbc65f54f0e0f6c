//! Tests of inputs that violate the model.

use crate::client::Handle;
use crate::config::{Builder, Config, Environment};
use crate::customize::Customization;
use crate::error::{Finding, InvalidInput, SdkError};
use crate::testing::{Replay, SERVICE, StartBuild, StartBuildError, StartBuildInput, StartBuildOutput, config, line, reply};
use std::error::Error as _;

/// An input with an empty name and a token of 65 characters.
fn bad_input() -> StartBuildInput {
    StartBuildInput { project_name: String::new(), idempotency_token: Some("x".repeat(65)) }
}

const LINE: &str = "StartBuild: the input is not valid: projectName: must not be empty; \
                    idempotencyToken: has 65 characters, at most 64 are allowed";

fn replay() -> Replay {
    Replay::of(reply(200, &[], r#"{"id":"1"}"#))
}

async fn send(config: Builder, changes: Option<Builder>) -> Result<StartBuildOutput, SdkError<StartBuildError>> {
    let customization = Customization { config_override: changes.map(|changes| Box::new(changes) as _), ..Customization::default() };
    Handle::new(&SERVICE, config.build()).call::<StartBuild>(Ok(bad_input()), customization).await
}

#[tokio::test]
async fn all_findings_are_reported_before_anything_is_sent() {
    let replay = replay();
    let error = send(config().http_client(replay.clone()), None).await.unwrap_err();
    assert!(matches!(error, SdkError::ConstructionFailure(_)));
    assert_eq!(line(&error), LINE);
    let invalid = error.source().and_then(|source| source.downcast_ref::<InvalidInput>()).unwrap();
    let paths: Vec<&str> = invalid.findings().iter().map(Finding::path).collect();
    assert_eq!(paths, ["projectName", "idempotencyToken"]);
    assert_eq!(replay.requests(), 0);
}

#[tokio::test]
async fn an_invalid_input_is_refused_before_region_and_credentials_are_resolved() {
    let nothing = Config::builder().environment(Environment::fixed([("", ""); 0])).http_client(replay());
    assert_eq!(line(&send(nothing, None).await.unwrap_err()), LINE);
}

#[tokio::test]
async fn validation_can_be_switched_off_and_on_again() {
    let sent = |config: Builder, changes: Option<Builder>| async {
        let replay = replay();
        let result = send(config.http_client(replay.clone()), changes).await;
        assert_eq!(result.is_ok(), replay.requests() == 1);
        result.is_ok()
    };
    let (on, off) = (|| Config::builder().validate(true), || Config::builder().validate(false));
    assert!(sent(config().validate(false), None).await);
    assert!(sent(config(), Some(off())).await, "for one call");
    assert!(!sent(config().validate(false), Some(on())).await);
    assert!(sent(config().validate(false), Some(Config::builder())).await, "an override without the setting keeps it");
    let mut unset = off();
    unset.set_validate(None);
    assert!(!sent(config(), Some(unset)).await);
    assert!(Config::builder().build().validate() && !off().build().validate());
}

#[tokio::test]
async fn an_unchecked_input_is_sent_unchanged() {
    let replay = replay();
    send(config().http_client(replay.clone()).validate(false), None).await.unwrap();
    let body = format!(r#"{{"projectName":"","idempotencyToken":"{}"}}"#, "x".repeat(65));
    assert_eq!(replay.request().body().bytes(), Some(body.as_bytes()));
}
