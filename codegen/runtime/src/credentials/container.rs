//! The endpoint that ECS and EKS give to a container, and endpoints with the same protocol.

use super::context::{CredentialsContext, read_token};
use super::endpoint_client::{EndpointClient, Request};
use super::reply;
use super::source_error::SourceError;
use crate::config::Credentials;
use http::header::ACCEPT;
use http::{StatusCode, Uri};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;
use std::time::Duration;

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
/// The address of ECS's endpoint.
const ECS: &str = "http://169.254.170.2";
/// The addresses of ECS's and EKS's endpoints. Only these and loopback addresses are sent requests without TLS.
const ADDRESSES: [IpAddr; 3] = [
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 2)),
    IpAddr::V4(Ipv4Addr::new(169, 254, 170, 23)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23)),
];
/// The timeouts of AWS's SDK for Rust.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// The credentials of the container.
pub(super) async fn load(context: &CredentialsContext<'_>) -> Result<Credentials, SourceError> {
    let endpoint = endpoint(context)?;
    let token = token(context)?;
    let client =
        EndpointClient::local(context.settings, CONNECT_TIMEOUT, READ_TIMEOUT).map_err(|error| SourceError::Failed(error.to_string()))?;
    send(&client, &endpoint, token.as_deref()).await.map_err(|why| SourceError::Failed(format!("{endpoint}: {why}")))
}

async fn send(client: &EndpointClient, endpoint: &Uri, token: Option<&str>) -> Result<Credentials, String> {
    let mut request = Request::get(endpoint.to_string()).header(ACCEPT, "application/json");
    if let Some(token) = token {
        request = request.token("authorization", token).ok_or("the token is not fit for a header")?;
    }
    let response = client.send(request).await?;
    match response.status {
        StatusCode::OK => reply::credentials(&response.body, token.as_slice(), "container"),
        _ => Err(reply::refusal(response.status, &response.body, token.as_slice())),
    }
}

fn endpoint(context: &CredentialsContext<'_>) -> Result<Uri, SourceError> {
    if let Some(path) = context.variable(RELATIVE)? {
        let path = path.trim();
        let url = path.starts_with('/').then(|| format!("{ECS}{path}"));
        let uri = url.and_then(|url| url.parse().ok());
        return uri.ok_or_else(|| SourceError::Failed(format!("{RELATIVE} is not a path that begins with /")));
    }
    let Some(url) = context.variable(FULL)? else {
        return Err(SourceError::NotConfigured(format!("neither {RELATIVE} nor {FULL} is set")));
    };
    let uri: Uri = url.trim().parse().map_err(|error| SourceError::Failed(format!("{FULL} is not a URL: {error}")))?;
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => Ok(uri),
        (Some("http"), Some(host)) if may_receive_token(host) => Ok(uri),
        (Some("http"), Some(host)) => Err(SourceError::Failed(format!(
            "{FULL} leads to {host} without TLS: use https, or a loopback address or one of those of ECS and EKS"
        ))),
        _ => Err(SourceError::Failed(format!("{FULL} is not a URL of http or https"))),
    }
}

/// Returns whether a host may receive the token without TLS.
fn may_receive_token(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback() || ADDRESSES.contains(&address))
}

/// The authorization token for the endpoint. The file precedes the variable, since the file is renewed.
fn token(context: &CredentialsContext<'_>) -> Result<Option<String>, SourceError> {
    if let Some(file) = context.variable(TOKEN_FILE)? {
        return read_token(Path::new(file.trim())).map(Some).map_err(|why| SourceError::Failed(format!("{TOKEN_FILE}: {why}")));
    }
    match context.variable(TOKEN)? {
        Some(token) if token.trim().contains(char::is_control) => Err(SourceError::Failed(format!("{TOKEN} holds a line break"))),
        token => Ok(token.map(|token| token.trim().to_owned())),
    }
}
