//! Where requests go: a custom URL, or the host of the service in a region.

use crate::config::Config;
use crate::operation::Service;
use http::uri::{PathAndQuery, Uri};
use std::fmt;

/// Where requests go, and the region they are signed for.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    uri: Uri,
    region: String,
}

impl Endpoint {
    /// The endpoint of a service under a configuration.
    pub(crate) fn resolve(service: &Service, config: &Config) -> Result<Self, InvalidEndpoint> {
        let region = config.region().map(AsRef::as_ref).filter(|region| !region.is_empty());
        let Some(region) = region else {
            return invalid("no region: set region in the configuration, such as Region::new(\"eu-west-1\")");
        };
        let uri = match config.endpoint_url(service).map_err(|error| InvalidEndpoint(error.to_string()))? {
            Some(url) => {
                if config.use_fips() {
                    return invalid("use_fips chooses among the endpoints of AWS and does not go with an endpoint_url: unset one of them");
                }
                if config.use_dual_stack() {
                    return invalid(
                        "use_dual_stack chooses among the endpoints of AWS and does not go with an endpoint_url: unset one of them",
                    );
                }
                if !region.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
                    return invalid(format!("the region {region:?} cannot be signed for: it may hold letters, digits, '-', '_' and '.'"));
                }
                custom(&url)?
            }
            None => regional(service, region, config)?,
        };
        Ok(Self { uri, region: region.to_owned() })
    }

    /// The URI that every operation's request is sent to.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The region that requests are signed for.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }
}

/// `https://{prefix}[-fips].{region}.{suffix}/`.
fn regional(service: &Service, region: &str, config: &Config) -> Result<Uri, InvalidEndpoint> {
    if !is_host_label(region) {
        return invalid(format!("the region {region:?} cannot be part of a host name: it may hold letters, digits and '-', 63 at most"));
    }
    let partition = Partition::of(region);
    let fips = if config.use_fips() { "-fips" } else { "" };
    let suffix = if config.use_dual_stack() { partition.dual_stack_suffix } else { partition.suffix };
    let url = format!("https://{}{fips}.{region}.{suffix}/", service.endpoint_prefix);
    url.parse().or_else(|error| invalid(format!("the endpoint {url} is not a URL: {error}")))
}

/// RFC 1123, section 2.1: letters, digits and inner hyphens, 63 at most.
fn is_host_label(label: &str) -> bool {
    label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether a URL will do as a custom endpoint.
pub(crate) fn check_url(url: &str) -> Result<(), InvalidEndpoint> {
    custom(url).map(drop)
}

/// A custom endpoint, with a slash behind its path. The URL stays out of what is said of a bad one where it may hold a password.
fn custom(url: &str) -> Result<Uri, InvalidEndpoint> {
    if url.contains('@') {
        return invalid("the endpoint_url holds a user name or a password: requests are signed, and neither is sent");
    }
    let shown = url.split(['?', '#']).next().unwrap_or_default();
    let fault = |fault: &str| invalid(format!("the endpoint_url {shown:?} {fault}"));
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

/// A group of regions that share their domains: botocore's `partitions.json`, in which a region that is not listed belongs to the
/// partition whose prefix it has, and to `aws` otherwise.
struct Partition {
    prefix: &'static str,
    suffix: &'static str,
    dual_stack_suffix: &'static str,
}

impl Partition {
    const AWS: Self = Self { prefix: "", suffix: "amazonaws.com", dual_stack_suffix: "api.aws" };
    const OTHERS: [Self; 6] = [
        Self { prefix: "cn-", suffix: "amazonaws.com.cn", dual_stack_suffix: "api.amazonwebservices.com.cn" },
        Self { prefix: "eusc-", suffix: "amazonaws.eu", dual_stack_suffix: "api.amazonwebservices.eu" },
        Self { prefix: "us-iso-", suffix: "c2s.ic.gov", dual_stack_suffix: "api.aws.ic.gov" },
        Self { prefix: "us-isob-", suffix: "sc2s.sgov.gov", dual_stack_suffix: "api.aws.scloud" },
        Self { prefix: "eu-isoe-", suffix: "cloud.adc-e.uk", dual_stack_suffix: "api.cloud-aws.adc-e.uk" },
        Self { prefix: "us-isof-", suffix: "csp.hci.ic.gov", dual_stack_suffix: "api.aws.hci.ic.gov" },
    ];

    /// `us-gov-` has no row: its domains are those of `aws`.
    fn of(region: &str) -> &'static Self {
        Self::OTHERS.iter().find(|partition| region.starts_with(partition.prefix)).unwrap_or(&Self::AWS)
    }
}

/// The domain of a region's endpoints, with IPv6 or without.
#[cfg(feature = "credentials")]
pub(crate) fn dns_suffix(region: &str, dual_stack: bool) -> &'static str {
    let partition = Partition::of(region);
    if dual_stack { partition.dual_stack_suffix } else { partition.suffix }
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
