//! `client.rs`: the client, with a method for each operation.

use super::{docs, waiter};
use crate::rust::Crate;
use proc_macro2::TokenStream;
use quote::quote;

/// `client.rs`.
pub(super) fn client(plan: &Crate) -> TokenStream {
    let service = &plan.service;
    let (id, prefix, signing, content_type) =
        (&service.id, &service.endpoint_prefix, &service.signing_name, service.protocol.content_type());
    let (query_compatible, sensitive) = (service.query_compatible, plan.sensitive_members());
    let about =
        docs(&format!("A client of {}. Cloning it is cheap: all clones share one connection pool.", crate::docs::escape(&service.title)));
    let rules = if plan.endpoint_rules.is_some() { quote!(Some(crate::endpoint::resolve)) } else { quote!(None) };
    let methods = plan.operations.iter().map(|operation| {
        let (docs, module, fluent) = (docs(&operation.docs.full), &operation.module, operation.name.affix("", "FluentBuilder"));
        quote! {
            #docs
            pub fn #module(&self) -> #fluent {
                #fluent { inner: Call::new(&self.handle) }
            }
        }
    });
    let methods: Vec<_> = methods.collect();
    let builders = plan.operations.iter().map(|operation| {
        let (module, fluent) = (&operation.module, operation.name.affix("", "FluentBuilder"));
        quote!(use crate::operation::#module::builders::#fluent;)
    });
    let waiters = waiter::client(plan);
    quote! {
        //! The client, and customization of a single call.
        use crate::config::{Config, InvalidSetting};
        #(#builders)*
        use smithlet_runtime::client::{Call, Handle};
        use smithlet_runtime::support::operation::Service;
        /// Customization of a single call.
        pub mod customize {
            pub use smithlet_runtime::customize::{CustomizableOperation, CustomizableSend, Customization};
        }
        /// Facts about the service that all operations share.
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
            /// Makes a client from settings that `aws-config` has loaded.
            pub fn new(sdk_config: &smithlet_runtime::config::SdkConfig) -> Self {
                Self::from_conf(Config::new(sdk_config))
            }
            /// Makes a client from the environment and the profile in use, which are read as AWS's tools read them
            /// ([all settings](smithlet_runtime::config#settings)). If they name no region, the instance metadata is asked for it.
            ///
            /// # Errors
            ///
            /// An invalid setting, with its name and place; no region in any source.
            pub async fn from_env() -> Result<Self, InvalidSetting> {
                Ok(Self { handle: Handle::from_env(&SERVICE).await? })
            }
            /// Makes a client with this configuration.
            pub fn from_conf(config: Config) -> Self {
                Self { handle: Handle::new(&SERVICE, config) }
            }
            /// Returns the client's configuration.
            pub fn config(&self) -> &Config {
                self.handle.config()
            }
            #(#methods)*
        }
        #waiters
    }
}
