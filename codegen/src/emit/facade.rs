//! The crate's front: its documentation, its client, and the modules that only gather names.

use super::{docs, full_docs, scope};
use crate::names::Name;
use crate::rust::{Crate, Field, Operation, Structure, Type};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// `lib.rs`.
pub(super) fn library(plan: &Crate) -> TokenStream {
    let lines = library_docs(plan);
    let lines = lines.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    // Public, so that its function can be compared with the vectors that AWS publishes.
    let endpoint = plan.endpoint_rules.as_ref().map(|_| {
        quote!(
            #[doc(hidden)]
            pub mod endpoint;
        )
    });
    let recursion_limit = recursion_limit(plan).map(|limit| {
        let limit = limit.to_string();
        quote!(#![recursion_limit = #limit])
    });
    quote! {
        #(#![doc = #lines])*
        #recursion_limit
        pub mod client;
        pub mod config;
        #endpoint
        pub mod error;
        pub mod meta;
        pub mod operation;
        pub mod primitives;
        pub mod types;
        pub use client::Client;
        pub use config::Config;
        pub use error::Error;
    }
}

/// How deep macros may call each other, where the compiler's own limit of 128 is too low: the one that defines a structure goes from member to
/// member in two steps, and in up to five where a shape has the name of a type of the standard library.
fn recursion_limit(plan: &Crate) -> Option<usize> {
    let inline = plan.operations.iter().flat_map(|operation| [&operation.input, &operation.output]);
    let structures = plan.structures.iter().chain(plan.errors.iter().map(|error| &error.structure)).chain(inline);
    let steps = |structure: &Structure| structure.fields.len() * if scope::is_known(&structure.name) { 5 } else { 2 };
    structures.map(steps).max().map(|steps| steps + 20).filter(|limit| *limit > 128)
}

fn library_docs(plan: &Crate) -> String {
    let service = &plan.service;
    let operations: Vec<String> = plan
        .operations
        .iter()
        .map(|operation| format!("- [`{}`](Client::{}): {}", operation.wire, operation.module.plain(), operation.docs.summary))
        .collect();
    let example = plan.operations.iter().find_map(|operation| Some((operation, required_calls(operation)?)));
    let example = example.map_or_else(String::new, |(operation, calls)| {
        format!(
            "# Example\n\n```no_run\n# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\nuse {0}::Client;\n\n\
             // Region, credentials and all else come from where AWS's tools find them: the environment, the profile, the machine.\n\
             let client = Client::from_env().await?;\n\
             let reply = client.{1}(){calls}.send().await?;\nprintln!(\"{{reply:?}}\");\n# Ok(())\n# }}\n```",
            plan.name.replace('-', "_"),
            operation.module.plain(),
        )
    });
    let serde = serde_docs(plan);
    format!(
        "A small client of {}, API version {}: the operations below and nothing else.\n\n{}\n\n# Operations\n\n{}\n\n{example}\n\n{PROMISES}\n\n{serde}\n\n{}",
        crate::docs::escape(&service.title),
        crate::docs::escape(&service.api_version),
        service.docs.full,
        operations.join("\n"),
        super::differences::differences(service),
    )
}

/// Where the tables are, which are the same for all services.
const PROMISES: &str = "\
# What may be relied on

What is read from the environment and what a client promises stands in the documentation of the crate under this one, each with
its test:

- [settings](smithlet_runtime::config#settings): variables, properties of profiles, and what goes first
- [credentials](smithlet_runtime::credentials): where they are found, how long they are kept
- [endpoints](smithlet_runtime::endpoint): where requests go
- [the transport](smithlet_runtime::http): proxies, certificates, timeouts, connections
- [retries](smithlet_runtime::retry): what is sent again, and when
- [clocks](smithlet_runtime::clock) that differ from the service's
- [tracing](smithlet_runtime::client): the spans and events of a call
- [faults](smithlet_runtime::faults): what may go wrong on the way to the service and back, and what happens then";

/// What the feature `serde` does.
fn serde_docs(plan: &Crate) -> String {
    let output = plan.operations.iter().map(|operation| &operation.output).find(|output| !output.fields.is_empty());
    let example = output.map_or_else(String::new, |output| {
        let name = output.name.plain();
        format!("What the AWS CLI prints is\nread by `serde_json::from_str::<{name}>(&text)?`, with timestamps in either of its formats.\n")
    });
    format!(
        "# Feature `serde`\n\n\
         Off by default. Everything in [`types`] but the errors and every operation's input and output have serde's\n\
         `Serialize` and `Deserialize`, with the names and forms of the wire. {example}\
         Reading forgives what it forgives a reply, and an error names the member.\n\n\
         **What `Debug` hides, serde writes**: sensitive values are written as they are. Request ids are not written.\n\
         A format has to say what its values are, as JSON, YAML and CBOR do. Timestamps that are seconds on the wire\n\
         are exact to the microsecond.",
    )
}

/// Calls that set what the operation requires, as far as text will do; none when it will not.
fn required_calls(operation: &Operation) -> Option<String> {
    let required = operation.input.fields.iter().filter(|field| field.required);
    let call = |field: &Field| match &field.ty {
        Type::String => Some(format!(".{}(\"...\")", field.name.to_token_stream())),
        Type::List { item, .. } if **item == Type::String => Some(format!(".{}(\"...\")", field.name.to_token_stream())),
        _ => None,
    };
    required.map(call).collect()
}

/// `client.rs`.
pub(super) fn client(plan: &Crate) -> TokenStream {
    let service = &plan.service;
    let (id, prefix, signing, content_type) = (&service.id, &service.endpoint_prefix, &service.signing_name, service.content_type);
    let (query_compatible, sensitive) = (service.query_compatible, plan.sensitive_members());
    let about = docs(&format!(
        "A client of {}. Cloning it is cheap, and all clones share one pool of connections.",
        crate::docs::escape(&service.title)
    ));
    let rules = if plan.endpoint_rules.is_some() { quote!(Some(crate::endpoint::resolve)) } else { quote!(None) };
    let methods = plan.operations.iter().map(|operation| {
        let (docs, module, fluent) = (full_docs(&operation.docs), &operation.module, operation.name.affix("", "FluentBuilder"));
        quote! {
            #docs
            pub fn #module(&self) -> crate::operation::#module::builders::#fluent {
                crate::operation::#module::builders::#fluent { handle: self.handle.clone(), inner: Default::default() }
            }
        }
    });
    quote! {
        //! The client, and what can be changed about a single call.
        use crate::config::{Config, InvalidSetting};
        use smithlet_runtime::client::Handle;
        use smithlet_runtime::operation::Service;
        /// Changes to a single call.
        pub mod customize {
            pub use smithlet_runtime::customize::{CustomizableOperation, CustomizableSend, Customization};
        }
        /// What all operations share.
        pub(crate) static SERVICE: Service = Service {
            id: #id,
            endpoint_prefix: #prefix,
            signing_name: #signing,
            endpoint_rules: #rules,
            content_type: #content_type,
            query_compatible: #query_compatible,
            sensitive_members: &[#(#sensitive),*],
            crate_name: env!("CARGO_PKG_NAME"),
            crate_version: crate::meta::PKG_VERSION,
        };
        #about
        #[derive(Clone, Debug)]
        pub struct Client {
            handle: Handle,
        }
        impl Client {
            /// A client with the settings that `aws-config` has loaded.
            pub fn new(sdk_config: &smithlet_runtime::config::SdkConfig) -> Self {
                Self::from_conf(Config::new(sdk_config))
            }
            /// A client with the settings of the environment and of the profile in use, as AWS's tools read them
            /// ([all of them](smithlet_runtime::config#settings)). A region that they do not name is asked of the machine's instance metadata.
            ///
            /// # Errors
            ///
            /// A setting that makes no sense, by its name and place; no region anywhere.
            pub async fn from_env() -> Result<Self, InvalidSetting> {
                Ok(Self { handle: Handle::from_env(&SERVICE).await? })
            }
            /// A client with a configuration of its own.
            pub fn from_conf(config: Config) -> Self {
                Self { handle: Handle::new(&SERVICE, config) }
            }
            /// The configuration it was made with.
            pub fn config(&self) -> &Config {
                self.handle.config()
            }
            #(#methods)*
        }
    }
}

/// `config.rs`.
pub(super) fn config(plan: &Crate) -> TokenStream {
    let rules = "Without an `endpoint_url`, requests go where the endpoint rules of the service's model, compiled into this crate, say for the\n\
                 region, `use_fips` and `use_dual_stack`.";
    let pattern = "Without an `endpoint_url`, requests go to the service's usual host in the region, by `use_fips` and `use_dual_stack`.";
    let endpoints = if plan.endpoint_rules.is_some() { rules } else { pattern };
    let endpoints = endpoints.lines().map(|line| format!(" {line}"));
    quote! {
        //! Settings: where the service is, who calls, how long to wait.
        //!
        #(#![doc = #endpoints])*
        //!
        //! What `from_env` reads, and which goes first, is [a table](smithlet_runtime::config#settings) of the crate under this one.
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
pub(super) fn primitives() -> TokenStream {
    quote! {
        //! Values that the model has and Rust's standard library has not.
        pub use smithlet_runtime::primitives::*;
    }
}

/// `operation.rs`.
pub(super) fn operations(plan: &Crate) -> TokenStream {
    let modules = plan.operations.iter().map(|operation| &operation.module);
    quote! {
        //! The operations: inputs, outputs and errors.
        pub use smithlet_runtime::operation::RequestId;
        #(pub mod #modules;)*
    }
}

/// `types.rs`.
pub(super) fn types(plan: &Crate) -> TokenStream {
    let rows = type_rows(plan);
    let modules = rows.iter().map(|(module, _)| module);
    let exports = rows.iter().map(|(module, name)| quote!(pub use #module::#name;));
    quote! {
        //! The types that inputs and outputs are made of.
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
        //! The errors that operations name.
        #(mod #modules;)*
        #(#exports)*
        /// The builders of the errors.
        pub mod builders {
            #(#builders)*
        }
    }
}
