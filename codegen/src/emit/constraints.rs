//! Checks of a value before it is sent, which call the runtime's `Checker`.
//!
//! The checker's parameter is called `cx` because the printer breaks every method call on a name longer than four letters into two lines.

use super::scope::Scope;
use crate::rust::{Constraints, Field, Limits, Presence, Structure, Type, Union};
use proc_macro2::TokenStream;
use quote::quote;

/// The function of a structure: it reports missing members first, then invalid values.
pub(super) fn of_structure(scope: &Scope, structure: &Structure) -> TokenStream {
    let fields = || structure.fields.iter();
    let required = fields().filter(|field| field.constraints.required).map(|field| {
        let (name, wire) = (&field.name, &field.wire);
        quote!(cx.required(#wire, self.#name.is_some());)
    });
    let values = fields().filter(|field| !field.constraints.allow_any_value()).map(|field| {
        let value = value(scope, &field.ty, &field.constraints);
        hidden(field.sensitive, &on_field(field, &value))
    });
    function(scope, &quote!(#(#required)* #(#values)*))
}

/// The function of a union, which reports at least a member that the crate does not know.
pub(super) fn of_union(scope: &Scope, union: &Union) -> TokenStream {
    let checked = || union.variants.iter().filter(|variant| !variant.constraints.allow_any_value());
    let arms = checked().filter_map(|variant| {
        let (name, wire) = (&variant.name, &variant.wire);
        let inner = value(scope, variant.ty.as_ref()?, &variant.constraints);
        let of = if variant.boxed { quote!(&**value) } else { quote!(value) };
        let statement = hidden(variant.sensitive, &quote!(cx.member(#wire, #of, #inner);));
        Some(quote!(Self::#name(value) => { #statement }))
    });
    if checked().next().is_none() {
        return function(
            scope,
            &quote!(if self.is_unknown() {
                cx.refuse_unknown();
            }),
        );
    }
    let others = (checked().count() < union.variants.len()).then(|| quote!(_ => {}));
    function(
        scope,
        &quote! {
            match self {
                #(#arms)*
                Self::Unknown => cx.refuse_unknown(),
                #others
            }
        },
    )
}

fn function(scope: &Scope, body: &TokenStream) -> TokenStream {
    let validate = scope.module("validate");
    quote! {
        pub(crate) fn check_constraints(&self, cx: &mut #validate::Checker) {
            #body
        }
    }
}

fn on_field(field: &Field, check: &TokenStream) -> TokenStream {
    let (name, wire) = (&field.name, &field.wire);
    match (&field.presence, field.boxed) {
        (Presence::Optional, false) => quote!(cx.optional(#wire, self.#name.as_ref(), #check);),
        (Presence::Optional, true) => quote!(cx.optional(#wire, self.#name.as_deref(), #check);),
        (_, false) => quote!(cx.member(#wire, &self.#name, #check);),
        (_, true) => quote!(cx.member(#wire, &*self.#name, #check);),
    }
}

/// The statement, wrapped so that findings do not quote the value if it is sensitive.
fn hidden(sensitive: bool, statement: &TokenStream) -> TokenStream {
    if sensitive { quote!(cx.secret(|cx| { #statement });) } else { statement.clone() }
}

/// The check of one value: a closure or a function of the value and the checker.
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
    calls.extend(constraints.length.as_ref().map(limits).map(|limits| quote!(cx.length(value, #limits))));
    calls.extend(constraints.range.as_ref().map(limits).map(|limits| quote!(cx.range(value, #limits))));
    calls.extend(constraints.keys.as_ref().map(limits).map(|limits| quote!(cx.keys(value, |value, cx| cx.length(value, #limits)))));
    match (ty, &constraints.items) {
        (Type::List { item, sparse }, Some(items)) => {
            let items = item_check(scope, item, *sparse, items);
            calls.push(quote!(cx.each(value, #items)));
        }
        (Type::Map { value: item, sparse, .. }, Some(items)) => {
            let items = item_check(scope, item, *sparse, items);
            calls.push(quote!(cx.values(value, #items)));
        }
        _ => {}
    }
    match calls.as_slice() {
        [call] => quote!(|value, cx| #call),
        calls => quote!(|value, cx| { #(#calls;)* }),
    }
}

/// The check of a list's item or a map's value, which may be null if they are sparse.
fn item_check(scope: &Scope, ty: &Type, sparse: bool, constraints: &Constraints) -> TokenStream {
    let check = value(scope, ty, constraints);
    if sparse { quote!(|value, cx| cx.present(value.as_ref(), #check)) } else { check }
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
