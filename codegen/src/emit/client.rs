//! `client.rs`: the client, with a method for each operation.

use super::docs;
use crate::rust::Crate;
use proc_macro2::TokenStream;
use quote::quote;

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
        let (docs, module, fluent) = (docs(&operation.docs.full), &operation.module, operation.name.affix("", "FluentBuilder"));
        quote! {
            #docs
            pub fn #module(&self) -> #fluent {
                #fluent { handle: self.handle.clone(), inner: Default::default() }
            }
        }
    });
    let methods: Vec<_> = methods.collect();
    let builders = plan.operations.iter().map(|operation| {
        let (module, fluent) = (&operation.module, operation.name.affix("", "FluentBuilder"));
        quote!(use crate::operation::#module::builders::#fluent;)
    });
    quote! {
        //! The client, and what can be changed about a single call.
        use crate::config::{Config, InvalidSetting};
        #(#builders)*
        use smithlet_runtime::client::Handle;
        use smithlet_runtime::support::operation::Service;
        /// Changes to a single call.
        pub mod customize {
            pub use smithlet_runtime::support::customize::{CustomizableOperation, CustomizableSend, Customization};
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
