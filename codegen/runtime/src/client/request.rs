//! The request of an attempt, without its signature.

use crate::calendar;
use crate::config::http::HttpRequest;
use crate::config::{Config, Environment};
use crate::endpoint::Endpoint;
use crate::error::BoxError;
use crate::headers;
use crate::http::{Request, message};
use crate::operation::{Metadata, Protocol, Service};
use crate::retry::{Attempt, Policy};
use crate::sign;
use aws_smithy_types::DateTime;
use bytes::Bytes;
use http::Method;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT};
use http::request::Parts;
use http::uri::Uri;
use std::time::{Duration, SystemTime};

const AMZ_SDK_INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const AMZ_SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");
const X_AMZN_QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");
const X_AMZN_TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// A change to a request.
pub(crate) type Edit = Box<dyn Fn(HttpRequest) -> Result<HttpRequest, BoxError> + Send + Sync>;

type Apply = fn(Request, &[Edit]) -> Result<Request, BoxError>;

/// The edits of a call. The function that applies them is reached only from `push`, so that a program without edits is linked without it.
#[derive(Default)]
pub(crate) struct Edits {
    edits: Vec<Edit>,
    apply: Option<Apply>,
}

impl Edits {
    pub(crate) fn push(&mut self, edit: Edit) {
        self.edits.push(edit);
        self.apply = Some(apply);
    }

    pub(crate) fn len(&self) -> usize {
        self.edits.len()
    }

    /// Applies the edits to a request, if there are any.
    pub(super) fn apply(&self, request: Request) -> Result<Request, BoxError> {
        match self.apply {
            Some(apply) => apply(request, &self.edits),
            None => Ok(request),
        }
    }
}

/// The common part of a client's requests.
pub(super) struct RequestTemplate {
    endpoint: Endpoint,
    protocol: Protocol,
    /// The method, the URI and the headers that all requests have.
    parts: Parts,
    /// True inside a Lambda function, whose requests belong to a trace.
    is_traced: bool,
}

