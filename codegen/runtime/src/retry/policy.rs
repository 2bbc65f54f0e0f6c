//! The retry policy: the number of attempts, the waits between them, and the cost of a retry.

use super::after::RequestedWait;
use super::reason::Reason;
use crate::config::retry::{ReconnectMode, RetryConfig, RetryMode};
use crate::config::{Config, Environment, InvalidSetting};
use std::time::Duration;

/// AWS's switch for the numbers that it announced for 2026, here called revised.
const SWITCH: &str = "AWS_NEW_RETRIES_2026";

/// The default initial back-off. By the revised numbers it applies to throttling only.
const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
/// The revised initial back-off for other reasons than throttling.
const REVISED_INITIAL_BACKOFF: Duration = Duration::from_millis(50);
/// By the revised numbers, a service may prolong a wait by at most this.
const REVISED_LEEWAY: Duration = Duration::from_secs(5);

/// The retry settings of a configuration, with AWS's numbers as defaults.
#[derive(Debug)]
pub(crate) struct Policy {
    config: RetryConfig,
    revised: bool,
}

impl Policy {
    pub(crate) fn new(config: &Config) -> Result<Self, InvalidSetting> {
        let revised = is_revised(config.environment())?;
        Ok(Self { config: config.retry_config().cloned().unwrap_or_else(RetryConfig::standard), revised })
    }

    /// The highest number of attempts, the first included.
    pub(crate) fn attempts(&self) -> u32 {
        self.config.max_attempts().max(1)
    }

    pub(crate) fn is_adaptive(&self) -> bool {
        self.config.mode() == RetryMode::Adaptive
    }

    /// Returns whether the connection of an attempt that failed for that reason is not reused.
    pub(super) fn reconnects(&self, reason: Reason) -> bool {
        reason == Reason::Transient && self.config.reconnect_mode() == ReconnectMode::ReconnectOnTransientError
    }

    /// The longest wait.
    fn max_backoff(&self) -> Duration {
        self.config.max_backoff()
    }

    /// The number of tokens that a retry for that reason takes.
    pub(super) fn cost(&self, reason: Reason) -> u32 {
        match (self.revised, reason) {
            (true, Reason::Throttled) => 5,
            (true, Reason::Transient | Reason::ClockWrong | Reason::CredentialsReplaced) => 14,
            (false, Reason::Transient) => 10,
            (false, Reason::Throttled | Reason::ClockWrong | Reason::CredentialsReplaced) => 5,
        }
    }

    /// The wait after an attempt of that number: random, up to a bound that doubles with each attempt, unless the service requests another wait.
    /// A retry with replaced credentials does not wait. `fraction` is the random part, from 0 to 1.
    pub(super) fn wait(&self, number: u32, reason: Reason, asked: Option<RequestedWait>, fraction: f64) -> Duration {
        if reason == Reason::CredentialsReplaced {
            return Duration::ZERO;
        }
        let fraction = if self.config.use_static_exponential_base() { 1.0 } else { fraction };
        let bound = self.initial_backoff(reason).saturating_mul(2_u32.saturating_pow(number.saturating_sub(1))).min(self.max_backoff());
        let wait = Duration::try_from_secs_f64(bound.as_secs_f64() * fraction.clamp(0.0, 1.0)).unwrap_or(bound);
        match asked {
            None => wait,
            Some(RequestedWait(asked)) if self.revised => asked.clamp(wait, wait.saturating_add(REVISED_LEEWAY)),
            Some(RequestedWait(asked)) => asked.min(self.max_backoff()),
        }
    }

    /// The initial back-off. A value other than AWS's default was set by the user, and applies to all reasons.
    fn initial_backoff(&self, reason: Reason) -> Duration {
        let chosen = self.config.initial_backoff();
        if self.revised && reason != Reason::Throttled && chosen == INITIAL_BACKOFF { REVISED_INITIAL_BACKOFF } else { chosen }
    }

    /// The retry mode's letter in the user agent.
    pub(crate) fn feature(&self) -> &'static str {
        if self.is_adaptive() { "F" } else { "E" }
    }
}

fn is_revised(environment: &Environment) -> Result<bool, InvalidSetting> {
    match environment.get(SWITCH)?.map(|value| value.trim().to_ascii_lowercase()).as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(value) => Err(InvalidSetting::variable(SWITCH, format!("{value:?} is neither true nor false"))),
    }
}

#[cfg(test)]
mod tests;
