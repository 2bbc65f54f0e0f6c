//! Silent and slow servers: a call ends at a timeout, and its connection is closed.

use super::{Setup, read, refused, start};
use crate::time::{ATTEMPT, LONG, READ, REPLY, SHORT};
use smithlet_codebuild::Client;
use smithlet_codebuild::config::retry::RetryConfig;
use smithlet_codebuild::config::timeout::TimeoutConfig;
use smithlet_codebuild::error::FailureKind;
use smithlet_tests::fault::{Pace, Request, Script, Step, steps};
use std::sync::Arc;
use std::time::Duration;

/// The timeout is the default.
#[tokio::test]
async fn a_silent_server_times_out_after_a_minute() {
    let setup = Setup::new(Script::new(steps::never_answers)).await;
    let client = setup.client();
    let failed = refused(setup.while_held(read(&client, "p:1"), 3, READ).await);
    assert_eq!(failed.line, format!("BatchGetBuilds: no reply from {} within 60 s (attempt 3 of 3)", setup.server.url()));
    assert_eq!(failed.kind, FailureKind::Timeout);
    assert_eq!(setup.requests(), 3);
    setup.all_closed().await;
}

#[tokio::test]
async fn an_attempt_ends_at_its_timeout() {
    let setup = Setup::new(Script::new(steps::never_answers)).await;
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).build();
    let client = Client::from_conf(setup.config().timeout_config(timeouts).build());
    let failed = refused(setup.while_held(read(&client, "p:1"), 3, ATTEMPT).await);
    assert_eq!(failed.line, "BatchGetBuilds: timed out: the attempt took longer than 7 s (attempt 3 of 3)");
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Timeout, 3));
    setup.all_closed().await;
}

/// A client with a timeout for operations.
fn with_deadline(setup: &Setup, deadline: Duration) -> Client {
    let timeouts = TimeoutConfig::builder().operation_timeout(deadline).build();
    Client::from_conf(setup.config().timeout_config(timeouts).build())
}

/// The call ends although attempts are left.
#[tokio::test]
async fn an_operation_ends_at_its_timeout() {
    let setup = Setup::new(Script::new(steps::never_answers)).await;
    let client = with_deadline(&setup, SHORT);
    let failed = refused(setup.while_held(start(&client, None), 1, SHORT).await);
    assert_eq!(failed.line, "StartBuild: timed out: the operation took longer than 45 s (attempt 1 of 3)");
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Timeout, 1));
    setup.all_closed().await;
}

#[tokio::test]
async fn headers_that_stall_time_out_after_a_minute() {
    let setup = Setup::new(Script::new(steps::stall_within_headers)).await;
    let client = setup.client();
    let failed = refused(setup.while_held(read(&client, "p:1"), 3, READ).await);
    assert!(failed.line.ends_with("within 60 s (attempt 3 of 3)"), "{failed:?}");
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Timeout, 3));
    setup.all_closed().await;
}

/// The error has the id of the request.
#[tokio::test]
async fn a_body_that_stalls_times_out_after_a_minute() {
    let setup = Setup::new(Script::new(steps::stall_within_body)).await;
    let client = setup.client();
    let driver = async {
        for attempt in 1.. {
            setup.server.until(|log| log.held >= attempt).await;
            // Each attempt starts the read timeout twice: for the head of the reply and for the rest of its body.
            setup.clock.asked_for(READ, 2 * attempt).await;
            setup.clock.pass(READ);
        }
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("the driver never ends") };
    let failed = refused(outcome);
    let reason = "the body broke off: nothing more of it came within 60 s (request id request-3, attempt 3 of 3)";
    assert_eq!(failed.line, format!("BatchGetBuilds: 200 OK: {reason}"));
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Timeout, 3));
    setup.all_closed().await;
}

