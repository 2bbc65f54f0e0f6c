//! Unions: one value, of one of several members.

/// Defines a union of the model: the enum, its methods, its form in JSON, a `Debug` that hides what is sensitive.
///
/// It reads as a plain `enum`. The attribute of the union says which way it goes; that of a member has its name on the wire, the names of its
/// methods, whether it is `sensitive`, and how it is written (`write = http_date`) if its type does not say it.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    ($(#[doc = $doc:literal])* #[received] pub enum $name:ident { $($body:tt)* }) => {
        $crate::union!(@define [$($doc)*] $name $($body)*);
        $crate::union!(@read [] $name $($body)*);
        $crate::union!(@write [cfg(feature = "serde")] $name $($body)*);
    };
    ($(#[doc = $doc:literal])* #[sent] pub enum $name:ident { $($body:tt)* }) => {
        $crate::union!(@define [$($doc)*] $name $($body)*);
        $crate::union!(@read [cfg(feature = "serde")] $name $($body)*);
        $crate::union!(@write [] $name $($body)*);
    };
    ($(#[doc = $doc:literal])* #[sent_and_received] pub enum $name:ident { $($body:tt)* }) => {
        $crate::union!(@define [$($doc)*] $name $($body)*);
        $crate::union!(@read [] $name $($body)*);
        $crate::union!(@write [] $name $($body)*);
    };
    (
        @define [$($doc:literal)*] $name:ident
        $(
            $(#[doc = $about:literal])*
            #[member($wire:literal, $is:ident $(, $($more:tt)*)?)]
            $variant:ident $(($($type:tt)*))?,
        )*
    ) => {
        $(#[doc = $doc])*
        #[non_exhaustive]
        #[derive(Clone, PartialEq)]
        pub enum $name {
            $($(#[doc = $about])* $variant $(($($type)*))?,)*
            /// A member that this crate does not know. It cannot be sent.
            #[non_exhaustive]
            Unknown,
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $($crate::variant!(Self::$variant(value) $([$($type)*])?) =>
                        $crate::variant!(@debug f value $variant [$($($more)*)?] $([$($type)*])?),)*
                    Self::Unknown => f.write_str("Unknown"),
                }
            }
        }

        impl $name {
            $($crate::variant!(@methods $variant $is [$($($more)*)?] $([$($type)*])?);)*

            /// Whether this is a member that the crate does not know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
        }

        #[cfg(feature = "serde")]
        $crate::serde_as_json!($name);
    };
    (
        @read [$($condition:meta)?] $name:ident
        $(
            $(#[doc = $about:literal])*
            #[member($wire:literal, $($more:tt)*)]
            $variant:ident $(($($type:tt)*))?,
        )*
    ) => {
        $(#[$condition])?
        #[doc(hidden)]
        impl $crate::json::FromJson for $name {
            fn read_json(
                reader: &mut $crate::json::Reader<'_>,
            ) -> ::std::result::Result<::std::option::Option<Self>, $crate::json::Error> {
                if !reader.object()? {
                    return ::std::result::Result::Ok(::std::option::Option::None);
                }
                let mut value = Self::Unknown;
                while let ::std::option::Option::Some(key) = reader.key()? {
                    match key {
                        $($wire => $crate::variant!(@read reader value $variant $([$($type)*])?),)*
                        _ => reader.skip()?,
                    }
                }
                ::std::result::Result::Ok(::std::option::Option::Some(value))
            }
        }
    };
    (
        @write [$($condition:meta)?] $name:ident
        $(
            $(#[doc = $about:literal])*
            #[member($wire:literal, $is:ident $(, $($more:tt)*)?)]
            $variant:ident $(($($type:tt)*))?,
        )*
    ) => {
        $(#[$condition])?
        #[doc(hidden)]
        impl $crate::json::ToJson for $name {
            fn write_json(&self, writer: &mut $crate::json::Writer) {
                writer.begin_object();
                match self {
                    $($crate::variant!(Self::$variant(value) $([$($type)*])?) =>
                        $crate::variant!(@write writer value $wire [$($($more)*)?] $([$($type)*])?),)*
                    Self::Unknown => {}
                }
                writer.end_object();
            }
        }
    };
}

/// What a union does with one of its members, which has a value or is only a name.
#[doc(hidden)]
#[macro_export]
macro_rules! variant {
    (Self::$variant:ident($value:ident) [$($type:tt)*]) => {
        Self::$variant($value)
    };
    (Self::$variant:ident($value:ident)) => {
        Self::$variant
    };

    (@debug $f:ident $value:ident $variant:ident $more:tt) => {
        $f.write_str(stringify!($variant))
    };
    (@debug $f:ident $value:ident $variant:ident [$as:ident, sensitive $($more:tt)*] $type:tt) => {{
        let _ = $value;
        $f.debug_tuple(stringify!($variant)).field(&$crate::REDACTED).finish()
    }};
    (@debug $f:ident $value:ident $variant:ident $more:tt $type:tt) => {
        $f.debug_tuple(stringify!($variant)).field($value).finish()
    };

    (@methods $variant:ident $is:ident $more:tt) => {
        #[doc = concat!("Whether this is `", stringify!($variant), "`.")]
        #[inline]
        pub fn $is(&self) -> bool {
            matches!(self, Self::$variant)
        }
    };
    (@methods $variant:ident $is:ident $more:tt [std::boxed::Box<$($type:tt)*]) => {
        $crate::variant!(@methods $variant $is $more [Box<$($type)*]);
    };
    (@methods $variant:ident $is:ident [$as:ident $($more:tt)*] [Box<$type:ty $(,)?> $(,)?]) => {
        $crate::variant!(@methods $variant $is [$as] [$type]);
    };
    (@methods $variant:ident $is:ident [$as:ident $($more:tt)*] [$type:ty $(,)?]) => {
        #[doc = concat!("The value of `", stringify!($variant), "`.")]
        ///
        /// # Errors
        ///
        /// The union itself when it is another member.
        #[inline]
        pub fn $as(&self) -> ::std::result::Result<&$type, &Self> {
            match self {
                Self::$variant(value) => ::std::result::Result::Ok(value),
                _ => ::std::result::Result::Err(self),
            }
        }

        #[doc = concat!("Whether this is `", stringify!($variant), "`.")]
        #[inline]
        pub fn $is(&self) -> bool {
            matches!(self, Self::$variant(_))
        }
    };

    (@read $reader:ident $value:ident $variant:ident) => {
        if $reader.object()? {
            while $reader.key()?.is_some() {
                $reader.skip()?;
            }
            $value = Self::$variant;
        }
    };
    (@read $reader:ident $value:ident $variant:ident $type:tt) => {
        if let ::std::option::Option::Some(found) = $crate::json::FromJson::read_json($reader)? {
            $value = Self::$variant(found);
        }
    };

    (@write $writer:ident $value:ident $wire:literal $more:tt) => {{
        $writer.key($wire);
        $writer.begin_object();
        $writer.end_object();
    }};
    (@write $writer:ident $value:ident $wire:literal [$as:ident $(, sensitive)? $(, write = $($write:tt)+)?] $type:tt) => {{
        $crate::write_member!($writer $wire [$(write = $($write)+)?] always *$value);
    }};
}
