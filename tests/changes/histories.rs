//! Ten successive releases of botocore, and two other services in them.

use super::compare;
use anyhow::{Context, Result};
use codegen::changes::Style;
use codegen::import::{Docs, Request, import};
use codegen::{Operations, Source};
use serde_json::{Value, json};
use smithlet_tests::botocore::{self, HISTORY};
use smithlet_tests::{Need, skip};
use std::path::Path;

/// The services, and the number of the nine steps that change their models.
const SERVICES: [(&str, usize); 2] = [("ssm/2014-11-06", 5), ("config/2014-11-12", 2)];

/// The models of each service, oldest first, or the reason why they are missing.
fn histories() -> Result<Need<Vec<Vec<String>>>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("botocore");
    let mut models = vec![Vec::new(); SERVICES.len()];
    for release in HISTORY {
        let files = match botocore::source(&folder, release)? {
            Need::Met(files) => files,
            Need::Missing(reason) => return Ok(Need::Missing(reason)),
        };
        for (list, (service, _)) in models.iter_mut().zip(SERVICES) {
            let path = files.join("botocore/data").join(service).join("service-2.json");
            list.push(std::fs::read_to_string(&path).with_context(|| path.display().to_string())?);
        }
    }
    Ok(Need::Met(models))
}

#[test]
fn every_step_of_two_histories_is_reported() -> Result<()> {
    let histories = match histories()? {
        Need::Met(histories) => histories,
        Need::Missing(reason) => return skip("the comparison of ten releases", &reason),
    };
    for ((service, expected), models) in SERVICES.into_iter().zip(histories) {
        let mut steps = 0;
        for (step, pair) in models.windows(2).enumerate() {
            let [old, new] = pair else { continue };
            // Each step is compared in both directions.
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

/// A model in Smithy's form with one operation, which the service does not have.
fn blank(upstream: &Value) -> String {
    let of = |key: &str| upstream["metadata"][key].as_str().unwrap_or_default();
    let version = of("jsonVersion").replace('.', "_");
    let service = json!({
        "type": "service", "version": "", "operations": [{ "target": "ours#Nothing" }],
        "traits": { "aws.api#service": { "sdkId": of("serviceId"), "endpointPrefix": of("endpointPrefix") }, (format!("aws.protocols#awsJson{version}")): {} }
    });
    json!({ "smithy": "2.0", "shapes": {
        (format!("ours#{}", of("targetPrefix"))): service, "ours#Nothing": { "type": "operation" }
    } })
    .to_string()
}

#[test]
fn a_history_imported_step_by_step_arrives_where_upstream_is() -> Result<()> {
    let histories = match histories()? {
        Need::Met(histories) => histories,
        Need::Missing(reason) => return skip("the import of ten releases", &reason),
    };
    for ((service, _), models) in SERVICES.into_iter().zip(histories) {
        let mut ours = String::new();
        for (step, model) in models.iter().enumerate() {
            let upstream: Value = serde_json::from_str(model)?;
            if step == 0 {
                ours = blank(&upstream);
            }
            let names = upstream["operations"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
            let request = Request {
                upstream: Source { file: "upstream.json", text: model },
                endpoint_rules: None,
                paginators: None,
                waiters: None,
                model: Source { file: "model.json", text: &ours },
                overlay: None,
                changelog: None,
                record: None,
                release: None,
                operations: Operations::Named(names),
                docs: Docs::Theirs,
                date: "2019-11-22",
                take_version: false,
            };
            let imported = import(&request).unwrap_or_else(|findings| panic!("{service}, step {step}: {findings:#?}"));
            if step + 1 == models.len() {
                let again = import(&Request { model: Source { file: "model.json", text: &imported.model }, ..request });
                assert!(again.is_ok_and(|again| again.model == imported.model), "{service}: once more changes nothing");
            }
            ours = imported.model;
            let rest = compare(&ours, model);
            // If upstream does not have a text any more, the earlier one stays.
            assert!(rest.operations.is_empty() && rest.changes.is_empty(), "{service}, step {step}: {:?}", super::lines(&rest));
        }
    }
    Ok(())
}
