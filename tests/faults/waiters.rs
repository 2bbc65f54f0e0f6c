//! Waits for builds, whose polls meet faults and whose builds end in every way.

use super::{Setup, guarded};
use crate::time::{LONG, READ};
use serde_json::{Value, json};
use smithlet_codebuild::client::Waiters as _;
use smithlet_codebuild::error::ProvideErrorMetadata as _;
use smithlet_codebuild::types::StatusType;
use smithlet_codebuild::waiters::build_complete::WaitUntilBuildCompleteError;
use smithlet_codebuild::waiters::build_succeeded::WaitUntilBuildSucceededError;
use smithlet_tests::fault::{Request, Script, Step, steps};
use std::collections::BTreeSet;
use std::time::Duration;

/// The longest wait of most tests. It is so long that no poll comes near the deadline.
const HALF_AN_HOUR: Duration = Duration::from_mins(30);

/// The final states, and whether the wait for a success fails with it.
const ENDS: [(&str, bool); 5] = [("SUCCEEDED", false), ("FAILED", true), ("FAULT", true), ("STOPPED", true), ("TIMED_OUT", true)];

/// A reply with builds, each an id with its phase and its status, and the ids of others that are not found.
fn builds<'a>(found: impl IntoIterator<Item = (&'a Value, &'a str, &'a str)>, missing: &[&Value]) -> Vec<Step> {
    let build = |(id, phase, status)| json!({ "id": id, "currentPhase": phase, "buildStatus": status });
    let body = json!({ "builds": found.into_iter().map(build).collect::<Vec<_>>(), "buildsNotFound": missing });
    vec![Step::Send(steps::reply("200 OK", &[("content-type", "application/x-amz-json-1.1")], &body.to_string()))]
}

/// The ids that a request asks for.
fn ids(request: &Request) -> &[Value] {
    request.body["ids"].as_array().map_or(&[], Vec::as_slice)
}

/// A build that is queued, provisioned and built in the first polls, and then has a status.
fn lifecycle(request: &Request, end: &str) -> Vec<Step> {
    let (phase, status) = match request.number {
        1 => ("QUEUED", "IN_PROGRESS"),
        2 => ("PROVISIONING", "IN_PROGRESS"),
        3 => ("BUILD", "IN_PROGRESS"),
        _ => ("COMPLETED", end),
    };
    builds(ids(request).iter().map(|id| (id, phase, status)), &[])
}

/// All builds of a request have succeeded.
fn succeeded(request: &Request) -> Vec<Step> {
    builds(ids(request).iter().map(|id| (id, "COMPLETED", "SUCCEEDED")), &[])
}

/// Waits for the end of a build. Returns its status.
async fn complete(setup: &Setup, max_wait: Duration) -> Result<Option<StatusType>, WaitUntilBuildCompleteError> {
    let wait = setup.client().wait_until_build_complete().ids("p:1").wait(max_wait);
    let output = guarded(wait).await?.into_result().expect("a reply is the last poll");
    Ok(output.builds()[0].build_status().cloned())
}

async fn success(setup: &Setup) -> Result<(), WaitUntilBuildSucceededError> {
    guarded(setup.client().wait_until_build_succeeded().ids("p:1").wait(HALF_AN_HOUR)).await.map(drop)
}

/// A wait may run as a task of its own.
fn is_send(_: &impl Send) {}

/// The delays between polls, without the shorter waits between the attempts of a call.
fn delays(setup: &Setup) -> Vec<Duration> {
    setup.clock.waits().into_iter().filter(|wait| *wait >= Duration::from_secs(5)).collect()
}

#[tokio::test]
async fn a_wait_for_an_end_ends_with_each_final_state() {
    for (end, _) in ENDS {
        let setup = Setup::new(Script::new(move |request| lifecycle(request, end))).await;
        let status = complete(&setup, HALF_AN_HOUR).await.unwrap_or_else(|error| panic!("{end}: {error}"));
        assert_eq!(status.as_ref().map(StatusType::as_str), Some(end));
        assert_eq!(setup.requests(), 4, "{end}");
        let delays = delays(&setup);
        let bounds = [5, 10, 20].map(Duration::from_secs);
        assert!(delays.len() == 3 && delays.iter().zip(bounds).all(|(delay, bound)| *delay <= bound), "{delays:?}");
    }
}

#[tokio::test]
async fn a_wait_for_a_success_fails_with_every_other_final_state() {
    for (end, fails) in ENDS {
        let setup = Setup::new(Script::new(move |request| lifecycle(request, end))).await;
        let outcome = success(&setup).await;
        assert_eq!(setup.requests(), 4, "{end}");
        match outcome {
            Ok(()) => assert!(!fails, "{end}"),
            Err(error) => {
                assert!(fails, "{end}");
                let line = format!("BuildSucceeded: the state is out of reach: `builds[].buildStatus` has `{end}`");
                assert_eq!(error.to_string(), line);
                let WaitUntilBuildSucceededError::FailureState(state) = error else { panic!("{error:?}") };
                assert_eq!(state.final_poll().as_result().expect("a reply is the last poll").builds().len(), 1);
            }
        }
    }
}

