//! Enums whose values are text.

/// Defines an enum of the model: the enum, its values as text and back, its forms in JSON and for serde. It reads as a plain `enum` whose
/// variants are text; `sensitive`, nothing prints the value but `as_str` and `as_ref`.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $about:literal])* $variant:ident = $value:literal,)* }) => {
        $crate::string_enum!(@define [$($doc)*] [derive(Debug)] $name { $($(#[doc = $about])* $variant = $value,)* });
        $crate::string_enum!(@parse $name, |value| value);
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    (
        $(#[doc = $doc:literal])*
        #[sensitive]
        pub enum $name:ident { $($(#[doc = $about:literal])* $variant:ident = $value:literal,)* }
    ) => {
        $crate::string_enum!(@define [$($doc)*] [] $name { $($(#[doc = $about])* $variant = $value,)* });
        $crate::string_enum!(@parse $name, |_value| $crate::REDACTED);
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
    (
        @define [$($doc:literal)*] [$($derive:meta)?] $name:ident
        { $($(#[doc = $about:literal])* $variant:ident = $value:literal,)* }
    ) => {
        $(#[doc = $doc])*
        #[non_exhaustive]
        $(#[$derive])?
        #[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum $name {
            $($(#[doc = $about])* $variant,)*
            /// A value that this crate does not name, as it came; [`as_str`](Self::as_str) gives its text.
            Unknown($crate::primitives::sealed_enum_unknown::UnknownVariantValue),
        }

        impl $name {
            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }

            /// All values that this crate names.
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown($crate::primitives::sealed_enum_unknown::UnknownVariantValue::new(other)),
                }
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(<Self as ::std::convert::From<&str>>::from(value))
            }
        }

        #[doc(hidden)]
        impl $crate::json::FromJson for $name {
            #[inline]
            fn read_json(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::std::result::Result<::std::option::Option<Self>, $crate::json::Error> {
                ::std::result::Result::Ok(reader.str()?.map(<Self as ::std::convert::From<&str>>::from))
            }
        }

        #[doc(hidden)]
        impl $crate::json::ToJson for $name {
            #[inline]
            fn write_json(&self, writer: &mut $crate::json::Writer) {
                writer.string(self.as_str());
            }
        }

        #[doc(hidden)]
        impl $crate::json::Absent for $name {
            #[inline]
            fn absent() -> Self {
                <Self as ::std::convert::From<&str>>::from("")
            }
        }

        #[cfg(feature = "serde")]
        $crate::serde_as_text!($name);
    };
    (@parse $name:ident, |$value:ident| $shown:expr) => {
        impl $name {
            /// Takes a value that this crate names.
            ///
            /// # Errors
            ///
            /// When the value is another one; `From<&str>` takes that too.
            pub fn try_parse(value: &str) -> ::std::result::Result<Self, $crate::error::UnknownVariantError> {
                match <Self as ::std::convert::From<&str>>::from(value) {
                    Self::Unknown(_) => {
                        let $value = value;
                        ::std::result::Result::Err($crate::error::UnknownVariantError::new($shown))
                    }
                    known => ::std::result::Result::Ok(known),
                }
            }
        }
    };
}
