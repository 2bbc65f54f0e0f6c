//! Numbers: their types, constants and conversions.

use super::Emitter;
use crate::rust::path::{Number, Type, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

impl Emitter<'_> {
    /// A number that may be null as another type.
    pub(super) fn cast_option(&self, of: &Value, to: Number, leaves: bool) -> TokenStream {
        let from = of_number(&of.ty);
        match conversion(to, from) {
            Some(conversion) if !leaves => {
                let of = self.option(of, false);
                quote!(#of.map(#conversion))
            }
            _ => self.through(of, leaves, false, |of| cast(&of, to, from)),
        }
    }
}

/// A number as another type: `i64` or `f64`.
pub(super) fn cast(of: &TokenStream, to: Number, from: Number) -> TokenStream {
    match conversion(to, from) {
        Some(conversion) => quote!(#conversion(#of)),
        None if is_as(to, from) => quote!(#of as f64),
        // No list in memory has more items.
        None => quote!(i64::try_from(#of).unwrap_or(i64::MAX)),
    }
}

/// The function that converts a number without loss, if there is one.
fn conversion(to: Number, from: Number) -> Option<TokenStream> {
    match (to, from) {
        (Number::Double, Number::Long | Number::Length) | (Number::Long, Number::Length) => None,
        (Number::Double, _) => Some(quote!(f64::from)),
        _ => Some(quote!(i64::from)),
    }
}

/// True for a conversion that is written with `as`.
pub(super) fn is_as(to: Number, from: Number) -> bool {
    to == Number::Double && matches!(from, Number::Long | Number::Length)
}

/// A constant.
pub(super) fn signed(is_negative: bool, literal: &Literal) -> TokenStream {
    if is_negative { quote!(-#literal) } else { quote!(#literal) }
}

/// The type of a number; any other type has none, and is not cast.
pub(super) fn of_number(ty: &Type) -> Number {
    match ty {
        Type::Number(number) => *number,
        _ => Number::Long,
    }
}

/// The type in Rust.
pub(super) fn number_type(number: Number) -> TokenStream {
    match number {
        Number::Byte => quote!(i8),
        Number::Short => quote!(i16),
        Number::Integer => quote!(i32),
        Number::Long => quote!(i64),
        Number::Float => quote!(f32),
        Number::Double => quote!(f64),
        Number::Length => quote!(usize),
    }
}
