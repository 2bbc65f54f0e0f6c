//! AWS STS exchanges credentials or a token of an identity provider for the credentials of a role.
//!
//! Its protocol is AWS's query protocol: a request is a form, and a reply is XML.

use super::context::{CredentialsContext, Service, read_token};
use super::endpoint_client::{EndpointClient, Request, Signer};
use super::reply::{self, need};
use super::source_error::SourceError;
use crate::config::Credentials;
use crate::endpoint::{partition, uri_encode};
use crate::xml;
use http::{StatusCode, Uri};
use std::path::Path;
use std::time::SystemTime;

const STS: Service = Service { host: "sts", id: "STS", has_fips: true };
/// The endpoint without a region.
const GLOBAL: &str = "https://sts.amazonaws.com";
const GLOBAL_REGION: &str = "us-east-1";
/// The regions that use the global endpoint when `sts_regional_endpoints` is `legacy`.
const LEGACY_REGIONS: [&str; 16] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "aws-global",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// A role and the parameters of its session.
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) session_name: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) duration_seconds: Option<u32>,
}

impl Role {
    /// The session's name, which the account's trail shows.
    fn session_name(&self, now: SystemTime) -> String {
        let seconds = || now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        self.session_name.clone().unwrap_or_else(|| format!("smithlet-{}", seconds()))
    }

    /// The partition of its account, if the ARN has one.
    fn partition(&self) -> Option<&str> {
        self.arn.strip_prefix("arn:")?.split_once(':').map(|(partition, _)| partition)
    }
}

/// The credentials of a role, assumed with other credentials. If the refusal shows that the clock was wrong, the request is signed and sent
/// once more.
pub(super) async fn assume_role(context: &CredentialsContext<'_>, role: &Role, source: Credentials) -> Result<Credentials, String> {
    let offset = context.clock().offset();
    match assume_role_once(context, role, source.clone()).await {
        Err(_) if context.clock().was_wrong(offset) => assume_role_once(context, role, source).await,
        result => result,
    }
}

async fn assume_role_once(context: &CredentialsContext<'_>, role: &Role, source: Credentials) -> Result<Credentials, String> {
    let with_action = |why| format!("AssumeRole of {}: {why}", role.arn);
    let (endpoint, region) = endpoint(context, role).map_err(with_action)?;
    let mut form = form("AssumeRole", role, context.now());
    form.extend(role.external_id.as_deref().map(|id| ("ExternalId", id.to_owned())));
    let token = source.session_token().map(str::to_owned);
    let signer = Signer { credentials: source, region, name: "sts", clock: context.clock().clone() };
    let client = context.client().map_err(with_action)?.signed(signer);
    send(&client, &endpoint, "AssumeRole", &form, token.as_deref()).await.map_err(with_action)
}

/// The credentials of a role, for the token in a file.
pub(super) async fn web_identity(context: &CredentialsContext<'_>, role: &Role, file: &Path) -> Result<Credentials, String> {
    let with_action = |why| format!("AssumeRoleWithWebIdentity of {}: {why}", role.arn);
    let (endpoint, _) = endpoint(context, role).map_err(with_action)?;
    let token = read_token(file).map_err(with_action)?;
    let mut form = form("AssumeRoleWithWebIdentity", role, context.now());
    form.push(("WebIdentityToken", token.clone()));
    let client = context.client().map_err(with_action)?;
    send(&client, &endpoint, "AssumeRoleWithWebIdentity", &form, Some(&token)).await.map_err(with_action)
}

type Form = Vec<(&'static str, String)>;

/// The form that both actions have in common.
fn form(action: &str, role: &Role, now: SystemTime) -> Form {
    let mut form = vec![
        ("Action", action.to_owned()),
        ("Version", "2011-06-15".to_owned()),
        ("RoleArn", role.arn.clone()),
        ("RoleSessionName", role.session_name(now)),
    ];
    form.extend(role.duration_seconds.map(|seconds| ("DurationSeconds", seconds.to_string())));
    form
}

/// Sends a form and reads the credentials in the reply. The error is a line without `secret`, which the request contains.
async fn send(
    client: &EndpointClient,
    endpoint: &Uri,
    action: &'static str,
    form: &Form,
    secret: Option<&str>,
) -> Result<Credentials, String> {
    let fields: Vec<_> = form.iter().map(|(name, value)| format!("{name}={}", uri_encode(value))).collect();
    let url = format!("{}/", endpoint.to_string().trim_end_matches('/'));
    let response = client.send(Request::post(url, "application/x-www-form-urlencoded", fields.join("&").into())).await?;
    match response.status {
        StatusCode::OK => {
            credentials(&response.body, action).map_err(|fault| format!("the reply of {endpoint} is not credentials: {fault}"))
        }
        _ => Err(reply::refusal(response.status, &response.body, secret.as_slice())),
    }
}

fn credentials(body: &[u8], action: &'static str) -> Result<Credentials, String> {
    let found = xml::object(body, &[&format!("{action}Result"), "Credentials"])?;
    reply::keys(&found, Some(need(&found, "SessionToken")?), action)
}

/// The endpoint and the region of the signature.
fn endpoint(context: &CredentialsContext<'_>, role: &Role) -> Result<(Uri, String), String> {
    let region = context.region().map_err(SourceError::into_message)?;
    if let Some(endpoint) = context.configured_endpoint(&STS)? {
        return Ok((endpoint, region.unwrap_or_else(|| GLOBAL_REGION.to_owned())));
    }
    let mode = context.variable("AWS_STS_REGIONAL_ENDPOINTS").map_err(SourceError::into_message)?;
    let mode = mode.or_else(|| context.setting("sts_regional_endpoints"));
    let is_legacy = mode.is_some_and(|mode| mode.trim().eq_ignore_ascii_case("legacy"));
    let (endpoint, region) = match region {
        Some(region) if !(is_legacy && LEGACY_REGIONS.contains(&&*region)) => (context.endpoint(&STS, &region)?, region),
        _ => (Uri::from_static(GLOBAL), GLOBAL_REGION.to_owned()),
    };
    match role.partition() {
        // Keys and roles are unknown in other partitions, so a reply from there would not show the mistake.
        Some(name) if name != partition(&region).name => {
            Err(format!("the role is in the partition {name}, and the region {region} in {}", partition(&region).name))
        }
        _ => Ok((endpoint, region)),
    }
}
