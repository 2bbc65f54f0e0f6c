mod kinds;

use super::reply::{ErrorReply, request_id};
use super::sdk_error::public;
use super::{
    BuildError, CallContext, ConnectorError, DisplayErrorContext, ErrorMetadata, ProvideErrorMetadata as _, Quotable, SdkError,
    UnknownVariantError,
};
use crate::attempt::Attempt;
use crate::headers;
use crate::json;
use crate::json::Reader;
use crate::operation::{Metadata, Operation as _, RequestId as _, Service};
use crate::testing::{InvalidInputException, SERVICE, StartBuild, StartBuildError, line, reply};
use aws_smithy_types::Document;
use proptest::prelude::{Strategy as _, any, prop_assert, prop_oneof, proptest};
use std::collections::HashMap;
use std::error::Error;

/// Asserts the code and the message of a reply.
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
fn codes_are_found_in_all_places_where_services_put_them() {
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
        "\u{feff}{\"code\":\"InvalidInputException\"}",
        r#"{"Error":{"Code":"InvalidInputException","Type":"Sender"},"RequestId":"1"}"#,
        r#"{"Error":{"code":"InvalidInputException"},"code":""}"#,
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
fn messages_are_found_in_all_places_where_services_put_them() {
    let message = Some("no such project");
    for body in [
        r#"{"message":"no such project"}"#,
        r#"{"Message":"no such project"}"#,
        r#"{"errorMessage":"no such project"}"#,
        r#"{"message":null,"Message":"no such project"}"#,
        r#"{"message":" ","Message":"no such project","errorMessage":"other"}"#,
        r#"{"code":404,"message":"no such project"}"#,
        r#"{"message":{"message":"no such project"}}"#,
        r#"{"Error":{"Message":"no such project"}}"#,
        r#"{"Error":{"message":"no such project"},"Message":"other"}"#,
        "\u{feff} {\"message\":\"no such project\"}",
        "<Error><Message>no such project</Message></Error>",
    ] {
        found(&[], body, None, message);
    }
}

#[test]
fn a_gateways_own_member_stands_in_for_a_message() {
    for (body, expected) in [
        (r#"{"error":"invalid token"}"#, "invalid token"),
        (r#"{"timestamp":7,"status":401,"error":"Unauthorized","path":"/"}"#, ""),
        (r#"{"error":{"status":"UNAUTHENTICATED","message":"log in"}}"#, "log in"),
        (r#"{"error":null,"detail":"log in","title":"no"}"#, "log in"),
        (r#"{"Error":"log in"}"#, "log in"),
        (r#"{"title":"no","message":"log in"}"#, "log in"),
        (r#"{"error":["a"],"value":"hunter2"}"#, "the body is JSON, but has neither a code nor a message"),
        (r#"[{"error":"a","value":"hunter2"}]"#, "the body is JSON, but has neither a code nor a message"),
        (r#"{"value":"hunter2"#, "the body is broken JSON of 17 bytes"),
    ] {
        let response = reply(401, &[], body);
        let call = CallContext { status: Some(401), ..CallContext::new(&StartBuild::METADATA) };
        let words = if expected.is_empty() { String::new() } else { format!(": {expected}") };
        assert_eq!(line(&StartBuild::error(&ErrorReply::new(&response, &call))), format!("StartBuild: 401 Unauthorized{words}"), "{body}");
    }
}

#[test]
fn members_of_an_error_are_read_unless_one_has_the_wrong_type() {
    #[derive(Debug, Default, PartialEq)]
    struct Members {
        resource: Option<String>,
        count: Option<i32>,
    }
    fn read(reader: &mut Reader<'_>, members: &mut Members) -> Result<(), json::Error> {
        assert!(reader.object()?);
        while let Some(key) = reader.key()? {
            match key {
                "resource" => members.resource = reader.string()?,
                "count" => members.count = reader.integer()?,
                _ => reader.skip()?,
            }
        }
        Ok(())
    }
    let members = |body: &str| {
        let response = reply(400, &[], body);
        ErrorReply::new(&response, &CallContext::new(&StartBuild::METADATA)).read_json(read)
    };
    assert_eq!(members(r#"{"__type":"C","resource":"p","count":2}"#), Members { resource: Some("p".to_owned()), count: Some(2) });
    assert_eq!(members(r#"{"resource":"p","count":"many"}"#), Members::default());
    assert_eq!(members(r#"{"resource":"p","count":"#), Members::default());
}

#[test]
fn members_of_an_error_are_read_without_quoted_secrets() {
    let secret = Quotable { body: r#"{"secretValue":"hunter2"}"#.into(), ..Quotable::of(&StartBuild::METADATA) };
    let call = CallContext { quotable: secret, ..CallContext::new(&StartBuild::METADATA) };
    let member = |body: String| {
        let response = reply(400, &[], body);
        let members: HashMap<String, Document> = ErrorReply::new(&response, &call).read_json(|reader, members| {
            *members = reader.map(Reader::document)?.unwrap_or_default();
            Ok(())
        });
        members.get("reason").cloned()
    };
    assert_eq!(member(r#"{"reason":"no hunter2","secretValue":"hunter2"}"#.to_owned()), Some("no (redacted)".into()));
    assert_eq!(member(r#"{"reason":"fine"}"#.to_owned()), Some("fine".into()));
    assert_eq!(member(format!(r#"{{"reason":"no","more":"{}"}}"#, "x".repeat(100_000))), None, "it would take too long");
}

proptest! {
    /// The line of any reply has no control characters and a bounded length.
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
        let reply = reply(200, &[(name, "1-abc")], "");
        assert_eq!(request_id(|name| headers::get(reply.headers(), name)), Some("1-abc"));
    }
    let refusal = reply(403, &[], "<ErrorResponse><Error><Code>C</Code></Error><RequestId>2-def</RequestId></ErrorResponse>");
    let call = CallContext::new(&StartBuild::METADATA);
    assert_eq!(ErrorReply::new(&refusal, &call).metadata().request_id(), Some("2-def"));
    let json = reply(403, &[], r#"{"Error":{"Code":"C"},"RequestId":"3-ghi"}"#);
    assert_eq!(ErrorReply::new(&json, &call).metadata().request_id(), Some("3-ghi"));
}

#[test]
fn no_part_of_an_unknown_body_is_shown() {
    let bodies: [(&[u8], &str); 12] = [
        (b"<html><title>hunter2</title></html>", ": the body is an HTML page of 35 bytes"),
        (b"\xEF\xBB\xBF \n<!DOCTYPE html><p>hunter2", ": the body is an HTML page of 30 bytes"),
        (b"<p>hunter2", ": the body is markup of 10 bytes"),
        (b"<Errors><Message>hunter2</Message></Errors>", ": the body is markup of 43 bytes"),
        (b"<Error><Message>hunter2</Message>", ": the body is markup of 33 bytes"),
        (b"hunter2", ": the body is text of 7 bytes"),
        (b"\"hunter2\"", ": the body is text of 9 bytes"),
        (b"\xff\xfeh\0u\0n\0t\0e\0r\x002\0", ": the body is binary data of 16 bytes"),
        (b"{\"hunter2\":\"hunter2\"}", ": the body is JSON, but has neither a code nor a message"),
        (b"{\"message\":\"hunter2\"", ": the body is broken JSON of 20 bytes"),
        (b"\xEF\xBB\xBF[\"hunter2\"]", ": the body is JSON, but has neither a code nor a message"),
        (b" \r\n", ""),
    ];
    for (body, words) in bodies {
        let response = reply(500, &[], body.to_vec());
        let call = CallContext { attempt: Some(Attempt::first(1)), status: Some(500), ..CallContext::new(&StartBuild::METADATA) };
        let error = StartBuild::error(&ErrorReply::new(&response, &call));
        assert_eq!(line(&error), format!("StartBuild: 500 Internal Server Error{words} (attempt 1 of 1)"));
        assert_eq!(error.message(), None, "the description of a body is not a message");
    }
}

#[test]
fn a_long_message_is_shortened() {
    let response = reply(400, &[], format!(r#"{{"message":"{}"}}"#, "é".repeat(100_000)));
    let call = CallContext::new(&StartBuild::METADATA);
    let reply = ErrorReply::new(&response, &call);
    assert!(reply.message().is_some_and(|message| message.len() < 4_100 && message.ends_with("é...")));
}

#[test]
fn a_code_of_the_query_protocol_takes_precedence_over_the_bodys() {
    static SPOKE_QUERY: Service = Service { query_compatible: true, ..SERVICE };
    static START_BUILD: Metadata = Metadata { service: &SPOKE_QUERY, ..StartBuild::METADATA };
    let compatible = CallContext::new(&START_BUILD);
    let codes = |call: &CallContext, header: &'static str, body: &'static str| {
        let response = reply(400, &[("x-amzn-query-error", header)], body);
        let reply = ErrorReply::new(&response, call);
        let code = super::reply::code(&response, call);
        assert_eq!(reply.metadata().code(), code.as_deref());
        (code, reply.code().map(str::to_owned))
    };
    let (new, old) = ("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue");
    let body = r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist"}"#;
    let own = |code: &str| Some(code.to_owned());
    // The variant is still chosen by the name in the model.
    assert_eq!(codes(&compatible, "AWS.SimpleQueueService.NonExistentQueue;Sender", body), (own(old), own(new)));
    assert_eq!(codes(&compatible, "AWS.SimpleQueueService.NonExistentQueue", "{}"), (own(old), own(old)));
    assert_eq!(codes(&compatible, ";Sender", body), (own(new), own(new)));
    assert_eq!(codes(&CallContext::new(&StartBuild::METADATA), "Other;Sender", body), (own(new), own(new)));
}

fn invalid_input(message: Option<&str>, meta: ErrorMetadata) -> StartBuildError {
    StartBuildError::InvalidInputException(InvalidInputException { message: message.map(str::to_owned), meta })
}

#[test]
fn errors_created_by_hand_have_a_line() {
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
fn awss_error_report_shows_no_body() {
    let error = SdkError::<StartBuildError>::response_error("garbage", public(reply(200, &[("set-cookie", "SECRET")], "SECRET")));
    let report = DisplayErrorContext(&error).to_string();
    assert!(report.contains("garbage") && !report.contains("SECRET"), "{report}");
}

#[test]
fn an_unknown_variant_is_quoted() {
    assert_eq!(line(&UnknownVariantError::new("NO\nSUCH")), r#"unknown enum variant: "NO\nSUCH""#);
}
