//! Replies without a long pause that take too long altogether.

use super::ends;
use super::server::Act;
use crate::config::Builder;
use crate::error::{BoxError, ProvideFailureKind as _};
use crate::testing::{Replay, Timer, config, line, reply, start};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use hyper::body::{Body, Frame};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

const DEFAULT: Duration = Duration::from_mins(5);

#[tokio::test]
async fn a_body_that_takes_too_long_times_out() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\": ";
    for (limit, words) in [(None, "300 s"), (Some(Duration::from_millis(1_500)), "1.5 s")] {
        let timer = Timer::Reaches(limit.unwrap_or(DEFAULT));
        let change = |mut config: Builder| {
            config.set_max_response_time(limit);
            config.sleep_impl(timer)
        };
        let (outcome, mut server) = ends(Act::Send(half.to_owned()), change).await;
        let error = outcome.unwrap_err();
        let expected =
            format!("StartBuild: 200 OK: the body was not complete within the {words} that max_response_time allows (attempt 1 of 1)");
        assert_eq!(line(&error), expected);
        assert!(error.is_timeout() && error.is_retryable());
        server.closed().await;
    }
}

/// A body of single bytes, each of which is there at the second poll.
struct Dripping {
    rest: &'static [u8],
    asked: bool,
}

impl Body for Dripping {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Some((byte, rest)) = self.rest.split_at_checked(1) else { return Poll::Ready(None) };
        self.asked = !self.asked;
        if self.asked {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.rest = rest;
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(byte)))))
    }
}

fn dripping() -> Builder {
    let body = SdkBody::from_body_1_x(Dripping { rest: br#"{"id": "p:1"}"#, asked: false });
    config().http_client(Replay::of(reply(200, &[], body)))
}

#[tokio::test]
async fn the_body_of_a_custom_client_has_the_same_time() {
    let error = start(dripping().sleep_impl(Timer::Reaches(DEFAULT))).await.unwrap_err();
    assert_eq!(
        line(&error),
        "StartBuild: 200 OK: the body was not complete within the 300 s that max_response_time allows (attempt 1 of 1)"
    );
    let started = start(dripping().sleep_impl(Timer::Stands)).await.unwrap();
    assert_eq!(started.id.as_deref(), Some("p:1"));
}

#[tokio::test]
async fn the_time_can_be_switched_off() {
    let started = start(dripping().sleep_impl(Timer::Flies).max_response_time(Duration::MAX)).await.unwrap();
    assert_eq!(started.id.as_deref(), Some("p:1"));
}

#[tokio::test]
async fn a_body_that_is_there_asks_for_no_time() {
    let config = config().http_client(Replay::of(reply(200, &[], r#"{"id": "p:1"}"#)));
    assert!(start(config.sleep_impl(Timer::Reaches(DEFAULT)).max_response_time(Duration::ZERO)).await.is_ok());
}
