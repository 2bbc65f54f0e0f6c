//! Tests of the text forms of values, and of the parts of requests that are made of them.

use super::{Reply, Request, Streaming, base64, date_time, double, epoch_seconds, float, http_date, list, quoted, set, streamed, text};
use crate::config::Config;
use crate::config::http::HttpRequest;
use crate::error::InvalidInput;
use crate::http;
use crate::operation::Encoded;
use ::http::{HeaderMap, HeaderName, HeaderValue};
use aws_smithy_types::DateTime;
use aws_smithy_types::byte_stream::ByteStream;
use std::collections::HashMap;

/// The request that a service with this endpoint would get.
fn applied(request: impl Into<Encoded>, endpoint: &'static str) -> HttpRequest {
    let mut applied = http::Request::new(http::Body::from(""));
    *applied.uri_mut() = endpoint.parse().unwrap();
    for (name, value) in [("x-amz-target", ""), ("content-type", "application/json"), ("content-length", "0")] {
        applied.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let Encoded { head, .. } = request.into();
    head.unwrap().apply(&mut applied, &Config::builder().build()).unwrap();
    http::message::aws_request(applied).unwrap()
}

#[test]
fn a_body_whose_operation_is_unsigned_is_not_in_memory() {
    let rules = Streaming { member: "body", requires_length: true, unsigned_payload: true };
    let encoded = |rules| streamed(Request::new("PUT").into(), ByteStream::from_static(b"body"), rules);
    let request = applied(encoded(rules), "https://host");
    assert_eq!((request.body().bytes(), request.headers().get("content-length")), (None, Some("4")));
    assert!(encoded(rules).head.unwrap().is_repeatable());
    assert_eq!(encoded(Streaming { unsigned_payload: false, ..rules }).body, "body");
}

#[test]
fn numbers_are_as_short_as_can_be() {
    assert_eq!([1.1, 4.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY].map(float), ["1.1", "4.0", "NaN", "Infinity", "-Infinity"]);
    assert_eq!([0.1, 1e21, -0.0, f64::NAN].map(double), ["0.1", "1e21", "-0.0", "NaN"]);
}

#[test]
fn timestamps_have_three_forms() {
    let moment = DateTime::from_millis(1_576_540_098_500);
    assert_eq!(date_time(&moment), "2019-12-16T23:48:18.5Z");
    assert_eq!(http_date(&moment), "Mon, 16 Dec 2019 23:48:18 GMT");
    assert_eq!(epoch_seconds(&moment), "1576540098.5");
    assert_eq!(date_time(&DateTime::from_secs(i64::MAX)), "9223372036854775807");
}

#[test]
fn a_list_in_a_header_survives() {
    for items in [&["a", "b,c", "\"d\"", "e\\\"f", " g "][..], &["x"], &[]] {
        let text = list(items, |item| quoted(item));
        assert_eq!(text::items(&text), items, "{text}");
    }
    assert_eq!(text::items("a,, b ,\"unclosed"), ["a", "b", "unclosed"]);
    assert_eq!(text::items("\"a\" b, c"), ["a", "b", "c"]);
}

#[test]
fn a_request_is_put_below_the_path_of_the_endpoint() {
    for (endpoint, expected) in
        [("https://h/", "https://h/a/b?c=d"), ("http://h:8080/base/", "http://h:8080/base/a/b?c=d"), ("https://h", "https://h/a/b?c=d")]
    {
        let mut request = Request::new("GET");
        request.literal("/a/");
        request.label("b", "b").unwrap();
        request.query("c", "d");
        assert_eq!(applied(request, endpoint).uri(), expected);
    }
}

#[test]
fn a_request_without_a_body_has_neither_its_type_nor_its_length() {
    let names = |method| {
        let mut request = Request::new(method);
        request.literal("/");
        let request = applied(request, "https://h/");
        request.headers().iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("GET"), [] as [&str; 0]);
    assert_eq!(names("DELETE"), [] as [&str; 0]);
    assert_eq!(names("POST"), ["content-length"]);
}

#[test]
fn a_header_of_the_input_replaces_the_media_type() {
    let mut request = Request::new("PUT");
    request.literal("/");
    request.body("application/octet-stream", b"x");
    request.header("content-type", "image/png").unwrap();
    request.header_of_map("map", "content-", "type", "no").unwrap();
    assert_eq!(applied(request, "https://h/").headers().get("content-type"), Some("image/png"));
}

#[test]
fn a_part_that_cannot_be_sent_is_an_invalid_input() {
    let mut request = Request::new("GET");
    for error in [
        request.label("name", "").unwrap_err(),
        request.label("name", "..").unwrap_err(),
        request.greedy_label("name", "a/../b").unwrap_err(),
        request.header("x-a", "a\r\nb").unwrap_err(),
        request.header_of_map("name", "x-", "\u{e9}", "").unwrap_err(),
        set::<String>("name", &None).unwrap_err(),
    ] {
        assert_eq!(error.downcast_ref::<InvalidInput>().unwrap().findings().len(), 1, "{error}");
    }
}

#[test]
fn a_sensitive_value_is_kept_for_the_redaction() {
    let mut request = Request::new("GET");
    request.secret("s");
    let Encoded { head, .. } = request.into();
    assert_eq!(head.unwrap().secrets(), ["s"]);
}

fn headers(entries: &[(&'static str, &'static str)]) -> HeaderMap {
    entries.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

#[test]
fn a_list_may_be_in_several_headers() {
    let headers = headers(&[("a", "x, y"), ("a", "z"), ("n", "1"), ("n", "2, 3"), ("t", "Mon, 16 Dec 2019 23:48:18 GMT"), ("t", "7")]);
    let reply = Reply::of_parts(200, &headers, b"", None);
    assert_eq!(reply.texts::<String>("a").unwrap(), ["x", "y", "z"]);
    assert_eq!(reply.values::<i64>("n").unwrap().unwrap(), [1, 2, 3]);
    assert_eq!(reply.timestamps("t").unwrap().unwrap(), [1_576_540_098, 7].map(DateTime::from_secs));
    assert_eq!((reply.texts::<String>("none"), reply.text::<String>("none")), (None, None));
}

#[test]
fn a_value_of_another_form_names_its_header_and_is_not_shown() {
    let headers = headers(&[("n", "secret")]);
    let reply = Reply::of_parts(200, &headers, b"\xff", None);
    let errors = [
        reply.value::<i32>("n").unwrap_err().to_string(),
        reply.values::<f64>("n").unwrap_err().to_string(),
        reply.timestamp("n").unwrap_err().to_string(),
        reply.base64("n").unwrap_err().to_string(),
    ];
    assert_eq!(errors[0], "the header `n` is not a valid i32");
    for error in errors {
        assert!(error.contains("`n`") && !error.contains("secret"), "{error}");
    }
    assert_eq!(reply.string::<String>().unwrap_err().to_string(), "the body is not UTF-8");
}

#[test]
fn headers_with_a_prefix_are_a_map() {
    let headers = headers(&[("x-meta-a", "1"), ("x-meta-b", "2"), ("y", base64("3").leak())]);
    let reply = Reply::of_parts(200, &headers, b"", None);
    let map = |entries: &[(&str, &str)]| Some(entries.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<HashMap<_, _>>());
    assert_eq!(reply.prefixed("x-meta-"), map(&[("a", "1"), ("b", "2")]));
    assert_eq!(reply.prefixed("z-"), map(&[]));
    assert_eq!(reply.base64("y").unwrap().as_deref(), Some("3"));
}
