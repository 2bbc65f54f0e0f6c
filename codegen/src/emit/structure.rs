//! A structure: one definition, from which the runtime's macro makes the type, its accessors, its builder and its form in JSON.

use super::scope::Scope;
use super::{codec, constraints, full_docs};
use crate::rust::{Codec, Field, Presence, Role, Structure, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The whole file of a structure of `types`.
pub(super) fn structure(structure: &Structure) -> TokenStream {
    let scope = Scope::of_type(&structure.name, [&structure.builder()]);
    let body = items(&scope, structure, &TokenStream::new());
    scope.file(&body)
}

/// The definition, and what is checked before the structure is sent. An operation's input comes with attributes that describe its call.
pub(super) fn items(scope: &Scope, structure: &Structure, call: &TokenStream) -> TokenStream {
    let (name, docs, attribute) = (&structure.name, full_docs(&structure.docs), attribute(structure));
    let fields = structure.fields.iter().map(|field| {
        let (docs, attribute, name, ty) = (full_docs(&field.docs), member(scope, field), &field.name, field_type(scope, field));
        quote!(#docs #attribute pub #name: #ty,)
    });
    let check = structure.checked.then(|| {
        let check = constraints::of_structure(scope, structure);
        quote!(impl #name { #check })
    });
    quote! {
        smithlet_runtime::structure! {
            #docs
            #attribute
            #call
            pub struct #name {
                #(#fields)*
            }
        }
        #check
    }
}

/// What the structure is for, and its builder.
fn attribute(structure: &Structure) -> TokenStream {
    let (builder, fallible) = (structure.builder(), structure.fallible().then(|| quote!(, fallible)));
    match (structure.role, structure.decode, structure.encode) {
        (Role::Input, ..) => quote!(#[input(builder = #builder)]),
        (Role::Output, ..) => quote!(#[output(builder = #builder #fallible)]),
        (Role::Error, decode, encode) => {
            let way = match (decode, encode) {
                (Codec::Nothing, Codec::Nothing) => TokenStream::new(),
                (_, Codec::Nothing) => quote!(#[read]),
                (decode, encode) => {
                    let way = super::way(decode, encode);
                    quote!(#[#way])
                }
            };
            quote!(#[error(builder = #builder #fallible)] #way)
        }
        (Role::Type, decode, encode) => {
            let way = super::way(decode, encode);
            quote!(#[#way(builder = #builder #fallible)])
        }
    }
}

/// What the type of a member does not say: its name on the wire, the names of the builder's methods, and what is odd about it.
fn member(scope: &Scope, field: &Field) -> TokenStream {
    let (wire, set, get) = (&field.wire, field.suffix.affix("set_", ""), field.suffix.affix("get_", ""));
    let sensitive = field.sensitive.then(|| quote!(, sensitive));
    let default = match &field.presence {
        Presence::Default(fallback) => {
            let fallback = codec::fallback(scope, &field.ty, fallback);
            Some(quote!(, default = #fallback))
        }
        Presence::Optional | Presence::Required => None,
    };
    let write = codec::written_its_own_way(&field.ty).map(|write| quote!(, write = #write));
    quote!(#[member(#wire, #set, #get #sensitive #default #write)])
}

/// The type of a field, as the macro knows types: the map around everything is a word of its own, which needs no import.
fn field_type(scope: &Scope, field: &Field) -> TokenStream {
    let ty = match &field.ty {
        Type::Map { key, value, sparse } => {
            let (map, key, value) = (scope.word("HashMap"), scope.key(key.as_ref()), scope.item(value, *sparse));
            quote!(#map<#key, #value>)
        }
        ty => scope.ty(ty),
    };
    let (option, boxed) = (scope.known("Option"), scope.known("Box"));
    let ty = if field.boxed { quote!(#boxed<#ty>) } else { ty };
    if field.presence == Presence::Optional { quote!(#option<#ty>) } else { ty }
}
