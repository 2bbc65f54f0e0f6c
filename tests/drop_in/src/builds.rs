//! The service as a trait of the program, so that its tests can use a mock.

use aws_sdk_codebuild::Client;
use aws_sdk_codebuild::error::SdkError;
use aws_sdk_codebuild::operation::batch_get_builds::{BatchGetBuildsError, BatchGetBuildsOutput};
use aws_sdk_codebuild::operation::start_build::builders::StartBuildInputBuilder;
use aws_sdk_codebuild::operation::start_build::{StartBuildError, StartBuildOutput};
use aws_sdk_codebuild::operation::stop_build::{StopBuildError, StopBuildOutput};

/// The service or a mock of it.
pub trait Builds: Send + Sync {
    /// Starts a build.
    fn start(&self, input: StartBuildInputBuilder) -> impl Future<Output = Result<StartBuildOutput, SdkError<StartBuildError>>> + Send;
    /// Reads builds.
    fn get(&self, ids: Vec<String>) -> impl Future<Output = Result<BatchGetBuildsOutput, SdkError<BatchGetBuildsError>>> + Send;
    /// Stops a build.
    fn stop(&self, id: &str) -> impl Future<Output = Result<StopBuildOutput, SdkError<StopBuildError>>> + Send;
}

impl Builds for Client {
    async fn start(&self, input: StartBuildInputBuilder) -> Result<StartBuildOutput, SdkError<StartBuildError>> {
        input.send_with(self).await
    }

    async fn get(&self, ids: Vec<String>) -> Result<BatchGetBuildsOutput, SdkError<BatchGetBuildsError>> {
        self.batch_get_builds().set_ids(Some(ids)).send().await
    }

    async fn stop(&self, id: &str) -> Result<StopBuildOutput, SdkError<StopBuildError>> {
        self.stop_build().id(id).send().await
    }
}

/// The result of starting the nightly build.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Night {
    /// The build with this id was started.
    Runs(String),
    /// The account has reached its quota of builds.
    Full(String),
}

/// Stops last night's build if it still runs, then starts tonight's.
pub async fn nightly(builds: &impl Builds, project: &str, last: Option<&str>) -> Result<Night, Box<dyn std::error::Error>> {
    if let Some(id) = last {
        let found = builds.get(vec![id.to_owned()]).await?;
        if found.builds().iter().any(|build| !build.build_complete()) {
            match builds.stop(id).await {
                Ok(_) => {}
                // The build was deleted in the meantime.
                Err(error) if error.as_service_error().is_some_and(StopBuildError::is_resource_not_found_exception) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    let input = StartBuildInputBuilder::default().project_name(project).report_build_status_override(false);
    match builds.start(input).await {
        Ok(output) => Ok(Night::Runs(output.build_value().and_then(|build| build.id()).ok_or("no id")?.to_owned())),
        Err(SdkError::ServiceError(context)) if context.err().is_account_limit_exceeded_exception() => {
            Ok(Night::Full(context.into_err().meta().message().unwrap_or_default().to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
