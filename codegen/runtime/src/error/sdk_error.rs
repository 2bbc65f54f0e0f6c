//! The error of a call.

use super::context::{ConstructionFailure, DispatchFailure, ResponseError, ServiceError, TimeoutError};
use super::failure::Ended;
use super::kind::FailureKind;
use super::line::{KIND, REQUEST_ID};
use super::reply::{ErrorReply, request_id};
use super::{BoxError, BuildError, ConnectorError, CreateUnhandledError, ErrorMetadata, ProvideErrorMetadata};
use crate::config::http::HttpResponse;
use crate::http::{Response, message};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::EMPTY_ERROR_METADATA;
use aws_types::request_id::RequestId;
use std::error::Error;
use std::fmt;

/// The error of a call. `E` is the operation's own error.
///
/// Displays as one line with the operation and the failure; see the [module](super).
#[non_exhaustive]
pub enum SdkError<E, R = HttpResponse> {
    /// The request could not be built: something is missing or wrong in the input, the configuration or the credentials. Nothing was sent.
    ConstructionFailure(ConstructionFailure),
    /// A timeout ended the call. The request may have been sent, and received.
    TimeoutError(TimeoutError),
    /// No reply arrived. The request may have been sent, and received.
    DispatchFailure(DispatchFailure),
    /// A reply arrived that cannot be read.
    ResponseError(ResponseError<R>),
    /// A reply arrived whose status is an error.
    ServiceError(ServiceError<E, R>),
}

impl<E, R> SdkError<E, R> {
    /// Creates a construction failure.
    pub fn construction_failure(source: impl Into<BoxError>) -> Self {
        Self::ConstructionFailure(ConstructionFailure::new(source.into(), None))
    }

    /// Creates a timeout.
    pub fn timeout_error(source: impl Into<BoxError>) -> Self {
        Self::TimeoutError(TimeoutError::new(source.into(), None))
    }

    /// Creates a dispatch failure.
    pub fn dispatch_failure(source: ConnectorError) -> Self {
        Self::DispatchFailure(DispatchFailure::new(source, None))
    }

    /// Creates the error of a reply that cannot be read.
    pub fn response_error(source: impl Into<BoxError>, raw: R) -> Self {
        Self::ResponseError(ResponseError::new(source.into(), raw, None))
    }

    /// Creates the error of an error reply.
    pub fn service_error(source: E, raw: R) -> Self {
        Self::ServiceError(ServiceError::new(source, raw, None))
    }

    /// The operation's error. Any other failure becomes its unhandled variant, with this error as its source.
    pub fn into_service_error(self) -> E
    where
        E: Error + Send + Sync + CreateUnhandledError + 'static,
        R: Send + Sync + 'static,
    {
        let kind = match self {
            Self::ServiceError(context) => return context.into_err(),
            _ => self.own_kind().unwrap_or(FailureKind::Other),
        };
        let mut meta = ErrorMetadata::builder().custom(KIND, kind.name());
        if let Self::ResponseError(context) = &self
            && let Some(id) = context.request_id()
        {
            meta = meta.custom(REQUEST_ID, id);
        }
        E::create_unhandled_error(self.into(), Some(meta.build()))
    }

    /// The operation's error, if the service replied with one.
    pub fn as_service_error(&self) -> Option<&E> {
        match self {
            Self::ServiceError(context) => Some(context.err()),
            _ => None,
        }
    }

    /// The cause. It is always `Ok`; the `Result` is AWS's signature.
    pub fn into_source(self) -> Result<BoxError, Self>
    where
        E: Error + Send + Sync + 'static,
    {
        match self {
            Self::ConstructionFailure(context) => Ok(context.into_source()),
            Self::TimeoutError(context) => Ok(context.into_source()),
            Self::DispatchFailure(context) => Ok(context.into_source().into()),
            Self::ResponseError(context) => Ok(context.into_source()),
            Self::ServiceError(context) => Ok(context.into_err().into()),
        }
    }

    /// The reply, if there was one. Its body is in memory.
    pub fn raw_response(&self) -> Option<&R> {
        match self {
            Self::ServiceError(context) => Some(context.raw()),
            Self::ResponseError(context) => Some(context.raw()),
            _ => None,
        }
    }

    /// Replaces the operation's error.
    pub fn map_service_error<E2>(self, map: impl FnOnce(E) -> E2) -> SdkError<E2, R> {
        match self {
            Self::ConstructionFailure(context) => SdkError::ConstructionFailure(context),
            Self::TimeoutError(context) => SdkError::TimeoutError(context),
            Self::DispatchFailure(context) => SdkError::DispatchFailure(context),
            Self::ResponseError(context) => SdkError::ResponseError(context),
            Self::ServiceError(context) => SdkError::ServiceError(context.map(map)),
        }
    }
}

impl<E> SdkError<E, HttpResponse> {
    /// Converts the engine's failure. `error` converts an error reply to the operation's error.
    pub(crate) fn from_failed(failed: Box<dyn Ended>, error: impl FnOnce(&ErrorReply<'_>) -> E) -> Self {
        match failed.end() {
            Ok(refusal) => {
                let error = error(&refusal.reply());
                let (raw, call) = refusal.into_parts();
                Self::ServiceError(ServiceError::new(error, raw, Some(call)))
            }
            Err(error) => error.map_service_error(|never| match never {}),
        }
    }
}

/// A reply in AWS's type.
pub(super) fn public(reply: Response) -> HttpResponse {
    let status = reply.status();
    message::aws_response(reply).unwrap_or_else(|_| HttpResponse::new(status.into(), SdkBody::taken()))
}

impl<E: fmt::Display, R> fmt::Display for SdkError<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConstructionFailure(context) => context.fmt_line(f),
            Self::TimeoutError(context) => context.fmt_line(f),
            Self::DispatchFailure(context) => context.fmt_line(f),
            Self::ResponseError(context) => context.fmt_line(f),
            Self::ServiceError(context) => context.err().fmt(f),
        }
    }
}

impl<E: fmt::Debug, R> fmt::Debug for SdkError<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConstructionFailure(context) => f.debug_tuple("ConstructionFailure").field(context).finish(),
            Self::TimeoutError(context) => f.debug_tuple("TimeoutError").field(context).finish(),
            Self::DispatchFailure(context) => f.debug_tuple("DispatchFailure").field(context).finish(),
            Self::ResponseError(context) => f.debug_tuple("ResponseError").field(context).finish(),
            Self::ServiceError(context) => f.debug_tuple("ServiceError").field(context).finish(),
        }
    }
}

impl<E: Error + 'static, R> Error for SdkError<E, R> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ConstructionFailure(context) => Some(context.source()),
            Self::TimeoutError(context) => Some(context.source()),
            Self::DispatchFailure(context) => Some(context.connector_error()),
            Self::ResponseError(context) => Some(context.source()),
            Self::ServiceError(context) => Some(context.err()),
        }
    }
}

impl<E, R> From<BuildError> for SdkError<E, R> {
    fn from(error: BuildError) -> Self {
        Self::construction_failure(error)
    }
}

impl<E: ProvideErrorMetadata, R> ProvideErrorMetadata for SdkError<E, R> {
    fn meta(&self) -> &ErrorMetadata {
        match self {
            Self::ServiceError(context) => context.err().meta(),
            _ => &EMPTY_ERROR_METADATA,
        }
    }
}

impl<E> RequestId for SdkError<E, HttpResponse> {
    fn request_id(&self) -> Option<&str> {
        let headers = self.raw_response()?.headers();
        request_id(|name| headers.get(name))
    }
}
