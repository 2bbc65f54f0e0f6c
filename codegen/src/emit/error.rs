//! Errors: the structures in `types::error`, an operation's error, and the crate's.

use super::scope::Scope;
use super::{docs, structure};
use crate::names::Name;
use crate::rust::{Crate, ErrorCase, Exception, Operation};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;

/// The file of an error structure.
pub(super) fn exception(exception: &Exception) -> TokenStream {
    let (error, code) = (&exception.structure, &exception.code);
    let scope = Scope::of_file([&error.name, &error.builder()]);
    let (items, name) = (structure::items(&scope, error), &error.name);
    let [option, provide_metadata, metadata] = ["Option", "ProvideErrorMetadata", "ErrorMetadata"].map(|name| scope.known(name));
    let [kind, provide_kind, request_id] = ["FailureKind", "ProvideFailureKind", "RequestId"].map(|name| scope.known(name));
    let message = if exception.hides_message() {
        let redacted = scope.known("redacted");
        quote!(#redacted(&self.message))
    } else {
        quote!(self.message.as_deref())
    };
    let fmt = scope.known("fmt");
    let body = quote! {
        #items
        impl #fmt::Display for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                smithlet_runtime::support::fmt_exception(f, #code, #message, &self.meta)
            }
        }
        impl std::error::Error for #name {}
        impl #provide_metadata for #name {
            fn meta(&self) -> &#metadata {
                &self.meta
            }
        }
        impl #provide_kind for #name {
            fn failure_kind(&self) -> #kind {
                smithlet_runtime::support::exception_kind(#code, &self.meta)
            }
        }
        impl #request_id for #name {
            fn request_id(&self) -> #option<&str> {
                self.meta.request_id()
            }
        }
    };
    scope.file(&body)
}

/// The error of an operation.
pub(super) fn operation_error(scope: &Scope, operation: &Operation) -> TokenStream {
    let name = operation.name.affix("", "Error");
    let about = docs(&format!(
        "The error of [`{}`](crate::Client::{}) when the service refuses the request.",
        operation.wire,
        operation.module.plain()
    ));
    let [option, into, default] = ["Option", "Into", "Default"].map(|name| scope.known(name));
    let [box_error, metadata, unhandled] = ["BoxError", "ErrorMetadata", "Unhandled"].map(|name| scope.known(name));
    let [create, error_kind, provide_error_kind] = ["CreateUnhandledError", "ErrorKind", "ProvideErrorKind"].map(|name| scope.known(name));
    let is = operation.errors.iter().map(|error| {
        let (name, is) = (&error.name, error.suffix.affix("is_", ""));
        let docs = docs(&format!("Returns whether this is [`{}`](Self::{0}).", name.plain()));
        quote! {
            #docs
            pub fn #is(&self) -> bool {
                matches!(self, Self::#name(_))
            }
        }
    });
    let methods = quote! {
        #(#is)*
        /// Wraps an error that the model does not name.
        pub fn unhandled(error: impl #into<#box_error>) -> Self {
            Self::Unhandled(#unhandled::from_source(error.into(), #default::default()))
        }
        /// Makes an error of which only the code and the message are known.
        pub fn generic(meta: #metadata) -> Self {
            Self::Unhandled(#unhandled::from_metadata(meta))
        }
        /// Returns the reply's code, message and request id.
        pub fn meta(&self) -> &#metadata {
            self.inner().meta()
        }
    };
    let definition = definition(scope, &name, &about, operation.errors.iter(), &methods);
    quote! {
        #definition
        impl #create for #name {
            fn create_unhandled_error(source: #box_error, meta: #option<#metadata>) -> Self {
                Self::Unhandled(#unhandled::from_source(source, meta.unwrap_or_default()))
            }
        }
        impl #provide_error_kind for #name {
            fn code(&self) -> #option<&str> {
                self.inner().code()
            }
            fn retryable_error_kind(&self) -> #option<#error_kind> {
                self.inner().failure_kind().retryable()
            }
        }
    }
}

/// The names of the runtime's `error` that the crate's `error` exports. An operation's error of such a name is not imported there.
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

