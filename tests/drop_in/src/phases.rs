//! Prints the phases of a build, with the errors of those that failed.

use aws_sdk_codebuild::Client;
use aws_sdk_codebuild::error::SdkError;
use aws_sdk_codebuild::operation::batch_get_builds::BatchGetBuildsError;
use aws_sdk_codebuild::primitives::DateTimeFormat;
use aws_sdk_codebuild::types::{Build, BuildPhase, BuildPhaseType, StatusType};
use std::fmt::Write as _;

/// A line for each phase, followed by the contexts of a failed one. `None` if the build does not exist.
pub async fn report(client: &Client, id: &str) -> Result<Option<String>, SdkError<BatchGetBuildsError>> {
    let ids = vec![id.to_string()];
    let output = client.batch_get_builds().set_ids(Some(ids)).send().await?;
    Ok(output.builds.unwrap_or_default().first().map(lines))
}

fn lines(build: &Build) -> String {
    let status = build.build_status().map_or("UNKNOWN", StatusType::as_str);
    let mut text = format!("{} #{} {status}\n", build.project_name().unwrap_or("?"), build.build_number().unwrap_or_default());
    for phase in build.phases() {
        line(&mut text, phase);
    }
    text
}

fn line(text: &mut String, phase: &BuildPhase) {
    let name = match phase.phase_type() {
        Some(BuildPhaseType::Completed) | None => return,
        Some(other) => other.to_string(),
    };
    let started = phase.start_time().and_then(|time| time.fmt(DateTimeFormat::DateTime).ok());
    let status = phase.phase_status().map(ToString::to_string);
    let _ = writeln!(
        text,
        "{name:<16} {:<10} {:>4} s from {}",
        status.as_deref().unwrap_or("-"),
        phase.duration_in_seconds().unwrap_or(0),
        started.as_deref().unwrap_or("-"),
    );
    if matches!(phase.phase_status(), Some(StatusType::Failed | StatusType::Fault | StatusType::TimedOut)) {
        for context in phase.contexts() {
            let _ = writeln!(text, "  {}: {}", context.status_code().unwrap_or("?"), context.message().unwrap_or_default());
        }
    }
}
