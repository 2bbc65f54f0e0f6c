//! Requests and replies, as the crate's own client sends and receives them. Edits, custom clients and errors have
//! [AWS's types](crate::config::http), which are made of these for them alone.

#[cfg(feature = "rustls")]
use super::https::ReplyBody;
use crate::config::http::{HttpRequest, HttpResponse};
use crate::error::BoxError;
use aws_smithy_runtime_api::http::HttpError;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A request.
pub(crate) type Request = ::http::Request<Body>;

/// A reply.
pub(crate) type Response = ::http::Response<Body>;

/// A body. Unlike AWS's type it costs no allocation.
pub(crate) enum Body {
    Memory(Bytes),
    #[cfg(feature = "rustls")]
    Reply(ReplyBody),
    Other(SdkBody),
}

impl Body {
    /// The bytes, if they are in memory.
    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Memory(bytes) => Some(bytes),
            #[cfg(feature = "rustls")]
            Self::Reply(_) => None,
            Self::Other(body) => body.bytes(),
        }
    }

    /// The body, in whose place an empty one remains.
    pub(crate) fn take(&mut self) -> Self {
        mem::replace(self, Self::Memory(Bytes::new()))
    }
}

impl<B: Into<Bytes>> From<B> for Body {
    fn from(bytes: B) -> Self {
        Self::Memory(bytes.into())
    }
}

impl From<Body> for SdkBody {
    fn from(body: Body) -> Self {
        match body {
            Body::Memory(bytes) => bytes.into(),
            #[cfg(feature = "rustls")]
            Body::Reply(body) => Self::from_body_1_x(body),
            Body::Other(body) => body,
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut *self {
            Self::Memory(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Memory(bytes) => Poll::Ready(Some(Ok(Frame::data(mem::take(bytes))))),
            #[cfg(feature = "rustls")]
            Self::Reply(body) => Pin::new(body).poll_frame(context),
            Self::Other(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Memory(bytes) => bytes.is_empty(),
            #[cfg(feature = "rustls")]
            Self::Reply(body) => body.is_end_stream(),
            Self::Other(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Memory(bytes) => SizeHint::with_exact(bytes.len() as u64),
            #[cfg(feature = "rustls")]
            Self::Reply(body) => body.size_hint(),
            Self::Other(body) => http_body::Body::size_hint(body),
        }
    }
}

/// Shows no part of the body.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// A request in AWS's type.
pub(crate) fn aws_request(request: Request) -> Result<HttpRequest, HttpError> {
    request.map(SdkBody::from).try_into()
}

/// The request that AWS's type holds.
pub(crate) fn request(request: HttpRequest) -> Result<Request, HttpError> {
    Ok(request.try_into_http1x()?.map(Body::Other))
}

/// A reply in AWS's type.
pub(crate) fn aws_response(response: Response) -> Result<HttpResponse, HttpError> {
    response.map(SdkBody::from).try_into()
}
