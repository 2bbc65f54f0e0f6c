//! The failure of a call, without the types of an operation.

use super::call::CallContext;
use super::context::{ConstructionFailure, DispatchFailure, ResponseError, TimeoutError};
use super::reply::ErrorReply;
use super::sdk_error::public;
use super::secrets::Quotable;
use super::{BoxError, ConnectorError, SdkError};
use crate::config::http::HttpResponse;
use crate::http::Response;
use crate::service::Metadata;
use std::convert::Infallible;

/// The failure of an attempt. The variants are those of [`SdkError`](super::SdkError).
#[derive(Debug)]
pub(crate) enum Failure {
    Construction(BoxError),
    Timeout(BoxError),
    Dispatch(ConnectorError),
    /// The reply's body holds what was read of it.
    Response(BoxError, Response),
    /// The reply's body is in memory.
    Service(Response),
}

/// A type-erased failure of a call, as the futures of calls hold it. The code that drops a failure is long, and would otherwise be compiled again in
/// each crate that makes calls.
pub(crate) trait Ended: Send {
    /// Ends the call with an error, or with the service's refusal, which only the operation can turn into one.
    fn end(self: Box<Self>) -> Result<Box<dyn Refusal>, SdkError<Infallible>>;
}

/// A type-erased error reply.
pub(crate) trait Refusal {
    /// The reply as the operation's error is read from it.
    fn reply(&self) -> ErrorReply<'_>;

    /// The reply and the context as an error keeps them.
    fn into_parts(self: Box<Self>) -> (HttpResponse, CallContext);
}

/// A failure with the context of its call.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) call: CallContext,
}

struct Refused {
    reply: Response,
    call: CallContext,
}

impl Ended for Failed {
    fn end(self: Box<Self>) -> Result<Box<dyn Refusal>, SdkError<Infallible>> {
        let Self { failure, call } = *self;
        Err(match failure {
            Failure::Construction(source) => SdkError::ConstructionFailure(ConstructionFailure::new(source, Some(call))),
            Failure::Timeout(source) => SdkError::TimeoutError(TimeoutError::new(source, Some(call))),
            Failure::Dispatch(source) => SdkError::DispatchFailure(DispatchFailure::new(source, Some(call))),
            Failure::Response(source, reply) => SdkError::ResponseError(ResponseError::new(source, public(reply), Some(call))),
            Failure::Service(reply) => return Ok(Box::new(Refused { reply, call })),
        })
    }
}

impl Refusal for Refused {
    fn reply(&self) -> ErrorReply<'_> {
        ErrorReply::new(&self.reply, &self.call)
    }

    fn into_parts(self: Box<Self>) -> (HttpResponse, CallContext) {
        let Self { reply, mut call } = *self;
        call.quotable = Quotable::of(call.quotable.operation);
        (public(reply), call)
    }
}

/// The failure of a call before anything was sent, type-erased.
pub(crate) fn to_construct(operation: &'static Metadata, source: impl Into<BoxError>) -> Box<dyn Ended> {
    // The type is erased in a function that is not generic, or else each crate that makes calls would have the code that drops a failure.
    fn erased(operation: &'static Metadata, source: BoxError) -> Box<dyn Ended> {
        Failed::to_construct(operation, source)
    }
    erased(operation, source.into())
}

impl Failed {
    /// The reply, if there was one.
    pub(crate) fn reply(&self) -> Option<&Response> {
        match &self.failure {
            Failure::Response(_, response) | Failure::Service(response) => Some(response),
            Failure::Construction(_) | Failure::Timeout(_) | Failure::Dispatch(_) => None,
        }
    }

    /// The failure of a call before anything was sent.
    pub(crate) fn to_construct(operation: &'static Metadata, source: BoxError) -> Box<Self> {
        Box::new(Self { failure: Failure::Construction(source), call: CallContext::new(operation) })
    }
}
