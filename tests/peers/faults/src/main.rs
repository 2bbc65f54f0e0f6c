//! Compares the behaviour of `smithlet-codebuild` and `aws-sdk-codebuild` under the faults of `tests/faults`, as a table in Markdown.
//!
//! The server is that of the tests. Each client runs in a separate process, because the official crate's retries share one token bucket in a
//! process and some settings are environment variables. Both use their defaults unless a row says otherwise. In rows that would take minutes
//! the timers and clocks of both run faster by the same factor, and the times in the table are those of the clocks.

mod cases;
mod client;
mod pace;
mod plan;
mod report;

use anyhow::{Result, bail};
use cases::cases;
use plan::Order;
use std::process::ExitCode;

/// The two clients.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Peer {
    Ours,
    Official,
}

impl Peer {
    fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Official => "official",
        }
    }

    fn named(name: &str) -> Result<Self> {
        match name {
            "ours" => Ok(Self::Ours),
            "official" => Ok(Self::Official),
            _ => bail!("unknown client {name:?}: expected ours or official"),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [word, order] if word == plan::CHILD => {
            let order = Order::parse(order)?;
            println!("{}", order.carry_out().await?);
        }
        chosen => {
            smithlet_tests::fault::many_connections();
            println!("| Fault | Promise | Ours | aws-sdk-codebuild |\n|---|---|---|---|");
            for case in cases().iter().filter(|case| chosen.is_empty() || chosen.iter().any(|word| case.fault.contains(word.as_str()))) {
                let (ours, official) = (report::cell(case, Peer::Ours).await?, report::cell(case, Peer::Official).await?);
                println!("| {} | {} | {ours} | {official} |", case.fault, case.promise);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
