//! Idempotency tokens.

use crate::random;
use std::fmt;

/// The source of idempotency tokens that the caller leaves out. A service carries out requests with the same token only once.
#[derive(Clone, Debug, Default)]
pub struct IdempotencyTokenProvider {
    source: Source,
}

#[derive(Clone, Default)]
enum Source {
    #[default]
    Random,
    Fixed(&'static str),
    Disabled,
}

/// Shows no token: with a copy of one, another request could pass for a repetition.
impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Random => "Random",
            Self::Fixed(_) => "Fixed",
            Self::Disabled => "Disabled",
        })
    }
}

impl IdempotencyTokenProvider {
    /// A new random UUID for each call. This is the default.
    pub fn random() -> Self {
        Self::default()
    }

    /// Always the same token, for tests.
    pub fn fixed(token: &'static str) -> Self {
        Self { source: Source::Fixed(token) }
    }

    /// No tokens are filled in. If the reply to such a call is lost, the service may carry out a repetition as well.
    pub fn disabled() -> Self {
        Self { source: Source::Disabled }
    }

    /// A token for one call, the same for all of its attempts.
    pub fn make_idempotency_token(&self) -> Option<String> {
        match self.source {
            Source::Random => Some(random::uuid()),
            Source::Fixed(token) => Some(token.to_owned()),
            Source::Disabled => None,
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::fixed(token)
    }
}
