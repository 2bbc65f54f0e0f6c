//! The rows of the table of settings.

mod endpoints;
mod malformed;

use crate::config::retry::RetryMode;
use crate::config::{AppName, Config, Environment, Region, RequestChecksumCalculation, ResponseChecksumValidation};
use crate::testing::Folder;
use std::path::Path;

/// The configuration from these variables and this config file.
fn found(variables: &[(&str, &str)], file: &str) -> Result<Config, String> {
    let folder = Folder::new().with("config", file);
    let path = folder.path("config");
    let all = variables.iter().copied().chain([("AWS_CONFIG_FILE", path.as_str())]);
    Config::from_environment(Environment::fixed(all)).map_err(|error| error.to_string().replace(&path, "config"))
}

type Row<T> = (&'static [(&'static str, &'static str)], &'static str, T);

/// Checks the value of a setting for each row of variables and a file.
#[track_caller]
fn rows<T: PartialEq + std::fmt::Debug, const N: usize>(setting: impl Fn(&Config) -> T, rows: [Row<T>; N]) {
    for (variables, file, expected) in rows {
        assert_eq!(setting(&found(variables, file).unwrap()), expected, "{variables:?} {file}");
    }
}

const NONE: &[(&str, &str)] = &[];

#[test]
fn the_region_is_read() {
    let profile = "[default]\nregion = eu-west-3";
    let region = |name| Some(Region::new(name));
    rows(
        |config| config.region().cloned(),
        [
            (&[("AWS_REGION", "eu-west-1"), ("AWS_DEFAULT_REGION", "eu-west-2")], profile, region("eu-west-1")),
            (&[("AWS_REGION", " "), ("AWS_DEFAULT_REGION", " eu-west-2\n")], profile, region("eu-west-2")),
            (NONE, profile, region("eu-west-3")),
            (NONE, "[default]\nregion =", None),
            (NONE, "[profile other]\nregion = eu-west-3", None),
        ],
    );
}

#[test]
fn the_profile_is_selected() {
    let file = "[default]\nregion = eu-west-1\n[profile other]\nregion = eu-west-2\n[profile none]";
    let region = |name| Some(Region::new(name));
    rows(
        |config| config.region().cloned(),
        [
            (NONE, file, region("eu-west-1")),
            (&[("AWS_PROFILE", "other")], file, region("eu-west-2")),
            (&[("AWS_PROFILE", "none")], file, None),
            (&[("AWS_DEFAULT_PROFILE", "other")], file, region("eu-west-1")),
        ],
    );
}

#[test]
fn flags_are_read() {
    type Flag = fn(&Config) -> Option<bool>;
    let flags: [(&str, &str, Flag); 4] = [
        ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", |config| config.settings.use_fips),
        ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", |config| config.settings.use_dual_stack),
        ("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction", Config::disable_clock_skew_correction),
        ("AWS_DISABLE_REQUEST_COMPRESSION", "disable_request_compression", Config::disable_request_compression),
    ];
    for (variable, key, flag) in flags {
        let value = |variables: &[(&str, &str)], file: &str| flag(&found(variables, file).unwrap());
        assert_eq!(value(&[], ""), None, "{variable}");
        assert_eq!(value(&[(variable, "true")], &format!("[default]\n{key} = false")), Some(true), "{variable}");
        assert_eq!(value(&[(variable, "False")], &format!("[default]\n{key} = true")), Some(false), "{variable}");
        assert_eq!(value(&[(variable, "")], &format!("[default]\n{key} = TRUE")), Some(true), "{variable}");
        assert_eq!(value(&[(variable, "true")], &format!("[default]\n{key} = not looked at")), Some(true), "{variable}");
    }
}

