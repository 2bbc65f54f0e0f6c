//! The failure of a call, without the types of an operation.

use super::call::CallContext;
use super::{BoxError, ConnectorError};
use crate::http::Response;
use crate::service::Metadata;

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

/// A failure with the context of its call.
#[derive(Debug)]
pub(crate) struct Failed {
    pub(crate) failure: Failure,
    pub(crate) call: CallContext,
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
    pub(crate) fn to_construct(operation: &'static Metadata, source: impl Into<BoxError>) -> Box<Self> {
        // Not generic, so that it is compiled once.
        fn failed(operation: &'static Metadata, source: BoxError) -> Box<Failed> {
            Box::new(Failed { failure: Failure::Construction(source), call: CallContext::new(operation) })
        }
        failed(operation, source.into())
    }
}
