//! The credentials that a client has, and when it gets others.

use super::UsableAfterExpiry;
use super::error::NoCredentials;
use super::source::Source;
use crate::Boxed;
use crate::clock::Clock;
use crate::config::Credentials;
use crate::random;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};

/// How long before their end credentials are replaced: a sixth of the time that is left when they come, and between these two.
const LONGEST_WINDOW: Duration = Duration::from_mins(5);
const SHORTEST_WINDOW: Duration = Duration::from_secs(10);
/// After how long credentials without an end are asked for again: AWS's default expiry. They go on being good if that fails.
const LOOK_AGAIN: Duration = Duration::from_mins(15);
/// How long there is no other try after one that failed while the old credentials are good: this, and up to as much again.
const BACK_OFF: Duration = Duration::from_secs(30);
/// How long a call that has good credentials spends on getting the next ones.
const AHEAD: Duration = Duration::from_secs(10);
/// How long a call without good credentials waits for some.
const NEEDED: Duration = Duration::from_mins(1);
/// How much longer credentials of an instance are used when there are none to replace them: this, and up to as much again.
const EXTENSION: Duration = Duration::from_mins(5);

/// The credentials of a client, shared by its clones and by calls under another configuration with the same provider.
///
/// Nothing runs in the background. One of the calls that come after the time to replace them does that, and the others go on with what is
/// good. When nothing is good any more, one call gets new ones and the others wait for what it gets, be it an error. If it is dropped
/// meanwhile, the next one takes its turn.
pub(crate) struct Cache {
    source: Source,
    state: Mutex<State>,
    /// Held by the call that is getting credentials.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// How often credentials were asked for, with whatever result.
    loads: u64,
    /// Why there are none.
    failure: Option<Arc<NoCredentials>>,
}

struct Held {
    credentials: Credentials,
    replace_at: SystemTime,
    end: Option<SystemTime>,
}

impl Held {
    fn new(credentials: Credentials, now: SystemTime) -> Self {
        let end = credentials.expiry();
        let replace_at = match end {
            None => now + LOOK_AGAIN,
            Some(end) => {
                let left = end.duration_since(now).unwrap_or_default();
                let window = (left / 6).clamp(SHORTEST_WINDOW, LONGEST_WINDOW);
                // Somewhere in the first half of the window, so that a fleet that started together does not come back together.
                let window = window.mul_f64(1.0 - random::fraction() / 2.0).max(SHORTEST_WINDOW);
                end.checked_sub(window).unwrap_or(now)
            }
        };
        Self { credentials, replace_at, end }
    }

    fn is_good(&self, now: SystemTime) -> bool {
        self.end.is_none_or(|end| now < end)
    }

    /// Keeps credentials for which there are no others now, if they may be used still.
    fn keep(&mut self, now: SystemTime) -> Option<Credentials> {
        if !self.is_good(now) {
            self.credentials.get_property::<UsableAfterExpiry>()?;
            self.end = Some(now + EXTENSION.mul_f64(1.0 + random::fraction()));
        }
        self.replace_at = now + BACK_OFF.mul_f64(1.0 + random::fraction());
        Some(self.credentials.clone())
    }
}

impl Cache {
    pub(crate) fn new(source: Source) -> Self {
        Self { source, state: Mutex::default(), turn: tokio::sync::Mutex::new(()) }
    }

    /// Credentials to sign with now.
    pub(crate) async fn get(&self, clock: &Clock, timer: &SharedAsyncSleep) -> Result<Credentials, Arc<NoCredentials>> {
        if let Some(credentials) = self.source.at_hand()? {
            return Ok(credentials);
        }
        let now = clock.now();
        let (good, loads) = {
            let state = self.state();
            let good = state.held.as_ref().filter(|held| held.is_good(now));
            match good {
                Some(held) if now < held.replace_at => return Ok(held.credentials.clone()),
                _ => (good.map(|held| held.credentials.clone()), state.loads),
            }
        };
        let (turn, limit) = match &good {
            // Whoever has good ones waits for nobody.
            Some(credentials) => match self.turn.try_lock() {
                Ok(turn) => (turn, AHEAD),
                Err(_) => return Ok(credentials.clone()),
            },
            None => (self.turn.lock().await, NEEDED),
        };
        let result = match self.result_since(loads) {
            Some(result) => result,
            None => Box::pin(self.load(clock, timer, limit)).await,
        };
        drop(turn);
        result.or_else(|error| good.ok_or(error))
    }

    /// The service does not accept these any more, whatever they say of themselves: they are not used again.
    pub(crate) fn refused(&self, credentials: &Credentials) {
        let mut state = self.state();
        if state.held.as_ref().is_some_and(|held| are_the_same(&held.credentials, credentials)) {
            state.held = None;
        }
    }

    /// Whether there are others than these.
    pub(crate) async fn has_others(&self, clock: &Clock, timer: &SharedAsyncSleep, than: &Credentials) -> bool {
        self.get(clock, timer).await.is_ok_and(|credentials| !are_the_same(&credentials, than))
    }

    /// What another call got while this one waited for its turn. It is as new as can be.
    fn result_since(&self, loads: u64) -> Option<Result<Credentials, Arc<NoCredentials>>> {
        let state = self.state();
        if state.loads == loads {
            return None;
        }
        let held = state.held.as_ref().map(|held| Ok(held.credentials.clone()));
        held.or_else(|| state.failure.clone().map(Err))
    }

    /// Gets credentials and keeps them; if that fails, keeps the old ones as long as they are good.
    async fn load(&self, clock: &Clock, timer: &SharedAsyncSleep, limit: Duration) -> Result<Credentials, Arc<NoCredentials>> {
        let loaded = match within(limit, timer, self.source.load()).await {
            Some(loaded) => loaded,
            None => Err(NoCredentials::TimedOut(limit)),
        };
        let now = clock.now();
        let mut state = self.state();
        state.loads += 1;
        match loaded {
            Ok(credentials) => {
                state.failure = None;
                state.held = Some(Held::new(credentials.clone(), now));
                Ok(credentials)
            }
            Err(error) => {
                if let Some(credentials) = state.held.as_mut().and_then(|held| held.keep(now)) {
                    tracing::warn!(%error, "credentials cannot be replaced yet; the old ones are used");
                    return Ok(credentials);
                }
                let error = Arc::new(error);
                state.held = None;
                state.failure = Some(Arc::clone(&error));
                Err(error)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether these are the same to a service, be it that one of them says that it ends later.
fn are_the_same(one: &Credentials, other: &Credentials) -> bool {
    (one.access_key_id(), one.session_token()) == (other.access_key_id(), other.session_token())
}

/// Shows nothing of what it holds.
impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").finish_non_exhaustive()
    }
}

/// A future's value, or `None` when it took too long. A future that is ready at once starts no timer.
async fn within<T>(limit: Duration, timer: &SharedAsyncSleep, mut future: Boxed<'_, T>) -> Option<T> {
    match poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
        Poll::Ready(value) => Some(value),
        Poll::Pending => Timeout::new(future, timer.sleep(limit)).await.ok(),
    }
}

#[cfg(test)]
mod tests;
