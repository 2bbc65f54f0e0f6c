use super::found;
use crate::config::{Config, Environment};
use proptest::prelude::*;

const REGION: &str = "is not a region, such as eu-west-1: it may hold letters, digits and '-', 63 at most";
const FLAG: &str = "is neither true nor false";
const ATTEMPTS: &str = "is not a number of attempts: it is 1 or more, the first attempt included";
const APP_ID: &str = "is not an application id: it may hold letters, digits and !#$%&'*+-.^_`|~";
const CHECKSUMS: &str = "is neither when_supported nor when_required";
const SIZE: &str = "is not a number of bytes from 0 to 10485760";

/// A variable, its property if there is one, an invalid value, and the error.
const MALFORMED: [(&str, Option<&str>, &str, &str); 21] = [
    ("AWS_REGION", Some("region"), "eu_west_1", REGION),
    ("AWS_DEFAULT_REGION", Some("region"), "-x", REGION),
    ("AWS_REGION", Some("region"), "x/.h", REGION),
    ("AWS_USE_FIPS_ENDPOINT", Some("use_fips_endpoint"), "yes", FLAG),
    ("AWS_USE_DUALSTACK_ENDPOINT", Some("use_dualstack_endpoint"), "1", FLAG),
    ("AWS_DISABLE_CLOCK_SKEW_CORRECTION", Some("disable_clock_skew_correction"), "on", FLAG),
    ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", Some("ignore_configured_endpoint_urls"), "no", FLAG),
    ("AWS_NEW_RETRIES_2026", None, "2026", FLAG),
    ("AWS_EC2_METADATA_DISABLED", None, "maybe", FLAG),
    ("AWS_RETRY_MODE", Some("retry_mode"), "eager", "is not a retry mode: standard, adaptive or legacy"),
    ("AWS_MAX_ATTEMPTS", Some("max_attempts"), "0", ATTEMPTS),
    ("AWS_MAX_ATTEMPTS", Some("max_attempts"), "-1", ATTEMPTS),
    ("AWS_MAX_ATTEMPTS", Some("max_attempts"), "9999999999", ATTEMPTS),
    ("AWS_MAX_ATTEMPTS", Some("max_attempts"), "three", ATTEMPTS),
    ("AWS_REQUEST_CHECKSUM_CALCULATION", Some("request_checksum_calculation"), "never", CHECKSUMS),
    ("AWS_RESPONSE_CHECKSUM_VALIDATION", Some("response_checksum_validation"), "true", CHECKSUMS),
    ("AWS_DISABLE_REQUEST_COMPRESSION", Some("disable_request_compression"), "0", FLAG),
    ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", Some("request_min_compression_size_bytes"), "10485761", SIZE),
    ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", Some("request_min_compression_size_bytes"), "-1", SIZE),
    ("AWS_SDK_UA_APP_ID", Some("sdk_ua_app_id"), "my app", APP_ID),
    (
        "AWS_SDK_UA_APP_ID",
        Some("sdk_ua_app_id"),
        "a2345678901234567890123456789012345678901234567890!",
        "is too long for an application id: it may have 50 characters",
    ),
];

#[test]
fn a_malformed_variable_is_named() {
    for (variable, _, value, fault) in MALFORMED {
        assert_eq!(found(&[(variable, value)], "").unwrap_err(), format!("the environment variable {variable}: {value:?} {fault}"));
    }
}

#[test]
fn a_malformed_property_is_named_with_its_line() {
    for (_, key, value, fault) in MALFORMED {
        let Some(key) = key else { continue };
        assert_eq!(found(&[], &format!("[default]\n\n{key} = {value}")).unwrap_err(), format!("config:3: {key}: {value:?} {fault}"));
    }
}

#[test]
fn only_the_selected_profile_is_checked() {
    for key in MALFORMED.into_iter().filter_map(|(_, key, ..)| key) {
        found(&[], &format!("[default]\n[profile other]\n{key} = ?")).unwrap();
    }
}

#[test]
fn a_malformed_endpoint_is_named_and_its_password_is_not() {
    let url = "https://me:SECRET@host";
    let fault = "the endpoint_url holds a user name or a password: requests are signed, and neither is sent";
    assert_eq!(found(&[("AWS_ENDPOINT_URL", url)], "").unwrap_err(), format!("the environment variable AWS_ENDPOINT_URL: {fault}"));
    assert_eq!(found(&[], &format!("[default]\nendpoint_url = {url}")).unwrap_err(), format!("config:2: endpoint_url: {fault}"));
}

#[test]
fn a_missing_services_section_is_named() {
    assert_eq!(found(&[], "[default]\nservices = a").unwrap_err(), "config:2: services: the file has no section [services a]: add it");
}

#[test]
fn a_malformed_file_is_named_with_its_line() {
    let file = "[default]\nregion";
    let fault = "config:2: expected \"name = value\", found a line without '='";
    assert_eq!(found(&[], file).unwrap_err(), fault);
    assert!(found(&[("AWS_PROFILE", "other")], &format!("{file}\n[profile other]")).is_ok());
    let services = "[default]\nservices = a\n[services a]\ns3";
    assert_eq!(found(&[], services).unwrap_err(), fault.replace('2', "4"));
    assert!(found(&[], services.trim_end_matches("s3")).is_ok());
}

#[test]
fn a_shown_value_is_bounded_and_on_one_line() {
    let long = format!("a\nb\u{202e}{}", "c".repeat(10_000));
    let line = found(&[("AWS_REGION", &long)], "").unwrap_err();
    assert!(line.chars().count() < 300 && !line.contains(char::is_control) && !line.contains('\u{202e}'), "{line}");
}

#[test]
fn a_profile_that_no_file_has_is_named_with_both_files() {
    let line = found(&[("AWS_PROFILE", "missing"), ("AWS_SHARED_CREDENTIALS_FILE", "/none/credentials")], "[default]").unwrap_err();
    assert_eq!(
        line,
        "the environment variable AWS_PROFILE: there is no profile \"missing\", neither in \"config\" nor in \"/none/credentials\": add it or \
         name another one"
    );
}

proptest! {
    #[test]
    fn any_value_is_loaded_without_a_panic(
        name in prop::sample::select(MALFORMED.map(|(variable, ..)| variable).to_vec()),
        value in "(true|false|standard|adaptive|[0-9]{1,12}|http://|[a-z:/@.\\-]{1,9}|\\PC{0,9}){1,3}",
    ) {
        if let Err(error) = Config::from_environment(Environment::fixed([(name, value)])) {
            let line = error.to_string();
            prop_assert!(line.starts_with(&format!("the environment variable {name}: ")), "{line}");
            prop_assert!(!line.contains(char::is_control), "{line}");
        }
    }
}
