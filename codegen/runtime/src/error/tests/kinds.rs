//! Tests of the kind of a failure, in the engine, in the call's error and in the operation's error.

use crate::error::{
    BoxError, BuildError, CallContext, ConnectorError, ErrorKind, ErrorMetadata, Failed, Failure, FailureKind, ProvideFailureKind, SdkError,
};
use crate::http::{Silence, Unread};
use crate::json::Reader;
use crate::operation::Operation as _;
use crate::testing::{InvalidInputException, StartBuild, StartBuildError, reply};
use std::time::Duration;

type Error = SdkError<StartBuildError>;

/// The kind of a failure, which is the same in the engine, in the call's error and in the operation's.
#[track_caller]
fn kind(make: impl Fn() -> Failure, status: Option<u16>) -> FailureKind {
    let failed = || Failed { failure: make(), call: CallContext { status, ..CallContext::new(&StartBuild::METADATA) } };
    let error = || Error::from_failed(Box::new(failed()), StartBuild::error);
    let kind = failed().kind();
    assert_eq!(error().failure_kind(), kind);
    let service = error().into_service_error();
    assert_eq!(service.failure_kind(), kind);
    kind
}

fn refusal(status: u16, code: &'static str) -> FailureKind {
    kind(|| Failure::Service(reply(status, &[("x-amzn-errortype", code)], "{}")), Some(status))
}

#[test]
fn codes_and_statuses_of_replies_have_their_kinds() {
    for code in ["ThrottlingException", "com.amazonaws.codebuild#Throttling:http://x", "SlowDown", "TooManyRequestsException"] {
        assert_eq!(refusal(400, code), FailureKind::Throttling, "{code}");
    }
    for status in [400, 408, 503] {
        assert_eq!(refusal(status, "RequestTimeout"), FailureKind::Timeout);
    }
    for code in ["", "InvalidInputException", "TooMany"] {
        assert_eq!(refusal(429, code), FailureKind::Throttling, "429 {code}");
        for status in [500, 502, 503, 504] {
            assert_eq!(refusal(status, code), FailureKind::Unavailable, "{status} {code}");
        }
        for status in [301, 400, 403, 404, 501, 505] {
            assert_eq!(refusal(status, code), FailureKind::Refused, "{status} {code}");
        }
    }
    // An account limit is not throttling: waiting for milliseconds does not help.
    for code in ["AccountLimitExceededException", "ResourceNotFoundException", "ExpiredTokenException", "InvalidSignatureException"] {
        assert_eq!(refusal(400, code), FailureKind::Refused, "{code}");
    }
}

#[test]
fn failures_without_a_reply_have_their_kinds() {
    let other = |kind| move || Failure::Dispatch(ConnectorError::other("x".into(), kind));
    assert_eq!(kind(|| Failure::Construction("x".into()), None), FailureKind::Construction);
    assert_eq!(kind(|| Failure::Timeout("x".into()), None), FailureKind::Timeout);
    assert_eq!(kind(|| Failure::Dispatch(ConnectorError::io("x".into())), None), FailureKind::Connection);
    assert_eq!(kind(|| Failure::Dispatch(ConnectorError::timeout("x".into())), None), FailureKind::Timeout);
    assert_eq!(kind(|| Failure::Dispatch(ConnectorError::user("x".into())), None), FailureKind::Construction);
    assert_eq!(kind(other(Some(ErrorKind::TransientError)), None), FailureKind::Connection);
    assert_eq!(kind(other(Some(ErrorKind::ThrottlingError)), None), FailureKind::Throttling);
    assert_eq!(kind(other(Some(ErrorKind::ServerError)), None), FailureKind::Unavailable);
    assert_eq!(kind(other(None), None), FailureKind::Other);
}

#[test]
fn replies_that_cannot_be_read_have_their_kinds() {
    let unread = |reason: fn() -> BoxError| kind(|| Failure::Response(reason(), reply(200, &[], "")), Some(200));
    assert_eq!(unread(|| "no JSON".into()), FailureKind::Unreadable);
    let json = |document: &'static [u8]| Reader::new(document).and_then(|mut reader| reader.long()).unwrap_err();
    assert_eq!(kind(|| Failure::Response(json(b"[]").into(), reply(200, &[], "")), Some(200)), FailureKind::WrongShape);
    for broken in [&b"["[..], b"[] x", b"", b"\xff"] {
        assert_eq!(kind(|| Failure::Response(json(broken).into(), reply(200, &[], "")), Some(200)), FailureKind::Unreadable);
    }
    assert_eq!(unread(|| Unread::TooLarge { limit: 7 }.into()), FailureKind::TooLarge);
    assert_eq!(unread(|| Unread::TooSlow { limit: Duration::from_mins(5) }.into()), FailureKind::Timeout);
    assert_eq!(unread(|| Unread::Broken("reset".into()).into()), FailureKind::Connection);
    let silent: fn() -> BoxError = || {
        let silence = Silence { what: "nothing more of it came", limit: Duration::from_mins(1) };
        Unread::Broken(Unread::Broken(silence.into()).into()).into()
    };
    assert_eq!(unread(silent), FailureKind::Timeout, "at any depth of the chain of sources");
}

#[test]
fn each_kind_has_its_predicate() {
    fn answers(error: &impl ProvideFailureKind) -> [bool; 5] {
        [error.is_throttling(), error.is_timeout(), error.is_connection(), error.is_construction(), error.is_retryable()]
    }
    let throttled = StartBuildError::generic(ErrorMetadata::builder().code("ThrottlingException").build());
    assert_eq!(answers(&throttled), [true, false, false, false, true]);
    assert_eq!(answers(&Error::timeout_error("slow")), [false, true, false, false, true]);
    assert_eq!(answers(&Error::dispatch_failure(ConnectorError::io("reset".into()))), [false, false, true, false, true]);
    assert_eq!(answers(&Error::construction_failure("no region")), [false, false, false, true, false]);
    let invalid = InvalidInputException { message: None, meta: ErrorMetadata::default() };
    assert_eq!((answers(&invalid), invalid.failure_kind()), ([false; 5], FailureKind::Refused));
    let incomplete = StartBuildError::unhandled(BuildError::missing_field("name", "it is needed"));
    assert_eq!(answers(&incomplete), [false, false, false, true, false]);
    let unhandled = StartBuildError::unhandled("boom");
    assert_eq!((answers(&unhandled), unhandled.failure_kind()), ([false; 5], FailureKind::Other));
}
