//! Adaptive mode's rate limiter. It limits a client's rate from the first throttling on.
//!
//! The rate grows along a cubic curve around the rate at which the service last throttled, as CUBIC does for TCP. A request that would exceed
//! the rate reserves the next turn and waits for it, so that waiting calls are sent one by one and in order.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The lowest rate, in tokens per second.
const MIN_FILL_RATE: f64 = 0.5;
/// The lowest capacity of the bucket, in tokens.
const MIN_CAPACITY: f64 = 1.0;
/// The weight of the last half second in the measured rate.
const SMOOTH: f64 = 0.8;
/// The factor by which throttling reduces a rate.
const BETA: f64 = 0.7;
/// The steepness of the rate's growth.
const SCALE_CONSTANT: f64 = 0.4;

/// The costs in tokens of a call's first request, of a retry, and of a retry after a timeout.
pub(super) const FIRST_COST: f64 = 1.0;
pub(super) const RETRY_COST: f64 = 5.0;
pub(super) const TIMEOUT_COST: f64 = 10.0;

/// The rate limit of a client. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RateLimit(Arc<Mutex<Option<Rate>>>);

impl RateLimit {
    /// Reserves the next turn, which may be in the future.
    pub(super) fn take(&self, now: SystemTime, tokens: f64) -> Turn {
        let wait = with(&mut self.lock(), now, |rate, now| rate.take(now, tokens));
        Turn { limit: self.clone(), tokens: wait.map_or(0.0, |_| tokens), wait: wait.unwrap_or_default() }
    }

    /// Adapts the rate to the outcome of an attempt.
    pub(super) fn update(&self, now: SystemTime, is_throttled: bool) {
        with(&mut self.lock(), now, |rate, now| rate.update(now, is_throttled));
    }

    fn lock(&self) -> MutexGuard<'_, Option<Rate>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn with<T>(rate: &mut Option<Rate>, now: SystemTime, act: impl FnOnce(&mut Rate, f64) -> T) -> T {
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
    act(rate.get_or_insert_with(|| Rate::starting(now)), now)
}

/// A reserved turn to send a request. If it is dropped before it is used, its tokens are returned.
#[derive(Debug)]
pub(super) struct Turn {
    limit: RateLimit,
    tokens: f64,
    /// The time until the turn.
    pub(super) wait: Duration,
}

impl Turn {
    /// Keeps the tokens spent, since the request is sent.
    pub(super) fn used(mut self) {
        self.tokens = 0.0;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.tokens > 0.0
            && let Some(rate) = &mut *self.limit.lock()
        {
            rate.tokens = (rate.tokens + self.tokens).min(rate.capacity);
        }
    }
}

/// The state of the limiter. Times are in seconds since 1970, rates in requests or tokens per second.
#[derive(Debug)]
struct Rate {
    /// True from the first throttling on.
    is_limited: bool,
    /// The allowed rate, in tokens per second.
    allowed: f64,
    capacity: f64,
    /// Negative while reserved turns are in the future.
    tokens: f64,
    filled_at: Option<f64>,
    measured: f64,
    /// The start of the half second in which requests are counted.
    counted_from: f64,
    counted: u32,
    last_max: f64,
    throttled_at: f64,
}

impl Rate {
    fn starting(now: f64) -> Self {
        Self {
            is_limited: false,
            allowed: 0.0,
            capacity: f64::MAX,
            tokens: 0.0,
            filled_at: None,
            measured: 0.0,
            counted_from: now.floor(),
            counted: 0,
            last_max: 0.0,
            throttled_at: now,
        }
    }

    /// The time until the next turn, or `None` if the rate is not limited.
    fn take(&mut self, now: f64, tokens: f64) -> Option<Duration> {
        if !self.is_limited {
            return None;
        }
        self.fill(now);
        let lacking = tokens - self.tokens;
        self.tokens -= tokens;
        Some(Duration::try_from_secs_f64(lacking / self.allowed).unwrap_or_default())
    }

    fn update(&mut self, now: f64, is_throttled: bool) {
        self.measure(now);
        let rate = if is_throttled {
            self.last_max = if self.is_limited { self.measured.min(self.allowed) } else { self.measured };
            self.throttled_at = now;
            self.is_limited = true;
            self.last_max * BETA
        } else {
            self.cubic_rate(now)
        };
        // The tokens up to now accrue at the previous rate.
        self.fill(now);
        let rate = rate.min(2.0 * self.measured);
        self.allowed = rate.max(MIN_FILL_RATE);
        self.capacity = rate.max(MIN_CAPACITY);
        self.tokens = self.tokens.min(self.capacity);
    }

    /// The rate as long as nothing is throttled again: it returns to the rate of the last throttling, stays near it, then grows faster and
    /// faster.
    fn cubic_rate(&self, now: f64) -> f64 {
        let plateau = (self.last_max * (1.0 - BETA) / SCALE_CONSTANT).cbrt();
        SCALE_CONSTANT * (now - self.throttled_at - plateau).powi(3) + self.last_max
    }

    fn fill(&mut self, now: f64) {
        if let Some(before) = self.filled_at {
            self.tokens = ((now - before).max(0.0) * self.allowed + self.tokens).min(self.capacity);
        }
        self.filled_at = Some(now);
    }

    fn measure(&mut self, now: f64) {
        let half_second = (now * 2.0).floor() / 2.0;
        self.counted += 1;
        if half_second > self.counted_from {
            let current = f64::from(self.counted) / (half_second - self.counted_from);
            self.measured = current * SMOOTH + self.measured * (1.0 - SMOOTH);
            self.counted = 0;
            self.counted_from = half_second;
        }
    }
}

#[cfg(test)]
mod tests;
