//! Unions: one file each.

use super::scope::Scope;
use super::{codec, constraints, full_docs, way};
use crate::rust::{Codec, Union, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// The whole file: one definition, from which the runtime's macro makes the type, its methods and its form in JSON.
pub(super) fn union(item: &Union) -> TokenStream {
    let scope = Scope::of_type(&item.name, []);
    let (name, docs, way) = (&item.name, full_docs(&item.docs), way(item.decode, item.encode));
    let variants = item.variants.iter().map(|variant| {
        let (docs, attribute, name) = (full_docs(&variant.docs), member(variant), &variant.name);
        let value = value_type(&scope, variant).map(|ty| quote!((#ty)));
        quote!(#docs #attribute #name #value,)
    });
    let check = (item.encode == Codec::Wire).then(|| {
        let check = constraints::of_union(&scope, item);
        quote!(impl #name { #check })
    });
    let body = quote! {
        smithlet_runtime::union! {
            #docs
            #[#way]
            pub enum #name {
                #(#variants)*
            }
        }
        #check
    };
    scope.file(&body)
}

fn value_type(scope: &Scope, variant: &UnionVariant) -> Option<TokenStream> {
    let (ty, boxed) = (scope.ty(variant.ty.as_ref()?), scope.known("Box"));
    Some(if variant.boxed { quote!(#boxed<#ty>) } else { ty })
}

/// What the type of a member does not say: its name on the wire, the names of its methods, and what is odd about it.
fn member(variant: &UnionVariant) -> TokenStream {
    let (wire, is) = (&variant.wire, variant.suffix.affix("is_", ""));
    let Some(ty) = &variant.ty else { return quote!(#[member(#wire, #is)]) };
    let as_ = variant.suffix.affix("as_", "");
    let sensitive = variant.sensitive.then(|| quote!(, sensitive));
    let write = codec::written_its_own_way(ty).map(|write| quote!(, write = #write));
    quote!(#[member(#wire, #is, #as_ #sensitive #write)])
}
