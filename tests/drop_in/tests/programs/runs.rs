//! The requests of the programs, and their results.

use crate::replay::{asked, conversation, refusal};
use crate::replies::{build, builds, client};
use drop_in::log_stream::{self, LogStream, NoLog};
use drop_in::start_and_wait::{exit_code, start_and_wait};
use drop_in::{phases, restart};
use serde_json::{Value, json};

const ID: &str = "web:7c91d6a2";

#[tokio::test(start_paused = true)]
async fn a_build_is_started_with_its_variables_and_waited_for() {
    let running = json!({ "id": ID, "buildStatus": "IN_PROGRESS", "currentPhase": "BUILD" });
    let failed = json!({ "id": ID, "buildStatus": "FAILED", "buildComplete": true });
    let talk = conversation([build(&running), builds(&running), builds(&failed)]);

    let ended = start_and_wait(&client(&talk), "web", &[("STAGE", "test")]).await.expect("a build");
    assert_eq!((ended.id(), ended.build_complete(), exit_code(&ended)), (Some(ID), true, 1));

    let mut asked = asked(&talk);
    let started = &mut asked[0].1;
    // The official crate does not send a token.
    started.as_object_mut().expect("an object").remove("idempotencyToken");
    let variables = json!([{ "name": "STAGE", "value": "test", "type": "PLAINTEXT" }, { "name": "CI", "value": "true" }]);
    let expected = json!({
        "projectName": "web",
        "sourceVersion": "main",
        "environmentVariablesOverride": variables,
        "computeTypeOverride": "BUILD_GENERAL1_SMALL",
        "timeoutInMinutesOverride": 30,
        "privilegedModeOverride": false,
    });
    let look = ("BatchGetBuilds".to_owned(), json!({ "ids": [ID] }));
    assert_eq!(asked, [("StartBuild".to_owned(), expected), look.clone(), look]);
}

#[tokio::test]
async fn a_failed_build_is_explained_phase_by_phase() {
    let phases = json!([
        { "phaseType": "SUBMITTED", "phaseStatus": "SUCCEEDED", "durationInSeconds": 0, "startTime": 1_574_159_460 },
        { "phaseType": "BUILD", "phaseStatus": "FAILED", "durationInSeconds": 61, "startTime": 1_574_159_500.25,
          "contexts": [{ "statusCode": "COMMAND_EXECUTION_ERROR", "message": "make: exit status 2" }] },
        { "phaseType": "COMPLETED", "startTime": 1_574_159_561 },
    ]);
    let talk = conversation([
        builds(&json!({ "id": ID, "projectName": "web", "buildNumber": 7, "buildStatus": "FAILED", "phases": phases })),
        (200, json!({ "builds": [], "buildsNotFound": [ID] })),
    ]);
    let client = client(&talk);
    assert_eq!(
        phases::report(&client, ID).await.expect("a reply").as_deref(),
        Some(
            "web #7 FAILED\n\
             SUBMITTED        SUCCEEDED     0 s from 2019-11-19T10:31:00Z\n\
             BUILD            FAILED       61 s from 2019-11-19T10:31:40.25Z\n  \
             COMMAND_EXECUTION_ERROR: make: exit status 2\n"
        )
    );
    assert_eq!(phases::report(&client, ID).await.expect("a reply"), None);
}

#[tokio::test]
async fn a_log_is_found_by_name_or_by_default() {
    let arn = "arn:aws:logs:eu-west-1:111122223333:log-group:";
    let table = [
        (json!({ "groupName": "builds", "streamName": "one" }), ("builds", "one")),
        (json!({ "cloudWatchLogsArn": format!("{arn}builds:log-stream:two") }), ("builds", "two")),
        (json!({ "cloudWatchLogsArn": format!("{arn}null:log-stream:null") }), ("/aws/codebuild/web", "7c91d6a2")),
        (json!({ "cloudWatchLogs": { "status": "ENABLED", "groupName": "own" } }), ("own", "7c91d6a2")),
    ];
    for (logs, (group, stream)) in table {
        let talk = conversation([builds(&json!({ "id": ID, "logs": logs }))]);
        let found = log_stream::find(&client(&talk), ID).await.expect("a log");
        assert_eq!(found, LogStream { group: group.to_owned(), stream: stream.to_owned() });
    }
}

