//! Uses of serde in programs.

use serde::{Deserialize, Serialize};
use serde_json::json;
use smithlet_codebuild::operation::batch_get_builds::{BatchGetBuilds, BatchGetBuildsOutput};
use smithlet_codebuild::types::{Build, EnvironmentVariable, ProjectEnvironment, StatusType};
use smithlet_runtime::support::operation::Operation;
use std::collections::BTreeMap;

/// A user's type with members of the crate's types.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
struct Report {
    counts: BTreeMap<StatusType, u32>,
    last: Option<Build>,
    #[serde(flatten)]
    all: BatchGetBuildsOutput,
}

#[test]
fn types_of_the_crate_can_be_members_of_a_users_type() {
    let value = json!({
        "counts": {"FAILED": 1, "PAUSED": 2},
        "last": null,
        "builds": [{"id": "a:b", "buildComplete": false, "buildStatus": "PAUSED"}],
        "buildsNotFound": ["a:c"],
    });
    let report: Report = serde_json::from_value(value.clone()).expect("the value is valid");
    assert_eq!(report.counts.get(&StatusType::from("PAUSED")), Some(&2));
    assert_eq!(report.all.builds()[0].id(), Some("a:b"));
    assert_eq!(serde_json::to_value(&report).ok(), Some(value));
}

#[test]
fn an_unknown_enum_value_survives() {
    let status: StatusType = serde_json::from_str(r#""PAUSED""#).expect("any text is a status");
    assert_eq!(status.as_str(), "PAUSED");
    assert_eq!(serde_json::to_string(&status).ok().as_deref(), Some(r#""PAUSED""#));
}

#[test]
fn serde_is_as_lenient_as_the_client() {
    let odd = json!({
        "builds": [null, {"id": "a:b", "timeoutInMinutes": 60.0, "environment": {"image": null, "environmentVariables": [{"name": "A"}]},
                          "artifacts": null, "from": {"tomorrow": [1]}}],
        "more": {},
    });
    let output: BatchGetBuildsOutput = serde_json::from_value(odd).expect("all of it is accepted");
    let [build] = output.builds() else { panic!("{output:?}") };
    assert_eq!((build.timeout_in_minutes(), build.artifacts()), (Some(60), None));
    let environment = build.environment().expect("it is set");
    assert_eq!((environment.image(), environment.compute_type().as_str()), ("", ""));
    assert_eq!(environment.environment_variables()[0].value(), "");
}

#[test]
fn a_wrong_type_is_an_error_with_the_members_path() {
    let wrong = r#"{"builds": [{}, {"logs": {"groupName": 7}}]}"#;
    let error = serde_json::from_str::<BatchGetBuildsOutput>(wrong).expect_err("a number is not a string");
    assert_eq!(error.to_string(), "builds[1].logs.groupName: expected a string, found a number");
    let error = serde_json::from_str::<Build>("[]").expect_err("a list is not an object");
    assert_eq!(error.to_string(), "expected an object, found a list");
    assert!(serde_json::from_str::<StatusType>("7").is_err());
}

#[test]
fn serde_writes_sensitive_values_that_debug_hides() {
    let variable: EnvironmentVariable = serde_json::from_value(json!({"name": "TOKEN", "value": "hunter2"})).expect("it is valid");
    assert!(!format!("{variable:?}").contains("hunter2"));
    assert_eq!(serde_json::to_value(&variable).ok(), Some(json!({"name": "TOKEN", "value": "hunter2"})));
}

#[test]
fn an_error_shows_no_value() {
    let wrong = json!({"environmentVariables": [{"name": "TOKEN", "value": ["hunter2"]}]});
    let error = serde_json::from_value::<ProjectEnvironment>(wrong).expect_err("a list is not a string");
    assert_eq!(error.to_string(), "environmentVariables[0].value: expected a string, found a list");
}

#[test]
fn the_request_id_is_not_written() {
    let mut output: BatchGetBuildsOutput = serde_json::from_str("{}").expect("nothing is required");
    BatchGetBuilds::set_request_id(&mut output, Some("request-1".to_owned()));
    assert_eq!(serde_json::to_value(&output).ok(), Some(json!({})));
}
