//! The request of an attempt, but for its signature.

use crate::config::http::HttpRequest;
use crate::config::{Config, Environment};
use crate::customize::Edit;
use crate::endpoint::Endpoint;
use crate::error::BoxError;
use crate::operation::{Metadata, Service};
use crate::retry::{Attempt, Policy};
use aws_smithy_types::DateTime;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::Format;
use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, USER_AGENT};
use http::uri::Uri;
use std::time::{Duration, SystemTime};

const AMZ_SDK_INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const AMZ_SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");
const X_AMZ_TARGET: HeaderName = HeaderName::from_static("x-amz-target");
const X_AMZN_QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const X_AMZN_TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// What the requests of a client have in common.
pub(super) struct Basis {
    endpoint: Endpoint,
    /// A request without a body, and with the headers that all of them have.
    request: HttpRequest,
    /// Whether this is a Lambda function, whose requests belong to a trace.
    is_traced: bool,
}

impl Basis {
    /// The protocol is AWS JSON.
    pub(super) fn new(service: &Service, config: &Config, policy: &Policy, endpoint: Endpoint) -> Result<Self, BoxError> {
        let mut request = HttpRequest::new(SdkBody::empty());
        request.set_method("POST")?;
        request.set_uri(endpoint.uri().clone())?;
        let headers = request.headers_mut();
        headers.try_insert(HOST, host(endpoint.uri())?)?;
        headers.try_insert(CONTENT_TYPE, service.content_type)?;
        headers.try_insert(USER_AGENT, user_agent(service, config, policy))?;
        if service.query_compatible {
            headers.try_insert(X_AMZN_QUERY_MODE, "true")?;
        }
        for (name, value) in endpoint.headers() {
            headers.try_append(*name, value.clone())?;
        }
        let is_traced = said(config.environment(), "AWS_LAMBDA_FUNCTION_NAME").is_some();
        Ok(Self { endpoint, request, is_traced })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// A request of an operation.
    pub(super) fn request(
        &self,
        operation: &Metadata,
        body: Bytes,
        invocation_id: String,
        attempt: String,
    ) -> Result<HttpRequest, BoxError> {
        let mut request = self.request.try_clone().ok_or("the client's requests cannot be copied")?;
        let headers = request.headers_mut();
        headers.try_insert(X_AMZ_TARGET, operation.target)?;
        headers.try_insert(CONTENT_LENGTH, body.len().to_string())?;
        headers.try_insert(AMZ_SDK_INVOCATION_ID, invocation_id)?;
        headers.try_insert(AMZ_SDK_REQUEST, attempt)?;
        *request.body_mut() = SdkBody::from(body);
        Ok(request)
    }

    /// What a request of a Lambda function has to pass on, so that functions that call each other in a circle are found out. It is another
    /// one for each event that the function is called with.
    pub(super) fn add_trace_id(&self, request: &mut HttpRequest, environment: &Environment) -> Result<(), BoxError> {
        if self.is_traced
            && let Some(id) = said(environment, "_X_AMZN_TRACE_ID")
        {
            request.headers_mut().try_insert(X_AMZN_TRACE_ID, encoded(&id))?;
        }
        Ok(())
    }
}

/// Lets the caller change a request, and completes it then: its length is that of the body it has now, its host that of its URI unless
/// somebody said another one.
pub(super) fn edit(mut request: HttpRequest, edits: &[Edit]) -> Result<HttpRequest, BoxError> {
    request.headers_mut().remove(HOST);
    for edit in edits {
        request = edit(request)?;
    }
    let uri: Uri = request.uri().parse()?;
    let length = request.body().bytes().ok_or("the request's body is not in memory, so it cannot be signed")?.len();
    let headers = request.headers_mut();
    if !headers.contains_key(HOST) {
        headers.try_insert(HOST, host(&uri)?)?;
    }
    headers.try_insert(CONTENT_LENGTH, length.to_string())?;
    Ok(request)
}

/// The header `host` for a URI: without a port that goes without saying.
fn host(uri: &Uri) -> Result<String, BoxError> {
    match (uri.host(), uri.port_u16(), uri.scheme_str()) {
        (None, ..) | (.., None) => Err("the request's URI has no scheme or no host".into()),
        (Some(host), None, _) | (Some(host), Some(80), Some("http")) | (Some(host), Some(443), Some("https")) => Ok(host.to_owned()),
        (Some(host), Some(port), _) => Ok(format!("{host}:{port}")),
    }
}

/// The user agent, in the form that AWS's tools share: `name/version` of the client, then `key/value` for what else is known, the features
/// in use by their letters: `E` and `F` for the retry modes, `N` for an endpoint other than the region's. There is no `x-amz-user-agent`: it
/// is for programs in a browser, which must not set the other.
fn user_agent(service: &Service, config: &Config, policy: &Policy) -> String {
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

/// A trace's id as a header may hold it.
fn encoded(id: &str) -> String {
    let encode = |byte: u8| match byte {
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    id.bytes().map(encode).collect()
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
