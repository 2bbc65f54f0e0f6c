//! Programs written for AWS's own crates of several services compile and run with generated crates in their place. The package
//! `drop-in-services` in `tests/peers` has the same files and the originals.

use super::compiled::{cargo, replaced, write, write_manifest};
use super::path;
use super::whole::{data, write_crate};
use anyhow::Result;
use codegen::Operations;
use smithlet_tests::{Need, skip};
use std::fs;

/// The services with their models in botocore's data, and the operations that the programs call.
const SERVICES: [(&str, &str, &[&str]); 9] = [
    ("codebuild", "codebuild/2016-10-06", &["ListBuilds"]),
    ("dynamodb", "dynamodb/2012-08-10", &["DescribeTable", "GetItem", "PutItem", "Query", "Scan"]),
    ("ebs", "ebs/2019-11-02", &["GetSnapshotBlock", "PutSnapshotBlock"]),
    ("eks", "eks/2017-11-01", &["DescribeCluster", "ListClusters", "ListNodegroups"]),
    ("lambda", "lambda/2015-03-31", &["Invoke"]),
    ("scheduler", "scheduler/2021-06-30", &["CreateSchedule", "DeleteSchedule", "GetSchedule", "ListSchedules"]),
    ("secretsmanager", "secretsmanager/2017-10-17", &["CreateSecret", "GetSecretValue", "PutSecretValue"]),
    ("sesv2", "sesv2/2019-09-27", &["SendEmail"]),
    ("sqs", "sqs/2012-11-05", &["DeleteMessage", "ReceiveMessage", "SendMessage"]),
];

#[test]
fn programs_for_official_crates_run_with_generated_ones() -> Result<()> {
    let data = match data()? {
        Need::Met(data) => data,
        Need::Missing(reason) => return skip("programs for official crates", &reason),
    };
    let root = path("../target/services");
    let mut manifest = fs::read_to_string(path("peers/drop-in-services/Cargo.toml"))?;
    for (service, model, operations) in SERVICES {
        let name = format!("smithlet-{service}");
        let operations = operations.iter().map(|&operation| operation.to_owned()).collect();
        let overlay = fs::read_to_string(path(&format!("drop_in/services/{service}.overlay.json"))).ok();
        write_crate(&root.join(service), &name, &data.join(model), overlay.as_deref(), Operations::Named(operations))?;
        // The only lines that a user changes.
        let line = format!("aws-sdk-{service} = ");
        manifest = replaced(&manifest, &format!("{line}\"1\""), &format!("{line}{{ package = \"{name}\", path = \"../{service}\" }}"));
    }
    for (part, replacement) in [
        ("edition.workspace = true\n", "edition = \"2024\"\n"),
        ("license.workspace = true\n", ""),
        ("[lints]\nworkspace = true\n", ""),
        ("\"../../drop_in", &format!("\"{}", path("drop_in").display())),
    ] {
        manifest = replaced(&manifest, part, replacement);
    }
    write(&root.join("programs/Cargo.toml"), &manifest);
    write_manifest(&root, SERVICES.map(|(service, ..)| service).into_iter().chain(["programs"]));
    cargo(&root, &["test", "--package", "drop-in-services", "--test", "programs"]);
    Ok(())
}
