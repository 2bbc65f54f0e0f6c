//! One call with `aws-sdk-codebuild`.

#[path = "../../one.rs"]
mod one;

use aws_sdk_codebuild::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(&aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await);
    one::ask(&client).await
}
