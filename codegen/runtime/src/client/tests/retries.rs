//! Tests of attempts and their waits.

mod credentials;

use crate::client::Handle;
use crate::config::retry::RetryConfig;
use crate::config::timeout::TimeoutConfig;
use crate::config::{Builder, IdempotencyTokenProvider};
use crate::customize::Customization;
use crate::error::ConnectorError;
use crate::http::Response;
use crate::testing::{Hours, Ping, Replay, SERVICE, StartBuild, config, input, line, reply};
use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// A client whose waits have their longest duration and pass at once.
struct Scenario {
    replay: Replay,
    hours: Hours,
}

impl Scenario {
    fn of(replies: impl IntoIterator<Item = Response>) -> Self {
        Self { replay: Replay::all(replies), hours: Hours::default() }
    }

    fn config(&self) -> Builder {
        config()
            .http_client(self.replay.clone())
            .retry_config(RetryConfig::standard().with_use_static_exponential_base(true))
            .time_source(self.hours.clone())
            .sleep_impl(self.hours.clone())
    }

    fn handle(&self) -> Handle {
        Handle::new(&SERVICE, self.config().build())
    }

    fn seconds(&self) -> Vec<u64> {
        self.hours.slept().iter().map(Duration::as_secs).collect()
    }
}

async fn start(handle: &Handle) -> Result<(), String> {
    handle.call::<StartBuild>(Ok(input()), Customization::default()).await.map(drop).map_err(|error| line(&error))
}

async fn ping(handle: &Handle) -> Result<(), String> {
    handle.call::<Ping>(Ok(()), Customization::default()).await.map_err(|error| line(&error))
}

fn unavailable() -> Response {
    reply(503, &[], "")
}

fn throttled() -> Response {
    reply(400, &[], r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)
}

fn fine() -> Response {
    reply(200, &[], "{}")
}

#[tokio::test]
async fn attempts_are_counted_and_their_waits_double() {
    let scenario = Scenario::of([unavailable(), throttled(), fine()]);
    start(&scenario.handle()).await.unwrap();
    assert_eq!(scenario.seconds(), [1, 2]);
    let requests = ["attempt=1; max=3", "ttl=20191122T102131Z; attempt=2; max=3", "ttl=20191122T102133Z; attempt=3; max=3"];
    assert_eq!(scenario.replay.headers("amz-sdk-request"), requests);
    let ids = scenario.replay.headers("amz-sdk-invocation-id");
    assert!(!ids[0].is_empty() && ids.iter().all(|id| *id == ids[0]));
    assert_eq!(scenario.replay.headers("x-amz-date"), ["20191122T102030Z", "20191122T102031Z", "20191122T102033Z"]);
}

