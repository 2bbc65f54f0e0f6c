//! Private functions that the workspace's tests compare with other implementations. They are not part of the API.

#[cfg(feature = "rustls")]
use crate::config::Environment;
use crate::config::files::{self, File, Section};
use crate::credentials;
#[cfg(feature = "rustls")]
use crate::error::BoxError;
#[cfg(feature = "rustls")]
use crate::http::Proxies;
use std::collections::BTreeMap;

/// The words of a command as a POSIX shell splits it, or `None` if a quote or an escape is not closed.
pub fn words(command: &str) -> Option<Vec<String>> {
    files::split_command(command, true).ok()
}

/// A section's settings by their keys: the value, and the settings on indented lines under a blank one. `None` if a line is malformed.
pub type Settings = Option<BTreeMap<String, (String, BTreeMap<String, String>)>>;

/// The profiles, sessions of single sign-on and services of a config file, or of a credentials file, by their names.
pub fn profile_file(text: &[u8], is_config: bool) -> [BTreeMap<String, Settings>; 3] {
    let files::Sections { profiles, sso_sessions, services, .. } =
        files::parse(text, "file", if is_config { File::Config } else { File::Credentials });
    [profiles, sso_sessions, services].map(|sections| sections.into_iter().map(|(name, section)| (name, settings(&section))).collect())
}

fn settings(section: &Section) -> Settings {
    let text = |value: Option<&files::Value>| value.map(|value| value.text.clone()).unwrap_or_default();
    let settings = section.values().iter().map(|(key, value)| {
        let nested = value.nested.iter().map(|(subkey, _)| (subkey.clone(), text(section.nested(key, subkey))));
        (key.clone(), (text(section.get(key)), nested.collect()))
    });
    section.fault().is_none().then(|| settings.collect())
}

/// The time of an `Expiration` in microseconds since 1970.
pub fn expiration(text: &str) -> Option<i64> {
    let (seconds, nanoseconds) = credentials::expiration(text)?;
    Some(seconds * 1_000_000 + i64::from(nanoseconds / 1_000))
}

/// The URL of the proxy that a request to a URL goes through, and its authorization; `None` without a proxy.
///
/// # Errors
///
/// A URL that is malformed, the proxy's or the request's.
#[cfg(feature = "rustls")]
pub fn proxy(environment: &Environment, url: &str) -> Result<Option<(String, Option<String>)>, BoxError> {
    let proxy = Proxies::of(environment).to(&url.parse()?)?;
    let text = |value: &http::HeaderValue| value.to_str().map(str::to_owned);
    proxy.map(|proxy| Ok((proxy.uri().to_string(), proxy.authorization().map(text).transpose()?))).transpose()
}
