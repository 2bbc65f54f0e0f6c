//! The errors of failed calls. With these replies the official crate says `service error`, `unhandled error` or `response error`, and no more.

use super::replay::Replay;
use smithlet_codebuild::error::{DisplayErrorContext, FailureKind, ProvideErrorMetadata, ProvideFailureKind, SdkError};
use smithlet_codebuild::operation::start_build::StartBuildError;
use smithlet_codebuild::types::EnvironmentVariable;
use std::error::Error;

/// The status and body of a reply, and the kind and line of the error.
type Case = (u16, &'static str, FailureKind, &'static str);

const REFUSALS: &[Case] = &[
    (
        400,
        r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
        FailureKind::Throttling,
        "StartBuild: 400 ThrottlingException: Rate exceeded (request id request-1, attempt 1 of 1)",
    ),
    (
        400,
        r#"{"__type":"AccountLimitExceededException","message":"Cannot have more than 0 builds in queue for the account"}"#,
        FailureKind::Refused,
        "StartBuild: 400 AccountLimitExceededException: Cannot have more than 0 builds in queue for the account (request id request-1, attempt 1 of 1)",
    ),
    (
        400,
        r#"{"__type":"com.amazonaws.codebuild#InvalidInputException:http://x","Message":"no\nsuch project"}"#,
        FailureKind::Refused,
        "StartBuild: 400 InvalidInputException: no such project (request id request-1, attempt 1 of 1)",
    ),
    (
        400,
        r#"{"code":"ns#ResourceNotFoundException","errorMessage":"Project cannot be found"}"#,
        FailureKind::Refused,
        "StartBuild: 400 ResourceNotFoundException: Project cannot be found (request id request-1, attempt 1 of 1)",
    ),
    (
        400,
        r#"{"__type":"InvalidSignatureException","message":"Signature expired"}"#,
        FailureKind::Refused,
        "StartBuild: 400 InvalidSignatureException: Signature expired (request id request-1, attempt 1 of 1)",
    ),
    (
        403,
        r#"{"message":"Missing Authentication Token"}"#,
        FailureKind::Refused,
        "StartBuild: 403 Forbidden: Missing Authentication Token (request id request-1, attempt 1 of 1)",
    ),
    (403, r#"{"message":"Forbidden"}"#, FailureKind::Refused, "StartBuild: 403 Forbidden (request id request-1, attempt 1 of 1)"),
    (500, "", FailureKind::Unavailable, "StartBuild: 500 Internal Server Error (request id request-1, attempt 1 of 1)"),
    (
        500,
        r#"{"build":{"environment":{"environmentVariables":[{"name":"PASSWORD","value":"hunter2"}]}}}"#,
        FailureKind::Unavailable,
        "StartBuild: 500 Internal Server Error: the body is JSON, but has neither a code nor a message (request id request-1, attempt 1 of 1)",
    ),
    (
        401,
        r#"{"status":401,"error":{"code":7,"message":"who are you?"}}"#,
        FailureKind::Refused,
        "StartBuild: 401 Unauthorized: who are you? (request id request-1, attempt 1 of 1)",
    ),
    (
        400,
        "\u{feff}{\"Error\":{\"Code\":\"InvalidInputException\",\"Message\":\"no such project\"},\"RequestId\":\"other\"}",
        FailureKind::Refused,
        "StartBuild: 400 InvalidInputException: no such project (request id request-1, attempt 1 of 1)",
    ),
    (
        429,
        "slow down, please",
        FailureKind::Throttling,
        "StartBuild: 429 Too Many Requests: the body is text of 17 bytes (request id request-1, attempt 1 of 1)",
    ),
];

const PAGES: &[Case] = &[
    (
        400,
        "<html><head><title>400 Bad Request</title></head><body><h1>400 Bad Request</h1>\nYour browser sent a bad <b>request</b>.</body></html>",
        FailureKind::Refused,
        "StartBuild: 400 Bad Request: the body is an HTML page of 133 bytes (request id request-1, attempt 1 of 1)",
    ),
    (
        502,
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n",
        FailureKind::Unavailable,
        "StartBuild: 502 Bad Gateway: the body is an HTML page of 132 bytes (request id request-1, attempt 1 of 1)",
    ),
    (
        500,
        "<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>The server overslept.</p>\n",
        FailureKind::Unavailable,
        "StartBuild: 500 Internal Server Error: the body is an HTML page of 132 bytes (request id request-1, attempt 1 of 1)",
    ),
    (
        200,
        "<html><head><title>Hotel</title></head><body><h1>Hotel</h1>Log in to the network</body></html>",
        FailureKind::Unreadable,
        "StartBuild: 200 OK: the body is an HTML page of 94 bytes, not JSON (request id request-1, attempt 1 of 1)",
    ),
];

async fn failure(status: u16, body: &str) -> SdkError<StartBuildError> {
    Replay::new(status, body).client().start_build().project_name("p").send().await.expect_err("the reply is an error")
}

#[tokio::test]
async fn every_failure_is_one_line() {
    for &(status, body, kind, line) in REFUSALS.iter().chain(PAGES) {
        let error = failure(status, body).await;
        assert_eq!((error.to_string().as_str(), error.failure_kind()), (line, kind), "the call's error on {body}");
        let service = error.into_service_error();
        assert_eq!((service.to_string().as_str(), service.failure_kind()), (line, kind), "the operation's error on {body}");
        let any = smithlet_codebuild::Error::from(service);
        assert_eq!((any.to_string().as_str(), any.failure_kind()), (line, kind), "the crate's error on {body}");
    }
}

#[test]
fn a_builder_names_a_missing_member() {
    let error = EnvironmentVariable::builder().name("x").build().expect_err("there is no value");
    assert_eq!(error.to_string(), "value was missing: EnvironmentVariable requires it");
}

#[tokio::test]
async fn a_build_that_does_not_exist_is_listed_as_not_found() {
    let reply = Replay::new(200, r#"{"builds":[],"buildsNotFound":["a:b"]}"#).client().batch_get_builds().ids("a:b").send().await;
    assert!(reply.is_ok_and(|reply| reply.builds().is_empty() && reply.builds_not_found() == ["a:b"]));
}

#[tokio::test]
async fn a_code_in_a_header_wins_over_one_in_the_body() {
    let replay =
        Replay::new(400, r#"{"__type":"Other","message":"no"}"#).header("x-amzn-errortype", "ns#ResourceNotFoundException:http://x/");
    let error = replay.client().start_build().project_name("p").send().await.expect_err("the reply is an error");
    assert!(error.as_service_error().is_some_and(StartBuildError::is_resource_not_found_exception));
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
}

#[tokio::test]
async fn errors_are_asked_by_the_names_that_their_model_gives_them() {
    let limit = failure(400, r#"{"__type":"AccountLimitExceededException","message":"Cannot have more than 0 builds"}"#).await;
    assert!(!limit.is_throttling() && !limit.is_retryable(), "an account limit takes minutes, not milliseconds");
    assert!(limit.into_service_error().is_account_limit_exceeded_exception());
    let throttled = failure(400, r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#).await;
    assert!(throttled.is_throttling() && throttled.is_retryable() && !throttled.is_timeout());
}

/// A missing region and an unreadable reply are not errors of the service, but both are sources of the crate's error.
#[tokio::test]
async fn sources_lead_from_the_crates_error_to_the_first_cause() {
    let client = smithlet_codebuild::Client::from_conf(smithlet_codebuild::Config::builder().build());
    let error = client.start_build().project_name("p").send().await.expect_err("there is no region");
    let line = error.to_string();
    assert!(line.starts_with("StartBuild: no region: ") && error.is_construction(), "{line}");
    let any = smithlet_codebuild::Error::from(error);
    assert!(any.is_construction(), "{any:?}");
    assert_eq!(any.to_string(), line);
    assert!(any.source().is_some_and(<dyn Error>::is::<SdkError<StartBuildError>>));

    let any = smithlet_codebuild::Error::from(failure(200, r#"{"build":{"id":7}}"#).await);
    let causes: Vec<String> = std::iter::successors(any.source(), |&cause| cause.source()).map(ToString::to_string).collect();
    let reason = "build.id: expected a string, found a number (byte 15)";
    assert_eq!(causes, [format!("StartBuild: 200 OK: {reason} (request id request-1, attempt 1 of 1)"), reason.to_owned()]);
    assert!(DisplayErrorContext(&any).to_string().contains(reason));
}
