//! The region of a client that nobody has told one.

use super::files::Profiles;
use super::{Config, InvalidSetting, Region};
use tokio::sync::OnceCell;

/// Finds out the region, once for all clients and calls of a configuration. While one call asks, others wait for it; a call that is
/// dropped hands the question on.
pub(super) struct Discovery {
    tried: String,
    found: OnceCell<Region>,
}

impl Discovery {
    pub(super) fn new(profiles: &Profiles) -> Self {
        let tried = format!(
            "AWS_REGION and AWS_DEFAULT_REGION are not set, the profile {:?} has no region in {}{}",
            profiles.selected(),
            profiles.files(),
            profiles.hint(profiles.selected()).unwrap_or_default()
        );
        Self { tried, found: OnceCell::new() }
    }

    /// The region in which the machine is. It is asked for again after a failure.
    pub(super) async fn region(&self, config: &Config) -> Result<Region, InvalidSetting> {
        let region = self.found.get_or_try_init(|| async { ask(config).await.map_err(|fault| self.nowhere(fault)) }).await;
        region.cloned()
    }

    fn nowhere(&self, fault: &str) -> InvalidSetting {
        InvalidSetting::of_none(format!("no region: {}, and {fault}: set AWS_REGION, such as AWS_REGION=eu-west-1", self.tried))
    }
}

#[cfg(feature = "credentials")]
async fn ask(config: &Config) -> Result<Region, &'static str> {
    // In a box: it is rarely needed, and would make every call's future larger.
    Box::pin(crate::credentials::imds_region(config)).await.ok_or("the instance metadata service, unless it is disabled, did not name one")
}

#[cfg(not(feature = "credentials"))]
async fn ask(_: &Config) -> Result<Region, &'static str> {
    let fault = "the instance metadata service is not asked without the feature credentials";
    std::future::ready(Err(fault)).await
}
