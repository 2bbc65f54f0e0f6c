//! The configuration of a client.
//!
//! A [`Config`] is built in code ([`Config::builder`]), read from where AWS's tools look for settings ([`Config::from_env`]), or taken from an
//! [`SdkConfig`] of aws-config. A configuration that is built in code is not checked; if a setting is missing, the client's first call fails
//! with an error about it.
//!
//! # Settings
//!
//! [`Config::from_env`] reads the settings that the AWS SDKs and Tools Reference Guide has for all tools. A value that is set in code comes first,
//! then the environment variable, the property of the selected profile, and the default. A blank value counts as absent, and white space around a
//! value is ignored. A malformed value is an [`InvalidSetting`] with the variable, or the file and line, unless another value precedes it.
//!
//! | variable | property | default | what it says | test |
//! |---|---|---|---|---|
//! | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` | the region of the EC2 instance (feature `credentials`) | where requests go and are signed for | `the_region_is_read`, `the_instances_region_is_requested_at_the_first_call_only` |
//! | `AWS_PROFILE` | | `default` | the profile in use; it has to exist if it is named | `the_profile_is_selected`, `a_profile_that_no_file_has_is_named_with_both_files` |
//! | `AWS_CONFIG_FILE` | | `~/.aws/config`, where `~` is `HOME` or `USERPROFILE` | the file with the profiles | `variables_name_the_files` |
//! | `AWS_SHARED_CREDENTIALS_FILE` | | `~/.aws/credentials` | the other one, which counts where both say something | `the_credentials_file_overrides_the_config_file` |
//! | `AWS_ENDPOINT_URL_` and the service's id in capitals, such as `AWS_ENDPOINT_URL_CODEBUILD`; `AWS_ENDPOINT_URL` | `endpoint_url` under the service's id in the section that `services` names; `endpoint_url` | the region's endpoint | where requests go instead; both variables before both properties | `endpoints_of_the_environment_and_of_one_service_come_first` |
//! | `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | `ignore_configured_endpoint_urls` | `false` | whether only an endpoint that is set in code counts | `configured_endpoints_can_be_ignored` |
//! | `AWS_USE_FIPS_ENDPOINT` | `use_fips_endpoint` | `false` | see [`use_fips`](Builder::use_fips) | `flags_are_read` |
//! | `AWS_USE_DUALSTACK_ENDPOINT` | `use_dualstack_endpoint` | `false` | see [`use_dual_stack`](Builder::use_dual_stack) | `flags_are_read` |
//! | `AWS_RETRY_MODE` | `retry_mode` | `standard` | `standard` or `adaptive`; `legacy` is the way of an SDK before it had modes, we had none, and take it for `standard` | `retry_settings_are_read` |
//! | `AWS_MAX_ATTEMPTS` | `max_attempts` | 3 | how many attempts a call may be, 1 or more | `retry_settings_are_read` |
//! | `AWS_NEW_RETRIES_2026` | | `false` | whether retries wait and pay as AWS's SDKs do from 2026 on | `retry_settings_are_read` |
//! | `AWS_SDK_UA_APP_ID` | `sdk_ua_app_id` | none | the application's name in the user agent, 50 characters at most | `the_application_id_is_read` |
//! | `AWS_CA_BUNDLE` | `ca_bundle` | the system's certificates | see [`ca_bundle`](Builder::ca_bundle) | `the_ca_bundle_is_read` |
//! | `AWS_DISABLE_CLOCK_SKEW_CORRECTION` | `disable_clock_skew_correction` | `false` | see [`disable_clock_skew_correction`](Builder::disable_clock_skew_correction) | `flags_are_read` |
//! | `AWS_REQUEST_CHECKSUM_CALCULATION` | `request_checksum_calculation` | `when_supported` | `when_supported` or `when_required`; see [`request_checksum_calculation`](Builder::request_checksum_calculation) | `checksum_settings_are_read` |
//! | `AWS_RESPONSE_CHECKSUM_VALIDATION` | `response_checksum_validation` | `when_supported` | `when_supported` or `when_required`; see [`response_checksum_validation`](Builder::response_checksum_validation) | `checksum_settings_are_read` |
//! | `AWS_DISABLE_REQUEST_COMPRESSION` | `disable_request_compression` | `false` | see [`disable_request_compression`](Builder::disable_request_compression) | `flags_are_read` |
//! | `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` | `request_min_compression_size_bytes` | 10240 | from 0 to 10485760; see [`request_min_compression_size_bytes`](Builder::request_min_compression_size_bytes) | `the_size_of_compressed_requests_is_read` |
//! | `AWS_EC2_METADATA_DISABLED` | | `false` | whether an EC2 instance's metadata is left alone | `disabled_instance_metadata_is_not_requested`, `a_disabled_metadata_service_is_not_asked` |
//! | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in lower case too | | none | proxies; read for every configuration whose HTTP client is the crate's own, as is `AWS_CA_BUNDLE`; what is wrong with them is told at the first call that needs them; see [`http`](crate::http#settings) | `some_hosts_are_reached_without_a_proxy`, `the_scheme_chooses_and_lower_case_goes_first` |
//! | `AWS_EXECUTION_ENV` | | | set by the machine: where the client runs, for the user agent | `the_user_agent_names_the_execution_environment_and_features` |
//! | `AWS_LAMBDA_FUNCTION_NAME`, `_X_AMZN_TRACE_ID` | | | set by Lambda: the trace that requests belong to | `a_lambda_function_sends_its_trace_id` |
//!
//! | promise | test |
//! |---|---|
//! | a malformed variable is named, a malformed property is named with its file and line; neither panics nor is ignored | `a_malformed_variable_is_named`, `a_malformed_property_is_named_with_its_line` |
//! | a setting that another one goes before is not looked at | `overridden_properties_are_not_checked`, `only_the_selected_profile_is_checked` |
//! | a file that a variable names and that cannot be read is named | `a_named_file_that_cannot_be_read_is_an_error` |
//! | a file that does not exist is fine; so is one at its default place that cannot be read, of which an event warns | `missing_files_are_fine_and_a_missing_profile_is_not`, `a_file_at_its_default_place_that_cannot_be_read_counts_as_absent`, `settings_that_are_passed_over_are_told` |
//! | what botocore reads of a file is read in the same way, with the differences of AWS's guide | `settings_are_read_as_the_guide_and_botocore_have_them` and its neighbours in `config::files`, `profile_files_are_read_like_botocores` |
//! | a line that is not understood is named, not shown, and an error of its section only | `a_malformed_line_is_an_error_of_its_section_and_not_shown`, `malformed_sections_that_are_not_used_are_ignored` |
//! | a section in the form that the other file has gets a hint | `a_profile_in_the_other_files_form_gets_a_hint` |
//! | an endpoint's password is not shown | `a_malformed_endpoint_is_named_and_its_password_is_not` |
//! | what is set in code, for a client or for one call, goes first | `settings_in_code_override_all_others`, `an_endpoint_in_code_overrides_all_others`, `an_override_changes_the_endpoint_of_one_call` |
//! | without a region anywhere the error says where it was looked for | `a_missing_region_is_reported_with_the_sources_that_were_tried` |
//! | an [`SdkConfig`] brings all of it along that there is here | each test of `config::tests::sdk_config` |
//!
//! The settings of credentials are documented in [`credentials`](crate::credentials).
//!
//! These settings are deliberately not read: `AWS_DEFAULT_PROFILE`, which belongs to the AWS CLI and is not in the guide; `AWS_DEFAULTS_MODE`,
//! which the official crates for Rust do not read either, and whose value `standard` is the default here; and the settings of
//! account ids and signatures for several regions, which the supported services do not have. The guide has no
//! variables for timeouts.
//!
//! [`Builder::environment`] and [`Config::from_environment`] replace the variables of the process.

