//! Finds the log group and the log stream of a build.

use aws_sdk_codebuild::Client;
use aws_sdk_codebuild::error::{DisplayErrorContext, SdkError};
use aws_sdk_codebuild::operation::RequestId as _;
use aws_sdk_codebuild::types::{Build, LogsConfigStatusType};
use std::fmt;

/// The place of a build's log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LogStream {
    /// The log group.
    pub group: String,
    /// The log stream in the group.
    pub stream: String,
}

/// The reason why a build has no log.
#[derive(Debug)]
pub enum NoLog {
    /// The build does not exist. The request id is for AWS Support.
    NoBuild(Option<String>),
    /// The project does not write logs to `CloudWatch`.
    Disabled,
    /// The service cannot be reached at present.
    Unreachable(String),
    /// Anything else.
    Other(String),
}

impl fmt::Display for NoLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBuild(request_id) => write!(f, "no such build (request {})", request_id.as_deref().unwrap_or("unknown")),
            Self::Disabled => f.write_str("CloudWatch logs are disabled"),
            Self::Unreachable(cause) | Self::Other(cause) => f.write_str(cause),
        }
    }
}

impl std::error::Error for NoLog {}

/// Reads the build and finds its log.
pub async fn find(client: &Client, id: &str) -> Result<LogStream, NoLog> {
    let reply = client.batch_get_builds().ids(id).send().await.map_err(|error| match &error {
        SdkError::TimeoutError(_) => NoLog::Unreachable("timed out".to_owned()),
        SdkError::DispatchFailure(failure) if failure.is_timeout() || failure.is_io() => {
            NoLog::Unreachable(DisplayErrorContext(&error).to_string())
        }
        SdkError::ServiceError(context) if context.err().is_invalid_input_exception() => {
            NoLog::NoBuild(error.request_id().map(str::to_owned))
        }
        _ => NoLog::Other(DisplayErrorContext(&error).to_string()),
    })?;
    match (reply.builds(), reply.builds_not_found()) {
        ([build, ..], _) => of(build),
        ([], _) => Err(NoLog::NoBuild(reply.request_id().map(str::to_owned))),
    }
}

fn of(build: &Build) -> Result<LogStream, NoLog> {
    let logs = build.logs();
    let config = logs.and_then(|logs| logs.cloud_watch_logs());
    if config.is_some_and(|config| *config.status() == LogsConfigStatusType::Disabled) {
        return Err(NoLog::Disabled);
    }
    // Until the build is provisioned, group and stream are absent and the ARN ends in nulls. Then the default names apply.
    let named = logs.and_then(|logs| Some((logs.group_name()?, logs.stream_name()?)));
    let from_arn = logs.and_then(|logs| logs.cloud_watch_logs_arn()).and_then(|arn| {
        let (group, stream) = arn.split_once(":log-group:")?.1.split_once(":log-stream:")?;
        (stream != "null").then_some((group, stream))
    });
    let default = || {
        let (project, stream) = build.id()?.split_once(':')?;
        let group = config.and_then(|config| config.group_name()).map_or_else(|| format!("/aws/codebuild/{project}"), str::to_owned);
        Some(LogStream { group, stream: stream.to_owned() })
    };
    match named.or(from_arn) {
        Some((group, stream)) => Ok(LogStream { group: group.to_owned(), stream: stream.to_owned() }),
        None => default().ok_or(NoLog::Disabled),
    }
}
