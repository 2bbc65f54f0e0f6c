//! What went wrong on the way to the service and back.

use crate::error::BoxError;
use std::error::Error;
use std::fmt;

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
