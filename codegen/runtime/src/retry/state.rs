//! The retry state of one call.

use super::adaptive::{self, Turn};
use super::after::RequestedWait;
use super::bucket::Permit;
use super::reason::{Reason, is_surely_undone};
use super::{Attempt, NoRetry, Policy, RetryLimits};
use crate::clock::Clock;
use crate::error::{Failed, Failure, FailureKind};
use crate::random;
use crate::service::Repeat;
use std::time::{Duration, SystemTime};

/// The attempts of a call so far, and everything that the next one depends on. It neither sends nor waits.
pub(crate) struct RetryState<'a> {
    policy: &'a Policy,
    clock: &'a Clock,
    limits: &'a RetryLimits,
    repeat: Repeat,
    /// True if the request cannot be sent again, because its body is a stream that is read once.
    once: bool,
    begun: SystemTime,
    /// The timeout of the whole call.
    timeout: Option<Duration>,
    attempt: Attempt,
    /// The time of the call's first request. The service remembers its idempotency token from then on.
    first_sent: Option<SystemTime>,
    /// True if the request of this attempt was sent.
    sent: bool,
    /// The failure of the previous attempt.
    before: Option<Box<Failed>>,
    permit: Option<Permit>,
    turn: Option<Turn>,
}

impl<'a> RetryState<'a> {
    /// The state of a call that begins now.
    pub(crate) fn new(policy: &'a Policy, clock: &'a Clock, limits: &'a RetryLimits, repeat: Repeat, timeout: Option<Duration>) -> Self {
        Self {
            policy,
            clock,
            limits,
            repeat,
            once: false,
            begun: clock.now(),
            timeout,
            attempt: Attempt::first(policy.attempts()),
            first_sent: None,
            sent: false,
            before: None,
            permit: None,
            turn: None,
        }
    }

    /// Records that the request can be sent once only.
    pub(crate) fn sends_once(&mut self) {
        self.once = true;
    }

    /// The time at which the call began.
    pub(crate) fn begun(&self) -> SystemTime {
        self.begun
    }

    pub(crate) fn attempt(&self) -> Attempt {
        self.attempt
    }

    /// Returns whether the request of this attempt was sent.
    pub(crate) fn has_sent(&self) -> bool {
        self.sent
    }

    /// The wait before the first attempt, if there is one.
    pub(crate) fn wait(&mut self) -> Option<Duration> {
        if !self.policy.is_adaptive() {
            return None;
        }
        let turn = self.limits.rate.take(self.clock.now(), adaptive::FIRST_COST);
        let wait = turn.wait;
        self.turn = Some(turn);
        (!wait.is_zero()).then_some(wait)
    }

    /// Records that the request of this attempt is about to be sent. It is refused if the service would not recognize it as a repetition; then the
    /// call ends with the failure of the previous attempt, if there was one.
    pub(crate) fn send(&mut self, now: SystemTime) -> Result<(), Option<Box<Failed>>> {
        if self.token_expires(now) {
            return Err(self.before.take().map(|failed| ended(failed, NoRetry::TokenExpires)));
        }
        self.first_sent.get_or_insert(now);
        self.sent = true;
        if let Some(turn) = self.turn.take() {
            turn.used();
        }
        Ok(())
    }

    /// Returns whether the request may be sent again at once when its connection was closed before a byte of the reply.
    pub(crate) fn may_resend(&self) -> bool {
        let may_repeat = matches!(self.repeat, Repeat::Always | Repeat::WithToken { .. });
        may_repeat && !self.once && self.attempt.number() == 1 && !self.attempt.is_last() && !self.token_expires(self.clock.now())
    }

    /// Returns whether other credentials may be requested when the service refuses these. They are replaced at most once.
    pub(crate) fn may_replace_credentials(&self) -> bool {
        !self.attempt.is_last() && !self.once && self.before.as_ref().is_none_or(|before| !before.call.credentials_replaced)
    }

    /// Returns whether the connection of a failed attempt is not used again: another server behind the same address may work.
    pub(crate) fn reconnects(&self, failed: &Failed) -> bool {
        Reason::of(failed).is_some_and(|reason| self.policy.reconnects(reason))
    }

    /// Records that the call has succeeded.
    pub(crate) fn succeeded(&mut self) {
        if self.policy.is_adaptive() {
            self.limits.rate.update(self.clock.now(), false);
        }
        // The tokens of a retry return with its permit.
        match self.permit.take() {
            Some(permit) => drop(permit),
            None => self.limits.bucket.reward(),
        }
    }

