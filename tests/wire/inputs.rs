//! The validation of inputs before they are sent.

use super::replay::Replay;
use smithlet_codebuild::client::Client;
use smithlet_codebuild::config::{Builder, Config, Environment};
use smithlet_codebuild::error::{BuildError, Finding, InvalidInput, SdkError};
use smithlet_codebuild::operation::start_build::builders::StartBuildFluentBuilder;
use smithlet_codebuild::types::{
    CredentialProviderType, EnvironmentVariable, ProjectArtifacts, ProjectSource, RegistryCredential, SourceType,
};
use std::error::Error;

/// The value of an environment variable, which no error may show.
const SECRET: &str = "correct-horse-battery-staple";

fn variable(name: &str) -> EnvironmentVariable {
    EnvironmentVariable::builder().name(name).value(SECRET).build().expect("all that is required is set")
}

/// A `StartBuild` with every kind of invalid value, except for wrong numbers of items.
fn all_wrong(start: StartBuildFluentBuilder) -> Result<StartBuildFluentBuilder, BuildError> {
    let registry = RegistryCredential::builder().credential("").credential_provider(CredentialProviderType::SecretsManager);
    Ok(start
        .environment_variables_override(variable("STAGE"))
        .environment_variables_override(variable("TOKEN"))
        .environment_variables_override(variable(""))
        .git_clone_depth_override(-1)
        .image_override("")
        .queued_timeout_in_minutes_override(481)
        .registry_credential_override(registry.build()?)
        .secondary_sources_override(ProjectSource::builder().r#type(SourceType::S3).git_clone_depth(-7).build()?)
        .timeout_in_minutes_override(3))
}

const ALL_WRONG: [&str; 8] = [
    "projectName: is required",
    "environmentVariablesOverride[2].name: must not be empty",
    "gitCloneDepthOverride: -1 is below 0",
    "imageOverride: must not be empty",
    "queuedTimeoutInMinutesOverride: 481 is above 480",
    "registryCredentialOverride.credential: must not be empty",
    "secondarySourcesOverride[0].gitCloneDepth: -7 is below 0",
    "timeoutInMinutesOverride: 3 is below 5",
];

/// The findings in the chain of an error's causes.
#[track_caller]
fn findings<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a Finding> {
    let invalid = std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref::<InvalidInput>());
    invalid.unwrap_or_else(|| panic!("{error} has no findings")).findings().iter().collect()
}

fn unchecked() -> Builder {
    Config::builder().validate(false)
}

#[tokio::test]
async fn all_problems_of_an_input_are_reported_at_once() {
    let replay = Replay::new(200, "{}");
    let call = all_wrong(replay.client().start_build()).expect("builders find nothing missing");
    let error = call.send().await.expect_err("the input is invalid");
    assert!(matches!(error, SdkError::ConstructionFailure(_)), "{error:?}");
    assert_eq!(error.to_string(), format!("StartBuild: the input is not valid: {}", ALL_WRONG.join("; ")));
    let found: Vec<String> = findings(&error).iter().map(|finding| format!("{}: {}", finding.path(), finding.message())).collect();
    assert_eq!(found, ALL_WRONG);
    assert_eq!(replay.requests(), 0);
}

#[tokio::test]
async fn the_operations_error_reports_the_same_problems() {
    let error = Replay::new(200, "{}").client().stop_build().send().await.expect_err("a build is missing").into_service_error();
    assert_eq!(error.to_string(), "StopBuild: the input is not valid: id: is required");
    assert_eq!(findings(&error).len(), 1);
    let error = smithlet_codebuild::Error::from(error);
    assert_eq!(error.to_string(), "StopBuild: the input is not valid: id: is required");
}

#[tokio::test]
async fn an_input_is_checked_before_region_and_credentials() {
    let nothing = Config::builder().environment(Environment::fixed([("", ""); 0])).build();
    let error = Client::from_conf(nothing).stop_build().id("").send().await.expect_err("the id is empty");
    assert_eq!(error.to_string(), "StopBuild: the input is not valid: id: must not be empty");
}

