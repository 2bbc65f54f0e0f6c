//! The outputs and errors that replies are read as.

use super::body;
use super::replay::Replay;
use serde_json::Value;
use smithlet_codebuild::error::ProvideErrorMetadata;
use smithlet_codebuild::operation::RequestId;
use smithlet_codebuild::types::{Build, LogsConfigStatusType, StatusType};

/// Checks that the output has all members of the body. It may have newer members, which the body lacks.
#[track_caller]
fn assert_has(output: &impl serde::Serialize, body: &str) {
    let output = serde_json::to_value(output).expect("every value can be written");
    assert_within(&serde_json::from_str(body).expect("the body is JSON"), &output, "");
}

#[track_caller]
fn assert_within(part: &Value, whole: &Value, place: &str) {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => {
            for (name, value) in part {
                assert_within(value, whole.get(name).unwrap_or(&Value::Null), &format!("{place}.{name}"));
            }
        }
        (Value::Array(part), Value::Array(whole)) if part.len() == whole.len() => {
            for (index, (part, whole)) in part.iter().zip(whole).enumerate() {
                assert_within(part, whole, &format!("{place}[{index}]"));
            }
        }
        (part, whole) => assert_eq!(part, whole, "{place}"),
    }
}

#[track_caller]
fn assert_secrets(build: &Build, environment_value: &str) {
    let environment = build.environment().expect("the reply has an environment");
    assert_eq!(environment.environment_variables()[0].value(), environment_value);
    assert!(environment.certificate().is_some_and(|value| value.starts_with("certificate")));
    assert!(build.exported_environment_variables()[0].value().is_some_and(|value| value.starts_with("value")));
    let auth = build.source().and_then(|source| source.auth()).expect("the source has its credentials");
    assert!(auth.resource().is_some_and(|value| value.starts_with("resource")));
}

#[tokio::test]
async fn every_member_of_batch_get_builds_is_read() {
    let replay = Replay::new(200, body("batch_get_builds.reply"));
    let reply = replay.client().batch_get_builds().ids("a:b").send().await.expect("the reply is a success");
    let expected: Value = serde_json::from_str(&body("batch_get_builds.reply")).expect("the body is JSON");
    let value = &expected["builds"][0]["environment"]["environmentVariables"][0]["value"];
    assert_secrets(&reply.builds()[0], value.as_str().unwrap_or_default());
    assert_eq!(reply.request_id(), Some("request-1"));
    assert_has(&reply, &body("batch_get_builds.reply"));
}

#[tokio::test]
async fn every_member_of_start_build_and_stop_build_is_read() {
    let started =
        Replay::new(200, body("start_build.reply")).client().start_build().project_name("p").send().await.expect("the reply is a success");
    let stopped = Replay::new(200, body("stop_build.reply")).client().stop_build().id("a:b").send().await.expect("the reply is a success");
    assert_eq!(started.build_value(), stopped.build_value());
    assert_has(&started, &body("start_build.reply"));
}

#[tokio::test]
async fn an_empty_reply_is_an_empty_output() {
    let client = Replay::new(200, "{}").client();
    let builds = client.batch_get_builds().ids("a:b").send().await.expect("the reply is a success");
    assert!(builds.builds().is_empty() && builds.builds_not_found().is_empty());
    assert!(client.start_build().project_name("p").send().await.expect("the reply is a success").build_value().is_none());
    assert!(client.stop_build().id("a:b").send().await.expect("the reply is a success").build_value().is_none());
}

/// An unusual field does not cost the other builds of a reply.
#[tokio::test]
async fn missing_and_unknown_members_do_not_fail_the_call() {
    let odd = r#"{"builds":[null,{"id":"a:b","buildStatus":"PAUSED","environment":{"image":null},"source":{},"logs":{"s3Logs":{"location":"x"}},
        "timeoutInMinutes":60.0,"buildComplete":null,"endTime":null,"phases":[null,{"phaseStatus":"SUCCEEDED"}],"newMember":{"deep":[1,{"x":null}]}}],"extra":1}"#;
    let reply = Replay::new(200, odd).client().batch_get_builds().ids("a:b").send().await.expect("the reply is a success");
    let [build] = reply.builds() else { panic!("one build was expected beside null: {reply:?}") };
    assert_eq!(build.build_status().map(StatusType::as_str), Some("PAUSED"));
    assert_eq!(build.environment().map(|environment| (environment.image(), environment.r#type().as_str())), Some(("", "")));
    assert_eq!(build.logs().and_then(|logs| logs.s3_logs()).map(|logs| logs.status().clone()), Some(LogsConfigStatusType::from("")));
    assert_eq!((build.timeout_in_minutes(), build.build_complete(), build.end_time()), (Some(60), false, None));
    assert_eq!(build.phases().len(), 1);
}

#[tokio::test]
async fn a_value_of_the_wrong_type_names_its_path() {
    let reply = r#"{"builds":[{"id":"a"},{"logs":{"groupName":7}}]}"#;
    let error = Replay::new(200, reply).client().batch_get_builds().ids("a:b").send().await.expect_err("a number is not a string");
    let line = error.to_string();
    assert!(line.starts_with("BatchGetBuilds: ") && line.contains("builds[1].logs.groupName: expected a string"), "{line}");
}

#[tokio::test]
async fn errors_are_typed_and_print_as_one_line() {
    let replay = Replay::new(
        400,
        r#"{"__type":"com.amazonaws.codebuild#ResourceNotFoundException:http://internal/","message":"Project cannot be found"}"#,
    );
    let error = replay.client().start_build().project_name("p").send().await.expect_err("the reply is an error");
    let line = "StartBuild: 400 ResourceNotFoundException: Project cannot be found (request id request-1, attempt 1 of 1)";
    assert_eq!(error.to_string(), line);
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    let error = error.into_service_error();
    assert!(error.is_resource_not_found_exception());
    assert_eq!(error.to_string(), line);
    assert_eq!(smithlet_codebuild::Error::from(error).to_string(), line);
}

#[tokio::test]
async fn an_unmodeled_error_keeps_its_code_and_message() {
    let replay = Replay::new(400, r#"{"Message":"Rate exceeded"}"#).header("x-amzn-errortype", "ThrottlingException:");
    let error = replay.client().stop_build().id("a:b").send().await.expect_err("the reply is an error");
    assert_eq!(error.to_string(), "StopBuild: 400 ThrottlingException: Rate exceeded (request id request-1, attempt 1 of 1)");
    assert_eq!(error.into_service_error().meta().message(), Some("Rate exceeded"));
}

#[tokio::test]
async fn a_success_without_a_body_is_an_error() {
    let error = Replay::new(200, "").client().start_build().project_name("p").send().await.expect_err("the body is empty");
    assert!(error.to_string().starts_with("StartBuild: 200"), "{error}");
}
