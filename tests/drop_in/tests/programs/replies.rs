//! Replies of `CodeBuild`, and clients that receive them.

use aws_sdk_codebuild::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_codebuild::{Client, Config};
use aws_smithy_http_client::test_util::StaticReplayClient;
use serde_json::{Value, json};

/// A client that uses this test client.
pub(crate) fn client(conversation: &StaticReplayClient) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(conversation.clone())
        .build();
    Client::from_conf(config)
}

/// The reply to `StartBuild` and `StopBuild`.
pub(crate) fn build(build: &Value) -> (u16, Value) {
    (200, json!({ "build": build }))
}

/// The reply to `BatchGetBuilds` with a build.
pub(crate) fn builds(build: &Value) -> (u16, Value) {
    (200, json!({ "builds": [build], "buildsNotFound": [] }))
}
