//! The paginators, which stream an operation's results page by page or item by item.

use super::docs;
use super::scope::Scope;
use crate::names::Name;
use crate::rust::{Items, Operation, PageSize, Pages, Step, Token, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The name of an operation's paginator.
pub(super) fn name(operation: &Operation) -> Name {
    operation.name.affix("", "Paginator")
}

/// The file of an operation's paginator.
pub(super) fn paginator(operation: &Operation, pages: &Pages) -> TokenStream {
    let (name, items) = (name(operation), operation.name.affix("", "PaginatorItems"));
    let scope = Scope::of_file([&name, &items]);
    let builder = scope.of_submodule("builders", &operation.input.builder());
    let [call, option, sdk_error, stream, result] =
        ["Call", "Option", "SdkError", "PaginationStream", "Result"].map(|name| scope.known(name));
    let [output, error] = [&operation.output.name, &operation.name.affix("", "Error")].map(|name| scope.sibling(name));
    let (none, some) = (scope.known("None"), scope.known("Some"));
    let about = docs(&format!(
        "The pages of [`{}`](crate::Client::{}): each call asks for the page after the one before.",
        operation.wire,
        operation.module.plain()
    ));
    let page_size = pages.page_size.as_ref().map(|size| page_size(&scope, size));
    let to_items = pages.items.as_ref().map(|of| to_items(of, &items));
    let send = send(&scope, operation, pages);
    let items = pages.items.as_ref().map(|of| items_paginator(&scope, operation, of, (&name, &items)));
    let file = super::operation::inner(&docs(&format!("The pages of `{}`.", operation.wire)));
    let body = scope.file(&quote! {
        #about
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent before `send` is called"]
        pub struct #name {
            call: #call<#builder>,
            stop_on_duplicate_token: #option<bool>,
        }
        impl #name {
            pub(crate) fn new(call: #call<#builder>) -> Self {
                Self { call, stop_on_duplicate_token: #none }
            }
            #page_size
            #to_items
            /// Decides what follows a page with the token that it was asked for with: with `true`, it is the last page; with `false`, the stream
            /// asks for the same page again, which may have more items by then. Without a decision, an error follows.
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.stop_on_duplicate_token = #some(stop_on_duplicate_token);
                self
            }
            /// Starts the stream of pages. Nothing is sent before the first page is asked for. A page that cannot be had is an error, the last item of
            /// the stream.
            #[inline]
            pub fn send(self) -> #stream<#result<#output, #sdk_error<#error>>> {
                #send
            }
        }
        #items
    });
    quote!(#file #body)
}

