//! The endpoint of requests: the result of the service's endpoint rules, the regional host of the service, or a custom URL.
//!
//! A generated crate has its service's rules as a function of [`Params`]. This module has the rule functions of Smithy's rules language and of
//! AWS's extension. A service without rules has the usual regional host.
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
use crate::url::{self as checked_url, InvalidUrl};
use http::Uri;
use std::fmt;

/// The endpoint of requests, with the scope and the headers that it requires.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    uri: Uri,
    region: String,
    signing_name: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Endpoint {
    /// The endpoint of a service under a configuration. The service is given by its id, the first label of its regional hosts and its rules.
    pub(crate) fn resolve(id: &str, prefix: &str, rules: Option<Rules>, config: &Config) -> Result<Self, InvalidEndpoint> {
        let region = config.region().map(AsRef::as_ref).filter(|region| !region.is_empty());
        let Some(region) = region else {
            return invalid("no region: set region in the configuration, such as Region::new(\"eu-west-1\")");
        };
        let url = config.endpoint_url(id).map_err(|error| InvalidEndpoint(error.to_string()))?;
        // The rules are evaluated after these checks, so that their result holds neither a password nor a host from the region.
        let custom = match &url {
            Some(url) => Some(check_signing_region(region).and_then(|()| Ok(checked_url::endpoint("endpoint_url", url)?))?),
            None => check_host_label(region).map(|()| None)?,
        };
        if let Some(rules) = rules {
            let (use_fips, use_dual_stack) = (config.use_fips(), config.use_dual_stack());
            let params = Params { region: Some(region), use_fips, use_dual_stack, endpoint: url.as_deref() };
            return match rules(&params) {
                Ok(resolved) => Self::from_rules(region, resolved),
                Err(refusal) => invalid(format!("{refusal} ({}; change or unset one of them)", settings(&params))),
            };
        }
        let uri = match custom {
            Some(uri) => refuse_choices(config).map(|()| uri)?,
            None => regional(prefix, region, config)?,
        };
        Ok(Self { uri, region: region.to_owned(), signing_name: None, headers: Vec::new() })
    }

    /// The endpoint that the rules return. Its URL is checked like a custom one.
    fn from_rules(region: &str, resolved: Resolved) -> Result<Self, InvalidEndpoint> {
        let Resolved { url, signing_name, signing_region, headers } = resolved;
        let uri = checked_url::endpoint("endpoint", &url)?;
        Ok(Self { uri, region: signing_region.unwrap_or_else(|| region.to_owned()), signing_name, headers })
    }

    /// The URI of all requests.
    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The signing region.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// The signing name, if the rules return one.
    pub(crate) fn signing_name(&self) -> Option<&str> {
        self.signing_name.as_deref()
    }

    /// The headers that the endpoint requires.
    pub(crate) fn headers(&self) -> &[(&'static str, String)] {
        &self.headers
    }
}

/// The settings to name in the error when the rules refuse them.
fn settings(params: &Params<'_>) -> String {
    let mut set: Vec<String> = params.region.iter().map(|region| format!("region {region:?}")).collect();
    let flags = [("use_fips", params.use_fips), ("use_dual_stack", params.use_dual_stack), ("endpoint_url", params.endpoint.is_some())];
    set.extend(flags.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name.to_owned()));
    format!("set: {}", set.join(", "))
}

/// Refuses the settings that choose among AWS's endpoints together with a custom one. With rules, the rules decide.
fn refuse_choices(config: &Config) -> Result<(), InvalidEndpoint> {
    let chosen = [("use_fips", config.use_fips()), ("use_dual_stack", config.use_dual_stack())];
    match chosen.into_iter().find(|(_, is_set)| *is_set) {
        Some((name, _)) => {
            invalid(format!("{name} chooses among the endpoints of AWS and does not go with an endpoint_url: unset one of them"))
        }
        None => Ok(()),
    }
}

/// Checks a region that is used as the signing region only.
fn check_signing_region(region: &str) -> Result<(), InvalidEndpoint> {
    if region.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
        return Ok(());
    }
    invalid(format!("the region {region:?} cannot be signed for: it may hold letters, digits, '-', '_' and '.'"))
}

/// Checks a region that becomes part of a host name.
fn check_host_label(region: &str) -> Result<(), InvalidEndpoint> {
    if is_valid_host_label(region, false) {
        return Ok(());
    }
    invalid(format!("the region {region:?} cannot be part of a host name: it may hold letters, digits and '-', 63 at most"))
}

/// `https://{prefix}[-fips].{region}.{suffix}/`.
fn regional(prefix: &str, region: &str, config: &Config) -> Result<Uri, InvalidEndpoint> {
    let partition = partition(region);
    let fips = if config.use_fips() { "-fips" } else { "" };
    let suffix = if config.use_dual_stack() { partition.dual_stack_dns_suffix } else { partition.dns_suffix };
    let url = format!("https://{prefix}{fips}.{region}.{suffix}/");
    url.parse().or_else(|error| invalid(format!("the endpoint {url} is not a URL: {error}")))
}

/// The reason why there is no endpoint, with the setting to change.
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

impl From<InvalidUrl> for InvalidEndpoint {
    fn from(error: InvalidUrl) -> Self {
        Self(error.to_string())
    }
}

#[cfg(test)]
mod tests;
