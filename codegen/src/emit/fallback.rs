//! The values that stand for absent ones.

use super::scope::Scope;
use crate::rust::{Fallback, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

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
        Fallback::Timestamp(seconds, 0) => {
            let (date_time, seconds) = (scope.known("DateTime"), Literal::i64_unsuffixed(*seconds));
            quote!(.unwrap_or(#date_time::from_secs(#seconds)))
        }
        Fallback::Timestamp(seconds, nanoseconds) => {
            let (seconds, nanoseconds) = (Literal::i64_unsuffixed(*seconds), Literal::u32_unsuffixed(*nanoseconds));
            let date_time = scope.known("DateTime");
            quote!(.unwrap_or(#date_time::from_secs_and_nanos(#seconds, #nanoseconds)))
        }
        Fallback::Blob(bytes) if bytes.is_empty() => {
            let blob = scope.known("Blob");
            quote!(.unwrap_or_else(|| #blob::new([])))
        }
        Fallback::Blob(bytes) => {
            let (blob, bytes) = (scope.known("Blob"), Literal::byte_string(bytes));
            quote!(.unwrap_or_else(|| #blob::new(#bytes)))
        }
        Fallback::Document(value) => {
            let document = document(scope, value);
            quote!(.unwrap_or_else(|| #document))
        }
    }
}

/// A document that holds no other.
fn document(scope: &Scope, value: &Value) -> TokenStream {
    let document = scope.known("Document");
    match value {
        Value::Null => quote!(#document::Null),
        Value::Bool(value) => quote!(#document::Bool(#value)),
        Value::String(text) => quote!(#document::from(#text)),
        Value::Array(_) => {
            let vec = scope.known("Vec");
            quote!(#document::Array(#vec::new()))
        }
        Value::Object(_) => {
            let map = scope.known("HashMap");
            quote!(#document::Object(#map::new()))
        }
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(value), _) => quote!(#document::from(#value)),
            (None, Some(value)) => quote!(#document::from(#value)),
            (None, None) => {
                let value = number.as_f64().unwrap_or_default();
                quote!(#document::from(#value))
            }
        },
    }
}
