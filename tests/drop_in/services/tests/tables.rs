//! Waits for tables of `DynamoDB`.

use crate::config;
use crate::replay::{asked, conversation, refusal};
use aws_sdk_dynamodb::Client;
use serde_json::{Value, json};
use services::tables::{Ready, gone, ready};
use std::time::Duration;

const ARN: &str = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";

fn table(status: &str) -> (u16, Value) {
    (200, json!({ "Table": { "TableName": "orders", "TableArn": ARN, "TableStatus": status } }))
}

fn missing() -> (u16, Value) {
    refusal("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "Requested resource not found")
}

#[tokio::test(start_paused = true)]
async fn a_new_table_is_waited_for() {
    let talk = conversation([missing(), table("CREATING"), table("ACTIVE")]);
    let outcome = ready(&Client::new(&config(&talk)), "orders", Duration::from_secs(600)).await.expect("an outcome");
    assert_eq!(outcome, Ready::Yes(ARN.to_owned()));
    assert_eq!(asked(&talk), vec![("DescribeTable".to_owned(), json!({ "TableName": "orders" })); 3]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_ends_the_wait() {
    let talk = conversation([refusal("AccessDeniedException", "not you")]);
    let outcome = ready(&Client::new(&config(&talk)), "orders", Duration::from_secs(600)).await.expect("an outcome");
    assert_eq!(outcome, Ready::Refused("AccessDeniedException".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_table_goes() {
    let talk = conversation([table("DELETING"), missing()]);
    gone(&Client::new(&config(&talk)), "orders", Duration::from_secs(600)).await.expect("the table is gone");
    assert_eq!(asked(&talk).len(), 2);

    let talk = conversation([refusal("AccessDeniedException", "not you")]);
    let error = gone(&Client::new(&config(&talk)), "orders", Duration::from_secs(600)).await.expect_err("the client may not ask");
    assert!(!matches!(error, aws_sdk_dynamodb::Error::ResourceNotFoundException(_)), "{error:?}");
}
