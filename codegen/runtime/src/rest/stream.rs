//! Requests whose body is a stream.

use super::request::invalid;
use crate::byte_stream::{ByteStream, SdkBody};
use crate::config::Config;
use crate::error::BoxError;
use crate::http::{Body, Progress, Request};
use crate::operation::{Encoded, Head};
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt as _;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// The rules of a member that is a stream.
#[derive(Clone, Copy, Debug)]
pub struct Streaming {
    /// The member's name, for errors.
    pub member: &'static str,
    /// True if the length must be known before the request is sent (`requiresLength`).
    pub requires_length: bool,
    /// True if the signature never covers the body (`aws.auth#unsignedPayload`). One that is not in memory is never signed.
    pub unsigned_payload: bool,
}

/// The request with a stream as its body. One in memory is sent and signed like any other body.
pub fn streamed(encoded: Encoded, stream: ByteStream, rules: Streaming) -> Encoded {
    let body = match in_memory(stream.into_inner()) {
        Ok(body) if !rules.unsigned_payload => return Encoded { body, ..encoded },
        Ok(body) => SdkBody::from(body),
        Err(body) => body,
    };
    let is_repeatable = body.try_clone().is_some();
    let head = Streamed { head: encoded.head, body: Mutex::new(Some(body)), is_repeatable, rules };
    Encoded { body: Bytes::new(), head: Some(Box::new(head)) }
}

/// The bytes of a body that is in memory, which are not copied.
fn in_memory(mut body: SdkBody) -> Result<Bytes, SdkBody> {
    match body.bytes() {
        None => return Err(body),
        Some([]) => return Ok(Bytes::new()),
        Some(_) => {}
    }
    let Poll::Ready(Some(Ok(frame))) = pin!(body.frame()).poll(&mut Context::from_waker(Waker::noop())) else { return Err(body) };
    Ok(frame.into_data().unwrap_or_default())
}

/// The parts of a request whose body is not in memory.
struct Streamed {
    /// The other parts.
    head: Option<Box<dyn Head>>,
    /// The body. One that cannot be repeated is taken by the first attempt.
    body: Mutex<Option<SdkBody>>,
    is_repeatable: bool,
    rules: Streaming,
}

impl Streamed {
    /// The body of another attempt.
    fn next(&self) -> Option<SdkBody> {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_repeatable { body.as_ref().and_then(SdkBody::try_clone) } else { body.take() }
    }
}

impl Head for Streamed {
    fn apply(&self, request: &mut Request, config: &Config) -> Result<(), BoxError> {
        let body = self.next().ok_or("the stream of its body has been read")?;
        match body.content_length() {
            Some(length) => drop(request.headers_mut().insert(CONTENT_LENGTH, length.into())),
            None => drop(request.headers_mut().remove(CONTENT_LENGTH)),
        }
        // A member of the input may be the length.
        if let Some(head) = &self.head {
            head.apply(request, config)?;
        }
        if self.rules.requires_length && !request.headers().contains_key(CONTENT_LENGTH) {
            return Err(invalid(self.rules.member, "must have a known length: give it as bytes or as a file"));
        }
        let progress = Progress::default();
        request.extensions_mut().insert(progress.clone());
        *request.body_mut() = Body::Other(SdkBody::from_body_1_x(body.map_frame(move |frame| {
            progress.moves();
            frame
        })));
        Ok(())
    }

    fn has_members(&self) -> bool {
        false
    }

    fn secrets(&self) -> &[String] {
        self.head.as_ref().map_or(&[], |head| head.secrets())
    }

    fn is_repeatable(&self) -> bool {
        self.is_repeatable
    }
}
