//! The connections of a call's attempts, above all when one was closed before a byte of its reply.

use super::pool::numbered;
use super::server::{Act, STARTED, Server};
use super::{Outcome, start};
use crate::config::retry::{ReconnectMode, RetryConfig};
use crate::config::timeout::TimeoutConfig;
use crate::config::{Builder, Credentials, IdempotencyTokenProvider, ProvideCredentials, TimeSource as _};
use crate::error::ProvideFailureKind as _;
use crate::testing::{Hours, line};
use aws_credential_types::provider::{error::CredentialsError, future};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A configuration without timeouts, which would end at once, as the waits do.
fn retrying(server: &Server, hours: &Hours) -> Builder {
    let exact = RetryConfig::standard().with_use_static_exponential_base(true);
    let timeouts = TimeoutConfig::disabled();
    server.config().retry_config(exact).timeout_config(timeouts).time_source(hours.clone()).sleep_impl(hours.clone())
}

/// The outcome of a call to a server that closes a number of connections upon a request, with the number of requests and of waits.
async fn started(closes: usize, sends: &'static str, configure: impl FnOnce(Builder) -> Builder) -> (Outcome, usize, usize) {
    let act = move |connection, _| {
        if connection < closes { Act::SendAndClose(sends.to_owned()) } else { Act::Send(STARTED.to_owned()) }
    };
    let mut server = Server::following(None, act).await;
    let hours = Hours::default();
    let outcome = start(configure(retrying(&server, &hours))).await;
    (outcome, server.requests(), hours.slept().len())
}

#[tokio::test]
async fn is_sent_again_at_once_on_a_new_one() {
    let (outcome, requests, waits) = started(1, "", |config| config).await;
    outcome.unwrap();
    assert_eq!((requests, waits), (2, 0));
}

#[tokio::test]
async fn is_sent_again_at_once_no_more_than_once() {
    let (outcome, requests, waits) = started(2, "", |config| config).await;
    outcome.unwrap();
    assert_eq!((requests, waits), (3, 1));
    let (outcome, requests, waits) = started(9, "", |config| config).await;
    let said = line(&outcome.unwrap_err());
    assert!(said.ends_with("was closed before the reply was complete (attempt 3 of 3)"), "{said}");
    assert_eq!((requests, waits), (4, 2));
}

#[tokio::test]
async fn is_a_failed_attempt_when_anything_of_the_reply_came() {
    let (outcome, requests, waits) = started(1, "HTTP/1.1 2", |config| config).await;
    outcome.unwrap();
    assert_eq!((requests, waits), (2, 1));
}

#[tokio::test]
async fn is_not_sent_again_when_it_may_have_been_carried_out() {
    let (outcome, requests, _) = started(1, "", |config| config.idempotency_token_provider(IdempotencyTokenProvider::disabled())).await;
    let said = line(&outcome.unwrap_err());
    assert!(said.ends_with(" (attempt 1 of 3, no retry: it may have been carried out)"), "{said}");
    assert_eq!(requests, 1);
}

#[tokio::test]
async fn is_not_sent_again_without_retries() {
    let (outcome, requests, _) = started(1, "", |config| config.retry_config(RetryConfig::disabled())).await;
    assert!(line(&outcome.unwrap_err()).ends_with(" (attempt 1 of 1)"));
    assert_eq!(requests, 1);
}

/// The port is closed, so that nothing was sent and a start without a token may be repeated.
#[tokio::test]
async fn is_no_worry_when_nothing_was_sent() {
    let server = Server::start(Act::Send(STARTED.to_owned())).await;
    let hours = Hours::default();
    let config = retrying(&server, &hours).idempotency_token_provider(IdempotencyTokenProvider::disabled());
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let said = line(&start(config.endpoint_url(format!("http://{closed}"))).await.unwrap_err());
    assert!(said.starts_with("StartBuild: cannot connect to ") && said.ends_with(" (attempt 3 of 3)"), "{said}");
}

/// A provider that has credentials for one request. At the second request it fails, or takes five minutes.
#[derive(Debug)]
struct Slow {
    hours: Hours,
    asked: AtomicBool,
    fails: bool,
}

impl ProvideCredentials for Slow {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let again = self.asked.swap(true, Ordering::Relaxed);
        if again && self.fails {
            return future::ProvideCredentials::ready(Err(CredentialsError::provider_error("closed")));
        }
        if again {
            self.hours.pass(Duration::from_mins(5));
        }
        future::ProvideCredentials::ready(Ok(Credentials::new("AKID", "secret", None, Some(self.hours.now()), "test")))
    }
}

#[tokio::test]
async fn is_not_sent_again_without_credentials_nor_after_its_token() {
    for (fails, why) in [(true, "no request for it could be made"), (false, "its idempotency token expires")] {
        let mut server = Server::following(None, |_, _| Act::SendAndClose(String::new())).await;
        let hours = Hours::default();
        let provider = Slow { hours: hours.clone(), asked: AtomicBool::new(false), fails };
        let config = retrying(&server, &hours).idempotency_token_provider("token").credentials_provider(provider);
        let error = start(config).await.unwrap_err();
        assert!(line(&error).ends_with(&format!("was closed before the reply was complete (attempt 1 of 3, no retry: {why})")), "{error}");
        assert_eq!(server.requests(), 1);
        assert!(!error.is_construction(), "something was sent");
    }
}

/// The numbers of the connection and of the request on it with which a call succeeded whose first attempt got a given reply.
async fn then(reply: String, mode: ReconnectMode) -> Option<String> {
    let first = AtomicBool::new(true);
    let act = move |connection, number| {
        if first.swap(false, Ordering::Relaxed) { Act::Send(reply.clone()) } else { numbered(connection, number) }
    };
    let server = Server::following(None, act).await;
    let hours = Hours::default();
    let retry = RetryConfig::standard().with_use_static_exponential_base(true).with_reconnect_mode(mode);
    start(retrying(&server, &hours).retry_config(retry)).await.unwrap().id
}

fn says(status: u16, body: &str) -> String {
    format!("HTTP/1.1 {status} So\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Another server behind the same address may work.
#[tokio::test]
async fn goes_over_another_one_after_a_failure_for_the_moment() {
    for (status, body) in [(500, "{}"), (502, ""), (503, "{}"), (504, "<html>"), (200, "<html>")] {
        assert_eq!(then(says(status, body), ReconnectMode::ReconnectOnTransientError).await.as_deref(), Some("1.0"), "{status} {body}");
        assert_eq!(then(says(status, body), ReconnectMode::ReuseAllConnections).await.as_deref(), Some("0.1"), "{status} {body}");
    }
    let throttled = says(429, "{}");
    assert_eq!(then(throttled, ReconnectMode::ReconnectOnTransientError).await.as_deref(), Some("0.1"), "nothing is wrong with it");
}
