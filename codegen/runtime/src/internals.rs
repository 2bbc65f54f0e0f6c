//! Private functions that the workspace's tests compare with other implementations. They are not part of the API.

#[cfg(feature = "rustls")]
use crate::config::Environment;
use crate::config::files;
#[cfg(feature = "rustls")]
use crate::error::BoxError;
#[cfg(feature = "rustls")]
use crate::http::Proxies;

/// The words of a command as a POSIX shell splits it, or `None` where a quote or an escape is not closed.
pub fn words(command: &str) -> Option<Vec<String>> {
    files::words(command, true).ok()
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
