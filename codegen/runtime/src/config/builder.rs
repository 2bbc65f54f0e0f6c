//! The builder of a configuration, with a pair of setters per setting.

use super::endpoint_url::EndpointUrl;
use super::retry::RetryConfig;
use super::settings::Settings;
use super::timeout::TimeoutConfig;
use super::{
    AppName, AsyncSleep, BehaviorVersion, Config, Environment, HttpClient, IdempotencyTokenProvider, IntoShared, ProvideCredentials,
    Region, RequestChecksumCalculation, ResponseChecksumValidation, SdkConfig, SharedAsyncSleep, SharedCredentialsProvider,
    SharedHttpClient, SharedTimeSource, TimeSource,
};
use crate::custom_client::CustomClient;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Builds a [`Config`].
///
/// A setting that is not set has a default, except the region. As the argument of
/// [`config_override`](crate::customize::CustomizableOperation::config_override), a builder changes the settings that it has for one call.
#[derive(Clone, Default)]
pub struct Builder {
    pub(super) settings: Settings,
}

impl Builder {
    /// A builder with nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The configuration.
    pub fn build(self) -> Config {
        Config { settings: Arc::new(self.settings) }
    }

    pub(super) fn from_settings(settings: Settings) -> Self {
        Self { settings }
    }

    pub(super) fn into_settings(self) -> Settings {
        self.settings
    }

    /// Returns whether a setting changes how requests are sent.
    pub(crate) fn changes_transport(&self) -> bool {
        let settings = &self.settings;
        settings.http_client.is_some()
            || settings.timeout_config.is_some()
            || settings.sleep_impl.is_some()
            || settings.time_source.is_some()
            || self.changes_client()
    }

    /// Returns whether a setting needs another HTTP client of the crate's own.
    pub(crate) fn changes_client(&self) -> bool {
        self.settings.ca_bundle.is_some() || self.settings.environment.is_fixed()
    }

    /// Returns whether a setting changes the source of credentials.
    pub(crate) fn changes_credentials(&self) -> bool {
        self.settings.credentials_provider.is_some() || self.settings.environment.is_fixed()
    }

