//! The SDK's test clients and users' implementations of its traits work with the crate.

use crate::replay::{conversation, refusal};
use crate::replies::client;
use aws_credential_types::provider::future;
use aws_sdk_codebuild::config::{
    BehaviorVersion, Credentials, HttpClient, ProvideCredentials, Region, SharedCredentialsProvider, retry::RetryConfig,
    timeout::TimeoutConfig,
};
use aws_sdk_codebuild::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_codebuild::operation::{RequestId, stop_build::StopBuildError};
use aws_sdk_codebuild::{Client, Config, Error};
use aws_smithy_http_client::test_util::capture_request;
use aws_types::SdkConfig;
use std::time::Duration;

/// A configuration as aws-config loads it.
fn sdk_config(http_client: impl HttpClient + 'static, provider: SharedCredentialsProvider) -> SdkConfig {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(provider)
        .http_client(http_client)
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::builder().operation_timeout(Duration::from_secs(5)).build())
        .build()
}

/// A provider as users write them.
#[derive(Debug)]
struct Vault;

impl ProvideCredentials for Vault {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { Ok(Credentials::new("AKIDVAULT", "secret", None, None, "vault")) })
    }
}

#[tokio::test]
async fn a_captured_request_is_signed_with_the_credentials_of_its_provider() {
    let providers = [
        (SharedCredentialsProvider::new(Credentials::for_tests()), "Credential=ANOTREAL/"),
        (SharedCredentialsProvider::new(Vault), "Credential=AKIDVAULT/"),
    ];
    for (provider, expected) in providers {
        let (http_client, captured) = capture_request(None);
        let client = Client::new(&sdk_config(http_client, provider));
        // The test client answers with an empty body, so that the call fails.
        let _ = client.stop_build().id("web:1").send().await;
        let request = captured.expect_request();
        let authorization = request.headers().get("authorization").expect("a signature");
        assert!(authorization.contains(expected) && authorization.contains("/eu-west-1/codebuild/aws4_request"), "{authorization}");
        assert_eq!(request.body().bytes(), Some(&br#"{"id":"web:1"}"#[..]));
    }
}

#[tokio::test]
async fn an_error_has_the_accessors_of_the_official_crate() {
    let talk = conversation([refusal("ResourceNotFoundException", "Build cannot be found")]);
    let error = client(&talk).stop_build().id("web:1").send().await.expect_err("a refusal");
    assert_eq!((error.code(), error.message()), (Some("ResourceNotFoundException"), Some("Build cannot be found")));
    assert_eq!(error.request_id(), Some("request-1"));
    assert_eq!(error.raw_response().map(|response| response.status().as_u16()), Some(400));
    assert!(DisplayErrorContext(&error).to_string().contains("Build cannot be found"));
    assert!(error.as_service_error().is_some_and(StopBuildError::is_resource_not_found_exception));
    match Error::from(error) {
        Error::ResourceNotFoundException(gone) => {
            assert_eq!((gone.message(), gone.request_id()), (Some("Build cannot be found"), Some("request-1")));
        }
        other => panic!("{other}"),
    }
    assert_eq!(talk.actual_requests().count(), 1);
}

#[tokio::test]
async fn a_replayed_conversation_is_compared_with_what_was_expected() {
    let talk = conversation([crate::replies::builds(&serde_json::json!({ "id": "web:1" }))]);
    client(&talk).batch_get_builds().ids("web:1").send().await.expect("a reply");
    let request = talk.actual_requests().next().expect("a request");
    assert_eq!((request.method(), request.uri()), ("POST", "https://codebuild.eu-west-1.amazonaws.com/"));
    assert_eq!(request.headers().get("content-type"), Some("application/x-amz-json-1.1"));
}

#[tokio::test]
async fn the_test_defaults_make_every_run_the_same() {
    let mut signatures = Vec::new();
    for _ in 0..2 {
        let (http_client, captured) = capture_request(None);
        let config = Config::builder().with_test_defaults_v2().http_client(http_client).build();
        let _ = Client::from_conf(config).stop_build().id("web:1").send().await;
        let request = captured.expect_request();
        assert_eq!(request.headers().get("x-amz-date"), Some("20090213T233130Z"));
        let authorization = request.headers().get("authorization").expect("a signature").to_owned();
        assert!(authorization.contains("Credential=ANOTREAL/20090213/us-east-1/codebuild/"), "{authorization}");
        signatures.push(authorization.split("SignedHeaders").next().unwrap_or_default().to_owned());
    }
    assert_eq!(signatures[0], signatures[1]);
}

/// Never runs; it compiles only if the types have these bounds.
#[expect(dead_code, reason = "compiled, not run")]
fn futures_are_send_and_clients_are_shared(client: &Client) {
    fn shared<T: Clone + Send + Sync + std::fmt::Debug + 'static>() {}
    fn send<F: Future + Send>(_: F) {}
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<Config>();
    send(client.batch_get_builds().ids("id").send());
    send(client.start_build().project_name("web").send());
    send(client.stop_build().id("id").customize().mutate_request(|_| {}).send());
    error::<SdkError<StopBuildError>>();
    error::<Error>();
}
