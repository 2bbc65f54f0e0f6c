//! Builds of `CodeBuild`.

use crate::config;
use crate::replay::{asked, conversation, refusal};
use aws_sdk_codebuild::Client;
use serde_json::json;
use services::builds::{newest, page_lengths};

#[tokio::test]
async fn only_the_pages_that_are_needed_are_asked_for() {
    let talk = conversation([
        (200, json!({ "ids": ["a", "b"], "nextToken": "1" })),
        (200, json!({ "ids": [], "nextToken": "2" })),
        (200, json!({ "ids": ["c", "d"], "nextToken": "3" })),
    ]);
    assert_eq!(newest(&Client::new(&config(&talk)), 3).await.expect("ids"), ["a", "b", "c"]);
    let asked: Vec<_> = asked(&talk).into_iter().map(|(_, body)| body).collect();
    let expected = [
        json!({ "sortOrder": "DESCENDING" }),
        json!({ "sortOrder": "DESCENDING", "nextToken": "1" }),
        json!({ "sortOrder": "DESCENDING", "nextToken": "2" }),
    ];
    assert_eq!(asked, expected);
}

#[tokio::test]
async fn a_refusal_is_the_error_of_the_operation() {
    let talk = conversation([(200, json!({ "ids": ["a"], "nextToken": "1" })), refusal("InvalidInputException", "no such token")]);
    let error = newest(&Client::new(&config(&talk)), 3).await.expect_err("a refusal").into_service_error();
    assert!(error.is_invalid_input_exception(), "{error}");
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_the_last() {
    let page = |ids: &[&str]| (200, json!({ "ids": ids, "nextToken": "1" }));
    let talk = conversation([page(&["a", "b"]), page(&["c"]), page(&["c"])]);
    assert_eq!(page_lengths(&Client::new(&config(&talk))).await.expect("pages"), [2, 1]);
}
