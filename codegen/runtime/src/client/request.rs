//! The request of an attempt, but for its signature.

use crate::config::http::HttpRequest;
use crate::config::{Config, Environment};
use crate::endpoint::Endpoint;
use crate::error::BoxError;
use crate::operation::{Metadata, Service};
use crate::retry::{Attempt, Policy};
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::Format;
use bytes::Bytes;
use std::time::{Duration, SystemTime};

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
    for (name, value) in endpoint.headers() {
        headers.try_append(*name, value.clone())?;
    }
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

/// The user agent, in the form that AWS's tools share: `name/version` of the client, then `key/value` for what else is known, the features
/// in use by their letters: `E` and `F` for the retry modes, `N` for an endpoint other than the region's. There is no `x-amz-user-agent`: it
/// is for programs in a browser, which must not set the other.
pub(super) fn user_agent(service: &Service, config: &Config, policy: &Policy) -> String {
    let name = token(service.crate_name);
    let version = token(service.crate_version);
    let api = token(&service.id.to_lowercase());
    let os = token(std::env::consts::OS);
    let mut agent = format!("{name}/{version} ua/2.1 api/{api}#{version} os/{os} lang/rust");
    if let Some(host) = said(config.environment(), "AWS_EXECUTION_ENV") {
        agent.extend([" exec-env/", &token(&host)]);
    }
    agent.extend([" m/", policy.feature()]);
    if matches!(config.endpoint_url(service), Ok(Some(_))) {
        agent.push_str(",N");
    }
    if let Some(app_name) = config.app_name() {
        agent.extend([" app/", &token(app_name.as_ref())]);
    }
    agent
}

/// The value of the header `amz-sdk-request`: which attempt it is, and for one that is not the first, until when its reply is waited for.
pub(super) fn attempt(attempt: Attempt, now: SystemTime, patience: Option<Duration>) -> String {
    let count = format!("attempt={}; max={}", attempt.number(), attempt.limit());
    let until = || now.checked_add(patience.filter(|_| attempt.number() > 1)?);
    match until().and_then(basic_format) {
        None => count,
        Some(until) => format!("ttl={until}; {count}"),
    }
}

/// A time in the basic format of ISO 8601, whole seconds: `20191122T102030Z`.
fn basic_format(time: SystemTime) -> Option<String> {
    let time = DateTime::from_secs(DateTime::from(time).secs());
    Some(time.fmt(Format::DateTime).ok()?.replace(['-', ':'], ""))
}

/// What a request of a Lambda function has to pass on, so that functions that call each other in a circle are found out. The name of the
/// function tells that this is one.
pub(super) fn trace_id(environment: &Environment) -> Option<String> {
    said(environment, "AWS_LAMBDA_FUNCTION_NAME")?;
    let id = said(environment, "_X_AMZN_TRACE_ID")?;
    let encode = |byte: u8| match byte {
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    Some(id.bytes().map(encode).collect())
}

/// A variable that no user sets. One that is unreadable says nothing.
fn said(environment: &Environment, name: &'static str) -> Option<String> {
    environment.get(name).ok().flatten()
}

/// With everything that is not a character of a token (RFC 9110, section 5.6.2) replaced.
fn token(text: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character);
    text.chars().map(|character| if allowed(character) { character } else { '-' }).collect()
}
