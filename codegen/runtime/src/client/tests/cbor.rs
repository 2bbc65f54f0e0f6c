//! Tests of calls in RPC v2 with CBOR.

use crate::cbor::{self, Writer};
use crate::client::Handle;
use crate::config::Config;
use crate::customize::Customization;
use crate::error::reply::ErrorReply;
use crate::error::{FailureKind, ProvideErrorMetadata as _, ProvideFailureKind as _, SdkError};
use crate::json;
use crate::operation::{Exchange, Metadata, Protocol, Service};
use crate::testing::{
    InvalidInputException, Ping, Replay, SERVICE, StartBuild, StartBuildError, StartBuildInput, StartBuildOutput, config, input, line,
    reply,
};
use aws_smithy_types::Document;
use aws_smithy_types::body::SdkBody;
use std::collections::HashMap;

static COUNTER: Service = Service { content_type: "application/cbor", query_compatible: true, ..SERVICE };

/// The same operation in CBOR.
struct Start;

impl Exchange for Start {
    const METADATA: Metadata = Metadata { target: "service/Counter/operation/StartBuild", service: &COUNTER, ..StartBuild::METADATA };
    const PROTOCOL: Protocol = Protocol::RPC_V2_CBOR;
    type Input = StartBuildInput;
    type Output = StartBuildOutput;
    type Error = StartBuildError;

    fn prepare(input: &mut StartBuildInput, config: &Config) -> bool {
        StartBuild::prepare(input, config)
    }

    fn encode(input: &StartBuildInput) -> Vec<u8> {
        cbor::encode(|writer| {
            writer.begin_object();
            writer.key("secretValue");
            writer.string(&input.project_name);
            writer.end_object();
        })
    }

    fn decode(body: &[u8]) -> Result<Option<StartBuildOutput>, json::Error> {
        let id = cbor::decode(body, |reader| reader.map::<String, _>(cbor::Reader::string))?;
        Ok(id.map(|mut members| StartBuildOutput { id: members.remove("id"), request_id: None }))
    }

    fn set_request_id(output: &mut StartBuildOutput, request_id: Option<String>) {
        output.request_id = request_id;
    }

    fn error(reply: &ErrorReply<'_>) -> StartBuildError {
        match reply.code() {
            Some("InvalidInputException") => {
                let members: HashMap<String, Document> = reply.read_cbor(|reader, members| {
                    *members = reader.map(cbor::Reader::document)?.unwrap_or_default();
                    Ok(())
                });
                let hint = members.get("hint").and_then(|hint| hint.as_string().map(str::to_owned));
                let message = hint.or(reply.message().map(str::to_owned));
                StartBuildError::InvalidInputException(InvalidInputException { message, meta: reply.metadata() })
            }
            _ => StartBuildError::generic(reply.metadata()),
        }
    }
}

/// An operation without an input and without an output.
struct Nothing;

impl Exchange for Nothing {
    const METADATA: Metadata = Metadata { target: "service/Counter/operation/Ping", service: &COUNTER, ..Ping::METADATA };
    const PROTOCOL: Protocol = Protocol::RPC_V2_CBOR;
    type Input = ();
    type Output = ();
    type Error = StartBuildError;

    fn encode((): &()) -> Vec<u8> {
        Vec::new()
    }

    fn decode(body: &[u8]) -> Result<Option<()>, json::Error> {
        cbor::decode(body, cbor::Reader::unit)
    }

    fn set_request_id((): &mut (), _: Option<String>) {}

    fn error(reply: &ErrorReply<'_>) -> StartBuildError {
        StartBuildError::generic(reply.metadata())
    }
}

async fn start(replay: &Replay) -> Result<StartBuildOutput, SdkError<StartBuildError>> {
    let config = config().http_client(replay.clone()).endpoint_url("http://localhost:8000/base").build();
    Handle::new(&COUNTER, config).call::<Start>(Ok(input()), Customization::default()).await
}

async fn failure(status: u16, headers: &[(&'static str, &'static str)], body: impl Into<SdkBody>) -> SdkError<StartBuildError> {
    start(&Replay::of(reply(status, headers, body))).await.unwrap_err()
}

/// An object with texts.
fn object(members: &[(&str, &str)]) -> Vec<u8> {
    let member = |writer: &mut Writer| {
        writer.begin_object();
        for (name, text) in members {
            writer.key(name);
            writer.string(text);
        }
        writer.end_object();
    };
    cbor::encode(member)
}

#[tokio::test]
async fn a_request_has_the_operation_in_its_path_and_these_headers() {
    let replay = Replay::of(reply(200, &[("x-amzn-requestid", "1-abc")], object(&[("id", "p:1"), ("more", "x")])));
    let output = start(&replay).await.unwrap();
    assert_eq!(output, StartBuildOutput { id: Some("p:1".to_owned()), request_id: Some("1-abc".to_owned()) });
    let request = replay.request();
    assert_eq!((request.method(), request.uri()), ("POST", "http://localhost:8000/base/service/Counter/operation/StartBuild"));
    assert_eq!(request.body().bytes(), Some(b"\xbf\x6bsecretValue\x61p\xff".as_slice()));
    let header = |name| request.headers().get(name);
    assert_eq!(
        ["accept", "content-type", "smithy-protocol", "content-length", "x-amzn-query-mode"].map(header),
        [Some("application/cbor"), Some("application/cbor"), Some("rpc-v2-cbor"), Some("16"), Some("true")]
    );
    assert_eq!(header("x-amz-target"), None);
    assert!(
        header("authorization").unwrap().contains("=accept;content-length;content-type;host;smithy-protocol;"),
        "the protocol's headers are signed"
    );
}

