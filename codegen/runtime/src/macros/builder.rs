//! What a builder has: its methods for the members, and how it makes the structure.

/// A builder's methods for a member: one that takes what a caller has at hand, one that takes what the structure holds, one that shows it.
#[doc(hidden)]
#[macro_export]
macro_rules! setters {
    ([$($doc:literal)*] $name:ident ($type:ty) $kind:tt $set:ident $get:ident) => {
        $crate::setter!([$($doc)*] $name ($type) $kind);

        $(#[doc = $doc])*
        ///
        /// This takes the whole value; `None` clears it.
        #[inline]
        pub fn $set(mut self, input: ::std::option::Option<$type>) -> Self {
            self.$name = input;
            self
        }

        $(#[doc = $doc])*
        ///
        /// This is what has been set so far.
        #[inline]
        pub fn $get(&self) -> &::std::option::Option<$type> {
            &self.$name
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    ([$($doc:literal)*] $name:ident $type:tt (list $item:tt)) => {
        $(#[doc = $doc])*
        ///
        /// This adds an item, and may be called again for more.
        #[inline]
        pub fn $name(mut self, input: $crate::taken!($item)) -> Self {
            self.$name.get_or_insert_default().push($crate::converted!($item input));
            self
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (map $key:tt $value:tt)) => {
        $(#[doc = $doc])*
        ///
        /// This adds an entry, and may be called again for more.
        #[inline]
        pub fn $name(mut self, key: $crate::taken!($key), value: $crate::taken!($value)) -> Self {
            self.$name.get_or_insert_default().insert($crate::converted!($key key), $crate::converted!($value value));
            self
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (boxed ($inner:ty))) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(mut self, input: $inner) -> Self {
            self.$name = ::std::option::Option::Some(::std::boxed::Box::new(input));
            self
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (text)) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(mut self, input: $crate::taken!((text))) -> Self {
            self.$name = ::std::option::Option::Some(input.into());
            self
        }
    };
    ([$($doc:literal)*] $name:ident ($type:ty) $kind:tt) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(mut self, input: $type) -> Self {
            self.$name = ::std::option::Option::Some(input);
            self
        }
    };
}

/// The type of a setter's parameter: whatever turns into text, or the type itself.
#[doc(hidden)]
#[macro_export]
macro_rules! taken {
    ((text)) => {
        impl ::std::convert::Into<::std::string::String>
    };
    (($type:ty)) => {
        $type
    };
}

/// The value of a setter's parameter.
#[doc(hidden)]
#[macro_export]
macro_rules! converted {
    ((text) $input:ident) => {
        ::std::convert::Into::into($input)
    };
    ($type:tt $input:ident) => {
        $input
    };
}

/// The builder's `build`.
#[doc(hidden)]
#[macro_export]
macro_rules! build {
    ([] $name:ident $members:tt) => {
        /// Builds the structure.
        #[inline]
        pub fn build(self) -> $name {
            self.build_lenient()
        }
    };
    ([fallible] $name:ident [$({ $more:tt $($always:ident)? })*]) => {
        /// Builds the structure.
        ///
        /// # Errors
        ///
        /// When a member has not been set that is no `Option` and has no default.
        pub fn build(self) -> ::std::result::Result<$name, $crate::error::BuildError> {
            $($($crate::require!($name $more self.$always);)?)*
            ::std::result::Result::Ok(self.build_lenient())
        }
    };
    ([input $($call:tt)*] $name:ident $members:tt) => {
        /// Builds the input.
        ///
        /// # Errors
        ///
        /// None today: what is missing is found when the input is sent.
        #[inline]
        pub fn build(self) -> ::std::result::Result<$name, $crate::error::BuildError> {
            ::std::result::Result::Ok(self.build_lenient())
        }
    };
}

/// Ends a builder's `build` when a member has not been set and has no default.
#[doc(hidden)]
#[macro_export]
macro_rules! require {
    ($name:ident [$(sensitive,)? default $($more:tt)*] $this:ident.$member:ident) => {};
    ($name:ident $more:tt $this:ident.$member:ident) => {
        if $this.$member.is_none() {
            return ::std::result::Result::Err($crate::macros::missing_field(
                stringify!($member),
                concat!(stringify!($name), " requires it"),
            ));
        }
    };
}

/// A member of the structure from the builder's, by its options.
#[doc(hidden)]
#[macro_export]
macro_rules! built {
    ($more:tt optional $value:expr) => {
        $value
    };
    ([$(sensitive,)? default = $default:expr $(, write = $($write:tt)+)?] always $value:expr) => {
        $value.unwrap_or_else(|| $default)
    };
    ($more:tt always $value:expr) => {
        $value.unwrap_or_else($crate::json::Absent::absent)
    };
}
