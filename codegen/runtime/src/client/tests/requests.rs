//! Tests of the requests that are sent.

use crate::client::Handle;
use crate::config::{AppName, Environment, IdempotencyTokenProvider};
use crate::customize::{CustomizableOperation, CustomizableSend, Customization};
use crate::error::SdkError;
use crate::operation::Service;
use crate::testing::{
    Ping, Replay, SERVICE, StartBuild, StartBuildError, StartBuildInput, StartBuildOutput, config, input, line, reply, start,
};
use aws_smithy_types::body::SdkBody;
use std::io;

fn started() -> Replay {
    Replay::of(reply(200, &[("x-amzn-requestid", "1-abc")], r#"{"id": "p:1"}"#))
}

/// A fluent builder that can only be customized.
struct Builder(Handle);

impl CustomizableSend<StartBuildOutput, StartBuildError> for Builder {
    async fn send(self, customization: Customization) -> Result<StartBuildOutput, SdkError<StartBuildError>> {
        self.0.call::<StartBuild>(Ok(input()), customization).await
    }
}

fn customize(replay: &Replay) -> CustomizableOperation<StartBuildOutput, StartBuildError, Builder> {
    CustomizableOperation::new(Builder(Handle::new(&SERVICE, config().http_client(replay.clone()).build())))
}

/// Returns whether a text has the form of a UUID.
fn is_uuid(text: &str) -> bool {
    let form = |(index, character): (usize, char)| match index {
        8 | 13 | 18 | 23 => character == '-',
        14 => character == '4',
        _ => character.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.chars().enumerate().all(form)
}

/// A service that once had the query protocol.
static COMPATIBLE: Service = Service { query_compatible: true, ..SERVICE };

#[tokio::test]
async fn a_query_compatible_service_is_asked_for_its_old_codes() {
    for (service, asked) in [(&COMPATIBLE, Some("true")), (&SERVICE, None)] {
        let replay = started();
        let handle = Handle::new(service, config().http_client(replay.clone()).build());
        handle.call::<StartBuild>(Ok(input()), Customization::default()).await.unwrap();
        assert_eq!(replay.request().headers().get("x-amzn-query-mode"), asked);
    }
}

#[tokio::test]
async fn a_request_has_these_headers_and_no_others() {
    let replay = started();
    let output = start(config().http_client(replay.clone())).await.unwrap();
    assert_eq!(output, StartBuildOutput { id: Some("p:1".to_owned()), request_id: Some("1-abc".to_owned()) });

    let request = replay.request();
    assert_eq!((request.method(), request.uri()), ("POST", "https://codebuild.eu-west-1.amazonaws.com/"));
    assert_eq!(request.body().bytes(), Some(br#"{"projectName":"p","idempotencyToken":"token"}"#.as_slice()));
    let mut headers: Vec<_> = request.headers().iter().collect();
    headers.sort_unstable();
    let (names, values): (Vec<_>, Vec<_>) = headers.into_iter().unzip();
    assert_eq!(
        names,
        [
            "amz-sdk-invocation-id",
            "amz-sdk-request",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-amz-date",
            "x-amz-target"
        ]
    );
    let [invocation, attempt, authorization, length, media_type, host, agent, date, target] = values.try_into().unwrap();
    assert!(is_uuid(invocation), "{invocation}");
    assert_eq!(attempt, "attempt=1; max=1");
    assert!(
        authorization.starts_with(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20191122/eu-west-1/codebuild/aws4_request, SignedHeaders=content-length;\
             content-type;host;x-amz-date;x-amz-target, Signature="
        ),
        "{authorization}"
    );
    assert_eq!((length, media_type, host), ("46", "application/x-amz-json-1.1", "codebuild.eu-west-1.amazonaws.com"));
    assert_eq!(agent, format!("smithlet-codebuild/1.2.3 ua/2.1 api/codebuild#1.2.3 os/{} lang/rust m/E", std::env::consts::OS));
    assert_eq!((date, target), ("20191122T102030Z", "CodeBuild_20161006.StartBuild"));
}

#[tokio::test]
async fn the_user_agent_names_the_application() {
    let replay = started();
    start(config().http_client(replay.clone()).app_name(AppName::new("nightly`builds").unwrap())).await.unwrap();
    assert!(replay.request().headers().get("user-agent").unwrap().ends_with(" app/nightly`builds"));
}

#[tokio::test]
async fn the_user_agent_names_the_execution_environment_and_features() {
    let replay = started();
    let environment = Environment::fixed([("AWS_EXECUTION_ENV", "AWS_Lambda rust")]);
    start(config().http_client(replay.clone()).endpoint_url("http://h").environment(environment)).await.unwrap();
    let agent = replay.request().headers().get("user-agent").unwrap().to_owned();
    assert!(agent.ends_with(" lang/rust exec-env/AWS_Lambda-rust m/E,N"), "{agent}");
}

#[tokio::test]
async fn a_lambda_function_sends_its_trace_id() {
    let sent = |variables: &[(&'static str, &'static str)]| {
        let (replay, environment) = (started(), Environment::fixed(variables.iter().copied()));
        async move {
            start(config().http_client(replay.clone()).environment(environment)).await.unwrap();
            replay.request().headers().get("x-amzn-trace-id").map(str::to_owned)
        }
    };
    let id = ("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe;Sampled=1\n\u{e9}");
    let name = ("AWS_LAMBDA_FUNCTION_NAME", "f");
    assert_eq!(sent(&[id, name]).await.as_deref(), Some("Root=1-5759e988-bd862e3fe;Sampled=1%0A%C3%A9"));
    assert_eq!(sent(&[id]).await, None, "only inside Lambda");
    assert_eq!(sent(&[name]).await, None);
}

#[tokio::test]
async fn the_default_port_is_omitted_from_the_host() {
    for (url, host) in [("http://h:80/a", "h"), ("https://h:443", "h"), ("http://h:443", "h:443"), ("http://[::1]:5000", "[::1]:5000")] {
        let replay = started();
        start(config().http_client(replay.clone()).endpoint_url(url)).await.unwrap();
        assert_eq!(replay.request().headers().get("host"), Some(host));
    }
}

#[tokio::test]
async fn an_operation_may_be_unsigned_and_without_output() {
    for body in ["", " \n", "null", "{}", r#"{"new": 1}"#] {
        let replay = Replay::of(reply(200, &[], body));
        let mut config = config().http_client(replay.clone());
        config.set_credentials_provider(None);
        Handle::new(&SERVICE, config.build()).call::<Ping>(Ok(()), Customization::default()).await.unwrap();
        let request = replay.request();
        assert_eq!(request.headers().get("authorization"), None);
        assert_eq!(request.body().bytes(), Some(b"{}".as_slice()));
    }
}

#[tokio::test]
async fn the_callers_token_is_sent_and_tokens_can_be_disabled() {
    let replay = started();
    let handle = Handle::new(&SERVICE, config().http_client(replay.clone()).build());
    let own = StartBuildInput { idempotency_token: Some("mine".to_owned()), ..input() };
    handle.call::<StartBuild>(Ok(own), Customization::default()).await.unwrap();
    assert_eq!(replay.request().body().bytes(), Some(br#"{"projectName":"p","idempotencyToken":"mine"}"#.as_slice()));

    let replay = started();
    start(config().http_client(replay.clone()).idempotency_token_provider(IdempotencyTokenProvider::disabled())).await.unwrap();
    assert_eq!(replay.request().body().bytes(), Some(br#"{"projectName":"p"}"#.as_slice()));
}

#[tokio::test]
async fn edits_are_applied_in_order_before_signing() {
    let replay = started();
    let call = customize(&replay)
        .mutate_request(|request| {
            request.headers_mut().insert("x-order", "first");
        })
        .map_request(|mut request| {
            let order = format!("{}, second", request.headers().get("x-order").unwrap());
            request.headers_mut().insert("x-order", order);
            request.headers_mut().insert("authorization", "forged");
            *request.body_mut() = SdkBody::from("{ }");
            request.set_uri("http://elsewhere:81/x").unwrap();
            Ok::<_, io::Error>(request)
        });
    call.send().await.unwrap();

    let request = replay.request();
    let header = |name: &str| request.headers().get(name).unwrap_or_default();
    assert_eq!(header("x-order"), "first, second");
    assert_eq!((request.uri(), header("host"), header("content-length")), ("http://elsewhere:81/x", "elsewhere:81", "3"));
    let authorization = header("authorization");
    assert!(authorization.contains(";x-amz-target;x-order, Signature="), "{authorization}");
    assert_eq!(request.headers().get_all("authorization").count(), 1);
}

#[tokio::test]
async fn an_edit_may_set_another_host_header() {
    let replay = started();
    let tunnel = customize(&replay).mutate_request(|request| {
        request.headers_mut().insert("host", "codebuild.internal");
    });
    tunnel.send().await.unwrap();
    assert_eq!(replay.request().headers().get("host"), Some("codebuild.internal"));
}

#[tokio::test]
async fn a_failing_edit_or_an_invalid_edited_request_ends_the_call() {
    let replay = started();
    let failed = customize(&replay).map_request(|_| Err(io::Error::other("not today"))).send().await.unwrap_err();
    assert!(matches!(failed, SdkError::ConstructionFailure(_)));
    assert_eq!(line(&failed), "StartBuild: not today");

    let relative = customize(&replay).mutate_request(|request| request.set_uri("/x").unwrap()).send().await.unwrap_err();
    assert_eq!(line(&relative), "StartBuild: the request's URI has no scheme or no host");

    let streamed = customize(&replay).mutate_request(|request| *request.body_mut() = SdkBody::taken()).send().await.unwrap_err();
    assert_eq!(line(&streamed), "StartBuild: the request's body is not in memory, so it cannot be signed");
    assert_eq!(replay.requests(), 0);
}

#[test]
fn futures_and_handles_can_be_sent_and_shared() {
    fn send<T: Send>(_: &T) {}
    fn share<T: Clone + Send + Sync + 'static>(_: &T) {}
    let replay = started();
    let handle = Handle::new(&SERVICE, config().http_client(replay.clone()).build());
    share(&handle);
    send(&handle.call::<StartBuild>(Ok(input()), Customization::default()));
    send(&customize(&replay).send());
}