mod builder;
pub(crate) mod endpoint_url;
mod environment;
pub(crate) mod files;
mod idempotency;
mod invalid;
mod load;
mod region;
mod settings;
#[cfg(feature = "test-util")]
mod test_util;
mod value;

/// The requests and replies that a connector and [`mutate_request`](crate::customize::CustomizableOperation::mutate_request) see.
pub mod http {
    pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
}

/// The settings of retries.
pub mod retry {
    pub use aws_smithy_types::retry::{ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
}

/// The settings of timeouts.
pub mod timeout {
    pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
}

pub use aws_credential_types::Credentials;
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
pub use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
pub use aws_smithy_runtime_api::shared::IntoShared;
pub use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
pub use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::region::Region;
pub use builder::Builder;
pub use environment::{Environment, NotUnicode};
pub use idempotency::IdempotencyTokenProvider;
pub use invalid::InvalidSetting;

use crate::custom_client::CustomClient;
#[cfg(feature = "rt-tokio")]
use aws_smithy_async::rt::sleep::TokioSleep;
pub(crate) use region::RegionDiscovery;
use retry::RetryConfig;
use settings::Settings;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use timeout::TimeoutConfig;

/// The time limit for opening a connection, name resolution and TLS included: the default of AWS's SDKs in their standard mode.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);

/// The longest silence of the service before and within its reply. AWS documents no default; this is botocore's.
const READ_TIMEOUT: Duration = Duration::from_mins(1);

/// The time limit for the body of a reply. The read timeout does not bound a body that arrives a byte at a time.
const MAX_RESPONSE_TIME: Duration = Duration::from_mins(5);

/// The largest body of a reply that is read, in bytes. JSON services send far less.
const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// The configuration of a client.
///
/// Its `Debug` names what is set and shows no credentials.
#[derive(Clone)]
pub struct Config {
    /// Shared, since clients and their parts each keep the configuration.
    settings: Arc<Settings>,
}

impl Config {
    /// The configuration that aws-config has loaded. Settings without a counterpart here are dropped: the identity cache (this crate
    /// [caches credentials](crate::credentials) itself), bearer tokens, frameworks' names, stalled-stream protection, and those that are also
    /// [not read from the environment](crate::config#settings). Certificates and proxies are not part of it, and are read from the environment.
    pub fn new(config: &SdkConfig) -> Self {
        Self::from(config)
    }

