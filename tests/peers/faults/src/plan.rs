//! The calls of a client to a faulty server, in a separate process.

use crate::Peer;
use crate::client::{Client, Outcome, Settings};
use crate::pace::Pace;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::task::JoinSet;

/// The first argument of the client's process.
pub(crate) const CHILD: &str = "carry-out";

/// The number of concurrent calls.
pub(crate) const MANY: usize = 1_000;

/// The start of the clocks in rows about clocks: 2019-11-22, 10:20:30 UTC.
const LONG_AGO: Duration = Duration::from_secs(1_574_418_030);

/// The calls of a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Plan {
    /// A read.
    Read,
    /// A read, then another one.
    TwoReads,
    /// A start of a build with the default settings.
    Start,
    /// A start of a build with tokens disabled.
    StartWithoutToken,
    /// A thousand reads at once.
    ManyReads,
    /// A thousand starts at once, each with a token of its own.
    ManyStarts,
    /// Reads that are dropped at various points, each followed by a complete read.
    GivenUp,
}

const PLANS: [Plan; 7] =
    [Plan::Read, Plan::TwoReads, Plan::Start, Plan::StartWithoutToken, Plan::ManyReads, Plan::ManyStarts, Plan::GivenUp];

impl Plan {
    pub(crate) fn starts(self) -> bool {
        matches!(self, Self::Start | Self::StartWithoutToken | Self::ManyStarts)
    }
}

/// A plan with the settings of its client.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) peer: Peer,
    pub(crate) plan: Plan,
    pub(crate) endpoint: Option<String>,
    /// The factor by which time is faster than real time.
    pub(crate) factor: u32,
    /// The timeout of an operation in seconds.
    pub(crate) operation_timeout: Option<u64>,
    pub(crate) long_ago: bool,
    pub(crate) short_lived: bool,
}

impl Order {
    pub(crate) fn text(&self) -> String {
        let plan = PLANS.iter().position(|plan| *plan == self.plan);
        json!([self.peer.name(), plan, self.endpoint, self.factor, self.operation_timeout, self.long_ago, self.short_lived]).to_string()
    }

    pub(crate) fn parse(text: &str) -> Result<Self> {
        let order: Value = serde_json::from_str(text)?;
        let number = |at: usize| order[at].as_u64();
        let plan = number(1).and_then(|plan| PLANS.get(usize::try_from(plan).ok()?)).context("expected the index of a plan")?;
        Ok(Self {
            peer: Peer::named(order[0].as_str().unwrap_or_default())?,
            plan: *plan,
            endpoint: order[2].as_str().map(str::to_owned),
            factor: u32::try_from(number(3).context("expected a factor")?)?,
            operation_timeout: number(4),
            long_ago: order[5] == true,
            short_lived: order[6] == true,
        })
    }

    /// Makes the calls. Returns a JSON array with the outcome as text and the time in seconds.
    pub(crate) async fn carry_out(&self) -> Result<String> {
        smithlet_tests::fault::many_connections();
        let pace = Pace::new(self.factor, if self.long_ago { SystemTime::UNIX_EPOCH + LONG_AGO } else { SystemTime::now() });
        let settings = Settings {
            endpoint: self.endpoint.clone(),
            pace,
            operation_timeout: self.operation_timeout.map(Duration::from_secs),
            tokens: self.plan != Plan::StartWithoutToken,
            short_lived: self.short_lived,
        };
        let client = settings.client(self.peer);
        let words = match self.plan {
            Plan::Read => told(client.read("p:1").await, "p:1"),
            Plan::TwoReads => {
                let first = told(client.read("p:1").await, "p:1");
                let second = told(client.read("p:2").await, "p:2");
                if first == second { format!("both: {first}") } else { format!("first: {first}; second: {second}") }
            }
            Plan::Start | Plan::StartWithoutToken => match client.start(None).await {
                Ok(_) => "succeeds".to_owned(),
                Err(line) => format!("`{line}`"),
            },
            Plan::ManyReads | Plan::ManyStarts => many(&client, self.plan).await,
            Plan::GivenUp => given_up(&client).await,
        };
        Ok(json!([words, pace.passed().as_secs_f64()]).to_string())
    }
}

fn told(outcome: Outcome, expected: &str) -> String {
    match outcome {
        Ok(id) if id == expected => "succeeds".to_owned(),
        Ok(id) => format!("**gets {id} for {expected}**"),
        Err(line) => format!("`{line}`"),
    }
}

async fn many(client: &Arc<dyn Client>, plan: Plan) -> String {
    let mut calls = JoinSet::new();
    for number in 0..MANY {
        let id = format!("p:{number}");
        let call = if plan == Plan::ManyReads { client.read(&id) } else { client.start(Some(&number.to_string())) };
        calls.spawn(async move { (call.await, id) });
    }
    let outcomes = calls.join_all().await.into_iter().map(|(outcome, id)| told(outcome, &id));
    let mut lost: Vec<_> = outcomes.filter(|words| words != "succeeds").collect();
    match lost.pop() {
        None => "none is lost".to_owned(),
        Some(words) => format!("**{} of {MANY} are lost**: {words}", lost.len() + 1),
    }
}

async fn given_up(client: &Arc<dyn Client>) -> String {
    for round in 0..300_u64 {
        let call = tokio::spawn(client.read("dropped:1"));
        for _ in 0..(round * 7_919) % 23 {
            tokio::task::yield_now().await;
        }
        call.abort();
        let id = format!("p:{round}");
        let words = told(client.read(&id).await, &id);
        if words != "succeeds" {
            return format!("in round {round}: {words}");
        }
    }
    "300 calls after one that was given up: all succeed".to_owned()
}