#[test]
fn retry_settings_are_read() {
    let profile = "[default]\nretry_mode = Adaptive\nmax_attempts = 7";
    let (standard, adaptive) = (RetryMode::Standard, RetryMode::Adaptive);
    rows(
        |config| config.retry_config().map(|retries| (retries.mode(), retries.max_attempts())),
        [
            (NONE, "", None),
            (NONE, profile, Some((adaptive, 7))),
            (&[("AWS_RETRY_MODE", "standard"), ("AWS_MAX_ATTEMPTS", "1")], profile, Some((standard, 1))),
            (&[("AWS_MAX_ATTEMPTS", "2")], profile, Some((adaptive, 2))),
            (&[("AWS_RETRY_MODE", "adaptive")], "", Some((adaptive, 3))),
            (&[("AWS_MAX_ATTEMPTS", "2")], "", Some((standard, 2))),
            (&[("AWS_RETRY_MODE", "legacy")], profile, Some((standard, 7))),
            (&[("AWS_NEW_RETRIES_2026", "true")], "", None),
        ],
    );
}

#[test]
fn checksum_settings_are_read() {
    const VARIABLES: &[(&str, &str)] =
        &[("AWS_REQUEST_CHECKSUM_CALCULATION", "When_Supported"), ("AWS_RESPONSE_CHECKSUM_VALIDATION", "when_supported")];
    let profile = "[default]\nrequest_checksum_calculation = when_required\nresponse_checksum_validation = WHEN_REQUIRED";
    let (request, response) = (RequestChecksumCalculation::WhenRequired, ResponseChecksumValidation::WhenRequired);
    rows(
        |config| config.request_checksum_calculation().copied().zip(config.response_checksum_validation().copied()),
        [
            (NONE, "", None),
            (NONE, profile, Some((request, response))),
            (VARIABLES, profile, Some((RequestChecksumCalculation::WhenSupported, ResponseChecksumValidation::WhenSupported))),
        ],
    );
}

#[test]
fn the_size_of_compressed_requests_is_read() {
    let profile = "[default]\nrequest_min_compression_size_bytes = 10485760";
    rows(
        Config::request_min_compression_size_bytes,
        [(NONE, "", None), (NONE, profile, Some(10_485_760)), (&[("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "0")], profile, Some(0))],
    );
}

#[test]
fn the_application_id_is_read() {
    let id = |name| Some(AppName::new(name).unwrap());
    let longest = "a234567890123456789012345678901234567890123456789!";
    rows(
        |config| config.app_name().cloned(),
        [
            (NONE, "", None),
            (NONE, "[default]\nsdk_ua_app_id = profile", id("profile")),
            (&[("AWS_SDK_UA_APP_ID", "variable")], "[default]\nsdk_ua_app_id = profile", id("variable")),
            (&[("AWS_SDK_UA_APP_ID", "a234567890123456789012345678901234567890123456789!")], "", id(longest)),
        ],
    );
}

#[test]
fn the_ca_bundle_is_read() {
    rows(
        |config| config.ca_bundle().map(Path::to_owned),
        [
            (NONE, "", None),
            (NONE, "[default]\nca_bundle = /etc/a b.pem", Some("/etc/a b.pem".into())),
            // The HTTP client reads the variable itself.
            (&[("AWS_CA_BUNDLE", "/v.pem")], "[default]\nca_bundle = /p.pem", None),
        ],
    );
}

#[test]
fn unset_settings_stay_unset() {
    let config = found(&[], "").unwrap();
    assert!(
        config.region().is_none()
            && config.region_discovery().is_some()
            && config.retry_config().is_none()
            && config.timeout_config().is_none()
    );
    assert!(config.credentials_provider().is_none() && config.http_client().is_none() && config.app_name().is_none());
    assert_eq!(format!("{config:?}"), "Config { environment: Environment(fixed) }");
}

#[test]
fn settings_in_code_override_all_others() {
    let file = "[default]\nregion = eu-west-1\nuse_fips_endpoint = true\nsdk_ua_app_id = profile\nmax_attempts = 7";
    let config = found(&[], file).unwrap().to_builder().region(Region::new("eu-west-2")).use_fips(false).build();
    assert_eq!(config.region(), Some(&Region::new("eu-west-2")));
    assert!(!config.use_fips());
    assert_eq!(config.app_name(), Some(&AppName::new("profile").unwrap()));

    let mut unset = found(&[], file).unwrap().to_builder();
    unset.set_app_name(None).set_retry_config(None);
    let unset = unset.build();
    assert!(unset.app_name().is_none() && unset.retry_config().is_none());
}
