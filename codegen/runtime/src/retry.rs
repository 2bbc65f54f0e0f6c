//! Retries: the decision to make another attempt after a failure, and the wait before it.
//!
//! The [kind](crate::error::FailureKind) of a failure decides whether another attempt may succeed. The operation decides whether it *may be
//! made* ([`Repeat`](crate::service::Repeat)): if the request may have arrived and the operation changes something, it is sent again only if
//! the service recognizes the repetition. The numbers are AWS's (AWS SDKs and Tools Reference Guide, "Retry behavior").
//!
//! | promise | test |
//! |---|---|
//! | a wait is random, up to a bound that doubles and has a limit | `policy::tests::waits_double_up_to_the_limit` |
//! | `AWS_NEW_RETRIES_2026=true` brings the numbers of 2026 | `policy::tests::the_switch_selects_the_numbers_of_2026` |
//! | what `x-amz-retry-after` or `Retry-After` asks for is done, within bounds | `policy::tests::a_service_may_request_a_wait`, `after::tests` |
//! | retries end when they rarely help: the token bucket | `bucket::tests`, `client::tests::retries::an_empty_bucket_ends_retries` |
//! | adaptive mode sends no faster than the service bears | `adaptive::tests`, `client::tests::retries::adaptive_mode_limits_the_rate` |
//! | what reads, or can be done twice, is sent again after any reply that is broken, cut off or not JSON | `client::tests::retries::an_idempotent_operation_is_retried_after_any_broken_reply` |
//! | what cannot is sent again only if the service surely did nothing | `client::tests::retries::a_non_idempotent_operation_is_retried_only_if_surely_not_carried_out` |
//! | what another attempt cannot change is not sent again: a whole reply of the wrong shape | `client::tests::retries::a_whole_reply_of_the_wrong_shape_is_not_retried` |
//! | a token protects for as long as it is valid | `client::tests::retries::a_token_protects_while_it_is_valid` |
//! | a connection closed before a byte of the reply is replaced at once, without a wait and without tokens | `http::tests::resend` |
//! | after a failure for the moment the connection serves no other call, unless it is to (`ReconnectMode`) | `http::tests::resend::goes_over_another_one_after_a_failure_for_the_moment` |
//! | credentials that are refused as expired are replaced at once, if there are others | `client::tests::retries::credentials` |
//! | a wait that would outlast the operation's time is not begun | `client::tests::retries::no_wait_outlasts_the_operation` |
//! | the operation's time counts for the search for credentials too | `client::tests::retries::credentials::missing_credentials_end_at_the_operations_timeout` |
//! | a call that is dropped gives its tokens and its turn back | `client::tests::retries::a_dropped_call_returns_its_tokens_and_its_turn`, `adaptive::tests::a_dropped_turn_returns_its_tokens` |
//!
//! The token bucket, the rate limit and the clock offset belong to one client. They are shared by its clones and by its calls with another
//! configuration. AWS's own Rust SDK shares a bucket between all clients of a region in a process. There, a client whose account is throttled
//! uses up the retries of the other clients, and a test those of the next test.

mod adaptive;
mod after;
mod bucket;
mod policy;
mod reason;
mod state;

pub(crate) use crate::attempt::{Attempt, NoRetry};
pub(crate) use adaptive::RateLimit;
pub(crate) use bucket::Bucket;
pub(crate) use policy::Policy;
pub(crate) use state::RetryState;

/// The retry limits that all calls of a client share.
#[derive(Clone, Debug, Default)]
pub(crate) struct RetryLimits {
    pub(crate) bucket: Bucket,
    pub(crate) rate: RateLimit,
}
