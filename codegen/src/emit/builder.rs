//! Builders of structures.

use super::scope::Scope;
use super::{codec, docs, structure};
use crate::names::Name;
use crate::rust::{Field, Presence, Role, Structure, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The builder of a structure.
pub(super) fn builder(scope: &Scope, of: &Structure) -> TokenStream {
    let (name, option) = (of.builder(), scope.known("Option"));
    let about = format!(" A builder of {}.", super::link(&of.name));
    let derive = structure::derive(of, true);
    let debug = structure::debug(&name, of);
    let fields = of.fields.iter().map(|field| {
        let (name, ty) = (&field.name, structure::boxed_type(scope, field));
        quote!(pub(crate) #name: #option<#ty>)
    });
    let methods = of.fields.iter().map(|field| {
        let [setter, set, get] = [setter(scope, field), set(scope, field), get(scope, field)];
        quote!(#setter #set #get)
    });
    let (extra_fields, extra_methods) = match of.role {
        Role::Output => (quote!(_request_id: #option<String>,), TokenStream::new()),
        Role::Error => {
            let metadata = scope.known("ErrorMetadata");
            (quote!(meta: #option<#metadata>,), meta_methods(scope))
        }
        Role::Input | Role::Type => (TokenStream::new(), TokenStream::new()),
    };
    let build = build(scope, of);
    quote! {
        #[doc = #about]
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #extra_fields
        }
        #debug
        impl #name {
            #(#methods)*
            #extra_methods
            #build
        }
    }
}

/// What a field's setter, `set_` and `get_` say of themselves.
pub(super) fn method_docs(field: &Field) -> [TokenStream; 3] {
    let name = field.name.plain();
    let setter = match field.ty {
        Type::List { .. } => format!("Adds an item to `{name}`: {}", lower_first(&field.docs.summary)),
        Type::Map { .. } => format!("Adds an entry to `{name}`: {}", lower_first(&field.docs.summary)),
        _ => field.docs.summary.clone(),
    };
    [docs(&setter), docs(&format!("Sets `{name}`, or clears it with `None`.")), docs(&format!("What `{name}` has been set to."))]
}

/// A sentence to stand after a colon: its first letter small, unless the first word is a name or an abbreviation.
fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && (second.is_ascii_lowercase() || second == ' ') => {
            let name =
                ["Amazon", "AWS", "Docker", "Git", "GitHub", "Linux", "Windows", "Bitbucket"].iter().any(|name| sentence.starts_with(name));
            if name { sentence.to_owned() } else { first.to_ascii_lowercase().to_string() + sentence.get(1..).unwrap_or_default() }
        }
        _ => sentence.to_owned(),
    }
}

/// The parameters of a field's setter, and the names by which they are passed on.
pub(super) fn parameters(scope: &Scope, field: &Field) -> (TokenStream, TokenStream) {
    match &field.ty {
        Type::List { item, sparse: false } => (argument(scope, &quote!(input), item), quote!(input)),
        Type::Map { key, value, sparse: false } => {
            let key = key.as_ref().map_or(Type::String, |name| Type::Enum(name.clone()));
            let (key, value) = (argument(scope, &quote!(key), &key), argument(scope, &quote!(value), value));
            (quote!(#key, #value), quote!(key, value))
        }
        Type::List { item, sparse: true } => {
            let (option, item) = (scope.known("Option"), scope.ty(item));
            (quote!(input: #option<#item>), quote!(input))
        }
        Type::Map { key, value, sparse: true } => {
            let key = key.as_ref().map_or(Type::String, |name| Type::Enum(name.clone()));
            let (option, key, value) = (scope.known("Option"), argument(scope, &quote!(key), &key), scope.ty(value));
            (quote!(#key, value: #option<#value>), quote!(key, value))
        }
        ty => (argument(scope, &quote!(input), ty), quote!(input)),
    }
}

fn argument(scope: &Scope, name: &TokenStream, ty: &Type) -> TokenStream {
    let (into, plain) = (scope.known("Into"), scope.ty(ty));
    if *ty == Type::String { quote!(#name: impl #into<#plain>) } else { quote!(#name: #plain) }
}

/// How a setter's parameter of that name becomes the value.
fn converted(name: &TokenStream, ty: &Type, sparse: bool) -> TokenStream {
    if *ty == Type::String && !sparse { quote!(#name.into()) } else { name.clone() }
}

fn setter(scope: &Scope, field: &Field) -> TokenStream {
    let (name, boxed) = (&field.name, scope.known("Box"));
    let [docs, ..] = method_docs(field);
    let (parameters, _) = parameters(scope, field);
    let body = match &field.ty {
        Type::List { item, sparse } => {
            let item = converted(&quote!(input), item, *sparse);
            quote!(self.#name.get_or_insert_default().push(#item);)
        }
        Type::Map { key, value, sparse } => {
            let key = if key.is_some() { quote!(key) } else { quote!(key.into()) };
            let value = converted(&quote!(value), value, *sparse);
            quote!(self.#name.get_or_insert_default().insert(#key, #value);)
        }
        _ if field.boxed => quote!(self.#name = Some(#boxed::new(input));),
        ty => {
            let value = converted(&quote!(input), ty, false);
            quote!(self.#name = Some(#value);)
        }
    };
    quote! {
        #docs
        pub fn #name(mut self, #parameters) -> Self {
            #body
            self
        }
    }
}

fn set(scope: &Scope, field: &Field) -> TokenStream {
    let (name, set, option) = (&field.name, field.suffix.affix("set_", ""), scope.known("Option"));
    let ty = structure::boxed_type(scope, field);
    let [_, docs, _] = method_docs(field);
    quote! {
        #docs
        pub fn #set(mut self, input: #option<#ty>) -> Self {
            self.#name = input;
            self
        }
    }
}

fn get(scope: &Scope, field: &Field) -> TokenStream {
    let (name, get, option) = (&field.name, field.suffix.affix("get_", ""), scope.known("Option"));
    let ty = structure::boxed_type(scope, field);
    let [_, _, docs] = method_docs(field);
    quote! {
        #docs
        pub fn #get(&self) -> &#option<#ty> {
            &self.#name
        }
    }
}

/// An error's metadata, which AWS's builders take too.
fn meta_methods(scope: &Scope) -> TokenStream {
    let (option, metadata) = (scope.known("Option"), scope.known("ErrorMetadata"));
    quote! {
        /// What the reply said beside the error's members: its code, the request id.
        pub fn meta(mut self, meta: #metadata) -> Self {
            self.meta = Some(meta);
            self
        }
        /// Sets the metadata, or clears it with `None`.
        pub fn set_meta(&mut self, meta: #option<#metadata>) -> &mut Self {
            self.meta = meta;
            self
        }
    }
}

fn build(scope: &Scope, of: &Structure) -> TokenStream {
    let (name, result) = (&of.name, scope.known("Result"));
    let builds = format!("Builds the {}.", super::link(name));
    let fields = of.fields.iter().map(|field| {
        let name = &field.name;
        match &field.presence {
            Presence::Optional => quote!(#name: self.#name),
            Presence::Required(fallback) | Presence::Default(fallback) => {
                let or = codec::or_fallback(scope, &field.ty, fallback);
                quote!(#name: self.#name #or)
            }
        }
    });
    let extra = match of.role {
        Role::Output => quote!(_request_id: self._request_id,),
        Role::Error => quote!(meta: self.meta.unwrap_or_default(),),
        Role::Input | Role::Type => TokenStream::new(),
    };
    let whole = quote!(#name { #(#fields,)* #extra });
    let lenient = quote! {
        /// Builds what has been read: what was left out is empty, since one odd value must not cost the rest.
        pub(crate) fn build_lenient(self) -> #name {
            #whole
        }
    };
    let required: Vec<&Name> = of.checked().map(|field| &field.name).collect();
    if of.role == Role::Input {
        let error = scope.known("BuildError");
        let builds = docs(&format!("{builds}\n\n# Errors\n\nNone today: what is missing is found when the input is sent."));
        return quote! {
            #builds
            pub fn build(self) -> #result<#name, #error> {
                Ok(self.build_lenient())
            }
            #lenient
        };
    }
    if required.is_empty() {
        let builds = docs(&builds);
        return quote! {
            #builds
            pub fn build(self) -> #name {
                #whole
            }
        };
    }
    let error = scope.known("BuildError");
    let list = required.iter().map(|name| format!("`{}`", name.plain())).collect::<Vec<_>>().join(", ");
    let builds = docs(&format!("{builds}\n\n# Errors\n\nWhen a required member has not been set: {list}."));
    let requires = format!("{} requires it", name.plain());
    let checks = required.iter().map(|field| {
        let text = field.plain();
        quote! {
            if self.#field.is_none() {
                return Err(#error::missing_field(#text, #requires));
            }
        }
    });
    quote! {
        #builds
        pub fn build(self) -> #result<#name, #error> {
            #(#checks)*
            Ok(self.build_lenient())
        }
        #lenient
    }
}
