//! What a server does, and when.

use super::{Request, steps};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// One thing that is done to a connection.
#[derive(Clone, Debug)]
pub enum Step {
    /// Does what the request asks for: a build is started, unless its token is known.
    Work,
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends these bytes one at a time.
    Drip(Vec<u8>, Pace),
    /// Sends these bytes again and again, until the other side has closed.
    Flood(Vec<u8>),
    /// Reads that many bytes, or what comes before the other side closes.
    Take(usize),
    /// Waits for a permit.
    Wait(Arc<Semaphore>),
    /// Does nothing more, until the other side has closed.
    Hold,
    /// Closes in good order.
    Close,
    /// Breaks the connection off.
    Reset,
}

/// When the next byte is sent.
#[derive(Clone, Debug)]
pub enum Pace {
    /// When there is a permit, which is used up.
    Permits(Arc<Semaphore>),
    /// After so long, in real time.
    Every(Duration),
}

type Greeting = dyn Fn(usize) -> Vec<Step> + Send + Sync;
type Answer = dyn Fn(&Request) -> Vec<Step> + Send + Sync;

/// What a server does with each connection and with each request.
pub struct Script {
    greeting: Box<Greeting>,
    answer: Box<Answer>,
    tls: Option<TlsAcceptor>,
}

impl Script {
    /// Does this with each request, and then waits for the connection's next one unless the steps have ended it.
    pub fn new(answer: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self { greeting: Box::new(|_| Vec::new()), answer: Box::new(answer), tls: None }
    }

    /// A server that is in order.
    pub fn well() -> Self {
        Self::new(steps::well)
    }

    /// Does this with the first so many requests; then all is well.
    pub fn first(times: usize, fault: impl Fn(&Request) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::new(move |request| if request.number <= times { fault(request) } else { steps::well(request) })
    }

    /// Does this with the connection of that number, counted from 1, before anything is read from it.
    #[must_use]
    pub fn greeting(self, greeting: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self { greeting: Box::new(greeting), ..self }
    }

    /// Speaks TLS.
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
