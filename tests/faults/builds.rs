//! One call of `StartBuild` starts at most one build, whatever fault occurs.

use super::{Setup, read, refused, start};
use crate::time::READ;
use smithlet_codebuild::Client;
use smithlet_codebuild::config::IdempotencyTokenProvider;
use smithlet_codebuild::config::retry::RetryConfig;
use smithlet_tests::fault::{Request, Script, Step, steps};

type Fault = (&'static str, fn(&Request) -> Vec<Step>);

/// Faults after the service has started the build, which hide the result from the client.
fn faults() -> Vec<Fault> {
    vec![
        ("reset before the reply", steps::reset_before_reply),
        ("close before the reply", steps::close_before_reply),
        ("reset within the headers", steps::reset_within_headers),
        ("reset after the headers", steps::reset_after_headers),
        ("reset within the body", steps::reset_within_body),
        ("short body", steps::short_body),
        ("500", |_| steps::internal("500 Internal Server Error")),
        ("502 without a body", |_| steps::bare("502 Bad Gateway")),
        ("503", |_| steps::internal("503 Service Unavailable")),
        ("504 without a body", |_| steps::bare("504 Gateway Timeout")),
        ("200 without a body", |_| steps::bare("200 OK")),
        ("200 with a page", |_| [vec![Step::Work], steps::page("200 OK")].concat()),
    ]
}

/// The call is repeated with its token and succeeds.
#[tokio::test]
async fn a_start_with_a_token_is_retried_and_starts_one_build() {
    for (name, fault) in faults() {
        let setup = Setup::new(Script::first(2, fault)).await;
        start(&setup.client(), None).await.unwrap_or_else(|failed| panic!("{name}: {failed:?}"));
        let log = setup.server.log();
        assert_eq!(log.builds(), 1, "{name}");
        let first = log.requests[0].token().map(str::to_owned);
        assert!(first.is_some() && log.requests.iter().all(|request| request.token() == first.as_deref()), "{name}");
    }
}

/// The call may have started the build, so it fails without a retry.
#[tokio::test]
async fn a_start_without_a_token_is_not_retried() {
    for (name, fault) in faults() {
        let setup = Setup::new(Script::new(fault)).await;
        let config = setup.config().idempotency_token_provider(IdempotencyTokenProvider::disabled());
        let failed = refused(start(&Client::from_conf(config.build()), None).await);
        let log = setup.server.log();
        assert_eq!((log.requests.len(), log.builds()), (1, 1), "{name}: {failed:?}");
        assert!(failed.line.contains("attempt 1 of 3"), "{name}: {failed:?}");
    }
}

/// A request on a reused connection may have been read before the connection closed, so it is not sent again.
#[tokio::test]
async fn a_start_without_a_token_is_not_resent_when_a_reused_connection_closes() {
    let reads_and_closes = |request: &Request| {
        if request.turn > 1 { vec![Step::Work, Step::Close] } else { steps::healthy(request) }
    };
    let setup = Setup::new(Script::new(reads_and_closes)).await;
    let config = setup.config().idempotency_token_provider(IdempotencyTokenProvider::disabled());
    let client = Client::from_conf(config.build());
    read(&client, "p:1").await.expect("the server answers");
    let failed = refused(start(&client, None).await);
    let log = setup.server.log();
    assert_eq!((log.requests.len(), log.builds()), (2, 1), "{failed:?}");
}

/// A token is valid for five minutes. After that no attempt follows, even if some are left.
#[tokio::test]
async fn no_attempt_follows_an_expired_token() {
    let setup = Setup::new(Script::new(steps::never_answers)).await;
    let client = Client::from_conf(setup.config().retry_config(RetryConfig::standard().with_max_attempts(10)).build());
    let failed = refused(setup.while_held(start(&client, None), 10, READ).await);
    let log = setup.server.log();
    assert_eq!(log.builds(), 1);
    assert!((2..=5).contains(&log.requests.len()), "{} requests of a minute each", log.requests.len());
    // The first was signed at 10:20:30.
    let last = log.requests.last().and_then(|request| request.header("x-amz-date"));
    assert!(last.is_some_and(|last| last < "20191122T102530Z"), "{last:?}");
    assert!(failed.line.ends_with("of 10, no retry: its idempotency token expires)"), "{failed:?}");

    // A read has no such limit.
    let setup = Setup::new(Script::new(steps::never_answers)).await;
    let client = Client::from_conf(setup.config().retry_config(RetryConfig::standard().with_max_attempts(10)).build());
    refused(setup.while_held(read(&client, "p:1"), 10, READ).await);
    assert_eq!(setup.requests(), 10);
}
