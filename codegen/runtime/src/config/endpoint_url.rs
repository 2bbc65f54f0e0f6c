//! The custom endpoint, which replaces the region's.

use super::files::{Profiles, Section};
use super::value::{SettingValue, Sources};
use super::{Environment, InvalidSetting, SdkConfig};
use aws_types::service_config::ServiceConfigKey;
use std::sync::Arc;

/// The prefix of the variables with the endpoint of one service.
const PREFIX: &str = "AWS_ENDPOINT_URL_";

/// Finds the endpoint of a service by its id.
type Find = dyn Fn(&str) -> Option<String> + Send + Sync;

/// The place where a custom endpoint is set.
#[derive(Clone)]
pub(super) enum EndpointUrl {
    /// In code.
    Given(String),
    /// In the configuration of aws-config, where the endpoint of one service precedes the one for all. The service is not known before there
    /// is a client. This is a function, so that a program without such a configuration is linked without the code for it.
    Shared(Arc<Find>),
    /// In the environment or the profile, if anywhere. The service is not known yet here either.
    Configured(Arc<ConfiguredEndpoints>),
}

impl EndpointUrl {
    /// The endpoint in a configuration of aws-config.
    pub(super) fn shared(config: SdkConfig) -> Self {
        Self::Shared(Arc::new(move |id| {
            let key = ServiceConfigKey::builder().service_id(id).env("AWS_ENDPOINT_URL").profile("endpoint_url").build().ok();
            let own = key.and_then(|key| config.service_config()?.load_config(key));
            own.or_else(|| config.endpoint_url().map(str::to_owned))
        }))
    }

    /// Returns whether an endpoint is set, as far as that is known without the service.
    pub(super) fn is_set(&self) -> bool {
        match self {
            Self::Given(_) | Self::Shared(_) => true,
            Self::Configured(configured) => configured.variable.is_some() || configured.services.is_some() || configured.property.is_some(),
        }
    }

    pub(super) fn resolve(&self, id: &str) -> Result<Option<String>, InvalidSetting> {
        match self {
            Self::Given(url) => Ok(Some(url.clone())),
            Self::Shared(find) => Ok(find(id)),
            Self::Configured(configured) => configured.resolve(id),
        }
    }
}

/// The endpoint in the environment and the profile for a service without a client, by the service's id.
#[cfg(feature = "credentials")]
pub(crate) fn of_service(id: &str, environment: &Environment, profiles: &Profiles) -> Result<Option<String>, InvalidSetting> {
    let sources = Sources { environment, profile: profiles.selected_profile() };
    ConfiguredEndpoints::find(&sources, profiles)?.map_or(Ok(None), |configured| configured.resolve(id))
}

/// The endpoints in the environment and the profile.
pub(super) struct ConfiguredEndpoints {
    environment: Environment,
    variable: Option<SettingValue>,
    /// The section that `services` names, or its error.
    services: Option<Result<Section, InvalidSetting>>,
    property: Option<SettingValue>,
}

impl ConfiguredEndpoints {
    /// Finds the endpoints, unless they are to be ignored. A malformed one is an error here if no service can have another that precedes it.
    pub(super) fn find(sources: &Sources<'_>, profiles: &Profiles) -> Result<Option<Self>, InvalidSetting> {
        let ignored = sources.find("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")?;
        if ignored.map(|found| found.flag()).transpose()?.unwrap_or_default() {
            return Ok(None);
        }
        let services = sources.property("services").map(|name| match profiles.services(name.text())? {
            Some(section) => Ok(section.clone()),
            None => Err(name.invalid(&format!("the file has no section [services {}]: add it", name.text()))),
        });
        let environment = sources.environment.clone();
        let found =
            Self { environment, variable: sources.variable("AWS_ENDPOINT_URL")?, services, property: sources.property("endpoint_url") };
        if !found.environment.has_any(PREFIX) {
            match (&found.variable, &found.services, &found.property) {
                (Some(url), ..) | (None, None, Some(url)) => drop(url.url()?),
                (None, Some(Err(fault)), _) => return Err(fault.clone()),
                _ => {}
            }
        }
        Ok(Some(found))
    }

    /// The endpoint of a service. The environment precedes the profile, and in each of them, the endpoint of the service precedes the one for all.
    fn resolve(&self, id: &str) -> Result<Option<String>, InvalidSetting> {
        let name = snake(id);
        let variable = SettingValue::variable(&self.environment, format!("{PREFIX}{}", name.to_ascii_uppercase()).into())?;
        let found = match (variable.or_else(|| self.variable.clone()), &self.services) {
            (Some(variable), _) => Some(variable),
            (None, Some(Err(fault))) => return Err(fault.clone()),
            (None, Some(Ok(section))) => SettingValue::nested(section, &name, "endpoint_url").or_else(|| self.property.clone()),
            (None, None) => self.property.clone(),
        };
        match found {
            None => Ok(None),
            Some(found) => found.url().map(|url| Some(url.to_owned())),
        }
    }
}

/// A service's id in the spelling of settings: `CodeBuild` is `codebuild`, `CodeStar connections` is `codestar_connections`.
fn snake(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}
