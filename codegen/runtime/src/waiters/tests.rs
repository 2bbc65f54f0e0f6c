use super::error::WaiterError;
use super::poll::{Chunks, Poll, Verdict, Waited, Waiter, wait, wait_in_chunks};
use super::schedule::delay;
use crate::client::Handle;
use crate::config::{AsyncSleep, TimeSource};
use crate::error::reply::ErrorReply;
use crate::error::{BuildError, ConnectorError, ProvideErrorMetadata as _};
use crate::http::Response;
use crate::json;
use crate::operation::{Metadata, Operation, Repeat};
use crate::testing::{Hours, Replay, SERVICE, StartBuildError, Timer, comes_from, config, line, reply};
use crate::validate::Checker;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

/// A waiter whose delays do not depend on chance.
static EVERY_TEN_SECONDS: Waiter = Waiter { name: "BuildComplete", min_delay: Duration::from_secs(10), max_delay: Duration::from_secs(10) };

/// An operation with a list in its input and one in its output.
struct GetBuilds;

#[derive(Clone, Debug)]
struct GetBuildsInput {
    ids: Option<Vec<String>>,
}

#[derive(Debug)]
struct GetBuildsOutput {
    states: Vec<String>,
}

impl Operation for GetBuilds {
    const METADATA: Metadata = Metadata {
        name: "GetBuilds",
        target: "CodeBuild_20161006.GetBuilds",
        service: &SERVICE,
        unsigned: false,
        empty_output: false,
        repeat: Repeat::Always,
    };
    type Input = GetBuildsInput;
    type Output = GetBuildsOutput;
    type Error = StartBuildError;

    fn validate(input: &GetBuildsInput, check: &mut Checker) {
        check.required("ids", input.ids.is_some());
    }

    fn encode(input: &GetBuildsInput, writer: &mut json::Writer) {
        writer.begin_object();
        writer.key("ids");
        writer.list(input.ids.as_deref().unwrap_or_default(), json::Writer::string);
        writer.end_object();
    }

    fn decode(reader: &mut json::Reader<'_>) -> Result<Option<GetBuildsOutput>, json::Error> {
        Ok(reader.list(json::Reader::string)?.map(|states| GetBuildsOutput { states }))
    }

    fn set_request_id(_: &mut GetBuildsOutput, _: Option<String>) {}

    fn error(reply: &ErrorReply<'_>) -> StartBuildError {
        StartBuildError::generic(reply.metadata())
    }
}

/// Waits until all builds are done.
fn verdict(poll: &Poll<'_, GetBuilds>) -> Verdict {
    match poll.result {
        Ok(output) if output.states.iter().all(|state| state == "DONE") => Verdict::Success,
        Ok(output) if output.states.iter().any(|state| state == "FAILED") => Verdict::Failure("`states[]` has `FAILED`"),
        Ok(_) => Verdict::Unmatched,
        Err(error) => match error.code() {
            Some("NotYetException") => Verdict::Retry,
            Some("GoneException") => Verdict::Success,
            Some("LostException") => Verdict::Failure(""),
            _ => Verdict::Unmatched,
        },
    }
}

fn states(states: &str) -> Response {
    reply(200, &[], states.to_owned())
}

