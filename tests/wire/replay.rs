//! An HTTP client that records every request and gives a prepared reply.

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use smithlet_codebuild::{
    Client, Config,
    config::{AsyncSleep, Builder, Credentials, Environment, Region, Sleep, TimeSource, retry::RetryConfig},
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// A recorded request.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// An HTTP connector with one reply for all requests, and a record of the requests.
#[derive(Clone, Debug)]
pub(crate) struct Replay {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Replay {
    /// Answers every request with this status and body.
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("x-amzn-requestid", "request-1")], body: body.into(), requests: Arc::default() }
    }

    /// Adds a header to the reply.
    pub(crate) fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// A client with this connector, whose calls are one attempt.
    pub(crate) fn client(&self) -> Client {
        Client::from_conf(self.config().retry_config(RetryConfig::disabled()).build())
    }

    /// A configuration with this connector and with retries that do not wait.
    pub(crate) fn config(&self) -> Builder {
        let connector = SharedHttpConnector::new(self.clone());
        let http_client: SharedHttpClient = http_client_fn(move |_, _| connector.clone());
        Config::builder()
            .environment(Environment::fixed([("", ""); 0]))
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI", Some("session".to_owned()), None, "test"))
            .time_source(StoppedClock)
            .sleep_impl(InstantTimer)
            .http_client(http_client)
    }

    /// The only request so far.
    #[track_caller]
    pub(crate) fn request(&self) -> Request {
        let requests = self.requests.lock().expect("the lock is not poisoned");
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }

    /// All requests so far.
    pub(crate) fn all(&self) -> Vec<Request> {
        self.requests.lock().expect("the lock is not poisoned").clone()
    }

    /// The number of requests so far.
    pub(crate) fn requests(&self) -> usize {
        self.requests.lock().expect("the lock is not poisoned").len()
    }
}

impl HttpConnector for Replay {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let headers = request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
        let noted = Request { method: request.method().to_owned(), uri: request.uri().to_owned(), headers, body };
        self.requests.lock().expect("the lock is not poisoned").push(noted);
        let status = self.status.try_into().expect("the status is valid");
        let mut reply = HttpResponse::new(status, SdkBody::from(self.body.as_slice()));
        for (name, value) in &self.headers {
            reply.headers_mut().insert(*name, *value);
        }
        HttpConnectorFuture::ready(Ok(reply))
    }
}

/// A timer that ends at once.
#[derive(Debug)]
struct InstantTimer;

impl AsyncSleep for InstantTimer {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

/// A clock that is stopped at 2019-11-22, 12:00:00 UTC.
#[derive(Debug)]
struct StoppedClock;

impl TimeSource for StoppedClock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_hours(437_340)
    }
}
