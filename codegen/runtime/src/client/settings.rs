//! The settings of a configuration for the modules that do not know it.

use crate::clock::{Clock, ServiceOffset};
use crate::config::Config;
use crate::{credentials, http};

impl From<&Config> for http::Settings {
    fn from(config: &Config) -> Self {
        Self {
            custom_client: config.custom_client().cloned(),
            ca_bundle: config.ca_bundle().map(Into::into),
            environment: config.environment().clone(),
            timeouts: config.timeouts(),
            timer: config.timer(),
            clock: config.clock(),
        }
    }
}

impl From<&Config> for credentials::Settings {
    fn from(config: &Config) -> Self {
        Self {
            provider: config.credentials_provider(),
            region: config.region().cloned(),
            use_fips: config.use_fips(),
            use_dual_stack: config.use_dual_stack(),
            max_response_time: config.max_response_time(),
            clock: Clock::new(config, &ServiceOffset::default()),
            http: config.into(),
        }
    }
}
