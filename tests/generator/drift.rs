//! `generated/` is compared with the output for the model, so that `cargo test` alone detects drift.

use super::path;

#[test]
fn the_committed_crate_matches_the_model() {
    if let Err(report) = smithlet::codegen::check(&xtask::home::of(&path(".."))) {
        panic!("{report}");
    }
}
