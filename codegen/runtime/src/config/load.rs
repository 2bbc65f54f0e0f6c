//! The settings that AWS's tools share, from the environment and the selected profile.

use super::endpoint_url::{ConfiguredEndpoints, EndpointUrl};
use super::files::Profiles;
use super::region::RegionDiscovery;
use super::retry::RetryConfig;
use super::settings::Settings;
use super::value::{SettingValue, Sources};
use super::{Environment, InvalidSetting};
use std::path::PathBuf;
use std::sync::Arc;

/// Loads the settings. A setting in a profile is not checked if a variable overrides it.
pub(super) fn load(environment: Environment) -> Result<Settings, InvalidSetting> {
    let profiles = Profiles::load(&environment)?;
    let sources = Sources { environment: &environment, profile: profiles.selected_profile() };
    let flag = |variable, key| sources.find(variable, key)?.map(|found| found.flag()).transpose();
    // These switches exist only in the environment. They are read where they are used, and checked here.
    for switch in ["AWS_NEW_RETRIES_2026", "AWS_EC2_METADATA_DISABLED"] {
        sources.variable(switch)?.map(|found| found.flag()).transpose()?;
    }
    let settings = Settings {
        region: match sources.variable("AWS_REGION")? {
            Some(region) => Some(region),
            None => sources.find("AWS_DEFAULT_REGION", "region")?,
        }
        .map(SettingValue::region)
        .transpose()?,
        endpoint_url: ConfiguredEndpoints::find(&sources, &profiles)?.map(|found| EndpointUrl::Configured(Arc::new(found))),
        use_fips: flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?,
        use_dual_stack: flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?,
        // The variable is read by the HTTP client, for every configuration.
        ca_bundle: match sources.variable("AWS_CA_BUNDLE")? {
            Some(_) => None,
            None => sources.property("ca_bundle").map(|found| PathBuf::from(found.into_text())),
        },
        retry_config: retries(&sources)?,
        app_name: sources.find("AWS_SDK_UA_APP_ID", "sdk_ua_app_id")?.map(SettingValue::app_name).transpose()?,
        disable_clock_skew_correction: flag("AWS_DISABLE_CLOCK_SKEW_CORRECTION", "disable_clock_skew_correction")?,
        request_checksum_calculation: sources
            .find("AWS_REQUEST_CHECKSUM_CALCULATION", "request_checksum_calculation")?
            .map(|found| found.checksums())
            .transpose()?,
        response_checksum_validation: sources
            .find("AWS_RESPONSE_CHECKSUM_VALIDATION", "response_checksum_validation")?
            .map(|found| found.checksums())
            .transpose()?,
        disable_request_compression: flag("AWS_DISABLE_REQUEST_COMPRESSION", "disable_request_compression")?,
        request_min_compression_size_bytes: sources
            .find("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "request_min_compression_size_bytes")?
            .map(|found| found.compression_size())
            .transpose()?,
        region_discovery: Some(Arc::new(RegionDiscovery::new(&profiles))),
        ..Settings::default()
    };
    Ok(Settings { environment, ..settings })
}

/// The settings of retries, if any is set.
fn retries(sources: &Sources<'_>) -> Result<Option<RetryConfig>, InvalidSetting> {
    let mode = sources.find("AWS_RETRY_MODE", "retry_mode")?.map(|found| found.retry_mode()).transpose()?;
    let attempts = sources.find("AWS_MAX_ATTEMPTS", "max_attempts")?.map(|found| found.attempts()).transpose()?;
    if mode.is_none() && attempts.is_none() {
        return Ok(None);
    }
    let mut retries = RetryConfig::standard();
    if let Some(mode) = mode {
        retries = retries.with_retry_mode(mode);
    }
    if let Some(attempts) = attempts {
        retries = retries.with_max_attempts(attempts);
    }
    Ok(Some(retries))
}

#[cfg(test)]
mod tests;
