//! A report that is made at fixed times.

use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::error::{BuildError, SdkError};
use aws_sdk_scheduler::operation::create_schedule::CreateScheduleError;
use aws_sdk_scheduler::operation::delete_schedule::DeleteScheduleError;
use aws_sdk_scheduler::operation::get_schedule::GetScheduleError;
use aws_sdk_scheduler::primitives::DateTime;
use aws_sdk_scheduler::types::{FlexibleTimeWindow, FlexibleTimeWindowMode, ScheduleState, Target};

/// The reason why a schedule was not created.
#[derive(Debug)]
pub enum NotCreated {
    /// There is one with this name.
    Exists,
    /// A value is missing.
    Incomplete(BuildError),
    /// Any other reason.
    Failed(SdkError<CreateScheduleError>),
}

/// Schedules a report, and returns the schedule's name for AWS.
pub async fn create(client: &Client, name: &str, start: DateTime, function: &str, role: &str) -> Result<String, NotCreated> {
    let window = FlexibleTimeWindow::builder().mode(FlexibleTimeWindowMode::Flexible).maximum_window_in_minutes(15);
    let target = Target::builder().arn(function).role_arn(role).input("{}").build().map_err(NotCreated::Incomplete)?;
    let call = client
        .create_schedule()
        .name(name)
        .group_name("reports")
        .schedule_expression("rate(1 day)")
        .start_date(start)
        .flexible_time_window(window.build().map_err(NotCreated::Incomplete)?)
        .target(target);
    match call.send().await {
        Ok(output) => Ok(output.schedule_arn().to_owned()),
        Err(SdkError::ServiceError(context)) if context.err().is_conflict_exception() => Err(NotCreated::Exists),
        Err(error) => Err(NotCreated::Failed(error)),
    }
}

/// Returns whether a schedule is enabled; `None` if there is none.
pub async fn is_enabled(client: &Client, name: &str) -> Result<Option<bool>, SdkError<GetScheduleError>> {
    match client.get_schedule().name(name).group_name("reports").send().await {
        Ok(output) => Ok(Some(output.state() == Some(&ScheduleState::Enabled))),
        Err(error) if error.as_service_error().is_some_and(GetScheduleError::is_resource_not_found_exception) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names of the schedules whose names begin with a prefix.
pub async fn names(client: &Client, prefix: &str) -> Result<Vec<String>, String> {
    let (mut names, mut next) = (Vec::new(), None);
    loop {
        let call = client.list_schedules().name_prefix(prefix).max_results(50).set_next_token(next);
        let output = call.send().await.map_err(|error| error.into_service_error().to_string())?;
        names.extend(output.schedules().iter().filter_map(|schedule| schedule.name().map(str::to_owned)));
        match output.next_token {
            Some(token) => next = Some(token),
            None => return Ok(names),
        }
    }
}

/// Deletes a schedule, in whichever group it is.
pub async fn delete(client: &Client, name: &str) -> Result<(), SdkError<DeleteScheduleError>> {
    client.delete_schedule().name(name).client_token("token-1").send().await.map(drop)
}
