//! Wrong clocks and expired credentials.

use super::{Setup, read, refused, start};
use crate::time::START;
use smithlet_codebuild::Client;
use smithlet_codebuild::config::{Credentials, IdempotencyTokenProvider, ProvideCredentials};
use smithlet_codebuild::error::FailureKind;
use smithlet_tests::fault::{Request, Script, Step, steps};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// A service whose replies have this `Date`, and which accepts only requests signed between these times.
fn by_the_clock(date: &'static str, from: &'static str, to: &'static str) -> Script {
    Script::new(move |request: &Request| steps::by_the_clock(request, date, from, to))
}

/// Services whose clocks are ten minutes ahead of the client's, and behind it.
fn ten_minutes_off() -> [Script; 2] {
    [
        by_the_clock("Fri, 22 Nov 2019 10:30:30 GMT", "20191122T102600Z", "20191122T103500Z"),
        by_the_clock("Fri, 22 Nov 2019 10:10:30 GMT", "20191122T100600Z", "20191122T101500Z"),
    ]
}

/// The call is signed again with the service's time, and the next call uses the correction from the start.
#[tokio::test]
async fn a_clock_ten_minutes_off_is_corrected() {
    for script in ten_minutes_off() {
        let setup = Setup::new(script).await;
        let client = setup.client();
        assert_eq!(read(&client, "p:1").await.expect("the second signature is in time"), "p:1");
        assert_eq!(setup.requests(), 2);
        assert_eq!(read(&client, "p:2").await.expect("the offset is known"), "p:2");
        assert_eq!(setup.requests(), 3, "the client keeps the correction");
    }
}

/// A request with a refused signature is not carried out, so that a build without a token is sent again too.
#[tokio::test]
async fn a_build_signed_by_a_wrong_clock_is_started_once() {
    for script in ten_minutes_off() {
        let setup = Setup::new(script).await;
        let config = setup.config().idempotency_token_provider(IdempotencyTokenProvider::disabled());
        start(&Client::from_conf(config.build()), None).await.expect("the second signature is in time");
        assert_eq!((setup.requests(), setup.server.log().builds()), (2, 1));
    }
}

/// The clocks agree, so that another attempt cannot succeed.
#[tokio::test]
async fn a_wrong_signature_is_not_retried() {
    let setup = Setup::new(by_the_clock("Fri, 22 Nov 2019 10:20:31 GMT", "2", "1")).await;
    let failed = refused(read(&setup.client(), "p:1").await);
    assert_eq!(failed.line, "BatchGetBuilds: 400 InvalidSignatureException: Signature expired (request id refused-1, attempt 1 of 3)");
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Refused, 1));
}

#[tokio::test]
async fn clock_correction_can_be_disabled() {
    for script in ten_minutes_off() {
        let setup = Setup::new(script).await;
        let client = Client::from_conf(setup.config().disable_clock_skew_correction(true).build());
        let failed = refused(read(&client, "p:1").await);
        assert_eq!((failed.kind, setup.requests()), (FailureKind::Refused, 1));
    }
}

/// Provides credentials that are valid for ten seconds, and after that credentials that are valid for an hour.
#[derive(Debug, Default)]
struct Renewed(AtomicU64);

impl ProvideCredentials for Renewed {
    fn provide_credentials<'a>(&'a self) -> aws_credential_types::provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let expiry = SystemTime::UNIX_EPOCH + START + Duration::from_secs(if number == 1 { 10 } else { 3_600 });
        let credentials = Credentials::new(format!("AKID{number}"), "secret", None, Some(expiry), "renewed");
        aws_credential_types::provider::future::ProvideCredentials::ready(Ok(credentials))
    }
}

/// The credentials expire between the two attempts.
#[tokio::test]
async fn each_attempt_is_signed_with_valid_credentials() {
    let setup = Setup::new(Script::first(1, |_| steps::busy("503 Service Unavailable", 15_000))).await;
    let client = Client::from_conf(setup.config().credentials_provider(Renewed::default()).build());
    assert_eq!(read(&client, "p:1").await.expect("the second attempt succeeds"), "p:1");
    let log = setup.server.log();
    let keys: Vec<_> = log.requests.iter().map(Request::key).collect();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1], "{keys:?}");
}

/// The service refuses credentials before their expiration; the request is sent again with new ones.
#[tokio::test]
async fn credentials_refused_as_expired_are_replaced() {
    let refusal = |_: &Request| vec![Step::Send(steps::refusal("400 Bad Request", "ExpiredTokenException", "The token is expired"))];
    let setup = Setup::new(Script::first(1, refusal)).await;
    let config = setup.config().idempotency_token_provider(IdempotencyTokenProvider::disabled());
    start(&Client::from_conf(config.credentials_provider(Renewed::default()).build()), None).await.expect("the second attempt succeeds");
    let log = setup.server.log();
    let keys: Vec<_> = log.requests.iter().map(Request::key).collect();
    assert_eq!((keys.len(), log.builds()), (2, 1));
    assert_ne!(keys[0], keys[1], "{keys:?}");
}

/// The provider has no other credentials, so that another attempt cannot succeed.
#[tokio::test]
async fn expired_credentials_without_a_replacement_are_not_retried() {
    let message = "The security token included in the request is expired";
    let setup =
        Setup::new(Script::new(move |_| vec![Step::Send(steps::refusal("400 Bad Request", "ExpiredTokenException", message))])).await;
    let failed = refused(start(&setup.client(), None).await);
    assert_eq!(failed.line, format!("StartBuild: 400 ExpiredTokenException: {message} (request id refused-1, attempt 1 of 3)"));
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Refused, 1));
}
