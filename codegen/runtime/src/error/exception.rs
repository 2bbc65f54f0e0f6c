//! The errors in the variants of a generated error enum.

use super::{ProvideErrorMetadata, ProvideFailureKind};
use std::error::Error;

/// The traits of the errors in all variants of a generated error enum, to which the enum forwards.
pub trait ServiceException: Error + ProvideErrorMetadata + ProvideFailureKind {}

impl<T: Error + ProvideErrorMetadata + ProvideFailureKind> ServiceException for T {}
