//! A program that makes one call, as users of `aws-sdk-codebuild` write it. The bench measures its build, its size and its start.

use aws_sdk_codebuild::Client;
use std::error::Error;

/// Reads a build and prints its status. Then the program runs until its standard input ends, so that its memory can be measured.
pub(crate) async fn ask(client: &Client) -> Result<(), Box<dyn Error>> {
    let reply = client.batch_get_builds().ids("web-shop:3f0c2a5e-8d41-4c6b-9a77-51be0d2c9e14").send().await?;
    let status = reply.builds().first().and_then(|build| build.build_status()).ok_or("no such build")?;
    println!("{status}");
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}
