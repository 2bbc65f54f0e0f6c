//! A call and its replies, without a network, a clock or a timer.

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

/// The other end of a conversation: the replies that are still to come, in their order, and the requests that came. Behind the last reply,
/// all is well.
#[derive(Clone, Debug, Default)]
pub(super) struct Talk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    replies: Vec<HttpResponse>,
    /// Requests to this one are answered as if there were no replies.
    spared: Option<&'static str>,
    requests: Vec<HttpRequest>,
}

impl Talk {
    /// Gives these replies.
    pub(super) fn of(replies: impl IntoIterator<Item = HttpResponse>) -> Self {
        let mut replies: Vec<HttpResponse> = replies.into_iter().collect();
        replies.reverse();
        Self(Arc::new(Mutex::new(State { replies, ..State::default() })))
    }

    /// The same, with the replies only for requests to others than this host.
    pub(super) fn sparing(self, host: &'static str) -> Self {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).spared = Some(host);
        self
    }

    /// The requests so far.
    pub(super) fn requests(&self) -> Vec<HttpRequest> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).requests)
    }

    /// A configuration with all that a call needs, whose calls come here.
    pub(super) fn config(&self) -> Builder {
        let config = Config::builder().region(Region::new("eu-west-1")).environment(Environment::fixed::<&str, &str>([]));
        self.equip(config.credentials_provider(Credentials::new("AKIDEXAMPLE", SECRET, Some(TOKEN.to_owned()), None, "fuzzing")))
    }

    /// A configuration whose calls come here and are made once.
    pub(super) fn equip(&self, config: Builder) -> Builder {
        let connector = SharedHttpConnector::new(self.clone());
        config
            .retry_config(RetryConfig::disabled())
            .sleep_impl(Standing)
            .time_source(Standing)
            .http_client(http_client_fn(move |_, _| connector.clone()))
    }
}

impl HttpConnector for Talk {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_spared = state.spared.is_some_and(|host| request.uri().contains(host));
        state.requests.push(request);
        let reply = if is_spared { None } else { state.replies.pop() };
        let all_well = || reply_of(b"200\n\n{}").ok_or_else(|| ConnectorError::other("200 is no status".into(), None));
        HttpConnectorFuture::ready(reply.map_or_else(all_well, Ok))
    }
}

/// A reply from its text, if it is one: the first line is the status, the lines to the next empty one are headers, the rest is the body. It
/// comes in the way of a real one.
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

/// Time does not pass: 2019-11-22, 12:00:00 UTC.
#[derive(Debug)]
struct Standing;

impl AsyncSleep for Standing {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

impl TimeSource for Standing {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_hours(437_340)
    }
}

/// A timer whose times are all up at once.
#[derive(Debug)]
pub(super) struct Flying;

impl AsyncSleep for Flying {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

/// A future's value, where there is nothing to wait for.
pub(super) fn settle<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("the call waits, though all it needs is there");
}
