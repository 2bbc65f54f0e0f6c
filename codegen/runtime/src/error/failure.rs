//! What the engine, which knows no operation's types, says of a call that failed.

use super::call::CallContext;
use super::{BoxError, ConnectorError};
use crate::config::http::HttpResponse;
use crate::operation::Metadata;

/// How an attempt failed. The variants are those of [`SdkError`](super::SdkError).
#[derive(Debug)]
pub(crate) enum Failure {
    Construction(BoxError),
    Timeout(BoxError),
    Dispatch(ConnectorError),
    /// The reply has as much of its body as was read.
    Response(BoxError, HttpResponse),
    /// The reply's body is in memory.
    Service(HttpResponse),
}

/// A failure, and the call that it ended.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) call: CallContext,
}

impl Failed {
    /// The reply, if there was one.
    pub(crate) fn reply(&self) -> Option<&HttpResponse> {
        match &self.failure {
            Failure::Response(_, response) | Failure::Service(response) => Some(response),
            Failure::Construction(_) | Failure::Timeout(_) | Failure::Dispatch(_) => None,
        }
    }

    /// A call that failed before anything was sent.
    pub(crate) fn to_construct(operation: &'static Metadata, source: impl Into<BoxError>) -> Box<Self> {
        Box::new(Self { failure: Failure::Construction(source.into()), call: CallContext::new(operation) })
    }
}
