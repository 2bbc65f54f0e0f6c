//! How values are written whose type does not say it, and what stands for those that are absent.

use super::scope::Scope;
use crate::rust::{Fallback, TimestampFormat, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The words for it, which the runtime's macros understand: a value that holds timestamps which are not written as seconds since the epoch. The
/// types of all others say how they are written.
pub(super) fn written_its_own_way(ty: &Type) -> Option<TokenStream> {
    match ty {
        Type::Timestamp(TimestampFormat::DateTime) => Some(quote!(date_time)),
        Type::Timestamp(TimestampFormat::HttpDate) => Some(quote!(http_date)),
        Type::List { item, sparse } => {
            let item = written_item(item, *sparse)?;
            Some(quote!(list(#item)))
        }
        Type::Map { value, sparse, .. } => {
            let item = written_item(value, *sparse)?;
            Some(quote!(map(#item)))
        }
        _ => None,
    }
}

fn written_item(item: &Type, sparse: bool) -> Option<TokenStream> {
    let item = written_its_own_way(item)?;
    Some(if sparse { quote!(sparse(#item)) } else { item })
}

/// What stands for an absent value.
pub(super) fn fallback(scope: &Scope, ty: &Type, fallback: &Fallback) -> TokenStream {
    match fallback {
        Fallback::Zero => {
            let default = scope.known("Default");
            quote!(#default::default())
        }
        Fallback::Literal(text) => text.parse().unwrap_or_default(),
        Fallback::Text(text) => {
            let string = scope.known("String");
            quote!(#string::from(#text))
        }
        Fallback::EnumText(text) => {
            let ty = scope.ty(ty);
            quote!(#ty::from(#text))
        }
        Fallback::Timestamp(seconds) => {
            let seconds: TokenStream = seconds.to_string().parse().unwrap_or_default();
            let date_time = scope.known("DateTime");
            quote!(#date_time::from_secs(#seconds))
        }
        Fallback::EmptyBlob => {
            let blob = scope.known("Blob");
            quote!(#blob::new([]))
        }
    }
}
