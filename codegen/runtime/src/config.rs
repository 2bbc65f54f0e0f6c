//! The configuration of a client: what it is made of, and where each part may come from.
//!
//! A [`Config`] is built by hand ([`Config::builder`]), found where AWS's tools look for settings ([`Config::from_env`]), or taken from an
//! [`SdkConfig`] of aws-config. What is built by hand is not checked here; a client that lacks something says so at its first call, as the
//! call's error.
//!
//! # Settings
//!
//! [`Config::from_env`] reads what the AWS SDKs and Tools Reference Guide has for all tools. What is set in code goes first, then the
//! environment variable, then the property of the profile in use, then the default. A blank value counts as absent, and hides no other; white
//! space around one does not matter. What makes no sense is an [`InvalidSetting`] with the variable, or the file and line, unless something goes before it.
//!
//! | variable | property | default | what it says | test |
//! |---|---|---|---|---|
//! | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` | the region of the EC2 instance (feature `credentials`) | where requests go and are signed for | `the_region`, `the_region_of_the_machine_is_asked_for_at_the_first_call_only` |
//! | `AWS_PROFILE` | | `default` | the profile in use; it has to exist if it is named | `the_profile`, `a_profile_that_no_file_has_is_named_with_both_files` |
//! | `AWS_CONFIG_FILE` | | `~/.aws/config`, where `~` is `HOME` or `USERPROFILE` | the file with the profiles | `the_files_are_where_the_variables_say` |
//! | `AWS_SHARED_CREDENTIALS_FILE` | | `~/.aws/credentials` | the other one, which counts where both say something | `both_files_make_a_profile_and_the_credentials_file_counts` |
//! | `AWS_ENDPOINT_URL_` and the service's id in capitals, such as `AWS_ENDPOINT_URL_CODEBUILD`; `AWS_ENDPOINT_URL` | `endpoint_url` under the service's id in the section that `services` names; `endpoint_url` | the region's endpoint | where requests go instead; both variables before both properties | `the_environment_goes_before_the_profile_and_the_service_before_all` |
//! | `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | `ignore_configured_endpoint_urls` | `false` | whether only an endpoint that is set in code counts | `all_of_it_can_be_ignored` |
//! | `AWS_USE_FIPS_ENDPOINT` | `use_fips_endpoint` | `false` | see [`use_fips`](Builder::use_fips) | `the_flags` |
//! | `AWS_USE_DUALSTACK_ENDPOINT` | `use_dualstack_endpoint` | `false` | see [`use_dual_stack`](Builder::use_dual_stack) | `the_flags` |
//! | `AWS_RETRY_MODE` | `retry_mode` | `standard` | `standard` or `adaptive`; `legacy` is the way of an SDK before it had modes, we had none, and take it for `standard` | `retries` |
//! | `AWS_MAX_ATTEMPTS` | `max_attempts` | 3 | how many attempts a call may be, 1 or more | `retries` |
//! | `AWS_NEW_RETRIES_2026` | | `false` | whether retries wait and pay as AWS's SDKs do from 2026 on | `retries` |
//! | `AWS_SDK_UA_APP_ID` | `sdk_ua_app_id` | none | the application's name in the user agent, 50 characters at most | `the_application_id` |
//! | `AWS_CA_BUNDLE` | `ca_bundle` | the system's certificates | see [`ca_bundle`](Builder::ca_bundle) | `the_certificates` |
//! | `AWS_DISABLE_CLOCK_SKEW_CORRECTION` | `disable_clock_skew_correction` | `false` | see [`disable_clock_skew_correction`](Builder::disable_clock_skew_correction) | `the_flags` |
//! | `AWS_EC2_METADATA_DISABLED` | | `false` | whether an EC2 instance's metadata is left alone | `a_machine_that_may_not_be_asked_is_not`, `the_service_is_not_asked_when_it_is_switched_off` |
//! | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in lower case too | | none | proxies; read for every configuration whose HTTP client is the crate's own, as is `AWS_CA_BUNDLE`; what is wrong with them is told at the first call that needs them; see [`http`](crate::http#settings) | `some_hosts_are_reached_without_a_proxy`, `the_scheme_chooses_and_lower_case_goes_first` |
//! | `AWS_EXECUTION_ENV` | | | set by the machine: where the client runs, for the user agent | `where_it_runs_and_what_it_uses_is_named` |
//! | `AWS_LAMBDA_FUNCTION_NAME`, `_X_AMZN_TRACE_ID` | | | set by Lambda: the trace that requests belong to | `a_lambda_function_passes_its_trace_on` |
//!
//! | promise | test |
//! |---|---|
//! | a malformed variable is named, a malformed property is named with its file and line; neither panics nor is ignored | `a_malformed_variable_is_named`, `a_malformed_property_is_named_with_its_line` |
//! | a setting that another one goes before is not looked at | `what_a_variable_goes_before_is_not_judged`, `only_the_profile_in_use_is_judged` |
//! | a file that a variable names and that cannot be read is named | `a_file_that_a_variable_names_and_that_cannot_be_read_is_an_error` |
//! | a file that does not exist is fine; so is one at its default place that cannot be read, of which an event warns | `missing_files_are_fine_and_a_missing_profile_is_not`, `a_file_at_its_default_place_that_cannot_be_read_counts_as_absent`, `settings_that_are_passed_over_are_told` |
//! | what botocore reads of a file is read in the same way, with the differences of AWS's guide | `settings_are_read_as_the_guide_and_botocore_have_them` and its neighbours in `config::files`, `profile_files_are_read_like_botocores` |
//! | a line that is not understood is named, not shown, and an error of its section only | `what_is_not_understood_is_the_fault_of_its_section_and_not_shown`, `only_the_sections_that_are_used_have_to_be_understood` |
//! | a section in the form that the other file has gets a hint | `a_profile_in_the_other_files_form_gets_a_hint` |
//! | an endpoint's password is not shown | `a_malformed_endpoint_is_named_and_its_password_is_not` |
//! | what is set in code, for a client or for one call, goes first | `what_is_set_in_code_goes_first`, `an_endpoint_that_is_set_in_code_goes_first`, `one_call_can_go_elsewhere` |
//! | without a region anywhere the error says where it was looked for | `a_region_that_nothing_names_is_told_with_what_was_tried` |
//! | an [`SdkConfig`] brings all of it along that there is here | each test of `config::tests::sdk_config` |
//!
//! Who calls is said in other variables and properties, which [`credentials`](crate::credentials) has.
//!
//! Not read, on purpose: `AWS_DEFAULT_PROFILE`, which is the AWS CLI's and not in the guide; `AWS_DEFAULTS_MODE`, which the official crates
//! for Rust do not read either, and whose standard is our default; and what says something of request compression, checksums, account ids
//! and signatures for several regions, which the services in question do not have. The guide has no variables for timeouts.
//!
//! [`Builder::environment`] and [`Config::from_environment`] put other variables in the place of the process's.