#[tokio::test]
async fn a_batch_has_between_one_and_a_hundred_ids() {
    let replay = Replay::new(200, "{}");
    let ids = |count: usize| Some((0..count).map(|index| format!("web:{index}")).collect());
    let error = replay.client().batch_get_builds().set_ids(ids(101)).send().await.expect_err("there is one too many");
    assert_eq!(error.to_string(), "BatchGetBuilds: the input is not valid: ids: has 101 items, at most 100 are allowed");
    let error = replay.client().batch_get_builds().set_ids(ids(0)).send().await.expect_err("there are none");
    assert_eq!(error.to_string(), "BatchGetBuilds: the input is not valid: ids: must not be empty");
    let error = replay.client().batch_get_builds().ids("web:1").ids("").send().await.expect_err("one is empty");
    assert_eq!(error.to_string(), "BatchGetBuilds: the input is not valid: ids[1]: must not be empty");
    assert_eq!(replay.requests(), 0);
    replay.client().batch_get_builds().set_ids(ids(100)).send().await.expect("a hundred are allowed");
    assert_eq!(replay.requests(), 1);
}

#[tokio::test]
async fn nested_lists_have_limits() {
    let source = ProjectSource::builder().r#type(SourceType::S3).build().expect("its type is set");
    let call = Replay::new(200, "{}").client().start_build().project_name("web").set_secondary_sources_override(Some(vec![source; 13]));
    let error = call.send().await.expect_err("there is one too many");
    assert_eq!(error.to_string(), "StartBuild: the input is not valid: secondarySourcesOverride: has 13 items, at most 12 are allowed");
}

#[tokio::test]
async fn a_client_without_validation_sends_any_input() {
    let replay = Replay::new(200, "{}");
    let client = Client::from_conf(replay.client().config().to_builder().validate(false).build());
    client.start_build().idempotency_token("t").timeout_in_minutes_override(2160).send().await.expect("the reply is a success");
    assert_eq!(replay.request().body, r#"{"idempotencyToken":"t","timeoutInMinutesOverride":2160}"#);
}

#[tokio::test]
async fn validation_can_be_disabled_for_one_call() {
    let replay = Replay::new(200, "{}");
    let client = replay.client();
    let sent = client.stop_build().id("").customize().config_override(unchecked()).send().await;
    sent.expect("the reply is a success");
    assert_eq!(replay.request().body, r#"{"id":""}"#);
    client.stop_build().id("").send().await.expect_err("the next call is checked again");
    let mut checked = unchecked();
    checked.set_validate(Some(true));
    client.stop_build().id("").customize().config_override(checked).send().await.expect_err("it is checked");
    assert_eq!(replay.requests(), 1);
}

#[tokio::test]
async fn an_error_about_an_input_shows_no_secret() {
    let call = all_wrong(Replay::new(200, "{}").client().start_build()).expect("builders find nothing missing");
    let error = call.certificate_override(SECRET).send().await.expect_err("the input is invalid");
    for text in [error.to_string(), format!("{error:?}"), format!("{:?}", findings(&error))] {
        assert!(!text.contains(SECRET), "{text}");
    }
}

#[tokio::test]
async fn many_problems_are_one_bounded_line_and_are_all_kept() {
    let variables = vec![variable(""); 46];
    let call = Replay::new(200, "{}").client().start_build().set_environment_variables_override(Some(variables));
    let error = call.send().await.expect_err("the input is invalid");
    let line = error.to_string();
    assert!(line.starts_with("StartBuild: the input is not valid: projectName: is required; environmentVariablesOverride[0].name"));
    assert!(line.ends_with("environmentVariablesOverride[8].name: must not be empty; and 37 more"), "{line}");
    assert_eq!(findings(&error).len(), 47);
}

#[tokio::test]
async fn an_unknown_enum_value_is_sent() {
    let replay = Replay::new(200, "{}");
    let artifacts = ProjectArtifacts::builder().r#type("NEWER".into()).name("").build().expect("its type is set");
    let call = replay.client().start_build().project_name("web").idempotency_token("t").artifacts_override(artifacts);
    call.send().await.expect("the reply is a success");
    assert_eq!(replay.request().body, r#"{"artifactsOverride":{"name":"","type":"NEWER"},"idempotencyToken":"t","projectName":"web"}"#);
}
