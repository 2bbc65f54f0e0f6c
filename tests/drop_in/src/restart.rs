//! A Lambda function for the event that a build has ended. It starts a failed build again, once.

use aws_sdk_codebuild::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_codebuild::operation::RequestId as _;
use aws_sdk_codebuild::operation::start_build::StartBuildError;
use aws_sdk_codebuild::types::{EnvironmentVariable, ProjectEnvironment, StatusType};
use aws_sdk_codebuild::{Client, config};
use aws_types::SdkConfig;
use aws_types::region::Region;
use serde_json::{Value, json};

/// The environment variable that marks a restarted build.
const MARK: &str = "RESTARTED";

/// The function with its client, which is made once.
#[derive(Clone, Debug)]
pub struct Function {
    client: Client,
}

impl Function {
    /// Makes the function with the configuration of `aws_config::load_defaults`.
    pub fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config) }
    }

    /// Makes the function with another client, for tests.
    pub fn with_client(client: Client) -> Self {
        Self { client }
    }

    /// Handles an event. Returns the restarted build, or the reason why none was started.
    pub async fn handle(&self, event: &Value) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let detail = &event["detail"];
        let failed = detail["build-status"].as_str().map(StatusType::from) == Some(StatusType::Failed);
        let project = detail["project-name"].as_str().ok_or("the event names no project")?;
        let id = detail["build-id"].as_str().and_then(|arn| arn.rsplit('/').next()).ok_or("the event names no build")?;
        if !failed {
            return Ok(json!({ "restarted": false, "reason": "it did not fail" }));
        }
        let before = self.client.batch_get_builds().ids(id).send().await?;
        let before = before.builds().first().ok_or_else(|| format!("{id} is gone"))?;
        let variables = before.environment().map(ProjectEnvironment::environment_variables).unwrap_or_default();
        if variables.iter().any(|variable| variable.name() == MARK) {
            return Ok(json!({ "restarted": false, "reason": "it was a second try" }));
        }
        let region = event["region"].as_str().map(|region| Region::new(region.to_owned()));
        let result = self
            .client
            .start_build()
            .project_name(project)
            .set_source_version(before.resolved_source_version().map(str::to_owned))
            .environment_variables_override(EnvironmentVariable::builder().name(MARK).value("1").build()?)
            .idempotency_token(format!("restart-{}", id.replace(':', "-")))
            .customize()
            .config_override(config::Builder::new().region(region))
            .mutate_request(|request| {
                request.headers_mut().insert("x-caller", "restart-function");
            })
            .send()
            .await;
        match result {
            Ok(started) => {
                let request_id = started.request_id().map(str::to_owned);
                Ok(json!({ "restarted": started.build_value.and_then(|build| build.id), "request": request_id }))
            }
            Err(error) => not_started(error),
        }
    }
}

/// A full queue and a missing project are results; other errors are for the caller to retry.
fn not_started(error: SdkError<StartBuildError>) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
    if error.code() == Some("ThrottlingException") {
        return Err(format!("throttled: {}", error.message().unwrap_or_default()).into());
    }
    match error.into_service_error() {
        StartBuildError::AccountLimitExceededException(full) => {
            Ok(json!({ "restarted": false, "reason": full.message().unwrap_or("the queue is full") }))
        }
        error if error.is_resource_not_found_exception() => Ok(json!({ "restarted": false, "reason": error.meta().message() })),
        error => Err(error.into()),
    }
}
