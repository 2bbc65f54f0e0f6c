//! The transport: who sends a request and how its reply is read, behind the seam that AWS's own clients have there.

mod body;
mod components;
mod error;
#[cfg(feature = "rustls")]
mod https;

pub(crate) use body::{Unread, read};
pub(crate) use error::{Silence, TransportError, closed_before_reply, never_sent};

use crate::config::{Config, InvalidSetting};
use aws_smithy_runtime_api::client::http::{HttpClient as _, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector};
use std::fmt;

/// Put on a request ([`HttpRequest::add_extension`](crate::config::http::HttpRequest::add_extension)), it has our own client open a
/// connection for it instead of taking one that was used before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fresh;

/// The configured client; without one, a new client of our own, with a pool of its own.
#[cfg(feature = "rustls")]
pub(crate) fn client(config: &Config) -> Option<SharedHttpClient> {
    config.http_client().or_else(|| Some(SharedHttpClient::new(https::HttpsClient::new(config))))
}

/// The same for what is on this machine or beside it, such as the metadata of an instance: never through a proxy.
#[cfg(all(feature = "credentials", feature = "rustls"))]
pub(crate) fn direct_client(config: &Config) -> Option<SharedHttpClient> {
    config.http_client().or_else(|| Some(SharedHttpClient::new(https::HttpsClient::direct(config))))
}

/// Whether what the configuration and its environment say to a client of our own can be used: the proxies, and the file of certificates to
/// trust. The client itself tells at its first request.
#[cfg(feature = "rustls")]
pub(crate) fn check(config: &Config) -> Result<(), InvalidSetting> {
    if config.http_client().is_some() { Ok(()) } else { https::check(config) }
}

/// The configured client.
#[cfg(not(feature = "rustls"))]
pub(crate) fn client(config: &Config) -> Option<SharedHttpClient> {
    config.http_client()
}

/// The configured client.
#[cfg(all(feature = "credentials", not(feature = "rustls")))]
pub(crate) fn direct_client(config: &Config) -> Option<SharedHttpClient> {
    config.http_client()
}

/// Without a client of our own there is nothing to check.
#[cfg(not(feature = "rustls"))]
pub(crate) fn check(_: &Config) -> Result<(), InvalidSetting> {
    Ok(())
}

/// What a client sends requests through under a configuration.
pub(crate) fn connector(client: Option<&SharedHttpClient>, config: &Config) -> Result<SharedHttpConnector, NoConnector> {
    let client = client.ok_or_else(|| {
        NoConnector("no HTTP client: enable the crate's feature rustls, or set http_client in the configuration".to_owned())
    })?;
    let components = components::for_connector(client, config)
        .map_err(|error| NoConnector(format!("the HTTP client cannot be given what it needs: {error}")))?;
    let timeouts = config.timeouts();
    let mut settings = HttpConnectorSettings::builder();
    settings.set_connect_timeout(timeouts.connect_timeout()).set_read_timeout(timeouts.read_timeout());
    Ok(client.http_connector(&settings.build(), &components))
}

/// Why nothing can be sent.
#[derive(Clone, Debug)]
pub(crate) struct NoConnector(String);

impl fmt::Display for NoConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoConnector {}

#[cfg(all(test, feature = "rustls"))]
mod tests;
