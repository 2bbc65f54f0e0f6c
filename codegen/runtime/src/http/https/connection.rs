//! A connection with HTTP/1.1, driven by its present user: the call, then the body of the reply, then the pool.
//!
//! hyper separates a connection from the handle that requests are sent with, so that the connection can run as a task of its own. Such a task
//! costs each call two more switches, and one more wait for the system. Here both parts stay together.

use super::pool::Pool;
use super::route::Transport;
use super::traffic::{ObservedTransport, Traffic};
use super::{Body, Origin};
use bytes::Bytes;
use http::{Request, Response};
use hyper::body::{Body as _, Frame, Incoming};
use hyper::client::conn::TrySendError;
use hyper::client::conn::http1::{self, SendRequest};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, Waker};
use tokio::io::AsyncWrite as _;
use tokio::task::unconstrained;

/// The part of a connection that reads and writes.
pub(super) type Driver = http1::Connection<ObservedTransport, Body>;

/// A driver, type-erased: the code that drops it would otherwise be compiled again wherever a connection may be dropped.
trait Drive: Future<Output = hyper::Result<()>> + Send + Sync + Unpin {
    fn into_transport(self: Box<Self>) -> Transport;
}

impl Drive for Driver {
    fn into_transport(self: Box<Self>) -> Transport {
        self.into_parts().io.into_transport()
    }
}

/// An open connection. Dropping it closes it at once, in the middle of a request or a reply too.
pub(super) struct Connection {
    sender: SendRequest<Body>,
    /// `None` when the connection has ended.
    driver: Option<Box<dyn Drive>>,
    traffic: Arc<Traffic>,
    /// The same, as the waker of the driver.
    waker: Waker,
    /// True if the connection has served a request before.
    reused: bool,
    /// True while nothing is sent or received.
    unused: bool,
    /// The pool that it returns to after its present request, and its place there.
    home: Option<(Weak<Pool>, Origin)>,
}

/// The outcome of a request, as far as its connection knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    /// True if the connection had served another request before.
    pub(super) reused: bool,
    /// True if a byte of the request was written.
    pub(super) sent: bool,
    /// True if a byte of a reply was received.
    pub(super) received: bool,
}

/// The two parts of a new connection over a transport.
pub(super) async fn handshake(transport: Transport, traffic: Arc<Traffic>) -> hyper::Result<(SendRequest<Body>, Driver)> {
    http1::handshake(ObservedTransport::new(transport, traffic)).await
}

impl Connection {
    /// A new connection over a transport to a server, or to the proxy that forwards the requests to it.
    ///
    /// Boxed, since it is large and handed on several times in a call.
    pub(super) async fn new(transport: Transport) -> hyper::Result<Box<Self>> {
        let traffic = Arc::<Traffic>::default();
        let (sender, driver) = handshake(transport, Arc::clone(&traffic)).await?;
        let waker = Arc::clone(&traffic).into();
        Ok(Box::new(Self { sender, driver: Some(Box::new(driver)), traffic, waker, reused: false, unused: false, home: None }))
    }

    /// Sends a request, and waits for the head of its reply. The error holds the request if nothing of it was written.
    pub(super) async fn send(&mut self, request: Request<Body>) -> Result<Response<Incoming>, Box<TrySendError<Request<Body>>>> {
        self.traffic.begin();
        self.unused = false;
        self.traffic.wait(None);
        // A used-up budget of Tokio's would hold back a reply that has come.
        let mut reply = pin!(unconstrained(self.sender.try_send_request(request)));
        poll_fn(|context| self.poll(context, |context| reply.as_mut().poll(context))).await.map_err(Box::new)
    }

    /// Reads and writes what can be read and written now. The context is woken when there is more. A failure ends the connection, which the reply
    /// or its body reports.
    fn drive(&mut self, context: &mut Context<'_>) {
        let Some(driver) = &mut self.driver else { return };
        self.traffic.wait(Some(context.waker().clone()));
        if Pin::new(driver).poll(&mut Context::from_waker(&self.waker)).is_ready() {
            self.driver = None;
        }
    }

    /// Polls for the head of a reply or a part of its body, which come when the connection is driven and at no other time.
    fn poll<T>(&mut self, context: &mut Context<'_>, mut poll: impl FnMut(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        let came = self.traffic.unwoken(&mut poll);
        if came.is_ready() {
            return came;
        }
        self.drive(context);
        self.traffic.unwoken(poll)
    }

    /// Returns whether the connection can serve another request. If so, the context is woken when the server closes the connection or sends
    /// something unasked.
    pub(super) fn is_unused(&mut self, context: &mut Context<'_>) -> bool {
        self.drive(context);
        self.unused = self.driver.is_some() && self.sender.is_ready() && !self.traffic.is_closed();
        self.reused = true;
        self.unused
    }

    /// Returns whether the connection was marked as one that must not serve another request.
    pub(super) fn is_marked(&self) -> bool {
        self.traffic.is_closed()
    }

    /// Sets the pool that the connection returns to. Without one it serves a single request.
    pub(super) fn set_pool(&mut self, pool: &Arc<Pool>, origin: Origin) {
        self.home = Some((Arc::downgrade(pool), origin));
    }

    pub(super) fn outcome(&self) -> Outcome {
        Outcome { reused: self.reused, sent: self.traffic.has_sent(), received: self.traffic.has_received() }
    }

    /// The record of the connection.
    pub(super) fn traffic(&self) -> Arc<Traffic> {
        Arc::clone(&self.traffic)
    }
}

/// A connection as the body of its reply has it: by a table of functions. What drops hyper's parts is long, and would otherwise be compiled again
/// wherever a reply may be dropped.
pub(super) trait Lease: Send + Sync {
    /// Polls for the next part of the body.
    fn poll_body(&mut self, context: &mut Context<'_>, body: &mut Incoming) -> Poll<Option<hyper::Result<Frame<Bytes>>>>;

    /// Returns the connection to its pool, when the body was read to its end.
    fn end(self: Box<Self>);
}

impl Lease for Connection {
    fn poll_body(&mut self, context: &mut Context<'_>, body: &mut Incoming) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        self.poll(context, |context| Pin::new(&mut *body).poll_frame(context))
    }

    fn end(mut self: Box<Self>) {
        if let Some((pool, origin)) = self.home.take()
            && let Some(pool) = pool.upgrade()
        {
            pool.keep(origin, self);
        }
    }
}

impl Drop for Connection {
    /// Says goodbye in TLS where nothing is cut off by that.
    fn drop(&mut self) {
        if self.unused
            && let Some(driver) = self.driver.take()
        {
            let mut transport = driver.into_transport();
            let _ = Pin::new(&mut transport).poll_shutdown(&mut Context::from_waker(Waker::noop()));
        }
    }
}
