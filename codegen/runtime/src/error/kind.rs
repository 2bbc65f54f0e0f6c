//! The kind of a failure. The engine decides on retries by the same kind that callers see.

use super::failure::{Failed, Failure};
use super::line::{KIND, STATUS};
use super::reply;
use super::{BoxError, ConnectorError, ErrorKind, ErrorMetadata, SdkError};
use crate::http::{Silence, Unread};
use crate::json;
use std::error::Error;

/// The codes of throttling. The list is that of AWS's own SDKs.
const THROTTLING_CODES: [&str; 14] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];
/// The codes for a request that did not arrive in time.
const TIMEOUT_CODES: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// The codes for a refused signature. Clock skew is one of the possible reasons.
const SIGNATURE_CODES: [&str; 7] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// The codes for expired credentials.
const EXPIRED_CODES: [&str; 2] = ["ExpiredToken", "ExpiredTokenException"];

/// The kind of a failure, by the caller's possible reactions. [`ProvideFailureKind`] returns it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FailureKind {
    /// The request could not be built: something is missing or wrong in the input, the configuration or the credentials. Nothing was sent.
    Construction,
    /// There was no connection, or it broke before the reply was complete. The service may have carried out the operation.
    Connection,
    /// A timeout of the operation, the attempt, the connection or the reply. The service may have carried out the operation.
    Timeout,
    /// The service throttled the request, by its code or by the status 429.
    Throttling,
    /// The service, or a gateway in front of it, is temporarily out of order: the status 500, 502, 503 or 504.
    Unavailable,
    /// The service refused the request for another reason. The same request will be refused again.
    Refused,
    /// The status is a success, but the body cannot be read: it is broken, cut off or not JSON.
    Unreadable,
    /// The status is a success and the body is well-formed, but it violates the model. Another reply would violate it too.
    WrongShape,
    /// The reply is larger than [`max_response_size`](crate::config::Builder::max_response_size), and would be again.
    TooLarge,
    /// Another kind of failure, or an unknown one.
    Other,
}

/// The names of the kinds, for traces and metadata.
const NAMES: [(FailureKind, &str); 10] = [
    (FailureKind::Construction, "construction"),
    (FailureKind::Connection, "connection"),
    (FailureKind::Timeout, "timeout"),
    (FailureKind::Throttling, "throttling"),
    (FailureKind::Unavailable, "unavailable"),
    (FailureKind::Refused, "refused"),
    (FailureKind::Unreadable, "unreadable"),
    (FailureKind::WrongShape, "wrong shape"),
    (FailureKind::TooLarge, "too large"),
    (FailureKind::Other, "other"),
];

impl FailureKind {
    /// The kind in AWS's terms if another attempt may succeed, and `None` if it cannot.
    pub fn retryable(self) -> Option<ErrorKind> {
        match self {
            Self::Throttling => Some(ErrorKind::ThrottlingError),
            Self::Connection | Self::Timeout | Self::Unavailable | Self::Unreadable => Some(ErrorKind::TransientError),
            Self::Construction | Self::Refused | Self::WrongShape | Self::TooLarge | Self::Other => None,
        }
    }

    /// The name, for traces and metadata.
    pub(crate) fn name(self) -> &'static str {
        NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    /// The kind of an error reply.
    pub(crate) fn of_reply(status: Option<u16>, code: Option<&str>) -> Self {
        match (code, status) {
            (Some(code), _) if THROTTLING_CODES.contains(&code) => Self::Throttling,
            (_, Some(429)) => Self::Throttling,
            (Some(code), _) if TIMEOUT_CODES.contains(&code) => Self::Timeout,
            (_, Some(500 | 502 | 503 | 504)) => Self::Unavailable,
            (None, None) => Self::Other,
            _ => Self::Refused,
        }
    }

    fn of_metadata(meta: &ErrorMetadata, code: Option<&str>) -> Self {
        let kept = meta.extra(KIND).and_then(|name| NAMES.iter().find(|(_, kept)| *kept == name));
        let status = || meta.extra(STATUS).and_then(|status| status.parse().ok());
        kept.map_or_else(|| Self::of_reply(status(), code), |(kind, _)| *kind)
    }

    /// The kind of a connector's error.
    fn of_connector(error: &ConnectorError) -> Self {
        match error.as_other() {
            _ if error.is_timeout() => Self::Timeout,
            _ if error.is_io() => Self::Connection,
            _ if error.is_user() => Self::Construction,
            Some(ErrorKind::TransientError) => Self::Connection,
            Some(ErrorKind::ThrottlingError) => Self::Throttling,
            Some(ErrorKind::ServerError) => Self::Unavailable,
            _ => Self::Other,
        }
    }

