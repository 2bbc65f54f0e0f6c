//! Unhandled errors.

use super::line::{self, STATUS};
use super::{BoxError, BuildError, ErrorMetadata, FailureKind, ProvideErrorMetadata, ProvideFailureKind};
use std::error::Error;
use std::fmt;

/// The content of the variant `Unhandled` of every generated error: an error that the model does not have, or a failure without a service's
/// error.
///
/// It is opaque, since a code that is unknown today may get a variant of its own. The error itself returns its code.
#[derive(Debug)]
pub struct Unhandled {
    source: Option<BoxError>,
    meta: ErrorMetadata,
}

impl Unhandled {
    /// An error with a source. For generated code.
    #[doc(hidden)]
    pub fn from_source(source: BoxError, meta: ErrorMetadata) -> Self {
        Self { source: Some(source), meta }
    }

    /// An error with metadata only. For generated code.
    #[doc(hidden)]
    pub fn from_metadata(meta: ErrorMetadata) -> Self {
        Self { source: None, meta }
    }
}

/// Displays as the line of the service's error or, without a reply, of the source.
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