/// The limit is the default of `max_response_time`, and begins with the reply's head.
#[tokio::test]
async fn a_dripping_body_ends_after_five_minutes() {
    let permits = steps::gate();
    let pace = Pace::Permits(Arc::clone(&permits));
    let setup = Setup::new(Script::new(move |request: &Request| steps::drip(request, pace.clone()))).await;
    let client = Client::from_conf(setup.config().retry_config(RetryConfig::disabled()).build());
    let driver = async {
        setup.clock.asked_for(REPLY, 1).await;
        // The first read timeout was for the head. Another one starts whenever no more of the body is available.
        for minute in 2.. {
            setup.clock.asked_for(READ, minute).await;
            setup.clock.pass(READ / 2);
            permits.add_permits(1);
        }
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("the driver never ends") };
    let failed = refused(outcome);
    let reason = "the body was not complete within the 300 s that max_response_time allows";
    assert_eq!(failed.line, format!("BatchGetBuilds: 200 OK: {reason} (request id request-1, attempt 1 of 1)"));
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Timeout, 1));
    setup.all_closed().await;
}

/// The body is never silent for as long as the read timeout.
#[tokio::test]
async fn a_dripping_body_ends_at_the_operation_timeout() {
    let permits = steps::gate();
    let pace = Pace::Permits(Arc::clone(&permits));
    let setup = Setup::new(Script::new(move |request: &Request| steps::drip(request, pace.clone()))).await;
    let client = with_deadline(&setup, LONG);
    let half = READ / 2;
    let driver = async {
        // The first read timeout was for the head. Another one starts whenever no more of the body is available.
        for minute in 2.. {
            setup.clock.asked_for(READ, minute).await;
            setup.clock.pass(half);
            permits.add_permits(1);
        }
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("the driver never ends") };
    let failed = refused(outcome);
    assert_eq!(failed.line, "BatchGetBuilds: timed out: the operation took longer than 240 s (attempt 1 of 3)");
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Timeout, 1));
    setup.all_closed().await;
}

/// The read timeout lasts until the headers are complete.
#[tokio::test]
async fn dripping_headers_time_out_after_a_minute() {
    let permits = steps::gate();
    let pace = Pace::Permits(Arc::clone(&permits));
    let script = move |request: &Request| vec![Step::Work, Step::Drip(steps::success(request), pace.clone())];
    let setup = Setup::new(Script::new(script)).await;
    let client = with_deadline(&setup, LONG);
    let driver = async {
        for attempt in 1..=3 {
            setup.clock.asked_for(READ, attempt).await;
            // The connection of the previous attempt is closed, so that it cannot use the permits of this one.
            setup.server.until(|log| log.requests.len() >= attempt && log.open == 1).await;
            for _ in 0..4 {
                let sent = setup.server.log().sent;
                permits.add_permits(1);
                setup.server.until(|log| log.sent > sent).await;
                setup.clock.pass(READ / 4);
            }
        }
        std::future::pending::<()>().await;
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("the driver never ends") };
    let failed = refused(outcome);
    assert_eq!(failed.line, format!("BatchGetBuilds: no reply from {} within 60 s (attempt 3 of 3)", setup.server.url()));
    assert_eq!((failed.kind, setup.requests()), (FailureKind::Timeout, 3));
    setup.all_closed().await;
}

/// The silent connection is not used again, and the wait before the second attempt is bounded.
#[tokio::test]
async fn the_attempt_after_a_silence_uses_another_connection() {
    let setup = Setup::new(Script::first(1, steps::never_answers)).await;
    let client = setup.client();
    let outcome = setup.while_held(read(&client, "p:1"), 1, READ).await;
    assert_eq!(outcome.expect("the second attempt succeeds"), "p:1");
    assert_eq!(read(&client, "p:2").await.expect("the server answers"), "p:2");
    let connections = setup.connections();
    assert!(connections.len() == 3 && !connections[1..].contains(&1), "the silent connection is used again: {connections:?}");
    let waits = setup.clock.waits();
    assert!(matches!(waits[..], [wait] if wait <= Duration::from_secs(20)), "{waits:?}");
}