mod builder;
pub(crate) mod endpoint_url;
mod environment;
pub(crate) mod files;
mod found;
mod idempotency;
mod invalid;
mod load;
mod region;
mod settings;
#[cfg(feature = "test-util")]
mod test_util;

/// The requests and replies that a connector and [`mutate_request`](crate::customize::CustomizableOperation::mutate_request) see.
pub mod http {
    pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
}

/// How failed attempts are repeated.
pub mod retry {
    pub use aws_smithy_types::retry::{ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode};
}

/// How long to wait for what.
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
pub use aws_types::SdkConfig;
pub use aws_types::app_name::AppName;
pub use aws_types::region::Region;
pub use builder::Builder;
pub use environment::{Environment, NotUnicode};
pub use idempotency::IdempotencyTokenProvider;
pub use invalid::InvalidSetting;

use crate::http::GivenClient;
use crate::operation::Service;
#[cfg(feature = "rt-tokio")]
use aws_smithy_async::rt::sleep::TokioSleep;
use retry::RetryConfig;
use settings::Settings;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use timeout::TimeoutConfig;

/// How long a connection may take to come about, name resolution and TLS included: what AWS's SDKs call the standard default.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);

/// How long the service may be silent, before its reply and within it. AWS documents no default; this is what botocore waits.
const READ_TIMEOUT: Duration = Duration::from_mins(1);

/// How long the body of a reply may take. The silence between its parts has a bound of its own, but a part may be a single byte.
const MAX_RESPONSE_TIME: Duration = Duration::from_mins(5);

/// The largest body of a reply, in bytes, that is read: far above what a JSON service sends, and far below what would hurt.
const MAX_RESPONSE_SIZE: usize = 64 * 1024 * 1024;

/// The configuration of a client.
///
/// Its `Debug` names what is set and shows no credentials.
#[derive(Clone)]
pub struct Config {
    /// Shared, since clients and what they are made of each keep the configuration.
    settings: Arc<Settings>,
}

impl Config {
    /// The configuration that aws-config has found: all of it but what there is nothing for here, which is the identity cache (credentials are
    /// kept here too, in our own way), bearer tokens, frameworks' names, protections of streams, and what is
    /// [not read from the environment](crate::config#settings) either. Certificates and proxies are not in it, and are read from the environment.
    pub fn new(config: &SdkConfig) -> Self {
        Self::from(config)
    }

    /// The configuration that the environment and the profile in use have, with the precedence that AWS documents: [all that is read from
    /// there](crate::config#settings), and where it is not set there the default.
    ///
    /// What is set in code goes before it:
    ///
    /// ```
    /// # use smithlet_runtime::config::{Config, InvalidSetting, Region};
    /// # fn example() -> Result<Config, InvalidSetting> {
    /// Ok(Config::from_env()?.to_builder().region(Region::new("eu-west-1")).build())
    /// # }
    /// ```
    ///
    /// The files are read once, now. A region that nothing names is asked of the machine's instance metadata at the first call.
    ///
    /// # Errors
    ///
    /// A variable, a file or a property that makes no sense, by its name and place. A profile that `AWS_PROFILE` names and no file has.
    pub fn from_env() -> Result<Self, InvalidSetting> {
        Self::from_environment(Environment::process())
    }

