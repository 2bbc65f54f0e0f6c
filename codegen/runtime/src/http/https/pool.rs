//! The unused connections of a client.

use super::Origin;
use super::connection::Connection;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Wake, Waker};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

/// The time that an unused connection is kept. AWS's services close theirs after about 20 seconds, and a request that is sent into a closing
/// connection is lost.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// The number of unused connections that are kept to one origin. Further connections of a burst of calls are closed when the burst is over.
const MAX_IDLE: usize = 50;

/// The unused connections by origin. A client's proxies do not change, so that the origin decides on the route. A task closes the connections
/// whose time is over or that their servers close, while there are any.
pub(super) struct Pool {
    unused: Mutex<Unused>,
    /// Wakes the task when something happens on an unused connection.
    waker: Waker,
    happened: Arc<Happened>,
}

#[derive(Default)]
struct Unused {
    /// Few, so that they are searched from the start.
    origins: Vec<(Origin, Connections)>,
    task: Option<JoinHandle<()>>,
    /// True if the task has not looked since a connection was kept.
    unseen: bool,
}

/// The unused connections to one origin, in the order in which they became unused, each with the time of that.
type Connections = Vec<(Box<Connection>, Instant)>;

#[derive(Default)]
struct Happened(Notify);

impl Wake for Happened {
    fn wake(self: Arc<Self>) {
        self.0.notify_one();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.notify_one();
    }
}

impl Pool {
    pub(super) fn new() -> Self {
        let happened = Arc::<Happened>::default();
        Self { unused: Mutex::default(), waker: Arc::clone(&happened).into(), happened }
    }

    /// Takes the connection to an origin that was used last.
    pub(super) fn take(&self, origin: &Origin) -> Option<Box<Connection>> {
        let mut unused = self.lock();
        let (_, connections) = unused.origins.iter_mut().find(|(other, _)| other == origin)?;
        let now = Instant::now();
        while let Some((connection, since)) = connections.pop() {
            if now < since + IDLE_TIMEOUT && !connection.is_marked() {
                return Some(connection);
            }
        }
        None
    }

    /// Keeps a connection if it can serve another request.
    pub(super) fn keep(self: &Arc<Self>, origin: Origin, mut connection: Box<Connection>) {
        if !connection.is_unused(&mut Context::from_waker(&self.waker)) {
            return;
        }
        let mut unused = self.lock();
        // A task has ended by itself if its runtime was shut down.
        if unused.task.as_ref().is_none_or(JoinHandle::is_finished) {
            // Outside of Tokio nothing would close the connection in time.
            let Ok(runtime) = Handle::try_current() else { return };
            unused.task = Some(runtime.spawn(close_in_time(Arc::downgrade(self), Arc::clone(&self.happened))));
        }
        unused.unseen = true;
        let entry = (connection, Instant::now());
        match unused.origins.iter_mut().find(|(other, _)| *other == origin) {
            Some((_, connections)) if connections.len() < MAX_IDLE => connections.push(entry),
            Some(_) => {}
            None => unused.origins.push((origin, vec![entry])),
        }
    }

    /// Closes the connections that cannot be used again, and returns when to look again. The task is over when no connection was kept for as long as
    /// one lives: between two calls there is often none.
    fn close_ended(&self) -> Option<Instant> {
        let mut unused = self.lock();
        let now = Instant::now();
        let mut context = Context::from_waker(&self.waker);
        for (_, connections) in &mut unused.origins {
            connections.retain_mut(|(connection, since)| now < *since + IDLE_TIMEOUT && connection.is_unused(&mut context));
        }
        unused.origins.retain(|(_, connections)| !connections.is_empty());
        let oldest = unused.origins.iter().filter_map(|(_, connections)| Some(connections.first()?.1)).min();
        if mem::take(&mut unused.unseen) || oldest.is_some() {
            return Some(oldest.unwrap_or(now) + IDLE_TIMEOUT);
        }
        unused.task = None;
        None
    }

    fn lock(&self) -> MutexGuard<'_, Unused> {
        self.unused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        if let Some(task) = self.lock().task.take() {
            task.abort();
        }
    }
}

/// Closes unused connections in time, until there are none.
async fn close_in_time(pool: Weak<Pool>, happened: Arc<Happened>) {
    while let Some(next) = pool.upgrade().and_then(|pool| pool.close_ended()) {
        let _ = timeout_at(next, happened.0.notified()).await;
    }
}
