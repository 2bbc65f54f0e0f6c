//! The requests that the crate sends and the replies that it reads, for each operation: with every member set, and with none.
//!
//! `bodies/` holds a request and a reply for each operation, in which every member of 2019 has a value. They do not follow the model;
//! `every_member` makes its bodies from the model.

mod endpoints;
mod every_member;
mod failures;
mod idempotency;
mod inputs;
mod lenient;
mod redaction;
mod replay;
mod replies;
mod requests;
mod retries;
mod settings;

use serde_json::Value;

/// A body of `bodies/` as it is sent: members sorted by name, without white space.
#[track_caller]
fn body(name: &str) -> String {
    let path = format!("{}/wire/bodies/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str::<Value>(&text).unwrap_or_else(|error| panic!("{path}: {error}")).to_string()
}
