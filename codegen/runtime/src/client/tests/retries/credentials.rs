//! Tests of credentials that change between the attempts of a call.

use super::{SECOND, Scenario, fine, start, unavailable};
use crate::client::Handle;
use crate::config::retry::RetryConfig;
use crate::config::timeout::TimeoutConfig;
use crate::config::{Credentials, IdempotencyTokenProvider, ProvideCredentials, SharedCredentialsProvider, TimeSource as _};
use crate::customize::Customization;
use crate::error::ProvideFailureKind as _;
use crate::http::Response;
use crate::testing::{Hours, SERVICE, StartBuild, Timer, input, line, reply};
use aws_credential_types::provider::{error::CredentialsError, future};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A provider with a limited number of credentials, each of which takes some time.
#[derive(Debug)]
struct LimitedProvider {
    left: AtomicUsize,
    hours: Hours,
    takes: Duration,
}

impl ProvideCredentials for LimitedProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.hours.pass(self.takes);
        // They are valid for one attempt only.
        let end = self.hours.now() + SECOND;
        let credentials = Credentials::new("AKID", "secret", None, Some(end), "test");
        let left = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        future::ProvideCredentials::ready(left.map(|_| credentials).map_err(|_| CredentialsError::provider_error("closed")))
    }
}

/// A provider of credentials with these keys, one after the other, without an expiration.
#[derive(Clone, Debug)]
struct KeyProvider(Arc<Mutex<VecDeque<&'static str>>>);

impl KeyProvider {
    fn new(keys: &[&'static str]) -> Self {
        Self(Arc::new(Mutex::new(keys.iter().copied().collect())))
    }

    fn left(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

impl ProvideCredentials for KeyProvider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let key = self.0.lock().unwrap().pop_front();
        let credentials = key.map(|key| Credentials::new(key, "secret", None, None, "test"));
        future::ProvideCredentials::ready(credentials.ok_or_else(|| CredentialsError::provider_error("closed")))
    }
}

fn with_limited_provider(scenario: &Scenario, times: usize, takes: Duration) -> Handle {
    let mut config = scenario.config();
    let provider = LimitedProvider { left: AtomicUsize::new(times), hours: scenario.hours.clone(), takes };
    config.set_credentials_provider(Some(SharedCredentialsProvider::new(provider)));
    Handle::new(&SERVICE, config.build())
}

#[tokio::test]
async fn slow_credentials_let_a_token_expire_before_the_retry() {
    let scenario = Scenario::of([unavailable(), fine()]);
    let error = start(&with_limited_provider(&scenario, 2, Duration::from_mins(5))).await.unwrap_err();
    assert_eq!(error, "StartBuild: 503 Service Unavailable (attempt 1 of 3, no retry: its idempotency token expires)");
    assert_eq!(scenario.replay.requests(), 1);
}

#[tokio::test]
async fn a_retry_that_cannot_be_built_does_not_hide_the_sent_requests_failure() {
    let scenario = Scenario::of([unavailable(), fine()]);
    let handle = with_limited_provider(&scenario, 1, Duration::ZERO);
    let error = handle.call::<StartBuild>(Ok(input()), Customization::default()).await.unwrap_err();
    assert_eq!(line(&error), "StartBuild: 503 Service Unavailable (attempt 1 of 3, no retry: no request for it could be made)");
    assert!(!error.is_construction(), "something was sent");
}

fn expired(code: &str) -> Response {
    reply(403, &[], format!(r#"{{"__type":"{code}","message":"The security token is expired"}}"#))
}

/// A client with credentials of these keys, one after the other, and without idempotency tokens.
fn with_keys(scenario: &Scenario, keys: &[&'static str]) -> Handle {
    let config =
        scenario.config().idempotency_token_provider(IdempotencyTokenProvider::disabled()).credentials_provider(KeyProvider::new(keys));
    Handle::new(&SERVICE, config.build())
}

/// The keys that the requests were signed with.
fn keys(scenario: &Scenario) -> Vec<String> {
    let headers = scenario.replay.headers("authorization");
    headers.iter().map(|header| header.split(['=', '/']).nth(1).unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn expired_credentials_are_replaced_at_once() {
    for code in ["ExpiredToken", "ExpiredTokenException"] {
        let scenario = Scenario::of([expired(code), fine(), fine()]);
        let handle = with_keys(&scenario, &["OLD", "NEW"]);
        start(&handle).await.unwrap();
        start(&handle).await.unwrap();
        assert_eq!(keys(&scenario), ["OLD", "NEW", "NEW"]);
        assert_eq!(scenario.replay.headers("amz-sdk-request")[..2], ["attempt=1; max=3", "ttl=20191122T102130Z; attempt=2; max=3"]);
        assert_eq!((scenario.seconds(), handle.tokens()), (vec![0], 500));
    }
}

#[tokio::test]
async fn expired_credentials_without_a_replacement_end_the_call() {
    for keys in [&["OLD"][..], &["OLD", "OLD"]] {
        let scenario = Scenario::of([expired("ExpiredToken")]);
        let error = start(&with_keys(&scenario, keys)).await.unwrap_err();
        assert_eq!(error, "StartBuild: 403 ExpiredToken: The security token is expired (attempt 1 of 3)");
    }
}

#[tokio::test]
async fn credentials_are_replaced_once_per_call() {
    let scenario = Scenario::of([expired("ExpiredToken"), expired("ExpiredToken"), fine()]);
    let handle = with_keys(&scenario, &["OLD", "NEW", "NEWER"]);
    let error = start(&handle).await.unwrap_err();
    assert_eq!(error, "StartBuild: 403 ExpiredToken: The security token is expired (attempt 2 of 3)");
    start(&handle).await.unwrap();
    assert_eq!(keys(&scenario), ["OLD", "NEW", "NEWER"], "the next call gets other credentials");
    // A call without another attempt requests no credentials.
    let scenario = Scenario::of([expired("ExpiredToken")]);
    let provider = KeyProvider::new(&["OLD", "NEW"]);
    let config = scenario.config().retry_config(RetryConfig::disabled()).credentials_provider(provider.clone());
    start(&Handle::new(&SERVICE, config.build())).await.unwrap_err();
    assert_eq!(provider.left(), 1);
}

/// A provider that never replies.
#[derive(Debug)]
struct Silent;

impl ProvideCredentials for Silent {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(std::future::pending())
    }
}

#[tokio::test]
async fn missing_credentials_end_at_the_operations_timeout() {
    let scenario = Scenario::of([fine()]);
    let timeouts = TimeoutConfig::builder().operation_timeout(3 * SECOND).build();
    let config = scenario.config().credentials_provider(Silent).timeout_config(timeouts).sleep_impl(Timer::Reaches(3 * SECOND));
    let error = start(&Handle::new(&SERVICE, config.build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: timed out: the operation took longer than 3 s (attempt 1 of 3)");
    assert_eq!(scenario.replay.requests(), 0);
}
