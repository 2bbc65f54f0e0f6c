//! A call and its reply, without a network, a clock or a timer.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use smithlet_codebuild::Config;
use smithlet_codebuild::config::retry::RetryConfig;
use smithlet_codebuild::config::{AsyncSleep, Builder, Credentials, Environment, Region, Sleep, TimeSource};

/// The secret access key of every call.
pub(super) const SECRET: &str = "SECRETCANARY/7f3a91+Qx";

/// The session token of every call.
pub(super) const TOKEN: &str = "TOKENCANARY/7f3a91+Qx+0123456789abcdefghij==";

/// The other end of a conversation: the replies that are still to come, and the requests that came.
#[derive(Clone, Debug, Default)]
pub(super) struct Talk(Arc<Mutex<(Vec<HttpResponse>, Vec<HttpRequest>)>>);

impl Talk {
    /// Gives these replies, the last one first.
    pub(super) fn of(replies: Vec<HttpResponse>) -> Self {
        Self(Arc::new(Mutex::new((replies, Vec::new()))))
    }

    /// The requests so far.
    pub(super) fn requests(&self) -> Vec<HttpRequest> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// A configuration whose calls come here.
    pub(super) fn config(&self) -> Builder {
        self.equip(Config::builder().region(Region::new("eu-west-1")).environment(Environment::fixed::<&str, &str>([])))
    }

    /// The same for a configuration that has a region and reads its variables somewhere. Calls are made once.
    pub(super) fn equip(&self, config: Builder) -> Builder {
        let connector = SharedHttpConnector::new(self.clone());
        config
            .credentials_provider(Credentials::new("AKIDEXAMPLE", SECRET, Some(TOKEN.to_owned()), None, "fuzzing"))
            .retry_config(RetryConfig::disabled())
            .sleep_impl(Standing)
            .time_source(Standing)
            .http_client(http_client_fn(move |_, _| connector.clone()))
    }
}

impl HttpConnector for Talk {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut talk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        talk.1.push(request);
        HttpConnectorFuture::ready(talk.0.pop().ok_or_else(|| ConnectorError::other("no more replies".into(), None)))
    }
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
