//! The methods of a member: its accessor, and the builders'.

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

/// The fluent builder of an operation, which holds an input and sends it. Other structures have none.
#[doc(hidden)]
#[macro_export]
macro_rules! fluent_builder {
    (
        [input $fluent:ident ($operation:ty) ($client:ty) $call:ident ($output:ty) ($error:ty)] $name:ident $builder:ident
        [$({
            { [$($about:literal)*] $member:ident ($wire:literal, $set:ident, $get:ident $(, $($more:tt)*)?) $($presence:ident)* }
            ($type:ty) $kind:tt
        })*]
    ) => {
        #[doc = concat!("A call of [`", stringify!($operation), "`]: set its input, then [`send`](Self::send) it.")]
        #[derive(Clone, Debug)]
        pub struct $fluent {
            pub(crate) handle: $crate::client::Handle,
            pub(crate) inner: $builder,
        }

        impl $fluent {
            /// The input as it has been set so far.
            #[inline]
            pub fn as_input(&self) -> &$builder {
                &self.inner
            }

            /// Sends the request and waits for the reply.
            ///
            /// # Errors
            ///
            /// The error says in one line what happened; `into_service_error` gives the operation's own error.
            pub async fn send(self) -> ::std::result::Result<$output, $crate::error::SdkError<$error>> {
                $crate::customize::CustomizableSend::send(self, ::std::default::Default::default()).await
            }

            /// Changes this one call: its configuration, or the request before it is signed.
            pub fn customize(self) -> $crate::customize::CustomizableOperation<$output, $error, Self> {
                $crate::customize::CustomizableOperation::new(self)
            }

            $($crate::fluent_setters!([$($about)*] $member ($type) $kind $set $get);)*
        }

        impl $builder {
            /// Sends this input with a client and waits for the reply.
            pub async fn send_with(
                self,
                client: &$client,
            ) -> ::std::result::Result<$output, $crate::error::SdkError<$error>> {
                let mut call = client.$call();
                call.inner = self;
                call.send().await
            }
        }

        impl $crate::customize::CustomizableSend<$output, $error> for $fluent {
            async fn send(
                self,
                with: $crate::customize::Customization,
            ) -> ::std::result::Result<$output, $crate::error::SdkError<$error>> {
                self.handle.call::<$operation>(self.inner.build(), with).await
            }
        }
    };
    ($build:tt $name:ident $builder:ident $members:tt) => {};
}

/// A fluent builder's methods for a member: those of the builder that it holds.
#[doc(hidden)]
#[macro_export]
macro_rules! fluent_setters {
    ([$($doc:literal)*] $name:ident ($type:ty) $kind:tt $set:ident $get:ident) => {
        $crate::fluent_setter!([$($doc)*] $name ($type) $kind);

        $(#[doc = $doc])*
        ///
        /// This takes the whole value; `None` clears it.
        #[inline]
        pub fn $set(mut self, input: ::std::option::Option<$type>) -> Self {
            self.inner = self.inner.$set(input);
            self
        }

        $(#[doc = $doc])*
        ///
        /// This is what has been set so far.
        #[inline]
        pub fn $get(&self) -> &::std::option::Option<$type> {
            self.inner.$get()
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! fluent_setter {
    ([$($doc:literal)*] $name:ident $type:tt (list $item:tt)) => {
        $(#[doc = $doc])*
        ///
        /// This adds an item, and may be called again for more.
        #[inline]
        pub fn $name(mut self, input: $crate::taken!($item)) -> Self {
            self.inner = self.inner.$name(input);
            self
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (map $key:tt $value:tt)) => {
        $(#[doc = $doc])*
        ///
        /// This adds an entry, and may be called again for more.
        #[inline]
        pub fn $name(mut self, key: $crate::taken!($key), value: $crate::taken!($value)) -> Self {
            self.inner = self.inner.$name(key, value);
            self
        }
    };
    ([$($doc:literal)*] $name:ident $type:tt (boxed $inner:tt)) => {
        $crate::fluent_setter!([$($doc)*] $name $inner (value));
    };
    ([$($doc:literal)*] $name:ident $type:tt (text)) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(mut self, input: $crate::taken!((text))) -> Self {
            self.inner = self.inner.$name(input);
            self
        }
    };
    ([$($doc:literal)*] $name:ident ($type:ty) $kind:tt) => {
        $(#[doc = $doc])*
        #[inline]
        pub fn $name(mut self, input: $type) -> Self {
            self.inner = self.inner.$name(input);
            self
        }
    };
}
