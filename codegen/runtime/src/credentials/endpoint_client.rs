//! The client that a source of credentials sends requests to its endpoint with.

use super::reply;
use super::settings::Settings;
use crate::Boxed;
use crate::clock::Clock;
use crate::config::Credentials;
use crate::config::timeout::TimeoutConfig;
use crate::error::BoxError;
use crate::headers;
use crate::http::{self, Body, Bounds, Connector, NoConnector, UsedConnection};
use crate::random;
use crate::sign::{self, Signing};
use crate::text;
use ::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, USER_AGENT};
use ::http::request::Parts;
use ::http::{HeaderValue, StatusCode, Uri};
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use bytes::Bytes;
use std::time::Duration;

/// The largest response that is read, in bytes. Usual ones have a few thousand.
const MAX_RESPONSE: usize = 256 * 1024;
/// The most times that a request is sent.
const ATTEMPTS: u32 = 3;
/// The longest wait before the second attempt. It doubles with each attempt.
const BACK_OFF: Duration = Duration::from_millis(200);
/// The user agent of the requests.
const AGENT: &str = concat!("smithlet-runtime/", env!("CARGO_PKG_VERSION"));

/// A request to an endpoint.
pub(super) struct Request {
    method: &'static str,
    url: String,
    headers: Vec<(HeaderName, String)>,
    body: Bytes,
}

impl Request {
    fn new(method: &'static str, url: String) -> Self {
        Self { method, url, headers: Vec::new(), body: Bytes::new() }
    }

    pub(super) fn get(url: String) -> Self {
        Self::new("GET", url)
    }

    pub(super) fn put(url: String) -> Self {
        Self::new("PUT", url)
    }

    pub(super) fn post(url: String, content_type: &str, body: Bytes) -> Self {
        Self { body, ..Self::new("POST", url).header(CONTENT_TYPE, content_type) }
    }

    pub(super) fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Adds a header with a token. `None` if a header cannot hold the token.
    pub(super) fn token(self, name: &'static str, token: &str) -> Option<Self> {
        HeaderValue::from_str(token).ok()?;
        Some(self.header(HeaderName::from_static(name), token))
    }
}

/// An endpoint's response.
pub(super) struct Response {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

/// Sends requests to an endpoint, up to three times each.
#[derive(Clone, Debug)]
pub(super) struct EndpointClient {
    connector: Connector,
    timer: Option<SharedAsyncSleep>,
    max_response_time: Duration,
    /// True if a request without a response is sent again. An endpoint on this machine that does not respond does not exist.
    retries_transport: bool,
    /// The clock that learns the time of an AWS service from its responses.
    clock: Option<Clock>,
    signer: Option<Signer>,
}

/// The credentials that sign the requests, with the region, the service's name and the clock of the signature.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    pub(super) credentials: Credentials,
    pub(super) region: String,
    pub(super) name: &'static str,
    pub(super) clock: Clock,
}

impl EndpointClient {
    /// A client for an AWS service. It shares the connections of the service client that needs the credentials.
    pub(super) fn remote(connector: Connector, settings: &Settings) -> Self {
        Self {
            connector,
            timer: settings.http.timer.clone(),
            max_response_time: settings.max_response_time,
            retries_transport: true,
            clock: Some(settings.clock.clone()),
            signer: None,
        }
    }

    /// A client for an endpoint on this machine, with connections of its own and without a proxy.
    pub(super) fn local(settings: &Settings, connect: Duration, read: Duration) -> Result<Self, NoConnector> {
        let timeouts = TimeoutConfig::builder().connect_timeout(connect).read_timeout(read).build();
        let transport = http::Settings { timeouts, ..settings.http.clone() };
        let connector = transport.connector(transport.direct_client().as_ref())?;
        Ok(Self {
            connector,
            timer: settings.http.timer.clone(),
            max_response_time: settings.max_response_time,
            retries_transport: false,
            clock: None,
            signer: None,
        })
    }

    /// The same client with signed requests.
    pub(super) fn signed(self, signer: Signer) -> Self {
        Self { signer: Some(signer), ..self }
    }

    /// Sends a request, and sends it again after a transient failure. The error is a line about the transport or the signature.
    ///
    /// Boxed, since the code that drops a connection would be compiled again with each caller.
    pub(super) fn send(&self, request: Request) -> Boxed<'_, Result<Response, String>> {
        Box::pin(self.attempts(request))
    }

    async fn attempts(&self, request: Request) -> Result<Response, String> {
        let request = self.signed_request(request).map_err(|error| text::Chain(&*error).to_string())?;
        let mut attempt = 1;
        loop {
            let result = self.attempt(&request).await;
            let again = match &result {
                Ok(response) => reply::is_transient(response.status, &response.body),
                Err(_) => self.retries_transport,
            };
            if !again || attempt == ATTEMPTS {
                return result;
            }
            if let Some(timer) = &self.timer {
                timer.sleep((BACK_OFF * (1 << (attempt - 1))).mul_f64(random::fraction())).await;
            }
            attempt += 1;
        }
    }

    async fn attempt(&self, (parts, body): &(Parts, Bytes)) -> Result<Response, String> {
        let request = http::Request::from_parts(parts.clone(), Body::from(body.clone()));
        let sent = self.clock.as_ref().map(|clock| (clock, clock.now(), clock.offset()));
        let reply = self.connector.call(request, &mut UsedConnection::default()).await;
        let mut reply = reply.map_err(|error| text::Chain(&*error.into_source()).to_string())?;
        if let Some((clock, sent, offset)) = sent {
            let (measured, is_signed) = (clock.measure(reply.headers(), sent), self.signer.is_some());
            if is_signed && reply.status().is_success() {
                clock.accepted(measured, offset);
            } else if !clock.learn(measured, offset) && is_signed && reply.status().is_client_error() {
                clock.refused(offset);
            }
        }
        let bounds = Bounds { size: MAX_RESPONSE, time: self.max_response_time, timer: self.timer.as_ref() };
        let body = http::read(&mut reply, bounds).await.map_err(|error| text::Chain(&error).to_string())?;
        Ok(Response { status: reply.status(), body })
    }

    /// Adds the signature and the headers that every request has.
    fn signed_request(&self, request: Request) -> Result<(Parts, Bytes), BoxError> {
        let Request { method, url, headers, body } = request;
        let uri: Uri = url.parse()?;
        let authority = uri.authority().ok_or("the endpoint has no host")?.as_str().to_owned();
        let mut request = http::Request::new(Body::from(body.clone()));
        *request.method_mut() = method.parse()?;
        *request.uri_mut() = uri;
        for (name, value) in headers {
            headers::set(request.headers_mut(), name, value)?;
        }
        headers::set(request.headers_mut(), HOST, authority)?;
        if let Some(Signer { credentials, region, name, clock }) = &self.signer {
            let time = clock.corrected(clock.offset());
            sign::Signer::default().sign(&mut request, &Signing { credentials, region, name, time })?;
        }
        // Headers that a proxy may change are not signed.
        if !body.is_empty() || method != "GET" {
            headers::set(request.headers_mut(), CONTENT_LENGTH, body.len())?;
        }
        headers::set(request.headers_mut(), USER_AGENT, AGENT)?;
        Ok((request.into_parts().0, body))
    }
}
