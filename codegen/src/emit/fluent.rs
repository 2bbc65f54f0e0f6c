//! The builder of an operation's input, which is also the fluent builder of a call: the two differ in what keeps the input.

use super::builder::{self, Place};
use super::parts::{debug, derive};
use super::scope::Scope;
use super::{docs, link, paginator};
use crate::names::Name;
use crate::rust::{Operation, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// The builder and the fluent builder of an operation.
pub(super) fn fluent(scope: &Scope, operation: &Operation) -> TokenStream {
    let input = &operation.input;
    let (builder, name) = (input.builder(), operation.name.affix("", "FluentBuilder"));
    let [holds, call, default] = ["Holds", "Call", "Default"].map(|name| scope.known(name));
    let (store, members) = store(scope, input);
    let definition = definition(input, [&builder, &name, &store]);
    let about = docs(&format!(
        "A call of [`{0}`](crate::Client::{1}): set its input, then [`send`](Self::send) it.",
        operation.wire,
        operation.module.plain()
    ));
    let (setters, builds, sends) = (setters(scope, input), builds(scope, operation), sends(scope, operation));
    quote! {
        #definition
        #about
        pub type #name = #builder<#call<#builder>>;
        #setters
        #builds
        impl #default for #builder {
            fn default() -> Self {
                Self { inner: #default::default() }
            }
        }
        #sends
        impl<W> #holds<#store> for #call<#builder, W> {
            fn held(&self) -> &#store {
                &self.builder.inner
            }
            fn held_mut(&mut self) -> &mut #store {
                &mut self.builder.inner
            }
        }
        #members
    }
}

/// The structure with the members of an input that is being built. It is the input itself, unless that has a stream: then a member is not optional.
fn store(scope: &Scope, input: &Structure) -> (Name, TokenStream) {
    if !input.streams() {
        return (input.name.clone(), TokenStream::new());
    }
    let name = members(input);
    let (derive, debug, fields) = (derive(input, true), debug(scope, &name, input), builder::fields(scope, input));
    let about = docs(&format!("The members of a {} that is being built.", link(&input.name)));
    let members = quote! {
        #about
        #derive
        #[non_exhaustive]
        pub struct #name {
            #fields
        }
        #debug
    };
    (name, members)
}

/// The name of the structure for an input with a stream.
pub(super) fn members(input: &Structure) -> Name {
    input.name.affix("", "Members")
}

/// The builder's parameter. A shape with its name is written as a path.
pub(super) const PARAMETER: &str = "S";

fn definition(input: &Structure, [builder, fluent, store]: [&Name; 3]) -> TokenStream {
    let about = docs(&format!(
        "A builder of {}.\n\n`S` is its state: the input alone, or, as in a {}, the input together with the client.",
        link(&input.name),
        link(fluent)
    ));
    let derive = if input.streams() { quote!(#[derive(Debug)]) } else { quote!(#[derive(Clone, Debug, PartialEq)]) };
    quote! {
        #about
        #derive
        #[must_use = "a builder has no effect until the input is built or sent"]
        pub struct #builder<S = #store> {
            pub(crate) inner: S,
        }
    }
}

/// The methods of the members, wherever they are kept.
fn setters(scope: &Scope, input: &Structure) -> TokenStream {
    if input.fields.is_empty() {
        return TokenStream::new();
    }
    let (builder, store, holds) = (input.builder(), store(scope, input).0, scope.known("Holds"));
    let (written, read) = (quote!(self.inner.held_mut()), quote!(self.inner.held()));
    let methods = input.fields.iter().map(|field| {
        let place = Place { docs: &field.docs.full, generic: true, written: &written, read: &read };
        builder::methods(scope, field, &place)
    });
    quote! {
        impl<S: #holds<#store>> #builder<S> {
            #(#methods)*
        }
    }
}

/// The methods of a builder that has nothing but the input.
fn builds(scope: &Scope, operation: &Operation) -> TokenStream {
    let (input, call) = (&operation.input, &operation.module);
    let (name, builder) = (&input.name, input.builder());
    let [result, ok, build_error, sdk_error] = ["Result", "Ok", "BuildError", "SdkError"].map(|name| scope.known(name));
    let [output, error] = [&operation.output.name, &operation.name.affix("", "Error")].map(|name| scope.sibling(name));
    let about = docs(&format!("Builds the {}.", link(name)));
    let built = if input.streams() { builder::whole(scope, input, &quote!(self.inner)) } else { quote!(self.inner) };
    quote! {
        impl #builder {
            #about
            ///
            /// # Errors
            ///
            /// Never: required members are checked when the input is sent.
            #[inline]
            pub fn build(self) -> #result<#name, #build_error> {
                #ok(#built)
            }
            /// Sends this input with a client and waits for the reply.
            ///
            /// # Errors
            ///
            /// Those of the fluent builder's `send`.
            pub async fn send_with(self, client: &crate::Client) -> #result<#output, #sdk_error<#error>> {
                let mut call = client.#call();
                call.inner.builder = self;
                call.send().await
            }
        }
    }
}

/// The methods of a fluent builder.
fn sends(scope: &Scope, operation: &Operation) -> TokenStream {
    let (name, builder) = (operation.name.affix("", "FluentBuilder"), operation.input.builder());
    let [unit, output, error] =
        [&operation.name, &operation.output.name, &operation.name.affix("", "Error")].map(|name| scope.sibling(name));
    let [result, sdk_error, default, call] = ["Result", "SdkError", "Default", "Call"].map(|name| scope.known(name));
    let [customizable, send, customization] = ["CustomizableOperation", "CustomizableSend", "Customization"].map(|name| scope.known(name));
    let into_paginator = operation.pages.as_ref().map(|_| {
        let paginator = scope.of_submodule("paginator", &paginator::name(operation));
        quote! {
            /// Starts a paginator, which asks for all pages of the results.
            pub fn into_paginator(self) -> #paginator {
                #paginator::new(self.inner)
            }
        }
    });
    quote! {
        impl<W> #builder<#call<#builder, W>> {
            /// The input as it has been set so far.
            pub fn as_input(&self) -> &#builder {
                &self.inner.builder
            }
        }
        impl #name {
            /// Sends the request and waits for the reply.
            ///
            /// # Errors
            ///
            /// The error says in one line what happened; `into_service_error` gives the operation's own error.
            pub async fn send(self) -> #result<#output, #sdk_error<#error>> {
                #send::send(self, #default::default()).await
            }
            /// Changes this one call: its configuration, or the request before it is signed.
            pub fn customize(self) -> #customizable<#output, #error, Self> {
                #customizable::new(self)
            }
            #into_paginator
        }
        impl #send<#output, #error> for #name {
            async fn send(self, with: #customization) -> #result<#output, #sdk_error<#error>> {
                self.inner.handle.call::<#unit>(self.inner.builder.build(), with).await
            }
        }
    }
}
