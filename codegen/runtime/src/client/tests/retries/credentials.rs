//! Credentials between the attempts of a call.

use super::{SECOND, Scene, fine, start, unavailable};
use crate::client::Handle;
use crate::config::http::HttpResponse;
use crate::config::retry::RetryConfig;
use crate::config::timeout::TimeoutConfig;
use crate::config::{Credentials, IdempotencyTokenProvider, ProvideCredentials, SharedCredentialsProvider, TimeSource as _};
use crate::customize::Customization;
use crate::error::ProvideFailureKind as _;
use crate::testing::{Hours, SERVICE, StartBuild, Timer, input, line, reply};
use aws_credential_types::provider::{error::CredentialsError, future};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Has credentials so many times; each time takes as long as it is told.
#[derive(Debug)]
struct Vault {
    left: AtomicUsize,
    hours: Hours,
    takes: Duration,
}

impl ProvideCredentials for Vault {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        self.hours.pass(self.takes);
        // Good for one attempt.
        let end = self.hours.now() + SECOND;
        let credentials = Credentials::new("AKID", "secret", None, Some(end), "test");
        let left = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        future::ProvideCredentials::ready(left.map(|_| credentials).map_err(|_| CredentialsError::provider_error("closed")))
    }
}

/// Has credentials of these keys, one after the other, for ever by their own account.
#[derive(Clone, Debug)]
struct Keys(Arc<Mutex<VecDeque<&'static str>>>);

impl Keys {
    fn new(keys: &[&'static str]) -> Self {
        Self(Arc::new(Mutex::new(keys.iter().copied().collect())))
    }

    fn left(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

impl ProvideCredentials for Keys {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let key = self.0.lock().unwrap().pop_front();
        let credentials = key.map(|key| Credentials::new(key, "secret", None, None, "test"));
        future::ProvideCredentials::ready(credentials.ok_or_else(|| CredentialsError::provider_error("closed")))
    }
}

fn with_vault(scene: &Scene, times: usize, takes: Duration) -> Handle {
    let mut config = scene.config();
    let vault = Vault { left: AtomicUsize::new(times), hours: scene.hours.clone(), takes };
    config.set_credentials_provider(Some(SharedCredentialsProvider::new(vault)));
    Handle::new(&SERVICE, config.build())
}

#[tokio::test]
async fn credentials_that_take_too_long_let_a_token_expire_unsent() {
    let scene = Scene::of([unavailable(), fine()]);
    let error = start(&with_vault(&scene, 2, Duration::from_mins(5))).await.unwrap_err();
    assert_eq!(error, "StartBuild: 503 Service Unavailable (attempt 1 of 3, no retry: its idempotency token expires)");
    assert_eq!(scene.replay.requests(), 1);
}

#[tokio::test]
async fn a_request_that_cannot_be_made_again_does_not_hide_the_one_that_was_sent() {
    let scene = Scene::of([unavailable(), fine()]);
    let handle = with_vault(&scene, 1, Duration::ZERO);
    let error = handle.call::<StartBuild>(Ok(input()), Customization::default()).await.unwrap_err();
    assert_eq!(line(&error), "StartBuild: 503 Service Unavailable (attempt 1 of 3, no retry: no request for it could be made)");
    assert!(!error.is_construction(), "something was sent");
}

fn expired(code: &str) -> HttpResponse {
    reply(403, &[], format!(r#"{{"__type":"{code}","message":"The security token is expired"}}"#))
}

/// A client with credentials of these keys, one after the other, and without tokens that would protect a repetition.
fn with_keys(scene: &Scene, keys: &[&'static str]) -> Handle {
    let config = scene.config().idempotency_token_provider(IdempotencyTokenProvider::disabled()).credentials_provider(Keys::new(keys));
    Handle::new(&SERVICE, config.build())
}

/// The keys that the requests were signed with.
fn keys(scene: &Scene) -> Vec<String> {
    let headers = scene.replay.headers("authorization");
    headers.iter().map(|header| header.split(['=', '/']).nth(1).unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn expired_credentials_are_replaced_at_once() {
    for code in ["ExpiredToken", "ExpiredTokenException"] {
        let scene = Scene::of([expired(code), fine(), fine()]);
        let handle = with_keys(&scene, &["OLD", "NEW"]);
        start(&handle).await.unwrap();
        start(&handle).await.unwrap();
        assert_eq!(keys(&scene), ["OLD", "NEW", "NEW"]);
        assert_eq!(scene.replay.headers("amz-sdk-request")[..2], ["attempt=1; max=3", "ttl=20191122T102130Z; attempt=2; max=3"]);
        assert_eq!((scene.seconds(), handle.tokens()), (vec![0], 500));
    }
}

#[tokio::test]
async fn expired_credentials_without_others_are_refused() {
    for keys in [&["OLD"][..], &["OLD", "OLD"]] {
        let scene = Scene::of([expired("ExpiredToken")]);
        let error = start(&with_keys(&scene, keys)).await.unwrap_err();
        assert_eq!(error, "StartBuild: 403 ExpiredToken: The security token is expired (attempt 1 of 3)");
    }
}

#[tokio::test]
async fn new_credentials_that_are_refused_too_are_refused() {
    let scene = Scene::of([expired("ExpiredToken"), expired("ExpiredToken"), fine()]);
    let handle = with_keys(&scene, &["OLD", "NEW", "NEWER"]);
    let error = start(&handle).await.unwrap_err();
    assert_eq!(error, "StartBuild: 403 ExpiredToken: The security token is expired (attempt 2 of 3)");
    start(&handle).await.unwrap();
    assert_eq!(keys(&scene), ["OLD", "NEW", "NEWER"], "the next call has others");
    // Nobody is asked on behalf of a call that has no attempt left.
    let scene = Scene::of([expired("ExpiredToken")]);
    let provider = Keys::new(&["OLD", "NEW"]);
    let config = scene.config().retry_config(RetryConfig::disabled()).credentials_provider(provider.clone());
    start(&Handle::new(&SERVICE, config.build())).await.unwrap_err();
    assert_eq!(provider.left(), 1);
}

/// Has none yet, whenever it is asked.
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
async fn credentials_that_do_not_come_end_with_the_operations_time() {
    let scene = Scene::of([fine()]);
    let timeouts = TimeoutConfig::builder().operation_timeout(3 * SECOND).build();
    let config = scene.config().credentials_provider(Silent).timeout_config(timeouts).sleep_impl(Timer::Reaches(3 * SECOND));
    let error = start(&Handle::new(&SERVICE, config.build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: timed out: the operation took longer than 3 s (attempt 1 of 3)");
    assert_eq!(scene.replay.requests(), 0);
}
