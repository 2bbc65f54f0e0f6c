//! The fluent builders, which hold an input and send it.

use super::scope::Scope;
use super::{builder, docs, paginator, parts};
use crate::rust::{Field, Operation};
use proc_macro2::TokenStream;
use quote::quote;

/// The fluent builder of an operation.
pub(super) fn fluent(scope: &Scope, operation: &Operation) -> TokenStream {
    let (name, input, call) = (operation.name.affix("", "FluentBuilder"), operation.input.builder(), &operation.module);
    let [unit, output, error] =
        [&operation.name, &operation.output.name, &operation.name.affix("", "Error")].map(|name| scope.sibling(name));
    let [result, sdk_error, handle] = ["Result", "SdkError", "Handle"].map(|name| scope.known(name));
    let [operation_, send, customization] = ["CustomizableOperation", "CustomizableSend", "Customization"].map(|name| scope.known(name));
    let default = scope.known("Default");
    let about = docs(&format!(
        "A call of [`{0}`](crate::Client::{1}): set its input, then [`send`](Self::send) it.",
        operation.wire,
        operation.module.plain()
    ));
    let into_paginator = operation.pages.as_ref().map(|_| {
        let paginator = scope.of_submodule("paginator", &paginator::name(operation));
        quote! {
            /// Starts a paginator, which asks for all pages of the results.
            pub fn into_paginator(self) -> #paginator {
                #paginator::new(self.handle, self.inner)
            }
        }
    });
    let derive = if operation.input.streams() { quote!(#[derive(Debug)]) } else { quote!(#[derive(Clone, Debug)]) };
    let methods = operation.input.fields.iter().map(|field| methods(scope, field));
    quote! {
        #about
        #derive
        #[must_use = "nothing is sent before `send` is called"]
        pub struct #name {
            pub(crate) handle: #handle,
            pub(crate) inner: #input,
        }
        impl #name {
            /// The input as it has been set so far.
            #[inline]
            pub fn as_input(&self) -> &#input {
                &self.inner
            }
            /// Sends the request and waits for the reply.
            ///
            /// # Errors
            ///
            /// The error says in one line what happened; `into_service_error` gives the operation's own error.
            pub async fn send(self) -> #result<#output, #sdk_error<#error>> {
                #send::send(self, #default::default()).await
            }
            /// Changes this one call: its configuration, or the request before it is signed.
            pub fn customize(self) -> #operation_<#output, #error, Self> {
                #operation_::new(self)
            }
            #into_paginator
            #(#methods)*
        }
        impl #input {
            /// Sends this input with a client and waits for the reply.
            ///
            /// # Errors
            ///
            /// Those of the fluent builder's `send`.
            pub async fn send_with(self, client: &crate::Client) -> #result<#output, #sdk_error<#error>> {
                let mut call = client.#call();
                call.inner = self;
                call.send().await
            }
        }
        impl #send<#output, #error> for #name {
            async fn send(self, with: #customization) -> #result<#output, #sdk_error<#error>> {
                self.handle.call::<#unit>(self.inner.build(), with).await
            }
        }
    }
}

/// The methods of the builder inside, which they pass on to. The documentation is whole here, where a reader meets it first.
pub(super) fn methods(scope: &Scope, field: &Field) -> TokenStream {
    let (option, name, ty) = (scope.known("Option"), &field.name, parts::boxed_type(scope, field));
    let (set, get) = (field.suffix.affix("set_", ""), field.suffix.affix("get_", ""));
    let [setter_docs, set_docs, get_docs] = builder::method_docs(field, &field.docs.full);
    let (parameters, arguments) = builder::parameters(scope, field);
    quote! {
        #setter_docs
        #[inline]
        pub fn #name(mut self, #parameters) -> Self {
            self.inner = self.inner.#name(#arguments);
            self
        }
        #set_docs
        #[inline]
        pub fn #set(mut self, input: #option<#ty>) -> Self {
            self.inner = self.inner.#set(input);
            self
        }
        #get_docs
        #[inline]
        pub fn #get(&self) -> &#option<#ty> {
            self.inner.#get()
        }
    }
}
