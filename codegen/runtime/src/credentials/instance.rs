//! EC2's instance metadata service, version 2: a token is asked for first, and each question comes with it.

use super::OutliveTheirEnd;
use super::lent;
use super::source::Lack;
use super::wire::Wire;
use crate::config::{Config, Credentials, Environment, Region};
use crate::random;
use bytes::Bytes;
use http::{Method, Request, Uri};
use reqsign_aws_core::IMDSv2CredentialProvider;
use std::time::Duration;

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
const ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
const MODE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";
/// How long it may take to connect, and how long the service may be silent: the AWS CLI's default.
const PATIENCE: Duration = Duration::from_secs(1);
/// How much longer credentials are used that have ended: this, and up to as much again. The service hands out old ones when it cannot get
/// new ones itself, and whoever they are for goes on accepting them then.
const EXTENSION: Duration = Duration::from_mins(5);

/// The region that this machine is in, if it is an instance of EC2 whose metadata may be asked for.
pub(crate) async fn imds_region(config: &Config) -> Option<Region> {
    let endpoint = endpoint(config.environment(), |_| None).ok()?;
    let wire = Wire::local(config, PATIENCE, PATIENCE).ok()?;
    let name = ask(&wire, &endpoint, "/latest/meta-data/placement/region").await?;
    let name = name.trim();
    let plausible = (1..=63).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plausible.then(|| Region::new(name.to_owned()))
}

/// The credentials of the instance's role. `setting` reads the profile in use.
pub(super) async fn load(config: &Config, setting: impl Fn(&str) -> Option<String>) -> Result<Credentials, Lack> {
    let endpoint = endpoint(config.environment(), setting)?;
    let wire = Wire::local(config, PATIENCE, PATIENCE).map_err(|error| Lack::Broken(error.to_string()))?;
    let provider = IMDSv2CredentialProvider::new().with_endpoint(&endpoint);
    // It is the last of all sources, and asked without having been configured: what fails here is told like an absence.
    let mut credentials = lent::borrow(provider, wire, None, None, "instance metadata").await.map_err(Lack::Absent)?;
    credentials.set_property(OutliveTheirEnd);
    Ok(still_valid(credentials, config))
}

/// Credentials that have ended, made to be used a while longer.
fn still_valid(mut credentials: Credentials, config: &Config) -> Credentials {
    let now = config.clock().now();
    if credentials.expiry().is_some_and(|expiry| expiry <= now) {
        tracing::warn!("the instance metadata service hands out credentials that have expired; they are used a while longer");
        *credentials.expiry_mut() = Some(now + EXTENSION.mul_f64(1.0 + random::fraction()));
    }
    credentials
}

/// The service's address, without a slash at its end.
fn endpoint(environment: &Environment, setting: impl Fn(&str) -> Option<String>) -> Result<String, Lack> {
    let get = |variable, key: &str| -> Result<Option<String>, Lack> {
        let value = environment.get(variable).map_err(|error| Lack::Broken(error.to_string()))?;
        Ok(value.or_else(|| setting(key)).map(|value| value.trim().to_owned()))
    };
    let disabled = environment.get(DISABLED).map_err(|error| Lack::Broken(error.to_string()))?;
    match disabled.as_deref().map(str::trim) {
        Some(value) if value.eq_ignore_ascii_case("true") => return Err(Lack::Absent(format!("{DISABLED} is true"))),
        Some(value) if !value.eq_ignore_ascii_case("false") => {
            return Err(Lack::Broken(format!("{DISABLED} is neither true nor false")));
        }
        _ => {}
    }
    if let Some(endpoint) = get(ENDPOINT, "ec2_metadata_service_endpoint")? {
        let valid = endpoint.parse::<Uri>().is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some());
        let endpoint = endpoint.trim_end_matches('/');
        return if valid { Ok(endpoint.to_owned()) } else { Err(Lack::Broken(format!("{ENDPOINT} is not a URL of http or https"))) };
    }
    match get(MODE, "ec2_metadata_service_endpoint_mode")? {
        None => Ok(IPV4.to_owned()),
        Some(mode) if mode.eq_ignore_ascii_case("ipv4") => Ok(IPV4.to_owned()),
        Some(mode) if mode.eq_ignore_ascii_case("ipv6") => Ok(IPV6.to_owned()),
        Some(_) => Err(Lack::Broken(format!("{MODE} is neither IPv4 nor IPv6"))),
    }
}

/// The answer to a question, if there is one.
async fn ask(wire: &Wire, endpoint: &str, path: &str) -> Option<String> {
    let token = Request::builder().method(Method::PUT).uri(format!("{endpoint}/latest/api/token"));
    let token = token.header("x-aws-ec2-metadata-token-ttl-seconds", "21600").body(Bytes::new()).ok()?;
    let token = text(wire.send(token).await.ok()?)?;
    let question = Request::get(format!("{endpoint}{path}")).header("x-aws-ec2-metadata-token", token.trim());
    text(wire.send(question.body(Bytes::new()).ok()?).await.ok()?)
}

fn text(reply: http::Response<Bytes>) -> Option<String> {
    let ok = reply.status() == http::StatusCode::OK;
    String::from_utf8(reply.into_body().into()).ok().filter(|_| ok)
}
