//! Error replies and invalid replies: the retries and the error's line for each.

use super::{Setup, config, read, refused, start};
use smithlet_codebuild::Client;
use smithlet_codebuild::config::IdempotencyTokenProvider;
use smithlet_codebuild::error::FailureKind;
use smithlet_tests::fault::{FaultServer, Request, Script, Step, steps};

/// Checks that a read succeeds after one such reply, and that it ends with this line when all three attempts get such a reply.
async fn assert_retried(reply: impl Fn(&Request) -> Vec<Step> + Clone + Send + Sync + 'static, kind: FailureKind, line: &str) {
    let setup = Setup::new(Script::first(1, reply.clone())).await;
    assert_eq!(read(&setup.client(), "p:1").await.unwrap_or_else(|failed| panic!("{line}: {failed:?}")), "p:1");
    assert_eq!((setup.requests(), setup.clock.waits().len()), (2, 1), "{line}");

    let setup = Setup::new(Script::new(reply)).await;
    let failed = refused(read(&setup.client(), "p:1").await);
    assert_eq!((failed.line.as_str(), failed.kind), (format!("BatchGetBuilds: {line}").as_str(), kind));
    assert_eq!((setup.requests(), setup.clock.waits().len()), (3, 2), "{line}");
}

/// The error shows nothing of the page, which may quote the request.
#[tokio::test]
async fn an_error_page_of_a_gateway_is_retried() {
    for (status, reason) in [(502, "Bad Gateway"), (503, "Service Unavailable"), (504, "Gateway Timeout")] {
        let title = format!("{status} {reason}");
        let line = format!("{title}: the body is an HTML page of {} bytes (attempt 3 of 3)", 92 + 2 * title.len());
        assert_retried(move |_| steps::page(&title), FailureKind::Unavailable, &line).await;
    }
}

/// A captive portal answers with a page in place of an output.
#[tokio::test]
async fn a_page_with_status_200_is_retried() {
    let line = "200 OK: the body is an HTML page of 104 bytes, not JSON (attempt 3 of 3)";
    assert_retried(|_| steps::page("200 OK"), FailureKind::Unreadable, line).await;
}

/// Carries out the request and answers with status 200 and this body.
fn success(body: &[u8]) -> Vec<Step> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
    vec![Step::Work, Step::Send([head.as_bytes(), body].concat())]
}

