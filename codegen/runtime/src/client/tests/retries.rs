//! Which attempts there are, and when.

mod credentials;

use crate::client::Handle;
use crate::config::http::HttpResponse;
use crate::config::retry::RetryConfig;
use crate::config::timeout::TimeoutConfig;
use crate::config::{Builder, IdempotencyTokenProvider};
use crate::customize::Customization;
use crate::error::ConnectorError;
use crate::testing::{Hours, Ping, Replay, SERVICE, StartBuild, config, input, line, reply};
use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// A client whose waits are as long as they may be and pass at once.
struct Scene {
    replay: Replay,
    hours: Hours,
}

impl Scene {
    fn of(replies: impl IntoIterator<Item = HttpResponse>) -> Self {
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

fn unavailable() -> HttpResponse {
    reply(503, &[], "")
}

fn throttled() -> HttpResponse {
    reply(400, &[], r#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#)
}

fn fine() -> HttpResponse {
    reply(200, &[], "{}")
}

#[tokio::test]
async fn attempts_are_counted_and_their_waits_double() {
    let scene = Scene::of([unavailable(), throttled(), fine()]);
    start(&scene.handle()).await.unwrap();
    assert_eq!(scene.seconds(), [1, 2]);
    let requests = ["attempt=1; max=3", "ttl=20191122T102131Z; attempt=2; max=3", "ttl=20191122T102133Z; attempt=3; max=3"];
    assert_eq!(scene.replay.headers("amz-sdk-request"), requests);
    let ids = scene.replay.headers("amz-sdk-invocation-id");
    assert!(!ids[0].is_empty() && ids.iter().all(|id| *id == ids[0]));
    assert_eq!(scene.replay.headers("x-amz-date"), ["20191122T102030Z", "20191122T102031Z", "20191122T102033Z"]);
}

#[tokio::test]
async fn the_last_failure_is_the_calls() {
    let scene = Scene::of([unavailable(), unavailable(), throttled(), fine()]);
    assert_eq!(start(&scene.handle()).await.unwrap_err(), "StartBuild: 400 ThrottlingException: Rate exceeded (attempt 3 of 3)");

    let scene = Scene::of((0..6).map(|_| unavailable()));
    let five = scene.config().retry_config(RetryConfig::standard().with_max_attempts(5).with_use_static_exponential_base(true));
    let error = start(&Handle::new(&SERVICE, five.build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 503 Service Unavailable (attempt 5 of 5)");
    assert_eq!(scene.seconds(), [1, 2, 4, 8]);
}

#[tokio::test]
async fn a_service_that_asks_for_a_wait_gets_it() {
    let asking = |name, value| reply(429, &[(name, value)], "");
    let scene = Scene::of([asking("x-amz-retry-after", "7000"), asking("retry-after", "90"), fine()]);
    start(&scene.handle()).await.unwrap();
    assert_eq!(scene.seconds(), [7, 20]);
}

/// Replies that are broken, or cannot be read.
fn broken() -> [HttpResponse; 5] {
    let bodies = [(200, r#"{"id": "p"#), (200, "<html>Welcome</html>"), (200, "null {"), (500, "{}"), (504, "")];
    bodies.map(|(status, body)| reply(status, &[], body))
}

#[tokio::test]
async fn what_may_be_repeated_is() {
    for reply in broken() {
        let scene = Scene::of([reply, fine()]);
        ping(&scene.handle()).await.unwrap();
    }
    for reply in broken() {
        let scene = Scene::of([reply, fine()]);
        start(&scene.handle()).await.unwrap();
        assert_eq!(scene.replay.requests(), 2);
    }
    let scene = Scene::of([]);
    scene.replay.then(Box::new(|| Some(Err(ConnectorError::io("reset".into())))));
    scene.replay.then(Box::new(|| Some(Err(ConnectorError::timeout("slow".into())))));
    scene.replay.then(Box::new(|| Some(Ok(fine()))));
    ping(&scene.handle()).await.unwrap();
}

/// A reply that is whole is the same the next time, whatever is wrong with it.
#[tokio::test]
async fn a_whole_reply_of_the_wrong_shape_is_not_asked_for_again() {
    let deep = format!(r#"{{"more":{}{}}}"#, "[".repeat(200), "]".repeat(200));
    for body in [r#"{"id": 7}"#, "[]", "7", r#"{"id": {"more": [1]}, "after": null}"#, &deep] {
        let scene = Scene::of([reply(200, &[], body.to_owned()), fine()]);
        let error = start(&scene.handle()).await.unwrap_err();
        assert!(error.starts_with("StartBuild: 200 OK: ") && error.ends_with(" (attempt 1 of 3)"), "{error}");
        assert_eq!(scene.replay.requests(), 1, "{body}");
    }
    for body in [r#"{"id": 7"#, "[", r#"{"id": 7} x"#, &deep[..300], "soon"] {
        let scene = Scene::of([reply(200, &[], body.to_owned()), fine()]);
        start(&scene.handle()).await.unwrap();
        assert_eq!(scene.replay.requests(), 2, "{body}");
    }
}

#[tokio::test]
async fn what_may_not_be_repeated_is_not() {
    for reply in broken() {
        let scene = Scene::of([reply, fine()]);
        let handle = Handle::new(&SERVICE, scene.config().idempotency_token_provider(IdempotencyTokenProvider::disabled()).build());
        let error = start(&handle).await.unwrap_err();
        assert!(error.ends_with(" (attempt 1 of 3, no retry: it may have been carried out)"), "{error}");
    }
    let scene = Scene::of([throttled(), reply(429, &[], "<html>"), fine()]);
    let handle = Handle::new(&SERVICE, scene.config().idempotency_token_provider(IdempotencyTokenProvider::disabled()).build());
    start(&handle).await.unwrap();
}

#[tokio::test]
async fn a_reply_that_is_too_large_is_not_asked_for_again() {
    let scene = Scene::of([reply(200, &[], r#"{"id": "p:1"}"#), fine()]);
    let error = start(&Handle::new(&SERVICE, scene.config().max_response_size(4).build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 200 OK: the body is larger than the 4 bytes that max_response_size allows (attempt 1 of 3)");
}

#[tokio::test]
async fn a_token_protects_while_it_is_valid() {
    // The first reply takes so long that the wait of one second ends just within the five minutes, or with them.
    for (takes, error) in
        [(298, None), (299, Some("StartBuild: 503 Service Unavailable (attempt 1 of 3, no retry: its idempotency token expires)"))]
    {
        let scene = Scene::of([]);
        let hours = scene.hours.clone();
        scene.replay.then(Box::new(move || {
            hours.pass(takes * SECOND);
            Some(Ok(unavailable()))
        }));
        scene.replay.then(Box::new(|| Some(Ok(fine()))));
        assert_eq!(start(&scene.handle()).await.err().as_deref(), error);
    }
    // What only reads has no token.
    let scene = Scene::of([]);
    let hours = scene.hours.clone();
    scene.replay.then(Box::new(move || {
        hours.pass(Duration::from_hours(1));
        Some(Ok(unavailable()))
    }));
    scene.replay.then(Box::new(|| Some(Ok(fine()))));
    ping(&scene.handle()).await.unwrap();
}

#[tokio::test]
async fn an_empty_bucket_ends_retries() {
    let scene = Scene::of((0..150).map(|_| unavailable()).chain((0..11).map(|_| fine())).chain([unavailable(), fine()]));
    let handle = scene.handle();
    // Two retries of ten tokens each.
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
    assert!(scene.replay.headers("amz-sdk-request").last().is_some_and(|attempt| attempt.ends_with("attempt=2; max=3")));
}

#[tokio::test]
async fn no_wait_outlasts_the_operation() {
    let scene = Scene::of([unavailable(), unavailable(), fine()]);
    let limit = TimeoutConfig::builder().operation_timeout(3 * SECOND).build();
    let error = start(&Handle::new(&SERVICE, scene.config().timeout_config(limit).build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 503 Service Unavailable (attempt 2 of 3, no retry: the operation's time is nearly up)");
    assert_eq!(scene.seconds(), [1], "the second wait is not begun");
}

#[tokio::test]
async fn an_attempt_that_takes_too_long_is_repeated() {
    let scene = Scene::of([]);
    scene.replay.then(Box::new(|| None));
    scene.replay.then(Box::new(|| Some(Ok(fine()))));
    let limit = TimeoutConfig::builder().operation_attempt_timeout(5 * SECOND).build();
    start(&Handle::new(&SERVICE, scene.config().timeout_config(limit).build())).await.unwrap();
    assert_eq!(scene.seconds(), [5, 1]);
}

#[tokio::test]
async fn adaptive_mode_waits_its_turn() {
    let scene = Scene::of([fine(), throttled(), fine(), fine()]);
    let adaptive = RetryConfig::adaptive().with_use_static_exponential_base(true);
    let handle = Handle::new(&SERVICE, scene.config().retry_config(adaptive).build());
    ping(&handle).await.unwrap();
    assert!(scene.hours.slept().is_empty(), "nothing is limited before the first throttling");
    ping(&handle).await.unwrap();
    // Half a token a second, none saved up, and five for the retry.
    assert_eq!(scene.seconds(), [10]);
    ping(&handle).await.unwrap();
    let slept = scene.hours.slept();
    assert!(slept.len() == 2 && slept[1] > Duration::ZERO && slept[1] <= 2 * SECOND, "{slept:?}");
    let agents = scene.replay.headers("user-agent");
    assert!(agents.iter().all(|agent| agent.ends_with(" m/F")), "{agents:?}");
}

#[tokio::test]
async fn a_dropped_call_gives_back_what_it_holds() {
    let scene = Scene::of([unavailable()]);
    scene.replay.then(Box::new(|| None));
    let handle = scene.handle();
    {
        let mut call = pin!(ping(&handle));
        poll_fn(|context| {
            assert!(call.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        assert_eq!((scene.replay.requests(), handle.tokens()), (2, 490));
    }
    assert_eq!(handle.tokens(), 500);
}
