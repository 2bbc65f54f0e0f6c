//! A custom HTTP client, behind the trait of AWS's SDK. It lies below `config`, which holds one, and `http`, which sends with it.
//!
//! The trait's method takes, besides the timeouts, the components of the SDK's orchestrator. Connectors use its timer and its clock, which are
//! those of the configuration. The other components are required and never called, since there is no orchestrator.

use crate::Boxed;
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{AuthScheme, AuthSchemeEndpointConfig, AuthSchemeId, Sign};
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, EndpointResolverParams, ResolveEndpoint};
use aws_smithy_runtime_api::client::http::{
    HttpClient as _, HttpConnector as _, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::identity::{Identity, IdentityFuture, ResolveCachedIdentity, ResolveIdentity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::retries::{RetryStrategy, ShouldAttempt};
use aws_smithy_runtime_api::client::runtime_components::{BuildError, GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::timeout::TimeoutConfig;
use http::{Request, Response};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

const SCHEME: AuthSchemeId = AuthSchemeId::new("sigv4");

/// A custom client, and the function that makes its connectors. The function is reached only from the setters of the client, so that a program
/// without a custom client is linked without the components and the conversions.
#[derive(Clone)]
pub(crate) struct CustomClient {
    client: SharedHttpClient,
    connector: fn(&SharedHttpClient, Settings<'_>) -> Result<CustomConnector, BuildError>,
}

/// A connector of a custom client, and the function that sends a request with it.
#[derive(Clone, Debug)]
pub(crate) struct CustomConnector {
    connector: SharedHttpConnector,
    send: SendRequest,
}

type SendRequest = fn(SharedHttpConnector, Request<SdkBody>, CaptureSmithyConnection) -> Sent;

type Sent = Boxed<'static, Result<Response<SdkBody>, ConnectorError>>;

impl CustomConnector {
    /// Sends a request, whose connection is captured.
    pub(crate) fn call(&self, request: Request<SdkBody>, connection: CaptureSmithyConnection) -> Sent {
        (self.send)(self.connector.clone(), request, connection)
    }
}

/// The settings of a connector.
pub(crate) struct Settings<'a> {
    pub(crate) timeouts: &'a TimeoutConfig,
    pub(crate) timer: Option<SharedAsyncSleep>,
    pub(crate) clock: SharedTimeSource,
}

impl CustomClient {
    pub(crate) fn new(client: SharedHttpClient) -> Self {
        Self { client, connector }
    }

    pub(crate) fn client(&self) -> &SharedHttpClient {
        &self.client
    }

    pub(crate) fn connector(&self, settings: Settings<'_>) -> Result<CustomConnector, BuildError> {
        (self.connector)(&self.client, settings)
    }
}

fn connector(client: &SharedHttpClient, settings: Settings<'_>) -> Result<CustomConnector, BuildError> {
    let Settings { timeouts, timer, clock } = settings;
    let mut settings = HttpConnectorSettings::builder();
    settings.set_connect_timeout(timeouts.connect_timeout()).set_read_timeout(timeouts.read_timeout());
    let components = RuntimeComponentsBuilder::new("smithlet")
        .with_http_client(Some(client.clone()))
        .with_sleep_impl(timer)
        .with_time_source(Some(clock))
        .with_auth_scheme_option_resolver(Some(StaticAuthSchemeOptionResolver::new(Vec::new())))
        .with_auth_scheme(Unused)
        .with_endpoint_resolver(Some(Unused))
        .with_identity_cache(Some(Unused))
        .with_identity_resolver(SCHEME, Unused)
        .with_retry_strategy(Some(Unused))
        .build()?;
    Ok(CustomConnector { connector: client.http_connector(&settings.build(), &components), send })
}

fn send(connector: SharedHttpConnector, request: Request<SdkBody>, connection: CaptureSmithyConnection) -> Sent {
    Box::pin(async move {
        let mut request = HttpRequest::try_from(request).map_err(|error| ConnectorError::user(error.into()))?;
        request.add_extension(connection);
        let reply = connector.call(request).await?;
        reply.try_into_http1x().map_err(|error| ConnectorError::other(error.into(), None))
    })
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