fn page_size(scope: &Scope, size: &PageSize) -> TokenStream {
    let (field, some) = (&size.field, scope.known("Some"));
    let about = docs(&format!("Sets the size of the pages, which is `{}` of the input.", field.plain()));
    let (parameter, value) = match size.ty {
        Type::String => {
            let (into, string) = (scope.known("Into"), scope.known("String"));
            (quote!(size: impl #into<#string>), quote!(size.into()))
        }
        ref ty => {
            let ty = scope.ty(ty);
            (quote!(size: #ty), quote!(size))
        }
    };
    quote! {
        #about
        pub fn page_size(mut self, #parameter) -> Self {
            self.call.builder.inner.#field = #some(#value);
            self
        }
    }
}

fn to_items(of: &Items, items: &Name) -> TokenStream {
    let what = if matches!(of.ty, Type::Map { .. }) { "the entries, each a key and a value," } else { "the items" };
    let about = docs(&format!("Streams {what} of {} in place of the pages.", shown(&of.path)));
    quote! {
        #about
        pub fn items(self) -> #items {
            #items(self)
        }
    }
}

/// The paginator of items, which wraps that of pages.
fn items_paginator(scope: &Scope, operation: &Operation, of: &Items, names: (&Name, &Name)) -> TokenStream {
    let (pages, name) = names;
    let [sdk_error, stream, result] = ["SdkError", "PaginationStream", "Result"].map(|name| scope.known(name));
    let (error, paginator) = (scope.sibling(&operation.name.affix("", "Error")), scope.module("paginator"));
    let item = match &of.ty {
        Type::List { item, sparse } => scope.item(item, *sparse),
        Type::Map { key, value, sparse } => {
            let (key, value) = (scope.key(key.as_ref()), scope.item(value, *sparse));
            quote!((#key, #value))
        }
        ty => scope.ty(ty),
    };
    let about = docs(&format!(
        "The items of all pages of [`{}`](crate::Client::{}). [`items`]({}::items) makes it.",
        operation.wire,
        operation.module.plain(),
        pages.plain()
    ));
    let value = owned(&of.path);
    quote! {
        #about
        #[derive(Clone, Debug)]
        #[must_use = "nothing is sent before `send` is called"]
        pub struct #name(#pages);
        impl #name {
            /// Starts the stream of items. Nothing is sent before the first item is asked for. A page that cannot be had is an error, the last item of
            /// the stream.
            #[inline]
            pub fn send(self) -> #stream<#result<#item, #sdk_error<#error>>> {
                #paginator::items(self.0.send(), |page| #value)
            }
        }
    }
}

/// The call that starts the stream of pages.
fn send(scope: &Scope, operation: &Operation, pages: &Pages) -> TokenStream {
    let (unit, paginator, some) = (scope.sibling(&operation.name), scope.module("paginator"), scope.known("Some"));
    let start = match &pages.more {
        Some(path) => {
            let more = flag(path);
            quote!(#paginator::Next::if_there_are_more(#more))
        }
        None => quote!(#paginator::Next::default()),
    };
    let tokens = pages.tokens.iter().map(|token| {
        let (field, value) = (&token.input, token_value(token, &some));
        if token.may_be_empty { quote!(.token(&mut input.#field, #value)) } else { quote!(.value(&mut input.#field, #value)) }
    });
    quote! {
        #paginator::pages(#unit, self.call.handle, self.call.builder.build(), self.stop_on_duplicate_token, |input, page| {
            #start #(#tokens)*
        })
    }
}

/// A page's token as an `Option` of a reference.
fn token_value(token: &Token, some: &TokenStream) -> TokenStream {
    let mut values = token.outputs.iter().map(|path| match reference(path) {
        Found::Always(place) => quote!(#some(&#place)),
        Found::Maybe(value, None) => value,
        Found::Maybe(value, Some(place)) => quote!(#value.map(|value| &#place)),
    });
    let first = values.next().unwrap_or_default();
    let filter = token.may_be_empty.then(|| quote!(.filter(|token| !token.is_empty())));
    values.fold(first, |before, value| quote!(#before #filter.or_else(|| #value)))
}

/// A value of a page.
enum Found {
    /// The value is always there; the expression is its place.
    Always(TokenStream),
    /// The first expression is an `Option` of a reference, to the value itself or to `value`, in which the second expression is the value's place.
    Maybe(TokenStream, Option<TokenStream>),
}

/// The value at the end of a path.
fn reference(path: &[Step]) -> Found {
    path.iter().fold(Found::Always(quote!(page)), |found, step| {
        // The place inside of the `Option`, if there is one.
        let (option, place) = match found {
            Found::Always(place) => (None, place),
            Found::Maybe(option, place) => (Some(option), place.unwrap_or_else(|| quote!(value))),
        };
        let inner = match step {
            Step::Field { name, optional: false, .. } => {
                let place = quote!(#place.#name);
                return option.map_or_else(|| Found::Always(place.clone()), |option| Found::Maybe(option, Some(place.clone())));
            }
            Step::Field { name, boxed: false, .. } => quote!(#place.#name.as_ref()),
            Step::Field { name, boxed: true, .. } => quote!(#place.#name.as_deref()),
            Step::Last => quote!(#place.last()),
        };
        Found::Maybe(option.map_or_else(|| inner.clone(), |option| quote!(#option.and_then(|value| #inner))), None)
    })
}

/// The expression for a boolean of a page, which is false if it is absent.
fn flag(path: &[Step]) -> TokenStream {
    let Some((Step::Field { name, optional, .. }, holders)) = path.split_last() else { return quote!(true) };
    match (reference(holders), optional) {
        (Found::Always(place), true) => quote!(#place.#name.unwrap_or_default()),
        (Found::Always(place), false) => quote!(#place.#name),
        (Found::Maybe(value, place), optional) => {
            let place = place.unwrap_or_else(|| quote!(value));
            if *optional {
                quote!(#value.and_then(|value| #place.#name).unwrap_or_default())
            } else {
                quote!(#value.is_some_and(|value| #place.#name))
            }
        }
    }
}

/// The expression for the list or map that is moved out of a page; an absent one is empty.
fn owned(path: &[Step]) -> TokenStream {
    let names = path.iter().filter_map(|step| match step {
        Step::Field { name, optional, .. } => Some((name, *optional)),
        Step::Last => None,
    });
    let (value, is_option) = names.fold((quote!(page), false), |(value, is_option), (name, optional)| match (is_option, optional) {
        (false, optional) => (quote!(#value.#name), optional),
        (true, true) => (quote!(#value.and_then(|value| value.#name)), true),
        (true, false) => (quote!(#value.map(|value| value.#name)), true),
    });
    if is_option { quote!(#value.unwrap_or_default()) } else { value }
}

/// The fields of a path in documentation.
fn shown(path: &[Step]) -> String {
    let names: Vec<&str> = path
        .iter()
        .filter_map(|step| match step {
            Step::Field { name, .. } => Some(name.plain()),
            Step::Last => None,
        })
        .collect();
    format!("`{}`", names.join("."))
}