    /// The region that requests go to and are signed for, such as `eu-west-1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<Option<Region>>) -> Self {
        self.settings.region = region.into();
        self
    }

    /// See [`region`](Self::region).
    pub fn set_region(&mut self, region: Option<Region>) -> &mut Self {
        self.settings.region = region;
        self
    }

    /// The endpoint that replaces the region's: `http://` or `https://`, a host, and an optional port and path.
    #[must_use]
    pub fn endpoint_url(mut self, endpoint_url: impl Into<String>) -> Self {
        self.settings.endpoint_url = Some(EndpointUrl::Given(endpoint_url.into()));
        self
    }

    /// See [`endpoint_url`](Self::endpoint_url).
    pub fn set_endpoint_url(&mut self, endpoint_url: Option<String>) -> &mut Self {
        self.settings.endpoint_url = endpoint_url.map(EndpointUrl::Given);
        self
    }

    /// True to use the endpoint whose cryptography is validated to FIPS 140. Not every region has one.
    #[must_use]
    pub fn use_fips(mut self, use_fips: impl Into<bool>) -> Self {
        self.settings.use_fips = Some(use_fips.into());
        self
    }

    /// See [`use_fips`](Self::use_fips).
    pub fn set_use_fips(&mut self, use_fips: Option<bool>) -> &mut Self {
        self.settings.use_fips = use_fips;
        self
    }

    /// True to use the endpoint that is reachable over IPv6 as well as IPv4. Not every region has one.
    #[must_use]
    pub fn use_dual_stack(mut self, use_dual_stack: impl Into<bool>) -> Self {
        self.settings.use_dual_stack = Some(use_dual_stack.into());
        self
    }

    /// See [`use_dual_stack`](Self::use_dual_stack).
    pub fn set_use_dual_stack(&mut self, use_dual_stack: Option<bool>) -> &mut Self {
        self.settings.use_dual_stack = use_dual_stack;
        self
    }

    /// The provider of credentials: [`Credentials`](super::Credentials) themselves, a provider of aws-config, or one of your own. The default is
    /// the [sources of AWS's tools](crate::credentials). Credentials are cached and refreshed before they expire, whatever their provider.
    #[must_use]
    pub fn credentials_provider(mut self, credentials_provider: impl ProvideCredentials + 'static) -> Self {
        self.settings.credentials_provider = Some(SharedCredentialsProvider::new(credentials_provider));
        self
    }

    /// See [`credentials_provider`](Self::credentials_provider).
    pub fn set_credentials_provider(&mut self, credentials_provider: Option<SharedCredentialsProvider>) -> &mut Self {
        self.settings.credentials_provider = credentials_provider;
        self
    }

    /// The HTTP client: one of your own, or one that replays a conversation in a test. By default, each client has one of the crate's own (cargo
    /// feature `rustls`) with a pool of connections. It needs a Tokio runtime.
    #[must_use]
    pub fn http_client(mut self, http_client: impl HttpClient + 'static) -> Self {
        self.settings.http_client = Some(CustomClient::new(http_client.into_shared()));
        self
    }

    /// See [`http_client`](Self::http_client).
    pub fn set_http_client(&mut self, http_client: Option<SharedHttpClient>) -> &mut Self {
        self.settings.http_client = http_client.map(CustomClient::new);
        self
    }

    /// A file of certificates, in PEM, that are trusted in place of the system's: those of a private authority, or of a proxy that intercepts
    /// TLS. The default is the file that the environment variable `AWS_CA_BUNDLE` names, or else the system's certificates.
    ///
    /// The file is read at the first `https` connection. It has no effect on a custom [`http_client`](Self::http_client).
    #[must_use]
    pub fn ca_bundle(mut self, path: impl Into<PathBuf>) -> Self {
        self.settings.ca_bundle = Some(path.into());
        self
    }

    /// See [`ca_bundle`](Self::ca_bundle).
    pub fn set_ca_bundle(&mut self, path: Option<PathBuf>) -> &mut Self {
        self.settings.ca_bundle = path;
        self
    }

    /// The timeouts. A timeout that is neither set nor disabled has its default: 3.1 seconds to connect, 60 seconds of silence before and
    /// within a reply, and none for an attempt and for the whole operation. A reply has a time limit of its own,
    /// [`max_response_time`](Self::max_response_time).
    ///
    /// An attempt that takes too long is retried as if its connection had broken. The operation's timeout includes all attempts, the waits
    /// between them and the search for credentials. A wait that would exceed it is not begun, and the call ends with the previous failure.
    #[must_use]
    pub fn timeout_config(mut self, timeout_config: TimeoutConfig) -> Self {
        self.settings.timeout_config = Some(timeout_config);
        self
    }

    /// See [`timeout_config`](Self::timeout_config).
    pub fn set_timeout_config(&mut self, timeout_config: Option<TimeoutConfig>) -> &mut Self {
        self.settings.timeout_config = timeout_config;
        self
    }

    /// The settings of retries. The default is [`RetryConfig::standard`]: up to three attempts, with random waits of at most 1 and 2 seconds
    /// between them. An idempotent operation is retried after any transient failure. Another operation is retried with an idempotency token, or
    /// if the service certainly did nothing.
    ///
    /// [`RetryConfig::adaptive`] limits the client's rate of requests after the first throttling.
    /// [`ReconnectMode`](super::retry::ReconnectMode) chooses whether a connection is reused after a transient failure. By default, it is not.
    #[must_use]
    pub fn retry_config(mut self, retry_config: RetryConfig) -> Self {
        self.settings.retry_config = Some(retry_config);
        self
    }

    /// See [`retry_config`](Self::retry_config).
    pub fn set_retry_config(&mut self, retry_config: Option<RetryConfig>) -> &mut Self {
        self.settings.retry_config = retry_config;
        self
    }

    /// The application's name, which becomes part of the user agent.
    #[must_use]
    pub fn app_name(mut self, app_name: AppName) -> Self {
        self.settings.app_name = Some(app_name);
        self
    }

    /// See [`app_name`](Self::app_name).
    pub fn set_app_name(&mut self, app_name: Option<AppName>) -> &mut Self {
        self.settings.app_name = app_name;
        self
    }

    /// The clock for signatures. The default is the system's.
    #[must_use]
    pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
        self.settings.time_source = Some(SharedTimeSource::new(time_source));
        self
    }

    /// See [`time_source`](Self::time_source).
    pub fn set_time_source(&mut self, time_source: Option<SharedTimeSource>) -> &mut Self {
        self.settings.time_source = time_source;
        self
    }

    /// The timer for timeouts and waits. The default is Tokio's (cargo feature `rt-tokio`).
    #[must_use]
    pub fn sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
        self.settings.sleep_impl = Some(SharedAsyncSleep::new(sleep_impl));
        self
    }

    /// See [`sleep_impl`](Self::sleep_impl).
    pub fn set_sleep_impl(&mut self, sleep_impl: Option<SharedAsyncSleep>) -> &mut Self {
        self.settings.sleep_impl = sleep_impl;
        self
    }

    /// True to sign with the clock even when the service's clock differs. The default is false: the client measures the difference with each
    /// reply, corrects for it, and sends a request again that was refused for its time.
    #[must_use]
    pub fn disable_clock_skew_correction(mut self, disable: impl Into<Option<bool>>) -> Self {
        self.settings.disable_clock_skew_correction = disable.into();
        self
    }

    /// See [`disable_clock_skew_correction`](Self::disable_clock_skew_correction).
    pub fn set_disable_clock_skew_correction(&mut self, disable: Option<bool>) -> &mut Self {
        self.settings.disable_clock_skew_correction = disable;
        self
    }

    /// The behavior version. It has no effect, since there is only one behavior.
    #[must_use]
    pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
        self.settings.behavior_version = Some(behavior_version);
        self
    }

    /// See [`behavior_version`](Self::behavior_version).
    pub fn set_behavior_version(&mut self, behavior_version: Option<BehaviorVersion>) -> &mut Self {
        self.settings.behavior_version = behavior_version;
        self
    }

    /// The latest behavior version. See [`behavior_version`](Self::behavior_version).
    #[must_use]
    pub fn behavior_version_latest(self) -> Self {
        self.behavior_version(BehaviorVersion::latest())
    }

    /// The source of idempotency tokens that a call leaves out. The default makes random ones.
    #[must_use]
    pub fn idempotency_token_provider(mut self, provider: impl Into<IdempotencyTokenProvider>) -> Self {
        self.settings.idempotency_token_provider = Some(provider.into());
        self
    }

    /// See [`idempotency_token_provider`](Self::idempotency_token_provider).
    pub fn set_idempotency_token_provider(&mut self, provider: Option<IdempotencyTokenProvider>) -> &mut Self {
        self.settings.idempotency_token_provider = provider;
        self
    }

    /// The largest body of a reply that is read, in bytes. A larger one is an error. The default is 64 MiB.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = Some(bytes);
        self
    }

    /// See [`max_response_size`](Self::max_response_size).
    pub fn set_max_response_size(&mut self, bytes: Option<usize>) -> &mut Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// The time limit for a reply that is read into memory, from its head to its end. The read timeout does not end a reply that arrives a few
    /// bytes at a time. The default is five minutes, and [`Duration::MAX`] means no limit.
    ///
    /// It also holds for the replies of a custom [`http_client`](Self::http_client).
    #[must_use]
    pub fn max_response_time(mut self, time: Duration) -> Self {
        self.settings.max_response_time = Some(time);
        self
    }

    /// See [`max_response_time`](Self::max_response_time).
    pub fn set_max_response_time(&mut self, time: Option<Duration>) -> &mut Self {
        self.settings.max_response_time = time;
        self
    }

    /// True to check an input before it is sent against the constraints of the service's model: required members, lengths, ranges. An invalid
    /// input ends the call before anything is sent, with an error that has [all findings](crate::error::InvalidInput). The default is true.
    /// With false, an input is sent as it is, for example after the service has raised a limit.
    #[must_use]
    pub fn validate(mut self, validate: bool) -> Self {
        self.settings.validate = Some(validate);
        self
    }

    /// See [`validate`](Self::validate).
    pub fn set_validate(&mut self, validate: Option<bool>) -> &mut Self {
        self.settings.validate = validate;
        self
    }

    /// True to send operations that have a host of their own, such as `data-` before the service's host, to the service's host. The default is
    /// false. Servers for tests, which have one host for everything, may need it; an IP address and `localhost` are always left as they are.
    #[must_use]
    pub fn disable_host_prefix(mut self, disable: bool) -> Self {
        self.settings.disable_host_prefix = Some(disable);
        self
    }

    /// See [`disable_host_prefix`](Self::disable_host_prefix).
    pub fn set_disable_host_prefix(&mut self, disable: Option<bool>) -> &mut Self {
        self.settings.disable_host_prefix = disable;
        self
    }

    /// Sets when requests have a checksum: whenever the operation allows one, which is the default, or only when it needs one or the input names the
    /// algorithm. Few operations have checksums.
    #[must_use]
    pub fn request_checksum_calculation(mut self, when: RequestChecksumCalculation) -> Self {
        self.settings.request_checksum_calculation = Some(when);
        self
    }

    /// See [`request_checksum_calculation`](Self::request_checksum_calculation).
    pub fn set_request_checksum_calculation(&mut self, when: Option<RequestChecksumCalculation>) -> &mut Self {
        self.settings.request_checksum_calculation = when;
        self
    }

    /// Sets when replies are checked by their checksum: whenever the operation allows it, which is the default, or only when the input asks for it.
    /// Few operations have checksums.
    #[must_use]
    pub fn response_checksum_validation(mut self, when: ResponseChecksumValidation) -> Self {
        self.settings.response_checksum_validation = Some(when);
        self
    }

    /// See [`response_checksum_validation`](Self::response_checksum_validation).
    pub fn set_response_checksum_validation(&mut self, when: Option<ResponseChecksumValidation>) -> &mut Self {
        self.settings.response_checksum_validation = when;
        self
    }

    /// True to send no request compressed. The default is false. Few operations have requests that are compressed.
    #[must_use]
    pub fn disable_request_compression(mut self, disable: impl Into<Option<bool>>) -> Self {
        self.settings.disable_request_compression = disable.into();
        self
    }

    /// See [`disable_request_compression`](Self::disable_request_compression).
    pub fn set_disable_request_compression(&mut self, disable: Option<bool>) -> &mut Self {
        self.settings.disable_request_compression = disable;
        self
    }

    /// The length in bytes from which on the body of a request is compressed, if the operation allows it. The default is 10240.
    #[must_use]
    pub fn request_min_compression_size_bytes(mut self, bytes: impl Into<Option<u32>>) -> Self {
        self.settings.request_min_compression_size_bytes = bytes.into();
        self
    }

    /// See [`request_min_compression_size_bytes`](Self::request_min_compression_size_bytes).
    pub fn set_request_min_compression_size_bytes(&mut self, bytes: Option<u32>) -> &mut Self {
        self.settings.request_min_compression_size_bytes = bytes;
        self
    }

    /// The environment variables. The default is the process's own.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.settings.environment = environment;
        self
    }
}

