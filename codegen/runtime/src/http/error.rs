//! What went wrong on the way to the service and back.

use crate::error::BoxError;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// A failure of the transport, told in full by its `Display`: what was tried, with whom, and why it failed.
#[derive(Debug)]
pub(crate) struct TransportError {
    words: String,
    source: BoxError,
}

impl TransportError {
    #[cfg(feature = "rustls")]
    pub(super) fn boxed(words: String, source: impl Into<BoxError>) -> Box<Self> {
        Box::new(Self { words, source: source.into() })
    }
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
