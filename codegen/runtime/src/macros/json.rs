//! The form of a structure in JSON.

/// Reads a structure from JSON, under a condition or in any case.
#[doc(hidden)]
#[macro_export]
macro_rules! read_json {
    ([] $name:ident $builder:ident $members:tt) => {};
    (
        [read [$($condition:meta)?]] $name:ident $builder:ident
        [$({ { $about:tt $member:ident ($wire:literal, $($more:tt)*) $($presence:ident)* } $type:tt $kind:tt })*]
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
                #[allow(unused_mut, reason = "nothing is put into a builder without members")]
                let mut builder = <$builder as ::std::default::Default>::default();
                while let ::std::option::Option::Some(key) = reader.key()? {
                    match key {
                        $($wire => builder.$member = $crate::json::FromJson::read_json(reader)?,)*
                        _ => reader.skip()?,
                    }
                }
                ::std::result::Result::Ok(::std::option::Option::Some(builder.build_lenient()))
            }
        }
    };
}

/// Writes a structure as JSON, under a condition or in any case.
#[doc(hidden)]
#[macro_export]
macro_rules! write_json {
    ([] $name:ident $members:tt) => {};
    (
        [write [$($condition:meta)?]] $name:ident
        [$({
            {
                $about:tt $member:ident ($wire:literal, $set:ident, $get:ident $(, $($more:tt)*)?)
                $(optional $optional:ident)? $(always $always:ident)?
            }
            $type:tt $kind:tt
        })*]
    ) => {
        $(#[$condition])?
        #[doc(hidden)]
        impl $crate::json::ToJson for $name {
            fn write_json(&self, writer: &mut $crate::json::Writer) {
                writer.begin_object();
                $($crate::write_member!(writer $wire [$($($more)*)?] $(optional self.$optional)? $(always self.$always)?);)*
                writer.end_object();
            }
        }
    };
}

/// Writes a member with its name, if it is there.
#[doc(hidden)]
#[macro_export]
macro_rules! write_member {
    ($writer:ident $wire:literal $more:tt optional $member:expr) => {
        if let ::std::option::Option::Some(value) = &$member {
            $crate::write_member!($writer $wire $more always *value);
        }
    };
    ($writer:ident $wire:literal [$(sensitive,)? $(default = $default:expr,)? write = $($write:tt)+] always $member:expr) => {
        $writer.key($wire);
        $crate::json::write_with($writer, &$member, $crate::written!($($write)+));
    };
    ($writer:ident $wire:literal $more:tt always $member:expr) => {
        $writer.key($wire);
        $crate::json::ToJson::write_json(&$member, $writer);
    };
}

/// How a value is written whose type does not say it: the form of its timestamps, and what they are the items of.
#[doc(hidden)]
#[macro_export]
macro_rules! written {
    (date_time) => {
        $crate::json::Writer::timestamp_date_time
    };
    (http_date) => {
        $crate::json::Writer::timestamp_http_date
    };
    (list($($item:tt)+)) => {
        $crate::json::list_of($crate::written!($($item)+))
    };
    (map($($item:tt)+)) => {
        $crate::json::map_of($crate::written!($($item)+))
    };
    // What may be null.
    (sparse($($item:tt)+)) => {
        $crate::json::sparse($crate::written!($($item)+))
    };
}
