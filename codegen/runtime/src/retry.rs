//! The attempts of a call: whether there is another one after a failure, and when.
//!
//! A failure has a [kind](crate::error::FailureKind), and that alone decides whether another attempt may succeed. Whether it *may be made*
//! depends on the operation ([`Repeat`](crate::operation::Repeat)): one that changes something is sent again after its request may have
//! arrived only if the service knows the repetition for one. The numbers are AWS's (AWS SDKs and Tools Reference Guide, "Retry behavior").
//!
//! | promise | test |
//! |---|---|
//! | a wait is random, up to a bound that doubles and has a limit | `policy::tests::waits_double_up_to_the_limit` |
//! | `AWS_NEW_RETRIES_2026=true` brings the numbers of 2026 | `policy::tests::the_numbers_of_2026_come_by_their_switch` |
//! | what `x-amz-retry-after` or `Retry-After` asks for is done, within bounds | `policy::tests::a_service_may_ask_for_a_wait`, `after::tests` |
//! | retries end when they rarely help: the token bucket | `bucket::tests`, `client::tests::retries::an_empty_bucket_ends_retries` |
//! | adaptive mode sends no faster than the service bears | `adaptive::tests`, `client::tests::retries::adaptive_mode_waits_its_turn` |
//! | what reads, or can be done twice, is sent again after any reply that is broken, cut off or not JSON | `client::tests::retries::what_may_be_repeated_is` |
//! | what cannot is sent again only if the service surely did nothing | `client::tests::retries::what_may_not_be_repeated_is_not` |
//! | what another attempt cannot change is not sent again: a whole reply of the wrong shape | `client::tests::retries::a_whole_reply_of_the_wrong_shape_is_not_asked_for_again` |
//! | a token protects for as long as it is valid | `client::tests::retries::a_token_protects_while_it_is_valid` |
//! | a connection closed before a byte of the reply is replaced at once, without a wait and without tokens | `http::tests::resend` |
//! | after a failure for the moment the connection serves nobody else, unless it is to (`ReconnectMode`) | `http::tests::resend::goes_over_another_one_after_a_failure_for_the_moment` |
//! | credentials that are refused as expired are replaced at once, if there are others | `client::tests::retries::credentials` |
//! | a wait that would outlast the operation's time is not begun | `client::tests::retries::no_wait_outlasts_the_operation` |
//! | the operation's time counts for the search for credentials too | `client::tests::retries::credentials::credentials_that_do_not_come_end_with_the_operations_time` |
//! | a call that is dropped gives its tokens and its turn back | `client::tests::retries::a_dropped_call_gives_back_what_it_holds`, `adaptive::tests::a_turn_that_is_given_up_is_free` |
//!
//! The bucket, the rate and what is known of the service's clock belong to a client: its clones and its calls with another configuration
//! share them, and no other client does. AWS's own Rust SDK shares a bucket between all clients of a region in a process. There, a client
//! whose account is throttled takes the retries of the others, and a test's faults those of the next test.

mod adaptive;
mod after;
mod bucket;
mod policy;
mod reason;
mod state;

pub(crate) use adaptive::RateLimit;
pub(crate) use bucket::Bucket;
pub(crate) use policy::Policy;
pub(crate) use state::RetryState;

use std::fmt;

/// What the calls of a client share as to retries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quota {
    pub(crate) bucket: Bucket,
    pub(crate) rate: RateLimit,
}

/// One attempt, by its number and how many there may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Attempt {
    number: u32,
    limit: u32,
    end: Option<End>,
}

impl Attempt {
    /// The first one.
    pub(crate) fn first(limit: u32) -> Self {
        Self { number: 1, limit, end: None }
    }

    /// Its number, counted from one.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    /// How many there may be.
    pub(crate) fn limit(self) -> u32 {
        self.limit
    }

    fn is_last(self) -> bool {
        self.number >= self.limit
    }

    fn next(self) -> Self {
        Self { number: self.number.saturating_add(1), ..self }
    }

    /// The same as the last one after all, and why.
    fn ended(self, end: End) -> Self {
        Self { end: Some(end), ..self }
    }
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attempt {} of {}", self.number, self.limit)?;
        self.end.map_or(Ok(()), |end| write!(f, ", no retry: {}", end.words()))
    }
}

/// Why there is no other attempt, though it might succeed and was not the last.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum End {
    /// The service may have acted, and would act again.
    MayHaveActed,
    /// The bucket has too few tokens.
    QuotaUsedUp,
    /// The operation's timeout comes before the next attempt.
    NoTimeLeft,
    /// The idempotency token is no longer valid by the next attempt.
    TokenExpires,
    /// There is no request for another attempt; credentials may have gone.
    NoRequest,
}

impl End {
    fn words(self) -> &'static str {
        match self {
            Self::MayHaveActed => "it may have been carried out",
            Self::QuotaUsedUp => "too many have failed",
            Self::NoTimeLeft => "the operation's time is nearly up",
            Self::TokenExpires => "its idempotency token expires",
            Self::NoRequest => "no request for it could be made",
        }
    }
}
