//! The errors inside a generated enum of errors.

use super::{ProvideErrorMetadata, ProvideFailureKind};
use std::error::Error;

/// The traits that every variant of a generated error has, so that the enum can ask whichever it holds.
pub trait ServiceException: Error + ProvideErrorMetadata + ProvideFailureKind {}

impl<T: Error + ProvideErrorMetadata + ProvideFailureKind> ServiceException for T {}
