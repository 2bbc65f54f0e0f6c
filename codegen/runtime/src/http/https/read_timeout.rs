//! The read timeout within a body.

use super::Silence;
use super::traffic::ConnectionGuard;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, Sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The body of a reply, which ends with an error when no part of it arrives within the read timeout. Its connection is released at the end of
/// the body, and closed when the body is dropped before.
pub(super) struct ReadTimeoutBody {
    /// The first field, so that it is dropped before the body: hyper may read on to find out whether the connection can be kept.
    guard: ConnectionGuard,
    body: Incoming,
    limit: Option<Duration>,
    sleep: SharedAsyncSleep,
    /// The timer of the part that is waited for.
    timer: Option<Sleep>,
}

impl ReadTimeoutBody {
    pub(super) fn new(body: Incoming, guard: ConnectionGuard, limit: Option<Duration>, sleep: SharedAsyncSleep) -> Self {
        let mut body = Self { guard, body, limit, sleep, timer: None };
        body.release_at_end();
        body
    }

    fn release_at_end(&mut self) {
        if self.body.is_end_stream() {
            self.guard.release();
        }
    }
}

impl Body for ReadTimeoutBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.timer = None;
            match &frame {
                None => this.guard.release(),
                Some(_) => this.release_at_end(),
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let Some(limit) = this.limit else { return Poll::Pending };
        let timer = this.timer.get_or_insert_with(|| this.sleep.sleep(limit));
        ready!(Pin::new(timer).poll(context));
        Poll::Ready(Some(Err(Silence { what: "nothing more of it came", limit }.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
