//! JSON in the formats of the AWS CLI.

use smithlet_codebuild::operation::batch_get_builds::BatchGetBuildsOutput;
use smithlet_codebuild::operation::start_build::StartBuildInput;
use smithlet_codebuild::primitives::DateTime;
use smithlet_codebuild::types::{Build, BuildPhaseType, StatusType};

/// The output of `aws codebuild batch-get-builds` of version 2, with timestamps in the machine's time zone.
const ISO_8601: &str = include_str!("files/batch-get-builds.iso8601.json");
/// The same output with `cli_timestamp_format = wire`, the default of version 1.
const WIRE: &str = include_str!("files/batch-get-builds.wire.json");

fn read(text: &str) -> BatchGetBuildsOutput {
    serde_json::from_str(text).expect("the file is valid")
}

#[test]
fn a_file_of_batch_get_builds_is_read() {
    let output = read(ISO_8601);
    assert_eq!(output.builds_not_found(), ["web:00000000-0000-0000-0000-000000000000"]);
    let [build] = output.builds() else { panic!("{output:?}") };
    assert_eq!(build.build_status(), Some(&StatusType::Failed));
    assert_eq!(build.start_time(), Some(&DateTime::from_secs(1_574_424_000)));
    assert_eq!(build.end_time(), Some(&DateTime::from_millis(1_574_424_053_902)));
    let failed = build.phases().iter().find(|phase| phase.phase_status() == Some(&StatusType::Failed)).expect("a phase failed");
    assert_eq!((failed.phase_type(), failed.duration_in_seconds()), (Some(&BuildPhaseType::Build), Some(23)));
    assert!(failed.contexts()[0].message().is_some_and(|message| message.contains("make test")));
    assert_eq!(build.environment().map(|environment| environment.environment_variables()[1].value()), Some("hunter2"));
    assert!(build.logs().and_then(|logs| logs.cloud_watch_logs_arn()).is_some_and(|arn| arn.starts_with("arn:aws:logs:")));
}

#[test]
fn both_formats_of_timestamps_give_the_same_builds() {
    assert_eq!(read(ISO_8601), read(WIRE));
}

#[test]
fn the_builds_alone_are_read() {
    let value: serde_json::Value = serde_json::from_str(ISO_8601).expect("the file is JSON");
    let builds: Vec<Build> = serde_json::from_value(value["builds"].clone()).expect("--query builds");
    let build: Build = serde_json::from_value(value["builds"][0].clone()).expect("--query 'builds[0]'");
    assert_eq!(builds, [build]);
}

#[test]
fn builds_survive_a_round_trip() {
    let output = read(ISO_8601);
    assert_eq!(read(&serde_json::to_string_pretty(&output).expect("every value can be written")), output);
}

#[test]
fn an_input_is_a_file_for_cli_input_json() {
    let text = r#"{"projectName": "web", "environmentVariablesOverride": [{"name": "STAGE", "value": "test", "type": "PLAINTEXT"}]}"#;
    let input: StartBuildInput = serde_json::from_str(text).expect("the file is valid");
    assert_eq!(input.environment_variables_override()[0].value(), "test");
    assert_eq!(serde_json::to_value(&input).ok(), serde_json::from_str(text).ok());
}
