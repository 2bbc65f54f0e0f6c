//! Replies without end: they are read up to a bound, and their connection is given up.

use super::{Failed, Scene, read, refused};
use smithlet_codebuild::Client;
use smithlet_tests::fault::{Request, Script, Step, steps};

/// What the clients of these tests read of a body, in bytes.
const BOUND: usize = 100_000;

/// What the operating system takes for a reader that does not come, in bytes: no more than this for each connection.
const BUFFERED: u64 = 16 << 20;

async fn floods(fault: fn(&Request) -> Vec<Step>) -> Failed {
    let scene = Scene::new(Script::new(fault)).await;
    let failed = refused(read(&Client::from_conf(scene.config().max_response_size(BOUND).build()), "p:1").await);
    scene.abandoned().await;
    let log = scene.server.log();
    assert!(log.sent < BUFFERED * log.connections as u64, "{} bytes over {} connections", log.sent, log.connections);
    failed
}

const TOO_LARGE: &str = "BatchGetBuilds: 200 OK: the body is larger than the 100000 bytes that max_response_size allows (attempt ";

/// A body in chunks ends at `max_response_size`.
#[tokio::test]
async fn an_endless_body_ends_at_the_size_limit() {
    let failed = floods(steps::endless_body).await;
    assert!(failed.line.starts_with(TOO_LARGE), "{failed:?}");
    assert_eq!(failed.kind.retryable(), None, "it would be as large again");
}

/// A body that says that it is larger than `max_response_size` is not read.
#[tokio::test]
async fn a_body_declared_too_large_is_not_read() {
    let failed = floods(steps::huge_body).await;
    assert!(failed.line.starts_with(TOO_LARGE), "{failed:?}");
    assert_eq!(failed.kind.retryable(), None, "it would be as large again");
}

/// Headers have a bound too.
#[tokio::test]
async fn endless_headers_are_refused() {
    let failed = floods(steps::endless_headers).await;
    assert!(failed.line.contains(" sent is not a reply in HTTP: "), "{failed:?}");
}