/// One build of two has failed, so that the other one does not matter.
#[tokio::test]
async fn a_wait_for_a_success_ends_with_the_first_failure() {
    let setup = Setup::new(Script::new(|request| {
        let ids = ids(request);
        builds([(&ids[0], "BUILD", "IN_PROGRESS"), (&ids[1], "COMPLETED", "FAILED")], &[])
    }))
    .await;
    let wait = setup.client().wait_until_build_succeeded().ids("p:1").ids("p:2").wait(HALF_AN_HOUR);
    assert!(matches!(guarded(wait).await, Err(WaitUntilBuildSucceededError::FailureState(_))));
    assert_eq!(setup.requests(), 1);
}

#[tokio::test]
async fn a_throttled_poll_does_not_end_a_wait() {
    // More often than a call makes attempts.
    let setup = Setup::new(Script::new(|request| {
        if request.number <= 4 { steps::throttle("400 Bad Request", "ThrottlingException") } else { succeeded(request) }
    }))
    .await;
    assert_eq!(complete(&setup, HALF_AN_HOUR).await.expect("the wait has time left"), Some(StatusType::Succeeded));
    assert_eq!(setup.requests(), 5);
    assert_eq!(delays(&setup).len(), 1);
}

#[tokio::test]
async fn a_poll_that_fails_does_not_end_a_wait() {
    let faults: [fn(&Request) -> Vec<Step>; 4] = [
        steps::reset_before_reply,
        steps::short_body,
        |_| steps::internal("500 Internal Server Error"),
        |_| steps::page("503 Service Unavailable"),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let setup = Setup::new(Script::new(move |request| if request.number <= 3 { fault(request) } else { succeeded(request) })).await;
        let status = complete(&setup, HALF_AN_HOUR).await.unwrap_or_else(|error| panic!("fault {number}: {error}"));
        assert_eq!(status, Some(StatusType::Succeeded), "fault {number}");
    }
}

#[tokio::test]
async fn a_refused_poll_ends_a_wait() {
    let refuse = |_: &Request| vec![Step::Send(steps::refusal("400 Bad Request", "AccessDeniedException", "not you"))];
    let setup = Setup::new(Script::new(refuse)).await;
    let error = complete(&setup, HALF_AN_HOUR).await.expect_err("the client may not ask");
    let line = error.to_string();
    assert!(line.starts_with("BuildComplete: a poll failed: BatchGetBuilds: 400 AccessDeniedException: not you ("), "{line}");
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert_eq!(setup.requests(), 1);
}

#[tokio::test]
async fn a_silent_server_ends_a_wait_at_its_deadline() {
    let setup = Setup::new(Script::new(steps::never_answers)).await;
    let wait = async {
        let error = complete(&setup, LONG).await.expect_err("there is no reply");
        let WaitUntilBuildCompleteError::ExceededMaxWait(exceeded) = error else { panic!("{error:?}") };
        assert!(exceeded.last_failure().is_some(), "{exceeded:?}");
        // The first poll has had three attempts of a minute.
        assert_eq!(exceeded.poll_count(), 2);
        Ok(String::new())
    };
    setup.while_held(wait, 10, READ).await.expect("the wait ends");
}

#[tokio::test]
async fn a_build_that_is_not_known_yet_is_waited_for() {
    let setup = Setup::new(Script::new(|request| match request.number {
        1 | 2 => builds([], &ids(request).iter().collect::<Vec<_>>()),
        _ => succeeded(request),
    }))
    .await;
    assert_eq!(complete(&setup, HALF_AN_HOUR).await.expect("the build is known later"), Some(StatusType::Succeeded));
    assert_eq!(setup.requests(), 3);
}

#[tokio::test]
async fn an_unknown_build_ends_a_wait_after_thirty_seconds() {
    let unknown = |request: &Request| builds([], &ids(request).iter().collect::<Vec<_>>());
    let setup = Setup::new(Script::new(unknown)).await;
    let error = complete(&setup, HALF_AN_HOUR).await.expect_err("the build does not exist");
    let line = "BuildComplete: the state is out of reach: `length(buildsNotFound) > '0'` is true";
    assert_eq!(error.to_string(), line);
    let WaitUntilBuildCompleteError::FailureState(state) = error else { panic!("{error:?}") };
    assert_eq!(state.final_poll().as_result().expect("a reply is the last poll").builds_not_found(), ["p:1"]);
    let waited: Duration = delays(&setup).iter().sum();
    let last = delays(&setup).last().copied().unwrap_or_default();
    assert!(waited >= Duration::from_secs(30) && waited.saturating_sub(last) < Duration::from_secs(30), "{:?}", delays(&setup));
}

#[tokio::test]
async fn many_builds_are_one_wait() {
    // The second poll finds that all have ended.
    let setup = Setup::new(Script::new(|request| {
        let phase = if request.number <= 3 { ("BUILD", "IN_PROGRESS") } else { ("COMPLETED", "SUCCEEDED") };
        builds(ids(request).iter().map(|id| (id, phase.0, phase.1)), &[])
    }))
    .await;
    let wanted: BTreeSet<String> = (1..=250).map(|number| format!("p:{number}")).collect();
    let wait = setup.client().wait_until_build_complete().set_ids(Some(wanted.iter().cloned().collect())).wait(HALF_AN_HOUR);
    is_send(&wait);
    let output = guarded(wait).await.expect("the builds end").into_result().expect("a reply is the last poll");
    let found: BTreeSet<String> = output.builds().iter().filter_map(|build| build.id().map(str::to_owned)).collect();
    assert_eq!(found, wanted);
    let asked: Vec<usize> = setup.server.log().requests.iter().map(|request| ids(request).len()).collect();
    assert_eq!(asked, [100, 100, 50, 100, 100, 50]);
}
