//! How long a client waits before it tries again, when the service says so.

use super::{Scene, read};
use smithlet_tests::fault::{Request, Script, Step, steps};
use std::time::Duration;

/// The waits of a read whose first reply is that status with these headers, and the second a success.
async fn waits(status: &'static str, headers: &'static [(&'static str, &'static str)]) -> Vec<Duration> {
    let reply = move |_: &Request| vec![Step::Send(steps::reply(status, headers, ""))];
    let scene = Scene::new(Script::first(1, reply)).await;
    assert_eq!(read(&scene.client(), "p:1").await.expect("the second attempt succeeds"), "p:1");
    scene.clock.waits()
}

/// Milliseconds, as AWS's services say it.
#[tokio::test]
async fn x_amz_retry_after_is_heeded() {
    assert_eq!(waits("503 Service Unavailable", &[("x-amz-retry-after", "1500")]).await, [Duration::from_millis(1_500)]);
    assert_eq!(waits("429 Too Many Requests", &[("x-amz-retry-after", "4000")]).await, [Duration::from_secs(4)]);
}

/// Seconds, as HTTP says it.
#[tokio::test]
async fn retry_after_is_heeded() {
    assert_eq!(waits("503 Service Unavailable", &[("retry-after", "3")]).await, [Duration::from_secs(3)]);
    assert_eq!(waits("429 Too Many Requests", &[("retry-after", "4")]).await, [Duration::from_secs(4)]);
}

/// A service cannot make a client wait for ever, nor break it with what is no time.
#[tokio::test]
async fn a_wait_that_is_too_long_or_malformed_is_bounded() {
    let headers: [&[(&str, &str)]; 4] = [
        &[("x-amz-retry-after", "99999999999999")],
        &[("retry-after", "99999999999999")],
        &[("x-amz-retry-after", "-1")],
        &[("retry-after", "soon")],
    ];
    for headers in headers {
        let waits = waits("503 Service Unavailable", headers).await;
        assert!(matches!(waits[..], [wait] if wait <= Duration::from_secs(20)), "{headers:?}: {waits:?}");
    }
}
