//! The default retries, which depend on the operation.

use super::replay::Replay;
use smithlet_codebuild::Client;
use smithlet_codebuild::config::IdempotencyTokenProvider;

/// An unavailable service, a reply that was cut off, a page from a proxy, and an empty reply.
const BROKEN: [(u16, &str); 4] = [(503, ""), (200, r#"{"builds":["#), (200, "<html>Welcome</html>"), (200, "")];

/// Checks the number of requests, and that they have the same body and are numbered.
#[track_caller]
fn assert_sent(replay: &Replay, times: usize) {
    let requests = replay.all();
    assert!(requests.iter().all(|request| request.body == requests[0].body));
    let attempts: Vec<&str> = requests.iter().map(|request| request.headers["amz-sdk-request"].as_str()).collect();
    let expected = ["attempt=1; max=3", "ttl=20191122T120100Z; attempt=2; max=3", "ttl=20191122T120100Z; attempt=3; max=3"];
    assert_eq!(attempts, expected[..times]);
}

#[tokio::test]
async fn a_read_is_retried() {
    for (status, body) in BROKEN {
        let replay = Replay::new(status, body);
        let error =
            Client::from_conf(replay.config().build()).batch_get_builds().ids("p:1").send().await.expect_err("every reply is invalid");
        assert!(error.to_string().ends_with("(request id request-1, attempt 3 of 3)"), "{error}");
        assert_sent(&replay, 3);
    }
}

#[tokio::test]
async fn an_idempotent_operation_is_retried() {
    for (status, body) in BROKEN {
        let replay = Replay::new(status, body);
        Client::from_conf(replay.config().build()).stop_build().id("p:1").send().await.expect_err("every reply is invalid");
        assert_sent(&replay, 3);
    }
}

#[tokio::test]
async fn a_start_is_retried_only_with_a_token() {
    for (status, body) in BROKEN {
        let replay = Replay::new(status, body);
        Client::from_conf(replay.config().build()).start_build().project_name("p").send().await.expect_err("every reply is invalid");
        assert_sent(&replay, 3);

        let replay = Replay::new(status, body);
        let config = replay.config().idempotency_token_provider(IdempotencyTokenProvider::disabled());
        let error = Client::from_conf(config.build()).start_build().project_name("p").send().await.expect_err("every reply is invalid");
        assert!(error.to_string().ends_with("attempt 1 of 3, no retry: it may have been carried out)"), "{error}");
        assert_sent(&replay, 1);
    }
}

#[tokio::test]
async fn throttling_is_retried_and_other_refusals_are_not() {
    let disabled = IdempotencyTokenProvider::disabled;
    for (status, body, times) in
        [(400, r#"{"__type":"ThrottlingException"}"#, 3), (429, "", 3), (400, r#"{"__type":"InvalidInputException"}"#, 1)]
    {
        let replay = Replay::new(status, body);
        let config = replay.config().idempotency_token_provider(disabled()).build();
        Client::from_conf(config).start_build().project_name("p").send().await.expect_err("it is refused");
        assert_sent(&replay, times);
    }
}
