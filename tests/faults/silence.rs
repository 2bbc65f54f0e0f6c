//! Servers that are silent, or as good as: a call ends in time, and its connection with it.

use super::{Scene, read, refused, start};
use crate::time::{ATTEMPT, LONG, READ, REPLY, SHORT};
use smithlet_codebuild::Client;
use smithlet_codebuild::config::retry::RetryConfig;
use smithlet_codebuild::config::timeout::TimeoutConfig;
use smithlet_codebuild::error::FailureKind;
use smithlet_tests::fault::{Pace, Request, Script, Step, steps};
use std::sync::Arc;
use std::time::Duration;

/// Without any setting an attempt ends after a minute of silence, and the call after its attempts.
#[tokio::test]
async fn a_silent_server_times_out_after_a_minute() {
    let scene = Scene::new(Script::new(steps::never_answers)).await;
    let client = scene.client();
    let failed = refused(scene.while_held(read(&client, "p:1"), 3, READ).await);
    assert_eq!(failed.line, format!("BatchGetBuilds: no reply from {} within 60 s (attempt 3 of 3)", scene.server.url()));
    assert_eq!(failed.kind, FailureKind::Timeout);
    assert_eq!(scene.requests(), 3);
    scene.abandoned().await;
}

/// An attempt may take no longer than its own timeout.
#[tokio::test]
async fn an_attempt_ends_at_its_timeout() {
    let scene = Scene::new(Script::new(steps::never_answers)).await;
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).build();
    let client = Client::from_conf(scene.config().timeout_config(timeouts).build());
    let failed = refused(scene.while_held(read(&client, "p:1"), 3, ATTEMPT).await);
    assert_eq!(failed.line, "BatchGetBuilds: timed out: the attempt took longer than 7 s (attempt 3 of 3)");
    assert_eq!((failed.kind, scene.requests()), (FailureKind::Timeout, 3));
    scene.abandoned().await;
}

/// A client whose operations may take so long.
fn with_deadline(scene: &Scene, deadline: Duration) -> Client {
    let timeouts = TimeoutConfig::builder().operation_timeout(deadline).build();
    Client::from_conf(scene.config().timeout_config(timeouts).build())
}

/// The operation's deadline ends the call, whatever attempts are left.
#[tokio::test]
async fn an_operation_ends_at_its_timeout() {
    let scene = Scene::new(Script::new(steps::never_answers)).await;
    let client = with_deadline(&scene, SHORT);
    let failed = refused(scene.while_held(start(&client, None), 1, SHORT).await);
    assert_eq!(failed.line, "StartBuild: timed out: the operation took longer than 45 s (attempt 1 of 3)");
    assert_eq!((failed.kind, scene.requests()), (FailureKind::Timeout, 1));
    scene.abandoned().await;
}

/// A minute of silence within the headers ends the attempt.
#[tokio::test]
async fn headers_that_stall_time_out_after_a_minute() {
    let scene = Scene::new(Script::new(steps::stall_within_headers)).await;
    let client = scene.client();
    let failed = refused(scene.while_held(read(&client, "p:1"), 3, READ).await);
    assert!(failed.line.ends_with("within 60 s (attempt 3 of 3)"), "{failed:?}");
    assert_eq!((failed.kind, scene.requests()), (FailureKind::Timeout, 3));
    scene.abandoned().await;
}

/// So does one within the body, and the request's id is told.
#[tokio::test]
async fn a_body_that_stalls_times_out_after_a_minute() {
    let scene = Scene::new(Script::new(steps::stall_within_body)).await;
    let client = scene.client();
    let driver = async {
        for attempt in 1.. {
            scene.server.until(|log| log.held >= attempt).await;
            // Each attempt asks for a minute twice: for the head of the reply and for the rest of its body.
            scene.clock.asked_for(READ, 2 * attempt).await;
            scene.clock.pass(READ);
        }
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("it goes on for ever") };
    let failed = refused(outcome);
    let reason = "the body broke off: nothing more of it came within 60 s (request id request-3, attempt 3 of 3)";
    assert_eq!(failed.line, format!("BatchGetBuilds: 200 OK: {reason}"));
    assert_eq!((failed.kind, scene.requests()), (FailureKind::Timeout, 3));
    scene.abandoned().await;
}

