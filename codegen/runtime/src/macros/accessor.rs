//! The accessors of a structure.

/// The accessor of a member, by the kind of its value, and whether that may be absent.
#[doc(hidden)]
#[macro_export]
macro_rules! accessor {
    ([$($doc:literal)*] $name:ident $type:tt (text) [$optional:ident]) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<&str> {
            self.$name.as_deref()
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (text)) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> &str {
            &self.$name
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (list (text)) $($optional:tt)?) => {
        $crate::accessor!([$($doc)*] $name $type (list (::std::string::String)) $($optional)?);
    };
    ([$($doc:literal)*] $name:ident $type:tt (list ($item:ty)) [$optional:ident]) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> &[$item] {
            self.$name.as_deref().unwrap_or_default()
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (list ($item:ty))) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> &[$item] {
            &self.$name
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (boxed ($inner:ty)) [$optional:ident]) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<&$inner> {
            self.$name.as_deref()
        }
    };
    ($doc:tt $name:ident $type:tt (word bool) $($optional:tt)?) => { $crate::accessor!($doc $name $type (copy) $($optional)?); };
    ($doc:tt $name:ident $type:tt (word i8) $($optional:tt)?) => { $crate::accessor!($doc $name $type (copy) $($optional)?); };
    ($doc:tt $name:ident $type:tt (word i16) $($optional:tt)?) => { $crate::accessor!($doc $name $type (copy) $($optional)?); };
    ($doc:tt $name:ident $type:tt (word i32) $($optional:tt)?) => { $crate::accessor!($doc $name $type (copy) $($optional)?); };
    ($doc:tt $name:ident $type:tt (word i64) $($optional:tt)?) => { $crate::accessor!($doc $name $type (copy) $($optional)?); };
    ($doc:tt $name:ident $type:tt (word f32) $($optional:tt)?) => { $crate::accessor!($doc $name $type (copy) $($optional)?); };
    ($doc:tt $name:ident $type:tt (word f64) $($optional:tt)?) => { $crate::accessor!($doc $name $type (copy) $($optional)?); };
    ([$($doc:literal)*] $name:ident ($type:ty) (copy) [$optional:ident]) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<$type> {
            self.$name
        }
    };
    ([$($doc:literal)*] $name:ident ($type:ty) (copy)) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> $type {
            self.$name
        }
    };
    ([$($doc:literal)*] $name:ident ($type:ty) $kind:tt [$optional:ident]) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> ::std::option::Option<&$type> {
            self.$name.as_ref()
        }
    };
    ([$($doc:literal)*] $name:ident ($type:ty) $kind:tt) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(&self) -> &$type {
            &self.$name
        }
    };
}
