//! The source of a client's credentials.

#[cfg(feature = "credentials")]
use super::chain::Chain;
use super::environment;
use super::error::NoCredentials;
use super::settings::Settings;
use crate::Boxed;
#[cfg(not(feature = "credentials"))]
use crate::config::Environment;
use crate::config::{Credentials, ProvideCredentials as _, SharedCredentialsProvider};
use crate::http::{Connector, NoConnector};

/// The source of a client's credentials.
pub(crate) enum Source {
    /// The configured provider.
    Provider(SharedCredentialsProvider),
    /// The default chain.
    #[cfg(feature = "credentials")]
    Chain(Box<Chain>),
    /// The environment variables.
    #[cfg(not(feature = "credentials"))]
    Environment(Environment),
}

impl Source {
    /// The source under a client's settings. AWS services are reached through the client's connector.
    #[cfg_attr(not(feature = "credentials"), expect(unused_variables, reason = "the environment needs no connector"))]
    pub(crate) fn new(settings: Settings, connector: &Result<Connector, NoConnector>) -> Self {
        if let Some(provider) = settings.provider {
            return Self::Provider(provider);
        }
        #[cfg(feature = "credentials")]
        return Self::Chain(Box::new(Chain::new(settings, connector.clone())));
        #[cfg(not(feature = "credentials"))]
        Self::Environment(settings.environment().clone())
    }

    /// The keys of the environment, which only a configured provider precedes. They are read at each request, so they are never stale.
    /// If they are still the last ones, those are returned.
    pub(super) fn environment_keys(&self, last: Option<Credentials>) -> Result<Option<Credentials>, NoCredentials> {
        match self {
            Self::Provider(_) => Ok(None),
            #[cfg(feature = "credentials")]
            Self::Chain(chain) => environment::keys(chain.environment(), last),
            #[cfg(not(feature = "credentials"))]
            Self::Environment(environment) => environment::keys(environment, last),
        }
    }

    /// Loads credentials that are not in the environment. The future is boxed to keep the caller's future small.
    pub(super) fn load(&self) -> Boxed<'_, Result<Credentials, NoCredentials>> {
        match self {
            Self::Provider(provider) => Box::pin(async { provider.provide_credentials().await.map_err(NoCredentials::Provider) }),
            #[cfg(feature = "credentials")]
            Self::Chain(chain) => Box::pin(chain.load()),
            #[cfg(not(feature = "credentials"))]
            Self::Environment(_) => Box::pin(std::future::ready(Err(NoCredentials::NotInEnvironment))),
        }
    }
}