/// `error.rs`: the crate's error, into which those of all operations turn, and the types that every error is made of.
pub(super) fn crate_error(plan: &Crate) -> TokenStream {
    let cases: BTreeMap<&Name, &ErrorCase> =
        plan.operations.iter().flat_map(|operation| &operation.errors).map(|error| (&error.name, error)).collect();
    let about = docs("Any error of any operation of this crate: what `?` makes of them.");
    let name = Name::fixed("Error");
    let of_runtime = OF_RUNTIME.map(Name::fixed);
    // A listed error may have the name of an operation's error; then neither is imported.
    let of_operations: Vec<Name> = plan.operations.iter().map(|operation| operation.name.affix("", "Error")).collect();
    let twice = of_operations.iter().filter(|name| cases.contains_key(name));
    let scope = Scope::of_module("crate::error", of_runtime.iter().chain([&name]).chain(twice));
    let definition = definition(&scope, &name, &about, cases.values().copied(), &TokenStream::new());
    let conversions: Vec<_> = plan.operations.iter().map(|operation| conversion(&scope, operation)).collect();
    let (unhandled, create) = (scope.known("Unhandled"), scope.known("CreateUnhandledError"));
    let waits = (!plan.waiters().is_empty()).then(|| of_waits(&scope, &unhandled));
    let body = scope.file(&quote! {
        #definition
        impl From<BuildError> for Error {
            fn from(error: BuildError) -> Self {
                Self::Unhandled(#unhandled::from_source(error.into(), Default::default()))
            }
        }
        impl<E, R> From<SdkError<E, R>> for Error
        where
            E: Into<Self> + #create + std::error::Error + Send + Sync + 'static,
            R: Send + Sync + 'static,
        {
            fn from(error: SdkError<E, R>) -> Self {
                error.into_service_error().into()
            }
        }
        #(#conversions)*
        #waits
    });
    quote! {
        //! Errors, in one line each, and what to ask them.
        pub use smithlet_runtime::error::{#(#of_runtime),*};
        #body
    }
}

/// The crate's error from that of a wait.
fn of_waits(scope: &Scope, unhandled: &TokenStream) -> TokenStream {
    let fmt = scope.known("fmt");
    quote! {
        impl<O, E> From<crate::waiters::error::WaiterError<O, E>> for Error
        where
            O: Send + Sync + #fmt::Debug + 'static,
            E: Send + Sync + std::error::Error + 'static,
        {
            fn from(error: crate::waiters::error::WaiterError<O, E>) -> Self {
                Self::Unhandled(#unhandled::from_source(error.into(), Default::default()))
            }
        }
    }
}

/// The crate's error from an operation's.
fn conversion(scope: &Scope, operation: &Operation) -> TokenStream {
    let error = scope.of_operation(&operation.module, &operation.name.affix("", "Error"));
    let arms = operation.errors.iter().map(|case| {
        let name = &case.name;
        quote!(#error::#name(error) => Self::#name(error),)
    });
    quote! {
        impl From<#error> for Error {
            fn from(error: #error) -> Self {
                match error {
                    #(#arms)*
                    #error::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
    }
}

/// An enum of errors, an operation's or the crate's, with the methods that it has besides. Its traits are those of the error inside.
fn definition<'a>(
    scope: &Scope,
    name: &Name,
    about: &TokenStream,
    errors: impl Iterator<Item = &'a ErrorCase>,
    methods: &TokenStream,
) -> TokenStream {
    let [modeled, unhandled] = ["ServiceException", "Unhandled"].map(|name| scope.known(name));
    let (variants, arms): (Vec<_>, Vec<_>) = errors
        .map(|error| {
            let (docs, name, ty) = (docs(&error.docs.summary), &error.name, scope.error(&error.name));
            (quote!(#docs #name(#ty),), quote!(Self::#name(error) => error,))
        })
        .unzip();
    quote! {
        #about
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// Any other error: one that the model does not name, such as throttling. Its code and message are in its metadata.
            Unhandled(#unhandled),
        }
        impl #name {
            #methods
            fn inner(&self) -> &dyn #modeled {
                match self {
                    #(#arms)*
                    Self::Unhandled(error) => error,
                }
            }
        }
        smithlet_runtime::forward_error_traits!(#name);
    }
}