#[tokio::test]
async fn a_missing_log_differs_from_a_missing_build() {
    let talk = conversation([
        builds(&json!({ "id": ID, "logs": { "cloudWatchLogs": { "status": "DISABLED" } } })),
        (200, json!({ "builds": [], "buildsNotFound": [ID] })),
        refusal("InvalidInputException", "Invalid build ID given"),
        refusal("AccessDeniedException", "not authorized to perform: codebuild:BatchGetBuilds"),
    ]);
    let client = client(&talk);
    assert!(matches!(log_stream::find(&client, ID).await, Err(NoLog::Disabled)));
    assert!(matches!(log_stream::find(&client, ID).await, Err(NoLog::NoBuild(Some(id))) if id == "request-2"));
    assert!(matches!(log_stream::find(&client, ID).await, Err(NoLog::NoBuild(Some(id))) if id == "request-3"));
    let other = log_stream::find(&client, ID).await.expect_err("no permission");
    assert!(matches!(&other, NoLog::Other(cause) if cause.contains("not authorized to perform")), "{other}");
}

fn event(status: &str) -> Value {
    let build = format!("arn:aws:codebuild:eu-west-1:111122223333:build/{ID}");
    json!({ "region": "eu-central-1", "detail": { "build-status": status, "project-name": "web", "build-id": build } })
}

#[tokio::test]
async fn a_failed_build_is_started_again_once() {
    let before = json!({ "id": ID, "resolvedSourceVersion": "c0ffee",
        "environment": { "type": "LINUX_CONTAINER", "image": "i", "computeType": "BUILD_GENERAL1_SMALL", "environmentVariables": [] } });
    let mut again = before.clone();
    again["environment"]["environmentVariables"] = json!([{ "name": "RESTARTED", "value": "1" }]);
    let talk = conversation([builds(&before), build(&json!({ "id": "web:2" })), builds(&again)]);
    let function = restart::Function::with_client(client(&talk));

    let answer = function.handle(&event("SUCCEEDED")).await.expect("an answer");
    assert_eq!(answer["reason"], "it did not fail");
    let answer = function.handle(&event("FAILED")).await.expect("an answer");
    assert_eq!(answer, json!({ "restarted": "web:2", "request": "request-2" }));
    let answer = function.handle(&event("FAILED")).await.expect("an answer");
    assert_eq!(answer["reason"], "it was a second try");

    let request = talk.actual_requests().nth(1).expect("a second request");
    assert_eq!(request.headers().get("x-caller"), Some("restart-function"));
    assert_eq!(request.uri(), "https://codebuild.eu-central-1.amazonaws.com/");
    let (_, body) = asked(&talk).swap_remove(1);
    assert_eq!((&body["sourceVersion"], &body["idempotencyToken"]), (&json!("c0ffee"), &json!("restart-web-7c91d6a2")));
}

#[tokio::test]
async fn the_reason_for_not_restarting_a_build_is_returned() {
    let refusals = [
        refusal("com.amazonaws.codebuild#AccountLimitExceededException", "Cannot have more than 1 builds in queue for the account"),
        refusal("ResourceNotFoundException", "Project cannot be found"),
        refusal("InvalidInputException:http://internal/", "no such source version"),
    ];
    let talk = conversation(refusals.into_iter().flat_map(|refusal| [builds(&json!({ "id": ID })), refusal]));
    let function = restart::Function::with_client(client(&talk));
    let full = function.handle(&event("FAILED")).await.expect("an answer");
    assert_eq!(full["reason"], "Cannot have more than 1 builds in queue for the account");
    let gone = function.handle(&event("FAILED")).await.expect("an answer");
    assert_eq!(gone["reason"], "Project cannot be found");
    let error = function.handle(&event("FAILED")).await.expect_err("an error");
    assert!(error.to_string().contains("InvalidInputException: no such source version"), "{error}");
}
