//! Comparisons, conditions and alternatives.

use super::Emitter;
use crate::jmespath::Comparator;
use crate::rust::path::{Kind, Type, Value};
use proc_macro2::{Punct, Spacing, TokenStream};
use quote::{TokenStreamExt as _, quote};

impl Emitter<'_> {
    /// A comparison that is not null: `==` and `!=`, or one of two numbers that are not null.
    pub(super) fn comparison(&self, comparator: Comparator, left: &Value, right: &Value) -> TokenStream {
        let sign = sign(comparator);
        let (left, right) = if left.nullable || right.nullable {
            (self.option(left, false), self.option(right, false))
        } else {
            (self.operand(left), self.operand(right))
        };
        quote!(#left #sign #right)
    }

    /// An ordering of numbers that may be null.
    pub(super) fn ordering(&self, comparator: Comparator, left: &Value, right: &Value, leaves: bool) -> TokenStream {
        let sign = sign(comparator);
        let unwrapped = |value: &Value| {
            if !value.nullable {
                return self.operand(value);
            }
            let option = self.option(value, true);
            quote!(#option?)
        };
        if leaves {
            let (some, left, right) = (self.scope.known("Some"), unwrapped(left), unwrapped(right));
            return quote!(#some(#left #sign #right));
        }
        let (left, right) = (self.option(left, false), self.option(right, false));
        quote!(#left.zip(#right).map(|(left, right)| left #sign right))
    }

    /// The first value, or the second one where it is null.
    pub(super) fn or_else(&self, first: &Value, second: &Value) -> TokenStream {
        let first = self.option(first, false);
        if second.fails() {
            let [some, none] = ["Some", "None"].map(|name| self.scope.known(name));
            let found = if second.nullable { quote!(#some(found)) } else { quote!(found) };
            let second = self.block(|| self.element(second, second.nullable));
            return quote!(match #first { #some(found) => #found, #none => #second });
        }
        let is_constant = matches!(second.kind, Kind::Text(_) | Kind::Boolean(_) | Kind::Integer(_) | Kind::Double(_) | Kind::Variable(_));
        match (second.nullable, is_constant) {
            (true, _) => {
                let second = self.block(|| self.option(second, true));
                quote!(#first.or_else(|| #second))
            }
            (false, true) => {
                let second = self.plain(second);
                quote!(#first.unwrap_or(#second))
            }
            (false, false) => {
                let second = self.block(|| self.plain(second));
                quote!(#first.unwrap_or_else(|| #second))
            }
        }
    }

    /// The second value, unless the first one is null.
    pub(super) fn and_then(&self, first: &Value, second: &Value) -> TokenStream {
        let first = self.option(first, false);
        if second.fails() {
            let [some, none] = ["Some", "None"].map(|name| self.scope.known(name));
            let second = self.block(|| self.option(second, false));
            return quote!(match #first { #some(_) => #second, #none => #none });
        }
        let inner = self.block(|| self.element(second, second.nullable));
        if second.nullable { quote!(#first.and_then(|_| #inner)) } else { quote!(#first.map(|_| #inner)) }
    }

    /// Tells if a value is neither null, false nor empty.
    pub(super) fn truth(&self, value: &Value) -> TokenStream {
        let some = self.scope.known("Some");
        match (&value.ty, value.nullable) {
            (Type::Boolean, false) => self.plain(value),
            (Type::Boolean, true) => {
                let value = self.option(value, false);
                quote!(#value == #some(true))
            }
            (_, false) => self.is_empty(value, true),
            (ty, true) => {
                let (value, name) = (self.option(value, false), ty.variable());
                quote!(#value.is_some_and(|#name| !#name.is_empty()))
            }
        }
    }

    pub(super) fn not(&self, of: &Value) -> TokenStream {
        match &of.kind {
            Kind::IsNull(inside) => {
                let inside = self.option(inside, false);
                quote!(#inside.is_some())
            }
            Kind::IsEmpty(inside) => self.is_empty(inside, true),
            Kind::Truth(inside) => {
                let (inside, name) = (self.option(inside, false), inside.ty.variable());
                quote!(#inside.is_none_or(|#name| #name.is_empty()))
            }
            _ => {
                let of = self.operand(of);
                quote!(!#of)
            }
        }
    }
}

/// A comparator as an operator.
fn sign(comparator: Comparator) -> TokenStream {
    let mut tokens = TokenStream::new();
    let mut rest = comparator.sign().chars().peekable();
    while let Some(c) = rest.next() {
        tokens.append(Punct::new(c, if rest.peek().is_some() { Spacing::Joint } else { Spacing::Alone }));
    }
    tokens
}
