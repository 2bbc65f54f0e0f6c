//! The settings of `Config` and its builder.

use super::endpoint_url::EndpointUrl;
use super::region::RegionDiscovery;
use super::retry::RetryConfig;
use super::timeout::TimeoutConfig;
use super::{
    AppName, BehaviorVersion, Environment, IdempotencyTokenProvider, Region, RequestChecksumCalculation, ResponseChecksumValidation,
    SharedAsyncSleep, SharedCredentialsProvider, SharedTimeSource,
};
use crate::custom_client::CustomClient;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone, Default)]
pub(super) struct Settings {
    pub(super) region: Option<Region>,
    /// The discovery of the region, for a configuration that was read from the environment.
    pub(super) region_discovery: Option<Arc<RegionDiscovery>>,
    pub(super) endpoint_url: Option<EndpointUrl>,
    pub(super) use_fips: Option<bool>,
    pub(super) use_dual_stack: Option<bool>,
    pub(super) credentials_provider: Option<SharedCredentialsProvider>,
    pub(super) http_client: Option<CustomClient>,
    pub(super) ca_bundle: Option<PathBuf>,
    pub(super) timeout_config: Option<TimeoutConfig>,
    pub(super) retry_config: Option<RetryConfig>,
    pub(super) app_name: Option<AppName>,
    pub(super) time_source: Option<SharedTimeSource>,
    pub(super) sleep_impl: Option<SharedAsyncSleep>,
    pub(super) disable_clock_skew_correction: Option<bool>,
    pub(super) behavior_version: Option<BehaviorVersion>,
    pub(super) idempotency_token_provider: Option<IdempotencyTokenProvider>,
    pub(super) max_response_size: Option<usize>,
    pub(super) max_response_time: Option<Duration>,
    pub(super) validate: Option<bool>,
    pub(super) disable_host_prefix: Option<bool>,
    pub(super) request_checksum_calculation: Option<RequestChecksumCalculation>,
    pub(super) response_checksum_validation: Option<ResponseChecksumValidation>,
    pub(super) disable_request_compression: Option<bool>,
    pub(super) request_min_compression_size_bytes: Option<u32>,
    pub(super) environment: Environment,
}

impl Settings {
    pub(super) fn overridden(self, other: Self) -> Self {
        let timeout_config = match (other.timeout_config, self.timeout_config) {
            (Some(mut chosen), Some(before)) => {
                chosen.take_defaults_from(&before);
                Some(chosen)
            }
            (chosen, before) => chosen.or(before),
        };
        Self {
            region: other.region.or(self.region),
            region_discovery: other.region_discovery.or(self.region_discovery),
            endpoint_url: other.endpoint_url.or(self.endpoint_url),
            use_fips: other.use_fips.or(self.use_fips),
            use_dual_stack: other.use_dual_stack.or(self.use_dual_stack),
            credentials_provider: other.credentials_provider.or(self.credentials_provider),
            http_client: other.http_client.or(self.http_client),
            ca_bundle: other.ca_bundle.or(self.ca_bundle),
            timeout_config,
            retry_config: other.retry_config.or(self.retry_config),
            app_name: other.app_name.or(self.app_name),
            time_source: other.time_source.or(self.time_source),
            sleep_impl: other.sleep_impl.or(self.sleep_impl),
            disable_clock_skew_correction: other.disable_clock_skew_correction.or(self.disable_clock_skew_correction),
            behavior_version: other.behavior_version.or(self.behavior_version),
            idempotency_token_provider: other.idempotency_token_provider.or(self.idempotency_token_provider),
            max_response_size: other.max_response_size.or(self.max_response_size),
            max_response_time: other.max_response_time.or(self.max_response_time),
            validate: other.validate.or(self.validate),
            disable_host_prefix: other.disable_host_prefix.or(self.disable_host_prefix),
            request_checksum_calculation: other.request_checksum_calculation.or(self.request_checksum_calculation),
            response_checksum_validation: other.response_checksum_validation.or(self.response_checksum_validation),
            disable_request_compression: other.disable_request_compression.or(self.disable_request_compression),
            request_min_compression_size_bytes: other.request_min_compression_size_bytes.or(self.request_min_compression_size_bytes),
            environment: other.environment.or(self.environment),
        }
    }

    /// Shows the settings that are set. A setting that may contain secrets is shown as `(set)`: a custom URL can have a password, a provider
    /// shows its access key, and a replaying HTTP client shows whole conversations.
    pub(super) fn debug(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        let mut shown = f.debug_struct(name);
        let mut show = |name: &str, value: Option<&dyn fmt::Debug>| {
            if let Some(value) = value {
                shown.field(name, value);
            }
        };
        let set: Option<&dyn fmt::Debug> = Some(&format_args!("(set)"));
        show("region", self.region.as_ref().map(|region| region as _));
        show("endpoint_url", self.endpoint_url.as_ref().filter(|url| url.is_set()).and(set));
        show("use_fips", self.use_fips.as_ref().map(|value| value as _));
        show("use_dual_stack", self.use_dual_stack.as_ref().map(|value| value as _));
        show("credentials_provider", self.credentials_provider.as_ref().and(set));
        show("http_client", self.http_client.as_ref().and(set));
        show("ca_bundle", self.ca_bundle.as_ref().map(|path| path as _));
        show("timeout_config", self.timeout_config.as_ref().map(|timeouts| timeouts as _));
        show("retry_config", self.retry_config.as_ref().map(|retries| retries as _));
        show("app_name", self.app_name.as_ref().map(|name| name as _));
        show("time_source", self.time_source.as_ref().and(set));
        show("sleep_impl", self.sleep_impl.as_ref().and(set));
        show("disable_clock_skew_correction", self.disable_clock_skew_correction.as_ref().map(|value| value as _));
        show("behavior_version", self.behavior_version.as_ref().map(|version| version as _));
        show("idempotency_token_provider", self.idempotency_token_provider.as_ref().map(|provider| provider as _));
        show("max_response_size", self.max_response_size.as_ref().map(|bytes| bytes as _));
        show("max_response_time", self.max_response_time.as_ref().map(|time| time as _));
        show("validate", self.validate.as_ref().map(|value| value as _));
        show("disable_host_prefix", self.disable_host_prefix.as_ref().map(|value| value as _));
        show("request_checksum_calculation", self.request_checksum_calculation.as_ref().map(|when| when as _));
        show("response_checksum_validation", self.response_checksum_validation.as_ref().map(|when| when as _));
        show("disable_request_compression", self.disable_request_compression.as_ref().map(|value| value as _));
        show("request_min_compression_size_bytes", self.request_min_compression_size_bytes.as_ref().map(|bytes| bytes as _));
        show("environment", Some(&self.environment));
        shown.finish()
    }
}