    /// The configuration from the environment and the selected profile, with the precedence that AWS documents: [these
    /// settings](crate::config#settings), and the defaults of those that are not set.
    ///
    /// A setting in code overrides it:
    ///
    /// ```
    /// # use smithlet_runtime::config::{Config, InvalidSetting, Region};
    /// # fn example() -> Result<Config, InvalidSetting> {
    /// Ok(Config::from_env()?.to_builder().region(Region::new("eu-west-1")).build())
    /// # }
    /// ```
    ///
    /// The files are read once, now. If no region is set, the EC2 instance's metadata service is asked for one at the first call.
    ///
    /// # Errors
    ///
    /// A malformed variable, file or property, with its name and place. A profile that `AWS_PROFILE` names and that is in neither file.
    pub fn from_env() -> Result<Self, InvalidSetting> {
        Self::from_environment(Environment::process())
    }

    /// The same, from other variables than the process's: those of a test, or with [one of them set in code](Environment::with). The paths of the
    /// files come from these variables too: `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` and `HOME`.
    ///
    /// # Errors
    ///
    /// See [`from_env`](Self::from_env).
    pub fn from_environment(environment: Environment) -> Result<Self, InvalidSetting> {
        load::load(environment).map(|settings| Self { settings: Arc::new(settings) })
    }

    /// A builder with nothing set.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A builder with the settings of this configuration.
    pub fn to_builder(&self) -> Builder {
        Builder::from_settings(Settings::clone(&self.settings))
    }

    /// The region that requests go to and are signed for.
    pub fn region(&self) -> Option<&Region> {
        self.settings.region.as_ref()
    }

    /// The provider of credentials, if one is set in place of the [default sources](crate::credentials).
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        self.settings.credentials_provider.clone()
    }

