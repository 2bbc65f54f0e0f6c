//! Parts of values, and functions of values that may be null.

use super::{Emitter, is_text};
use crate::names::Name;
use crate::rust::path::{Get, Value};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

impl Emitter<'_> {
    /// A function of a value. `optional` tells that it returns an `Option`.
    pub(super) fn through(&self, of: &Value, leaves: bool, optional: bool, write: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
        if !of.nullable {
            return write(self.receiver(of));
        }
        if leaves {
            let of = self.option(of, true);
            let value = write(quote!(#of?));
            let some = self.scope.known("Some");
            return if optional { value } else { quote!(#some(#value)) };
        }
        let (of, name) = (self.option(of, false), of.ty.variable());
        let value = write(quote!(#name));
        if optional { quote!(#of.and_then(|#name| #value)) } else { quote!(#of.map(|#name| #value)) }
    }

    /// A part of a value.
    pub(super) fn get(&self, of: &TokenStream, get: &Get) -> TokenStream {
        let and_ref = |value: TokenStream, sparse: bool| {
            let option = self.scope.known("Option");
            if sparse { quote!(#value.and_then(#option::as_ref)) } else { value }
        };
        match get {
            Get::Accessor { name, .. } => quote!(#of.#name()),
            Get::OptionalList(name) => quote!(#of.#name.as_deref()),
            Get::Variant { suffix, copied } => {
                let method = suffix.affix("as_", "");
                let copied = copied.then(|| quote!(.copied()));
                quote!(#of.#method().ok()#copied)
            }
            Get::Entry { key, of: keys, sparse } => {
                let key = match keys {
                    Some(name) => {
                        let shape = self.scope.shape(name);
                        quote!(&#shape::from(#key))
                    }
                    None => quote!(#key),
                };
                and_ref(quote!(#of.get(#key)), *sparse)
            }
            Get::Position { index, sparse } => {
                let item = match index {
                    0 => quote!(#of.first()),
                    -1 => quote!(#of.last()),
                    1.. => {
                        let index = Literal::i64_unsuffixed(*index);
                        quote!(#of.get(#index))
                    }
                    _ => {
                        let index = Literal::u64_unsuffixed(index.unsigned_abs() - 1);
                        quote!(#of.iter().nth_back(#index))
                    }
                };
                and_ref(item, *sparse)
            }
            Get::Element { index, .. } => {
                let index = Literal::usize_unsuffixed(*index);
                quote!(#of.#index)
            }
        }
    }

    /// The scalar behind a reference, which is not null.
    pub(super) fn read_plain(&self, of: &Value) -> TokenStream {
        let inner = self.receiver(of);
        if is_text(&of.ty) { quote!(#inner.as_str()) } else { quote!(*#inner) }
    }

    /// The scalar behind a reference that may be null.
    pub(super) fn read_option(&self, of: &Value, leaves: bool) -> TokenStream {
        if is_text(&of.ty) {
            return self.through(of, leaves, false, |of| quote!(#of.as_str()));
        }
        let of = self.option(of, leaves);
        quote!(#of.copied())
    }

    /// An expression with a variable for a value.
    pub(super) fn bind(&self, name: &Name, of: &Value, strict: bool, body: &Value, leaves: bool) -> TokenStream {
        let pattern = if body.uses(name) { quote!(#name) } else { quote!(_) };
        let is_unwrapped = strict && of.nullable;
        if is_unwrapped && !leaves {
            let of = self.option(of, false);
            if body.fails() {
                let [some, none] = ["Some", "None"].map(|name| self.scope.known(name));
                let body = self.block(|| self.option(body, false));
                return quote!(match #of { #some(#pattern) => #body, #none => #none });
            }
            let inner = self.block(|| if body.nullable { self.option(body, true) } else { self.plain(body) });
            return if body.nullable { quote!(#of.and_then(|#pattern| #inner)) } else { quote!(#of.map(|#pattern| #inner)) };
        }
        let of = match (is_unwrapped, of.nullable) {
            (true, _) => {
                let of = self.option(of, true);
                quote!(#of?)
            }
            (false, true) => self.option(of, false),
            (false, false) => self.plain(of),
        };
        self.before.borrow_mut().extend(quote!(let #pattern = #of;));
        if body.nullable || is_unwrapped { self.option(body, leaves) } else { self.plain(body) }
    }
}
