//! What went wrong on the way to the service and back.

use crate::error::{BoxError, ConnectorError};
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A failure of the transport, told in full by its `Display`: what was tried, with whom, and why it failed.
#[derive(Debug)]
pub(crate) struct TransportError {
    words: String,
    source: BoxError,
    /// The connection ended before a single byte of the reply.
    unanswered: bool,
    /// Nothing of the request was sent.
    unsent: bool,
}

impl TransportError {
    #[cfg(feature = "rustls")]
    pub(super) fn new(words: String, source: impl Into<BoxError>) -> Self {
        Self { words, source: source.into(), unanswered: false, unsent: false }
    }

    /// The connection ended before a single byte of the reply, if that is so.
    #[cfg(feature = "rustls")]
    pub(super) fn unanswered(self, unanswered: bool) -> Self {
        Self { unanswered, ..self }
    }

    /// Nothing of the request was sent, if that is so.
    #[cfg(feature = "rustls")]
    pub(super) fn unsent(self, unsent: bool) -> Self {
        Self { unsent, ..self }
    }
}

/// Whether nothing of a request was sent, so that the service cannot have seen it. As with [`closed_before_reply`], only our own client's
/// word counts; what AWS's error remembers of [`ConnectorError::never_connected`] cannot be asked for.
pub(crate) fn never_sent(error: &ConnectorError) -> bool {
    error.source().and_then(<dyn Error>::downcast_ref::<TransportError>).is_some_and(|error| error.unsent)
}

/// Whether a request failed because its connection was closed or reset before a single byte of the reply, be it a new connection or one used
/// before. The service may still have received the request. Only what our own client says is sure enough; of another's failure this is false.
pub(crate) fn closed_before_reply(error: &ConnectorError) -> bool {
    error.source().and_then(<dyn Error>::downcast_ref::<TransportError>).is_some_and(|error| error.unanswered)
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.source)
    }
}

/// Nothing happened for so long.
#[derive(Debug)]
pub(crate) struct Silence {
    pub(crate) what: &'static str,
    pub(crate) limit: Duration,
}

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} within {} s", self.what, self.limit.as_secs_f64())
    }
}

impl Error for Silence {}
