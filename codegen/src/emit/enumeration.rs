//! Enums: strings with named values, and the constants of integer enums.

use super::scope::Scope;
use super::{codec, docs, full_docs};
use crate::rust::{Codec, Enum, IntEnum};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file of a string enum.
pub(super) fn enumeration(item: &Enum) -> TokenStream {
    let scope = Scope::of_type(&item.name, []);
    let (name, docs) = (&item.name, full_docs(&item.docs));
    let (result, option, from) = (scope.known("Result"), scope.known("Option"), scope.known("From"));
    let debug = if item.sensitive { TokenStream::new() } else { quote!(Debug,) };
    let variants = item.variants.iter().map(|variant| {
        let (docs, name) = (full_docs(&variant.docs), &variant.name);
        quote!(#docs #name)
    });
    let as_str = item.variants.iter().map(|variant| {
        let (name, value) = (&variant.name, &variant.value);
        quote!(Self::#name => #value)
    });
    let from_str = item.variants.iter().map(|variant| {
        let (name, value) = (&variant.name, &variant.value);
        quote!(#value => Self::#name)
    });
    let values = item.variants.iter().map(|variant| &variant.value);
    let traits = if item.sensitive { quote!(string_enum!(sensitive #name);) } else { quote!(string_enum!(#name);) };
    let (unknown, parse_error) = (scope.known("UnknownVariantValue"), scope.known("UnknownVariantError"));
    let refused = if item.sensitive { quote!(smithlet_runtime::REDACTED) } else { quote!(value) };
    let read_json = codec::when(item.decode, || {
        // An import that only serde needs would have no use without it.
        let json = if item.decode == Codec::Wire { scope.module("json") } else { quote!(smithlet_runtime::json) };
        quote! {
            pub(crate) fn read_json(reader: &mut #json::Reader<'_>) -> #result<#option<Self>, #json::Error> {
                Ok(reader.str()?.map(Self::from))
            }
        }
    });
    let body = quote! {
        #docs
        #[non_exhaustive]
        #[derive(Clone, #debug Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum #name {
            #(#variants,)*
            /// A value that this crate does not name, as it came; [`as_str`](Self::as_str) gives its text.
            Unknown(#unknown),
        }
        impl #name {
            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#as_str,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
            /// All values that this crate names.
            pub const fn values() -> &'static [&'static str] {
                &[#(#values),*]
            }
            /// Takes a value that this crate names.
            ///
            /// # Errors
            ///
            /// When the value is another one; `From<&str>` takes that too.
            pub fn try_parse(value: &str) -> #result<Self, #parse_error> {
                match Self::from(value) {
                    Self::Unknown(_) => Err(#parse_error::new(#refused)),
                    known => Ok(known),
                }
            }
            #read_json
        }
        impl #from<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#from_str,)*
                    other => Self::Unknown(#unknown::new(other)),
                }
            }
        }
        smithlet_runtime::#traits
        #[cfg(feature = "serde")]
        smithlet_runtime::serde_as_text!(#name);
    };
    scope.file(&body)
}

/// The file of an integer enum: its values as constants, since a member of that type is a plain `i32`, which loses no value.
pub(super) fn int_enumeration(item: &IntEnum) -> TokenStream {
    let (name, docs_) = (&item.name, full_docs(&item.docs));
    let constants = item.constants.iter().map(|(name, value, text)| {
        let (docs, value) = (full_docs(text), Literal::i64_unsuffixed(*value));
        quote!(#docs pub const #name: i32 = #value;)
    });
    let note =
        docs("\nMembers of this type are plain `i32`, so that a value added later is not lost; these are the names of the known ones.");
    quote! {
        #docs_
        #note
        #[non_exhaustive]
        #[derive(Clone, Copy, Debug)]
        pub struct #name;
        impl #name {
            #(#constants)*
        }
    }
}
