//! The body of a reply.

use super::Silence;
use super::connection::Lease;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, Sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The body of a reply, which drives its connection, and ends with an error when no part of it arrives within the read timeout. Its connection
/// returns to the pool at the end of the body, and is closed when the body is dropped before.
pub(crate) struct ReplyBody {
    body: Incoming,
    /// The connection, until the body has ended.
    lease: Option<Box<dyn Lease>>,
    limit: Option<Duration>,
    sleep: SharedAsyncSleep,
    /// The timer of the part that is waited for.
    timer: Option<Sleep>,
}

impl ReplyBody {
    pub(super) fn new(body: Incoming, lease: Box<dyn Lease>, limit: Option<Duration>, sleep: SharedAsyncSleep) -> Self {
        let mut body = Self { body, lease: Some(lease), limit, sleep, timer: None };
        if body.body.is_end_stream() {
            body.end();
        }
        body
    }

    fn end(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.end();
        }
    }

    /// The next part of the body, if it has arrived.
    fn poll_arrived(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        match &mut self.lease {
            Some(lease) => lease.poll_body(context, &mut self.body),
            None => Pin::new(&mut self.body).poll_frame(context),
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = this.poll_arrived(context) {
            this.timer = None;
            match &frame {
                Some(Err(_)) => this.lease = None,
                Some(Ok(_)) if !this.body.is_end_stream() => {}
                _ => this.end(),
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let Some(limit) = this.limit else { return Poll::Pending };
        let timer = this.timer.get_or_insert_with(|| this.sleep.sleep(limit));
        ready!(Pin::new(timer).poll(context));
        // The connection is closed now, however long the owner of a stream keeps its body, and the timer is not polled again.
        (this.lease, this.timer, this.limit) = (None, None, None);
        Poll::Ready(Some(Err(Silence { what: "nothing more of it came", limit }.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
