//! The settings of a configuration for the modules that do not know it.

use crate::config::Config;
use crate::http;

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
