//! The fluent builders, which hold an input and send it.

use super::scope::Scope;
use super::{builder, structure};
use crate::rust::{Field, Operation};
use proc_macro2::TokenStream;
use quote::quote;

/// The fluent builder of an operation.
pub(super) fn fluent(scope: &Scope, operation: &Operation) -> TokenStream {
    let name = operation.name.affix("", "FluentBuilder");
    let input = operation.input.builder();
    let [unit, output, error] =
        [&operation.name, &operation.output.name, &operation.name.affix("", "Error")].map(|name| scope.sibling(name));
    let (result, sdk_error, handle) = (scope.known("Result"), scope.known("SdkError"), scope.known("Handle"));
    let [operation_, send, customization] = ["CustomizableOperation", "CustomizableSend", "Customization"].map(|name| scope.known(name));
    let about = format!(
        " A call of [`{0}`](crate::Client::{1}): set its input, then [`send`](Self::send) it.",
        operation.wire,
        operation.module.plain()
    );
    let methods = operation.input.fields.iter().map(|field| fluent_methods(scope, field));
    let call = &operation.module;
    quote! {
        #[doc = #about]
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(crate) handle: #handle,
            pub(crate) inner: #input,
        }
        impl #name {
            /// The input as it has been set so far.
            pub fn as_input(&self) -> &#input {
                &self.inner
            }
            /// Sends the request and waits for the reply.
            ///
            /// # Errors
            ///
            /// The error says in one line what happened; `into_service_error` gives the operation's own error.
            pub async fn send(self) -> #result<#output, #sdk_error<#error>> {
                #send::send(self, #customization::default()).await
            }
            /// Changes this one call: its configuration, or the request before it is signed.
            pub fn customize(self) -> #operation_<#output, #error, Self> {
                #operation_::new(self)
            }
            #(#methods)*
        }
        impl #input {
            /// Sends this input with a client and waits for the reply.
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

fn fluent_methods(scope: &Scope, field: &Field) -> TokenStream {
    let (option, name) = (scope.known("Option"), &field.name);
    let ty = structure::boxed_type(scope, field);
    let (set, get) = (field.suffix.affix("set_", ""), field.suffix.affix("get_", ""));
    let [setter_docs, set_docs, get_docs] = builder::method_docs(field);
    let (parameters, arguments) = builder::parameters(scope, field);
    quote! {
        #setter_docs
        pub fn #name(mut self, #parameters) -> Self {
            self.inner = self.inner.#name(#arguments);
            self
        }
        #set_docs
        pub fn #set(mut self, input: #option<#ty>) -> Self {
            self.inner = self.inner.#set(input);
            self
        }
        #get_docs
        pub fn #get(&self) -> &#option<#ty> {
            self.inner.#get()
        }
    }
}
