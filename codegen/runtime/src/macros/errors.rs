//! Errors: those of a model, of an operation and of a crate.

/// What an error structure has beside its members: `$code` is what it is called when the metadata has no code. `$read` says what is read of it
/// in a reply: the `message` alone, all `members`, or `nothing` where no operation fails with it. With `sensitive`, the message does not print.
#[doc(hidden)]
#[macro_export]
macro_rules! exception {
    (sensitive $name:ident, $code:literal, $read:ident) => {
        $crate::exception!(@traits $name, $code, |error| error.message.as_ref().map(|_| $crate::REDACTED));
        $crate::exception!(@$read $name, |reply| reply.metadata_without_message());
    };
    ($name:ident, $code:literal, $read:ident) => {
        $crate::exception!(@traits $name, $code, |error| error.message.as_deref());
        $crate::exception!(@$read $name, |reply| reply.metadata());
    };
    (@nothing $name:ident, |$reply:ident| $meta:expr) => {};
    (@message $name:ident, |$reply:ident| $meta:expr) => {
        impl $name {
            /// Reads the error from a reply.
            pub(crate) fn from_reply($reply: &$crate::error::ErrorReply<'_>) -> Self {
                Self { message: $reply.message().map(::std::convert::Into::into), meta: $meta }
            }
        }
    };
    (@members $name:ident, |$reply:ident| $meta:expr) => {
        impl $name {
            /// Reads the error from a reply. What cannot be read is left empty: the code and the message are what counts.
            pub(crate) fn from_reply($reply: &$crate::error::ErrorReply<'_>) -> Self {
                let decoded = $reply.reader().and_then(|mut reader| <Self as $crate::json::FromJson>::read_json(&mut reader)).ok().flatten();
                let decoded = decoded.unwrap_or_else(|| Self::builder().build_lenient());
                Self { message: $reply.message().map(::std::convert::Into::into), meta: $meta, ..decoded }
            }
        }
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

/// Defines an enum of errors, an operation's or a crate's: each variant holds one error of the model, and `Unhandled` any other.
#[doc(hidden)]
#[macro_export]
macro_rules! crate_error {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $about:literal])* $variant:ident($error:ty $(,)?),)* }) => {
        $(#[doc = $doc])*
        #[non_exhaustive]
        #[derive(Debug)]
        pub enum $name {
            $($(#[doc = $about])* $variant($error),)*
            /// Any other error: one that the model does not name, such as throttling. Its code and message are in its metadata.
            Unhandled($crate::error::sealed_unhandled::Unhandled),
        }

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

/// Defines an operation's error. The attribute of a variant has the error's code and the name of the method that tells it.
#[doc(hidden)]
#[macro_export]
macro_rules! operation_error {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident { $($(#[doc = $about:literal])* #[code($code:literal, $is:ident)] $variant:ident($error:ty $(,)?),)* }
    ) => {
        $crate::crate_error!($(#[doc = $doc])* pub enum $name { $($(#[doc = $about])* $variant($error),)* });
        impl $name {
            $(
                #[doc = concat!("Whether this is [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                pub fn $is(&self) -> bool {
                    matches!(self, Self::$variant(_))
                }
            )*
            /// Makes the error that a reply with an error status means.
            pub(crate) fn from_reply(reply: &$crate::error::ErrorReply<'_>) -> Self {
                match reply.code() {
                    $(::std::option::Option::Some($code) => Self::$variant(<$error>::from_reply(reply)),)*
                    _ => Self::generic(reply.metadata()),
                }
            }
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
