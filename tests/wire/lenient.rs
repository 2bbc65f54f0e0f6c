//! Missing members, unknown members and unusual spellings do not fail a call. A value of the wrong type does, and so does an invalid body.

use super::replay::Replay;
use smithlet_codebuild::config::Builder;
use smithlet_codebuild::error::{FailureKind, ProvideFailureKind};
use smithlet_codebuild::primitives::DateTime;
use smithlet_codebuild::types::{Build, GitSubmodulesConfig, RegistryCredential, StatusType};

/// The only build of a reply.
async fn build(json: &str) -> Build {
    let reply = Replay::new(200, format!(r#"{{"builds":[{json}]}}"#)).client().batch_get_builds().ids("a:b").send().await;
    let builds = reply.unwrap_or_else(|error| panic!("{json}: {error}")).builds.unwrap_or_default();
    <[Build; 1]>::try_from(builds).map_or_else(|builds| panic!("{json}: {builds:?}"), |[build]| build)
}

/// The line of the error about a body with status 200, without the parts that every line has.
async fn fault(body: impl Into<Vec<u8>>, kind: FailureKind) -> String {
    let reply = Replay::new(200, body).client().batch_get_builds().ids("a:b").send().await;
    let error = reply.expect_err("the reply is invalid");
    assert_eq!(error.failure_kind(), kind);
    let line = error.to_string();
    assert_eq!(error.into_service_error().to_string(), line);
    let reason =
        line.strip_prefix("BatchGetBuilds: 200 OK: ").and_then(|line| line.strip_suffix(" (request id request-1, attempt 1 of 1)"));
    reason.unwrap_or_else(|| panic!("{line}")).to_owned()
}

#[tokio::test]
async fn missing_required_members_read_as_empty() {
    let environment = build(r#"{"environment":{}}"#).await.environment.expect("it is set");
    assert_eq!((environment.image(), environment.r#type().as_str(), environment.compute_type().as_str()), ("", "", ""));
    let variable = build(r#"{"environment":{"environmentVariables":[{"name":"x"}]}}"#).await;
    assert_eq!(variable.environment().map(|environment| environment.environment_variables()[0].value()), Some(""));
    assert_eq!(build(r#"{"source":{"location":"x"}}"#).await.source().map(|source| source.r#type().as_str()), Some(""));
    let logs = build(r#"{"logs":{"s3Logs":{"location":"x"},"cloudWatchLogs":{}}}"#).await.logs.expect("they are set");
    assert_eq!(logs.s3_logs().map(|logs| (logs.status().as_str(), logs.location())), Some(("", Some("x"))));
    assert_eq!(logs.cloud_watch_logs().map(|logs| logs.status().as_str()), Some(""));
    let version = build(r#"{"secondarySourceVersions":[{}]}"#).await;
    assert_eq!(
        (version.secondary_source_versions()[0].source_identifier(), version.secondary_source_versions()[0].source_version()),
        ("", "")
    );
    let submodules = build(r#"{"source":{"type":"S3","gitSubmodulesConfig":{},"auth":{}}}"#).await.source.expect("it is set");
    assert_eq!(submodules.git_submodules_config().map(GitSubmodulesConfig::fetch_submodules), Some(false));
    assert_eq!(submodules.auth().map(|auth| auth.r#type().as_str()), Some(""));
    let registry = build(r#"{"environment":{"registryCredential":{}}}"#).await.environment.expect("it is set");
    assert_eq!(registry.registry_credential().map(RegistryCredential::credential), Some(""));
    assert_eq!(build(r#"{"cache":{}}"#).await.cache().map(|cache| cache.r#type().as_str()), Some(""));
}

#[tokio::test]
async fn nulls_read_as_absent() {
    let odd = r#"null,{"id":null,"phases":null,"environment":null,"buildComplete":null,"startTime":null,"timeoutInMinutes":null,
        "buildStatus":null,"cache":{"type":null,"modes":[null,"LOCAL_CUSTOM_CACHE",null]},"vpcConfig":{"subnets":[null]}},null"#;
    let build = build(odd).await;
    assert_eq!((build.id(), build.environment(), build.build_status(), build.timeout_in_minutes()), (None, None, None, None));
    assert!(build.phases().is_empty() && !build.build_complete());
    let cache = build.cache().expect("it is set");
    assert_eq!((cache.r#type().as_str(), cache.modes().len()), ("", 1));
    assert!(build.vpc_config().is_some_and(|vpc| vpc.subnets().is_empty()));
    let lists = Replay::new(200, r#"{"builds":null,"buildsNotFound":[null,"a:b"]}"#).client().batch_get_builds().ids("a:b").send().await;
    let lists = lists.expect("the reply is a success");
    assert_eq!((lists.builds().len(), lists.builds_not_found()), (0, ["a:b".to_owned()].as_slice()));
}

#[tokio::test]
async fn unusual_spellings_and_unknown_members_are_accepted() {
    let status = build(r#"{"buildStatus":"PAUSED"}"#).await.build_status;
    assert_eq!(status.as_ref().map(StatusType::as_str), Some("PAUSED"), "the text of an unknown value survives");
    for (spelling, minutes) in [("60", 60), ("60.0", 60), ("6e1", 60), ("600.0e-1", 60), ("-0.0", 0), (r#""60""#, 60), (r#""60.0""#, 60)] {
        assert_eq!(build(&format!(r#"{{"timeoutInMinutes":{spelling}}}"#)).await.timeout_in_minutes(), Some(minutes), "{spelling}");
    }
    for (spelling, complete) in [("true", true), (r#""true""#, true), (r#""false""#, false)] {
        assert_eq!(build(&format!(r#"{{"buildComplete":{spelling}}}"#)).await.build_complete(), complete, "{spelling}");
    }
    let moment = DateTime::from_secs(1_512_300_000);
    for spelling in [
        "1512300000",
        "1.5123e9",
        "1512300000.0",
        r#""1512300000.0""#,
        r#""2017-12-03T11:20:00Z""#,
        r#""2017-12-03T12:20:00+01:00""#,
        r#""2017-12-03T11:20:00""#,
    ] {
        assert_eq!(build(&format!(r#"{{"startTime":{spelling}}}"#)).await.start_time(), Some(&moment), "{spelling}");
    }
    let more = r#"{"new":{"deep":[1,{"x":[null]}],"text":"\ud83d\ude00"},"id":"a:b","id":"a:c","newer":true}"#;
    assert_eq!(build(more).await.id(), Some("a:c"));
    let outside = Replay::new(200, " \n{\"more\":1,\"builds\":[]}\n ").client().batch_get_builds().ids("a:b").send().await;
    assert!(outside.is_ok_and(|outside| outside.builds().is_empty()));
    let marked = Replay::new(200, "\u{feff}{\"builds\":[]}").client().batch_get_builds().ids("a:b").send().await;
    assert!(marked.is_ok_and(|marked| marked.builds().is_empty()));
}

/// A log text that was cut in the middle of a character does not fail the call.
#[tokio::test]
async fn half_a_surrogate_pair_reads_as_a_replacement_character() {
    let build = build(r#"{"id":"a:b","phases":[{"contexts":[{"message":"\ud83d"}]}]}"#).await;
    assert_eq!(build.id(), Some("a:b"));
    assert_eq!(build.phases()[0].contexts()[0].message(), Some("\u{fffd}"));
}

#[tokio::test]
async fn a_value_of_the_wrong_type_fails_the_call_and_names_its_path() {
    for (build, expected) in [
        (r#"{"timeoutInMinutes":99999999999}"#, "timeoutInMinutes: expected a 32-bit integer, found a number out of range (byte 31)"),
        (r#"{"timeoutInMinutes":60.5}"#, "timeoutInMinutes: expected a 32-bit integer, found a number with a fraction (byte 31)"),
        (r#"{"timeoutInMinutes":"soon"}"#, "timeoutInMinutes: expected a 32-bit integer, found a string (byte 31)"),
        (r#"{"timeoutInMinutes":"60.5"}"#, "timeoutInMinutes: expected a 32-bit integer, found a number with a fraction (byte 31)"),
        (r#"{"buildComplete":"yes"}"#, "buildComplete: expected a boolean, found a string (byte 28)"),
        (r#"{"phases":{}}"#, "phases: expected a list, found an object (byte 21)"),
        (r#"{"phases":[{"contexts":[{"message":[]}]}]}"#, "phases[0].contexts[0].message: expected a string, found a list (byte 46)"),
        (r#"{"startTime":"yesterday"}"#, "startTime: expected a timestamp, found a string of another form (byte 24)"),
        (r#"{"logs":[]}"#, "logs: expected an object, found a list (byte 19)"),
        (r#"{"buildStatus":7}"#, "buildStatus: expected a string, found a number (byte 26)"),
    ] {
        let body = format!(r#"{{"builds":[{build}]}}"#);
        assert_eq!(fault(body, FailureKind::WrongShape).await, format!("builds[0].{expected}"));
    }
}

#[tokio::test]
async fn an_invalid_body_is_reported_by_its_kind() {
    let empty = "the body is empty, though the operation has an output";
    for (body, expected) in [
        ("", empty),
        (" \r\n", empty),
        ("null", empty),
        ("done", "the body is text of 4 bytes, not JSON"),
        (r#"{"builds":[{"id":"a:b""#, "builds[0].id: unexpected end of the document (byte 22)"),
        (r#"{"builds":[{"id":"a"#, "builds[0].id: unexpected end of the document (byte 19)"),
        (r#"{"builds":[]"#, "builds: unexpected end of the document (byte 12)"),
        (r#"{"builds":[]} {}"#, "expected the end of the document (byte 14)"),
        (r#"{"builds":[],}"#, "expected the name of a member (byte 13)"),
    ] {
        assert_eq!(fault(body, FailureKind::Unreadable).await, expected, "{body}");
    }
    for (body, found) in [("[]", "a list"), ("7", "a number"), (r#""done""#, "a string")] {
        assert_eq!(fault(body, FailureKind::WrongShape).await, format!("expected an object, found {found} (byte 0)"));
    }
    assert_eq!(fault(b"{\"builds\":[{\"id\":\"\xff\"}]}", FailureKind::Unreadable).await, "builds[0].id: invalid UTF-8 (byte 18)");
}

#[tokio::test]
async fn deep_nesting_is_an_error_everywhere() {
    for (opening, place) in [(r#"{"builds":["#, "builds"), (r#"{"more":"#, "more"), ("", "")] {
        for deep in ["[", r#"{"x":"#] {
            let line = fault(format!("{opening}{}", deep.repeat(200_000)), FailureKind::Unreadable).await;
            assert!(line.contains("nested") || line.contains("expected an object"), "{place} {deep}: {line}");
            let closing = if deep == "[" { "]" } else { "}" };
            let whole = format!(r#"{{"more":{}1{}}}"#, deep.repeat(200_000), closing.repeat(200_000));
            let line = fault(whole, FailureKind::WrongShape).await;
            assert!(line.contains("nested"), "{line}");
        }
    }
}

#[tokio::test]
async fn a_body_over_the_configured_size_is_an_error() {
    let body = r#"{"builds":[]}"#;
    let send = |bytes| {
        let start = Replay::new(200, body).client().batch_get_builds().ids("a:b").customize();
        start.config_override(Builder::new().max_response_size(bytes)).send()
    };
    assert!(send(body.len()).await.is_ok());
    assert_eq!(
        send(body.len() - 1).await.expect_err("the body is too large").to_string(),
        "BatchGetBuilds: 200 OK: the body is larger than the 12 bytes that max_response_size allows (request id request-1, attempt 1 of 1)"
    );
}
