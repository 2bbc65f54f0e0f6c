//! The error of a wait, with the variants, the accessors and the constructors of AWS's own. It is a separate type because it holds this crate's
//! [`SdkError`], and because of its `Display`: one line with the waiter and what happened.
//!
//! ```text
//! BuildSucceeded: the state is out of reach: `builds[].buildStatus` has `FAILED`
//! BuildComplete: not reached in 60 s, after 5 polls
//! BuildComplete: not reached in 60 s, after 5 polls, the last of which failed: BatchGetBuilds: 400 ThrottlingException: Rate exceeded (...)
//! BuildComplete: a poll failed: BatchGetBuilds: 400 AccessDeniedException: ... (request id 1-abc, attempt 1 of 3)
//! ```

use super::FinalPoll;
use super::poll::Waiter;
use crate::error::{BoxError, ConstructionFailure, ErrorMetadata, ProvideErrorMetadata, SdkError};
use aws_smithy_types::error::metadata::EMPTY_ERROR_METADATA;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// The error of a wait. `O` is the operation's output, and `E` its error.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaiterError<O, E> {
    /// The request could not be built: something is missing or wrong in the input, the configuration or the credentials.
    ConstructionFailure(ConstructionFailure),
    /// The time was over before the state was reached.
    ExceededMaxWait(ExceededMaxWait),
    /// A poll shows that the state cannot be reached any more.
    FailureState(FailureState<O, E>),
    /// A poll failed in a way that the waiter does not expect and that another poll cannot mend.
    OperationFailed(OperationFailed<E>),
}

impl<O, E> WaiterError<O, E> {
    /// Creates a construction failure.
    pub fn construction_failure(source: impl Into<BoxError>) -> Self {
        Self::ConstructionFailure(ConstructionFailure::new(source.into(), None))
    }
}

impl<O, E: fmt::Display> fmt::Display for WaiterError<O, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConstructionFailure(failure) => failure.fmt_line(f),
            Self::ExceededMaxWait(exceeded) => exceeded.fmt_line(f),
            Self::FailureState(state) => state.fmt_line(f),
            Self::OperationFailed(failed) => write!(f, "{}a poll failed: {}", Prefix(failed.waiter), failed.source),
        }
    }
}

impl<O: fmt::Debug, E: Error + 'static> Error for WaiterError<O, E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::ConstructionFailure(failure) => Some(failure.source()),
            Self::ExceededMaxWait(exceeded) => exceeded.last_failure(),
            Self::FailureState(state) => state.final_poll().as_result().err().map(|error| error as _),
            Self::OperationFailed(failed) => Some(&failed.source),
        }
    }
}

/// The metadata of the service's error that ended the wait; empty if it was none.
impl<O, E: ProvideErrorMetadata> ProvideErrorMetadata for WaiterError<O, E> {
    fn meta(&self) -> &ErrorMetadata {
        match self {
            Self::ConstructionFailure(_) | Self::ExceededMaxWait(_) => &EMPTY_ERROR_METADATA,
            Self::FailureState(state) => state.final_poll().as_result().err().map_or(&EMPTY_ERROR_METADATA, ProvideErrorMetadata::meta),
            Self::OperationFailed(failed) => failed.source.meta(),
        }
    }
}

/// The time was over before the state was reached.
#[derive(Debug)]
pub struct ExceededMaxWait {
    waiter: Option<&'static str>,
    max_wait: Duration,
    elapsed: Duration,
    poll_count: u32,
    last_failure: Option<BoxError>,
}

impl ExceededMaxWait {
    /// Creates the error, for tests.
    pub fn new(max_wait: Duration, elapsed: Duration, poll_count: u32) -> Self {
        Self { waiter: None, max_wait, elapsed, poll_count, last_failure: None }
    }

    pub(super) fn of_waiter(self, waiter: &'static Waiter, last_failure: Option<BoxError>) -> Self {
        Self { waiter: Some(waiter.name), last_failure, ..self }
    }

    /// The longest time to wait, as it was asked for.
    pub fn max_wait(&self) -> Duration {
        self.max_wait
    }

    /// The time that the wait took.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The number of polls.
    pub fn poll_count(&self) -> u32 {
        self.poll_count
    }

    /// The failure of the last poll, if it failed: throttling, for instance, does not end a wait that has time left.
    pub fn last_failure(&self) -> Option<&(dyn Error + 'static)> {
        self.last_failure.as_deref().map(|failure| failure as _)
    }

    fn fmt_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.poll_count == 1 { "" } else { "s" };
        let Self { waiter, max_wait, poll_count, .. } = self;
        write!(f, "{}not reached in {} s, after {poll_count} poll{plural}", Prefix(*waiter), max_wait.as_secs_f64())?;
        match &self.last_failure {
            Some(failure) => write!(f, ", the last of which failed: {failure}"),
            None => Ok(()),
        }
    }
}

/// A poll shows that the state cannot be reached any more.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailureState<O, E> {
    waiter: Option<&'static str>,
    shown: &'static str,
    final_poll: Box<FinalPoll<O, E>>,
}

impl<O, E> FailureState<O, E> {
    /// Creates the error, for tests.
    pub fn new(final_poll: FinalPoll<O, E>) -> Self {
        Self { waiter: None, shown: "", final_poll: Box::new(final_poll) }
    }

    pub(super) fn of_waiter(waiter: &'static Waiter, shown: &'static str, final_poll: FinalPoll<O, E>) -> Self {
        Self { waiter: Some(waiter.name), shown, ..Self::new(final_poll) }
    }

    /// The last poll, which shows it.
    pub fn final_poll(&self) -> &FinalPoll<O, E> {
        &self.final_poll
    }

    /// The last poll, which shows it.
    pub fn into_final_poll(self) -> FinalPoll<O, E> {
        *self.final_poll
    }
}

impl<O, E: fmt::Display> FailureState<O, E> {
    fn fmt_line(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}the state is out of reach", Prefix(self.waiter))?;
        match self.final_poll.as_result() {
            Err(error) => write!(f, ": {error}"),
            Ok(_) if self.shown.is_empty() => Ok(()),
            Ok(_) => write!(f, ": {}", self.shown),
        }
    }
}

/// A poll failed in a way that the waiter does not expect and that another poll cannot mend.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationFailed<E> {
    waiter: Option<&'static str>,
    source: SdkError<E>,
}

impl<E> OperationFailed<E> {
    /// Creates the error, for tests.
    pub fn new(source: SdkError<E>) -> Self {
        Self { waiter: None, source }
    }

    pub(super) fn of_waiter(waiter: &'static Waiter, source: SdkError<E>) -> Self {
        Self { waiter: Some(waiter.name), ..Self::new(source) }
    }

    /// The error of the call.
    pub fn error(&self) -> &SdkError<E> {
        &self.source
    }

    /// The error of the call.
    pub fn into_error(self) -> SdkError<E> {
        self.source
    }
}

/// The waiter's name and a colon; nothing for an error that was created by hand.
struct Prefix(Option<&'static str>);

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |name| write!(f, "{name}: "))
    }
}
