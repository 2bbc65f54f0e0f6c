//! Where requests go: what a service's endpoint rules say, the host of the service in a region, or a custom URL.
//!
//! A generated crate brings its service's rules as a function of [`Params`]; the functions that it calls are here, as Smithy's rules
//! language and AWS's extension of it define them. Without such a function the usual regional host is meant.
//!
//! | promise | test |
//! |---|---|
//! | without rules: `https://{prefix}[-fips].{region}.{domain}` with the domain of the region's partition | `every_partition_has_its_domains` |
//! | partitions are those of botocore, unlisted regions included | `wire::endpoints::partitions_are_those_of_botocore` |
//! | CodeBuild's rules give the endpoints and the errors of AWS's own vectors | `wire::endpoints::endpoints_are_those_of_the_vectors_of_aws` |
//! | what the rules refuse is said in their words, with the settings that led there | `a_refusal_names_the_settings` |
//! | the rules' signing name, signing region and headers reach the request | `what_the_rules_say_reaches_the_request` |
//! | a region cannot change the host | `a_region_cannot_change_the_host` |
//! | a custom URL keeps its path, an `@` in it included | `a_custom_endpoint_keeps_its_path` |
//! | one with a password, a query or a bad port is refused, and no password is shown | `a_bad_custom_endpoint_is_explained` |

mod arn;
mod partition;
mod rules;
mod text;
mod url;

pub use arn::{Arn, parse_arn};
pub use partition::{Partition, partition};
pub use rules::{Outcome, Params, Resolved, Rules};
pub use text::{is_valid_host_label, is_virtual_hostable_s3_bucket, item, split, substring, uri_encode};
pub use url::{Url, parse_url};

use crate::config::Config;
use crate::operation::Service;
use http::uri::{PathAndQuery, Uri};
use std::fmt;

/// Where requests go, and what they are signed for.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    uri: Uri,
    region: String,
    signing_name: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Endpoint {
    /// The endpoint of a service under a configuration.
    pub(crate) fn resolve(service: &Service, config: &Config) -> Result<Self, InvalidEndpoint> {
        let region = config.region().map(AsRef::as_ref).filter(|region| !region.is_empty());
        let Some(region) = region else {
            return invalid("no region: set region in the configuration, such as Region::new(\"eu-west-1\")");
        };
        let url = config.endpoint_url(service).map_err(|error| InvalidEndpoint(error.to_string()))?;
        // The rules come after these checks, so that no text they make holds a password or a host that the region brought along.
        let custom = match &url {
            Some(url) => Some(signable(region).and_then(|()| custom(url))?),
            None => host_label(region).map(|()| None)?,
        };
        if let Some(rules) = service.endpoint_rules {
            let (use_fips, use_dual_stack) = (config.use_fips(), config.use_dual_stack());
            let params = Params { region: Some(region), use_fips, use_dual_stack, endpoint: url.as_deref() };
            return match rules(&params) {
                Ok(resolved) => Self::ruled(region, resolved),
                Err(refusal) => invalid(format!("{refusal} ({}; change or unset one of them)", settings(&params))),
            };
        }
        let uri = match custom {
            Some(uri) => without_choices(config).map(|()| uri)?,
            None => regional(service, region, config)?,
        };
        Ok(Self { uri, region: region.to_owned(), signing_name: None, headers: Vec::new() })
    }

    /// What the rules have found, which has to be a URL like one that somebody wrote.
    fn ruled(region: &str, resolved: Resolved) -> Result<Self, InvalidEndpoint> {
        let Resolved { url, signing_name, signing_region, headers } = resolved;
        let uri = custom(&url).map_err(|InvalidEndpoint(fault)| InvalidEndpoint(fault.replacen("the endpoint_url", "the endpoint", 1)))?;
        Ok(Self { uri, region: signing_region.unwrap_or_else(|| region.to_owned()), signing_name, headers })
    }

    /// The URI that every operation's request is sent to.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The region that requests are signed for.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// The name that requests are signed for, where the rules have one of their own.
    pub(crate) fn signing_name(&self) -> Option<&str> {
        self.signing_name.as_deref()
    }

    /// The headers that the endpoint asks for.
    pub(crate) fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }
}

/// The settings that a refusal is about.
fn settings(params: &Params<'_>) -> String {
    let mut set: Vec<String> = params.region.iter().map(|region| format!("region {region:?}")).collect();
    let flags = [("use_fips", params.use_fips), ("use_dual_stack", params.use_dual_stack), ("endpoint_url", params.endpoint.is_some())];
    set.extend(flags.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name.to_owned()));
    format!("set: {}", set.join(", "))
}

/// Without rules, what chooses among AWS's endpoints has nothing to say about a custom one.
fn without_choices(config: &Config) -> Result<(), InvalidEndpoint> {
    let chosen = [("use_fips", config.use_fips()), ("use_dual_stack", config.use_dual_stack())];
    match chosen.into_iter().find(|(_, is_set)| *is_set) {
        Some((name, _)) => {
            invalid(format!("{name} chooses among the endpoints of AWS and does not go with an endpoint_url: unset one of them"))
        }
        None => Ok(()),
    }
}

/// A region that is only signed for.
fn signable(region: &str) -> Result<(), InvalidEndpoint> {
    if region.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
        return Ok(());
    }
    invalid(format!("the region {region:?} cannot be signed for: it may hold letters, digits, '-', '_' and '.'"))
}

/// A region that becomes part of a host.
fn host_label(region: &str) -> Result<(), InvalidEndpoint> {
    if is_valid_host_label(region, false) {
        return Ok(());
    }
    invalid(format!("the region {region:?} cannot be part of a host name: it may hold letters, digits and '-', 63 at most"))
}

/// `https://{prefix}[-fips].{region}.{suffix}/`.
fn regional(service: &Service, region: &str, config: &Config) -> Result<Uri, InvalidEndpoint> {
    let partition = partition(region);
    let fips = if config.use_fips() { "-fips" } else { "" };
    let suffix = if config.use_dual_stack() { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
    let url = format!("https://{}{fips}.{region}.{suffix}/", service.endpoint_prefix);
    url.parse().or_else(|error| invalid(format!("the endpoint {url} is not a URL: {error}")))
}

/// Whether a URL will do as a custom endpoint.
pub(crate) fn check_url(url: &str) -> Result<(), InvalidEndpoint> {
    custom(url).map(drop)
}

/// A custom endpoint, with a slash behind its path.
///
/// A user name or a password stands in the authority (RFC 3986, section 3.2), so an `@` behind it belongs to the path. A password with an
/// unencoded slash looks the same, so no error shows a URL that has an `@` anywhere.
fn custom(url: &str) -> Result<Uri, InvalidEndpoint> {
    let behind_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = behind_scheme.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return invalid("the endpoint_url holds a user name or a password: requests are signed, and neither is sent");
    }
    let shown = match url.split(['?', '#']).next().unwrap_or_default() {
        _ if url.contains('@') => String::new(),
        shown => format!(" {shown:?}"),
    };
    let fault = |fault: &str| invalid(format!("the endpoint_url{shown} {fault}"));
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

/// Why there is nowhere to send a request to, and what to set.
#[derive(Clone, Debug)]
pub(crate) struct InvalidEndpoint(String);

fn invalid<T>(message: impl Into<String>) -> Result<T, InvalidEndpoint> {
    Err(InvalidEndpoint(message.into()))
}

impl fmt::Display for InvalidEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidEndpoint {}

#[cfg(test)]
mod tests;
