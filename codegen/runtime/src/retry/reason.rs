//! Why a failed attempt may succeed when it is made again.

use crate::config::http::HttpResponse;
use crate::error::{Failed, Failure, FailureKind};
use crate::http::never_sent;

/// What is behind a failure that another attempt may get round.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reason {
    /// The service asks for fewer requests.
    Throttled,
    /// No reply, a broken one, or one that says that something is out of order for the moment.
    Transient,
    /// The signature was refused because of the clock, which has been corrected since.
    ClockWrong,
    /// The credentials were refused because they have ended, and there are others.
    CredentialsReplaced,
}

impl Reason {
    /// The reason for another attempt, or `None` when it is of no use.
    pub(super) fn of(failed: &Failed) -> Option<Self> {
        match failed.kind() {
            FailureKind::Throttling => Some(Self::Throttled),
            _ if failed.call.credentials_replaced => Some(Self::CredentialsReplaced),
            _ if failed.call.clock_was_wrong && failed.blames_the_clock() => Some(Self::ClockWrong),
            FailureKind::Unreadable if failed.reply().is_some_and(is_blank) => None,
            kind => kind.retryable().map(|_| Self::Transient),
        }
    }
}

/// Whether a reply has nothing in it, not even a header. No server's is like that, but that of AWS's test client `capture_request`, which
/// can be asked only once.
fn is_blank(reply: &HttpResponse) -> bool {
    reply.headers().iter().next().is_none() && reply.body().bytes().is_some_and(<[u8]>::is_empty)
}

/// Whether the service surely did nothing for an attempt: it has not seen the request, or has turned it away unread.
pub(super) fn is_surely_undone(failed: &Failed, reason: Reason) -> bool {
    match (&failed.failure, reason) {
        (_, Reason::Throttled | Reason::ClockWrong | Reason::CredentialsReplaced) => true,
        (Failure::Dispatch(error), Reason::Transient) => never_sent(error),
        (_, Reason::Transient) => !failed.call.sent,
    }
}
