//! The body of a reply, read into memory within bounds.

use super::{Body, Response};
use crate::headers;
use crate::text;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, Sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt as _;
use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Poll, ready};
use std::time::Duration;

/// The most that is reserved at once for the length that a reply announces, in bytes.
const MAX_RESERVED: usize = 1024 * 1024;

/// The bounds on the size of a body and on the time that it takes.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<'a> {
    /// In bytes.
    pub(crate) size: usize,
    /// From the head of the reply to the end of its body; [`Duration::MAX`] for no bound.
    pub(crate) time: Duration,
    /// Without a timer there is no bound on the time.
    pub(crate) timer: Option<&'a SharedAsyncSleep>,
}

/// Takes the body out of a reply and reads it within bounds. When a bound is exceeded, the rest of the body is dropped, which closes its
/// connection.
pub(crate) async fn read(response: &mut Response, bounds: Bounds<'_>) -> Result<Bytes, Unread> {
    let limit = bounds.size;
    let announced = headers::get(response.headers(), CONTENT_LENGTH).and_then(|length| length.trim().parse::<u64>().ok());
    let mut body = Timed { body: response.body_mut().take(), bounds, deadline: None };
    if announced.is_some_and(|announced| usize::try_from(announced).is_ok_and(|announced| announced > limit)) {
        return Err(Unread::TooLarge { limit });
    }
    // Most bodies come in one piece and are not copied.
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    while let Some(data) = body.part().await {
        let data = data?;
        if data.is_empty() {
            continue;
        }
        let read = first.len() + all.len();
        if data.len() > limit.saturating_sub(read) {
            return Err(Unread::TooLarge { limit });
        }
        if read == 0 {
            first = data;
        } else {
            if all.is_empty() {
                let expected = announced.and_then(|announced| usize::try_from(announced).ok()).unwrap_or_default();
                all.reserve(expected.min(MAX_RESERVED).max(read + data.len()));
                all.extend_from_slice(&mem::take(&mut first));
            }
            all.extend_from_slice(&data);
        }
    }
    Ok(if all.is_empty() { first } else { all.freeze() })
}

/// A body with a deadline. The timer is started when the body is first waited for, so that a body that has arrived needs none.
struct Timed<'a> {
    body: Body,
    bounds: Bounds<'a>,
    deadline: Option<Sleep>,
}

impl Timed<'_> {
    /// The next part of the body. The part of trailers is empty.
    async fn part(&mut self) -> Option<Result<Bytes, Unread>> {
        let Self { body, bounds: Bounds { time: limit, timer, .. }, deadline } = self;
        let timer = timer.filter(|_| *limit < Duration::MAX);
        let mut frame = body.frame();
        poll_fn(|context| {
            if let Poll::Ready(frame) = Pin::new(&mut frame).poll(context) {
                let data = frame.map(|frame| frame.map(|frame| frame.into_data().unwrap_or_default()));
                return Poll::Ready(data.map(|data| data.map_err(Unread::Broken)));
            }
            let Some(timer) = timer else { return Poll::Pending };
            let deadline = deadline.get_or_insert_with(|| timer.sleep(*limit));
            ready!(Pin::new(deadline).poll(context));
            Poll::Ready(Some(Err(Unread::TooSlow { limit: *limit })))
        })
        .await
    }
}

/// The reason why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The body is longer than allowed.
    TooLarge { limit: usize },
    /// The body took longer than allowed, though no pause in it reached the read timeout.
    TooSlow { limit: Duration },
    /// The connection failed within the body.
    Broken(BoxError),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "the body is larger than the {limit} bytes that max_response_size allows"),
            Self::TooSlow { limit } => {
                write!(f, "the body was not complete within the {} s that max_response_time allows", limit.as_secs_f64())
            }
            Self::Broken(error) => write!(f, "the body broke off: {}", text::Chain(&**error)),
        }
    }
}

impl Error for Unread {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TooLarge { .. } | Self::TooSlow { .. } => None,
            Self::Broken(error) => Some(&**error),
        }
    }
}
