//! Implementations that are the same for every generated type of a kind. As macros they are written once, here, and cost the generated crate
//! a line each. Paths are absolute, since a model may name a shape `Option`.

/// Text in and out of an enum that has `as_str` and `From<&str>`. With `sensitive`, nothing prints the value but `as_str` and `as_ref`.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    (sensitive $name:ident) => {
        $crate::string_enum!(@text $name);
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::REDACTED)
            }
        }
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::REDACTED)
            }
        }
    };
    (@text $name:ident) => {
        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;
            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(<Self as ::std::convert::From<&str>>::from(value))
            }
        }
    };
    ($name:ident) => {
        $crate::string_enum!(@text $name);
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// serde's traits for an enum, which is text in every format.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_as_text {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::string::String as $crate::serde::Deserialize>::deserialize(deserializer)?;
                ::std::result::Result::Ok(<Self as ::std::convert::From<&str>>::from(&text))
            }
        }
    };
}

/// serde's traits for a structure or a union that has `read_json` and `write_json`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_as_json {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::json::serialize(serializer, |writer| self.write_json(writer))
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::json::deserialize(deserializer, Self::read_json)
            }
        }
    };
}

/// The traits of an error structure that has the fields `message` and `meta`; `$code` is what it is called when the metadata has no code.
/// With `sensitive`, the message does not print.
#[doc(hidden)]
#[macro_export]
macro_rules! exception {
    (sensitive $name:ident, $code:literal) => {
        $crate::exception!(@traits $name, $code, |error| error.message.as_ref().map(|_| $crate::REDACTED));
    };
    ($name:ident, $code:literal) => {
        $crate::exception!(@traits $name, $code, |error| error.message.as_deref());
    };
    (@traits $name:ident, $code:literal, |$error:ident| $message:expr) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let $error = self;
                $crate::error::fmt_exception(f, $code, $message, &self.meta)
            }
        }
        impl ::std::error::Error for $name {}
        impl $crate::error::ProvideErrorMetadata for $name {
            fn meta(&self) -> &$crate::error::ErrorMetadata {
                &self.meta
            }
        }
        impl $crate::error::ProvideFailureKind for $name {
            fn failure_kind(&self) -> $crate::error::FailureKind {
                $crate::error::exception_kind($code, &self.meta)
            }
        }
        impl $crate::operation::RequestId for $name {
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::operation::RequestId::request_id(&self.meta)
            }
        }
    };
}

/// What the errors of an operation and of a crate share: an enum whose variants each hold one error, and `Unhandled`.
#[doc(hidden)]
#[macro_export]
macro_rules! crate_error {
    ($name:ident { $($variant:ident),* }) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::std::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(error) => ::std::fmt::Display::fmt(error, f),
                }
            }
        }
        impl ::std::error::Error for $name {
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::std::error::Error::source(error),)*
                    Self::Unhandled(error) => ::std::error::Error::source(error),
                }
            }
        }
        impl $crate::error::ProvideErrorMetadata for $name {
            fn meta(&self) -> &$crate::error::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => $crate::error::ProvideErrorMetadata::meta(error),)*
                    Self::Unhandled(error) => $crate::error::ProvideErrorMetadata::meta(error),
                }
            }
        }
        impl $crate::error::ProvideFailureKind for $name {
            fn failure_kind(&self) -> $crate::error::FailureKind {
                match self {
                    $(Self::$variant(error) => $crate::error::ProvideFailureKind::failure_kind(error),)*
                    Self::Unhandled(error) => $crate::error::ProvideFailureKind::failure_kind(error),
                }
            }
        }
        impl $crate::operation::RequestId for $name {
            fn request_id(&self) -> ::std::option::Option<&str> {
                $crate::operation::RequestId::request_id($crate::error::ProvideErrorMetadata::meta(self))
            }
        }
    };
}

/// What only an operation's error has.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_error {
    ($name:ident { $($variant:ident),* }) => {
        $crate::crate_error!($name { $($variant),* });
        impl $name {
            /// Wraps an error that the model does not name.
            pub fn unhandled(error: impl ::std::convert::Into<$crate::error::BoxError>) -> Self {
                Self::Unhandled($crate::error::sealed_unhandled::Unhandled::from_source(error.into(), ::std::default::Default::default()))
            }
            /// An error of which only the code and the message are known.
            pub fn generic(meta: $crate::error::ErrorMetadata) -> Self {
                Self::Unhandled($crate::error::sealed_unhandled::Unhandled::from_metadata(meta))
            }
            /// What the reply said beside the error's members: its code, its message, the request id.
            pub fn meta(&self) -> &$crate::error::ErrorMetadata {
                $crate::error::ProvideErrorMetadata::meta(self)
            }
        }
        impl $crate::error::CreateUnhandledError for $name {
            fn create_unhandled_error(
                source: $crate::error::BoxError,
                meta: ::std::option::Option<$crate::error::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled($crate::error::sealed_unhandled::Unhandled::from_source(source, meta.unwrap_or_default()))
            }
        }
        impl $crate::error::ProvideErrorKind for $name {
            fn code(&self) -> ::std::option::Option<&str> {
                $crate::error::ProvideErrorMetadata::code(self)
            }
            fn retryable_error_kind(&self) -> ::std::option::Option<$crate::error::ErrorKind> {
                $crate::error::ProvideFailureKind::failure_kind(self).retryable()
            }
        }
    };
}

/// What only a crate's error has: that a builder's error and those of the crate's operations turn into it.
#[doc(hidden)]
#[macro_export]
macro_rules! crate_error_from {
    ($name:ident) => {
        impl ::std::convert::From<$crate::error::BuildError> for $name {
            fn from(error: $crate::error::BuildError) -> Self {
                Self::Unhandled($crate::error::sealed_unhandled::Unhandled::from_source(error.into(), ::std::default::Default::default()))
            }
        }
    };
    ($name:ident, $operation:path { $($variant:ident),* }) => {
        impl ::std::convert::From<$operation> for $name {
            fn from(error: $operation) -> Self {
                type Operation = $operation;
                match error {
                    $(Operation::$variant(error) => Self::$variant(error),)*
                    Operation::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
        impl<R> ::std::convert::From<$crate::error::SdkError<$operation, R>> for $name
        where
            R: ::std::marker::Send + ::std::marker::Sync + ::std::fmt::Debug + 'static,
        {
            fn from(error: $crate::error::SdkError<$operation, R>) -> Self {
                ::std::convert::From::from(error.into_service_error())
            }
        }
    };
}
