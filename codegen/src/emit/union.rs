//! Unions: one file each.

use super::scope::Scope;
use super::{constraints, docs};
use crate::rust::{Codec, Union, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// The whole file.
pub(super) fn union(item: &Union) -> TokenStream {
    let scope = Scope::of_type(&item.name, []);
    let (name, docs_) = (&item.name, docs(&item.docs.full));
    let variants = item.variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs.full), &variant.name);
        let value = value_type(&scope, variant).map(|ty| quote!((#ty)));
        quote!(#docs #name #value,)
    });
    let redacts = item.variants.iter().any(|variant| variant.sensitive);
    let derived = (!redacts).then(|| quote!(Debug,));
    let debug = redacts.then(|| debug(&scope, item));
    let methods = item.variants.iter().map(|variant| methods(&scope, variant));
    let check = (item.encode == Codec::Wire).then(|| constraints::of_union(&scope, item));
    let body = quote! {
        #docs_
        #[derive(Clone, #derived PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A member that this crate does not know. It cannot be sent.
            #[non_exhaustive]
            Unknown,
        }
        #debug
        impl #name {
            #(#methods)*
            /// Returns whether this is a member that the crate does not know.
            #[inline]
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
            #check
        }
    };
    scope.file(&body)
}

fn value_type(scope: &Scope, variant: &UnionVariant) -> Option<TokenStream> {
    let (ty, boxed) = (scope.ty(variant.ty.as_ref()?), scope.known("Box"));
    Some(if variant.boxed { quote!(#boxed<#ty>) } else { ty })
}

/// `Debug` for a union that redacts sensitive values but shows which member it is.
fn debug(scope: &Scope, item: &Union) -> TokenStream {
    let (name, fmt) = (&item.name, scope.known("fmt"));
    let arms = item.variants.iter().map(|variant| {
        let (name, label) = (&variant.name, variant.name.plain());
        match (&variant.ty, variant.sensitive) {
            (Some(_), true) => {
                let redacted = scope.known("REDACTED");
                quote!(Self::#name(_) => f.debug_tuple(#label).field(&#redacted).finish(),)
            }
            (Some(_), false) => quote!(Self::#name(value) => f.debug_tuple(#label).field(value).finish(),),
            (None, _) => quote!(Self::#name => f.write_str(#label),),
        }
    });
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown => f.write_str("Unknown"),
                }
            }
        }
    }
}

/// The methods that test for a member and return its value.
fn methods(scope: &Scope, variant: &UnionVariant) -> TokenStream {
    let (name, label) = (&variant.name, variant.name.plain());
    let (is, as_) = (variant.suffix.affix("is_", ""), variant.suffix.affix("as_", ""));
    let is_docs = docs(&format!("Returns whether this is `{label}`."));
    let Some(ty) = variant.ty.as_ref().map(|ty| scope.ty(ty)) else {
        return quote! {
            #is_docs
            #[inline]
            pub fn #is(&self) -> bool {
                matches!(self, Self::#name)
            }
        };
    };
    let [result, ok, err] = ["Result", "Ok", "Err"].map(|name| scope.known(name));
    let as_docs = docs(&format!("Returns the value of `{label}`.\n\n# Errors\n\nThe union itself when it is another member."));
    quote! {
        #as_docs
        #[inline]
        pub fn #as_(&self) -> #result<&#ty, &Self> {
            match self {
                Self::#name(value) => #ok(value),
                _ => #err(self),
            }
        }
        #is_docs
        #[inline]
        pub fn #is(&self) -> bool {
            matches!(self, Self::#name(_))
        }
    }
}
