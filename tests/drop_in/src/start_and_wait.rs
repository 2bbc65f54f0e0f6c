//! Starts a build with a few environment variables and waits for its end, as deployment scripts do.

use aws_sdk_codebuild::types::{Build, ComputeType, EnvironmentVariable, EnvironmentVariableType, StatusType};
use aws_sdk_codebuild::{Client, Error};
use std::time::Duration;

/// The time between two requests for a build's state.
pub const INTERVAL: Duration = Duration::from_secs(10);

/// Starts a build of `project` and returns it when it has ended, with any result.
pub async fn start_and_wait(client: &Client, project: &str, variables: &[(&str, &str)]) -> Result<Build, Error> {
    let variables = variables
        .iter()
        .map(|(name, value)| EnvironmentVariable::builder().name(*name).value(*value).r#type(EnvironmentVariableType::Plaintext).build())
        .collect::<Result<Vec<_>, _>>()?;
    let started = client
        .start_build()
        .project_name(project)
        .source_version("main")
        .set_environment_variables_override(Some(variables))
        .environment_variables_override(EnvironmentVariable::builder().name("CI").value("true").build()?)
        .compute_type_override(ComputeType::BuildGeneral1Small)
        .timeout_in_minutes_override(30)
        .privileged_mode_override(false)
        .send()
        .await?;
    let id = started.build_value().and_then(|build| build.id()).unwrap_or_default();
    loop {
        let reply = client.batch_get_builds().ids(id).send().await?;
        let build = reply.builds().iter().find(|build| build.id() == Some(id));
        match build.and_then(|build| build.build_status()) {
            None | Some(StatusType::InProgress) => tokio::time::sleep(INTERVAL).await,
            Some(_) => return Ok(build.cloned().unwrap_or_else(|| Build::builder().id(id).build())),
        }
    }
}

/// The exit code of a script.
pub fn exit_code(build: &Build) -> u8 {
    match &build.build_status {
        Some(StatusType::Succeeded) => 0,
        Some(StatusType::Stopped | StatusType::TimedOut) => 2,
        _ => 1,
    }
}
