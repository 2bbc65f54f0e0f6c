//! A structure: the type, its accessors and its builder.

use super::parts::{boxed_type, debug, derive};
use super::scope::Scope;
use super::{builder, constraints, docs, link};
use crate::rust::{Field, Presence, Role, Structure, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The file of a structure of `types`.
pub(super) fn structure(structure: &Structure) -> TokenStream {
    let scope = Scope::of_type(&structure.name, [&structure.builder()]);
    let body = items(&scope, structure);
    scope.file(&body)
}

/// The structure and its builder, unless it is an input, whose builder is in `fluent`.
pub(super) fn items(scope: &Scope, structure: &Structure) -> TokenStream {
    let definition = definition(scope, structure);
    let debug = debug(scope, &structure.name, structure);
    let accessors = structure.fields.iter().map(|field| accessor(scope, field));
    let (name, builder_name) = (&structure.name, structure.builder());
    let check = structure.checked.then(|| constraints::of_structure(scope, structure));
    let builder = (structure.role != Role::Input).then(|| builder::builder(scope, structure));
    let starts = docs(&format!("Starts an empty builder of {}.", link(name)));
    quote! {
        #definition
        #debug
        impl #name {
            #starts
            #[inline]
            pub fn builder() -> #builder_name {
                #builder_name::default()
            }
            #(#accessors)*
            #check
        }
        #builder
    }
}

fn definition(scope: &Scope, structure: &Structure) -> TokenStream {
    let (name, docs_) = (&structure.name, docs(&structure.docs.full));
    let fields = structure.fields.iter().map(|field| {
        let (docs, name, ty) = (docs(&field.docs.full), &field.name, field_type(scope, field));
        quote!(#docs pub #name: #ty,)
    });
    let metadata = match structure.role {
        Role::Output => {
            let (option, string) = (scope.known("Option"), scope.known("String"));
            quote!(pub(crate) _request_id: #option<#string>,)
        }
        Role::Error => {
            let metadata = scope.known("ErrorMetadata");
            quote!(pub(crate) meta: #metadata,)
        }
        Role::Input | Role::Type => TokenStream::new(),
    };
    let derive = derive(structure, structure.role == Role::Input && !structure.streams());
    quote! {
        #docs_
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #metadata
        }
    }
}

/// The type of a structure's field.
fn field_type(scope: &Scope, field: &Field) -> TokenStream {
    let (ty, option) = (boxed_type(scope, field), scope.known("Option"));
    if field.presence == Presence::Optional { quote!(#option<#ty>) } else { ty }
}

fn accessor(scope: &Scope, field: &Field) -> TokenStream {
    let (docs, name, ty, option) = (docs(&field.docs.summary), &field.name, scope.ty(&field.ty), scope.known("Option"));
    let optional = field.presence == Presence::Optional;
    let (returns, body) = match (&field.ty, optional) {
        (ty_, true) if ty_.is_copy() => (quote!(#option<#ty>), quote!(self.#name)),
        (ty_, false) if ty_.is_copy() => (ty, quote!(self.#name)),
        (Type::String, true) => (quote!(#option<&str>), quote!(self.#name.as_deref())),
        (Type::String, false) => (quote!(&str), quote!(&self.#name)),
        (Type::List { item, sparse }, optional) => {
            let item = scope.item(item, *sparse);
            (quote!(&[#item]), if optional { quote!(self.#name.as_deref().unwrap_or_default()) } else { quote!(&self.#name) })
        }
        (_, true) if field.boxed => (quote!(#option<&#ty>), quote!(self.#name.as_deref())),
        (_, true) => (quote!(#option<&#ty>), quote!(self.#name.as_ref())),
        (_, false) => (quote!(&#ty), quote!(&self.#name)),
    };
    quote! {
        #docs
        pub fn #name(&self) -> #returns {
            #body
        }
    }
}
