//! The discovery of the region, when none is configured.

use crate::config::{Config, InvalidSetting, Region};
#[cfg(feature = "credentials")]
use crate::credentials::{self, imds_region};

/// The configuration with its region, or else with the region of the EC2 instance.
///
/// The instance is asked once for all clients and calls of a configuration, and again after a failure. While one call asks, others wait; if
/// the call is dropped, the next one asks.
pub(super) async fn with_region(config: &Config) -> Result<Config, InvalidSetting> {
    let Some(discovery) = config.region_discovery() else { return Ok(config.clone()) };
    let region = discovery.region.get_or_try_init(|| async { ask(config).await.map_err(|fault| discovery.failed(fault)) }).await?;
    Ok(config.with_region(region.clone()))
}

#[cfg(feature = "credentials")]
async fn ask(config: &Config) -> Result<Region, &'static str> {
    // Boxed, since a rarely used future would enlarge the caller's.
    let region = Box::pin(async { imds_region(&credentials::Settings::from(config)).await });
    region.await.ok_or("the instance metadata service, unless it is disabled, did not name one")
}

#[cfg(not(feature = "credentials"))]
async fn ask(_: &Config) -> Result<Region, &'static str> {
    std::future::ready(Err("the instance metadata service is not asked without the feature credentials")).await
}
