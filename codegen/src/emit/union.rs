//! Unions: one file each.

use super::scope::Scope;
use super::{codec, constraints, docs, full_docs};
use crate::rust::{Codec, Union, UnionVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// The whole file.
pub(super) fn union(item: &Union) -> TokenStream {
    let scope = Scope::of_type(&item.name, []);
    let (name, docs) = (&item.name, full_docs(&item.docs));
    let variants = item.variants.iter().map(|variant| {
        let (docs, name) = (full_docs(&variant.docs), &variant.name);
        match value_type(&scope, variant) {
            Some(ty) => quote!(#docs #name(#ty)),
            None => quote!(#docs #name),
        }
    });
    let redacts = item.variants.iter().any(|variant| variant.sensitive);
    let derived = if redacts { TokenStream::new() } else { quote!(Debug,) };
    let debug = redacts.then(|| debug(item));
    let methods = item.variants.iter().map(|variant| methods(&scope, variant));
    let decode = codec::when(item.decode, || decode(&scope, item));
    let encode = codec::when(item.encode, || encode(&scope, item));
    let check = (item.encode == Codec::Wire).then(|| constraints::of_union(&scope, item));
    let body = quote! {
        #docs
        #[non_exhaustive]
        #[derive(Clone, #derived PartialEq)]
        pub enum #name {
            #(#variants,)*
            /// A member that this crate does not know. It cannot be sent.
            #[non_exhaustive]
            Unknown,
        }
        #debug
        impl #name {
            #(#methods)*
            /// Whether this is a member that the crate does not know.
            pub fn is_unknown(&self) -> bool {
                matches!(self, Self::Unknown)
            }
            #decode
            #encode
            #check
        }
        #[cfg(feature = "serde")]
        smithlet_runtime::serde_as_json!(#name);
    };
    scope.file(&body)
}

fn value_type(scope: &Scope, variant: &UnionVariant) -> Option<TokenStream> {
    let (ty, boxed) = (scope.ty(variant.ty.as_ref()?), scope.known("Box"));
    Some(if variant.boxed { quote!(#boxed<#ty>) } else { ty })
}

fn debug(item: &Union) -> TokenStream {
    let (name, text) = (&item.name, "Unknown");
    let arms = item.variants.iter().map(|variant| {
        let (name, label) = (&variant.name, variant.name.plain());
        match (&variant.ty, variant.sensitive) {
            (Some(_), true) => quote!(Self::#name(_) => f.debug_tuple(#label).field(&smithlet_runtime::REDACTED).finish()),
            (Some(_), false) => quote!(Self::#name(value) => f.debug_tuple(#label).field(value).finish()),
            (None, _) => quote!(Self::#name => f.write_str(#label)),
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms,)*
                    Self::Unknown => f.write_str(#text),
                }
            }
        }
    }
}

fn methods(scope: &Scope, variant: &UnionVariant) -> TokenStream {
    let (name, label, result) = (&variant.name, variant.name.plain(), scope.known("Result"));
    let (is, as_) = (variant.suffix.affix("is_", ""), variant.suffix.affix("as_", ""));
    let is_docs = docs(&format!("Whether this is `{label}`."));
    let Some(ty) = variant.ty.as_ref().map(|ty| scope.ty(ty)) else {
        return quote! {
            #is_docs
            pub fn #is(&self) -> bool {
                matches!(self, Self::#name)
            }
        };
    };
    let as_docs = docs(&format!("The value of `{label}`.\n\n# Errors\n\nThe union itself when it is another member."));
    quote! {
        #as_docs
        pub fn #as_(&self) -> #result<&#ty, &Self> {
            match self {
                Self::#name(value) => Ok(value),
                _ => Err(self),
            }
        }
        #is_docs
        pub fn #is(&self) -> bool {
            self.#as_().is_ok()
        }
    }
}

fn decode(scope: &Scope, item: &Union) -> TokenStream {
    let json = scope.module("json");
    let (option, result, boxed) = (scope.known("Option"), scope.known("Result"), scope.known("Box"));
    let arms = item.variants.iter().map(|variant| {
        let (wire, name) = (&variant.wire, &variant.name);
        let Some(ty) = &variant.ty else {
            return quote! {
                #wire => {
                    if reader.object()? {
                        while reader.key()?.is_some() {
                            reader.skip()?;
                        }
                        value = Some(Self::#name);
                    }
                }
            };
        };
        let read = codec::read(scope, ty);
        let made = if variant.boxed { quote!(Self::#name(#boxed::new(found))) } else { quote!(Self::#name(found)) };
        quote! {
            #wire => {
                if let Some(found) = #read? {
                    value = Some(#made);
                }
            }
        }
    });
    quote! {
        pub(crate) fn read_json(reader: &mut #json::Reader<'_>) -> #result<#option<Self>, #json::Error> {
            if !reader.object()? {
                return Ok(None);
            }
            let mut value = None;
            while let Some(key) = reader.key()? {
                match key {
                    #(#arms)*
                    _ => reader.skip()?,
                }
            }
            Ok(Some(value.unwrap_or(Self::Unknown)))
        }
    }
}

fn encode(scope: &Scope, item: &Union) -> TokenStream {
    let json = scope.module("json");
    let arms = item.variants.iter().map(|variant| {
        let (wire, name) = (&variant.wire, &variant.name);
        match &variant.ty {
            Some(ty) => {
                let write = codec::write_value(ty);
                quote! {
                    Self::#name(value) => {
                        writer.key(#wire);
                        #write;
                    }
                }
            }
            None => quote! {
                Self::#name => {
                    writer.key(#wire);
                    writer.begin_object();
                    writer.end_object();
                }
            },
        }
    });
    quote! {
        pub(crate) fn write_json(&self, writer: &mut #json::Writer) {
            writer.begin_object();
            match self {
                #(#arms)*
                Self::Unknown => {}
            }
            writer.end_object();
        }
    }
}
