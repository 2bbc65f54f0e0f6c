//! What an error remembers of the call that it ended.

use super::text;
use crate::operation::Metadata;
use crate::retry::Attempt;
use std::fmt;

/// The call that an error ended, as far as it had come.
#[derive(Clone, Debug)]
pub(crate) struct CallContext {
    pub(crate) operation: &'static str,
    /// The attempt that failed; `None` when nothing was sent.
    pub(crate) attempt: Option<Attempt>,
    /// The status of the reply, if there was one.
    pub(crate) status: Option<u16>,
    /// The request's id, if there was a reply and it named one.
    pub(crate) request_id: Option<String>,
    /// Whether the attempt's request went out.
    pub(crate) sent: bool,
    /// Whether the reply shows that the request was signed at a time that was none by the service's clock.
    pub(crate) clock_was_wrong: bool,
    /// Whether there are other credentials by now than those that the service has refused.
    pub(crate) credentials_replaced: bool,
}

impl CallContext {
    /// A call that has sent nothing yet.
    pub(crate) fn new(operation: &'static Metadata) -> Self {
        Self {
            operation: operation.name,
            attempt: None,
            status: None,
            request_id: None,
            sent: false,
            clock_was_wrong: false,
            credentials_replaced: false,
        }
    }
}

/// What stands in parentheses at a line's end, with a space before it; nothing when nothing is known.
pub(super) struct Tail<'a> {
    pub(super) request_id: Option<&'a str>,
    pub(super) attempt: Option<&'a dyn fmt::Display>,
}

impl fmt::Display for Tail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.request_id.map(|id| text::OneLine(id, text::MAX_WORD));
        match (id, self.attempt) {
            (Some(id), Some(attempt)) => write!(f, " (request id {id}, {attempt})"),
            (Some(id), None) => write!(f, " (request id {id})"),
            (None, Some(attempt)) => write!(f, " ({attempt})"),
            (None, None) => Ok(()),
        }
    }
}

/// A status as it stands in a line: its number and its name, such as `502 Bad Gateway`.
pub(super) struct Status(pub(super) u16);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match reason(self.0) {
            Some(reason) => write!(f, "{} {reason}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

/// The name of a status, which is known of most.
pub(super) fn reason(status: u16) -> Option<&'static str> {
    http::StatusCode::from_u16(status).ok()?.canonical_reason()
}
