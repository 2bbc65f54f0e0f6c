//! Comparing what was sent and read with what a case expects.

mod cbor;
mod reply;
mod request;
mod value;

use crate::suites::{Case, What};
use serde_json::Value;

/// The outcome of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Everything is as expected.
    Passed,
    /// These differences were found, each one line.
    Failed(Vec<String>),
}

/// Compares the observation of a case (see [`workspace`](crate::workspace)) with what the case expects.
pub fn case(case: &Case, observation: &Value) -> Verdict {
    let differences = if let Some(why) = observation["refused"].as_str() {
        vec![format!("the operation is not generated: {why}")]
    } else if let Some(why) = observation["panic"].as_str() {
        vec![format!("the call panics: {why}")]
    } else {
        match &case.what {
            What::Request(expected) => request::differences(expected, case.encoding, observation),
            What::Reply { expected, .. } => reply::differences(expected, observation),
        }
    };
    if differences.is_empty() { Verdict::Passed } else { Verdict::Failed(differences) }
}

/// A line about a difference.
fn differs(what: &str, expected: impl std::fmt::Display, found: impl std::fmt::Display) -> String {
    format!("{what}: expected {expected}, found {found}")
}
