//! The times of a wait's polls.

use super::poll::Waiter;
use crate::config::Config;
use crate::random;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use aws_smithy_async::time::SharedTimeSource;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

/// The time from the last poll to the deadline, which leaves the poll time for its reply. Smithy's specification leaves the waiter's least delay
/// unused, which can be most of a short wait.
const RESERVE: Duration = Duration::from_secs(1);

/// The polls of a wait so far, and the time of the next one.
pub(super) struct Schedule {
    waiter: &'static Waiter,
    max_wait: Duration,
    clock: SharedTimeSource,
    /// `None` if there is none. Then the first poll fails.
    timer: Option<SharedAsyncSleep>,
    begun: SystemTime,
    polls: u32,
}

impl Schedule {
    /// The schedule of a wait that begins now.
    pub(super) fn new(config: &Config, waiter: &'static Waiter, max_wait: Duration) -> Self {
        let clock = config.clock();
        Self { waiter, max_wait, timer: config.timer(), begun: clock.now(), clock, polls: 0 }
    }

    /// The time since the beginning of the wait.
    pub(super) fn waited(&self) -> Duration {
        self.clock.now().duration_since(self.begun).unwrap_or_default()
    }

    pub(super) fn max_wait(&self) -> Duration {
        self.max_wait
    }

    /// The number of polls that have been sent.
    pub(super) fn polls(&self) -> u32 {
        self.polls
    }

    /// The result of a poll, or `None` if there is none before the deadline. Type-erased, so that all polls with the same result share one
    /// instantiation.
    pub(super) async fn poll<T>(&mut self, poll: Pin<&mut (dyn Future<Output = T> + Send)>) -> Option<T> {
        self.polls = self.polls.saturating_add(1);
        match &self.timer {
            None => Some(poll.await),
            Some(timer) => {
                let left = self.max_wait.saturating_sub(self.waited()).max(RESERVE);
                Timeout::new(poll, timer.sleep(left)).await.ok()
            }
        }
    }

    /// Waits until the next poll. Returns false, without a wait, if no time is left for one.
    pub(super) async fn next(&self) -> bool {
        let delay = delay(self.waiter, self.polls, self.max_wait.saturating_sub(self.waited()), random::fraction());
        match (delay, &self.timer) {
            (Some(delay), Some(timer)) => {
                tracing::debug!(
                    waiter = self.waiter.name,
                    polls = self.polls,
                    ?delay,
                    "the state is not reached yet, and another poll follows"
                );
                timer.sleep(delay).await;
                true
            }
            (None, _) | (_, None) => false,
        }
    }
}

/// The delay after a number of polls, with the time that is left before the deadline and a random fraction from 0 to 1. `None` means that there is
/// no other poll.
pub(super) fn delay(waiter: &Waiter, polls: u32, left: Duration, fraction: f64) -> Option<Duration> {
    let bound = waiter.min_delay.saturating_mul(2_u32.saturating_pow(polls.saturating_sub(1))).min(waiter.max_delay);
    let delay = waiter.min_delay + bound.saturating_sub(waiter.min_delay).mul_f64(fraction.clamp(0.0, 1.0));
    let time_for_another = left.saturating_sub(delay) > waiter.min_delay;
    match left.checked_sub(RESERVE) {
        None | Some(Duration::ZERO) => None,
        Some(_) if time_for_another => Some(delay),
        Some(last) => Some(last),
    }
}
