mod kinds;

use super::reply::{ErrorReply, request_id};
use super::{
    BuildError, CallContext, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata as _, SdkError, UnknownVariantError,
};
use crate::operation::{Operation as _, RequestId as _};
use crate::retry::Attempt;
use crate::testing::{InvalidInputException, StartBuild, StartBuildError, line, reply};
use proptest::prelude::{Strategy as _, any, prop_assert, prop_oneof, proptest};
use std::error::Error;

/// A reply's code and message.
#[track_caller]
fn found(headers: &[(&'static str, &'static str)], body: &'static str, code: Option<&str>, message: Option<&str>) {
    let response = reply(400, headers, body);
    let call = CallContext::new(&StartBuild::METADATA);
    let reply = ErrorReply::new(&response, &call);
    assert_eq!((reply.code(), reply.message()), (code, message), "{body}");
    let meta = reply.metadata();
    assert_eq!((meta.code(), meta.message()), (code, message), "{body}");
}

#[test]
fn codes_are_found_wherever_services_put_them() {
    let code = Some("InvalidInputException");
    for body in [
        r#"{"__type":"InvalidInputException"}"#,
        r#"{"__type":"com.amazonaws.codebuild#InvalidInputException"}"#,
        r#"{"__type":"com.amazonaws.codebuild#InvalidInputException:http://internal.amazon.com/coral/x#y"}"#,
        r#"{"__type":"InvalidInputException:http://internal.amazon.com/coral/x#y"}"#,
        r#"{"code":"InvalidInputException"}"#,
        r#"{"Code":" InvalidInputException "}"#,
        r#"{"code":"Other","__type":"InvalidInputException"}"#,
        r#"{"__type":"InvalidInputException","code":"Other"}"#,
        r#"{"__type":"","code":"InvalidInputException"}"#,
        r#"{"__type":null,"code":"ns#InvalidInputException"}"#,
        r#"{"more":{"code":"Inner"},"code":"InvalidInputException","after":[1]}"#,
        r#" {"code":"InvalidInputException", "cut off"#,
        "<?xml version=\"1.0\"?><ErrorResponse><Error><Type>Sender</Type><Code>InvalidInputException</Code></Error></ErrorResponse>",
    ] {
        found(&[], body, code, None);
    }
    for header in ["InvalidInputException", "com.amazonaws.codebuild#InvalidInputException:http://x/"] {
        found(&[("x-amzn-errortype", header)], r#"{"__type":"Other"}"#, code, None);
        found(&[("x-amzn-errortype", header)], "", code, None);
    }
    for nothing in ["", "{}", "[]", "null", "\"a\"", "{\"code\": 7}", "{\"code\": \"#:\"}", "text", "<html><code>x</code>", "{"] {
        found(&[], nothing, None, None);
    }
}

#[test]
fn messages_are_found_wherever_services_put_them() {
    let message = Some("no such project");
    for body in [
        r#"{"message":"no such project"}"#,
        r#"{"Message":"no such project"}"#,
        r#"{"errorMessage":"no such project"}"#,
        r#"{"message":null,"Message":"no such project"}"#,
        r#"{"message":" ","Message":"no such project","errorMessage":"other"}"#,
        r#"{"code":404,"message":"no such project"}"#,
        r#"{"message":{"message":"no such project"}}"#,
        "<Error><Message>no such project</Message></Error>",
    ] {
        found(&[], body, None, message);
    }
}

#[test]
fn what_a_gateway_says_in_members_of_its_own_stands_in_for_a_message() {
    for (body, expected) in [
        (r#"{"error":"invalid token"}"#, "invalid token"),
        (r#"{"timestamp":7,"status":401,"error":"Unauthorized","path":"/"}"#, ""),
        (r#"{"error":{"status":"UNAUTHENTICATED","message":"log in"}}"#, "log in"),
        (r#"{"error":null,"detail":"log in","title":"no"}"#, "log in"),
        (r#"{"title":"no","message":"log in"}"#, "log in"),
        (r#"{"error":["a"],"value":"hunter2"}"#, "the body is JSON, but has neither a code nor a message"),
        (r#"[{"error":"a","value":"hunter2"}]"#, "the body is JSON, but has neither a code nor a message"),
        (r#"{"value":"hunter2"#, "the body is JSON, but has neither a code nor a message"),
    ] {
        let response = reply(401, &[], body);
        let call = CallContext { status: Some(401), ..CallContext::new(&StartBuild::METADATA) };
        let words = if expected.is_empty() { String::new() } else { format!(": {expected}") };
        assert_eq!(line(&StartBuild::error(&ErrorReply::new(&response, &call))), format!("StartBuild: 401 Unauthorized{words}"), "{body}");
    }
}

#[test]
fn members_of_an_error_can_be_read() {
    let response = reply(400, &[], r#"{"__type":"C","resource":"p"}"#);
    let call = CallContext::new(&StartBuild::METADATA);
    let mut reader = ErrorReply::new(&response, &call).reader().unwrap();
    assert!(reader.object().unwrap());
    assert_eq!(reader.key().unwrap(), Some("__type"));
    reader.skip().unwrap();
    assert_eq!(reader.key().unwrap(), Some("resource"));
    assert_eq!(reader.str().unwrap(), Some("p"));
}

proptest! {
    /// Whatever comes back, its line is one clean line of a bounded length.
    #[test]
    fn any_reply_has_a_line(status in 300_u16..1000, body in prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..64),
        r#"[<>/{}":,&;= a\n\r\x1b\u{202e}é]{0,40}"#.prop_map(String::into_bytes),
        r"(<(/|!)?(script|Code|Message|b|style)?>?|x-amz-security-token[:= ]|&lt;|[a-zé\n ]){0,12}".prop_map(String::into_bytes),
        r#"\{"(message|__type|code)":"([a-z#:]|\\u00[0-9a-f]{2}|x-amz-security-token:){0,20}"\}?"#.prop_map(String::into_bytes),
    ]) {
        let response = reply(status, &[], body);
        let call = CallContext { status: Some(status), attempt: Some(Attempt::first(1)), ..CallContext::new(&StartBuild::METADATA) };
        let line = line(&StartBuild::error(&ErrorReply::new(&response, &call)));
        prop_assert!(line.starts_with(&format!("StartBuild: {status}")) && line.ends_with("(attempt 1 of 1)"), "{line}");
        prop_assert!(line.chars().count() < 1_500, "{line}");
    }
}

#[test]
fn request_ids_are_found_in_headers_and_in_xml() {
    for name in ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"] {
        assert_eq!(request_id(reply(200, &[(name, "1-abc")], "").headers()), Some("1-abc"));
    }
    let refusal = reply(403, &[], "<ErrorResponse><Error><Code>C</Code></Error><RequestId>2-def</RequestId></ErrorResponse>");
    let call = CallContext::new(&StartBuild::METADATA);
    assert_eq!(ErrorReply::new(&refusal, &call).metadata().request_id(), Some("2-def"));
}

#[test]
fn an_excerpt_is_short_and_stands_in_for_nothing_better() {
    let long = "word ".repeat(100_000);
    let response = reply(500, &[], long);
    let call = CallContext { attempt: Some(Attempt::first(1)), status: Some(500), ..CallContext::new(&StartBuild::METADATA) };
    let error = StartBuild::error(&ErrorReply::new(&response, &call));
    let line = line(&error);
    assert!(line.starts_with("StartBuild: 500 Internal Server Error: word word"), "{line}");
    assert!(line.ends_with("word... (attempt 1 of 1)") && line.chars().count() < 270, "{line}");
    assert_eq!(error.message(), None, "an excerpt is not a message");
}

#[test]
fn bytes_that_are_no_text_are_shown_as_such() {
    let response = reply(500, &[], b"\xff\xfe\x00abc".to_vec());
    let call = CallContext { status: Some(500), ..CallContext::new(&StartBuild::METADATA) };
    let error = StartBuild::error(&ErrorReply::new(&response, &call));
    assert_eq!(line(&error), "StartBuild: 500 Internal Server Error: \u{fffd}\u{fffd} abc");
}

fn invalid_input(message: Option<&str>, meta: ErrorMetadata) -> StartBuildError {
    StartBuildError::InvalidInputException(InvalidInputException { message: message.map(str::to_owned), meta })
}

#[test]
fn errors_made_by_hand_say_what_they_can() {
    type Failure = SdkError<StartBuildError, ()>;
    let throttled = || ErrorMetadata::builder().code("ThrottlingException").message("Rate exceeded").build();
    let invalid = || invalid_input(Some("bad"), ErrorMetadata::default());
    let table: [(Failure, &str); 9] = [
        (SdkError::construction_failure("boom"), "failed to construct request: boom"),
        (SdkError::timeout_error("too slow"), "request has timed out: too slow"),
        (SdkError::dispatch_failure(ConnectorError::io("reset".into())), "dispatch failure: no reply: reset"),
        (SdkError::response_error("garbage", ()), "response error: garbage"),
        (SdkError::service_error(invalid(), ()), "InvalidInputException: bad"),
        (SdkError::service_error(StartBuildError::generic(throttled()), ()), "ThrottlingException: Rate exceeded"),
        (SdkError::service_error(StartBuildError::generic(ErrorMetadata::default()), ()), "unhandled error"),
        (SdkError::service_error(StartBuildError::unhandled("boom"), ()), "boom"),
        (SdkError::from(BuildError::missing_field("id", "it is needed")), "failed to construct request: id was missing: it is needed"),
    ];
    for (error, expected) in table {
        assert_eq!(line(&error), expected);
    }
}

#[test]
fn parts_can_be_taken_out() {
    let invalid = || invalid_input(None, ErrorMetadata::builder().code("C").build());
    let error = SdkError::service_error(invalid(), 7);
    assert_eq!((error.raw_response(), error.code()), (Some(&7), Some("C")));
    assert!(error.as_service_error().is_some());
    let SdkError::ServiceError(context) = error else { panic!() };
    assert_eq!((context.raw(), context.err().code()), (&7, Some("C")));
    assert_eq!(context.into_raw(), 7);

    let mapped = SdkError::service_error(invalid(), 7).map_service_error(|_| std::io::Error::other("mapped"));
    assert_eq!(line(&mapped), "mapped");
    assert!(mapped.into_source().unwrap().is::<std::io::Error>());

    let response = SdkError::<StartBuildError, _>::response_error("garbage", 7);
    assert_eq!((response.raw_response(), response.code()), (Some(&7), None));
    assert_eq!(response.into_source().unwrap().to_string(), "garbage");
    let timeout = SdkError::<StartBuildError, u8>::timeout_error("slow");
    assert!(timeout.as_service_error().is_none() && timeout.raw_response().is_none());
    assert_eq!(timeout.source().unwrap().to_string(), "slow");
}

#[test]
fn the_reports_of_others_show_no_body() {
    let error = SdkError::<StartBuildError>::response_error("garbage", reply(200, &[("set-cookie", "SECRET")], "SECRET"));
    let report = DisplayErrorContext(&error).to_string();
    assert!(report.contains("garbage") && !report.contains("SECRET"), "{report}");
}

#[test]
fn an_unknown_variant_is_quoted() {
    assert_eq!(line(&UnknownVariantError::new("NO\nSUCH")), r#"unknown enum variant: "NO\nSUCH""#);
}
