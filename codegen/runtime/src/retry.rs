//! The attempts of a call: their count, and what follows a failed one.

use crate::error::Failed;
use std::fmt;
use std::time::Duration;

/// One attempt, by its number and how many there may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Attempt {
    number: u32,
    limit: u32,
}

impl Attempt {
    /// The first one.
    pub(crate) fn first() -> Self {
        Self { number: 1, limit: 1 }
    }

    /// Its number, counted from one.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    /// The value of the header `amz-sdk-request`.
    pub(crate) fn header(self) -> String {
        format!("attempt={}; max={}", self.number, self.limit)
    }

    /// How long to wait for the attempt after this one, or `None` when the failure is the call's result. So far it always is: a call is
    /// one attempt, whatever `retry_config` says.
    pub(crate) fn wait_after(self, failed: &Failed) -> Option<Duration> {
        tracing::debug!(number = self.number, limit = self.limit, failure = failed.kind().name(), "attempt failed");
        None
    }

    /// The one after this.
    pub(crate) fn next(self) -> Self {
        Self { number: self.number + 1, ..self }
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attempt {} of {}", self.number, self.limit)
    }
}
