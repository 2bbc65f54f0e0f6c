//! The attempts of a call, by number.

use std::fmt;

/// The number of an attempt and the highest number of attempts.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Attempt {
    number: u32,
    limit: u32,
    pub(crate) end: Option<NoRetry>,
}

impl Attempt {
    /// The first attempt of a call.
    pub(crate) fn first(limit: u32) -> Self {
        Self { number: 1, limit, end: None }
    }

    /// The number, counted from one.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    /// The highest number of attempts.
    pub(crate) fn limit(self) -> u32 {
        self.limit
    }

    pub(crate) fn is_last(self) -> bool {
        self.number >= self.limit
    }

    pub(crate) fn next(self) -> Self {
        Self { number: self.number.saturating_add(1), ..self }
    }

    /// The attempt as the last one, for that reason.
    pub(crate) fn ended(self, end: NoRetry) -> Self {
        Self { end: Some(end), ..self }
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attempt {} of {}", self.number, self.limit)?;
        self.end.map_or(Ok(()), |end| write!(f, ", no retry: {}", end.words()))
    }
}

/// The reason why an attempt is the last one, though another one might succeed and the limit is not reached.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum NoRetry {
    /// The service may have carried out the operation, and would carry it out again.
    MayHaveActed,
    /// The bucket has too few tokens.
    QuotaUsedUp,
    /// The operation's timeout ends before the next attempt.
    NoTimeLeft,
    /// The idempotency token expires before the next attempt.
    TokenExpires,
    /// The request's body is a stream, which cannot be read again.
    StreamUsedUp,
    /// The request of another attempt could not be built; for example, there are no credentials any more.
    NoRequest,
}

impl NoRetry {
    fn words(self) -> &'static str {
        match self {
            Self::MayHaveActed => "it may have been carried out",
            Self::QuotaUsedUp => "too many have failed",
            Self::NoTimeLeft => "the operation's time is nearly up",
            Self::TokenExpires => "its idempotency token expires",
            Self::StreamUsedUp => "the stream of its body cannot be read again",
            Self::NoRequest => "no request for it could be made",
        }
    }
}
