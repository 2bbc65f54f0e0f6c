//! The check of a custom endpoint's URL. It lies below `config` and `endpoint`, which both need it.

use http::uri::{PathAndQuery, Uri};
use std::fmt;

/// Checks the URL of an endpoint and returns it with a slash after its path. `name` is how the error calls it, such as `endpoint_url`.
///
/// A user name or a password stands in the authority (RFC 3986, section 3.2), so an `@` after the authority belongs to the path. A password
/// with an unencoded slash looks the same, so no error shows a URL that contains an `@`.
pub(crate) fn endpoint(name: &str, url: &str) -> Result<Uri, InvalidUrl> {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(InvalidUrl(format!("the {name} holds a user name or a password: requests are signed, and neither is sent")));
    }
    let shown = match url.split(['?', '#']).next().unwrap_or_default() {
        _ if url.contains('@') => String::new(),
        shown => format!(" {shown:?}"),
    };
    let fault = |fault: &str| Err(InvalidUrl(format!("the {name}{shown} {fault}")));
    if url.contains(['?', '#']) {
        return fault("has a query or a fragment: only a path may follow the host");
    }
    let uri: Uri = match url.parse() {
        Ok(uri) => uri,
        Err(error) => return fault(&format!("is not a URL: {error}")),
    };
    match uri.scheme_str() {
        Some("http" | "https") => {}
        Some(_) => return fault("is neither http:// nor https://"),
        None => return fault("has no scheme: begin it with http:// or https://"),
    }
    let (Some(host), Some(authority)) = (uri.host().filter(|host| !host.is_empty()), uri.authority()) else {
        return fault("has no host");
    };
    if authority.as_str().len() > host.len() && uri.port_u16().is_none() {
        return fault("has no valid port: it is a number up to 65535");
    }
    let path = format!("{}/", uri.path().trim_end_matches('/'));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = match PathAndQuery::try_from(path) {
        Ok(path) => Some(path),
        Err(error) => return fault(&format!("has no valid path: {error}")),
    };
    Uri::from_parts(parts).or_else(|error| fault(&format!("is not a URL: {error}")))
}

/// The reason why a URL cannot be an endpoint.
#[derive(Clone, Debug)]
pub(crate) struct InvalidUrl(String);

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidUrl {}
