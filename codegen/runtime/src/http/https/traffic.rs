//! The record of a connection: whether bytes of its present request were sent, and whether bytes of a reply were received.
//!
//! hyper reports that a connection was closed before a reply was complete, but not whether any of the reply had arrived. Whether the request
//! may be sent again depends on that. So the bytes are counted above TLS.

use super::route::Transport;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper_util::client::legacy::connect::{CaptureConnection, Connected, Connection};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The shared record of one connection. hyper's task writes it, and a call whose request has failed reads it. The call learned of the failure
/// through a channel, so that it sees all earlier writes.
#[derive(Clone, Default)]
struct Traffic(Arc<Record>);

#[derive(Default)]
struct Record {
    requests: AtomicUsize,
    sent: AtomicBool,
    received: AtomicBool,
}

impl Traffic {
    /// Starts the record of a request that is about to be written.
    fn begin(&self) {
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        self.0.sent.store(false, Ordering::Relaxed);
        self.0.received.store(false, Ordering::Relaxed);
    }
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

/// A request's guard over its connection. The guard is released when the reply was read to its end. If it is dropped before, the connection is
/// not used again, however the request ends.
pub(super) struct ConnectionGuard {
    connection: CaptureConnection,
    released: bool,
}

impl ConnectionGuard {
    /// A guard over the connection that a request is going to be sent over.
    pub(super) fn new(connection: CaptureConnection) -> Self {
        Self { connection, released: false }
    }

    pub(super) fn outcome(&self) -> Outcome {
        if self.connection.connection_metadata().is_none() {
            return Outcome { reused: false, sent: false, received: false };
        }
        let Some(Traffic(record)) = traffic(&self.connection) else {
            return Outcome { reused: false, sent: true, received: true };
        };
        Outcome {
            reused: record.requests.load(Ordering::Relaxed) > 1,
            sent: record.sent.load(Ordering::Relaxed),
            received: record.received.load(Ordering::Relaxed),
        }
    }

    /// Allows the connection to serve another request.
    pub(super) fn release(&mut self) {
        self.released = true;
    }

    /// Keeps the connection from serving another request, even if the reply is read to its end.
    pub(super) fn close(&self) {
        close(&self.connection);
    }
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        if !self.released {
            self.close();
        }
    }
}

/// Keeps the pool from using a connection again.
pub(super) fn close(connection: &CaptureConnection) {
    if let Some(connected) = connection.connection_metadata().as_ref() {
        connected.poison();
    }
}

/// The record of the connection that a request was sent over.
fn traffic(connection: &CaptureConnection) -> Option<Traffic> {
    let mut extras = http::Extensions::new();
    connection.connection_metadata().as_ref()?.get_extras(&mut extras);
    extras.remove()
}

/// A connection that keeps a record of its bytes.
pub(super) struct ObservedConnection {
    transport: Transport,
    traffic: Traffic,
    /// True if the connection leads to a proxy that forwards requests, which need whole URLs.
    forwarded: bool,
}

impl ObservedConnection {
    pub(super) fn new(transport: Transport, forwarded: bool) -> Self {
        Self { transport, traffic: Traffic::default(), forwarded }
    }

    pub(super) fn into_transport(self) -> Transport {
        self.transport
    }

    fn wrote(&self, written: io::Result<usize>) -> Poll<io::Result<usize>> {
        if matches!(written, Ok(1..)) {
            self.traffic.0.sent.store(true, Ordering::Relaxed);
        }
        Poll::Ready(written)
    }
}

impl Connection for ObservedConnection {
    fn connected(&self) -> Connected {
        Connected::new().extra(self.traffic.clone()).proxy(self.forwarded)
    }
}

impl AsyncRead for ObservedConnection {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.transport).poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.traffic.0.received.store(true, Ordering::Relaxed);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ObservedConnection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.transport).poll_write(context, bytes));
        self.wrote(written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, slices: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.transport).poll_write_vectored(context, slices));
        self.wrote(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.transport.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_shutdown(context)
    }
}

/// The body of a request, which starts the record of its request. hyper calls [`Body::is_end_stream`] right before it writes the request's head
/// to the chosen connection. (If hyper stopped doing so, no request would count as unanswered.)
pub(super) struct ObservedBody {
    body: SdkBody,
    connection: CaptureConnection,
    begun: AtomicBool,
}

impl ObservedBody {
    pub(super) fn new(body: SdkBody, connection: CaptureConnection) -> Self {
        Self { body, connection, begun: AtomicBool::new(false) }
    }
}

impl Body for ObservedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        if !self.begun.load(Ordering::Relaxed)
            && let Some(traffic) = traffic(&self.connection)
        {
            self.begun.store(true, Ordering::Relaxed);
            traffic.begin();
        }
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
