//! Tests of the errors of calls.

use crate::client::Handle;
use crate::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use crate::config::{Builder, Environment};
use crate::customize::Customization;
use crate::error::{BuildError, ConnectorError, ProvideErrorMetadata as _, SdkError};
use crate::operation::RequestId as _;
use crate::testing::{
    Replay, SERVICE, StartBuild, StartBuildError, StartBuildOutput, Timer, comes_from, config, incomplete_input, line, reply, start,
};
use aws_smithy_types::body::SdkBody;
use std::error::Error as _;
use std::time::Duration;

type Failure = SdkError<StartBuildError>;

async fn failure(status: u16, headers: &[(&'static str, &'static str)], body: impl Into<SdkBody>) -> Failure {
    start(config().http_client(Replay::of(reply(status, headers, body)))).await.unwrap_err()
}

#[tokio::test]
async fn an_error_of_the_service_is_one_line() {
    let id = [("x-amzn-requestid", "1-abc")];
    let table = [
        (
            400,
            r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#,
            "StartBuild: 400 ThrottlingException: Rate exceeded (request id 1-abc, attempt 1 of 1)",
        ),
        (
            400,
            r#"{"__type":"com.amazonaws.codebuild#InvalidInputException:http://x","Message":"no\nsuch project"}"#,
            "StartBuild: 400 InvalidInputException: no such project (request id 1-abc, attempt 1 of 1)",
        ),
        (
            403,
            r#"{"message":"Missing Authentication Token"}"#,
            "StartBuild: 403 Forbidden: Missing Authentication Token (request id 1-abc, attempt 1 of 1)",
        ),
        (
            502,
            "<html><head><title>502 Bad Gateway</title></head>\n<body><hr>nginx</body></html>",
            "StartBuild: 502 Bad Gateway: the body is an HTML page of 79 bytes (request id 1-abc, attempt 1 of 1)",
        ),
        (403, r#"{"message":"Forbidden"}"#, "StartBuild: 403 Forbidden (request id 1-abc, attempt 1 of 1)"),
        (503, "", "StartBuild: 503 Service Unavailable (request id 1-abc, attempt 1 of 1)"),
        (301, "moved", "StartBuild: 301 Moved Permanently: the body is text of 5 bytes (request id 1-abc, attempt 1 of 1)"),
        (599, "\u{1b}[31mred", "StartBuild: 599: the body is text of 8 bytes (request id 1-abc, attempt 1 of 1)"),
    ];
    for (status, body, expected) in table {
        let error = failure(status, &id, body).await;
        assert!(matches!(error, SdkError::ServiceError(_)));
        assert_eq!(line(&error), expected);
        assert_eq!(error.request_id(), Some("1-abc"));
        assert_eq!(error.raw_response().unwrap().body().bytes(), Some(body.as_bytes()), "the error holds the reply");
        let service = error.into_service_error();
        assert_eq!(line(&service), expected, "the operation's own error has the same line");
        assert_eq!(service.meta().request_id(), Some("1-abc"));
    }
}

#[tokio::test]
async fn the_operations_error_is_the_one_the_code_names() {
    let modelled = failure(400, &[("x-amzn-errortype", "InvalidInputException:http://x")], r#"{"message":"bad"}"#).await;
    assert!(matches!(modelled.as_service_error(), Some(StartBuildError::InvalidInputException(_))));
    let Some(StartBuildError::InvalidInputException(inner)) = modelled.as_service_error() else { panic!("{modelled}") };
    assert_eq!(inner.message.as_deref(), Some("bad"));
    assert_eq!((modelled.code(), modelled.message()), (Some("InvalidInputException"), Some("bad")));
    assert!(modelled.as_service_error().unwrap().source().is_none());

    let unknown = failure(400, &[], r#"{"__type":"NewException"}"#).await;
    assert!(matches!(unknown.as_service_error(), Some(StartBuildError::Unhandled(_))));
    assert_eq!(unknown.code(), Some("NewException"));
    assert_eq!(line(&unknown), "StartBuild: 400 NewException (attempt 1 of 1)");
}

#[tokio::test]
async fn an_unreadable_success_is_an_error() {
    let table = [
        ("", "StartBuild: 200 OK: the body is empty, though the operation has an output (request id 1-abc, attempt 1 of 1)"),
        ("null", "StartBuild: 200 OK: the body is empty, though the operation has an output (request id 1-abc, attempt 1 of 1)"),
        (r#"{"id": 7}"#, "StartBuild: 200 OK: id: expected a string, found a number (byte 7) (request id 1-abc, attempt 1 of 1)"),
        (r#"{"id": "hunter2""#, "StartBuild: 200 OK: id: unexpected end of the document (byte 16) (request id 1-abc, attempt 1 of 1)"),
        (r#"{"id": "a"} x"#, "StartBuild: 200 OK: expected the end of the document (byte 12) (request id 1-abc, attempt 1 of 1)"),
        (
            "<html><body>Log in to the hotel's network</body></html>",
            "StartBuild: 200 OK: the body is an HTML page of 55 bytes, not JSON (request id 1-abc, attempt 1 of 1)",
        ),
    ];
    for (body, expected) in table {
        let error = failure(200, &[("x-amz-request-id", "1-abc")], body).await;
        assert!(matches!(error, SdkError::ResponseError(_)));
        assert_eq!(line(&error), expected);
        assert_eq!(error.request_id(), Some("1-abc"));
        assert_eq!(error.raw_response().unwrap().body().bytes(), Some(body.as_bytes()));
        assert!(error.source().is_some());
        assert!(!format!("{error:?}").contains("hunter2"));
        let service = error.into_service_error();
        assert_eq!(line(&service), expected);
        assert_eq!(service.meta().request_id(), Some("1-abc"));
        assert!(comes_from::<Failure>(&service));
    }
}

#[tokio::test]
async fn a_reply_is_read_up_to_max_response_size() {
    let body = r#"{"id": "p:1"}"#;
    let bounded = |bytes| {
        let long_header = [("content-length", "13")];
        let replay = Replay::of(reply(200, &long_header, body));
        start(config().http_client(replay).max_response_size(bytes))
    };
    assert_eq!(bounded(13).await.unwrap().id.as_deref(), Some("p:1"));
    let announced = bounded(12).await.unwrap_err();
    let expected = "StartBuild: 200 OK: the body is larger than the 12 bytes that max_response_size allows (attempt 1 of 1)";
    assert_eq!(line(&announced), expected);
    let unannounced = start(config().http_client(Replay::of(reply(200, &[], body))).max_response_size(12)).await.unwrap_err();
    assert_eq!(line(&unannounced), expected);
    assert!(matches!(unannounced, SdkError::ResponseError(_)));
}

#[tokio::test]
async fn a_custom_connectors_error_is_shown_with_its_causes() {
    let io = || std::io::Error::new(std::io::ErrorKind::ConnectionReset, "reset");
    let table = [
        (ConnectorError::io(io().into()), "StartBuild: no reply: reset (attempt 1 of 1)"),
        (ConnectorError::timeout(io().into()), "StartBuild: timed out: reset (attempt 1 of 1)"),
        (ConnectorError::user(io().into()), "StartBuild: the request cannot be sent: reset (attempt 1 of 1)"),
        (ConnectorError::other(io().into(), None), "StartBuild: no reply: reset (attempt 1 of 1)"),
    ];
    for (connector, expected) in table {
        let kind = (connector.is_io(), connector.is_timeout(), connector.is_user(), connector.is_other());
        let error = start(config().http_client(Replay::failing(connector))).await.unwrap_err();
        assert_eq!(line(&error), expected);
        assert!(comes_from::<ConnectorError>(&error) && comes_from::<std::io::Error>(&error));
        let SdkError::DispatchFailure(context) = &error else { panic!("{error}") };
        assert_eq!((context.is_io(), context.is_timeout(), context.is_user(), context.is_other()), kind);
        assert_eq!(line(&error.into_service_error()), expected);
    }
}

fn timeouts(timeouts: TimeoutConfigBuilder) -> Builder {
    config().timeout_config(timeouts.build()).http_client(Replay::silent())
}

#[tokio::test]
async fn attempts_and_operations_end_at_their_timeouts() {
    let seconds = Duration::from_secs;
    let both = || TimeoutConfig::builder().operation_timeout(seconds(9)).operation_attempt_timeout(seconds(5));
    let table = [
        (Timer::Reaches(seconds(5)), "StartBuild: timed out: the attempt took longer than 5 s (attempt 1 of 1)"),
        (Timer::Reaches(seconds(9)), "StartBuild: timed out: the operation took longer than 9 s (attempt 1 of 1)"),
    ];
    for (timer, expected) in table {
        let error = start(timeouts(both()).sleep_impl(timer)).await.unwrap_err();
        assert!(matches!(error, SdkError::TimeoutError(_)));
        assert_eq!(line(&error), expected);
    }
    let tenths = TimeoutConfig::builder().operation_timeout(Duration::from_millis(250));
    let error = start(timeouts(tenths).sleep_impl(Timer::Flies)).await.unwrap_err();
    assert_eq!(line(&error), "StartBuild: timed out: the operation took longer than 0.25 s (attempt 1 of 1)");
}

#[tokio::test]
async fn a_reply_in_time_is_not_cut_off() {
    let replay = Replay::of(reply(200, &[], "{}"));
    let config = timeouts(TimeoutConfig::builder().operation_timeout(Duration::from_secs(1)));
    assert!(start(config.sleep_impl(Timer::Flies).http_client(replay)).await.is_ok());
}

#[tokio::test]
async fn a_missing_setting_is_named_and_nothing_is_sent() {
    let replay = Replay::of(reply(200, &[], "{}"));
    let complete = || config().http_client(replay.clone());
    let mut without_credentials = complete().environment(Environment::fixed([("AWS_EC2_METADATA_DISABLED", "true")]));
    without_credentials.set_credentials_provider(None);
    let no_credentials = if cfg!(feature = "credentials") {
        "StartBuild: no credentials: environment: AWS_ACCESS_KEY_ID is not set; profile default: it is neither in ~/.aws/config (there is no \
         home directory) nor in ~/.aws/credentials (there is no home directory); web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set; \
         container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set; instance metadata: \
         AWS_EC2_METADATA_DISABLED is true"
    } else {
        "StartBuild: no credentials: set the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or credentials_provider in \
         the configuration, or enable the crate's feature credentials"
    };
    let table = [
        (complete().region(None), r#"StartBuild: no region: set region in the configuration, such as Region::new("eu-west-1")"#),
        (
            complete().endpoint_url("localhost:5000"),
            r#"StartBuild: the endpoint_url "localhost:5000" has no scheme: begin it with http:// or https://"#,
        ),
        (without_credentials, no_credentials),
    ];
    for (config, expected) in table {
        let error = start(config).await.unwrap_err();
        assert!(matches!(error, SdkError::ConstructionFailure(_)));
        assert_eq!(line(&error), expected);
        assert_eq!(line(&error.into_service_error()), expected);
    }
    let handle = Handle::new(&SERVICE, complete().build());
    let error = handle.call::<StartBuild>(incomplete_input(), Customization::default()).await.unwrap_err();
    assert_eq!(line(&error), "StartBuild: project_name was missing: it says which project to build");
    assert!(comes_from::<BuildError>(&error));
    assert_eq!(replay.requests(), 0);
}

#[cfg(not(feature = "rustls"))]
#[tokio::test]
async fn without_the_feature_rustls_an_http_client_is_required() {
    assert_eq!(
        line(&start(config()).await.unwrap_err()),
        "StartBuild: no HTTP client: enable the crate's feature rustls, or set http_client in the configuration"
    );
}

#[cfg(not(feature = "rt-tokio"))]
#[tokio::test]
async fn without_the_feature_rt_tokio_a_timer_is_required() {
    let mut config = config().http_client(Replay::of(reply(200, &[], "{}")));
    config.set_sleep_impl(None);
    assert_eq!(
        line(&start(config).await.unwrap_err()),
        "StartBuild: no timer: enable the crate's feature rt-tokio, or set sleep_impl in the configuration"
    );
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let reply = reply(400, &[], r#"{"message":"The Canonical String should have been\nx-amz-security-token:SESSIONTOKEN\nhost:h"}"#);
    let config = config()
        .credentials_provider(crate::config::Credentials::new("AKIDEXAMPLE", "SECRETKEY", Some("SESSIONTOKEN".into()), None, "test"))
        .http_client(Replay::of(reply));
    let handle = Handle::new(&SERVICE, config.build());
    let error = handle.call::<StartBuild>(Ok(crate::testing::input()), Customization::default()).await.unwrap_err();
    for shown in [line(&error), format!("{error:?}"), format!("{handle:?}"), format!("{:#?}", error.meta())] {
        for secret in ["SECRETKEY", "SESSIONTOKEN", "AKIDEXAMPLE", "Signature", "projectName"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
    assert_eq!(
        line(&error),
        "StartBuild: 400 Bad Request: The Canonical String should have been x-amz-security-token:(redacted) host:h (attempt 1 of 1)"
    );
}

/// The keys of a map are data. A path shows neither the key of a sensitive map nor a key that is a secret of the call.
#[tokio::test]
async fn a_path_shows_no_secret() {
    for (body, expected) in [
        (r#"{"list":[{"name":nil"#, "list[0].name: expected a value (byte 17)"),
        (r#"{"secretValue":{"hunter2":{"x":nil"#, "secretValue: expected a value (byte 31)"),
        (r#"{"map":{"SECRETEXAMPLE":nil"#, "expected a value (byte 24)"),
    ] {
        let error = failure(200, &[("x-amz-request-id", "SECRETEXAMPLE")], body).await;
        assert_eq!(line(&error), format!("StartBuild: 200 OK: {expected} (attempt 1 of 1)"));
        assert!(!format!("{error:?}").contains("hunter2") && !format!("{error:?}").contains("SECRETEXAMPLE"), "{error:?}");
    }
}

#[test]
fn errors_are_small() {
    assert!(size_of::<Failure>() <= 16, "{}", size_of::<Failure>());
    assert!(size_of::<Result<StartBuildOutput, Failure>>() <= 64);
}
