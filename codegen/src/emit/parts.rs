//! The parts that a structure and its builder have in common.

use super::scope::Scope;
use crate::names::Name;
use crate::rust::{Field, Presence, Role, Structure};
use proc_macro2::TokenStream;
use quote::quote;

/// The derives of a structure or its builder. `Debug` is implemented separately if it hides a field, and no stream can be copied or compared.
pub(super) fn derive(structure: &Structure, may_be_empty: bool) -> TokenStream {
    let debug = (!structure.redacts()).then(|| quote!(Debug,));
    let default = may_be_empty.then(|| quote!(Default,));
    if structure.streams() {
        return if may_be_empty { quote!(#[derive(Default)]) } else { TokenStream::new() };
    }
    quote!(#[derive(Clone, #debug #default PartialEq)])
}

/// The type of a field's value.
pub(super) fn boxed_type(scope: &Scope, field: &Field) -> TokenStream {
    let (ty, boxed) = (scope.ty(&field.ty), scope.known("Box"));
    if field.boxed { quote!(#boxed<#ty>) } else { ty }
}

/// `Debug` for a structure or its builder that hides values but shows whether they are set.
pub(super) fn debug(scope: &Scope, name: &Name, structure: &Structure) -> TokenStream {
    if !structure.redacts() {
        return TokenStream::new();
    }
    let is_builder = *name != structure.name;
    let (text, fmt) = (name.plain(), scope.known("fmt"));
    let fields = structure.fields.iter().map(|field| {
        let (name, label) = (&field.name, field.name.plain());
        match (field.is_hidden(), is_builder || field.presence == Presence::Optional) {
            (false, _) => quote!(.field(#label, &self.#name)),
            (true, true) => {
                let redacted = scope.known("redacted");
                quote!(.field(#label, &#redacted(&self.#name)))
            }
            (true, false) => {
                let redacted = scope.known("REDACTED");
                quote!(.field(#label, &#redacted))
            }
        }
    });
    let metadata = match structure.role {
        Role::Error => quote!(.field("meta", &self.meta)),
        Role::Output if !is_builder => quote!(.field("_request_id", &self._request_id)),
        Role::Input | Role::Output | Role::Type => TokenStream::new(),
    };
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.debug_struct(#text) #(#fields)* #metadata .finish()
            }
        }
    }
}
