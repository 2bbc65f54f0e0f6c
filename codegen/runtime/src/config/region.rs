//! The region of a configuration that has none.

use super::files::Profiles;
use super::{InvalidSetting, Region};
use tokio::sync::OnceCell;

/// The state of the region's discovery, shared by all clients and calls of a configuration. The discovery itself is the client's work.
pub(crate) struct RegionDiscovery {
    searched: String,
    /// The region, once it is discovered.
    pub(crate) region: OnceCell<Region>,
}

impl RegionDiscovery {
    pub(super) fn new(profiles: &Profiles) -> Self {
        let searched = format!(
            "AWS_REGION and AWS_DEFAULT_REGION are not set, the profile {:?} has no region in {}{}",
            profiles.selected(),
            profiles.files(),
            profiles.hint(profiles.selected()).unwrap_or_default()
        );
        Self { searched, region: OnceCell::new() }
    }

    /// The error of a failed discovery. It names the places where no region is set.
    pub(crate) fn failed(&self, fault: &str) -> InvalidSetting {
        InvalidSetting::unset(format!("no region: {}, and {fault}: set AWS_REGION, such as AWS_REGION=eu-west-1", self.searched))
    }
}
