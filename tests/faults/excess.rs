//! Endless replies: they are read up to a limit, and their connection is closed.

use super::{Failed, Setup, read, refused};
use smithlet_codebuild::Client;
use smithlet_tests::fault::{Request, Script, Step, steps};

/// The `max_response_size` of the clients in these tests, in bytes.
const LIMIT: usize = 100_000;

/// The maximum that the operating system buffers for each connection, in bytes.
const BUFFERED: u64 = 16 << 20;

/// The error of a read whose every attempt gets an endless reply.
async fn endless(fault: fn(&Request) -> Vec<Step>) -> Failed {
    let setup = Setup::new(Script::new(fault)).await;
    let failed = refused(read(&Client::from_conf(setup.config().max_response_size(LIMIT).build()), "p:1").await);
    setup.all_closed().await;
    let log = setup.server.log();
    assert!(log.sent < BUFFERED * log.connections as u64, "{} bytes over {} connections", log.sent, log.connections);
    failed
}

const TOO_LARGE: &str = "BatchGetBuilds: 200 OK: the body is larger than the 100000 bytes that max_response_size allows (attempt ";

/// The body is in chunks.
#[tokio::test]
async fn an_endless_body_ends_at_the_size_limit() {
    let failed = endless(steps::endless_body).await;
    assert!(failed.line.starts_with(TOO_LARGE), "{failed:?}");
    assert_eq!(failed.kind.retryable(), None, "another attempt would fail too");
}

/// The length exceeds `max_response_size`.
#[tokio::test]
async fn a_body_declared_too_large_is_not_read() {
    let failed = endless(steps::huge_body).await;
    assert!(failed.line.starts_with(TOO_LARGE), "{failed:?}");
    assert_eq!(failed.kind.retryable(), None, "another attempt would fail too");
}

#[tokio::test]
async fn endless_headers_are_refused() {
    let failed = endless(steps::endless_headers).await;
    assert!(failed.line.contains(" sent is not a reply in HTTP: "), "{failed:?}");
}
