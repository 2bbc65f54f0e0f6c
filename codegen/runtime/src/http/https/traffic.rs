//! The record of a connection: whether bytes of its present request were sent, and whether bytes of a reply were received.
//!
//! hyper reports that a connection was closed before a reply was complete, but not whether any of the reply had arrived. Whether the request
//! may be sent again depends on that. So the bytes are counted above TLS.

use super::route::Transport;
use hyper::rt::{Read, ReadBufCursor, Write};
use std::io;
use std::mem::{self, MaybeUninit};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker, ready};
use tokio::io::{AsyncRead as _, AsyncWrite as _, ReadBuf};

/// The bytes that are read at once into the stack. hyper asks for as many until a reply turns out to be longer, and then for up to 400 KiB.
const SMALL_READ: usize = 8 * 1024;

/// The bytes that are read at once of a longer reply.
const LARGE_READ: usize = 64 * 1024;

/// The record of one connection. It is also the waker of hyper's part of the connection, and passes a wake on to the task that waits for the connection.
///
/// Without it, a call would wake itself whenever it hands something to hyper's part or takes something from it, and then ask the system once more
/// for events, in vain.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    sent: AtomicBool,
    received: AtomicBool,
    closed: AtomicBool,
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    waker: Option<Waker>,
    /// True after a wake for which no task waited.
    missed: bool,
}

impl Traffic {
    /// Starts the record of a request that is about to be written.
    pub(super) fn begin(&self) {
        self.sent.store(false, Ordering::Relaxed);
        self.received.store(false, Ordering::Relaxed);
    }

    /// Returns whether a byte of the request was written.
    pub(super) fn has_sent(&self) -> bool {
        self.sent.load(Ordering::Relaxed)
    }

    /// Returns whether a byte of a reply was received.
    pub(super) fn has_received(&self) -> bool {
        self.received.load(Ordering::Relaxed)
    }

    /// Keeps the connection from serving another request.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }

    /// Sets who is woken when there is something to read or write.
    pub(super) fn wait(&self, waker: Option<Waker>) {
        // The previous waker is dropped after the lock: that may free a task.
        let _previous = mem::replace(&mut *self.waiting(), Waiting { waker, missed: false });
    }

    /// Takes something from hyper's part of the connection without a wake for that. If there is nothing yet, the waiting task goes on waiting.
    pub(super) fn unwoken<T>(&self, take: impl FnOnce(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        let waiting = self.interrupt();
        let taken = take(&mut Context::from_waker(Waker::noop()));
        if taken.is_pending() {
            self.resume(waiting);
        }
        taken
    }

    /// Takes the waker of the waiting task.
    fn interrupt(&self) -> Option<Waker> {
        mem::take(&mut *self.waiting()).waker
    }

    /// Lets the task wait again, or wakes it if it was to be woken meanwhile.
    fn resume(&self, waker: Option<Waker>) {
        let Some(waker) = waker else { return };
        let mut waiting = self.waiting();
        if waiting.missed {
            drop(waiting);
            waker.wake();
        } else {
            waiting.waker = Some(waker);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Traffic {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let waker = {
            let mut waiting = self.waiting();
            waiting.missed = waiting.waker.is_none();
            waiting.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// A transport that keeps a record of its bytes, in hyper's terms.
pub(super) struct ObservedTransport {
    transport: Transport,
    traffic: Arc<Traffic>,
    /// A failure that came after bytes that hyper is given first.
    failure: Option<io::Error>,
}

impl ObservedTransport {
    pub(super) fn new(transport: Transport, traffic: Arc<Traffic>) -> Self {
        Self { transport, traffic, failure: None }
    }

    pub(super) fn into_transport(self) -> Transport {
        self.transport
    }

    /// Reads once, and returns how much was read.
    fn poll_part(
        &mut self,
        context: &mut Context<'_>,
        cursor: &mut ReadBufCursor<'_>,
        space: &mut [MaybeUninit<u8>],
    ) -> Poll<io::Result<usize>> {
        if let Some(failure) = self.failure.take() {
            return Poll::Ready(Err(failure));
        }
        let length = space.len().min(cursor.remaining());
        let mut buffer = ReadBuf::uninit(&mut space[..length]);
        ready!(Pin::new(&mut self.transport).poll_read(context, &mut buffer))?;
        let read = buffer.filled();
        if !read.is_empty() {
            self.traffic.received.store(true, Ordering::Relaxed);
        }
        cursor.put_slice(read);
        Poll::Ready(Ok(read.len()))
    }

    fn wrote(&self, written: io::Result<usize>) -> Poll<io::Result<usize>> {
        if matches!(written, Ok(1..)) {
            self.traffic.sent.store(true, Ordering::Relaxed);
        }
        Poll::Ready(written)
    }
}

impl Read for ObservedTransport {
    /// Reads into a buffer of its own, and copies from that: to read into hyper's buffer itself takes unsafe code.
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, mut cursor: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        if cursor.remaining() < 2 * SMALL_READ {
            let mut space = [MaybeUninit::uninit(); SMALL_READ];
            return self.poll_part(context, &mut cursor, &mut space).map_ok(|_| ());
        }
        let mut space = Vec::<u8>::with_capacity(LARGE_READ);
        let mut length = ready!(self.poll_part(context, &mut cursor, space.spare_capacity_mut()))?;
        while length >= LARGE_READ && cursor.remaining() > 0 {
            length = match self.poll_part(context, &mut cursor, space.spare_capacity_mut()) {
                Poll::Ready(Ok(length)) => length,
                Poll::Ready(Err(failure)) => {
                    self.failure = Some(failure);
                    0
                }
                Poll::Pending => 0,
            };
        }
        Poll::Ready(Ok(()))
    }
}

impl Write for ObservedTransport {
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
