//! The cache of a client's credentials.

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

/// The bounds of the time before their expiry in which credentials are refreshed, which is a sixth of their lifetime.
const LONGEST_WINDOW: Duration = Duration::from_mins(5);
const SHORTEST_WINDOW: Duration = Duration::from_secs(10);
/// The time after which credentials without an expiry are refreshed: AWS's default expiry. They stay usable if that fails.
const DEFAULT_LIFETIME: Duration = Duration::from_mins(15);
/// The shortest wait after a failed refresh while the old credentials are valid. The longest is twice as long.
const BACK_OFF: Duration = Duration::from_secs(30);
/// The time limit of a refresh while the old credentials are valid.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(10);
/// The time limit of a load without valid credentials.
const LOAD_TIMEOUT: Duration = Duration::from_mins(1);
/// The shortest time for which expired credentials of an instance are still used when there are no others. The longest is twice as long.
const EXTENSION: Duration = Duration::from_mins(5);

/// The credentials of a client, shared by its clones and by calls under another configuration with the same provider.
///
/// There is no background task. When it is time to refresh, one call does so, and the others use the old credentials while they are valid.
/// Without valid credentials, one call loads new ones, and the others wait and share its result, even an error. If that call is dropped, the
/// next one loads.
pub(crate) struct Cache {
    source: Source,
    state: Mutex<State>,
    /// Locked by the call that loads credentials.
    loading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    cached: Option<Cached>,
    /// The last credentials that were in the environment.
    of_environment: Option<Credentials>,
    /// The number of loads, successful or not.
    loads: u64,
    /// The error of the last load, if it failed.
    failure: Option<Arc<NoCredentials>>,
}

struct Cached {
    credentials: Credentials,
    refresh_at: SystemTime,
    expiry: Option<SystemTime>,
}

impl Cached {
    fn new(credentials: Credentials, now: SystemTime) -> Self {
        let expiry = credentials.expiry();
        let refresh_at = match expiry {
            None => now + DEFAULT_LIFETIME,
            Some(expiry) => {
                let lifetime = expiry.duration_since(now).unwrap_or_default();
                let window = (lifetime / 6).clamp(SHORTEST_WINDOW, LONGEST_WINDOW);
                // A random time in the first half of the window, so that clients that started together do not refresh together.
                let window = window.mul_f64(1.0 - random::fraction() / 2.0).max(SHORTEST_WINDOW);
                expiry.checked_sub(window).unwrap_or(now)
            }
        };
        Self { credentials, refresh_at, expiry }
    }

    fn is_valid(&self, now: SystemTime) -> bool {
        self.expiry.is_none_or(|expiry| now < expiry)
    }

    /// Keeps the credentials after a failed refresh, if they may still be used.
    fn keep(&mut self, now: SystemTime) -> Option<Credentials> {
        if !self.is_valid(now) {
            self.credentials.get_property::<UsableAfterExpiry>()?;
            self.expiry = Some(now + EXTENSION.mul_f64(1.0 + random::fraction()));
        }
        self.refresh_at = now + BACK_OFF.mul_f64(1.0 + random::fraction());
        Some(self.credentials.clone())
    }
}

impl Cache {
    pub(crate) fn new(source: Source) -> Self {
        Self { source, state: Mutex::default(), loading: tokio::sync::Mutex::new(()) }
    }

    /// Credentials to sign with now.
    pub(crate) async fn get(&self, clock: &Clock, timer: &SharedAsyncSleep) -> Result<Credentials, Arc<NoCredentials>> {
        let last = self.state().of_environment.clone();
        if let Some(credentials) = self.source.environment_keys(last)? {
            self.state().of_environment = Some(credentials.clone());
            return Ok(credentials);
        }
        let now = clock.now();
        let (valid, loads) = {
            let state = self.state();
            let valid = state.cached.as_ref().filter(|cached| cached.is_valid(now));
            match valid {
                Some(cached) if now < cached.refresh_at => return Ok(cached.credentials.clone()),
                _ => (valid.map(|cached| cached.credentials.clone()), state.loads),
            }
        };
        let (loading, limit) = match &valid {
            // A call with valid credentials does not wait for another call's refresh.
            Some(credentials) => match self.loading.try_lock() {
                Ok(loading) => (loading, REFRESH_TIMEOUT),
                Err(_) => return Ok(credentials.clone()),
            },
            None => (self.loading.lock().await, LOAD_TIMEOUT),
        };
        let result = match self.result_since(loads) {
            Some(result) => result,
            None => Box::pin(self.load(clock, timer, limit)).await,
        };
        drop(loading);
        result.or_else(|error| valid.ok_or(error))
    }

    /// Drops credentials that the service refused as expired, even if they are valid by our clock.
    pub(crate) fn refused(&self, credentials: &Credentials) {
        let mut state = self.state();
        if state.cached.as_ref().is_some_and(|cached| are_the_same(&cached.credentials, credentials)) {
            state.cached = None;
        }
    }

    /// Returns whether there are credentials other than these.
    pub(crate) async fn has_others(&self, clock: &Clock, timer: &SharedAsyncSleep, than: &Credentials) -> bool {
        self.get(clock, timer).await.is_ok_and(|credentials| !are_the_same(&credentials, than))
    }

    /// The result of another call that loaded credentials while this call waited.
    fn result_since(&self, loads: u64) -> Option<Result<Credentials, Arc<NoCredentials>>> {
        let state = self.state();
        if state.loads == loads {
            return None;
        }
        let cached = state.cached.as_ref().map(|cached| Ok(cached.credentials.clone()));
        cached.or_else(|| state.failure.clone().map(Err))
    }

    /// Loads credentials and caches them. If that fails, the old ones stay cached while they may be used.
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
                state.cached = Some(Cached::new(credentials.clone(), now));
                Ok(credentials)
            }
            Err(error) => {
                if let Some(credentials) = state.cached.as_mut().and_then(|cached| cached.keep(now)) {
                    tracing::warn!(%error, "credentials cannot be replaced yet; the old ones are used");
                    return Ok(credentials);
                }
                let error = Arc::new(error);
                state.cached = None;
                state.failure = Some(Arc::clone(&error));
                Err(error)
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns whether two credentials are the same to a service, whatever their expiry.
fn are_the_same(one: &Credentials, other: &Credentials) -> bool {
    (one.access_key_id(), one.session_token()) == (other.access_key_id(), other.session_token())
}

/// Shows no credentials.
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
