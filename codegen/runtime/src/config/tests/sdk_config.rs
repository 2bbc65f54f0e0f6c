//! The settings that are taken over from aws-config.

use crate::config::retry::RetryConfig;
use crate::config::timeout::TimeoutConfig;
use crate::config::{
    AppName, BehaviorVersion, Config, Credentials, ProvideCredentials as _, Region, RequestChecksumCalculation, ResponseChecksumValidation,
    SdkConfig, SharedCredentialsProvider,
};
use crate::testing::{Replay, SERVICE, Timer};
use aws_smithy_async::time::StaticTimeSource;
use aws_types::origin::Origin;
use aws_types::sdk_config::Builder;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use std::time::{Duration, UNIX_EPOCH};

fn carried(sdk_config: Builder) -> Config {
    Config::new(&sdk_config.build())
}

fn shared() -> Builder {
    SdkConfig::builder()
}

#[test]
fn an_empty_sdk_config_sets_nothing() {
    assert_eq!(format!("{:?}", carried(shared())), "Config { environment: Environment(process) }");
    assert!(carried(shared()).region_discovery().is_none(), "aws-config has looked for the region already");
}

#[test]
fn the_region_is_taken_over() {
    assert_eq!(carried(shared().region(Region::new("eu-west-1"))).region(), Some(&Region::new("eu-west-1")));
}

#[test]
fn fips_and_dual_stack_are_taken_over() {
    let config = carried(shared().use_fips(true).use_dual_stack(true));
    assert!(config.use_fips() && config.use_dual_stack());
    let config = carried(shared().use_fips(false).use_dual_stack(false));
    assert_eq!((config.settings.use_fips, config.settings.use_dual_stack), (Some(false), Some(false)));
}

#[test]
fn checksum_settings_are_taken_over() {
    let (request, response) = (RequestChecksumCalculation::WhenRequired, ResponseChecksumValidation::WhenRequired);
    let config = carried(shared().request_checksum_calculation(request).response_checksum_validation(response));
    assert_eq!((config.request_checksum_calculation(), config.response_checksum_validation()), (Some(&request), Some(&response)));
}

#[test]
fn compression_settings_are_taken_over() {
    let config = carried(shared().disable_request_compression(true).request_min_compression_size_bytes(7));
    assert_eq!((config.disable_request_compression(), config.request_min_compression_size_bytes()), (Some(true), Some(7)));
}

#[test]
fn the_application_id_is_taken_over() {
    let name = AppName::new("app").unwrap();
    assert_eq!(carried(shared().app_name(name.clone())).app_name(), Some(&name));
}

#[test]
fn retry_settings_are_taken_over() {
    let retries = RetryConfig::adaptive().with_max_attempts(7);
    assert_eq!(carried(shared().retry_config(retries.clone())).retry_config(), Some(&retries));
}

#[test]
fn timeouts_are_taken_over() {
    let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_secs(3)).build();
    assert_eq!(carried(shared().timeout_config(timeouts.clone())).timeout_config(), Some(&timeouts));
}

#[tokio::test]
async fn the_provider_of_credentials_is_taken_over() {
    let provider = SharedCredentialsProvider::new(Credentials::new("AKIDSHARED", "s", None, None, "test"));
    let config = carried(shared().credentials_provider(provider));
    let credentials = config.credentials_provider().unwrap().provide_credentials().await.unwrap();
    assert_eq!(credentials.access_key_id(), "AKIDSHARED");
}

#[test]
fn the_http_client_the_clock_and_the_timer_are_taken_over() {
    let config = carried(shared().http_client(Replay::default()).time_source(StaticTimeSource::from_secs(7)).sleep_impl(Timer::Stands));
    assert!(config.http_client().is_some() && config.sleep_impl().is_some());
    assert_eq!(config.time_source().unwrap().now(), UNIX_EPOCH + Duration::from_secs(7));
}

#[test]
fn the_switch_for_clock_skew_is_taken_over() {
    for switch in [true, false] {
        assert_eq!(carried(shared().disable_clock_skew_correction(switch)).disable_clock_skew_correction(), Some(switch));
    }
}

#[test]
fn the_behavior_version_is_taken_over() {
    assert!(carried(shared().behavior_version(BehaviorVersion::latest())).behavior_version().is_some());
}

/// The services' settings of aws-config. It has none if endpoints are to be ignored.
#[derive(Debug)]
struct Services {
    ignore: bool,
}

impl LoadServiceConfig for Services {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let known = (key.service_id(), key.env(), key.profile()) == ("CodeBuild", "AWS_ENDPOINT_URL", "endpoint_url");
        (known && !self.ignore).then(|| "http://own".to_owned())
    }
}

#[test]
fn endpoints_are_taken_over() {
    let endpoint = |sdk_config| carried(sdk_config).endpoint_url(SERVICE.id).unwrap();
    assert_eq!(endpoint(shared().endpoint_url("http://all")).as_deref(), Some("http://all"));
    assert_eq!(endpoint(shared().endpoint_url("http://all").service_config(Services { ignore: false })).as_deref(), Some("http://own"));
    assert_eq!(endpoint(shared().service_config(Services { ignore: false })).as_deref(), Some("http://own"));
    assert_eq!(endpoint(shared().service_config(Services { ignore: true })), None);
    let mut in_code = shared().endpoint_url("http://code").service_config(Services { ignore: false });
    in_code.insert_origin("endpoint_url", Origin::shared_config());
    assert_eq!(endpoint(in_code).as_deref(), Some("http://code"));
    let mut found = shared().endpoint_url("http://all").service_config(Services { ignore: false });
    found.insert_origin("endpoint_url", Origin::shared_environment_variable());
    assert_eq!(endpoint(found).as_deref(), Some("http://own"));
}
