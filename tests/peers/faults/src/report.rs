//! A cell of the table: the result of a client with a server that has the row's fault.

use crate::cases::{Case, Stage};
use crate::{Order, Peer, plan};
use anyhow::{Context as _, Result};
use serde_json::Value;
use smithlet_tests::fault::{FaultServer, Log};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// Runs the client with the server and describes the result.
pub(crate) async fn cell(case: &Case, peer: Peer) -> Result<String> {
    let Stage { script, endpoint, variables, gate, file: _file } = (case.stage)()?;
    let server = FaultServer::start(script).await?;
    let endpoint = endpoint.map(|endpoint| endpoint.replace("{}", &server.url()));
    let order = Order {
        peer,
        plan: case.plan,
        endpoint,
        factor: case.factor,
        operation_timeout: case.operation_timeout,
        long_ago: case.long_ago,
        short_lived: case.short_lived,
    };
    let mut command = Command::new(std::env::current_exe()?);
    // The client must not see the machine's profiles, keys and proxies.
    command.args([plan::CHILD, &order.text()]).env_clear().stdin(Stdio::null()).kill_on_drop(true);
    for (name, value) in variables {
        command.env(name, value.replace("{}", &server.url()));
    }
    // The gate opens when all calls have connected.
    let calls_are_there = async {
        if let Some(gate) = gate {
            server.until(|log| log.connections >= plan::MANY).await;
            gate.add_permits(100 * plan::MANY);
        }
        std::future::pending::<Result<String>>().await
    };
    let patience = Duration::from_secs(case.patience);
    let words = tokio::select! {
        words = tokio::time::timeout(patience, carried_out(command)) => match words {
            Ok(words) => words?,
            Err(_) => format!("**hangs** (stopped after {} s)", case.patience * u64::from(case.factor)),
        },
        words = calls_are_there => words?,
    };
    Ok(format!("{words}; {}", figures(case, &server.log())))
}

async fn carried_out(mut command: Command) -> Result<String> {
    let output = command.output().await?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let told: Value = serde_json::from_str(&text).with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let (words, time) = (told[0].as_str().unwrap_or_default(), told[1].as_f64().unwrap_or_default());
    Ok(format!("{}; {time:.1} s", words.replace('|', "\\|").replace('\n', " ")))
}

fn figures(case: &Case, log: &Log) -> String {
    let plural = |count: usize, thing: &str| format!("{count} {thing}{}", if count == 1 { "" } else { "s" });
    let mut figures = vec![plural(log.requests.len(), "request")];
    if case.plan.starts() {
        figures.push(plural(log.builds(), "build"));
    }
    let megabytes = log.sent >> 20;
    if megabytes > 0 {
        figures.push(format!("{megabytes} MB"));
    }
    if case.short_lived {
        let keys: Vec<_> = log.requests.iter().filter_map(|request| request.key()).collect();
        figures.push(format!("signed with {}", keys.join(", ")));
    }
    figures.join(", ")
}
