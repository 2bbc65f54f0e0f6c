//! What the faults of `tests/faults` do to `smithlet-codebuild` and to `aws-sdk-codebuild`, side by side, as a table in Markdown.
//!
//! The server is that of the tests. Each client runs in a process of its own, since the official crate's retries share one quota in a process
//! and some settings are environment variables. Both have their defaults unless a row says otherwise. For rows that take minutes their timers
//! and clocks run faster by the same factor, and the times in the table are by those clocks.

mod cases;
mod client;
mod pace;
mod plan;
mod report;

use anyhow::{Result, bail};
use cases::cases;
use plan::Order;
use std::process::ExitCode;

/// Who is set before the server.
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
            _ => bail!("nobody is called {name}"),
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