impl RequestTemplate {
    /// The template of a client's requests. All operations of a client have the same protocol.
    pub(super) fn new(
        service: &Service,
        protocol: Protocol,
        config: &Config,
        policy: &Policy,
        endpoint: Endpoint,
    ) -> Result<Self, BoxError> {
        let (mut parts, ()) = ::http::Request::new(()).into_parts();
        parts.method = Method::POST;
        parts.uri = endpoint.uri().clone();
        let map = &mut parts.headers;
        headers::set(map, HOST, host(endpoint.uri())?)?;
        headers::set(map, CONTENT_TYPE, service.content_type)?;
        headers::set(map, USER_AGENT, user_agent(service, config, policy))?;
        if service.query_compatible {
            headers::set(map, X_AMZN_QUERY_MODE, "true")?;
        }
        for (name, value) in endpoint.headers() {
            map.append(HeaderName::try_from(*name)?, HeaderValue::try_from(value)?);
        }
        headers::set(map, AMZ_SDK_REQUEST, count(Attempt::first(policy.attempts())))?;
        for (name, value) in protocol.rules().headers() {
            headers::set(map, name.clone(), *value)?;
        }
        // The headers that each request sets have a place already, so that no copy's map has to grow.
        for name in [CONTENT_LENGTH, AMZ_SDK_INVOCATION_ID, sign::DATE, AUTHORIZATION] {
            headers::set(map, name, "")?;
        }
        let is_traced = variable(config.environment(), "AWS_LAMBDA_FUNCTION_NAME").is_some();
        Ok(Self { endpoint, protocol, parts, is_traced })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// A request of an operation. `repetition` is the value of the header `amz-sdk-request` after the first attempt.
    pub(super) fn request(
        &self,
        operation: &Metadata,
        body: Bytes,
        invocation_id: String,
        repetition: Option<String>,
    ) -> Result<Request, BoxError> {
        let mut parts = self.parts.clone();
        headers::set(&mut parts.headers, CONTENT_LENGTH, body.len().to_string())?;
        headers::set(&mut parts.headers, AMZ_SDK_INVOCATION_ID, invocation_id)?;
        if let Some(repetition) = repetition {
            headers::set(&mut parts.headers, AMZ_SDK_REQUEST, repetition)?;
        }
        let mut request = Request::from_parts(parts, body.into());
        if operation.unsigned {
            remove_signature(&mut request);
        }
        self.protocol.rules().address(&mut request, operation)?;
        Ok(request)
    }

    /// Adds the id of the trace that a Lambda function runs in, with which AWS detects functions that call each other in a loop. Each event that
    /// the function is invoked with has another id.
    pub(super) fn add_trace_id(&self, request: &mut Request, environment: &Environment) -> Result<(), BoxError> {
        if self.is_traced
            && let Some(id) = variable(environment, "_X_AMZN_TRACE_ID")
        {
            headers::set(request.headers_mut(), X_AMZN_TRACE_ID, encoded(&id))?;
        }
        Ok(())
    }
}

/// Applies the caller's edits to a request, and completes it: the length is that of the edited body, and the host that of the URI unless an
/// edit has set another one. A body that is not in memory must have been such a one before.
fn apply(mut request: Request, edits: &[Edit]) -> Result<Request, BoxError> {
    let may_stream = request.body().bytes().is_none();
    request.headers_mut().remove(HOST);
    remove_signature(&mut request);
    let mut edited = message::aws_request(request)?;
    for edit in edits {
        edited = edit(edited)?;
    }
    let mut request = message::request(edited)?;
    let length = request.body().bytes().map(<[u8]>::len);
    if length.is_none() && !may_stream {
        return Err("the request's body is not in memory, so it cannot be signed".into());
    }
    if !request.headers().contains_key(HOST) {
        let host = host(request.uri())?;
        headers::set(request.headers_mut(), HOST, host)?;
    }
    if let Some(length) = length {
        headers::set(request.headers_mut(), CONTENT_LENGTH, length.to_string())?;
    }
    Ok(request)
}

/// Removes the headers in whose places a signature would be.
fn remove_signature(request: &mut Request) {
    for name in [sign::DATE, AUTHORIZATION] {
        request.headers_mut().remove(name);
    }
}

/// The header `host` for a URI. The scheme's default port is omitted.
fn host(uri: &Uri) -> Result<String, BoxError> {
    match (uri.host(), uri.port_u16(), uri.scheme_str()) {
        (None, ..) | (.., None) => Err("the request's URI has no scheme or no host".into()),
        (Some(host), None, _) | (Some(host), Some(80), Some("http")) | (Some(host), Some(443), Some("https")) => Ok(host.to_owned()),
        (Some(host), Some(port), _) => Ok(format!("{host}:{port}")),
    }
}

/// The user agent in the form that AWS's tools share: `name/version` of the client, then pairs of `key/value`. The features in use have
/// letters: `E` and `F` for the retry modes, `N` for an endpoint other than the region's. There is no `x-amz-user-agent`, which is for programs
/// in a browser, where `user-agent` cannot be set.
fn user_agent(service: &Service, config: &Config, policy: &Policy) -> String {
    let name = token(service.crate_name);
    let version = token(service.crate_version);
    let api = token(&service.id.to_lowercase());
    let os = token(std::env::consts::OS);
    let mut agent = format!("{name}/{version} ua/2.1 api/{api}#{version} os/{os} lang/rust");
    if let Some(host) = variable(config.environment(), "AWS_EXECUTION_ENV") {
        agent.extend([" exec-env/", &token(&host)]);
    }
    agent.extend([" m/", policy.feature()]);
    if matches!(config.endpoint_url(service.id), Ok(Some(_))) {
        agent.push_str(",N");
    }
    if let Some(app_name) = config.app_name() {
        agent.extend([" app/", &token(app_name.as_ref())]);
    }
    agent
}

/// The value of the header `amz-sdk-request` after the first attempt: the time until which the reply is waited for, and the number of the attempt.
pub(super) fn repetition(attempt: Attempt, now: impl FnOnce() -> SystemTime, read_timeout: Option<Duration>) -> Option<String> {
    if attempt.number() == 1 {
        return None;
    }
    let until = read_timeout.and_then(|timeout| now().checked_add(timeout)).and_then(basic_format);
    Some(match until {
        None => count(attempt),
        Some(until) => format!("ttl={until}; {}", count(attempt)),
    })
}

fn count(attempt: Attempt) -> String {
    format!("attempt={}; max={}", attempt.number(), attempt.limit())
}

/// A time in the basic format of ISO 8601 in whole seconds: `20191122T102030Z`.
fn basic_format(time: SystemTime) -> Option<String> {
    Some(calendar::text(DateTime::from(time).secs())?.replace(['-', ':'], ""))
}

/// The id of a trace, encoded for a header.
fn encoded(id: &str) -> String {
    let encode = |byte: u8| match byte {
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    id.bytes().map(encode).collect()
}

/// A variable that the machine sets. An unreadable one counts as absent.
fn variable(environment: &Environment, name: &'static str) -> Option<String> {
    environment.get(name).ok().flatten()
}

/// A text in which every character that a token (RFC 9110, section 5.6.2) cannot hold is replaced.
fn token(text: &str) -> String {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character);
    text.chars().map(|character| if allowed(character) { character } else { '-' }).collect()
}
