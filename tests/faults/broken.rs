//! Connections that break: a call that may be repeated is, on another connection, and its caller sees nothing of it.

use super::{Scene, read, refused, start};
use smithlet_codebuild::error::FailureKind;
use smithlet_tests::fault::{Request, Script, Step, steps};

/// Whatever breaks the first attempt, a read succeeds with the second; and when every attempt breaks, the line says how.
async fn breaks(fault: fn(&Request) -> Vec<Step>, how: &str) {
    let scene = Scene::new(Script::first(1, fault)).await;
    let client = scene.client();
    assert_eq!(read(&client, "p:1").await.expect("the second attempt succeeds"), "p:1");
    assert_eq!(read(&client, "p:2").await.expect("all is well"), "p:2");
    let connections = scene.connections();
    assert!(connections.len() == 3 && !connections[1..].contains(&1), "the broken connection is used again: {connections:?}");

    let scene = Scene::new(Script::new(fault)).await;
    let failed = refused(read(&scene.client(), "p:1").await);
    assert!(failed.line.starts_with("BatchGetBuilds: ") && failed.line.contains(how), "{failed:?}");
    assert!(failed.line.ends_with("attempt 3 of 3)"), "{failed:?}");
    assert_eq!(failed.kind, FailureKind::Connection, "{failed:?}");
    assert!((3..=4).contains(&scene.requests()), "three attempts, and one free resend: {}", scene.requests());
}

/// A read is repeated.
#[tokio::test]
async fn a_reset_before_the_reply_is_retried() {
    breaks(steps::reset_before_reply, "the connection to http://127.0.0.1:").await;
}

/// A read is repeated.
#[tokio::test]
async fn a_close_before_the_reply_is_retried() {
    breaks(steps::close_before_reply, "was closed before the reply was complete").await;
}

/// A read is repeated.
#[tokio::test]
async fn a_reset_within_the_headers_is_retried() {
    breaks(steps::reset_within_headers, "the connection to http://127.0.0.1:").await;
}

/// A read is repeated.
#[tokio::test]
async fn a_close_within_the_headers_is_retried() {
    breaks(steps::close_within_headers, "was closed before the reply was complete").await;
}

/// A read is repeated.
#[tokio::test]
async fn a_reset_after_the_headers_is_retried() {
    breaks(steps::reset_after_headers, "200 OK: the body broke off: ").await;
}

/// A read is repeated.
#[tokio::test]
async fn a_reset_within_the_body_is_retried() {
    breaks(steps::reset_within_body, "200 OK: the body broke off: ").await;
}

/// Half a list is never taken for a whole one.
#[tokio::test]
async fn a_body_shorter_than_its_length_is_retried() {
    breaks(steps::short_body, "200 OK: the body broke off: ").await;
}

/// Nothing of the request was read, or part of it: the call is repeated on another connection.
#[tokio::test]
async fn a_break_before_the_request_is_read_is_retried() {
    for end in [Step::Reset, Step::Close] {
        for greeting in [vec![end.clone()], vec![Step::Take(20), end.clone()]] {
            let script = Script::healthy().greeting(move |connection| if connection == 1 { greeting.clone() } else { Vec::new() });
            let scene = Scene::new(script).await;
            let client = scene.client();
            assert_eq!(read(&client, "p:1").await.expect("another connection is in order"), "p:1");
            assert_eq!((scene.requests(), scene.server.log().connections), (1, 2));
        }
    }
}

/// A connection that the service closes while it is idle, or at its second request, costs neither an attempt nor a wait.
#[tokio::test]
async fn a_connection_closed_on_reuse_costs_no_attempt() {
    for fault in [steps::close_on_reuse, steps::close_after_reply] {
        let scene = Scene::new(Script::new(fault)).await;
        let client = scene.client();
        for number in 0..10 {
            let id = format!("p:{number}");
            assert_eq!(read(&client, &id).await.expect("another connection is in order"), id);
            assert_eq!(start(&client, Some(&id)).await.expect("another connection is in order"), format!("p:{id}"));
        }
        let log = scene.server.log();
        assert_eq!(log.builds(), 10);
        assert!(
            log.requests.iter().all(|request| request.header("amz-sdk-request").is_some_and(|attempt| attempt.starts_with("attempt=1;")))
        );
        assert!(scene.clock.waits().is_empty(), "{:?}", scene.clock.waits());
    }
}
