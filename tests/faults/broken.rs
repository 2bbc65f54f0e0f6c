//! Connections that break: a call that may be repeated is sent again on another connection, and succeeds.

use super::{Setup, read, refused, start};
use smithlet_codebuild::error::FailureKind;
use smithlet_tests::fault::{Request, Script, Step, steps};

/// Checks that a read succeeds at its second attempt, and that the error has the reason when every attempt breaks.
async fn assert_retried(fault: fn(&Request) -> Vec<Step>, reason: &str) {
    let setup = Setup::new(Script::first(1, fault)).await;
    let client = setup.client();
    assert_eq!(read(&client, "p:1").await.expect("the second attempt succeeds"), "p:1");
    assert_eq!(read(&client, "p:2").await.expect("the server answers"), "p:2");
    let connections = setup.connections();
    assert!(connections.len() == 3 && !connections[1..].contains(&1), "the broken connection is used again: {connections:?}");

    let setup = Setup::new(Script::new(fault)).await;
    let failed = refused(read(&setup.client(), "p:1").await);
    assert!(failed.line.starts_with("BatchGetBuilds: ") && failed.line.contains(reason), "{failed:?}");
    assert!(failed.line.ends_with("attempt 3 of 3)"), "{failed:?}");
    assert_eq!(failed.kind, FailureKind::Connection, "{failed:?}");
    assert!((3..=4).contains(&setup.requests()), "three attempts, and one free resend: {}", setup.requests());
}

#[tokio::test]
async fn a_reset_before_the_reply_is_retried() {
    assert_retried(steps::reset_before_reply, "the connection to http://127.0.0.1:").await;
}

#[tokio::test]
async fn a_close_before_the_reply_is_retried() {
    assert_retried(steps::close_before_reply, "was closed before the reply was complete").await;
}

#[tokio::test]
async fn a_reset_within_the_headers_is_retried() {
    assert_retried(steps::reset_within_headers, "the connection to http://127.0.0.1:").await;
}

#[tokio::test]
async fn a_close_within_the_headers_is_retried() {
    assert_retried(steps::close_within_headers, "was closed before the reply was complete").await;
}

#[tokio::test]
async fn a_reset_after_the_headers_is_retried() {
    assert_retried(steps::reset_after_headers, "200 OK: the body broke off: ").await;
}

#[tokio::test]
async fn a_reset_within_the_body_is_retried() {
    assert_retried(steps::reset_within_body, "200 OK: the body broke off: ").await;
}

/// A truncated list is never read as a complete one.
#[tokio::test]
async fn a_body_shorter_than_its_length_is_retried() {
    assert_retried(steps::short_body, "200 OK: the body broke off: ").await;
}

/// A request that the server has not read, or only in part, is repeated on another connection.
#[tokio::test]
async fn a_break_before_the_request_is_read_is_retried() {
    for end in [Step::Reset, Step::Close] {
        for greeting in [vec![end.clone()], vec![Step::Take(20), end.clone()]] {
            let script = Script::healthy().greeting(move |connection| if connection == 1 { greeting.clone() } else { Vec::new() });
            let setup = Setup::new(script).await;
            let client = setup.client();
            assert_eq!(read(&client, "p:1").await.expect("another connection works"), "p:1");
            assert_eq!((setup.requests(), setup.server.log().connections), (1, 2));
        }
    }
}

/// A connection that the service closes while it is idle, or at its second request, costs neither an attempt nor a wait.
#[tokio::test]
async fn a_connection_closed_on_reuse_costs_no_attempt() {
    for fault in [steps::close_on_reuse, steps::close_after_reply] {
        let setup = Setup::new(Script::new(fault)).await;
        let client = setup.client();
        for number in 0..10 {
            let id = format!("p:{number}");
            assert_eq!(read(&client, &id).await.expect("another connection works"), id);
            assert_eq!(start(&client, Some(&id)).await.expect("another connection works"), format!("p:{id}"));
        }
        let log = setup.server.log();
        assert_eq!(log.builds(), 10);
        assert!(
            log.requests.iter().all(|request| request.header("amz-sdk-request").is_some_and(|attempt| attempt.starts_with("attempt=1;")))
        );
        assert!(setup.clock.waits().is_empty(), "{:?}", setup.clock.waits());
    }
}
