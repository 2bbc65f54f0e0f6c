//! Builders of structures. That of an input is in `fluent`.

use super::parts::{boxed_type, debug, derive};
use super::scope::Scope;
use super::{docs, fallback, link};
use crate::rust::{Field, Presence, Role, Structure, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The builder of a structure.
pub(super) fn builder(scope: &Scope, of: &Structure) -> TokenStream {
    let (name, this) = (of.builder(), quote!(self));
    let about = docs(&format!("A builder of {}.", link(&of.name)));
    let derive = derive(of, true);
    let debug = debug(scope, &name, of);
    let fields = fields(scope, of);
    let methods = of.fields.iter().map(|field| {
        let place = Place { docs: &field.docs.summary, generic: false, written: &this, read: &this };
        methods(scope, field, &place)
    });
    let (metadata, metadata_methods) = match of.role {
        Role::Error => {
            let metadata = scope.known("ErrorMetadata");
            (quote!(meta: #metadata,), metadata_methods(scope))
        }
        Role::Input | Role::Output | Role::Type => (TokenStream::new(), TokenStream::new()),
    };
    let build = build(scope, of);
    quote! {
        #about
        #derive
        #[non_exhaustive]
        #[must_use = "a builder has no effect until `build` is called"]
        pub struct #name {
            #fields
            #metadata
        }
        #debug
        impl #name {
            #(#methods)*
            #metadata_methods
            #build
        }
    }
}

/// The fields of a builder: any of them may be absent.
pub(super) fn fields(scope: &Scope, of: &Structure) -> TokenStream {
    let option = scope.known("Option");
    let fields = of.fields.iter().map(|field| {
        let (name, ty) = (&field.name, boxed_type(scope, field));
        quote!(pub(crate) #name: #option<#ty>,)
    });
    quote!(#(#fields)*)
}

/// Where a builder's methods find its fields.
pub(super) struct Place<'a> {
    /// The documentation of the first method.
    pub(super) docs: &'a str,
    /// True if the builder is generic: then its methods are compiled in the crate that calls them, and need no attribute for it.
    pub(super) generic: bool,
    /// The expression for the structure whose field is written.
    pub(super) written: &'a TokenStream,
    /// The expression for the structure whose field is read.
    pub(super) read: &'a TokenStream,
}

/// The three methods of a field: one takes what a caller has at hand, one the whole value, one shows what has been set.
pub(super) fn methods(scope: &Scope, field: &Field, place: &Place<'_>) -> TokenStream {
    let (name, ty, option) = (&field.name, boxed_type(scope, field), scope.known("Option"));
    let (set, get) = (field.suffix.affix("set_", ""), field.suffix.affix("get_", ""));
    let (parameters, assignment) = (parameters(scope, field), assignment(scope, field, place.written));
    let (setter_docs, docs) = (setter_docs(field, place.docs), docs(&field.docs.summary));
    let Place { written, read, .. } = place;
    let inline = (!place.generic).then(|| quote!(#[inline]));
    let setter_inline = inline.as_ref().filter(|_| !takes_text(&field.ty));
    quote! {
        #setter_docs
        #setter_inline
        pub fn #name(mut self, #parameters) -> Self {
            #assignment
            self
        }
        #docs
        #inline
        pub fn #set(mut self, input: #option<#ty>) -> Self {
            #written.#name = input;
            self
        }
        #docs
        pub fn #get(&self) -> &#option<#ty> {
            &#read.#name
        }
    }
}

/// The documentation of a field's first method, which begins with `text`.
fn setter_docs(field: &Field, text: &str) -> TokenStream {
    match field.ty {
        Type::List { .. } => docs(&format!("{text}\n\nAdds one item; call it again for more.")),
        Type::Map { .. } => docs(&format!("{text}\n\nAdds one entry; call it again for more.")),
        _ => docs(text),
    }
}

/// The parameters of a field's first method.
fn parameters(scope: &Scope, field: &Field) -> TokenStream {
    match &field.ty {
        Type::List { item, sparse } => parameter(scope, &quote!(input), item, *sparse),
        Type::Map { key, value, sparse } => {
            let key = key.as_ref().map_or(Type::String, |name| Type::Enum(name.clone()));
            let (key, value) = (parameter(scope, &quote!(key), &key, false), parameter(scope, &quote!(value), value, *sparse));
            quote!(#key, #value)
        }
        ty => parameter(scope, &quote!(input), ty, false),
    }
}

/// True if a field's first method is generic, because it takes whatever becomes a `String`.
fn takes_text(ty: &Type) -> bool {
    match ty {
        Type::List { item, sparse } => is_text(item, *sparse),
        Type::Map { key, value, sparse } => key.is_none() || is_text(value, *sparse),
        ty => is_text(ty, false),
    }
}

fn is_text(ty: &Type, sparse: bool) -> bool {
    *ty == Type::String && !sparse
}

fn parameter(scope: &Scope, name: &TokenStream, ty: &Type, sparse: bool) -> TokenStream {
    if is_text(ty, sparse) {
        let (into, string) = (scope.known("Into"), scope.known("String"));
        return quote!(#name: impl #into<#string>);
    }
    let ty = scope.item(ty, sparse);
    quote!(#name: #ty)
}

/// The statement by which a field's first method stores its parameters.
fn assignment(scope: &Scope, field: &Field, written: &TokenStream) -> TokenStream {
    let (name, some) = (&field.name, scope.known("Some"));
    let converted = |parameter: TokenStream, ty: &Type, sparse: bool| {
        if is_text(ty, sparse) { quote!(#parameter.into()) } else { parameter }
    };
    match &field.ty {
        Type::List { item, sparse } => {
            let item = converted(quote!(input), item, *sparse);
            quote!(#written.#name.get_or_insert_default().push(#item);)
        }
        Type::Map { key, value, sparse } => {
            let key = if key.is_some() { quote!(key) } else { quote!(key.into()) };
            let value = converted(quote!(value), value, *sparse);
            quote!(#written.#name.get_or_insert_default().insert(#key, #value);)
        }
        _ if field.boxed => {
            let boxed = scope.known("Box");
            quote!(#written.#name = #some(#boxed::new(input));)
        }
        ty => {
            let value = converted(quote!(input), ty, false);
            quote!(#written.#name = #some(#value);)
        }
    }
}

/// An error's metadata, which the builders of AWS's crates take too.
fn metadata_methods(scope: &Scope) -> TokenStream {
    let (option, metadata) = (scope.known("Option"), scope.known("ErrorMetadata"));
    quote! {
        /// The reply's code, message and request id.
        #[inline]
        pub fn meta(mut self, meta: #metadata) -> Self {
            self.meta = meta;
            self
        }
        /// The reply's code, message and request id; `None` clears them.
        #[inline]
        pub fn set_meta(&mut self, meta: #option<#metadata>) -> &mut Self {
            self.meta = meta.unwrap_or_default();
            self
        }
    }
}

/// `build`, and `build_lenient` where the two differ.
fn build(scope: &Scope, of: &Structure) -> TokenStream {
    let name = &of.name;
    let [result, ok, err] = ["Result", "Ok", "Err"].map(|name| scope.known(name));
    let builds = format!("Builds the {}.", link(name));
    let whole = whole(scope, of, &quote!(self));
    if !of.fallible() {
        let builds = docs(&builds);
        return quote! {
            #builds
            #[inline]
            pub fn build(self) -> #name {
                #whole
            }
        };
    }
    let error = scope.known("BuildError");
    let required: Vec<_> = of.required().map(|field| &field.name).collect();
    let requires = format!("{} requires it", name.plain());
    let checks = required.iter().map(|field| {
        let text = field.plain();
        quote! {
            if self.#field.is_none() {
                return #err(#error::missing_field(#text, #requires));
            }
        }
    });
    let list = required.iter().map(|name| format!("`{}`", name.plain())).collect::<Vec<_>>().join(", ");
    let builds = docs(&format!("{builds}\n\n# Errors\n\nWhen a required member has not been set: {list}."));
    quote! {
        #builds
        #[inline]
        pub fn build(self) -> #result<#name, #error> {
            #(#checks)*
            #ok(self.build_lenient())
        }
        /// Builds what a reply held: a missing member reads as its default, so that it does not cost the rest.
        #[inline]
        pub(crate) fn build_lenient(self) -> #name {
            #whole
        }
    }
}

/// The structure made of a builder's fields, which are those of `read`.
pub(super) fn whole(scope: &Scope, of: &Structure, read: &TokenStream) -> TokenStream {
    let fields = of.fields.iter().map(|field| {
        let name = &field.name;
        match &field.presence {
            Presence::Optional => quote!(#name: #read.#name,),
            Presence::Required(fallback) | Presence::Default(fallback) => {
                let or = fallback::or(scope, &field.ty, fallback);
                quote!(#name: #read.#name #or,)
            }
        }
    });
    let metadata = match of.role {
        Role::Output => {
            let none = scope.known("None");
            quote!(_request_id: #none,)
        }
        Role::Error => quote!(meta: self.meta,),
        Role::Input | Role::Type => TokenStream::new(),
    };
    let name = &of.name;
    quote!(#name { #(#fields)* #metadata })
}
