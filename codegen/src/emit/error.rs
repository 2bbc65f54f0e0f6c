//! Errors: the structures in `types::error`, an operation's error, and the crate's.

use super::scope::Scope;
use super::{docs, full_docs, structure};
use crate::names::Name;
use crate::rust::{Crate, ErrorCase, Exception, Field, Operation};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The file of an error structure.
pub(super) fn exception(exception: &Exception) -> TokenStream {
    let (error, code) = (&exception.structure, &exception.code);
    let scope = Scope::of_file([&error.name, &error.builder()]);
    let (items, name) = (structure::items(&scope, error, &TokenStream::new()), &error.name);
    let is_message = |field: &Field| field.name.plain() == "message";
    let sensitive = error.fields.iter().any(|field| is_message(field) && field.sensitive).then(|| quote!(sensitive));
    let read = match (exception.listed, error.fields.iter().all(is_message)) {
        (false, _) => quote!(nothing),
        (true, true) => quote!(message),
        (true, false) => quote!(members),
    };
    let body = quote! {
        #items
        smithlet_runtime::exception!(#sensitive #name, #code, #read);
    };
    scope.file(&body)
}

/// The error of an operation.
pub(super) fn operation_error(operation: &Operation) -> TokenStream {
    let name = operation.name.affix("", "Error");
    let docs = docs(&format!(
        "What [`{}`](crate::Client::{}) fails with when the service answers with an error.",
        operation.wire,
        operation.module.plain()
    ));
    let variants = operation.errors.iter().map(|error| {
        let (docs, name, code, is) = (full_docs(&error.docs), &error.name, &error.code, error.suffix.affix("is_", ""));
        quote!(#docs #[code(#code, #is)] #name(crate::types::error::#name),)
    });
    quote! {
        smithlet_runtime::operation_error! {
            #docs
            pub enum #name {
                #(#variants)*
            }
        }
    }
}

/// What `error.rs` has of the runtime. An operation's error of such a name is not imported there.
const OF_RUNTIME: [&str; 13] = [
    "BoxError",
    "BuildError",
    "ConnectorError",
    "DisplayErrorContext",
    "ErrorMetadata",
    "FailureKind",
    "Finding",
    "InvalidInput",
    "ProvideErrorMetadata",
    "ProvideFailureKind",
    "SdkError",
    "UnknownVariantError",
    "sealed_unhandled",
];

/// `error.rs`: the crate's error, into which those of all operations turn, and the words that every error is made of.
pub(super) fn crate_error(plan: &Crate) -> TokenStream {
    let cases: BTreeMap<&Name, &ErrorCase> =
        plan.operations.iter().flat_map(|operation| &operation.errors).map(|error| (&error.name, error)).collect();
    let docs = docs("Any error of any operation of this crate: what `?` makes of them.");
    let variants = cases.values().map(|error| {
        let (docs, name) = (full_docs(&error.docs), &error.name);
        quote!(#docs #name(crate::types::error::#name),)
    });
    let mut uses = Vec::new();
    let froms = plan.operations.iter().map(|operation| {
        let (module, error) = (&operation.module, operation.name.affix("", "Error"));
        let variants = operation.errors.iter().map(|error| &error.name);
        let path = quote!(crate::operation::#module::#error);
        if OF_RUNTIME.contains(&error.plain()) {
            return quote!(smithlet_runtime::crate_error_from!(Error, #path { #(#variants),* }););
        }
        uses.push(quote!(use #path;));
        quote!(smithlet_runtime::crate_error_from!(Error, #error { #(#variants),* });)
    });
    let froms: Vec<_> = froms.collect();
    let of_runtime = OF_RUNTIME.map(Name::fixed);
    quote! {
        //! Errors, in one line each, and what to ask them.
        pub use smithlet_runtime::error::{#(#of_runtime),*};
        #(#uses)*
        smithlet_runtime::crate_error! {
            #docs
            pub enum Error {
                #(#variants)*
            }
        }
        smithlet_runtime::crate_error_from!(Error);
        #(#froms)*
    }
}
