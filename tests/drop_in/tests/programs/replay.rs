//! Replayed replies, and the requests that were sent, of services that speak JSON.

use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient};
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

/// A test client that gives these replies in order and records the requests.
pub(crate) fn conversation(replies: impl IntoIterator<Item = (u16, Value)>) -> StaticReplayClient {
    let event = |(number, (status, body)): (usize, (u16, Value))| {
        let request = http::Request::post("https://service.eu-west-1.amazonaws.com/").body(SdkBody::empty());
        let response = http::Response::builder()
            .status(status)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amzn-requestid", format!("request-{}", number + 1))
            .body(SdkBody::from(body.to_string()));
        ReplayEvent::new(request.expect("a request"), response.expect("a response"))
    };
    StaticReplayClient::new(replies.into_iter().enumerate().map(event).collect())
}

/// The operations and bodies of the recorded requests.
pub(crate) fn asked(conversation: &StaticReplayClient) -> Vec<(String, Value)> {
    let asked = conversation.actual_requests().map(|request| {
        let target = request.headers().get("x-amz-target").expect("a target");
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = request.body().bytes().expect("a body in memory");
        (operation, serde_json::from_slice(body).expect("a body of JSON"))
    });
    asked.collect()
}

/// An error reply.
pub(crate) fn refusal(code: &str, message: &str) -> (u16, Value) {
    (400, json!({ "__type": code, "message": message }))
}
