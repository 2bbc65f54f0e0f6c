//! A hand-written mock: its outputs come from builders, its errors from constructors.

use crate::replay::{asked, conversation};
use crate::replies::{build, builds, client};
use aws_sdk_codebuild::config::http::HttpResponse;
use aws_sdk_codebuild::error::{ConnectorError, ErrorMetadata, SdkError};
use aws_sdk_codebuild::operation::batch_get_builds::{BatchGetBuildsError, BatchGetBuildsOutput};
use aws_sdk_codebuild::operation::start_build::builders::StartBuildInputBuilder;
use aws_sdk_codebuild::operation::start_build::{StartBuildError, StartBuildOutput};
use aws_sdk_codebuild::operation::stop_build::{StopBuildError, StopBuildOutput};
use aws_sdk_codebuild::types::error::{AccountLimitExceededException, ResourceNotFoundException};
use aws_sdk_codebuild::types::{Build, StatusType};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use drop_in::builds::{Builds, Night, nightly};
use serde_json::json;
use std::sync::Mutex;

/// The state of the mocked service.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    Quiet,
    Running,
    Gone,
    Full,
    Unreachable,
}

struct Mock {
    state: State,
    calls: Mutex<Vec<String>>,
}

impl Mock {
    fn new(state: State) -> Self {
        Self { state, calls: Mutex::default() }
    }

    fn note(&self, call: String) {
        self.calls.lock().expect("the lock is not poisoned").push(call);
    }

    fn calls(&self) -> Vec<String> {
        self.calls.lock().expect("the lock is not poisoned").clone()
    }
}

fn bad_request() -> HttpResponse {
    HttpResponse::new(StatusCode::try_from(400).expect("a status"), SdkBody::empty())
}

impl Builds for Mock {
    async fn start(&self, input: StartBuildInputBuilder) -> Result<StartBuildOutput, SdkError<StartBuildError>> {
        self.note(format!("start {}", input.get_project_name().as_deref().unwrap_or_default()));
        match self.state {
            State::Full => {
                let full = AccountLimitExceededException::builder().message("Cannot have more than 1 builds in queue for the account");
                let full = full.meta(ErrorMetadata::builder().message("queue").build()).build();
                Err(SdkError::service_error(StartBuildError::AccountLimitExceededException(full), bad_request()))
            }
            State::Unreachable => Err(SdkError::dispatch_failure(ConnectorError::io("connection reset".into()))),
            _ => Ok(StartBuildOutput::builder().build_value(Build::builder().id("web:2").build()).build()),
        }
    }

    async fn get(&self, ids: Vec<String>) -> Result<BatchGetBuildsOutput, SdkError<BatchGetBuildsError>> {
        self.note(format!("get {}", ids.join(",")));
        let status = if self.state == State::Quiet { StatusType::Succeeded } else { StatusType::InProgress };
        let build = Build::builder().set_id(ids.first().cloned()).build_complete(status == StatusType::Succeeded).build_status(status);
        Ok(BatchGetBuildsOutput::builder().builds(build.build()).build())
    }

    async fn stop(&self, id: &str) -> Result<StopBuildOutput, SdkError<StopBuildError>> {
        self.note(format!("stop {id}"));
        if self.state == State::Gone {
            let gone = ResourceNotFoundException::builder().message("Build cannot be found").build();
            return Err(SdkError::service_error(StopBuildError::ResourceNotFoundException(gone), bad_request()));
        }
        Ok(StopBuildOutput::builder().build())
    }
}

#[tokio::test]
async fn the_program_runs_without_a_service() {
    let table = [
        (State::Quiet, Ok(Night::Runs("web:2".to_owned())), vec!["get web:1", "start web"]),
        (State::Running, Ok(Night::Runs("web:2".to_owned())), vec!["get web:1", "stop web:1", "start web"]),
        (State::Gone, Ok(Night::Runs("web:2".to_owned())), vec!["get web:1", "stop web:1", "start web"]),
        (State::Full, Ok(Night::Full("queue".to_owned())), vec!["get web:1", "stop web:1", "start web"]),
        (State::Unreachable, Err(()), vec!["get web:1", "stop web:1", "start web"]),
    ];
    for (state, expected, calls) in table {
        let mock = Mock::new(state);
        let night = nightly(&mock, "web", Some("web:1")).await.map_err(|_| ());
        assert_eq!((night, mock.calls()), (expected, calls.into_iter().map(str::to_owned).collect()), "{state:?}");
    }
}

#[tokio::test]
async fn the_program_runs_with_a_service() {
    let running = json!({ "id": "web:1", "buildStatus": "IN_PROGRESS", "buildComplete": false });
    let talk = conversation([builds(&running), build(&running), build(&json!({ "id": "web:2" }))]);
    let night = nightly(&client(&talk), "web", Some("web:1")).await.expect("a build");
    assert_eq!(night, Night::Runs("web:2".to_owned()));
    let operations: Vec<String> = asked(&talk).into_iter().map(|(operation, _)| operation).collect();
    assert_eq!(operations, ["BatchGetBuilds", "StopBuild", "StartBuild"]);
}
