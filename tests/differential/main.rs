//! Random inputs for Python and botocore and for our code: see `smithlet_tests::reference`.
//!
//! Each module documents the intended differences and their reasons.

mod expirations;
mod profiles;
mod proxies;
mod words;

use std::path::Path;

use anyhow::Result;
use smithlet_tests::reference::{Reference, Tally};
use smithlet_tests::{Need, skip};

/// Runs a comparison, or skips the test when the reference is missing.
fn against_reference(test: &str, compare: impl FnOnce(&mut Reference) -> Result<Tally>) -> Result<Option<Tally>> {
    match Reference::start(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore"))? {
        Need::Met(mut reference) => compare(&mut reference).map(Some),
        Need::Missing(reason) => skip(test, &reason).map(|()| None),
    }
}
