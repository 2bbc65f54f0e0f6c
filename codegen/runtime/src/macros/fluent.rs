//! The fluent builder of an operation.

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
