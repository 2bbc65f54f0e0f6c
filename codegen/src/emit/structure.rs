//! A structure of `types`: the type, its accessors, its codec and its builder, in one file.

use super::scope::Scope;
use super::{builder, codec, constraints, full_docs, summary_docs};
use crate::rust::{Field, Presence, Role, Structure, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The whole file.
pub(super) fn structure(structure: &Structure) -> TokenStream {
    let scope = Scope::of_type(&structure.name, [&structure.builder()]);
    let body = items(&scope, structure);
    scope.file(&body)
}

/// The structure and its builder.
pub(super) fn items(scope: &Scope, structure: &Structure) -> TokenStream {
    let definition = definition(scope, structure);
    let debug = debug(&structure.name, structure);
    let accessors = structure.fields.iter().map(|field| accessor(scope, field));
    let (name, builder_name) = (&structure.name, structure.builder());
    let decode = codec::when(structure.decode, || decode(scope, structure));
    let encode = codec::when(structure.encode, || encode(scope, structure));
    let serde = (structure.role != Role::Error).then(|| quote!(#[cfg(feature = "serde")] smithlet_runtime::serde_as_json!(#name);));
    let check = structure.checked.then(|| constraints::of_structure(scope, structure));
    let builder = builder::builder(scope, structure);
    let starts = format!(" Starts an empty builder of {}.", super::link(name));
    quote! {
        #definition
        #debug
        impl #name {
            #[doc = #starts]
            pub fn builder() -> #builder_name {
                #builder_name::default()
            }
            #(#accessors)*
            #decode
            #encode
            #check
        }
        #serde
        #builder
    }
}

fn definition(scope: &Scope, structure: &Structure) -> TokenStream {
    let (name, docs) = (&structure.name, full_docs(&structure.docs));
    let option = scope.known("Option");
    let fields = structure.fields.iter().map(|field| {
        let (docs, name, ty) = (full_docs(&field.docs), &field.name, field_type(scope, field));
        quote!(#docs pub #name: #ty)
    });
    let extra = match structure.role {
        Role::Output => quote!(pub(crate) _request_id: #option<String>,),
        Role::Error => {
            let metadata = scope.known("ErrorMetadata");
            quote!(pub(crate) meta: #metadata,)
        }
        Role::Input | Role::Type => TokenStream::new(),
    };
    let derive = derive(structure, false);
    quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #extra
        }
    }
}

/// The derives of a structure or its builder; `Debug` is written by hand where it hides something.
pub(super) fn derive(structure: &Structure, builder: bool) -> TokenStream {
    let debug = if structure.redacts() { TokenStream::new() } else { quote!(Debug,) };
    let default = if builder { quote!(Default,) } else { TokenStream::new() };
    quote!(#[derive(Clone, #debug #default PartialEq)])
}

/// The type of a field of the structure.
fn field_type(scope: &Scope, field: &Field) -> TokenStream {
    let ty = boxed_type(scope, field);
    let option = scope.known("Option");
    if field.presence == Presence::Optional { quote!(#option<#ty>) } else { ty }
}

/// The type of a field's value.
pub(super) fn boxed_type(scope: &Scope, field: &Field) -> TokenStream {
    let (ty, boxed) = (scope.ty(&field.ty), scope.known("Box"));
    if field.boxed { quote!(#boxed<#ty>) } else { ty }
}

/// `Debug` for a structure or its builder that hides what is sensitive, but not whether it is there.
pub(super) fn debug(name: &crate::names::Name, structure: &Structure) -> TokenStream {
    if !structure.redacts() {
        return TokenStream::new();
    }
    let is_builder = *name != structure.name;
    let text = name.plain();
    let fields = structure.fields.iter().map(|field| {
        let (name, label) = (&field.name, field.name.plain());
        match (field.sensitive, is_builder || field.presence == Presence::Optional) {
            (false, _) => quote!(.field(#label, &self.#name)),
            (true, true) => quote!(.field(#label, &self.#name.as_ref().map(|_| smithlet_runtime::REDACTED))),
            (true, false) => quote!(.field(#label, &smithlet_runtime::REDACTED)),
        }
    });
    let extra = match structure.role {
        Role::Error => quote!(.field("meta", &self.meta)),
        Role::Output => quote!(.field("_request_id", &self._request_id)),
        Role::Input | Role::Type => TokenStream::new(),
    };
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text) #(#fields)* #extra .finish()
            }
        }
    }
}

fn accessor(scope: &Scope, field: &Field) -> TokenStream {
    let (docs, name, option) = (summary_docs(&field.docs), &field.name, scope.known("Option"));
    let ty = scope.ty(&field.ty);
    let optional = field.presence == Presence::Optional;
    let (returns, body) = match (&field.ty, optional) {
        (Type::Boolean | Type::Byte | Type::Short | Type::Integer | Type::Long | Type::Float | Type::Double, true) => {
            (quote!(#option<#ty>), quote!(self.#name))
        }
        (Type::Boolean | Type::Byte | Type::Short | Type::Integer | Type::Long | Type::Float | Type::Double, false) => {
            (ty, quote!(self.#name))
        }
        (Type::String, true) => (quote!(#option<&str>), quote!(self.#name.as_deref())),
        (Type::String, false) => (quote!(&str), quote!(&self.#name)),
        (Type::List { item, sparse }, optional) => {
            let item = scope.ty(item);
            let item = if *sparse { quote!(#option<#item>) } else { item };
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

fn decode(scope: &Scope, structure: &Structure) -> TokenStream {
    let json = scope.module("json");
    let (option, result, boxed) = (scope.known("Option"), scope.known("Result"), scope.known("Box"));
    let build = if structure.fallible() { quote!(build_lenient) } else { quote!(build) };
    let arms = structure.fields.iter().map(|field| {
        let (wire, name, read) = (&field.wire, &field.name, codec::read(scope, &field.ty));
        if field.boxed { quote!(#wire => builder.#name = #read?.map(#boxed::new)) } else { quote!(#wire => builder.#name = #read?) }
    });
    let body = if structure.fields.is_empty() {
        quote! {
            while reader.key()?.is_some() {
                reader.skip()?;
            }
            Ok(Some(Self::builder().#build()))
        }
    } else {
        quote! {
            let mut builder = Self::builder();
            while let Some(key) = reader.key()? {
                match key {
                    #(#arms,)*
                    _ => reader.skip()?,
                }
            }
            Ok(Some(builder.#build()))
        }
    };
    quote! {
        pub(crate) fn read_json(reader: &mut #json::Reader<'_>) -> #result<#option<Self>, #json::Error> {
            if !reader.object()? {
                return Ok(None);
            }
            #body
        }
    }
}

fn encode(scope: &Scope, structure: &Structure) -> TokenStream {
    let json = scope.module("json");
    let fields = structure.fields.iter().map(codec::write_field);
    quote! {
        pub(crate) fn write_json(&self, writer: &mut #json::Writer) {
            writer.begin_object();
            #(#fields)*
            writer.end_object();
        }
    }
}
