//! `generated/` is what the model says, so that `cargo test` alone notices when it is not.

use super::path;

#[test]
fn the_committed_crate_matches_the_model() {
    if let Err(report) = xtask::codegen::check(&path("..")) {
        panic!("{report}");
    }
}
