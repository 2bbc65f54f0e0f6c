//! Types that models share: timestamps, blobs, documents, and unknown values of enums.

pub use aws_smithy_types::date_time::Format as DateTimeFormat;
pub use aws_smithy_types::{Blob, DateTime, Document};

/// Unknown values of enums. They are opaque: a value that is unknown today may get a variant of its own, and code that matched on its text would
/// silently stop matching.
pub mod sealed_enum_unknown {
    use std::fmt;

    /// The text of an enum value that the model does not have. It survives a round trip. The enum's own `as_str` returns it.
    #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[non_exhaustive]
    pub struct UnknownVariantValue(String);

    impl UnknownVariantValue {
        /// Wraps the text of a value. For generated code.
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