    /// The kind of an unreadable reply, by the reason.
    fn of_unread(reason: &BoxError) -> Self {
        let cause = match reason.downcast_ref() {
            Some(Unread::Broken(cause)) => cause,
            Some(Unread::TooLarge { .. }) => return Self::TooLarge,
            Some(Unread::TooSlow { .. }) => return Self::Timeout,
            None => {
                let is_well_formed = reason.downcast_ref().is_some_and(json::Error::is_well_formed);
                return if is_well_formed { Self::WrongShape } else { Self::Unreadable };
            }
        };
        let cause: &(dyn Error + 'static) = &**cause;
        let silent = std::iter::successors(Some(cause), |&error| error.source()).any(<dyn Error>::is::<Silence>);
        if silent { Self::Timeout } else { Self::Connection }
    }
}

impl Failed {
    /// The kind of the failure.
    pub(crate) fn kind(&self) -> FailureKind {
        match &self.failure {
            Failure::Construction(_) => FailureKind::Construction,
            Failure::Timeout(_) => FailureKind::Timeout,
            Failure::Dispatch(error) => FailureKind::of_connector(error),
            Failure::Response(reason, _) => FailureKind::of_unread(reason),
            Failure::Service(response) => FailureKind::of_reply(self.call.status, reply::code(response, &self.call).as_deref()),
        }
    }

    /// Returns whether the signature was refused, possibly because of clock skew.
    pub(crate) fn refuses_signature(&self) -> bool {
        self.has_code(&SIGNATURE_CODES)
    }

    /// Returns whether the credentials were refused as expired.
    pub(crate) fn refuses_expired_credentials(&self) -> bool {
        self.has_code(&EXPIRED_CODES)
    }

    fn has_code(&self, codes: &[&str]) -> bool {
        match &self.failure {
            Failure::Service(response) => reply::code(response, &self.call).is_some_and(|code| codes.contains(&code.as_str())),
            _ => false,
        }
    }
}

/// An error that knows its kind of failure. The errors of calls, operations and crates implement it, and the structures in them.
///
/// It is a trait to avoid collisions: an operation's error has a method `is_...` for each error of its model, and one of them may be called
/// `is_throttling`.
pub trait ProvideFailureKind {
    /// The kind of the failure.
    fn failure_kind(&self) -> FailureKind;

    /// Returns whether the service throttled the request.
    fn is_throttling(&self) -> bool {
        self.failure_kind() == FailureKind::Throttling
    }

    /// Returns whether it is a timeout. The service may have carried out the operation.
    fn is_timeout(&self) -> bool {
        self.failure_kind() == FailureKind::Timeout
    }

    /// Returns whether there was no connection, or it broke. The service may have carried out the operation.
    fn is_connection(&self) -> bool {
        self.failure_kind() == FailureKind::Connection
    }

    /// Returns whether the request could not be built, so that nothing was sent.
    fn is_construction(&self) -> bool {
        self.failure_kind() == FailureKind::Construction
    }

    /// Returns whether the same request may succeed when it is sent again a little later.
    fn is_retryable(&self) -> bool {
        self.failure_kind().retryable().is_some()
    }
}

impl ProvideFailureKind for ErrorMetadata {
    fn failure_kind(&self) -> FailureKind {
        FailureKind::of_metadata(self, self.code())
    }
}

impl<E: ProvideFailureKind, R> ProvideFailureKind for SdkError<E, R> {
    fn failure_kind(&self) -> FailureKind {
        self.own_kind().unwrap_or_else(ProvideFailureKind::failure_kind)
    }
}

impl<E, R> SdkError<E, R> {
    /// The kind of a failure without a service's error, or else the operation's error, which knows it.
    pub(super) fn own_kind(&self) -> Result<FailureKind, &E> {
        match self {
            Self::ConstructionFailure(_) => Ok(FailureKind::Construction),
            Self::TimeoutError(_) => Ok(FailureKind::Timeout),
            Self::DispatchFailure(context) => Ok(FailureKind::of_connector(context.connector_error())),
            Self::ResponseError(context) => Ok(FailureKind::of_unread(context.boxed_source())),
            Self::ServiceError(context) => Err(context.err()),
        }
    }
}

/// The kind of an error of the model. Without a code in `meta`, the shape's name is the code. For generated code.
#[doc(hidden)]
pub fn exception_kind(name: &str, meta: &ErrorMetadata) -> FailureKind {
    FailureKind::of_metadata(meta, meta.code().or(Some(name)))
}
