//! The request of an attempt, but for its signature.

use crate::config::AppName;
use crate::config::http::HttpRequest;
use crate::endpoint::Endpoint;
use crate::error::BoxError;
use crate::operation::{Metadata, Service};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;

/// The request that the protocol (AWS JSON) asks for.
pub(super) fn build(operation: &Metadata, endpoint: &Endpoint, body: Bytes) -> Result<HttpRequest, BoxError> {
    let length = body.len().to_string();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    request.set_uri(endpoint.uri().clone())?;
    let headers = request.headers_mut();
    headers.try_insert("content-type", operation.service.content_type)?;
    headers.try_insert("content-length", length)?;
    headers.try_insert("x-amz-target", operation.target)?;
    Ok(request)
}

/// Completes a request after others have had their hands on it: its length is that of the body it has now, its host that of its URI
/// unless somebody said another one.
pub(super) fn complete(request: &mut HttpRequest) -> Result<(), BoxError> {
    let uri: http::Uri = request.uri().parse()?;
    let host = match (uri.host(), uri.port_u16(), uri.scheme_str()) {
        (None, ..) | (.., None) => return Err("the request's URI has no scheme or no host".into()),
        (Some(host), None, _) | (Some(host), Some(80), Some("http")) | (Some(host), Some(443), Some("https")) => host.to_owned(),
        (Some(host), Some(port), _) => format!("{host}:{port}"),
    };
    let length = request.body().bytes().ok_or("the request's body is not in memory, so it cannot be signed")?.len();
    let headers = request.headers_mut();
    if !headers.contains_key("host") {
        headers.try_insert("host", host)?;
    }
    headers.try_insert("content-length", length.to_string())?;
    Ok(())
}

/// The user agent, in the form that AWS's tools share: `name/version` of the client, then `key/value` for what else is known.
pub(super) fn user_agent(service: &Service, app_name: Option<&AppName>) -> String {
    let name = token(service.crate_name);
    let version = token(service.crate_version);
    let api = token(&service.id.to_lowercase());
    let os = token(std::env::consts::OS);
    let mut agent = format!("{name}/{version} ua/2.1 api/{api}#{version} os/{os} lang/rust");
    if let Some(app_name) = app_name {
        agent.push_str(" app/");
        agent.push_str(&token(app_name.as_ref()));
    }
    agent
}

/// With everything that is not a character of a token (RFC 9110, section 5.6.2) replaced.
fn token(text: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character);
    text.chars().map(|character| if allowed(character) { character } else { '-' }).collect()
}
