//! Ten releases of botocore in a row, and what two other services became in them.

use super::compare;
use anyhow::{Context, Result};
use codegen::changes::Style;
use serde_json::Value;
use smithlet_tests::botocore::{self, HISTORY};
use smithlet_tests::{Need, skip};
use std::path::Path;

/// Their models, and how many of the nine steps change them.
const SERVICES: [(&str, usize); 2] = [("ssm/2014-11-06", 5), ("config/2014-11-12", 2)];

#[test]
fn no_step_of_two_histories_passes_unseen() -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore");
    let mut releases = Vec::new();
    for release in HISTORY {
        match botocore::source(&folder, release)? {
            Need::Met(files) => releases.push(files),
            Need::Missing(reason) => return skip("the comparison of ten releases", &reason),
        }
    }
    for (service, expected) in SERVICES {
        let read = |files: &std::path::PathBuf| {
            let path = files.join("botocore/data").join(service).join("service-2.json");
            std::fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        let models = releases.iter().map(read).collect::<Result<Vec<String>>>()?;
        let mut steps = 0;
        for (step, pair) in models.windows(2).enumerate() {
            let [old, new] = pair else { continue };
            // There and back: what comes one way goes the other.
            for (old, new) in [(old, new), (new, old)] {
                let changes = compare(old, new);
                let differs = serde_json::from_str::<Value>(old)? != serde_json::from_str::<Value>(new)?;
                assert_eq!(changes.is_empty(), !differs, "{service}, step {step}");
                assert!(!changes.report(Style::Text, "2019-11-22", true).is_empty());
                steps += usize::from(differs);
            }
        }
        assert_eq!(steps, expected * 2, "{service}");
        let whole = models.first().zip(models.last()).map(|(old, new)| compare(old, new));
        assert!(whole.is_some_and(|changes| !changes.is_empty()));
    }
    Ok(())
}