/// A complete and well-formed reply would be the same at another attempt. The error names the member.
#[tokio::test]
async fn a_reply_of_the_wrong_shape_is_not_retried() {
    let deep = format!(r#"{{"more":{}{}}}"#, "[".repeat(200), "]".repeat(200));
    for (body, words) in [
        (r#"{"builds":[{"timeoutInMinutes":"soon"}]}"#, "builds[0].timeoutInMinutes: expected a 32-bit integer, found a string (byte 31)"),
        (r#"{"builds":[[]]}"#, "builds[0]: expected an object, found a list (byte 11)"),
        ("[]", "expected an object, found a list (byte 0)"),
        (&deep, "objects and lists are nested too deeply (byte 134)"),
    ] {
        let body = body.to_owned();
        let setup = Setup::new(Script::new(move |_| success(body.as_bytes()))).await;
        let failed = refused(read(&setup.client(), "p:1").await);
        assert!(failed.line.starts_with("BatchGetBuilds: 200 OK: ") && failed.line.contains(words), "{failed:?}");
        assert!(failed.line.ends_with(" (attempt 1 of 3)"), "{failed:?}");
        assert_eq!((failed.kind, setup.requests()), (FailureKind::WrongShape, 1));
    }
    let setup = Setup::new(Script::new(|_| success(br#"{"build":[]}"#))).await;
    let failed = refused(start(&setup.client(), None).await);
    assert_eq!(failed.line, "StartBuild: 200 OK: build: expected an object, found a list (byte 9) (attempt 1 of 3)");
    assert_eq!((setup.requests(), setup.server.log().builds()), (1, 1));
}

/// Another attempt may succeed after a body that was cut off, is not JSON or is not UTF-8.
#[tokio::test]
async fn a_reply_that_is_not_a_whole_document_is_retried() {
    let cases: [(&[u8], &str); 5] = [
        (br#"{"builds":[{"timeoutInMinutes":"soon""#, "builds[0].timeoutInMinutes: expected a 32-bit integer, found a string (byte 31)"),
        (br#"{"builds":["#, "builds[0]: unexpected end of the document (byte 11)"),
        (br#"{"builds":[]]"#, "builds: expected a comma or the end of the object (byte 12)"),
        (b"soon", "the body is text of 4 bytes, not JSON"),
        (b"{\"builds\":[{\"id\":\"\xff\"}]}", "builds[0].id: invalid UTF-8 (byte 18)"),
    ];
    for (body, words) in cases {
        assert_retried(move |_| success(body), FailureKind::Unreadable, &format!("200 OK: {words} (attempt 3 of 3)")).await;
    }
}

/// The request is quoted after a byte order mark, in a page, and in messages with several encodings.
#[tokio::test]
async fn a_refusal_that_quotes_the_request_shows_no_secret() {
    let secret = "wJalrXUtnFEMI";
    for body in [
        format!("\u{feff}{{\"environmentVariablesOverride\":[{{\"value\":\"{secret}\"}}]}}"),
        format!("<html><title>{secret}</title></html>"),
        format!("<Error><Code>Refused</Code><Message>no {secret}</Message></Error>"),
        format!(r#"{{"message":"no {secret}"}}"#),
        r#"{"message":"no \\u0077JalrXUtnFEMI"}"#.to_owned(),
        r#"{"message":"no d0phbHJYVXRuRkVNSQ=="}"#.to_owned(),
    ] {
        let setup = Setup::new(Script::new(move |_| vec![Step::Send(steps::reply("400 Bad Request", &[], &body))])).await;
        let failed = refused(start(&setup.client(), None).await);
        assert!(!failed.line.contains("JalrXUtnFEMI") && !failed.line.contains("d0phbHJY"), "{failed:?}");
        assert_eq!((failed.kind, setup.requests()), (FailureKind::Refused, 1));
    }
}

/// An empty body is not read as an empty list.
#[tokio::test]
async fn a_success_without_a_body_is_retried() {
    let line = "200 OK: the body is empty, though the operation has an output (attempt 3 of 3)";
    assert_retried(|_| steps::bare("200 OK"), FailureKind::Unreadable, line).await;
}

/// The statuses are 500, 502, 503 and 504, with an error in the service's format and without.
#[tokio::test]
async fn a_failure_of_the_service_is_retried() {
    for status in ["500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"] {
        assert_retried(move |_| steps::bare(status), FailureKind::Unavailable, &format!("{status} (attempt 3 of 3)")).await;
        let line = format!("{} InternalFailure: We slipped (request id refused-1, attempt 3 of 3)", &status[..3]);
        assert_retried(move |_| steps::internal(status), FailureKind::Unavailable, &line).await;
    }
}

/// The body may be empty or have an unknown code.
#[tokio::test]
async fn status_429_is_throttling_and_is_retried() {
    let status = "429 Too Many Requests";
    assert_retried(move |_| steps::bare(status), FailureKind::Throttling, &format!("{status} (attempt 3 of 3)")).await;
    let line = "429 SomethingNew: Rate exceeded (request id refused-1, attempt 3 of 3)";
    assert_retried(move |_| steps::throttle(status, "SomethingNew"), FailureKind::Throttling, line).await;
}

/// A throttled request is not carried out, so that a build without a token is retried too.
#[tokio::test]
async fn a_throttling_code_under_400_is_retried() {
    let codes =
        ["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown", "RequestThrottledException"];
    for code in codes {
        let line = format!("400 {code}: Rate exceeded (request id refused-1, attempt 3 of 3)");
        assert_retried(move |_| steps::throttle("400 Bad Request", code), FailureKind::Throttling, &line).await;

        let setup = Setup::new(Script::first(2, move |_| steps::throttle("400 Bad Request", code))).await;
        let config = setup.config().idempotency_token_provider(IdempotencyTokenProvider::disabled());
        start(&Client::from_conf(config.build()), None).await.unwrap_or_else(|failed| panic!("{code}: {failed:?}"));
        assert_eq!((setup.requests(), setup.server.log().builds()), (3, 1), "{code}");
    }
}

/// Another attempt would be refused too.
#[tokio::test]
async fn a_refusal_is_not_retried() {
    for code in ["InvalidInputException", "AccountLimitExceededException", "AccessDeniedException"] {
        let setup = Setup::new(Script::new(move |_| vec![Step::Send(steps::refusal("400 Bad Request", code, "No"))])).await;
        let failed = refused(start(&setup.client(), None).await);
        assert_eq!(failed.line, format!("StartBuild: 400 {code}: No (request id refused-1, attempt 1 of 3)"));
        assert_eq!((failed.kind, setup.requests()), (FailureKind::Refused, 1));
    }
}

/// The signature is valid only for the original host.
#[tokio::test]
async fn a_redirection_is_not_followed() {
    for status in ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let elsewhere = FaultServer::start(Script::healthy()).await.expect("the server starts");
        let url = elsewhere.url();
        let setup = Setup::new(Script::new(move |_| steps::redirect(status, &url))).await;
        let failed = refused(read(&setup.client(), "p:1").await);
        assert_eq!(failed.line, format!("BatchGetBuilds: {status} (attempt 1 of 3)"));
        assert_eq!((setup.requests(), elsewhere.log().connections), (1, 0));
    }
}

/// The server speaks SSH.
#[tokio::test]
async fn another_protocol_is_reported() {
    let setup = Setup::new(Script::new(|_| vec![Step::Send(b"SSH-2.0-OpenSSH_9.2\r\n\r\n".to_vec()), Step::Close])).await;
    let client = Client::from_conf(config(&setup.clock).endpoint_url(setup.server.url()).build());
    let failed = refused(start(&client, None).await);
    assert!(failed.line.contains(" sent is not a reply in HTTP: "), "{failed:?}");
}