    /// The same from other variables than the process's: those of a test, or with [one of them set in code](Environment::with). The files are
    /// those that these variables lead to, by `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` and `HOME`.
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

    /// A builder with everything set as here.
    pub fn to_builder(&self) -> Builder {
        Builder::from_settings(Settings::clone(&self.settings))
    }

    /// The region that requests go to and are signed for.
    pub fn region(&self) -> Option<&Region> {
        self.settings.region.as_ref()
    }

    /// Where credentials come from, if anything other than the [usual sources](crate::credentials) was chosen.
    pub fn credentials_provider(&self) -> Option<SharedCredentialsProvider> {
        self.settings.credentials_provider.clone()
    }

    /// The HTTP client, if anything other than the crate's own was chosen.
    pub fn http_client(&self) -> Option<SharedHttpClient> {
        self.settings.http_client.as_ref().map(|given| given.client().clone())
    }

    pub(crate) fn given_client(&self) -> Option<&GivenClient> {
        self.settings.http_client.as_ref()
    }

    /// The file of certificates that are trusted in the place of the system's, if one was chosen.
    pub fn ca_bundle(&self) -> Option<&Path> {
        self.settings.ca_bundle.as_deref()
    }

    /// How failed attempts are repeated, if that was chosen. Without a choice it is [`RetryConfig::standard`].
    pub fn retry_config(&self) -> Option<&RetryConfig> {
        self.settings.retry_config.as_ref()
    }

    /// The timeouts as they were chosen, without the defaults for those that were not.
    pub fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.settings.timeout_config.as_ref()
    }

    /// The application's name, which becomes part of the user agent.
    pub fn app_name(&self) -> Option<&AppName> {
        self.settings.app_name.as_ref()
    }

    /// The clock that requests are signed by, if anything other than the system's was chosen.
    pub fn time_source(&self) -> Option<SharedTimeSource> {
        self.settings.time_source.clone()
    }

    /// The timer that timeouts run on, if anything other than Tokio's was chosen.
    pub fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.settings.sleep_impl.clone()
    }

    /// Whether signing keeps to the clock even when the service's clock says otherwise, if that was chosen.
    pub fn disable_clock_skew_correction(&self) -> Option<bool> {
        self.settings.disable_clock_skew_correction
    }

    /// The behavior version, if one was chosen. It has no effect: there is one behavior.
    pub fn behavior_version(&self) -> Option<BehaviorVersion> {
        self.settings.behavior_version
    }

    /// Where idempotency tokens come from.
    pub fn idempotency_token_provider(&self) -> IdempotencyTokenProvider {
        self.settings.idempotency_token_provider.clone().unwrap_or_default()
    }

    /// Puts a token for one call, the same for all of its attempts, where the caller has left it out, unless tokens are disabled. Says whether
    /// there is one now. For generated code.
    #[doc(hidden)]
    pub fn fill_idempotency_token(&self, token: &mut Option<String>) -> bool {
        if token.is_none() {
            *token = self.idempotency_token_provider().make_idempotency_token();
        }
        token.as_ref().is_some_and(|token| !token.is_empty())
    }

    /// The largest body of a reply, in bytes, that is read.
    pub fn max_response_size(&self) -> usize {
        self.settings.max_response_size.unwrap_or(MAX_RESPONSE_SIZE)
    }

    /// How long a reply that is read into memory may take from its head to its end; [`Duration::MAX`] for no bound.
    pub fn max_response_time(&self) -> Duration {
        self.settings.max_response_time.unwrap_or(MAX_RESPONSE_TIME)
    }

    /// Whether an input is checked before it is sent.
    pub fn validate(&self) -> bool {
        self.settings.validate.unwrap_or(true)
    }

    /// The timeouts, those that were not chosen at their defaults.
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

    /// The timer. Without the feature `rt-tokio` there is none but a chosen one.
    pub(crate) fn timer(&self) -> Option<SharedAsyncSleep> {
        let timer = self.sleep_impl();
        #[cfg(feature = "rt-tokio")]
        let timer = timer.or_else(|| Some(SharedAsyncSleep::new(TokioSleep::new())));
        timer
    }

    /// The endpoint that takes the place of the region's.
    pub(crate) fn endpoint_url(&self, service: &Service) -> Result<Option<String>, InvalidSetting> {
        self.settings.endpoint_url.as_ref().map_or(Ok(None), |url| url.resolve(service))
    }

    /// Whether the region is to be found out.
    pub(crate) fn lacks_region(&self) -> bool {
        self.settings.region.is_none() && self.settings.region_discovery.is_some()
    }

    /// This configuration with a region that was found out, if it is to be.
    pub(crate) async fn with_region(mut self) -> Result<Self, InvalidSetting> {
        if let (None, Some(discovery)) = (&self.settings.region, &self.settings.region_discovery) {
            let region = Arc::clone(discovery).region(&self).await?;
            Arc::make_mut(&mut self.settings).region = Some(region);
        }
        Ok(self)
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

    /// This configuration with what is set in the other one in its place. Timeouts are replaced one by one, all else as a whole.
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
