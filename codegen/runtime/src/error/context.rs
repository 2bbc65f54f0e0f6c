//! The contexts in the variants of an `SdkError`. They are boxed, so that a `Result` with such an error stays small.

use super::call::CallContext;
use super::{BoxError, ConnectorError, ErrorKind, line};
use crate::http::TransportError;
use crate::text::Chain;
use std::error::Error;
use std::fmt;

/// The error itself, the raw reply if there is one, and the context of the call.
pub(super) struct Inner<S, R> {
    pub(super) source: S,
    pub(super) raw: R,
    /// `None` if the error was created by hand, as in tests.
    pub(super) call: Option<CallContext>,
}

impl<S, R> Inner<S, R> {
    fn boxed(source: S, raw: R, call: Option<CallContext>) -> Box<Self> {
        Box::new(Self { source, raw, call })
    }

    /// Writes `Debug` without the reply, which holds headers and a body.
    fn debug(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result
    where
        S: fmt::Debug,
    {
        let mut shown = f.debug_struct(name);
        shown.field("source", &self.source);
        if let Some(call) = &self.call {
            shown.field("call", call);
        }
        shown.finish_non_exhaustive()
    }
}

/// The request could not be built: something is missing or wrong in the input, the configuration or the credentials. Nothing was sent.
pub struct ConstructionFailure(Box<Inner<BoxError, ()>>);

/// A timeout ended the call. The request may have been sent, and received.
pub struct TimeoutError(Box<Inner<BoxError, ()>>);

/// No reply arrived. The request may have been sent, and received.
pub struct DispatchFailure(Box<Inner<ConnectorError, ()>>);

/// A reply arrived that cannot be read.
pub struct ResponseError<R>(Box<Inner<BoxError, R>>);

/// A reply arrived that is an error.
pub struct ServiceError<E, R>(Box<Inner<E, R>>);

impl ConstructionFailure {
    pub(crate) fn new(source: BoxError, call: Option<CallContext>) -> Self {
        Self(Inner::boxed(source, (), call))
    }

    /// The error that names what is missing or wrong.
    pub fn source(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0.source
    }

    /// The error that names what is missing or wrong.
    pub fn into_source(self) -> BoxError {
        self.0.source
    }

    pub(crate) fn fmt_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line::fmt_failure(f, self.0.call.as_ref(), "failed to construct request", &Chain(&*self.0.source))
    }
}

impl TimeoutError {
    pub(super) fn new(source: BoxError, call: Option<CallContext>) -> Self {
        Self(Inner::boxed(source, (), call))
    }

    /// The error that names the timeout.
    pub fn source(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0.source
    }

    /// The error that names the timeout.
    pub fn into_source(self) -> BoxError {
        self.0.source
    }

    pub(super) fn fmt_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line::fmt_failure(f, self.0.call.as_ref(), "request has timed out", &Chain(&*self.0.source))
    }
}

impl DispatchFailure {
    pub(super) fn new(source: ConnectorError, call: Option<CallContext>) -> Self {
        Self(Inner::boxed(source, (), call))
    }

    /// Returns whether the connection failed: refused, reset, closed.
    pub fn is_io(&self) -> bool {
        self.0.source.is_io()
    }

    /// Returns whether connecting or waiting for the reply took too long.
    pub fn is_timeout(&self) -> bool {
        self.0.source.is_timeout()
    }

    /// Returns whether the request is one that cannot be sent.
    pub fn is_user(&self) -> bool {
        self.0.source.is_user()
    }

    /// Returns whether the failure is of another kind.
    pub fn is_other(&self) -> bool {
        self.0.source.is_other()
    }

    /// The kind of another failure, if the connector reported it.
    pub fn as_other(&self) -> Option<ErrorKind> {
        self.0.source.as_other()
    }

    /// The connector's error.
    pub fn as_connector_error(&self) -> Option<&ConnectorError> {
        Some(&self.0.source)
    }

    /// The connector's error.
    pub fn into_source(self) -> ConnectorError {
        self.0.source
    }

    pub(super) fn connector_error(&self) -> &ConnectorError {
        &self.0.source
    }

    pub(super) fn fmt_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let connector = &self.0.source;
        let mut fmt = |words: &dyn fmt::Display| line::fmt_failure(f, self.0.call.as_ref(), "dispatch failure", words);
        match connector.source() {
            // An error of the crate's own client describes its kind itself.
            Some(cause) if cause.is::<TransportError>() => fmt(cause),
            Some(cause) if connector.is_timeout() => fmt(&format_args!("timed out: {}", Chain(cause))),
            Some(cause) if connector.is_user() => fmt(&format_args!("the request cannot be sent: {}", Chain(cause))),
            Some(cause) => fmt(&format_args!("no reply: {}", Chain(cause))),
            None => fmt(connector),
        }
    }
}

impl<R> ResponseError<R> {
    pub(super) fn new(source: BoxError, raw: R, call: Option<CallContext>) -> Self {
        Self(Inner::boxed(source, raw, call))
    }

    /// The reason why the reply cannot be read.
    pub fn source(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0.source
    }

    /// The reason why the reply cannot be read.
    pub fn into_source(self) -> BoxError {
        self.0.source
    }

    /// The reply, with as much of its body as was read.
    pub fn raw(&self) -> &R {
        &self.0.raw
    }

    /// The reply, with as much of its body as was read.
    pub fn into_raw(self) -> R {
        self.0.raw
    }

    pub(super) fn boxed_source(&self) -> &BoxError {
        &self.0.source
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        self.0.call.as_ref()?.request_id.as_deref()
    }

    pub(super) fn fmt_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        line::fmt_failure(f, self.0.call.as_ref(), "response error", &Chain(&*self.0.source))
    }
}

impl<E, R> ServiceError<E, R> {
    pub(super) fn new(source: E, raw: R, call: Option<CallContext>) -> Self {
        Self(Inner::boxed(source, raw, call))
    }

    /// The operation's error.
    pub fn err(&self) -> &E {
        &self.0.source
    }

    /// The operation's error.
    pub fn into_err(self) -> E {
        self.0.source
    }

    /// The reply.
    pub fn raw(&self) -> &R {
        &self.0.raw
    }

    /// The reply.
    pub fn into_raw(self) -> R {
        self.0.raw
    }

    /// Replaces the operation's error.
    pub(super) fn map<E2>(self, map: impl FnOnce(E) -> E2) -> ServiceError<E2, R> {
        let Inner { source, raw, call } = *self.0;
        ServiceError(Inner::boxed(map(source), raw, call))
    }
}

impl fmt::Debug for ConstructionFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(f, "ConstructionFailure")
    }
}

impl fmt::Debug for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(f, "TimeoutError")
    }
}

impl fmt::Debug for DispatchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(f, "DispatchFailure")
    }
}

impl<R> fmt::Debug for ResponseError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(f, "ResponseError")
    }
}

impl<E: fmt::Debug, R> fmt::Debug for ServiceError<E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(f, "ServiceError")
    }
}
