//! Types that models share: timestamps, blobs, documents, and values of enums that this version of a model does not know.

pub use aws_smithy_types::date_time::Format as DateTimeFormat;
pub use aws_smithy_types::{Blob, DateTime, Document};

/// Opaque on purpose: a value that is unknown today may be a variant of its own tomorrow, and code that matched on its text would then
/// stop to match without a word.
pub mod sealed_enum_unknown {
    use std::fmt;

    /// The text of an enum's value that the model does not know. It survives a round trip; read it with the enum's own `as_str`.
    #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[non_exhaustive]
    pub struct UnknownVariantValue(String);

    impl UnknownVariantValue {
        /// Keeps the text of a value. For generated code.
        #[doc(hidden)]
        pub fn new(value: impl Into<String>) -> Self {
            Self(value.into())
        }

        /// The text. For generated code.
        #[doc(hidden)]
        pub fn as_str(&self) -> &str {
            &self.0
        }
    }

    impl fmt::Display for UnknownVariantValue {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.0)
        }
    }
}
