//! What Python and botocore make of random inputs, and what our code makes of them: see `smithlet_tests::reference`.
//!
//! Each module states where we differ on purpose, and why.

mod expirations;
mod profiles;
mod proxies;
mod words;

use std::path::Path;

use anyhow::Result;
use smithlet_tests::reference::{Reference, Tally};
use smithlet_tests::{Need, skip};

/// Runs a comparison, or says in words that the reference is missing.
fn against_reference(test: &str, compare: impl FnOnce(&mut Reference) -> Result<Tally>) -> Result<Option<Tally>> {
    match Reference::start(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore"))? {
        Need::Met(mut reference) => compare(&mut reference).map(Some),
        Need::Missing(reason) => skip(test, &reason).map(|()| None),
    }
}
