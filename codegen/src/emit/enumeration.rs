//! Enums: strings with named values, and the constants of integer enums.

use super::{docs, full_docs};
use crate::rust::{Enum, IntEnum};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file of a string enum.
pub(super) fn enumeration(item: &Enum) -> TokenStream {
    let (name, docs) = (&item.name, full_docs(&item.docs));
    let sensitive = item.sensitive.then(|| quote!(#[sensitive]));
    let variants = item.variants.iter().map(|variant| {
        let (docs, name, value) = (full_docs(&variant.docs), &variant.name, &variant.value);
        quote!(#docs #name = #value,)
    });
    quote! {
        smithlet_runtime::string_enum! {
            #docs
            #sensitive
            pub enum #name {
                #(#variants)*
            }
        }
    }
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