fn refused(code: &str) -> Response {
    reply(400, &[], format!(r#"{{"__type":"{code}","message":"so it is"}}"#))
}

#[expect(clippy::unnecessary_wraps, reason = "a builder, which a wait is given the result of, can fail")]
fn ids(number: usize) -> Result<GetBuildsInput, BuildError> {
    Ok(GetBuildsInput { ids: Some((1..=number).map(|number| number.to_string()).collect()) })
}

fn handle(replay: &Replay, clock: impl TimeSource + 'static, timer: impl AsyncSleep + 'static) -> Handle {
    Handle::new(&SERVICE, config().http_client(replay.clone()).time_source(clock).sleep_impl(timer).build())
}

/// Waits at most a minute, with these replies. Returns the outcome and the delays between polls in seconds.
async fn waited(replay: &Replay) -> (Waited<GetBuilds>, Vec<u64>) {
    let hours = Hours::default();
    let handle = handle(replay, hours.clone(), hours.clone());
    let outcome = wait(&handle, &EVERY_TEN_SECONDS, ids(1), MINUTE, verdict).await;
    (outcome, hours.slept().iter().map(Duration::as_secs).collect())
}

/// The states of a wait that has ended well.
#[track_caller]
fn reached(outcome: Waited<GetBuilds>) -> Vec<String> {
    outcome.expect("the state is reached").into_result().expect("the last poll has an output").states
}

#[test]
fn the_bound_of_the_delays_doubles_up_to_the_greatest() {
    let waiter = Waiter { name: "W", min_delay: Duration::from_secs(2), max_delay: Duration::from_secs(15) };
    let left = Duration::from_hours(1);
    let seconds = |polls, fraction| delay(&waiter, polls, left, fraction).unwrap().as_secs_f64();
    for (polls, least, middle, greatest) in
        [(1, 2.0, 2.0, 2.0), (2, 2.0, 3.0, 4.0), (3, 2.0, 5.0, 8.0), (4, 2.0, 8.5, 15.0), (5, 2.0, 8.5, 15.0), (u32::MAX, 2.0, 8.5, 15.0)]
    {
        for (fraction, expected) in [(0.0, least), (0.5, middle), (1.0, greatest)] {
            assert!((seconds(polls, fraction) - expected).abs() < 1e-6, "{polls} polls, {fraction}");
        }
    }
}

#[tokio::test]
async fn the_last_poll_is_sent_a_second_before_the_deadline() {
    let replay = Replay::all((0..7).map(|_| states(r#"["RUNNING"]"#)));
    let (outcome, delays) = waited(&replay).await;
    let Err(WaiterError::ExceededMaxWait(exceeded)) = outcome else { panic!("{outcome:?}") };
    // 40 s have passed, and after a delay of 10 s only 10 s would be left.
    assert_eq!(delays, [10, 10, 10, 10, 19]);
    assert_eq!((exceeded.max_wait(), exceeded.elapsed(), exceeded.poll_count()), (MINUTE, Duration::from_secs(59), 6));
    assert!(exceeded.last_failure().is_none());
    assert_eq!(line(&WaiterError::<(), StartBuildError>::ExceededMaxWait(exceeded)), "BuildComplete: not reached in 60 s, after 6 polls");
}

#[tokio::test]
async fn a_wait_shorter_than_the_least_delay_polls_twice() {
    let (replay, hours) = (Replay::all([states(r#"["RUNNING"]"#), states(r#"["DONE"]"#)]), Hours::default());
    let handle = handle(&replay, hours.clone(), hours.clone());
    let outcome = wait(&handle, &EVERY_TEN_SECONDS, ids(1), Duration::from_secs(5), verdict).await;
    assert_eq!(reached(outcome), ["DONE"]);
    assert_eq!(hours.slept(), [Duration::from_secs(4)]);
}

#[tokio::test]
async fn a_poll_without_a_reply_ends_at_the_deadline() {
    // Other sleeps, such as that of the read timeout, do not end.
    let limit = Duration::from_secs(45);
    let handle = handle(&Replay::silent(), Hours::default(), Timer::Reaches(limit));
    let outcome = wait(&handle, &EVERY_TEN_SECONDS, ids(1), limit, verdict).await;
    let expected = "BuildComplete: not reached in 45 s, after 1 poll, the last of which failed: it had no reply yet";
    assert_eq!(line(&outcome.unwrap_err()), expected);
}

#[tokio::test]
async fn a_throttled_poll_does_not_end_the_wait() {
    let replay = Replay::all([refused("ThrottlingException"), reply(503, &[], ""), states(r#"["DONE"]"#)]);
    let (outcome, delays) = waited(&replay).await;
    assert_eq!(reached(outcome), ["DONE"]);
    assert_eq!(delays, [10, 10]);
}

#[tokio::test]
async fn a_broken_connection_does_not_end_the_wait() {
    let replay = Replay::failing(ConnectorError::io("reset by the peer".into()));
    replay.then(Box::new(|| Some(Ok(states(r#"["DONE"]"#)))));
    assert_eq!(reached(waited(&replay).await.0), ["DONE"]);
}

#[tokio::test]
async fn an_exceeded_wait_names_the_failure_of_its_last_poll() {
    let replay = Replay::all((0..6).map(|_| refused("ThrottlingException")));
    let (outcome, _) = waited(&replay).await;
    let error = outcome.unwrap_err();
    let line = line(&error);
    let begin =
        "BuildComplete: not reached in 60 s, after 6 polls, the last of which failed: GetBuilds: 400 ThrottlingException: so it is (";
    assert!(line.starts_with(begin), "{line}");
    assert!(comes_from::<StartBuildError>(&error));
}

#[tokio::test]
async fn an_unexpected_refusal_ends_the_wait() {
    let replay = Replay::all([states(r#"["RUNNING"]"#), refused("AccessDeniedException")]);
    let (outcome, delays) = waited(&replay).await;
    let error = outcome.unwrap_err();
    let line = line(&error);
    assert!(line.starts_with("BuildComplete: a poll failed: GetBuilds: 400 AccessDeniedException: so it is ("), "{line}");
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(delays, [10]);
    let WaiterError::OperationFailed(failed) = error else { panic!("{error:?}") };
    assert_eq!(failed.into_error().as_service_error().and_then(|error| error.code()), Some("AccessDeniedException"));
}

#[tokio::test]
async fn an_incomplete_input_is_refused_before_the_first_poll() {
    let replay = Replay::default();
    let handle = handle(&replay, Hours::default(), Timer::Stands);
    for (input, expected) in [
        (Ok(GetBuildsInput { ids: None }), "GetBuilds: the input is not valid: ids: is required"),
        (
            Err(BuildError::missing_field("ids", "they say what to wait for")),
            "failed to construct request: ids was missing: they say what to wait for",
        ),
    ] {
        let outcome = wait(&handle, &EVERY_TEN_SECONDS, input, MINUTE, verdict).await;
        let Err(error @ WaiterError::ConstructionFailure(_)) = outcome else { panic!("{outcome:?}") };
        assert!(line(&error).contains(expected), "{error}");
    }
    assert_eq!(replay.requests(), 0);
}

#[tokio::test]
async fn an_expected_error_continues_the_wait() {
    let replay = Replay::all([refused("NotYetException"), states(r#"["DONE"]"#)]);
    let (outcome, delays) = waited(&replay).await;
    assert_eq!(reached(outcome), ["DONE"]);
    assert_eq!(delays, [10]);
}

#[tokio::test]
async fn an_expected_error_ends_the_wait_well() {
    let (outcome, _) = waited(&Replay::of(refused("GoneException"))).await;
    let error = outcome.unwrap().into_result().unwrap_err();
    assert_eq!(error.code(), Some("GoneException"));
}

#[tokio::test]
async fn an_expected_error_ends_the_wait_in_failure() {
    let (outcome, _) = waited(&Replay::of(refused("LostException"))).await;
    let error = outcome.unwrap_err();
    let line = line(&error);
    assert!(line.starts_with("BuildComplete: the state is out of reach: GetBuilds: 400 LostException: so it is ("), "{line}");
    assert_eq!(error.code(), Some("LostException"));
    let WaiterError::FailureState(state) = error else { panic!("{error:?}") };
    assert!(state.into_final_poll().into_result().is_err());
}

#[tokio::test]
async fn a_failure_says_what_the_reply_shows() {
    let (outcome, _) = waited(&Replay::of(states(r#"["DONE", "FAILED"]"#))).await;
    let error = outcome.unwrap_err();
    assert_eq!(line(&error), "BuildComplete: the state is out of reach: `states[]` has `FAILED`");
    let WaiterError::FailureState(state) = error else { panic!("{error:?}") };
    assert_eq!(state.final_poll().as_result().unwrap().states, ["DONE", "FAILED"]);
}

static TWO_IDS: Chunks<GetBuilds, String> =
    Chunks { most: 2, items: |input| &mut input.ids, join: |whole, part| whole.states.extend(part.states) };

async fn waited_in_chunks(replay: &Replay, number: usize) -> Waited<GetBuilds> {
    let handle = handle(replay, Hours::default(), Hours::default());
    wait_in_chunks(&handle, &EVERY_TEN_SECONDS, ids(number), MINUTE, verdict, &TWO_IDS).await
}

#[tokio::test]
async fn many_items_are_polled_in_chunks() {
    let answers = [
        states(r#"["DONE", "DONE"]"#),
        states(r#"["RUNNING", "DONE"]"#),
        states(r#"["DONE"]"#),
        states(r#"["DONE", "DONE"]"#),
        states(r#"["DONE", "DONE"]"#),
        states(r#"["DONE"]"#),
    ];
    let replay = Replay::all(answers);
    assert_eq!(reached(waited_in_chunks(&replay, 5).await), ["DONE"; 5]);
    assert_eq!(replay.headers("content-length"), ["17", "17", "13", "17", "17", "13"]);
    // No item is one request too.
    assert_eq!(reached(waited_in_chunks(&Replay::of(states("[]")), 0).await), [""; 0]);
}

#[tokio::test]
async fn a_poll_in_chunks_fails_with_its_first_failure() {
    let replay = Replay::all([states(r#"["DONE", "DONE"]"#), refused("AccessDeniedException")]);
    let outcome = waited_in_chunks(&replay, 5).await;
    assert_eq!(outcome.unwrap_err().code(), Some("AccessDeniedException"));
    assert_eq!(replay.requests(), 2);
}
