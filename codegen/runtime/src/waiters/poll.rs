//! The polls of a wait, and what they mean. Generated code calls these functions.

use super::FinalPoll;
use super::error::{ExceededMaxWait, FailureState, OperationFailed, WaiterError};
use super::schedule::Schedule;
use crate::client::Handle;
use crate::customize::Customization;
use crate::error::{BoxError, BuildError, ProvideFailureKind, SdkError};
use crate::operation::Exchange;
use std::fmt;
use std::pin::pin;
use std::time::Duration;

/// A waiter of the model.
#[derive(Clone, Copy, Debug)]
pub struct Waiter {
    /// The waiter's name in the model, such as `BuildComplete`.
    pub name: &'static str,
    /// The least delay between two polls.
    pub min_delay: Duration,
    /// The greatest delay between two polls.
    pub max_delay: Duration,
}

/// A poll that has a reply.
pub struct Poll<'a, O: Exchange> {
    /// The input.
    pub input: &'a O::Input,
    /// The output, or the service's error.
    pub result: Result<&'a O::Output, &'a O::Error>,
    /// The time since the beginning of the wait.
    pub waited: Duration,
}

/// The meaning of a poll.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// The state is reached.
    Success,
    /// The state cannot be reached any more. The text says what the reply shows; it is empty for an error, which says so itself.
    Failure(&'static str),
    /// The state is not reached yet.
    Retry,
    /// The waiter does not expect the reply. An output means that the state is not reached yet, an error ends the wait.
    Unmatched,
}

/// The division of an input with many items into several requests.
pub struct Chunks<O: Exchange, T> {
    /// The greatest number of items in a request.
    pub most: usize,
    /// The items of an input.
    pub items: fn(&mut O::Input) -> &mut Option<Vec<T>>,
    /// Adds the items of another output to those of the first one.
    pub join: fn(&mut O::Output, O::Output),
}

/// The result of a wait.
pub(crate) type Waited<O> = Result<
    FinalPoll<<O as Exchange>::Output, SdkError<<O as Exchange>::Error>>,
    WaiterError<<O as Exchange>::Output, <O as Exchange>::Error>,
>;

/// Calls an operation until a verdict ends the wait or its time is over.
///
/// # Errors
///
/// See [`WaiterError`].
pub async fn wait<O>(
    handle: &Handle,
    waiter: &'static Waiter,
    input: Result<O::Input, BuildError>,
    max_wait: Duration,
    verdict: fn(&Poll<'_, O>) -> Verdict,
) -> Waited<O>
where
    O: Exchange<Input: Clone, Error: ProvideFailureKind>,
{
    repeat(handle, waiter, input, max_wait, verdict, |input| handle.call::<O>(Ok(input), Customization::default())).await
}

/// The same for an input with more items than a request may have.
///
/// # Errors
///
/// See [`WaiterError`].
pub async fn wait_in_chunks<O, T: Clone + Send>(
    handle: &Handle,
    waiter: &'static Waiter,
    input: Result<O::Input, BuildError>,
    max_wait: Duration,
    verdict: fn(&Poll<'_, O>) -> Verdict,
    chunks: &'static Chunks<O, T>,
) -> Waited<O>
where
    O: Exchange<Input: Clone, Error: ProvideFailureKind>,
{
    let poll = |input| {
        let (first, others) = chunks.inputs(input);
        async move {
            let mut output = handle.call::<O>(Ok(first), Customization::default()).await?;
            for input in others {
                (chunks.join)(&mut output, handle.call::<O>(Ok(input), Customization::default()).await?);
            }
            Ok(output)
        }
    };
    repeat(handle, waiter, input, max_wait, verdict, poll).await
}

impl<O: Exchange<Input: Clone>, T: Clone> Chunks<O, T> {
    /// The input of the first request of a poll, and those of the others.
    fn inputs(&self, mut input: O::Input) -> (O::Input, Vec<O::Input>) {
        let Some(items) = (self.items)(&mut input).take() else { return (input, Vec::new()) };
        let mut inputs = items.chunks(self.most.max(1)).map(|items| {
            let mut part = input.clone();
            *(self.items)(&mut part) = Some(items.to_vec());
            part
        });
        match inputs.next() {
            Some(first) => (first, inputs.collect()),
            None => {
                *(self.items)(&mut input) = Some(items);
                (input, Vec::new())
            }
        }
    }
}

async fn repeat<O, F>(
    handle: &Handle,
    waiter: &'static Waiter,
    input: Result<O::Input, BuildError>,
    max_wait: Duration,
    verdict: fn(&Poll<'_, O>) -> Verdict,
    poll: impl Fn(O::Input) -> F,
) -> Waited<O>
where
    O: Exchange<Input: Clone, Error: ProvideFailureKind>,
    F: Future<Output = Result<O::Output, SdkError<O::Error>>> + Send,
{
    let input = input.map_err(WaiterError::construction_failure)?;
    let mut schedule = Schedule::new(handle.config(), waiter, max_wait);
    loop {
        let Some(result) = schedule.poll(pin!(poll(input.clone()))).await else {
            return Err(exceeded(&schedule, waiter, Some(NoReply.into())));
        };
        let verdict = match result.as_ref().map_err(SdkError::as_service_error) {
            Ok(output) => verdict(&Poll { input: &input, result: Ok(output), waited: schedule.waited() }),
            Err(Some(error)) => verdict(&Poll { input: &input, result: Err(error), waited: schedule.waited() }),
            Err(None) => Verdict::Unmatched,
        };
        let failure = match (verdict, result) {
            (Verdict::Success, result) => return Ok(FinalPoll::new(result)),
            (Verdict::Failure(shown), result) => {
                let poll = FinalPoll::new(result.map_err(SdkError::into_service_error));
                return Err(WaiterError::FailureState(FailureState::of_waiter(waiter, shown, poll)));
            }
            (Verdict::Unmatched, Err(SdkError::ConstructionFailure(failure))) => return Err(WaiterError::ConstructionFailure(failure)),
            (Verdict::Unmatched, Err(error)) if !error.is_retryable() => {
                return Err(WaiterError::OperationFailed(OperationFailed::of_waiter(waiter, error)));
            }
            (Verdict::Unmatched, Err(error)) => Some(BoxError::from(error)),
            (Verdict::Unmatched, Ok(_)) | (Verdict::Retry, _) => None,
        };
        if !schedule.next().await {
            return Err(exceeded(&schedule, waiter, failure));
        }
    }
}

fn exceeded<O, E>(schedule: &Schedule, waiter: &'static Waiter, failure: Option<BoxError>) -> WaiterError<O, E> {
    let exceeded = ExceededMaxWait::new(schedule.max_wait(), schedule.waited(), schedule.polls());
    WaiterError::ExceededMaxWait(exceeded.of_waiter(waiter, failure))
}

/// The last poll of a wait had no reply when the wait was over.
#[derive(Debug)]
struct NoReply;

impl fmt::Display for NoReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it had no reply yet")
    }
}

impl std::error::Error for NoReply {}
