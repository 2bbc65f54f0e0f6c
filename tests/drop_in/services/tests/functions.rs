//! Functions.

use crate::bound::{bound, sent};
use crate::config;
use aws_sdk_lambda::Client;
use aws_smithy_types::retry::RetryConfig;
use serde_json::json;
use services::functions::{Answer, resize};

#[tokio::test]
async fn a_function_answers_with_its_document_and_log() {
    let headers = [("X-Amz-Log-Result", "TE9H"), ("X-Amz-Executed-Version", "7"), ("content-type", "application/json")];
    let talk = bound([(200, &headers[..], "[1, 2]".to_owned())]);
    let answer = resize(&Client::new(&config(&talk)), "{\"width\":7}").await;
    assert_eq!(answer, Ok(Answer { status: 200, text: "[1, 2]".to_owned(), log: Some("TE9H".to_owned()) }));
    let request = talk.actual_requests().next().expect("a request");
    assert_eq!(request.headers().get("x-amz-invocation-type"), Some("RequestResponse"));
    assert_eq!(request.headers().get("x-amz-log-type"), Some("Tail"));
    assert_eq!(request.headers().get("content-type"), Some("application/octet-stream"));
    let uri = "https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/resize/invocations?Qualifier=live";
    assert_eq!(sent(&talk), [("POST".to_owned(), uri.to_owned(), "{\"width\":7}".to_owned())]);
}

#[tokio::test]
async fn a_failure_of_the_function_and_one_of_the_service_are_told_apart() {
    let failed = (200, &[("x-amz-function-error", "Unhandled")][..], json!({ "errorMessage": "no" }).to_string());
    let talk = bound([failed]);
    assert_eq!(resize(&Client::new(&config(&talk)), "{}").await, Err("Unhandled: {\"errorMessage\":\"no\"}".to_owned()));
    let busy = (429, &[("x-amzn-errortype", "TooManyRequestsException"), ("Retry-After", "7")][..], json!({ "Type": "User" }).to_string());
    let config = config(&bound([busy])).into_builder().retry_config(RetryConfig::disabled()).build();
    assert_eq!(resize(&Client::new(&config), "{}").await, Err("busy, retry after 7".to_owned()));
}
