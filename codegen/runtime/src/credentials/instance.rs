//! EC2's instance metadata service, version 2. A session token is fetched first, and each request carries it.

use super::UsableAfterExpiry;
use super::context::CredentialsContext;
use super::endpoint_client::{EndpointClient, Request};
use super::reply;
use super::settings::Settings;
use super::source_error::SourceError;
use crate::config::{Credentials, Environment, Region};
use crate::random;
use bytes::Bytes;
use http::header::HeaderName;
use http::{StatusCode, Uri};
use std::time::{Duration, SystemTime};

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
const ENDPOINT: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
const MODE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";
/// The paths of the session token, of the role's name (followed by the name: its credentials), and of the region.
const TOKEN: &str = "/latest/api/token";
const ROLES: &str = "/latest/meta-data/iam/security-credentials/";
const REGION: &str = "/latest/meta-data/placement/region";
/// The lifetime of a session token in seconds: the longest one allowed, as in AWS's own tools.
const TOKEN_LIFETIME: &str = "21600";
/// The connect timeout and the read timeout: the AWS CLI's default.
const TIMEOUT: Duration = Duration::from_secs(1);
/// The shortest time for which expired credentials are still used. The longest is twice as long. The service returns old credentials when it
/// cannot get new ones, and AWS's services accept them then.
const EXTENSION: Duration = Duration::from_mins(5);

/// The region of this machine, if it is an EC2 instance whose metadata service is not disabled.
pub(crate) async fn imds_region(settings: &Settings) -> Option<Region> {
    let service = Service::new(settings, &|_| None).ok()?;
    let token = service.token().await.ok()?;
    let name = service.text(&token, REGION).await.ok()?;
    let plausible = (1..=63).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plausible.then(|| Region::new(name))
}

/// The credentials of the instance's role.
pub(super) async fn load(context: &CredentialsContext<'_>) -> Result<Credentials, SourceError> {
    let service = Service::new(context.settings, &|key| context.setting(key))?;
    // This is the last source, and it is used without being configured. So a failure counts as not configured.
    let mut credentials = service.credentials().await.map_err(SourceError::NotConfigured)?;
    credentials.set_property(UsableAfterExpiry);
    Ok(still_valid(credentials, context.now()))
}

/// Reads a setting of the profile by its key.
type ReadSetting<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The metadata service.
struct Service {
    endpoint: String,
    client: EndpointClient,
}

impl Service {
    fn new(settings: &Settings, setting: &ReadSetting<'_>) -> Result<Self, SourceError> {
        let endpoint = endpoint(settings.environment(), setting)?;
        let client = EndpointClient::local(settings, TIMEOUT, TIMEOUT).map_err(|error| SourceError::Failed(error.to_string()))?;
        Ok(Self { endpoint, client })
    }

    /// The credentials of the role.
    async fn credentials(&self) -> Result<Credentials, String> {
        let token = self.token().await?;
        let role = self.text(&token, ROLES).await?;
        if role.is_empty() {
            return Err("the instance has no role".to_owned());
        }
        // These are the characters that IAM allows. Anything else is not sent back in a URL.
        if !role.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-/".contains(&byte)) {
            return Err(format!("{ROLES}: the reply is not the name of a role"));
        }
        let reply = self.get(&token, &format!("{ROLES}{role}"), "the credentials of the role").await?;
        reply::credentials(&reply, &[&token], "instance metadata")
    }

    /// The session token.
    async fn token(&self) -> Result<String, String> {
        let life = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
        let request = Request::put(format!("{}{TOKEN}", self.endpoint)).header(life, TOKEN_LIFETIME);
        line(&self.send(request, TOKEN, &[]).await?, TOKEN)
    }

    /// A response of one line.
    async fn text(&self, token: &str, path: &str) -> Result<String, String> {
        line(&self.get(token, path, path).await?, path)
    }

    /// The response to a request, which errors call by `name`.
    async fn get(&self, token: &str, path: &str, name: &str) -> Result<Bytes, String> {
        let request = Request::get(format!("{}{path}", self.endpoint)).token("x-aws-ec2-metadata-token", token);
        self.send(request.ok_or_else(|| format!("{TOKEN}: the reply is not fit for a header"))?, name, &[token]).await
    }

    async fn send(&self, request: Request, name: &str, secrets: &[&str]) -> Result<Bytes, String> {
        let response = self.client.send(request).await?;
        match response.status {
            StatusCode::OK => Ok(response.body),
            StatusCode::NOT_FOUND if name == ROLES => Err("the instance has no role".to_owned()),
            _ => Err(format!("{name}: {}", reply::refusal(response.status, &response.body, secrets))),
        }
    }
}

fn line(reply: &[u8], name: &str) -> Result<String, String> {
    let text = str::from_utf8(reply).map_err(|_| format!("{name}: the reply is not text"))?;
    Ok(text.trim().to_owned())
}

/// Extends the expiry of expired credentials.
fn still_valid(mut credentials: Credentials, now: SystemTime) -> Credentials {
    if credentials.expiry().is_some_and(|expiry| expiry <= now) {
        tracing::warn!("the instance metadata service hands out credentials that have expired; they are used a while longer");
        *credentials.expiry_mut() = Some(now + EXTENSION.mul_f64(1.0 + random::fraction()));
    }
    credentials
}

/// The URL of the service, without a slash at its end.
fn endpoint(environment: &Environment, setting: &ReadSetting<'_>) -> Result<String, SourceError> {
    let get = |variable, key: &str| -> Result<Option<String>, SourceError> {
        let value = environment.get(variable).map_err(|error| SourceError::Failed(error.to_string()))?;
        Ok(value.or_else(|| setting(key)).map(|value| value.trim().to_owned()))
    };
    let disabled = environment.get(DISABLED).map_err(|error| SourceError::Failed(error.to_string()))?;
    match disabled.as_deref().map(str::trim) {
        Some(value) if value.eq_ignore_ascii_case("true") => return Err(SourceError::NotConfigured(format!("{DISABLED} is true"))),
        Some(value) if !value.eq_ignore_ascii_case("false") => {
            return Err(SourceError::Failed(format!("{DISABLED} is neither true nor false")));
        }
        _ => {}
    }
    if let Some(endpoint) = get(ENDPOINT, "ec2_metadata_service_endpoint")? {
        let valid = endpoint.parse::<Uri>().is_ok_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some());
        let endpoint = endpoint.trim_end_matches('/');
        return if valid { Ok(endpoint.to_owned()) } else { Err(SourceError::Failed(format!("{ENDPOINT} is not a URL of http or https"))) };
    }
    match get(MODE, "ec2_metadata_service_endpoint_mode")? {
        None => Ok(IPV4.to_owned()),
        Some(mode) if mode.eq_ignore_ascii_case("ipv4") => Ok(IPV4.to_owned()),
        Some(mode) if mode.eq_ignore_ascii_case("ipv6") => Ok(IPV6.to_owned()),
        Some(_) => Err(SourceError::Failed(format!("{MODE} is neither IPv4 nor IPv6"))),
    }
}
