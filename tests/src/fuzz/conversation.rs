//! A call and its prepared replies, without network, clock or timer.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use smithlet_codebuild::Config;
use smithlet_codebuild::config::retry::RetryConfig;
use smithlet_codebuild::config::{AsyncSleep, Builder, Credentials, Environment, Region, Sleep, TimeSource};

use super::split;

/// The secret access key of every call.
pub(super) const SECRET: &str = "SECRETCANARY/7f3a91+Qx";

/// The session token of every call.
pub(super) const TOKEN: &str = "TOKENCANARY/7f3a91+Qx+0123456789abcdefghij==";

/// An HTTP connector that records the requests and gives prepared replies. After the last one, every reply is an empty success.
#[derive(Clone, Debug, Default)]
pub(super) struct Conversation(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    replies: Vec<HttpResponse>,
    /// The host that gets no prepared reply.
    spared: Option<&'static str>,
    requests: Vec<HttpRequest>,
}

impl Conversation {
    /// A connector with these replies.
    pub(super) fn of(replies: impl IntoIterator<Item = HttpResponse>) -> Self {
        let mut replies: Vec<HttpResponse> = replies.into_iter().collect();
        replies.reverse();
        Self(Arc::new(Mutex::new(State { replies, ..State::default() })))
    }

    /// Gives no prepared reply to requests to this host.
    pub(super) fn sparing(self, host: &'static str) -> Self {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).spared = Some(host);
        self
    }

    /// Takes the requests so far.
    pub(super) fn requests(&self) -> Vec<HttpRequest> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).requests)
    }

    /// A complete configuration that uses this connector.
    pub(super) fn config(&self) -> Builder {
        let config = Config::builder().region(Region::new("eu-west-1")).environment(Environment::fixed::<&str, &str>([]));
        self.equip(config.credentials_provider(Credentials::new("AKIDEXAMPLE", SECRET, Some(TOKEN.to_owned()), None, "fuzzing")))
    }

    /// Makes a configuration use this connector, without retries and with a stopped clock.
    pub(super) fn equip(&self, config: Builder) -> Builder {
        let connector = SharedHttpConnector::new(self.clone());
        config
            .retry_config(RetryConfig::disabled())
            .sleep_impl(StoppedClock)
            .time_source(StoppedClock)
            .http_client(http_client_fn(move |_, _| connector.clone()))
    }
}

impl HttpConnector for Conversation {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_spared = state.spared.is_some_and(|host| request.uri().contains(host));
        state.requests.push(request);
        let reply = if is_spared { None } else { state.replies.pop() };
        let success = || reply_of(b"200\n\n{}").ok_or_else(|| ConnectorError::other("200 is not a valid status".into(), None));
        HttpConnectorFuture::ready(reply.map_or_else(success, Ok))
    }
}

/// Parses a reply: the first line is the status, the lines up to the next empty one are headers, the rest is the body.
pub(super) fn reply_of(text: &[u8]) -> Option<HttpResponse> {
    let (head, body) = split(text, b"\n\n");
    let mut lines = head.split(|byte| *byte == b'\n');
    let status = str::from_utf8(lines.next()?).ok()?.parse::<u16>().ok()?;
    let mut reply = http::Response::new(SdkBody::from(body));
    *reply.status_mut() = http::StatusCode::from_u16(status).ok()?;
    for line in lines {
        let (name, value) = split(line, b": ");
        if let (Ok(name), Ok(value)) = (http::HeaderName::from_bytes(name), http::HeaderValue::from_bytes(value)) {
            reply.headers_mut().append(name, value);
        }
    }
    HttpResponse::try_from(reply).ok()
}

/// A clock that is stopped at 2019-11-22, 12:00:00 UTC, and a timer that never ends.
#[derive(Debug)]
struct StoppedClock;

impl AsyncSleep for StoppedClock {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

impl TimeSource for StoppedClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_hours(437_340)
    }
}

/// A timer that ends at once.
#[derive(Debug)]
pub(super) struct InstantTimer;

impl AsyncSleep for InstantTimer {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

/// The output of a future that does not have to wait.
pub(super) fn settle<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("the call waits although its replies are ready");
}
