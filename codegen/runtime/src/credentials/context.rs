//! The context of a search for credentials: the settings, the profiles, and the endpoints of services.

use super::endpoint_client::EndpointClient;
use super::settings::Settings;
use super::source_error::SourceError;
use crate::clock::Clock;
use crate::config::files::{self, Profiles};
use crate::config::{Environment, endpoint_url};
use crate::endpoint::partition;
use crate::http::{Connector, NoConnector};
use http::Uri;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The largest file that is read, in bytes. Tokens have a few thousand.
const MAX_FILE: u64 = 1024 * 1024;

/// The context of one search for credentials.
pub(super) struct CredentialsContext<'a> {
    pub(super) settings: &'a Settings,
    pub(super) connector: &'a Result<Connector, NoConnector>,
    pub(super) profiles: &'a Profiles,
}

impl CredentialsContext<'_> {
    pub(super) fn environment(&self) -> &Environment {
        self.settings.environment()
    }

    pub(super) fn clock(&self) -> &Clock {
        &self.settings.clock
    }

    pub(super) fn now(&self) -> SystemTime {
        self.clock().now()
    }

    /// An environment variable. One that is not Unicode is an error of the source that needs it.
    pub(super) fn variable(&self, name: &'static str) -> Result<Option<String>, SourceError> {
        self.environment().get(name).map_err(|error| SourceError::Failed(error.to_string()))
    }

    /// A property of the selected profile.
    pub(super) fn setting(&self, key: &str) -> Option<String> {
        self.profiles.selected_profile()?.get(key).map(|value| value.text.clone())
    }

    /// The client's region, or that of the environment or the profile when the client has none.
    pub(super) fn region(&self) -> Result<Option<String>, SourceError> {
        if let Some(region) = &self.settings.region {
            return Ok(Some(region.as_ref().to_owned()));
        }
        let variable = match self.variable("AWS_REGION")? {
            None => self.variable("AWS_DEFAULT_REGION")?,
            region => region,
        };
        Ok(variable.map(|region| region.trim().to_owned()).or_else(|| self.setting("region")))
    }

    /// A client for an AWS service.
    pub(super) fn client(&self) -> Result<EndpointClient, String> {
        let connector = self.connector.as_ref().map_err(ToString::to_string)?;
        Ok(EndpointClient::remote(connector.clone(), self.settings))
    }

    /// The endpoint of an AWS service: the configured one, or else the region's.
    pub(super) fn endpoint(&self, service: &Service, region: &str) -> Result<Uri, String> {
        if let Some(endpoint) = self.configured_endpoint(service)? {
            return Ok(endpoint);
        }
        if region.is_empty() || !region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(format!("the region {region:?} cannot be part of a host name"));
        }
        let fips = if service.has_fips && self.settings.use_fips { "-fips" } else { "" };
        let partition = partition(region);
        let is_dual_stack = service.has_fips && self.settings.use_dual_stack;
        let suffix = if is_dual_stack { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
        let url = format!("https://{}{fips}.{region}.{suffix}", service.host);
        url.parse().map_err(|error| format!("the endpoint {url} is not a URL: {error}"))
    }

    /// The endpoint that is configured for a service or for all services.
    pub(super) fn configured_endpoint(&self, service: &Service) -> Result<Option<Uri>, String> {
        let url = endpoint_url::of_service(service.id, self.environment(), self.profiles).map_err(|error| error.to_string())?;
        url.map(|url| url.parse().map_err(|error| format!("the endpoint of {} is not a URL: {error}", service.id))).transpose()
    }

    /// A path in which a leading `~` stands for the home directory.
    pub(super) fn path(&self, path: &str) -> Result<PathBuf, String> {
        match path.strip_prefix("~/") {
            Some(rest) => Ok(self.home()?.join(rest)),
            None => Ok(PathBuf::from(path)),
        }
    }

    pub(super) fn home(&self) -> Result<PathBuf, String> {
        let home = files::home(self.environment()).map_err(|error| error.to_string())?;
        home.ok_or_else(|| "there is no home directory: HOME is not set".to_owned())
    }
}

/// An AWS service that issues credentials.
pub(super) struct Service {
    /// The first part of its host names.
    pub(super) host: &'static str,
    /// Its id, from which the names of its settings are made.
    pub(super) id: &'static str,
    /// True if its FIPS 140 and dual-stack endpoints have the usual names.
    pub(super) has_fips: bool,
}

/// A path in quotes, on one line.
pub(super) fn quoted(path: &Path) -> String {
    format!("{:?}", path.to_string_lossy())
}

/// The content of a file, up to 1 MiB.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    let result = File::open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut content));
    match result {
        Err(error) => Err(format!("{} cannot be read: {error}", quoted(path))),
        Ok(_) if content.len() as u64 > MAX_FILE => Err(format!("{} is larger than {MAX_FILE} bytes", quoted(path))),
        Ok(_) => Ok(content),
    }
}

/// The token in a file that holds nothing else.
pub(super) fn read_token(path: &Path) -> Result<String, String> {
    let token = String::from_utf8(read(path)?).map_err(|_| format!("{} is not text", quoted(path)))?;
    match token.trim() {
        "" => Err(format!("{} is empty", quoted(path))),
        token if token.contains(char::is_control) => Err(format!("{} holds more than one line", quoted(path))),
        token => Ok(token.to_owned()),
    }
}
