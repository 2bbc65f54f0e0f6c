//! Jobs in SQS.

use crate::config;
use crate::replay::{asked, conversation, refusal};
use aws_sdk_sqs::Client;
use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;
use serde_json::json;
use services::queue::{Job, NotSent, done, receive, send};

const QUEUE: &str = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs";

#[tokio::test]
async fn a_job_is_sent_with_its_attributes() {
    let talk = conversation([(200, json!({ "MessageId": "m-1", "MD5OfMessageBody": "5d41402abc4b2a76b9719d911017c592" }))]);
    let id = send(&Client::new(&config(&talk)), QUEUE, "resize", "hello", &[1, 2, 255]).await.expect("an id");
    assert_eq!(id, "m-1");
    let expected = json!({
        "QueueUrl": QUEUE,
        "MessageBody": "hello",
        "DelaySeconds": 5,
        "MessageAttributes": {
            "kind": { "DataType": "String", "StringValue": "resize" },
            "picture": { "DataType": "Binary", "BinaryValue": "AQL/" },
        },
    });
    assert_eq!(asked(&talk), [("SendMessage".to_owned(), expected)]);
}

/// The refusal of a queue that does not exist. The header has the code of the service's older protocol.
fn missing_queue() -> StaticReplayClient {
    let (status, body) = refusal("com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.");
    let reply = http::Response::builder().status(status).header("x-amzn-query-error", "AWS.SimpleQueueService.NonExistentQueue;Sender");
    let request = http::Request::post(QUEUE).body(SdkBody::empty()).expect("a request");
    StaticReplayClient::new(vec![ReplayEvent::new(request, reply.body(SdkBody::from(body.to_string())).expect("a response"))])
}

#[tokio::test]
async fn a_missing_queue_and_other_refusals_are_told_apart() {
    let missing = send(&Client::new(&config(&missing_queue())), QUEUE, "resize", "hello", &[]).await;
    assert!(matches!(missing, Err(NotSent::NoQueue)), "{missing:?}");
    let talk = conversation([refusal("AccessDeniedException", "not allowed")]);
    let refused = send(&Client::new(&config(&talk)), QUEUE, "resize", "hello", &[]).await;
    assert!(matches!(&refused, Err(NotSent::Refused(Some(code))) if code == "AccessDeniedException"), "{refused:?}");
}

#[tokio::test]
async fn jobs_are_received_and_deleted() {
    let message = json!({
        "MessageId": "m-1",
        "Body": "hello",
        "ReceiptHandle": "r-1",
        "Attributes": { "ApproximateReceiveCount": "3" },
        "MessageAttributes": { "kind": { "DataType": "String", "StringValue": "resize" } },
    });
    let (expired, gone) = (refusal("com.amazonaws.sqs#ReceiptHandleIsInvalid", "expired"), (200, json!({})));
    let talk = conversation([(200, json!({ "Messages": [message] })), gone, expired, (200, json!({}))]);
    let client = Client::new(&config(&talk));
    let jobs = receive(&client, QUEUE).await.expect("jobs");
    let job = Job { text: "hello".to_owned(), kind: Some("resize".to_owned()), attempt: 3, receipt: "r-1".to_owned() };
    assert_eq!(jobs, [job]);
    assert!(done(&client, QUEUE, &jobs[0]).await.expect("an answer"));
    assert!(!done(&client, QUEUE, &jobs[0]).await.expect("an answer"));
    assert_eq!(receive(&client, QUEUE).await.expect("no jobs"), []);
    let expected = json!({
        "QueueUrl": QUEUE,
        "MaxNumberOfMessages": 10,
        "WaitTimeSeconds": 20,
        "MessageSystemAttributeNames": ["ApproximateReceiveCount"],
        "MessageAttributeNames": ["kind"],
    });
    let asked = asked(&talk);
    assert_eq!(asked[0], ("ReceiveMessage".to_owned(), expected));
    assert_eq!(asked[1], ("DeleteMessage".to_owned(), json!({ "QueueUrl": QUEUE, "ReceiptHandle": "r-1" })));
}