impl From<&SdkConfig> for Builder {
    fn from(config: &SdkConfig) -> Self {
        // An endpoint that is set in code is for every service. Another one may be preceded by the endpoint of one service.
        let endpoint_url = if config.get_origin("endpoint_url").is_client_config() {
            config.endpoint_url().map(|url| EndpointUrl::Given(url.to_owned()))
        } else {
            let is_set = config.endpoint_url().is_some() || config.service_config().is_some();
            is_set.then(|| EndpointUrl::shared(config.clone()))
        };
        Self::from_settings(Settings {
            region: config.region().cloned(),
            endpoint_url,
            use_fips: config.use_fips(),
            use_dual_stack: config.use_dual_stack(),
            credentials_provider: config.credentials_provider(),
            http_client: config.http_client().map(CustomClient::new),
            timeout_config: config.timeout_config().cloned(),
            retry_config: config.retry_config().cloned(),
            app_name: config.app_name().cloned(),
            time_source: config.time_source(),
            sleep_impl: config.sleep_impl(),
            disable_clock_skew_correction: config.disable_clock_skew_correction(),
            behavior_version: config.behavior_version(),
            disable_request_compression: config.disable_request_compression(),
            request_min_compression_size_bytes: config.request_min_compression_size_bytes(),
            request_checksum_calculation: config.request_checksum_calculation(),
            response_checksum_validation: config.response_checksum_validation(),
            ..Settings::default()
        })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.debug(f, "Builder")
    }
}
