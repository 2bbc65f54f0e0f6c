//! The error of an enum's `try_parse`.

use std::fmt;

/// A text is not a value of an enum in this version of the model.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct UnknownVariantError {
    value: String,
}

impl UnknownVariantError {
    /// The error for a text. For generated code.
    #[doc(hidden)]
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into() }
    }
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: {:?}", self.value)
    }
}

impl std::error::Error for UnknownVariantError {}
