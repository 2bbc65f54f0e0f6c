//! The values that stand for absent ones.

use super::scope::Scope;
use crate::rust::{Fallback, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The method call that turns an `Option` of the type into the type.
pub(super) fn or(scope: &Scope, ty: &Type, fallback: &Fallback) -> TokenStream {
    match fallback {
        Fallback::Zero => quote!(.unwrap_or_default()),
        Fallback::Literal(text) => {
            let literal: TokenStream = text.parse().unwrap_or_default();
            quote!(.unwrap_or(#literal))
        }
        Fallback::Text(text) => {
            let string = scope.known("String");
            quote!(.unwrap_or_else(|| #string::from(#text)))
        }
        Fallback::EnumText(text) => {
            let ty = scope.ty(ty);
            quote!(.unwrap_or_else(|| #ty::from(#text)))
        }
        Fallback::Timestamp(seconds) => {
            let seconds: TokenStream = seconds.to_string().parse().unwrap_or_default();
            let date_time = scope.known("DateTime");
            quote!(.unwrap_or(#date_time::from_secs(#seconds)))
        }
        Fallback::EmptyBlob => {
            let blob = scope.known("Blob");
            quote!(.unwrap_or_else(|| #blob::new([])))
        }
        Fallback::NullDocument => {
            let document = scope.known("Document");
            quote!(.unwrap_or(#document::Null))
        }
    }
}
