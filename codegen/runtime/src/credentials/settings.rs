//! The settings that credentials are found with.

use crate::clock::Clock;
use crate::config::{Environment, Region, SharedCredentialsProvider};
use crate::http;
use std::time::Duration;

/// The part of a configuration that the sources of credentials depend on.
#[cfg_attr(not(feature = "credentials"), expect(dead_code, reason = "without the feature there are no sources over HTTP"))]
pub(crate) struct Settings {
    pub(crate) provider: Option<SharedCredentialsProvider>,
    pub(crate) region: Option<Region>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
    pub(crate) max_response_time: Duration,
    /// The clock, with the offset of the services that are asked for credentials.
    pub(crate) clock: Clock,
    pub(crate) http: http::Settings,
}

impl Settings {
    pub(super) fn environment(&self) -> &Environment {
        &self.http.environment
    }
}
