//! The numbers: how many attempts, how long to wait between them, and what a retry costs.

use super::after::Asked;
use super::reason::Reason;
use crate::config::retry::{ReconnectMode, RetryConfig, RetryMode};
use crate::config::{Config, Environment, InvalidSetting};
use std::time::Duration;

/// AWS's switch for the numbers that it announced for 2026.
const SWITCH: &str = "AWS_NEW_RETRIES_2026";

/// Without a choice, a wait after throttling is at most this at first, and so is any other by the numbers before 2026.
const INITIAL_BACKOFF: Duration = Duration::from_secs(1);
/// By the numbers of 2026 a wait that throttling is not the reason of is at most this at first.
const REVISED_INITIAL_BACKOFF: Duration = Duration::from_millis(50);
/// By the numbers of 2026 a service has its way for no longer than this beyond the wait that there is without it.
const REVISED_LEEWAY: Duration = Duration::from_secs(5);

/// How attempts of a call are repeated: a configuration's choices, and AWS's numbers where it has none.
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

    /// How many attempts there may be, the first included.
    pub(crate) fn attempts(&self) -> u32 {
        self.config.max_attempts().max(1)
    }

    pub(crate) fn is_adaptive(&self) -> bool {
        self.config.mode() == RetryMode::Adaptive
    }

    /// Whether the connection of an attempt that failed for that reason serves no other one.
    pub(super) fn reconnects(&self, reason: Reason) -> bool {
        reason == Reason::Transient && self.config.reconnect_mode() == ReconnectMode::ReconnectOnTransientError
    }

    /// The longest wait.
    fn max_backoff(&self) -> Duration {
        self.config.max_backoff()
    }

    /// How many tokens a retry for that reason takes.
    pub(super) fn cost(&self, reason: Reason) -> u32 {
        match (self.revised, reason) {
            (true, Reason::Throttled) => 5,
            (true, Reason::Transient | Reason::ClockWrong | Reason::CredentialsReplaced) => 14,
            (false, Reason::Transient) => 10,
            (false, Reason::Throttled | Reason::ClockWrong | Reason::CredentialsReplaced) => 5,
        }
    }

    /// How long to wait after an attempt of that number: at random up to a bound that doubles from attempt to attempt, unless the service
    /// asks for something else; not at all with other credentials, since nothing else was wrong. `fraction` is the random part, from 0 to 1.
    pub(super) fn wait(&self, number: u32, reason: Reason, asked: Option<Asked>, fraction: f64) -> Duration {
        if reason == Reason::CredentialsReplaced {
            return Duration::ZERO;
        }
        let fraction = if self.config.use_static_exponential_base() { 1.0 } else { fraction };
        let bound = self.initial_backoff(reason).saturating_mul(2_u32.saturating_pow(number.saturating_sub(1))).min(self.max_backoff());
        let wait = Duration::try_from_secs_f64(bound.as_secs_f64() * fraction.clamp(0.0, 1.0)).unwrap_or(bound);
        match asked {
            None => wait,
            Some(Asked(asked)) if self.revised => asked.clamp(wait, wait.saturating_add(REVISED_LEEWAY)),
            Some(Asked(asked)) => asked.min(self.max_backoff()),
        }
    }

    /// A configuration always has an initial back-off. One that is not AWS's own has been chosen, and counts for all reasons.
    fn initial_backoff(&self, reason: Reason) -> Duration {
        let chosen = self.config.initial_backoff();
        if self.revised && reason != Reason::Throttled && chosen == INITIAL_BACKOFF { REVISED_INITIAL_BACKOFF } else { chosen }
    }

    /// How the user agent names the retry mode.
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
