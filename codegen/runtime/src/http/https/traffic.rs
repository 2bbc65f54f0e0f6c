//! What went over a connection for the request that it serves.
//!
//! hyper tells that a connection was closed before a reply was complete, not whether anything of a reply had come; on that depends whether
//! the request may be sent again. So the bytes are watched, on this side of TLS.

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
#[derive(Clone, Debug, Default)]
pub(super) struct Traffic(Arc<Record>);

#[derive(Debug, Default)]
struct Record {
    requests: AtomicUsize,
    sent: AtomicBool,
    received: AtomicBool,
}

impl Traffic {
    /// That of the connection a request went to, if it went to one.
    pub(super) fn of(connection: &CaptureConnection) -> Option<Self> {
        let mut extras = http::Extensions::new();
        connection.connection_metadata().as_ref()?.get_extras(&mut extras);
        extras.remove()
    }

    /// A request is about to be written.
    fn begin(&self) {
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        self.0.sent.store(false, Ordering::Relaxed);
        self.0.received.store(false, Ordering::Relaxed);
    }

    /// Whether the connection had served another request before.
    pub(super) fn reused(&self) -> bool {
        self.0.requests.load(Ordering::Relaxed) > 1
    }

    /// Whether any of the request was written.
    pub(super) fn sent(&self) -> bool {
        self.0.sent.load(Ordering::Relaxed)
    }

    /// Whether anything came back.
    pub(super) fn received(&self) -> bool {
        self.0.received.load(Ordering::Relaxed)
    }
}

/// A connection that keeps its record.
pub(super) struct Watched<T> {
    io: T,
    traffic: Traffic,
}

impl<T> Watched<T> {
    pub(super) fn new(io: T) -> Self {
        Self { io, traffic: Traffic::default() }
    }

    fn wrote(&self, written: io::Result<usize>) -> Poll<io::Result<usize>> {
        if matches!(written, Ok(1..)) {
            self.traffic.0.sent.store(true, Ordering::Relaxed);
        }
        Poll::Ready(written)
    }
}

impl<T: Connection> Connection for Watched<T> {
    fn connected(&self) -> Connected {
        self.io.connected().extra(self.traffic.clone())
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Watched<T> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.traffic.0.received.store(true, Ordering::Relaxed);
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.io).poll_write(context, bytes));
        self.wrote(written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, slices: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(&mut self.io).poll_write_vectored(context, slices));
        self.wrote(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}

/// The body of a request, which tells the connection's record that its request begins: hyper asks a body whether it is at its end right
/// before it writes the request's head, on the connection that it has chosen. (Were it not to ask, nothing would count as unanswered.)
pub(super) struct Announced {
    body: SdkBody,
    connection: CaptureConnection,
    begun: AtomicBool,
}

impl Announced {
    pub(super) fn new(body: SdkBody, connection: CaptureConnection) -> Self {
        Self { body, connection, begun: AtomicBool::new(false) }
    }
}

impl Body for Announced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        if !self.begun.swap(true, Ordering::Relaxed)
            && let Some(traffic) = Traffic::of(&self.connection)
        {
            traffic.begin();
        }
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