/// Without any setting, a reply that drips ends five minutes after its head.
#[tokio::test]
async fn a_dripping_body_ends_after_five_minutes() {
    let drops = steps::gate();
    let pace = Pace::Permits(Arc::clone(&drops));
    let scene = Scene::new(Script::new(move |request: &Request| steps::drip(request, pace.clone()))).await;
    let client = Client::from_conf(scene.config().retry_config(RetryConfig::disabled()).build());
    let driver = async {
        scene.clock.asked_for(REPLY, 1).await;
        // One minute was asked for before the head. Another is asked for when there is no more of the body to be had.
        for minute in 2.. {
            scene.clock.asked_for(READ, minute).await;
            scene.clock.pass(READ / 2);
            drops.add_permits(1);
        }
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("it goes on for ever") };
    let failed = refused(outcome);
    let reason = "the body was not complete within the 300 s that max_response_time allows";
    assert_eq!(failed.line, format!("BatchGetBuilds: 200 OK: {reason} (request id request-1, attempt 1 of 1)"));
    assert_eq!((failed.kind, scene.requests()), (FailureKind::Timeout, 1));
    scene.abandoned().await;
}

/// A reply that drips is not silent, and ends at the operation's deadline.
#[tokio::test]
async fn a_dripping_body_ends_at_the_operation_timeout() {
    let drops = steps::gate();
    let pace = Pace::Permits(Arc::clone(&drops));
    let scene = Scene::new(Script::new(move |request: &Request| steps::drip(request, pace.clone()))).await;
    let client = with_deadline(&scene, LONG);
    let half = READ / 2;
    let driver = async {
        // One minute was asked for before the head. Another is asked for when there is no more of the body to be had.
        for minute in 2.. {
            scene.clock.asked_for(READ, minute).await;
            scene.clock.pass(half);
            drops.add_permits(1);
        }
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("it goes on for ever") };
    let failed = refused(outcome);
    assert_eq!(failed.line, "BatchGetBuilds: timed out: the operation took longer than 240 s (attempt 1 of 3)");
    assert_eq!((failed.kind, scene.requests()), (FailureKind::Timeout, 1));
    scene.abandoned().await;
}

/// Headers that drip are no reply yet: they have a minute.
#[tokio::test]
async fn dripping_headers_time_out_after_a_minute() {
    let drops = steps::gate();
    let pace = Pace::Permits(Arc::clone(&drops));
    let script = move |request: &Request| vec![Step::Work, Step::Drip(steps::success(request), pace.clone())];
    let scene = Scene::new(Script::new(script)).await;
    let client = with_deadline(&scene, LONG);
    let driver = async {
        for attempt in 1..=3 {
            scene.clock.asked_for(READ, attempt).await;
            // The connection of the attempt before is gone, and takes no drop of this one's.
            scene.server.until(|log| log.requests.len() >= attempt && log.open == 1).await;
            for _ in 0..4 {
                let sent = scene.server.log().sent;
                drops.add_permits(1);
                scene.server.until(|log| log.sent > sent).await;
                scene.clock.pass(READ / 4);
            }
        }
        std::future::pending::<()>().await;
    };
    let outcome = tokio::select! { outcome = read(&client, "p:1") => outcome, () = driver => unreachable!("it goes on for ever") };
    let failed = refused(outcome);
    assert_eq!(failed.line, format!("BatchGetBuilds: no reply from {} within 60 s (attempt 3 of 3)", scene.server.url()));
    assert_eq!((failed.kind, scene.requests()), (FailureKind::Timeout, 3));
    scene.abandoned().await;
}

/// A call that was slow leaves nothing behind for the next one.
#[tokio::test]
async fn the_attempt_after_a_silence_uses_another_connection() {
    let scene = Scene::new(Script::first(1, steps::never_answers)).await;
    let client = scene.client();
    let outcome = scene.while_held(read(&client, "p:1"), 1, READ).await;
    assert_eq!(outcome.expect("the second attempt succeeds"), "p:1");
    assert_eq!(read(&client, "p:2").await.expect("all is well"), "p:2");
    let connections = scene.connections();
    assert!(connections.len() == 3 && !connections[1..].contains(&1), "the silent connection is used again: {connections:?}");
    let waits = scene.clock.waits();
    assert!(matches!(waits[..], [wait] if wait <= Duration::from_secs(20)), "{waits:?}");
}
