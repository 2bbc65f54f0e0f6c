//! The steps that a server takes for each connection and request.

use super::{Request, steps};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// One action on a connection.
#[derive(Clone, Debug)]
pub enum Step {
    /// Carries out the request: a build is started, unless its token is known.
    Work,
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes one at a time.
    Drip(Vec<u8>, Pace),
    /// Sends these bytes repeatedly, until the other side has closed.
    Flood(Vec<u8>),
    /// Reads so many bytes, or fewer if the other side closes first.
    Take(usize),
    /// Waits for a permit.
    Wait(Arc<Semaphore>),
    /// Stays silent until the other side has closed.
    Hold,
    /// Closes the connection.
    Close,
    /// Resets the connection.
    Reset,
}

/// The pace at which bytes are sent.
#[derive(Clone, Debug)]
pub enum Pace {
    /// One byte for each permit.
    Permits(Arc<Semaphore>),
    /// One byte after each interval, in real time.
    Every(Duration),
}

type Greeting = dyn Fn(usize) -> Vec<Step> + Send + Sync;
type Answer = dyn Fn(&Request) -> Vec<Step> + Send + Sync;

/// The steps of a server for each connection and for each request.
pub struct Script {
    greeting: Box<Greeting>,
    answer: Box<Answer>,
    tls: Option<TlsAcceptor>,
}

impl Script {
    /// Takes these steps for each request, then waits for the connection's next one unless a step has closed it.
    pub fn new(answer: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self { greeting: Box::new(|_| Vec::new()), answer: Box::new(answer), tls: None }
    }

    /// A server without faults.
    pub fn healthy() -> Self {
        Self::new(steps::healthy)
    }

    /// Takes these steps for the first requests, and answers the later ones without a fault.
    pub fn first(times: usize, fault: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::new(move |request| if request.number <= times { fault(request) } else { steps::healthy(request) })
    }

    /// Takes these steps before anything is read from a connection, by the connection's number, counted from 1.
    #[must_use]
    pub fn greeting(self, greeting: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self { greeting: Box::new(greeting), ..self }
    }

    /// Uses TLS.
    #[must_use]
    pub fn tls(self, config: Arc<ServerConfig>) -> Self {
        Self { tls: Some(config.into()), ..self }
    }

    pub(super) fn has_tls(&self) -> bool {
        self.tls.is_some()
    }

    pub(super) fn acceptor(&self) -> Option<&TlsAcceptor> {
        self.tls.as_ref()
    }

    pub(super) fn greet(&self, connection: usize) -> Vec<Step> {
        (self.greeting)(connection)
    }

    pub(super) fn answer(&self, request: &Request) -> Vec<Step> {
        (self.answer)(request)
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Script").field("tls", &self.has_tls()).finish_non_exhaustive()
    }
}
