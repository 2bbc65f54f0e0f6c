//! Errors of the transport.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result::ConnectorError;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A failure of the transport. Its `Display` is complete: it names what was tried, the host, and the reason.
#[derive(Debug)]
pub(crate) struct TransportError {
    words: String,
    source: BoxError,
    /// True if the connection ended before the first byte of the reply.
    unanswered: bool,
    /// True if nothing of the request was sent.
    unsent: bool,
}

impl TransportError {
    #[cfg(feature = "rustls")]
    pub(super) fn new(words: String, source: impl Into<BoxError>) -> Self {
        Self { words, source: source.into(), unanswered: false, unsent: false }
    }

    /// Sets whether the connection ended before a single byte of the reply.
    #[cfg(feature = "rustls")]
    pub(super) fn unanswered(self, unanswered: bool) -> Self {
        Self { unanswered, ..self }
    }

    /// Sets whether nothing of the request was sent.
    #[cfg(feature = "rustls")]
    pub(super) fn unsent(self, unsent: bool) -> Self {
        Self { unsent, ..self }
    }
}

/// Returns whether nothing of a request was sent, so that the service cannot have seen it. As with [`closed_before_reply`], only the crate's own
/// client tells: [`ConnectorError::never_connected`] of a custom one has no public accessor.
pub(crate) fn never_sent(error: &ConnectorError) -> bool {
    error.source().and_then(<dyn Error>::downcast_ref::<TransportError>).is_some_and(|error| error.unsent)
}

/// Returns whether a request failed because its connection, new or used before, was closed or reset before a single byte of the reply. The
/// service may still have received the request. For failures of a custom client this is false, since it cannot be known.
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

/// The error of a wait that reached its limit.
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
