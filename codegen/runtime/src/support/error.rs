//! The traits of generated error enums. A macro forwards each of them to the inner error.

/// Implements the traits of an error enum by forwarding to its `inner()`, a `&dyn ServiceException`.
#[doc(hidden)]
#[macro_export]
macro_rules! forward_error_traits {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self.inner(), f)
            }
        }
        impl ::std::error::Error for $name {
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                ::std::error::Error::source(self.inner())
            }
        }
        impl $crate::error::ProvideErrorMetadata for $name {
            fn meta(&self) -> &$crate::error::ErrorMetadata {
                $crate::error::ProvideErrorMetadata::meta(self.inner())
            }
        }
        impl $crate::error::ProvideFailureKind for $name {
            fn failure_kind(&self) -> $crate::error::FailureKind {
                $crate::error::ProvideFailureKind::failure_kind(self.inner())
            }
        }
        impl $crate::support::operation::RequestId for $name {
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::support::operation::RequestId::request_id($crate::error::ProvideErrorMetadata::meta(self.inner()))
            }
        }
    };
}
