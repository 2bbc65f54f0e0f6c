//! Enums: strings with named values, and the constants of integer enums.

use super::docs;
use super::scope::Scope;
use crate::rust::{Enum, IntEnum};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file of a string enum.
pub(super) fn enumeration(item: &Enum) -> TokenStream {
    let scope = Scope::of_type(&item.name, []);
    let [result, ok, err, from] = ["Result", "Ok", "Err", "From"].map(|name| scope.known(name));
    let (unknown, parse_error) = (scope.known("UnknownVariantValue"), scope.known("UnknownVariantError"));
    let (name, docs_) = (&item.name, docs(&item.docs.full));
    let debug = (!item.sensitive).then(|| quote!(Debug,));
    let variants = item.variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs.full), &variant.name);
        quote!(#docs #name,)
    });
    let as_str = item.variants.iter().map(|variant| {
        let (name, value) = (&variant.name, &variant.value);
        quote!(Self::#name => #value,)
    });
    let from_str = item.variants.iter().map(|variant| {
        let (name, value) = (&variant.name, &variant.value);
        quote!(#value => Self::#name,)
    });
    let values = item.variants.iter().map(|variant| &variant.value);
    let refused = if item.sensitive { scope.known("REDACTED") } else { quote!(value) };
    let text = text(&scope, item);
    let body = quote! {
        #docs_
        #[derive(Clone, #debug Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that this crate does not know, as it was received; [`as_str`](Self::as_str) returns its text.
            Unknown(#unknown),
        }
        impl #name {
            /// Returns the value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(#as_str)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
            /// Returns all values that this crate knows.
            pub const fn values() -> &'static [&'static str] {
                &[#(#values),*]
            }
            /// Parses a value that this crate knows.
            ///
            /// # Errors
            ///
            /// The value is not known to this crate. `From<&str>` accepts any value.
            pub fn try_parse(value: &str) -> #result<Self, #parse_error> {
                match Self::from(value) {
                    Self::Unknown(_) => #err(#parse_error::new(#refused)),
                    known => #ok(known),
                }
            }
        }
        impl #from<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#from_str)*
                    other => Self::Unknown(#unknown::new(other)),
                }
            }
        }
        #text
    };
    scope.file(&body)
}

/// The conversions between an enum and text. A sensitive enum shows its value only through `as_str` and `as_ref`.
fn text(scope: &Scope, item: &Enum) -> TokenStream {
    let [result, ok, as_ref] = ["Result", "Ok", "AsRef"].map(|name| scope.known(name));
    let [fmt, from_str, infallible] = ["fmt", "FromStr", "Infallible"].map(|name| scope.known(name));
    let name = &item.name;
    let shown = if item.sensitive { scope.known("REDACTED") } else { quote!(self.as_str()) };
    let debug = item.sensitive.then(|| {
        quote! {
            impl #fmt::Debug for #name {
                fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                    f.write_str(#shown)
                }
            }
        }
    });
    quote! {
        impl #from_str for #name {
            type Err = #infallible;
            fn from_str(value: &str) -> #result<Self, Self::Err> {
                #ok(Self::from(value))
            }
        }
        impl #as_ref<str> for #name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl #fmt::Display for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.write_str(#shown)
            }
        }
        #debug
        #[cfg(feature = "serde")]
        smithlet_runtime::serde_as_text!(#name);
    }
}

/// The file of an integer enum. Its values are constants, since a member of this type is a plain `i32`, which keeps unknown values.
pub(super) fn int_enumeration(item: &IntEnum) -> TokenStream {
    let (name, docs_) = (&item.name, docs(&item.docs.full));
    let constants = item.constants.iter().map(|(name, value, text)| {
        let (docs, value) = (docs(&text.full), Literal::i64_unsuffixed(*value));
        quote!(#docs pub const #name: i32 = #value;)
    });
    let note =
        docs("\nMembers of this type are plain `i32`, so that a value added later is not lost; these constants name the known values.");
    quote! {
        #docs_
        #note
        #[derive(Clone, Copy, Debug)]
        #[non_exhaustive]
        pub struct #name;
        impl #name {
            #(#constants)*
        }
    }
}
