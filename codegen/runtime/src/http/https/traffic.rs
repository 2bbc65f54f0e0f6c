//! What went over a connection for the request that it serves.
//!
//! hyper tells that a connection was closed before a reply was complete, not whether anything of a reply had come; on that depends whether
//! the request may be sent again. So the bytes are watched, on this side of TLS.

use super::route::Transport;
use crate::error::BoxError;
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

/// The record of one connection, shared by those who write it (hyper's task) and those who read it (a call whose request has failed; it was
/// told so through a channel, so that it sees all that came before).
#[derive(Clone, Default)]
struct Traffic(Arc<Record>);

#[derive(Default)]
struct Record {
    requests: AtomicUsize,
    sent: AtomicBool,
    received: AtomicBool,
}

impl Traffic {
    /// A request is about to be written.
    fn begin(&self) {
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        self.0.sent.store(false, Ordering::Relaxed);
        self.0.received.store(false, Ordering::Relaxed);
    }
}

/// What became of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    /// Whether its connection had served another one before.
    pub(super) reused: bool,
    /// Whether any of it was written.
    pub(super) sent: bool,
    /// Whether anything came back.
    pub(super) received: bool,
}

/// A request's hold on its connection. Unless it is given back, which is when the reply was read to its end, the connection is never used
/// again, whenever and however the request ends.
pub(super) struct ConnectionGuard {
    connection: CaptureConnection,
    released: bool,
}

impl ConnectionGuard {
    /// Of what a request is going to be sent over.
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

    /// The connection may serve another request.
    pub(super) fn release(&mut self) {
        self.released = true;
    }

    /// The connection does not serve another request, even though the reply may come to its end.
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

/// The record of the connection that a request went to.
fn traffic(connection: &CaptureConnection) -> Option<Traffic> {
    let mut extras = http::Extensions::new();
    connection.connection_metadata().as_ref()?.get_extras(&mut extras);
    extras.remove()
}

/// A connection that keeps its record.
pub(super) struct ObservedConnection {
    transport: Transport,
    traffic: Traffic,
    /// Whether it leads to a proxy that is to be told whole URLs.
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

/// The body of a request, which tells the connection's record that its request begins: hyper asks a body whether it is at its end right
/// before it writes the request's head, on the connection that it has chosen. (Were it not to ask, nothing would count as unanswered.)
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
