//! What kind of failure an error is.
//!
//! The only place that knows: what a caller asks of an error and what decides on another attempt is the same answer.

use super::failure::{Failed, Failure};
use super::line::{KIND, STATUS};
use super::reply;
use super::{BoxError, ConnectorError, ErrorKind, ErrorMetadata, SdkError};
use crate::http::{Silence, Unread};
use crate::json;
use std::error::Error;

/// Codes with which AWS's services ask for fewer requests. The list is that of AWS's own SDKs.
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
/// Codes with which AWS's services say that a request did not arrive in time.
const TIMEOUT_CODES: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// Codes with which AWS's services refuse a signature, whatever is wrong with it: possibly its time.
const SIGNATURE_CODES: [&str; 7] = [
    "AccessDeniedException",
    "AuthFailure",
    "InvalidSignatureException",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
];

/// Codes with which AWS's services refuse credentials that have ended.
const EXPIRED_CODES: [&str; 2] = ["ExpiredToken", "ExpiredTokenException"];

/// What kind of failure an error is, as far as it matters to what a caller does next. [`ProvideFailureKind`] tells.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum FailureKind {
    /// The request could not be made: something is missing or wrong in the input, the configuration or the credentials. Nothing was sent,
    /// and nothing will be until that has changed.
    Construction,
    /// There was no connection, or it broke before the reply was complete. The service may have done its work.
    Connection,
    /// Time ran out: that of the operation, the attempt, the connection or the reply. The service may have done its work.
    Timeout,
    /// The service asks for fewer requests: by its code, or by the status 429.
    Throttling,
    /// The service, or something in front of it, is out of order for the moment: the status 500, 502, 503 or 504.
    Unavailable,
    /// The service refuses the request, for any other reason. Sending it again without a change is of no use.
    Refused,
    /// The service says that all went well, and what it says beyond that cannot be read: it is broken, cut off or not JSON.
    Unreadable,
    /// The service says that all went well, and what it says beyond that is whole, but not what its model says. It would be the same the
    /// next time.
    WrongShape,
    /// The service's reply is larger than [`max_response_size`](crate::config::Builder::max_response_size) allows, and would be again.
    TooLarge,
    /// Nothing is known of it.
    Other,
}

/// How an error made of a failure remembers its kind.
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
    /// The same in AWS's terms when another attempt may succeed, and `None` when it is of no use.
    pub fn retryable(self) -> Option<ErrorKind> {
        match self {
            Self::Throttling => Some(ErrorKind::ThrottlingError),
            Self::Connection | Self::Timeout | Self::Unavailable | Self::Unreadable => Some(ErrorKind::TransientError),
            Self::Construction | Self::Refused | Self::WrongShape | Self::TooLarge | Self::Other => None,
        }
    }

    /// A word for it, for traces and metadata.
    pub(crate) fn name(self) -> &'static str {
        NAMES.iter().find(|(kind, _)| *kind == self).map_or("other", |(_, name)| name)
    }

    /// Of a reply that is an error.
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

    /// Of a request that a connector has no reply to.
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

    /// Of a reply that cannot be read, from the reason.
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
    /// What kind of failure it is.
    pub(crate) fn kind(&self) -> FailureKind {
        match &self.failure {
            Failure::Construction(_) => FailureKind::Construction,
            Failure::Timeout(_) => FailureKind::Timeout,
            Failure::Dispatch(error) => FailureKind::of_connector(error),
            Failure::Response(reason, _) => FailureKind::of_unread(reason),
            Failure::Service(response) => FailureKind::of_reply(self.call.status, reply::code(response, &self.call).as_deref()),
        }
    }
}

impl Failed {
    /// Whether it is the refusal of a signature, for which a wrong clock is one of the reasons.
    pub(crate) fn blames_the_clock(&self) -> bool {
        self.has_code(&SIGNATURE_CODES)
    }

    /// Whether it is the refusal of credentials that have ended, whatever they say of themselves.
    pub(crate) fn blames_the_credentials(&self) -> bool {
        self.has_code(&EXPIRED_CODES)
    }

    fn has_code(&self, codes: &[&str]) -> bool {
        match &self.failure {
            Failure::Service(response) => reply::code(response, &self.call).is_some_and(|code| codes.contains(&code.as_str())),
            _ => false,
        }
    }
}

/// An error that knows what kind of failure it is: that of a call, of an operation, of a crate, and the structures in them.
///
/// It is a trait because of its names: an operation's error has a method `is_...` for each error that its model names, and one of these
/// may be called `is_throttling`.
pub trait ProvideFailureKind {
    /// What kind of failure it is.
    fn failure_kind(&self) -> FailureKind;

    /// Whether the service asks for fewer requests.
    fn is_throttling(&self) -> bool {
        self.failure_kind() == FailureKind::Throttling
    }

    /// Whether time ran out. The service may have done its work.
    fn is_timeout(&self) -> bool {
        self.failure_kind() == FailureKind::Timeout
    }

    /// Whether there was no connection, or it broke. The service may have done its work.
    fn is_connection(&self) -> bool {
        self.failure_kind() == FailureKind::Connection
    }

    /// Whether the request could not be made, so that nothing was sent.
    fn is_construction(&self) -> bool {
        self.failure_kind() == FailureKind::Construction
    }

    /// Whether the same request may succeed when it is sent again, a little later.
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
    /// The kind of a failure that is none of the service's, or the operation's error, which has to be asked.
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

/// The kind of an error that the model names, whose code is its shape's name even if it was made by hand. For generated code.
#[doc(hidden)]
pub fn exception_kind(name: &str, meta: &ErrorMetadata) -> FailureKind {
    FailureKind::of_metadata(meta, meta.code().or(Some(name)))
}
