//! Replies that quote their request in nested encodings.

use super::super::body;
use super::super::replay::Replay;
use super::{CREDENTIALS, assert_error_hides, assert_hidden, assert_hides, config, secrets, start, trace};
use proptest::prelude::{any, prop};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use smithlet_tests::quoting::{quoted, shows};
use std::cell::Cell;
use std::error::Error;

/// Checks that no cause of an error shows a secret, in any known encoding.
fn assert_shows_nothing(error: &(dyn Error + 'static), secrets: &[String]) {
    assert_error_hides(error, secrets);
    for cause in std::iter::successors(Some(error), |&error| error.source()) {
        let shown = format!("{cause} {cause:?}");
        for secret in secrets {
            let mark: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
            assert!(!shows(&shown, &mark), "{secret} is in {shown}");
        }
    }
}

#[test]
fn no_quotation_of_a_request_shows_a_secret() {
    let secrets = secrets("start_build.request");
    let request = format!("{} {}", body("start_build.request"), CREDENTIALS.join(" "));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    let config_of_test = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config_of_test, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let cases = (prop::sample::select(vec![200, 400, 403, 500]), prop::collection::vec(any::<u8>(), 0..6));
    let failures = Cell::new(0);
    let result = runner.run(&cases, |(status, recipe)| {
        let replay = Replay::new(status, quoted(&request, &recipe));
        let mut outcome = None;
        let seen = trace::of(|| {
            let start = start(&replay).expect("all is set");
            outcome = Some(runtime.block_on(start.customize().config_override(config()).send()));
        });
        assert_hidden(&seen, &secrets);
        if let Some(Err(error)) = outcome {
            failures.update(|count| count + 1);
            assert_shows_nothing(&error, &secrets);
            let service = error.into_service_error();
            assert_shows_nothing(&service, &secrets);
            assert_hides(service.meta(), &secrets);
        }
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
    assert!(failures.get() > 200, "{} of 300 calls failed", failures.get());
}

/// A message that quotes nothing is not redacted.
#[tokio::test]
async fn a_message_without_a_secret_is_shown_whole() {
    let message = "User: arn:aws:iam::111122223333:user/eve is not authorized to perform: codebuild:StartBuild on resource: \
                   arn:aws:codebuild:eu-west-1:111122223333:project/projectName-28";
    let replay = Replay::new(400, serde_json::json!({ "__type": "AccessDeniedException", "message": message }).to_string());
    let error = start(&replay).expect("all is set").send().await.expect_err("it is refused");
    assert_eq!(error.to_string(), format!("StartBuild: 400 AccessDeniedException: {message} (request id request-1, attempt 1 of 1)"));
}

/// A secret in its plain form is cut out of the message; in any other form it hides the whole message.
#[tokio::test]
async fn a_secret_in_a_message_is_redacted() {
    for (words, shown) in [
        (
            "Value 'value 18' at 'environmentVariablesOverride' is too long",
            "Value '(redacted)' at 'environmentVariablesOverride' is too long",
        ),
        ("cannot use dmFsdWUgMTg=", "(not shown: it quotes a sensitive value)"),
    ] {
        let replay = Replay::new(400, serde_json::json!({ "__type": "InvalidInputException", "message": words }).to_string());
        let error = start(&replay).expect("all is set").send().await.expect_err("it is refused");
        assert_eq!(error.to_string(), format!("StartBuild: 400 InvalidInputException: {shown} (request id request-1, attempt 1 of 1)"));
        let service = error.into_service_error();
        assert!(service.is_invalid_input_exception());
        assert_eq!(service.meta().message(), Some(shown));
    }
}
