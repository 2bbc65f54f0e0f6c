//! Where a client's credentials come from.

#[cfg(feature = "credentials")]
use super::chain::Chain;
use super::environment;
use super::error::NoCredentials;
use super::settings::Settings;
use crate::Boxed;
#[cfg(not(feature = "credentials"))]
use crate::config::Environment;
use crate::config::{Credentials, ProvideCredentials as _, SharedCredentialsProvider};
use crate::http::NoConnector;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;

/// Where credentials come from.
pub(crate) enum Source {
    /// From the provider that was configured.
    Given(SharedCredentialsProvider),
    /// From wherever they are.
    #[cfg(feature = "credentials")]
    Chain(Box<Chain>),
    /// From the environment.
    #[cfg(not(feature = "credentials"))]
    Environment(Environment),
}

impl Source {
    /// The source under a configuration. Whoever has to be asked over HTTP is asked through this connector.
    #[cfg_attr(not(feature = "credentials"), expect(unused_variables, reason = "nobody is asked over HTTP then"))]
    pub(crate) fn new(settings: Settings, connector: &Result<SharedHttpConnector, NoConnector>) -> Self {
        if let Some(provider) = settings.provider {
            return Self::Given(provider);
        }
        #[cfg(feature = "credentials")]
        return Self::Chain(Box::new(Chain::new(settings, connector.clone())));
        #[cfg(not(feature = "credentials"))]
        Self::Environment(settings.environment().clone())
    }

    /// The keys of the environment, which go before all others but a given provider's. They are read at each request, since that costs
    /// nothing.
    pub(super) fn at_hand(&self) -> Result<Option<Credentials>, NoCredentials> {
        match self {
            Self::Given(_) => Ok(None),
            #[cfg(feature = "credentials")]
            Self::Chain(chain) => environment::keys(chain.environment()),
            #[cfg(not(feature = "credentials"))]
            Self::Environment(environment) => environment::keys(environment),
        }
    }

    /// Asks for credentials that are not at hand. On the heap, since a call that finds them at hand has no use for so large a future.
    pub(super) fn load(&self) -> Boxed<'_, Result<Credentials, NoCredentials>> {
        match self {
            Self::Given(provider) => Box::pin(async { provider.provide_credentials().await.map_err(NoCredentials::Provider) }),
            #[cfg(feature = "credentials")]
            Self::Chain(chain) => Box::pin(chain.load()),
            #[cfg(not(feature = "credentials"))]
            Self::Environment(_) => Box::pin(std::future::ready(Err(NoCredentials::Nowhere))),
        }
    }
}
