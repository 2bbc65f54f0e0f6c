//! A fast part of `cargo xtask conformance`: one protocol, whose operations are few.

use conformance::protocols;
use smithlet_tests::{Need, skip};

#[test]
fn the_cases_of_aws_json_1_0_pass_or_are_listed() -> anyhow::Result<()> {
    let protocol = protocols::named("json_1_0").expect("the protocol has suites");
    match conformance::run("conformance-test", &[protocol])? {
        Need::Met(report) => {
            assert!(report.holds(), "{report}");
            assert!(report.passed() > 0, "{report}");
            Ok(())
        }
        Need::Missing(reason) => skip("the protocol suites", &reason),
    }
}
