//! One call with `smithlet-codebuild`.

#[path = "../../one.rs"]
mod one;

use aws_sdk_codebuild::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env().await?;
    one::ask(&client).await
}