    /// The HTTP client, if one is set in place of the crate's own.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.settings.http_client.as_ref().map(|custom| custom.client().clone())
    }

    pub(crate) fn custom_client(&self) -> Option<&CustomClient> {
        self.settings.http_client.as_ref()
    }

    /// The file of certificates that are trusted in place of the system's, if one is set.
    pub fn ca_bundle(&self) -> Option<&Path> {
        self.settings.ca_bundle.as_deref()
    }

    /// The settings of retries, if they are set. The default is [`RetryConfig::standard`].
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.settings.retry_config.as_ref()
    }

    /// The timeouts that are set, without the defaults of the others.
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.settings.timeout_config.as_ref()
    }

    /// The application's name, which becomes part of the user agent.
    pub fn app_name(&self) -> Option<&AppName> {
        self.settings.app_name.as_ref()
    }

    /// The clock for signatures, if one is set in place of the system's.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.settings.time_source.clone()
    }

    /// The timer for timeouts, if one is set in place of Tokio's.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.settings.sleep_impl.clone()
    }

    /// True if signatures keep to the clock even when the service's clock differs, if that is set.
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.settings.disable_clock_skew_correction
    }

    /// The behavior version, if one is set. It has no effect, since there is only one behavior.
    pub fn behavior_version(&self) -> Option<BehaviorVersion> {
        self.settings.behavior_version
    }

    /// The source of idempotency tokens.
    pub fn idempotency_token_provider(&self) -> IdempotencyTokenProvider {
        self.settings.idempotency_token_provider.clone().unwrap_or_default()
    }

    /// Fills in the idempotency token of a call, which all of its attempts share, if the caller has left it out and tokens are not disabled.
    /// Returns whether there is a token. For generated code.
    #[doc(hidden)]
    pub fn fill_idempotency_token(&self, token: &mut Option<String>) -> bool {
        if token.is_none() {
            *token = self.idempotency_token_provider().make_idempotency_token();
        }
        token.as_ref().is_some_and(|token| !token.is_empty())
    }

    /// The largest body of a reply that is read, in bytes.
    pub fn max_response_size(&self) -> usize {
        self.settings.max_response_size.unwrap_or(MAX_RESPONSE_SIZE)
    }

    /// The time limit for a reply that is read into memory, from its head to its end. [`Duration::MAX`] means no limit.
    pub fn max_response_time(&self) -> Duration {
        self.settings.max_response_time.unwrap_or(MAX_RESPONSE_TIME)
    }

    /// True if inputs are checked before they are sent.
    pub fn validate(&self) -> bool {
        self.settings.validate.unwrap_or(true)
    }

    /// True if operations with a host of their own are sent to the service's host.
    pub fn disable_host_prefix(&self) -> bool {
        self.settings.disable_host_prefix.unwrap_or_default()
    }

    /// The rule for checksums of requests, if one is set.
    pub fn request_checksum_calculation(&self) -> Option<&RequestChecksumCalculation> {
        self.settings.request_checksum_calculation.as_ref()
    }

    /// The rule for checking replies by their checksum, if one is set.
    pub fn response_checksum_validation(&self) -> Option<&ResponseChecksumValidation> {
        self.settings.response_checksum_validation.as_ref()
    }

    /// True if no request is compressed, if that is set.
    pub fn disable_request_compression(&self) -> Option<bool> {
        self.settings.disable_request_compression
    }

    /// The length in bytes from which on bodies of requests are compressed, if it is set.
    pub fn request_min_compression_size_bytes(&self) -> Option<u32> {
        self.settings.request_min_compression_size_bytes
    }

    /// The same length, or its default.
    #[cfg(feature = "gzip")]
    pub(crate) fn min_compression_size(&self) -> u32 {
        /// AWS SDKs and Tools Reference Guide, "Request compression".
        const DEFAULT: u32 = 10_240;
        self.request_min_compression_size_bytes().unwrap_or(DEFAULT)
    }

    /// The timeouts, with the defaults of those that are not set.
    pub(crate) fn timeouts(&self) -> TimeoutConfig {
        let defaults = TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).read_timeout(READ_TIMEOUT).build();
        match &self.settings.timeout_config {
            None => defaults,
            Some(chosen) => {
                let mut timeouts = chosen.clone();
                timeouts.take_defaults_from(&defaults);
                timeouts
            }
        }
    }

    /// The clock.
    pub(crate) fn clock(&self) -> SharedTimeSource {
        self.time_source().unwrap_or_default()
    }

    /// The timer. Without the feature `rt-tokio`, there is one only if it is set.
    pub(crate) fn timer(&self) -> Option<SharedAsyncSleep> {
        let timer = self.sleep_impl();
        #[cfg(feature = "rt-tokio")]
        let timer = timer.or_else(|| Some(SharedAsyncSleep::new(TokioSleep::new())));
        timer
    }

    /// The custom endpoint of a service, by the service's id.
    pub(crate) fn endpoint_url(&self, service_id: &str) -> Result<Option<String>, InvalidSetting> {
        self.settings.endpoint_url.as_ref().map_or(Ok(None), |url| url.resolve(service_id))
    }

    /// The discovery of the region, if the region is not known.
    pub(crate) fn region_discovery(&self) -> Option<&RegionDiscovery> {
        self.settings.region_discovery.as_deref().filter(|_| self.settings.region.is_none())
    }

    /// This configuration with another region.
    pub(crate) fn with_region(&self, region: Region) -> Self {
        self.to_builder().region(region).build()
    }

    pub(crate) fn use_fips(&self) -> bool {
        self.settings.use_fips.unwrap_or_default()
    }

    pub(crate) fn use_dual_stack(&self) -> bool {
        self.settings.use_dual_stack.unwrap_or_default()
    }

    pub(crate) fn environment(&self) -> &Environment {
        &self.settings.environment
    }

    /// This configuration with the settings of a builder in place of its own. Timeouts are replaced one by one.
    pub(crate) fn overridden(&self, other: Builder) -> Self {
        Self { settings: Arc::new(Settings::clone(&self.settings).overridden(other.into_settings())) }
    }
}

impl From<&SdkConfig> for Config {
    fn from(config: &SdkConfig) -> Self {
        Builder::from(config).build()
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.debug(f, "Config")
    }
}

#[cfg(test)]
mod tests;