    /// Records that the attempt has failed. Returns the wait before the next one, or the failure that the call ends with.
    pub(crate) fn failed(&mut self, failed: Box<Failed>) -> Result<Duration, Box<Failed>> {
        self.attempt_failed(failed.kind() == FailureKind::Throttling);
        if matches!(failed.failure, Failure::Construction(_))
            && let Some(before) = self.before.take()
        {
            return Err(ended(before, NoRetry::NoRequest));
        }
        match self.next(&failed) {
            Ok(wait) => {
                let call = &failed.call;
                let failure = failed.kind().name();
                tracing::debug!(
                    ?wait,
                    failure,
                    status = call.status,
                    request_id = call.request_id,
                    "attempt failed, and another one follows"
                );
                self.attempt = self.attempt.next();
                self.sent = false;
                self.before = Some(failed);
                Ok(wait)
            }
            Err(end) => {
                let call = &failed.call;
                tracing::debug!(failure = failed.kind().name(), status = call.status, request_id = call.request_id, "attempt failed");
                Err(match end {
                    Some(end) => ended(failed, end),
                    None => failed,
                })
            }
        }
    }

    /// Records that the call has reached its timeout.
    pub(crate) fn timed_out(&mut self) {
        if self.sent {
            tracing::debug!(failure = FailureKind::Timeout.name(), "attempt failed");
            self.attempt_failed(false);
        }
    }

    fn attempt_failed(&mut self, is_throttled: bool) {
        if self.policy.is_adaptive() && self.sent {
            self.limits.rate.update(self.clock.now(), is_throttled);
        }
        // An attempt that was not sent costs nothing.
        if let Some(permit) = self.permit.take()
            && self.sent
        {
            permit.spend();
        }
    }

    /// The wait before the next attempt. Tokens are taken only if there is one.
    fn next(&mut self, failed: &Failed) -> Result<Duration, Option<NoRetry>> {
        let reason = Reason::of(failed).ok_or(None)?;
        if self.attempt.is_last() || failed.call.attempt.is_some_and(|attempt| attempt.end.is_some()) {
            return Err(None);
        }
        if self.once {
            return Err(Some(NoRetry::StreamUsedUp));
        }
        if matches!(self.repeat, Repeat::Never) && !is_surely_undone(failed, reason) {
            return Err(Some(NoRetry::MayHaveActed));
        }
        let now = self.clock.now();
        let asked = failed.reply().and_then(|reply| RequestedWait::in_headers(reply.headers(), self.clock.corrected(self.clock.offset())));
        let mut wait = self.policy.wait(self.attempt.number(), reason, asked, random::fraction());
        let turn = self.policy.is_adaptive().then(|| {
            let cost = if failed.kind() == FailureKind::Timeout { adaptive::TIMEOUT_COST } else { adaptive::RETRY_COST };
            self.limits.rate.take(now, cost)
        });
        if let Some(turn) = &turn {
            wait = wait.max(turn.wait);
        }
        let then = now.checked_add(wait).ok_or(Some(NoRetry::NoTimeLeft))?;
        if self.timeout.is_some_and(|timeout| since(self.begun, then) >= timeout) {
            return Err(Some(NoRetry::NoTimeLeft));
        }
        if self.token_expires(then) {
            return Err(Some(NoRetry::TokenExpires));
        }
        self.permit = Some(self.limits.bucket.take(self.policy.cost(reason)).ok_or(Some(NoRetry::QuotaUsedUp))?);
        self.turn = turn;
        Ok(wait)
    }

    /// Returns whether a request that is sent at a time would arrive after the idempotency token of the first one has expired.
    fn token_expires(&self, then: SystemTime) -> bool {
        match (self.repeat, self.first_sent) {
            (Repeat::WithToken { valid_for: Some(valid_for) }, Some(sent)) => since(sent, then) >= valid_for,
            _ => false,
        }
    }
}

fn ended(mut failed: Box<Failed>, end: NoRetry) -> Box<Failed> {
    failed.call.attempt = failed.call.attempt.map(|attempt| attempt.ended(end));
    failed
}

fn since(before: SystemTime, now: SystemTime) -> Duration {
    now.duration_since(before).unwrap_or_default()
}
