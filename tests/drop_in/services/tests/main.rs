//! Runs the programs with replies that the SDK's test client replays, and those with streams with a server.

mod blocks;
mod bound;
mod builds;
mod clusters;
mod functions;
mod mail;
mod orders;
mod queue;
#[path = "../../tests/programs/replay.rs"]
mod replay;
mod schedules;
mod secrets;
#[expect(dead_code, reason = "the tests of streams need more of it")]
#[path = "../../../generator/programs/streams/server.rs"]
mod server;
mod tables;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::test_util::StaticReplayClient;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::SdkConfig;
use aws_types::region::Region;

/// A configuration for all clients, as aws-config loads it, that uses this test client.
fn config(conversation: &StaticReplayClient) -> SdkConfig {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "tests");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(conversation.clone())
        .build()
}
