//! Structures: one definition, from which all that a structure has is made.

/// Defines a structure of the model: the struct, its accessors, its builder, its form in JSON, a `Debug` that hides what is sensitive.
///
/// The definition reads as a plain `struct`, and says each thing once. What is not in it:
///
/// - the attribute of the structure says whether it is `received`, `sent` or both, or is an operation's `input` or `output` or an `error`,
///   and what its builder is called; `fallible`, that a builder may lack what the structure has to have;
/// - the attribute of a member has its name on the wire and the names of the builder's methods, since a macro cannot make names; then what
///   stands for it when it is absent (`default = ...`), how it is written (`write = list(http_date)`) and whether it is `sensitive`. A member
///   whose type is no `Option` and that has no default is one that the builder insists on.
///
/// The documentation of a member is that of its field, its accessor and its setters alike.
///
/// Types are told apart by how they are spelled: `Option`, `String`, `Vec`, `HashMap` and `Box` are the standard library's, also as
/// `std::string::String` and the like where a shape has taken the name.
#[doc(hidden)]
#[macro_export]
macro_rules! structure {
    ($(#[doc = $doc:literal])* #[received(builder = $builder:ident $(, $fallible:ident)?)] pub struct $name:ident { $($body:tt)* }) => {
        $crate::members!({ [$($doc)*] $name $builder [$($fallible)?] [] [read []] [write [cfg(feature = "serde")]] } [] $($body)*);
        #[cfg(feature = "serde")]
        $crate::serde_as_json!($name);
    };
    ($(#[doc = $doc:literal])* #[sent(builder = $builder:ident $(, $fallible:ident)?)] pub struct $name:ident { $($body:tt)* }) => {
        $crate::members!({ [$($doc)*] $name $builder [$($fallible)?] [] [read [cfg(feature = "serde")]] [write []] } [] $($body)*);
        #[cfg(feature = "serde")]
        $crate::serde_as_json!($name);
    };
    ($(#[doc = $doc:literal])* #[sent_and_received(builder = $builder:ident $(, $fallible:ident)?)] pub struct $name:ident { $($body:tt)* }) => {
        $crate::members!({ [$($doc)*] $name $builder [$($fallible)?] [] [read []] [write []] } [] $($body)*);
        #[cfg(feature = "serde")]
        $crate::serde_as_json!($name);
    };
    (
        $(#[doc = $doc:literal])*
        #[input(builder = $builder:ident)]
        #[call($operation:ty, $client:ty, $call:ident, $fluent:ident)]
        #[reply($output:ty, $error:ty)]
        pub struct $name:ident { $($body:tt)* }
    ) => {
        $crate::members!({
            [$($doc)*] $name $builder [input $fluent ($operation) ($client) $call ($output) ($error)] [] [read [cfg(feature = "serde")]] [write []]
        } [] $($body)*);
        #[cfg(feature = "serde")]
        $crate::serde_as_json!($name);
    };
    ($(#[doc = $doc:literal])* #[output(builder = $builder:ident $(, $fallible:ident)?)] pub struct $name:ident { $($body:tt)* }) => {
        $crate::members!({
            [$($doc)*] $name $builder [$($fallible)?] [_request_id (::std::option::Option<::std::string::String>)]
            [read []] [write [cfg(feature = "serde")]]
        } [] $($body)*);
        impl $crate::operation::RequestId for $name {
            fn request_id(&self) -> ::std::option::Option<&str> {
                self._request_id.as_deref()
            }
        }
        #[cfg(feature = "serde")]
        $crate::serde_as_json!($name);
    };
    ($(#[doc = $doc:literal])* #[error(builder = $builder:ident $(, $fallible:ident)?)] $(#[$way:ident])? pub struct $name:ident { $($body:tt)* }) => {
        $crate::structure!(@error { [$($doc)*] $name $builder [$($fallible)?] [meta ($crate::error::ErrorMetadata)] } $($way)? { $($body)* });
        impl $builder {
            /// What the reply said beside the error's members: its code, the request id.
            #[inline]
            pub fn meta(mut self, meta: $crate::error::ErrorMetadata) -> Self {
                self.meta = meta;
                self
            }
            /// Sets the metadata, or clears it with `None`.
            #[inline]
            pub fn set_meta(&mut self, meta: ::std::option::Option<$crate::error::ErrorMetadata>) -> &mut Self {
                self.meta = meta.unwrap_or_default();
                self
            }
        }
    };
    // An error that is a member of something goes its way; any other is read from a reply, if there is more to it than a message.
    (@error { $($shape:tt)* } { $($body:tt)* }) => {
        $crate::members!({ $($shape)* [] [] } [] $($body)*);
    };
    (@error { $($shape:tt)* } read { $($body:tt)* }) => {
        $crate::members!({ $($shape)* [read []] [] } [] $($body)*);
    };
    (@error { $($shape:tt)* } received { $($body:tt)* }) => {
        $crate::members!({ $($shape)* [read []] [write [cfg(feature = "serde")]] } [] $($body)*);
    };
    (@error { $($shape:tt)* } sent { $($body:tt)* }) => {
        $crate::members!({ $($shape)* [read [cfg(feature = "serde")]] [write []] } [] $($body)*);
    };
    (@error { $($shape:tt)* } sent_and_received { $($body:tt)* }) => {
        $crate::members!({ $($shape)* [read []] [write []] } [] $($body)*);
    };
}

/// Brings the members of a structure into one form, one after the other: what is said of the member, its type without `Option`, and what
/// kind of value it is. Then has the structure defined by them.
///
/// A type that is broken over lines has commas before what closes it, and the first of them ends the member: what is left of the type comes
/// before the next one.
#[doc(hidden)]
#[macro_export]
macro_rules! members {
    ($shape:tt [$($done:tt)*] $(>,)*) => {
        $crate::define!($shape [$($done)*]);
    };
    ($shape:tt $done:tt $(>,)* $(#[doc = $doc:literal])* #[member $names:tt] pub $name:ident: Option<$($rest:tt)*) => {
        $crate::member!($shape $done { [$($doc)*] $name $names optional $name } $($rest)*);
    };
    ($shape:tt $done:tt $(>,)* $(#[doc = $doc:literal])* #[member $names:tt] pub $name:ident: std::option::Option<$($rest:tt)*) => {
        $crate::member!($shape $done { [$($doc)*] $name $names optional $name } $($rest)*);
    };
    ($shape:tt $done:tt $(>,)* $(#[doc = $doc:literal])* #[member $names:tt] pub $name:ident: $($rest:tt)*) => {
        $crate::member!($shape $done { [$($doc)*] $name $names always $name } $($rest)*);
    };
}

/// One member, at its type behind `Option<`. What closes the type may be one token or several.
#[doc(hidden)]
#[macro_export]
macro_rules! member {
    ($shape:tt [$($done:tt)*] $said:tt String $(>)?, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* { $said (::std::string::String) (text) }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt Vec<String $(>>)? $(>)*, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* { $said (::std::vec::Vec<::std::string::String>) (list (text)) }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt HashMap<String, String $(>>)? $(>)*, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* {
            $said (::std::collections::HashMap<::std::string::String, ::std::string::String>) (map (text) (text))
        }] $($rest)*);
    };
    // Where a shape has the name of a type of the standard library.
    ($shape:tt $done:tt $said:tt std::$module:ident::$known:ident $($rest:tt)*) => {
        $crate::member!($shape $done $said $known $($rest)*);
    };
    ($shape:tt $done:tt $said:tt Vec<std::$module:ident::$known:ident $($rest:tt)*) => {
        $crate::member!($shape $done $said Vec<$known $($rest)*);
    };
    ($shape:tt $done:tt $said:tt HashMap<std::$module:ident::$known:ident $($rest:tt)*) => {
        $crate::member!($shape $done $said HashMap<$known $($rest)*);
    };
    ($shape:tt $done:tt $said:tt HashMap<String, std::string::String $($rest:tt)*) => {
        $crate::member!($shape $done $said HashMap<String, String $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt Vec<$item:ty $(>>)? $(>)*, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* { $said (::std::vec::Vec<$item>) (list ($item)) }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt HashMap<String, $value:ty $(>>)? $(>)*, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* {
            $said (::std::collections::HashMap<::std::string::String, $value>) (map (text) ($value))
        }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt HashMap<$key:ty, String $(>>)? $(>)*, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* {
            $said (::std::collections::HashMap<$key, ::std::string::String>) (map ($key) (text))
        }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt HashMap<$key:ty, $value:ty $(>>)? $(>)*, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* { $said (::std::collections::HashMap<$key, $value>) (map ($key) ($value)) }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt Box<$inner:ty $(>>)? $(>)*, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* { $said (::std::boxed::Box<$inner>) (boxed ($inner)) }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt $word:ident $(>)?, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* { $said ($word) (word $word) }] $($rest)*);
    };
    ($shape:tt [$($done:tt)*] $said:tt $value:ty $(>)?, $($rest:tt)*) => {
        $crate::members!($shape [$($done)* { $said ($value) (value) }] $($rest)*);
    };
}

/// Defines a structure by its members in one form.
#[doc(hidden)]
#[macro_export]
macro_rules! define {
    ({ $doc:tt $name:ident $builder:ident $build:tt $extra:tt $read:tt $write:tt } $members:tt) => {
        $crate::define_types!($doc $name $builder $build $extra $members);
        $crate::read_json!($read $name $builder $members);
        $crate::write_json!($write $name $members);
        $crate::fluent_builder!($build $name $builder $members);
    };
}

/// The structure and its builder.
#[doc(hidden)]
#[macro_export]
macro_rules! define_types {
    (
        [$($doc:literal)*] $name:ident $builder:ident $build:tt [$($extra:ident ($extra_type:ty))?]
        [$({
            {
                [$($about:literal)*] $member:ident ($wire:literal, $set:ident, $get:ident $(, $($more:tt)*)?)
                $(optional $optional:ident)? $(always $always:ident)?
            }
            ($type:ty) $kind:tt
        })*]
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[doc = $about])*
                $(pub $optional: ::std::option::Option<$type>)? $(pub $always: $type)?,
            )*
            $(pub(crate) $extra: $extra_type,)?
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::macros::fmt_structure(f, stringify!($name), &[
                    $((stringify!($member), $crate::shown!([$($($more)*)?] $(optional self.$optional.as_ref())? $(always self.$always)?)),)*
                    $((stringify!($extra), &self.$extra),)?
                ])
            }
        }

        impl $name {
            /// Starts an empty builder.
            #[inline]
            pub fn builder() -> $builder {
                ::std::default::Default::default()
            }
            $($crate::accessor!([$($about)*] $member ($type) $kind $([$optional])?);)*
        }

        #[doc = concat!("A builder of [`", stringify!($name), "`](struct@", stringify!($name), ").")]
        #[derive(Clone, Default, PartialEq)]
        #[non_exhaustive]
        pub struct $builder {
            $(pub(crate) $member: ::std::option::Option<$type>,)*
            $($extra: $extra_type,)?
        }

        impl ::std::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::macros::fmt_structure(f, stringify!($builder), &[
                    $((stringify!($member), $crate::shown!([$($($more)*)?] optional self.$member.as_ref())),)*
                    $((stringify!($extra), &self.$extra),)?
                ])
            }
        }

        impl $builder {
            $($crate::setters!([$($about)*] $member ($type) $kind $set $get);)*
            $crate::build!($build $name [$({ [$($($more)*)?] $($always)? })*]);

            /// Builds what has been read: what was left out is empty, since one odd value must not cost the rest.
            #[inline]
            pub(crate) fn build_lenient(self) -> $name {
                $name {
                    $($member: $crate::built!([$($($more)*)?] $(optional self.$optional)? $(always self.$always)?),)*
                    $($extra: self.$extra,)?
                }
            }
        }
    };
}

/// What `Debug` shows of a member, by its options.
#[doc(hidden)]
#[macro_export]
macro_rules! shown {
    ([sensitive $($more:tt)*] always $value:expr) => {
        &$crate::REDACTED
    };
    ([sensitive $($more:tt)*] optional $value:expr) => {
        &$value.map(|_| $crate::REDACTED)
    };
    ($more:tt $presence:ident $value:expr) => {
        &$value
    };
}
