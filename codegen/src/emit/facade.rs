//! Modules that mainly re-export names.

use crate::names::Name;
use crate::rust::Crate;
use proc_macro2::TokenStream;
use quote::quote;

/// `config.rs`.
pub(super) fn config(plan: &Crate) -> TokenStream {
    let rules = "Without an `endpoint_url`, the endpoint rules of the service's model, compiled into this crate, choose the endpoint by\n\
                 region, `use_fips` and `use_dual_stack`.";
    let pattern = "Without an `endpoint_url`, requests go to the service's usual host for the region, `use_fips` and `use_dual_stack`.";
    let endpoints = if plan.endpoint_rules.is_some() { rules } else { pattern };
    let endpoints = endpoints.lines().map(|line| format!(" {line}"));
    quote! {
        //! Settings of a client: region, credentials, timeouts, retries and others.
        //!
        #(#![doc = #endpoints])*
        //!
        //! The settings that `from_env` reads, with their precedence, are [a table](smithlet_runtime::config#settings) in the runtime crate.
        pub use smithlet_runtime::config::*;
    }
}

/// `meta.rs`.
pub(super) fn meta() -> TokenStream {
    quote! {
        //! Facts about this crate.
        /// The crate's version.
        pub static PKG_VERSION: &str = env!("CARGO_PKG_VERSION");
    }
}

/// `primitives.rs`.
pub(super) fn primitives(plan: &Crate) -> TokenStream {
    let streams = plan.streams().then(|| {
        quote!(
            pub use smithlet_runtime::byte_stream::*;
        )
    });
    quote! {
        //! Types of the model that Rust's standard library lacks.
        #streams
        pub use smithlet_runtime::primitives::*;
    }
}

/// `operation.rs`.
pub(super) fn operations(plan: &Crate) -> TokenStream {
    let modules = plan.operations.iter().map(|operation| &operation.module);
    quote! {
        //! The operations: inputs, outputs and errors.
        pub use smithlet_runtime::support::operation::RequestId;
        #(pub mod #modules;)*
    }
}

/// `types.rs`.
pub(super) fn types(plan: &Crate) -> TokenStream {
    let rows = type_rows(plan);
    let modules = rows.iter().map(|(module, _)| module);
    let exports = rows.iter().map(|(module, name)| quote!(pub use #module::#name;));
    quote! {
        //! The types of the members of inputs and outputs.
        pub mod builders;
        pub mod error;
        #(mod #modules;)*
        #(#exports)*
    }
}

fn type_rows(plan: &Crate) -> Vec<(&Name, &Name)> {
    let mut rows: Vec<(&Name, &Name)> = plan.structures.iter().map(|item| (&item.module, &item.name)).collect();
    rows.extend(plan.enums.iter().map(|item| (&item.module, &item.name)));
    rows.extend(plan.int_enums.iter().map(|item| (&item.module, &item.name)));
    rows.extend(plan.unions.iter().map(|item| (&item.module, &item.name)));
    rows.sort();
    rows
}

/// `types/builders.rs`.
pub(super) fn type_builders(plan: &Crate) -> TokenStream {
    let exports = plan.structures.iter().map(|item| {
        let (module, builder) = (&item.module, item.builder());
        quote!(pub use super::#module::#builder;)
    });
    quote! {
        //! The builders of the types.
        #(#exports)*
    }
}

/// `types/error.rs`.
pub(super) fn errors(plan: &Crate) -> TokenStream {
    let errors = || plan.errors.iter().map(|error| &error.structure);
    let modules = errors().map(|item| &item.module);
    let exports = errors().map(|item| {
        let (module, name) = (&item.module, &item.name);
        quote!(pub use #module::#name;)
    });
    let builders = errors().map(|item| {
        let (module, builder) = (&item.module, item.builder());
        quote!(pub use super::#module::#builder;)
    });
    quote! {
        //! The errors that operations list.
        #(mod #modules;)*
        #(#exports)*
        /// The builders of the errors.
        pub mod builders {
            #(#builders)*
        }
    }
}
