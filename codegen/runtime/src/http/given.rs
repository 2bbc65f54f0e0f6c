//! A custom client of the configuration, behind the trait of AWS's SDK.
//!
//! The trait's method takes, besides the timeouts, the components of the SDK's orchestrator. Connectors use its timer and its clock, which are
//! those of the configuration. The other components are required and never called, since there is no orchestrator.

use super::NoConnector;
use crate::config::Config;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign};
use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::http::{HttpClient as _, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use aws_smithy_runtime_api::client::identity::{Identity, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::{RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::{BuildError, GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::config_bag::ConfigBag;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

const SCHEME: AuthSchemeId = AuthSchemeId::new("sigv4");

/// A custom client, and the function that makes its connectors. The function is reached only from the setters of the client, so that a program
/// without a custom client is linked without the components.
#[derive(Clone)]
pub(crate) struct GivenClient {
    client: SharedHttpClient,
    connector: fn(&SharedHttpClient, &Config) -> Result<SharedHttpConnector, NoConnector>,
}

impl GivenClient {
    pub(crate) fn new(client: SharedHttpClient) -> Self {
        Self { client, connector }
    }

    pub(crate) fn client(&self) -> &SharedHttpClient {
        &self.client
    }

    pub(super) fn connector(&self, config: &Config) -> Result<SharedHttpConnector, NoConnector> {
        (self.connector)(&self.client, config)
    }
}

fn connector(client: &SharedHttpClient, config: &Config) -> Result<SharedHttpConnector, NoConnector> {
    let components =
        components(client, config).map_err(|error| NoConnector(format!("the HTTP client cannot be given what it needs: {error}")))?;
    let timeouts = config.timeouts();
    let mut settings = HttpConnectorSettings::builder();
    settings.set_connect_timeout(timeouts.connect_timeout()).set_read_timeout(timeouts.read_timeout());
    Ok(client.http_connector(&settings.build(), &components))
}

/// The components that a connector of the client is made with.
fn components(client: &SharedHttpClient, config: &Config) -> Result<RuntimeComponents, BuildError> {
    RuntimeComponentsBuilder::new("smithlet")
        .with_http_client(Some(client.clone()))
        .with_sleep_impl(config.timer())
        .with_time_source(Some(config.clock()))
        .with_auth_scheme_option_resolver(Some(StaticAuthSchemeOptionResolver::new(Vec::new())))
        .with_auth_scheme(Unused)
        .with_endpoint_resolver(Some(Unused))
        .with_identity_cache(Some(Unused))
        .with_identity_resolver(SCHEME, Unused)
        .with_retry_strategy(Some(Unused))
        .build()
}

/// A required component that is never used. Each of its methods is an error.
#[derive(Debug)]
struct Unused;

fn refuse<T>() -> Result<T, BoxError> {
    Err("a component that only an orchestrator uses was called".into())
}

impl ResolveEndpoint for Unused {
    fn resolve_endpoint<'a>(&'a self, _: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        EndpointFuture::ready(refuse())
    }
}

impl AuthScheme for Unused {
    fn scheme_id(&self) -> AuthSchemeId {
        SCHEME
    }

    fn identity_resolver(&self, _: &dyn GetIdentityResolver) -> Option<SharedIdentityResolver> {
        None
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for Unused {
    fn sign_http_request(
        &self,
        _: &mut HttpRequest,
        _: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        _: &ConfigBag,
    ) -> Result<(), BoxError> {
        refuse()
    }
}

impl ResolveIdentity for Unused {
    fn resolve_identity<'a>(&'a self, _: &'a RuntimeComponents, _: &'a ConfigBag) -> IdentityFuture<'a> {
        IdentityFuture::ready(refuse())
    }
}

impl ResolveCachedIdentity for Unused {
    fn resolve_cached_identity<'a>(&'a self, _: SharedIdentityResolver, _: &'a RuntimeComponents, _: &'a ConfigBag) -> IdentityFuture<'a> {
        IdentityFuture::ready(refuse())
    }
}

impl RetryStrategy for Unused {
    fn should_attempt_initial_request(&self, _: &RuntimeComponents, _: &ConfigBag) -> Result<ShouldAttempt, BoxError> {
        refuse()
    }

    fn should_attempt_retry(&self, _: &InterceptorContext, _: &RuntimeComponents, _: &ConfigBag) -> Result<ShouldAttempt, BoxError> {
        refuse()
    }
}
