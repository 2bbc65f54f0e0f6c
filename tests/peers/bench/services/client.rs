//! The client of a measured program, and the loop of its calls. The program's argument is the number of rounds.

use crate::Client;

/// The error of a program.
pub(crate) type Failure = Box<dyn std::error::Error>;

/// Runs so many rounds, one after the other.
pub(crate) fn run(round: impl AsyncFn(&Client) -> Result<(), Failure>) -> Result<(), Failure> {
    let count: u32 = std::env::args().nth(1).ok_or("expected a number of rounds")?.parse()?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let client = client().await?;
        for _ in 0..count {
            round(&client).await?;
        }
        Ok(())
    })
}

/// Official crates take their settings from aws-config.
#[cfg(feature = "official")]
async fn client() -> Result<Client, Failure> {
    Ok(Client::new(&aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await))
}

#[cfg(not(feature = "official"))]
async fn client() -> Result<Client, Failure> {
    Ok(Client::from_env().await?)
}
