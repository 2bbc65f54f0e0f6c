//! A clock and timer that the tests control.

use smithlet_codebuild::config::{AsyncSleep, Sleep, TimeSource};
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};
use tokio::sync::{Notify, Semaphore};

/// The time at which a test begins: 2019-11-22, 10:20:30 UTC.
pub(crate) const START: Duration = Duration::from_secs(1_574_418_030);

/// The default connect timeout.
pub(crate) const CONNECT: Duration = Duration::from_millis(3_100);

/// The default read timeout.
pub(crate) const READ: Duration = Duration::from_mins(1);

/// The default limit of the time for a reply's body.
pub(crate) const REPLY: Duration = Duration::from_mins(5);

/// The longest delay between two polls or attempts in the tests. A longer sleep is the deadline of a wait.
const MAX_DELAY: Duration = Duration::from_secs(30);

/// The durations that are timeouts. A sleep of any other duration is a wait before another attempt, or the deadline of a wait.
const LIMITS: [Duration; 6] = [CONNECT, READ, REPLY, ATTEMPT, SHORT, LONG];

/// The timeout of an attempt in the tests.
pub(crate) const ATTEMPT: Duration = Duration::from_secs(7);

/// A timeout of an operation that is shorter than the read timeout.
pub(crate) const SHORT: Duration = Duration::from_secs(45);

/// A timeout of an operation that is longer than the read timeout.
pub(crate) const LONG: Duration = Duration::from_mins(4);

/// Returns whether the time does not pass by itself while something waits for so long.
fn is_limit(time: Duration) -> bool {
    LIMITS.contains(&time) || time > MAX_DELAY
}

/// A clock and its timer. [`Clock::pass`] advances the time. A wait before another attempt advances it too, without real time, to the next
/// time at which any sleep ends.
#[derive(Clone, Default)]
pub(crate) struct Clock {
    state: Arc<Mutex<State>>,
    asked: Arc<Notify>,
}

#[derive(Default)]
struct State {
    now: Duration,
    gate: Option<Arc<Semaphore>>,
    asked: Vec<Duration>,
    sleepers: BTreeMap<usize, (Duration, Option<Waker>)>,
}

impl Clock {
    /// A clock whose time does not pass. A wait before another attempt ends when the gate has a permit, which is not used up.
    pub(crate) fn still(gate: Arc<Semaphore>) -> Self {
        let clock = Self::default();
        clock.state().gate = Some(gate);
        clock
    }

    /// The waits before another attempt so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.state().asked.iter().copied().filter(|time| !is_limit(*time)).collect()
    }

    /// Advances the time.
    pub(crate) fn pass(&self, time: Duration) {
        let mut state = self.state();
        let now = state.now + time;
        state.advance(now);
    }

    /// Waits until so many sleeps of this duration have been started.
    pub(crate) async fn asked_for(&self, time: Duration, times: usize) {
        loop {
            let asked = self.asked.notified();
            if self.state().asked.iter().filter(|asked| **asked == time).count() >= times {
                return;
            }
            asked.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn advance(&mut self, now: Duration) {
        self.now = self.now.max(now);
        for (due, waker) in self.sleepers.values_mut() {
            if *due <= now {
                waker.take().into_iter().for_each(Waker::wake);
            }
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({:?})", self.state().now)
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + START + self.state().now
    }
}

impl AsyncSleep for Clock {
    fn sleep(&self, duration: Duration) -> Sleep {
        let mut state = self.state();
        let (number, due) = (state.asked.len(), state.now + duration);
        state.asked.push(duration);
        state.sleepers.insert(number, (due, None));
        let (limit, gate) = (is_limit(duration), state.gate.clone());
        drop(state);
        self.asked.notify_waiters();
        match gate {
            // A semaphore that was closed counts as open.
            Some(gate) if !limit => Sleep::new(async move { drop(gate.acquire().await) }),
            _ => Sleep::new(Sleeper { clock: self.clone(), number, due, limit }),
        }
    }
}

struct Sleeper {
    clock: Clock,
    number: usize,
    due: Duration,
    limit: bool,
}

impl Future for Sleeper {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if !self.limit && state.now < self.due {
            let next = state.sleepers.values().map(|(due, _)| *due).filter(|due| *due > state.now).min();
            let next = next.map_or(self.due, |next| next.min(self.due));
            state.advance(next);
        }
        if state.now >= self.due {
            return Poll::Ready(());
        }
        if let Some((_, waker)) = state.sleepers.get_mut(&self.number) {
            *waker = Some(context.waker().clone());
        }
        if !self.limit {
            // The sleep that ended first is polled before the time advances again.
            context.waker().wake_by_ref();
        }
        Poll::Pending
    }
}

impl Drop for Sleeper {
    fn drop(&mut self) {
        self.clock.state().sleepers.remove(&self.number);
    }
}
