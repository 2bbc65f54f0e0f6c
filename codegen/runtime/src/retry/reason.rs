//! The reasons why another attempt may succeed after a failed one.

use crate::error::{Failed, Failure, FailureKind};
use crate::http::{Response, never_sent};

/// The reason why another attempt may succeed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reason {
    /// The service throttled the request.
    Throttled,
    /// A transient failure: no reply, a broken reply, or a reply that reports a temporary fault.
    Transient,
    /// The signature was refused because of clock skew, which has been corrected since.
    ClockWrong,
    /// The credentials were refused as expired, and other ones have been found.
    CredentialsReplaced,
}

impl Reason {
    /// The reason why another attempt may succeed, or `None` if it cannot.
    pub(super) fn of(failed: &Failed) -> Option<Self> {
        match failed.kind() {
            FailureKind::Throttling => Some(Self::Throttled),
            _ if failed.call.credentials_replaced => Some(Self::CredentialsReplaced),
            _ if failed.call.clock_was_wrong && failed.refuses_signature() => Some(Self::ClockWrong),
            FailureKind::Unreadable if failed.reply().is_some_and(is_blank) => None,
            kind => kind.retryable().map(|_| Self::Transient),
        }
    }
}

/// Returns whether a reply has neither headers nor a body. Only AWS's test client `capture_request` replies like that, and it can be called only
/// once.
fn is_blank(reply: &Response) -> bool {
    reply.headers().is_empty() && reply.body().bytes().is_some_and(<[u8]>::is_empty)
}

/// Returns whether the service surely did not carry out the operation: the request did not arrive, or was refused before it was processed.
pub(super) fn is_surely_undone(failed: &Failed, reason: Reason) -> bool {
    match (&failed.failure, reason) {
        (_, Reason::Throttled | Reason::ClockWrong | Reason::CredentialsReplaced) => true,
        (Failure::Dispatch(error), Reason::Transient) => never_sent(error),
        (_, Reason::Transient) => !failed.call.sent,
    }
}
