//! The `Display` line of errors.

use super::ErrorMetadata;
use super::call::{CallContext, Status, Tail, without_status};
use crate::text::{MAX_MESSAGE, MAX_WORD, OneLine};
use aws_types::request_id::RequestId as _;
use std::fmt;

/// The metadata key of the request id in AWS's own crates.
pub(super) const REQUEST_ID: &str = "aws_request_id";
/// The metadata keys of a call's context, which an error needs after it was taken out of its `SdkError`.
pub(super) const OPERATION: &str = "smithlet_operation";
pub(super) const STATUS: &str = "smithlet_status";
pub(super) const ATTEMPT: &str = "smithlet_attempt";
/// The metadata key of the kind of a failure without a service's error.
pub(super) const KIND: &str = "smithlet_kind";
/// The metadata key of the service's text that is neither a code nor a message.
pub(super) const EXCERPT: &str = "smithlet_excerpt";

/// Writes the line of a service's error from its metadata: `StartBuild: 400 ThrottlingException: Rate exceeded (request id 1-abc,
/// attempt 3 of 3)`. Unknown parts are omitted.
pub(super) fn fmt_error(f: &mut fmt::Formatter<'_>, meta: &ErrorMetadata) -> fmt::Result {
    write_line(f, meta, meta.code(), meta.message())
}

/// Writes the line of an error of the model. Its code defaults to its shape's name, and its message is one of its members, so that an error
/// which was created in a test has both.
pub fn fmt_exception(f: &mut fmt::Formatter<'_>, name: &str, message: Option<&str>, meta: &ErrorMetadata) -> fmt::Result {
    write_line(f, meta, meta.code().or(Some(name)), message.or(meta.message()))
}

fn write_line(f: &mut fmt::Formatter<'_>, meta: &ErrorMetadata, code: Option<&str>, message: Option<&str>) -> fmt::Result {
    if let Some(operation) = meta.extra(OPERATION) {
        write!(f, "{operation}: ")?;
    }
    let status = meta.extra(STATUS).and_then(|status| status.parse().ok());
    match (status, code) {
        (Some(status), Some(code)) => write!(f, "{status} {}", OneLine(code, MAX_WORD))?,
        (Some(status), None) => write!(f, "{}", Status(status))?,
        (None, Some(code)) => write!(f, "{}", OneLine(code, MAX_WORD))?,
        (None, None) => f.write_str("unhandled error")?,
    }
    let words = message.or(meta.extra(EXCERPT)).unwrap_or_default();
    let words = match (status, code) {
        (Some(status), None) => without_status(words, status),
        _ => words,
    };
    let words = OneLine(words, MAX_MESSAGE);
    if !words.0.trim().is_empty() {
        write!(f, ": {words}")?;
    }
    let attempt = meta.extra(ATTEMPT);
    let tail = Tail { request_id: meta.request_id(), attempt: attempt.as_ref().map(|attempt| attempt as _) };
    write!(f, "{tail}")
}

/// Writes the line of a failure without a service's error: `{operation}: {words}{tail}`, or `{fallback}: {words}` for an error that was created
/// by hand and has no call.
pub(super) fn fmt_failure(f: &mut fmt::Formatter<'_>, call: Option<&CallContext>, fallback: &str, words: &dyn fmt::Display) -> fmt::Result {
    let Some(call) = call else {
        return write!(f, "{fallback}: {words}");
    };
    write!(f, "{}: ", call.operation)?;
    if let Some(status) = call.status {
        write!(f, "{}: ", Status(status))?;
    }
    let attempt = call.attempt.as_ref().map(|attempt| attempt as &dyn fmt::Display);
    write!(f, "{words}{}", Tail { request_id: call.request_id.as_deref(), attempt })
}
