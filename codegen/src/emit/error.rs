//! Errors: the structures in `types::error`, an operation's error, and the crate's.

use super::scope::Scope;
use super::{docs, full_docs, structure};
use crate::names::Name;
use crate::rust::{Crate, ErrorCase, Exception, Operation, Structure};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The file of an error structure.
pub(super) fn exception(exception: &Exception) -> TokenStream {
    let (error, code) = (&exception.structure, &exception.code);
    let scope = Scope::of_file([&error.name, &error.builder()]);
    let (items, name) = (structure::items(&scope, error), &error.name);
    let from_reply = exception.listed.then(|| from_reply(&scope, error));
    let sensitive = hides_message(error).then(|| quote!(sensitive));
    let body = quote! {
        #items
        #from_reply
        smithlet_runtime::exception!(#sensitive #name, #code);
    };
    scope.file(&body)
}

fn hides_message(error: &Structure) -> bool {
    error.fields.iter().any(|field| field.name.plain() == "message" && field.sensitive)
}

fn from_reply(scope: &Scope, error: &Structure) -> TokenStream {
    let metadata = if hides_message(error) { quote!(metadata_without_message) } else { quote!(metadata) };
    let only_message = error.fields.iter().all(|field| field.name.plain() == "message");
    let body = if only_message {
        quote!(Self { message: reply.message().map(str::to_owned), meta: reply.#metadata() })
    } else {
        let build = if error.fallible() { quote!(build_lenient) } else { quote!(build) };
        quote! {
            let decoded = reply.reader().and_then(|mut reader| Self::read_json(&mut reader)).ok().flatten();
            let decoded = decoded.unwrap_or_else(|| Self::builder().#build());
            Self { message: reply.message().map(str::to_owned), meta: reply.#metadata(), ..decoded }
        }
    };
    let (name, reply) = (&error.name, scope.known("ErrorReply"));
    quote! {
        impl #name {
            /// Reads the error from a reply. What cannot be read is left empty: the code and the message are what counts.
            pub(crate) fn from_reply(reply: &#reply<'_>) -> Self {
                #body
            }
        }
    }
}

/// The error of an operation.
pub(super) fn operation_error(operation: &Operation) -> TokenStream {
    let name = operation.name.affix("", "Error");
    let docs = docs(&format!(
        "What [`{}`](crate::Client::{}) fails with when the service answers with an error.",
        operation.wire,
        operation.module.plain()
    ));
    let definition = definition(&name, &docs, operation.errors.iter());
    let is = operation.errors.iter().map(|error| {
        let (name, is) = (&error.name, error.suffix.affix("is_", ""));
        let docs = super::docs(&format!("Whether this is [`{}`](Self::{0}).", name.plain()));
        quote! {
            #docs
            pub fn #is(&self) -> bool {
                matches!(self, Self::#name(_))
            }
        }
    });
    let block = (!operation.errors.is_empty()).then(|| quote!(impl #name { #(#is)* }));
    let variants = operation.errors.iter().map(|error| &error.name);
    quote! {
        #definition
        #block
        smithlet_runtime::operation_error!(#name { #(#variants),* });
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
    let name = Name::fixed("Error");
    let cases: BTreeMap<&Name, &ErrorCase> =
        plan.operations.iter().flat_map(|operation| &operation.errors).map(|error| (&error.name, error)).collect();
    let docs = docs("Any error of any operation of this crate: what `?` makes of them.");
    let definition = definition(&name, &docs, cases.values().copied());
    let variants = cases.keys();
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
        #definition
        smithlet_runtime::crate_error!(Error { #(#variants),* });
        smithlet_runtime::crate_error_from!(Error);
        #(#froms)*
    }
}

fn definition<'a>(name: &Name, docs: &TokenStream, errors: impl Iterator<Item = &'a ErrorCase>) -> TokenStream {
    let variants = errors.map(|error| {
        let (docs, name) = (full_docs(&error.docs), &error.name);
        quote!(#docs #name(crate::types::error::#name))
    });
    quote! {
        #docs
        #[non_exhaustive]
        #[derive(Debug)]
        pub enum #name {
            #(#variants,)*
            /// Any other error: one that the model does not name, such as throttling. Its code and message are in its metadata.
            Unhandled(crate::error::sealed_unhandled::Unhandled),
        }
    }
}
