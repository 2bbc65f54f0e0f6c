//! Waits before another attempt that the service asks for.

use super::{Setup, read};
use smithlet_tests::fault::{Request, Script, Step, steps};
use std::time::Duration;

/// The waits of a read whose first reply has this status and these headers, and whose second is a success.
async fn waits(status: &'static str, headers: &'static [(&'static str, &'static str)]) -> Vec<Duration> {
    let reply = move |_: &Request| vec![Step::Send(steps::reply(status, headers, ""))];
    let setup = Setup::new(Script::first(1, reply)).await;
    assert_eq!(read(&setup.client(), "p:1").await.expect("the second attempt succeeds"), "p:1");
    setup.clock.waits()
}

/// AWS's header is in milliseconds.
#[tokio::test]
async fn x_amz_retry_after_is_heeded() {
    assert_eq!(waits("503 Service Unavailable", &[("x-amz-retry-after", "1500")]).await, [Duration::from_millis(1_500)]);
    assert_eq!(waits("429 Too Many Requests", &[("x-amz-retry-after", "4000")]).await, [Duration::from_secs(4)]);
}

/// The header of HTTP is in seconds.
#[tokio::test]
async fn retry_after_is_heeded() {
    assert_eq!(waits("503 Service Unavailable", &[("retry-after", "3")]).await, [Duration::from_secs(3)]);
    assert_eq!(waits("429 Too Many Requests", &[("retry-after", "4")]).await, [Duration::from_secs(4)]);
}

/// A service cannot make a client wait forever.
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
