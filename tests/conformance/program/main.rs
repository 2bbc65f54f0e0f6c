//! Calls operations of generated crates: reads cases from standard input, and writes what was sent and read to standard output.
//!
//! This file is not part of a crate of the workspace: `workspace.rs` copies it beside the modules that `program.rs` makes.

mod call;
mod record;
#[macro_use]
mod value;
mod suites;

use record::Recorder;
use serde_json::{Value, json};
use smithlet_runtime::config::retry::RetryConfig;
use smithlet_runtime::config::{Config, Credentials, IdempotencyTokenProvider, Region};
use std::panic::{AssertUnwindSafe, catch_unwind};

fn main() {
    let cases: Vec<Value> = serde_json::from_reader(std::io::stdin().lock()).expect("the cases are a list");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    // A panic is an observation, which stands beside the others.
    std::panic::set_hook(Box::new(|_| ()));
    let observe = |case: &Value| {
        let result = catch_unwind(AssertUnwindSafe(|| runtime.block_on(observe(case))));
        result.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            json!({ "panic": text.unwrap_or("without a message") })
        })
    };
    let observations: Vec<Value> = cases.iter().map(observe).collect();
    serde_json::to_writer(std::io::stdout().lock(), &observations).expect("the observations can be written");
}

/// Calls a case's operation. Returns what was sent, and the output or the error.
async fn observe(case: &Value) -> Value {
    let text = |key: &str| case[key].as_str().unwrap_or_default();
    let recorder = Recorder::new(&case["reply"]);
    let config = Config::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(case["endpoint"].as_str().unwrap_or("https://example.com"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "conformance"))
        .idempotency_token_provider(IdempotencyTokenProvider::fixed("00000000-0000-4000-8000-000000000000"))
        .http_client(recorder.client())
        .retry_config(RetryConfig::disabled())
        .build();
    let mut observation = match suites::call(config, text("suite"), text("operation"), &case["params"]).await {
        Ok(ended) => ended,
        Err(error) => json!({ "error": { "line": error } }),
    };
    observation["sent"] = recorder.sent();
    observation
}
