//! Tests of clock skew.

use crate::client::Handle;
use crate::config::retry::RetryConfig;
use crate::config::{Builder, Config};
use crate::customize::Customization;
use crate::http::Response;
use crate::testing::{Hours, Replay, SERVICE, StartBuild, config, input, line, reply};

/// The service's date, ten minutes ahead of the client's.
const AHEAD: (&str, &str) = ("date", "Fri, 22 Nov 2019 10:30:30 GMT");
/// The service's date, four minutes ahead, which services tolerate.
const NEAR: (&str, &str) = ("date", "Fri, 22 Nov 2019 10:24:30 GMT");
/// The service's date, a year ahead.
const NEXT_YEAR: (&str, &str) = ("date", "Sun, 22 Nov 2020 10:20:30 GMT");

fn refusal(code: &'static str, date: (&'static str, &'static str)) -> Response {
    reply(403, &[("x-amzn-errortype", code), date], "{}")
}

fn started(date: (&'static str, &'static str)) -> Response {
    reply(200, &[date], "{}")
}

/// A configuration with retries, whose waits are zero.
fn retrying(replay: &Replay) -> Builder {
    let hours = Hours::default();
    let at_once = RetryConfig::standard().with_initial_backoff(std::time::Duration::ZERO);
    config().http_client(replay.clone()).retry_config(at_once).time_source(hours.clone()).sleep_impl(hours)
}

async fn call(handle: &Handle) -> Result<(), String> {
    handle.call::<StartBuild>(Ok(input()), Customization::default()).await.map(drop).map_err(|error| line(&error))
}

#[tokio::test]
async fn a_wrong_clock_costs_a_single_attempt() {
    for code in [
        "AccessDeniedException",
        "AuthFailure",
        "InvalidSignatureException",
        "RequestExpired",
        "RequestInTheFuture",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    ] {
        let replay = Replay::all([refusal(code, AHEAD), started(AHEAD), started(AHEAD)]);
        let handle = Handle::new(&SERVICE, retrying(&replay).build());
        call(&handle).await.unwrap();
        call(&handle.clone()).await.unwrap();
        assert_eq!(replay.headers("x-amz-date"), ["20191122T102030Z", "20191122T103030Z", "20191122T103030Z"], "{code}");
    }
}

#[tokio::test]
async fn every_reply_corrects_the_clock_of_all_configurations() {
    let replay = Replay::all([started(AHEAD), started(NEAR), started(NEAR)]);
    let handle = Handle::new(&SERVICE, retrying(&replay).build());
    call(&handle).await.unwrap();
    let overridden = Customization { config_override: Some(Box::new(Config::builder().use_fips(true))), ..Customization::default() };
    handle.call::<StartBuild>(Ok(input()), overridden).await.unwrap();
    call(&handle).await.unwrap();
    assert_eq!(replay.headers("x-amz-date"), ["20191122T102030Z", "20191122T103030Z", "20191122T102430Z"]);
}

#[tokio::test]
async fn a_signature_refused_for_another_reason_is_refused() {
    let refused = "StartBuild: 403 InvalidSignatureException (attempt 1 of 3)";
    for date in [NEAR, ("date", "Fri, 22 Nov 2019 10:16:30 GMT"), ("date", "soon"), ("x-no-date", "")] {
        let replay = Replay::all([refusal("InvalidSignatureException", date)]);
        assert_eq!(call(&Handle::new(&SERVICE, retrying(&replay).build())).await.unwrap_err(), refused);
    }
    // The clock is corrected, but it is not the reason for the refusal.
    let replay = Replay::all([refusal("InvalidSignatureException", AHEAD), refusal("InvalidSignatureException", AHEAD)]);
    let error = call(&Handle::new(&SERVICE, retrying(&replay).build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 403 InvalidSignatureException (attempt 2 of 3)");
    // The clock is wrong, but the refusal has another reason.
    let replay = Replay::all([refusal("InvalidInputException", AHEAD)]);
    let error = call(&Handle::new(&SERVICE, retrying(&replay).build())).await.unwrap_err();
    assert_eq!(error, "StartBuild: 403 InvalidInputException (attempt 1 of 3)");
}

#[tokio::test]
async fn clock_correction_can_be_switched_off() {
    let replay = Replay::all([started(AHEAD), refusal("InvalidSignatureException", AHEAD)]);
    let handle = Handle::new(&SERVICE, retrying(&replay).disable_clock_skew_correction(true).build());
    call(&handle).await.unwrap();
    assert_eq!(call(&handle).await.unwrap_err(), "StartBuild: 403 InvalidSignatureException (attempt 1 of 3)");
    assert_eq!(replay.headers("x-amz-date"), ["20191122T102030Z", "20191122T102030Z"]);
}

#[tokio::test]
async fn an_invalid_date_corrects_nothing() {
    for date in [
        "Thu, 01 Jan 0000 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 22 Nov 2219 10:20:30 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let replay = Replay::all([refusal("RequestExpired", ("date", date)), started(("date", date)), started(NEAR)]);
        let handle = Handle::new(&SERVICE, retrying(&replay).build());
        assert_eq!(call(&handle).await.unwrap_err(), "StartBuild: 403 RequestExpired (attempt 1 of 3)", "{date}");
        call(&handle).await.unwrap();
        call(&handle).await.unwrap();
        assert_eq!(replay.headers("x-amz-date"), ["20191122T102030Z"; 3], "{date}");
    }
}

#[tokio::test]
async fn a_date_that_an_accepted_signature_disproves_corrects_nothing() {
    let replay = Replay::all([started(NEXT_YEAR), started(AHEAD), started(NEAR)]);
    let handle = Handle::new(&SERVICE, retrying(&replay).build());
    for _ in 0..3 {
        call(&handle).await.unwrap();
    }
    assert_eq!(replay.headers("x-amz-date"), ["20191122T102030Z", "20191122T102030Z", "20191122T103030Z"]);
}

#[tokio::test]
async fn a_correction_that_does_not_help_is_reverted() {
    // A proxy replaces the date of every reply, while the service's clock agrees with the client's.
    let refused = || refusal("InvalidSignatureException", NEXT_YEAR);
    let replay = Replay::all([refused(), refused(), started(NEXT_YEAR), started(NEXT_YEAR)]);
    let handle = Handle::new(&SERVICE, retrying(&replay).build());
    assert_eq!(call(&handle).await.unwrap_err(), "StartBuild: 403 InvalidSignatureException (attempt 2 of 3)");
    for _ in 0..2 {
        call(&handle).await.unwrap();
    }
    let (ours, theirs) = ("20191122T102030Z", "20201122T102030Z");
    assert_eq!(replay.headers("x-amz-date"), [ours, theirs, ours, ours]);

    // A correction that a service has accepted is kept, even if a later signature is refused.
    let replay = Replay::all([refusal("RequestExpired", AHEAD), started(AHEAD), refusal("AccessDeniedException", AHEAD), started(AHEAD)]);
    let handle = Handle::new(&SERVICE, retrying(&replay).build());
    call(&handle).await.unwrap();
    assert_eq!(call(&handle).await.unwrap_err(), "StartBuild: 403 AccessDeniedException (attempt 1 of 3)");
    call(&handle).await.unwrap();
    let (ours, theirs) = ("20191122T102030Z", "20191122T103030Z");
    assert_eq!(replay.headers("x-amz-date"), [ours, theirs, theirs, theirs]);
}