#[tokio::test]
async fn a_calls_failure_is_its_last_attempts() {
    let scenario = Scenario::of([unavailable(), unavailable(), throttled(), fine()]);
    assert_eq!(start(&scenario.handle()).await.unwrap_err(), "StartBuild: 400 ThrottlingException: Rate exceeded (attempt 3 of 3)");

    let scenario = Scenario::of((0..6).map(|_| unavailable()));
    let five = scenario.config().retry_config(RetryConfig::standard().with_max_attempts(5).with_use_static_exponential_base(true));
    let error = start(&Handle::new(&SERVICE, five.build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 503 Service Unavailable (attempt 5 of 5)");
    assert_eq!(scenario.seconds(), [1, 2, 4, 8]);
}

#[tokio::test]
async fn a_wait_that_the_service_requests_is_made() {
    let asking = |name, value| reply(429, &[(name, value)], "");
    let scenario = Scenario::of([asking("x-amz-retry-after", "7000"), asking("retry-after", "90"), fine()]);
    start(&scenario.handle()).await.unwrap();
    assert_eq!(scenario.seconds(), [7, 20]);
}

/// Replies that are broken, or cannot be read.
fn broken() -> [Response; 5] {
    let bodies = [(200, r#"{"id": "p"#), (200, "<html>Welcome</html>"), (200, "null {"), (500, "{}"), (504, "")];
    bodies.map(|(status, body)| reply(status, &[], body))
}

#[tokio::test]
async fn an_idempotent_operation_is_retried_after_any_broken_reply() {
    for reply in broken() {
        let scenario = Scenario::of([reply, fine()]);
        ping(&scenario.handle()).await.unwrap();
    }
    for reply in broken() {
        let scenario = Scenario::of([reply, fine()]);
        start(&scenario.handle()).await.unwrap();
        assert_eq!(scenario.replay.requests(), 2);
    }
    let scenario = Scenario::of([]);
    scenario.replay.then(Box::new(|| Some(Err(ConnectorError::io("reset".into())))));
    scenario.replay.then(Box::new(|| Some(Err(ConnectorError::timeout("slow".into())))));
    scenario.replay.then(Box::new(|| Some(Ok(fine()))));
    ping(&scenario.handle()).await.unwrap();
}

#[tokio::test]
async fn a_whole_reply_of_the_wrong_shape_is_not_retried() {
    let deep = format!(r#"{{"more":{}{}}}"#, "[".repeat(200), "]".repeat(200));
    for body in [r#"{"id": 7}"#, "[]", "7", r#"{"id": {"more": [1]}, "after": null}"#, &deep] {
        let scenario = Scenario::of([reply(200, &[], body.to_owned()), fine()]);
        let error = start(&scenario.handle()).await.unwrap_err();
        assert!(error.starts_with("StartBuild: 200 OK: ") && error.ends_with(" (attempt 1 of 3)"), "{error}");
        assert_eq!(scenario.replay.requests(), 1, "{body}");
    }
    for body in [r#"{"id": 7"#, "[", r#"{"id": 7} x"#, &deep[..300], "soon"] {
        let scenario = Scenario::of([reply(200, &[], body.to_owned()), fine()]);
        start(&scenario.handle()).await.unwrap();
        assert_eq!(scenario.replay.requests(), 2, "{body}");
    }
}

#[tokio::test]
async fn a_non_idempotent_operation_is_retried_only_if_surely_not_carried_out() {
    for reply in broken() {
        let scenario = Scenario::of([reply, fine()]);
        let handle = Handle::new(&SERVICE, scenario.config().idempotency_token_provider(IdempotencyTokenProvider::disabled()).build());
        let error = start(&handle).await.unwrap_err();
        assert!(error.ends_with(" (attempt 1 of 3, no retry: it may have been carried out)"), "{error}");
    }
    let scenario = Scenario::of([throttled(), reply(429, &[], "<html>"), fine()]);
    let handle = Handle::new(&SERVICE, scenario.config().idempotency_token_provider(IdempotencyTokenProvider::disabled()).build());
    start(&handle).await.unwrap();
}

#[tokio::test]
async fn a_reply_that_is_too_large_is_not_retried() {
    let scenario = Scenario::of([reply(200, &[], r#"{"id": "p:1"}"#), fine()]);
    let error = start(&Handle::new(&SERVICE, scenario.config().max_response_size(4).build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 200 OK: the body is larger than the 4 bytes that max_response_size allows (attempt 1 of 3)");
}

#[tokio::test]
async fn a_token_protects_while_it_is_valid() {
    // The first reply takes so long that the wait of one second ends just before the five minutes, or with them.
    for (takes, error) in
        [(298, None), (299, Some("StartBuild: 503 Service Unavailable (attempt 1 of 3, no retry: its idempotency token expires)"))]
    {
        let scenario = Scenario::of([]);
        let hours = scenario.hours.clone();
        scenario.replay.then(Box::new(move || {
            hours.pass(takes * SECOND);
            Some(Ok(unavailable()))
        }));
        scenario.replay.then(Box::new(|| Some(Ok(fine()))));
        assert_eq!(start(&scenario.handle()).await.err().as_deref(), error);
    }
    // An idempotent operation needs no token.
    let scenario = Scenario::of([]);
    let hours = scenario.hours.clone();
    scenario.replay.then(Box::new(move || {
        hours.pass(Duration::from_hours(1));
        Some(Ok(unavailable()))
    }));
    scenario.replay.then(Box::new(|| Some(Ok(fine()))));
    ping(&scenario.handle()).await.unwrap();
}

#[tokio::test]
async fn an_empty_bucket_ends_retries() {
    let scenario = Scenario::of((0..150).map(|_| unavailable()).chain((0..11).map(|_| fine())).chain([unavailable(), fine()]));
    let handle = scenario.handle();
    // Each call makes two retries of ten tokens each.
    for _ in 0..25 {
        assert_eq!(ping(&handle).await.unwrap_err(), "Ping: 503 Service Unavailable (attempt 3 of 3)");
    }
    let last = "Ping: 503 Service Unavailable (attempt 1 of 3, no retry: too many have failed)";
    assert_eq!(ping(&handle.clone()).await.unwrap_err(), last, "clones share it");
    let overridden = Customization { config_override: Some(Box::new(Builder::new().use_fips(true))), ..Customization::default() };
    assert!(handle.call::<Ping>(Ok(()), overridden).await.is_err_and(|error| line(&error) == last), "and other configurations");
    for _ in 0..73 {
        ping(&handle).await.unwrap_err();
    }
    for _ in 0..10 {
        ping(&handle).await.unwrap();
    }
    assert_eq!(ping(&handle).await, Ok(()));
    ping(&handle).await.unwrap();
    assert!(scenario.replay.headers("amz-sdk-request").last().is_some_and(|attempt| attempt.ends_with("attempt=2; max=3")));
}

#[tokio::test]
async fn no_wait_outlasts_the_operation() {
    let scenario = Scenario::of([unavailable(), unavailable(), fine()]);
    let limit = TimeoutConfig::builder().operation_timeout(3 * SECOND).build();
    let error = start(&Handle::new(&SERVICE, scenario.config().timeout_config(limit).build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 503 Service Unavailable (attempt 2 of 3, no retry: the operation's time is nearly up)");
    assert_eq!(scenario.seconds(), [1], "the second wait is not begun");
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_repeated() {
    let scenario = Scenario::of([]);
    scenario.replay.then(Box::new(|| None));
    scenario.replay.then(Box::new(|| Some(Ok(fine()))));
    let limit = TimeoutConfig::builder().operation_attempt_timeout(5 * SECOND).build();
    start(&Handle::new(&SERVICE, scenario.config().timeout_config(limit).build())).await.unwrap();
    assert_eq!(scenario.seconds(), [5, 1]);
}

#[tokio::test]
async fn adaptive_mode_limits_the_rate() {
    let scenario = Scenario::of([fine(), throttled(), fine(), fine()]);
    let adaptive = RetryConfig::adaptive().with_use_static_exponential_base(true);
    let handle = Handle::new(&SERVICE, scenario.config().retry_config(adaptive).build());
    ping(&handle).await.unwrap();
    assert!(scenario.hours.slept().is_empty(), "the rate is unlimited before the first throttling");
    ping(&handle).await.unwrap();
    // The rate is half a token per second, the bucket is empty, and the retry costs five tokens.
    assert_eq!(scenario.seconds(), [10]);
    ping(&handle).await.unwrap();
    let slept = scenario.hours.slept();
    assert!(slept.len() == 2 && slept[1] > Duration::ZERO && slept[1] <= 2 * SECOND, "{slept:?}");
    let agents = scenario.replay.headers("user-agent");
    assert!(agents.iter().all(|agent| agent.ends_with(" m/F")), "{agents:?}");
}

#[tokio::test]
async fn a_dropped_call_returns_its_tokens_and_its_turn() {
    let scenario = Scenario::of([unavailable()]);
    scenario.replay.then(Box::new(|| None));
    let handle = scenario.handle();
    {
        let mut call = pin!(ping(&handle));
        poll_fn(|context| {
            assert!(call.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        assert_eq!((scenario.replay.requests(), handle.tokens()), (2, 490));
    }
    assert_eq!(handle.tokens(), 500);
}
