//! The errors of the test service, like those in generated code.

use crate::error::exception::ServiceException;
use crate::error::kind::exception_kind;
use crate::error::line::fmt_exception;
use crate::error::sealed_unhandled::Unhandled;
use crate::error::{BoxError, CreateUnhandledError, ErrorMetadata, FailureKind, ProvideErrorMetadata, ProvideFailureKind};
use aws_types::request_id::RequestId;
use std::error::Error;
use std::fmt;

#[derive(Debug)]
pub(crate) struct InvalidInputException {
    pub(crate) message: Option<String>,
    pub(crate) meta: ErrorMetadata,
}

impl fmt::Display for InvalidInputException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_exception(f, "InvalidInputException", self.message.as_deref(), &self.meta)
    }
}

impl Error for InvalidInputException {}

impl ProvideErrorMetadata for InvalidInputException {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl ProvideFailureKind for InvalidInputException {
    fn failure_kind(&self) -> FailureKind {
        exception_kind("InvalidInputException", &self.meta)
    }
}

#[derive(Debug)]
pub(crate) enum StartBuildError {
    InvalidInputException(InvalidInputException),
    Unhandled(Unhandled),
}

impl StartBuildError {
    fn inner(&self) -> &dyn ServiceException {
        match self {
            Self::InvalidInputException(error) => error,
            Self::Unhandled(error) => error,
        }
    }

    pub(crate) fn unhandled(error: impl Into<BoxError>) -> Self {
        Self::Unhandled(Unhandled::from_source(error.into(), ErrorMetadata::default()))
    }

    pub(crate) fn generic(meta: ErrorMetadata) -> Self {
        Self::Unhandled(Unhandled::from_metadata(meta))
    }
}

impl fmt::Display for StartBuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl Error for StartBuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.inner().source()
    }
}

impl ProvideErrorMetadata for StartBuildError {
    fn meta(&self) -> &ErrorMetadata {
        self.inner().meta()
    }
}

impl ProvideFailureKind for StartBuildError {
    fn failure_kind(&self) -> FailureKind {
        self.inner().failure_kind()
    }
}

impl RequestId for StartBuildError {
    fn request_id(&self) -> Option<&str> {
        self.meta().request_id()
    }
}

impl CreateUnhandledError for StartBuildError {
    fn create_unhandled_error(source: BoxError, meta: Option<ErrorMetadata>) -> Self {
        Self::Unhandled(Unhandled::from_source(source, meta.unwrap_or_default()))
    }
}
