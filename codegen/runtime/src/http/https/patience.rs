//! Patience with a body: only so much silence between its parts.

use super::Silence;
use crate::error::BoxError;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, Sleep};
use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The body of a reply, which ends with an error when nothing of it arrives for too long.
pub(super) struct PatientBody {
    body: Incoming,
    limit: Option<Duration>,
    sleep: SharedAsyncSleep,
    /// Runs while a part is waited for.
    timer: Option<Sleep>,
}

impl PatientBody {
    pub(super) fn new(body: Incoming, limit: Option<Duration>, sleep: SharedAsyncSleep) -> Self {
        Self { body, limit, sleep, timer: None }
    }
}

impl Body for PatientBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            this.timer = None;
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
