//! What is checked before a value is sent, over the runtime's `Checker`.
//!
//! It goes by a name of four letters, since the printer puts what is called on a longer one on a line of its own.

use super::scope::Scope;
use crate::rust::{Constraints, Field, Limits, Presence, Structure, Type, Union};
use proc_macro2::TokenStream;
use quote::quote;

/// The function of a structure: what is missing first, then what is wrong.
pub(super) fn of_structure(scope: &Scope, structure: &Structure) -> TokenStream {
    let fields = || structure.fields.iter();
    let required = fields().filter(|field| field.constraints.required).map(|field| {
        let (name, wire) = (&field.name, &field.wire);
        quote!(must.required(#wire, self.#name.is_some());)
    });
    let values = fields().filter(|field| !field.constraints.allow_any_value()).map(|field| {
        let value = value(scope, &field.ty, &field.constraints);
        hidden(field.sensitive, &on_field(field, &value))
    });
    function(scope, &quote!(#(#required)* #(#values)*))
}

/// The function of a union, which finds at least what the crate does not know.
pub(super) fn of_union(scope: &Scope, union: &Union) -> TokenStream {
    let checked = || union.variants.iter().filter(|variant| !variant.constraints.allow_any_value());
    let arms = checked().filter_map(|variant| {
        let (name, wire) = (&variant.name, &variant.wire);
        let inner = value(scope, variant.ty.as_ref()?, &variant.constraints);
        let of = if variant.boxed { quote!(&**value) } else { quote!(value) };
        let statement = hidden(variant.sensitive, &quote!(must.member(#wire, #of, #inner);));
        Some(quote!(Self::#name(value) => { #statement }))
    });
    if checked().next().is_none() {
        return function(
            scope,
            &quote!(if self.is_unknown() {
                must.refuse_unknown();
            }),
        );
    }
    let others = (checked().count() < union.variants.len()).then(|| quote!(_ => {}));
    function(
        scope,
        &quote! {
            match self {
                #(#arms)*
                Self::Unknown => must.refuse_unknown(),
                #others
            }
        },
    )
}

fn function(scope: &Scope, body: &TokenStream) -> TokenStream {
    let validate = scope.module("validate");
    quote! {
        pub(crate) fn check_constraints(&self, must: &mut #validate::Checker) {
            #body
        }
    }
}

fn on_field(field: &Field, check: &TokenStream) -> TokenStream {
    let (name, wire) = (&field.name, &field.wire);
    match (&field.presence, field.boxed) {
        (Presence::Optional, false) => quote!(must.optional(#wire, self.#name.as_ref(), #check);),
        (Presence::Optional, true) => quote!(must.optional(#wire, self.#name.as_deref(), #check);),
        (_, false) => quote!(must.member(#wire, &self.#name, #check);),
        (_, true) => quote!(must.member(#wire, &*self.#name, #check);),
    }
}

/// The statement, without a word of the value in what it finds if that is sensitive.
fn hidden(sensitive: bool, statement: &TokenStream) -> TokenStream {
    if sensitive { quote!(must.secret(|must| { #statement });) } else { statement.clone() }
}

/// What checks one value: a function of the value and the checker.
fn value(scope: &Scope, ty: &Type, constraints: &Constraints) -> TokenStream {
    if constraints.inside {
        return match ty {
            Type::Error(name) => quote!(crate::types::error::#name::check_constraints),
            ty => {
                let shape = scope.ty(ty);
                quote!(#shape::check_constraints)
            }
        };
    }
    let mut calls = Vec::new();
    calls.extend(constraints.length.as_ref().map(limits).map(|limits| quote!(must.length(value, #limits))));
    calls.extend(constraints.range.as_ref().map(limits).map(|limits| quote!(must.range(value, #limits))));
    calls.extend(constraints.keys.as_ref().map(limits).map(|limits| quote!(must.keys(value, |value, must| must.length(value, #limits)))));
    match (ty, &constraints.items) {
        (Type::List { item, sparse }, Some(items)) => {
            let items = item_check(scope, item, *sparse, items);
            calls.push(quote!(must.each(value, #items)));
        }
        (Type::Map { value: item, sparse, .. }, Some(items)) => {
            let items = item_check(scope, item, *sparse, items);
            calls.push(quote!(must.values(value, #items)));
        }
        _ => {}
    }
    match calls.as_slice() {
        [call] => quote!(|value, must| #call),
        calls => quote!(|value, must| { #(#calls;)* }),
    }
}

/// The same for an item of a list or a value of a map, which may be null where these are sparse.
fn item_check(scope: &Scope, ty: &Type, sparse: bool, constraints: &Constraints) -> TokenStream {
    let check = value(scope, ty, constraints);
    if sparse { quote!(|value, must| must.present(value.as_ref(), #check)) } else { check }
}

/// Limits as a range: `1..=100`, `1..`, `..=100`.
fn limits(limits: &Limits) -> TokenStream {
    let literal = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<TokenStream>().ok());
    let (min, max) = (literal(&limits.min), literal(&limits.max));
    match max {
        Some(max) => quote!(#min..=#max),
        None => quote!(#min..),
    }
}
