//! The errors that a model does not have.

use super::line::{self, STATUS};
use super::{BoxError, BuildError, ErrorMetadata, FailureKind, ProvideErrorMetadata, ProvideFailureKind};
use std::error::Error;
use std::fmt;

/// What the variant `Unhandled` of every generated error holds: an error that the model does not have, or a failure that is none of the
/// service's.
///
/// Opaque on purpose: a code that is unknown today may have a variant of its own tomorrow. Ask the error for its code instead.
#[derive(Debug)]
pub struct Unhandled {
    source: Option<BoxError>,
    meta: ErrorMetadata,
}

impl Unhandled {
    /// A failure with another one below it. For generated code.
    #[doc(hidden)]
    pub fn from_source(source: BoxError, meta: ErrorMetadata) -> Self {
        Self { source: Some(source), meta }
    }

    /// An error of which no more is known than this. For generated code.
    #[doc(hidden)]
    pub fn from_metadata(meta: ErrorMetadata) -> Self {
        Self { source: None, meta }
    }
}

/// The line of the service's error, or of the failure below when there is no reply behind this.
impl fmt::Display for Unhandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.source {
            Some(source) if self.meta.extra(STATUS).is_none() => source.fmt(f),
            _ => line::fmt_error(f, &self.meta),
        }
    }
}

impl Error for Unhandled {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl ProvideErrorMetadata for Unhandled {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl ProvideFailureKind for Unhandled {
    fn failure_kind(&self) -> FailureKind {
        match &self.source {
            Some(source) if source.is::<BuildError>() => FailureKind::Construction,
            _ => self.meta.failure_kind(),
        }
    }
}