#[tokio::test]
async fn without_an_input_there_is_no_body_and_no_media_type() {
    for body in [b"".as_slice(), b"\xf6", b"\xbf\xff", b"\xa1\x61x\x01"] {
        let replay = Replay::of(reply(200, &[], body.to_vec()));
        let handle = Handle::new(&COUNTER, config().http_client(replay.clone()).build());
        handle.call::<Nothing>(Ok(()), Customization::default()).await.unwrap();
        let request = replay.request();
        assert_eq!(request.uri(), "https://codebuild.eu-west-1.amazonaws.com/service/Counter/operation/Ping");
        assert_eq!(request.body().bytes(), Some(b"".as_slice()));
        let header = |name| request.headers().get(name);
        assert_eq!(["accept", "content-type", "content-length"].map(header), [Some("application/cbor"), None, Some("0")]);
    }
}

#[tokio::test]
async fn an_unreadable_success_is_an_error() {
    let table: [(&[u8], &str, FailureKind); 7] = [
        (b"", "the body is empty, though the operation has an output", FailureKind::Unreadable),
        (b"\xf6", "the body is empty, though the operation has an output", FailureKind::Unreadable),
        (b"<html>hunter2</html>", "the body is an HTML page of 20 bytes, not CBOR", FailureKind::Unreadable),
        (b"{\"id\":\"hunter2\"}", "the body is JSON, but has neither a code nor a message, not CBOR", FailureKind::Unreadable),
        (b"\xa1\x62id\x67hunter", "id: unexpected end of the document (byte 5)", FailureKind::Unreadable),
        (b"\xa1\x62id\x07", "id: expected a string, found a number (byte 4)", FailureKind::WrongShape),
        (b"\x67hunter2", "expected an object, found a string (byte 0)", FailureKind::WrongShape),
    ];
    for (body, words, kind) in table {
        let error = failure(200, &[], body.to_vec()).await;
        assert_eq!(line(&error), format!("StartBuild: 200 OK: {words} (attempt 1 of 1)"), "{body:x?}");
        assert_eq!(error.failure_kind(), kind);
    }
}

#[tokio::test]
async fn an_error_is_the_one_that_the_type_names() {
    let modelled = object(&[("__type", "com.amazonaws.counter#InvalidInputException"), ("message", "bad")]);
    // Only the type counts.
    let error = failure(400, &[("x-amzn-errortype", "Other")], modelled).await;
    assert_eq!(line(&error), "StartBuild: 400 InvalidInputException: bad (attempt 1 of 1)");
    assert!(matches!(error.as_service_error(), Some(StartBuildError::InvalidInputException(_))));
    let coded = object(&[("code", "InvalidInputException"), ("Message", "bad")]);
    let error = failure(400, &[("x-amzn-errortype", "Other")], coded).await;
    assert_eq!((line(&error).as_str(), error.code()), ("StartBuild: 400 Bad Request: bad (attempt 1 of 1)", None));

    let throttled = failure(400, &[], object(&[("__type", "ThrottlingException")])).await;
    assert_eq!((throttled.failure_kind(), throttled.code()), (FailureKind::Throttling, Some("ThrottlingException")));
    let query = [("x-amzn-query-error", "AWS.Old;Sender")];
    let renamed = failure(400, &query, object(&[("__type", "x#InvalidInputException")])).await;
    assert_eq!(renamed.code(), Some("AWS.Old"));
    assert!(matches!(renamed.as_service_error(), Some(StartBuildError::InvalidInputException(_))), "the type chooses the variant");
}

#[tokio::test]
async fn other_bodies_of_errors_are_read_as_gateways_write_them() {
    for (body, words) in [
        (object(&[("x", "y")]), ": the body is CBOR, but has neither a code nor a message"),
        (b"\xa1\x67message\x67hunter".to_vec(), ": the body is binary data of 16 bytes"),
        (br#"{"message":"Too Large"}"#.to_vec(), ": Too Large"),
        (b"<html>hunter2</html>".to_vec(), ": the body is an HTML page of 20 bytes"),
        (Vec::new(), ""),
    ] {
        let error = failure(413, &[], body).await;
        assert_eq!(line(&error), format!("StartBuild: 413 Payload Too Large{words} (attempt 1 of 1)"));
    }
    let cut_off = [object(&[("__type", "ThrottlingException"), ("message", "x")]), b"\x01".to_vec()].concat();
    assert_eq!(line(&failure(400, &[], cut_off).await), "StartBuild: 400 ThrottlingException (attempt 1 of 1)");
}

#[tokio::test]
async fn secrets_of_the_request_and_of_the_reply_are_redacted() {
    let config = |replay: &Replay| config().http_client(replay.clone()).build();
    let secret = StartBuildInput { project_name: "hunter2".to_owned(), idempotency_token: None };
    let body = object(&[
        ("__type", "InvalidInputException"),
        ("message", "hunter2 and 12345678 are bad"),
        ("hint", "not hunter2"),
        ("secretValue", "12345678"),
    ]);
    let replay = Replay::of(reply(400, &[], body));
    let error = Handle::new(&COUNTER, config(&replay)).call::<Start>(Ok(secret), Customization::default()).await.unwrap_err();
    assert_eq!(error.message(), Some("(redacted) and (redacted) are bad"));
    assert!(!format!("{error:?}").contains("hunter2"));
    let Some(StartBuildError::InvalidInputException(inner)) = error.as_service_error() else { panic!("{error}") };
    assert_eq!(inner.message.as_deref(), Some("not (redacted)"), "members are read without secrets");
}
