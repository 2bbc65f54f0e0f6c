//! Waiters: a call that is repeated until its reply shows that something has reached a state, such as that a build has ended.
//!
//! A generated client has a method `wait_until_...` for each waiter, in the trait `client::Waiters`. The input is set as for any other call; then
//! `wait` takes the longest time to wait:
//!
//! ```text
//! use aws_sdk_codebuild::client::Waiters;
//!
//! let ended = client.wait_until_build_complete().ids(id).wait(Duration::from_mins(30)).await?;
//! ```
//!
//! Each call of a wait is a *poll*. The first poll is sent at once. The delays between polls are random, from the waiter's least delay up to a bound
//! that doubles with each poll until it is the waiter's greatest delay, as in Smithy's specification of waiters. The last poll is sent one second
//! before the deadline, so that its reply is in time. The time comes from the configured clock, and the delays use the configured timer.
//!
//! | promise | test |
//! |---|---|
//! | the bound of the delays doubles, from the least to the greatest | `the_bound_of_the_delays_doubles_up_to_the_greatest` |
//! | the last poll is sent one second before the deadline | `the_last_poll_is_sent_a_second_before_the_deadline` |
//! | a wait that is shorter than the least delay polls at its beginning and at its end | `a_wait_shorter_than_the_least_delay_polls_twice` |
//! | a wait ends at its deadline, also while a poll has no reply | `a_poll_without_a_reply_ends_at_the_deadline` |
//! | a failure that another attempt may mend, such as throttling, does not end a wait that has time left; if the last poll failed like this, the error says so | `a_throttled_poll_does_not_end_the_wait`, `a_broken_connection_does_not_end_the_wait`, `an_exceeded_wait_names_the_failure_of_its_last_poll` |
//! | any other failure that the waiter does not expect ends the wait | `an_unexpected_refusal_ends_the_wait` |
//! | an input that cannot be sent ends the wait before anything is sent | `an_incomplete_input_is_refused_before_the_first_poll` |
//! | an error that the waiter expects continues the wait or ends it, as the model has it | `an_expected_error_continues_the_wait`, `an_expected_error_ends_the_wait_well`, `an_expected_error_ends_the_wait_in_failure` |
//! | more items than fit into one request are sent in several, which together are one poll | `many_items_are_polled_in_chunks`, `a_poll_in_chunks_fails_with_its_first_failure` |
//! | an error is one line, with the waiter's name and what a reply shows | `a_failure_says_what_the_reply_shows` |

pub mod error;
pub(crate) mod poll;
mod schedule;
#[cfg(test)]
mod tests;

pub use aws_smithy_runtime_api::client::waiters::FinalPoll;
