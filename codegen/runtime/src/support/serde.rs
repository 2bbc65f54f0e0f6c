//! serde's traits for generated types. Macros forward them to the same functions for every type.

/// Implements serde's traits for an enum, as its text.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_as_text {
    ($type:ty) => {
        impl $crate::support::serde_core::Serialize for $type {
            fn serialize<S: $crate::support::serde_core::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> $crate::support::serde_core::Deserialize<'de> for $type {
            fn deserialize<D: $crate::support::serde_core::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let text = <::std::string::String as $crate::support::serde_core::Deserialize>::deserialize(deserializer)?;
                ::std::result::Result::Ok(<Self as ::std::convert::From<&str>>::from(&text))
            }
        }
    };
}

/// Implements serde's traits for a structure or a union with the functions that read and write it as JSON.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_as_json {
    ($type:ty, $read:ident, $write:ident) => {
        impl $crate::support::serde_core::Serialize for $type {
            fn serialize<S: $crate::support::serde_core::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::support::json::serialize(serializer, |writer| $write(writer, self))
            }
        }
        impl<'de> $crate::support::serde_core::Deserialize<'de> for $type {
            fn deserialize<D: $crate::support::serde_core::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::support::json::deserialize(deserializer, $read)
            }
        }
    };
}
