//! Time as a test wants it.

use smithlet_codebuild::config::{AsyncSleep, Sleep, TimeSource};
use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};
use tokio::sync::{Notify, Semaphore};

/// When a test begins: 2019-11-22, 10:20:30 UTC.
pub(crate) const START: Duration = Duration::from_secs(1_574_418_030);

/// How long a connection may take to come about unless something else is said.
pub(crate) const CONNECT: Duration = Duration::from_millis(3_100);

/// How long a server may be silent unless something else is said.
pub(crate) const READ: Duration = Duration::from_mins(1);

/// How long the body of a reply may take unless something else is said.
pub(crate) const REPLY: Duration = Duration::from_mins(5);

/// Times that are bounds on the work of others: those to connect, of silence and of a reply, and those of the tests.
const LIMITS: [Duration; 6] = [CONNECT, READ, REPLY, ATTEMPT, SHORT, LONG];

/// The time that tests allow an attempt.
pub(crate) const ATTEMPT: Duration = Duration::from_secs(7);

/// The time that tests allow an operation which is to end before a minute's silence does.
pub(crate) const SHORT: Duration = Duration::from_secs(45);

/// The time that tests allow an operation which is not.
pub(crate) const LONG: Duration = Duration::from_mins(4);

/// A clock and its timer. Time passes when the test [says so](Clock::pass), and by itself only while a client waits before another attempt:
/// such a wait takes no real time, but is no longer than what else is due before its end.
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
    /// A clock whose time never passes; a wait before another attempt ends when there is a permit, which is left for others.
    pub(crate) fn still(gate: Arc<Semaphore>) -> Self {
        let clock = Self::default();
        clock.state().gate = Some(gate);
        clock
    }

    /// The waits before further attempts so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.state().asked.iter().copied().filter(|time| !LIMITS.contains(time)).collect()
    }

    /// Lets time pass.
    pub(crate) fn pass(&self, time: Duration) {
        let mut state = self.state();
        let now = state.now + time;
        state.advance(now);
    }

    /// Waits until somebody has asked for that much time so many times.
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
        let (limit, gate) = (LIMITS.contains(&duration), state.gate.clone());
        drop(state);
        self.asked.notify_waiters();
        match gate {
            // A gate that is closed for good is open too.
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
            // Whoever was due first has its turn, and time goes on after it.
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
