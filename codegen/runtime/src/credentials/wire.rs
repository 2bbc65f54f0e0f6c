//! How a source of credentials talks to its endpoint.

use super::reply;
use super::settings::Settings;
use crate::clock::Clock;
use crate::config::Credentials;
use crate::config::timeout::TimeoutConfig;
use crate::error::BoxError;
use crate::http::{self, Bounds, NoConnector};
use crate::random;
use crate::sign::{self, Signing};
use crate::text;
use ::http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, USER_AGENT};
use ::http::{HeaderValue, StatusCode, Uri};
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use std::time::Duration;

/// The largest reply that is read, in bytes; they have a few thousand.
const MAX_REPLY: usize = 256 * 1024;
/// How often a request is sent at most.
const ATTEMPTS: u32 = 3;
/// The longest wait before the second attempt. It doubles with each attempt.
const BACK_OFF: Duration = Duration::from_millis(200);
/// What the requests say of who sends them.
const AGENT: &str = concat!("smithlet-runtime/", env!("CARGO_PKG_VERSION"));

/// What an endpoint is asked.
pub(super) struct Question {
    method: &'static str,
    url: String,
    headers: Vec<(HeaderName, String)>,
    body: Bytes,
}

impl Question {
    fn new(method: &'static str, url: String) -> Self {
        Self { method, url, headers: Vec::new(), body: Bytes::new() }
    }

    pub(super) fn get(url: String) -> Self {
        Self::new("GET", url)
    }

    pub(super) fn put(url: String) -> Self {
        Self::new("PUT", url)
    }

    pub(super) fn post(url: String, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self { body: body.into(), ..Self::new("POST", url).header(CONTENT_TYPE, content_type) }
    }

    pub(super) fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Adds a header with something that came from elsewhere, if it is fit for one.
    pub(super) fn token(self, name: &'static str, token: &str) -> Option<Self> {
        HeaderValue::from_str(token).ok()?;
        Some(self.header(HeaderName::from_static(name), token))
    }
}

/// What it answers.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

/// A way to an endpoint.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    connector: SharedHttpConnector,
    timer: Option<SharedAsyncSleep>,
    max_response_time: Duration,
    /// Whether a request that got no reply is sent again. On this machine an endpoint that does not answer is not there.
    persistent: bool,
    /// Learns what the other side's clock says, if that is of any use.
    clock: Option<Clock>,
    signer: Option<Signer>,
}

/// Who signs the requests, for which region and service, and by whose clock.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    pub(super) credentials: Credentials,
    pub(super) region: String,
    pub(super) name: &'static str,
    pub(super) clock: Clock,
}

impl Wire {
    /// To a service of AWS, in the way that the client itself takes.
    pub(super) fn remote(connector: SharedHttpConnector, settings: &Settings) -> Self {
        Self {
            connector,
            timer: settings.http.timer.clone(),
            max_response_time: settings.max_response_time,
            persistent: true,
            clock: Some(settings.clock.clone()),
            signer: None,
        }
    }

    /// To an endpoint of the machine that this runs on: never through a proxy, and with little patience. Its connections are its own.
    pub(super) fn local(settings: &Settings, connect: Duration, read: Duration) -> Result<Self, NoConnector> {
        let timeouts = TimeoutConfig::builder().connect_timeout(connect).read_timeout(read).build();
        let transport = http::Settings { timeouts, ..settings.http.clone() };
        let connector = transport.connector(transport.direct_client().as_ref())?;
        Ok(Self {
            connector,
            timer: settings.http.timer.clone(),
            max_response_time: settings.max_response_time,
            persistent: false,
            clock: None,
            signer: None,
        })
    }

    /// The same way for requests with a signature.
    pub(super) fn signed(self, signer: Signer) -> Self {
        Self { signer: Some(signer), ..self }
    }

    /// Asks, again if that may help. The error is a line about the transport or the signature.
    pub(super) async fn ask(&self, question: Question) -> Result<Answer, String> {
        let request = self.request(question).map_err(|error| text::Chain(&*error).to_string())?;
        let mut attempt = 1;
        loop {
            let result = self.attempt(&request).await;
            let again = match &result {
                Ok(answer) => reply::will_pass(answer.status, &answer.body),
                Err(_) => self.persistent,
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

    async fn attempt(&self, request: &HttpRequest) -> Result<Answer, String> {
        let request = request.try_clone().ok_or("its body is not in memory")?;
        let sent = self.clock.as_ref().map(|clock| (clock, clock.now(), clock.offset()));
        let reply = self.connector.call(request).await;
        let mut reply = reply.map_err(|error| text::Chain(&*error.into_source()).to_string())?;
        if let Some((clock, sent, offset)) = sent {
            let (measured, is_signed) = (clock.measure(reply.headers(), sent), self.signer.is_some());
            if is_signed && reply.status().is_success() {
                clock.accepted(measured, offset);
            } else if !clock.learn(measured, offset) && is_signed && reply.status().is_client_error() {
                clock.refused(offset);
            }
        }
        let bounds = Bounds { size: MAX_REPLY, time: self.max_response_time, timer: self.timer.as_ref() };
        let body = http::read(&mut reply, bounds).await.map_err(|error| text::Chain(&error).to_string())?;
        let status = StatusCode::from_u16(reply.status().as_u16()).map_err(|error| error.to_string())?;
        Ok(Answer { status, body })
    }

    /// The request for a question, with its signature and the headers that every request has.
    fn request(&self, question: Question) -> Result<HttpRequest, BoxError> {
        let uri: Uri = question.url.parse()?;
        let authority = uri.authority().ok_or("the endpoint has no host")?.as_str().to_owned();
        let length = question.body.len();
        let mut request = HttpRequest::new(SdkBody::from(question.body));
        request.set_method(question.method)?;
        request.set_uri(uri)?;
        for (name, value) in question.headers {
            request.headers_mut().try_insert(name, value)?;
        }
        request.headers_mut().try_insert(HOST, authority)?;
        if let Some(Signer { credentials, region, name, clock }) = &self.signer {
            let time = clock.corrected(clock.offset());
            sign::Signer::default().sign(&mut request, &Signing { credentials, region, name, time })?;
        }
        // What proxies may change is not signed.
        if length > 0 || question.method != "GET" {
            request.headers_mut().try_insert(CONTENT_LENGTH, length.to_string())?;
        }
        request.headers_mut().try_insert(USER_AGENT, AGENT)?;
        Ok(request)
    }
}
