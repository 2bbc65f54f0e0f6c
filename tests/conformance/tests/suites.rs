//! A fast part of `cargo xtask conformance`: protocols whose suites have few operations, so that little is compiled.

use conformance::protocols;
use smithlet_tests::{Need, skip};

#[test]
fn the_cases_of_small_suites_pass_or_are_listed() -> anyhow::Result<()> {
    let protocols = ["json_1_0", "rpc-v2-cbor"].map(|name| protocols::named(name).expect("the protocol has suites"));
    match conformance::run("conformance-test", &protocols)? {
        Need::Met(report) => {
            assert!(report.holds(), "{report}");
            assert!(report.passed() > 0, "{report}");
            Ok(())
        }
        Need::Missing(reason) => skip("the protocol suites", &reason),
    }
}
