//! Requests and replies of the case `rest_json`: every place of a member in them.

use super::recorder::Recorder;
use aws_smithy_types::{Blob, DateTime, Document};
use case_rest_json::types::{Choice, Kind, Thing};
use case_rest_json::{Client, Config};
use std::collections::HashMap;
use std::error::Error as _;

fn client(recorder: &Recorder) -> Client {
    Client::from_conf(recorder.config())
}

fn map(entries: &[(&str, &str)]) -> HashMap<String, String> {
    entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn members_go_to_their_places() {
    let recorder = Recorder::default();
    let call = client(&recorder).put_thing().name("a/b c").path("x/y z").count(-3).tags("one").tags("t&o").token("T-1");
    let call = call.since(DateTime::from_secs(1_576_540_098)).when(DateTime::from_secs(1_576_540_098)).secret("hidden").level(1.5);
    let call = call.more("tag", vec!["no".to_owned()]).more("b", vec!["2".to_owned(), "3".to_owned()]).more("a", vec!["\u{e9}".to_owned()]);
    let call = call.more("mode", vec!["no".to_owned()]).list("p,q").list("\"r\"").list("s").kinds(Kind::Large).json("{\"\u{e9}\":1}");
    let call = call.marks("One", "1").marks("two", "").title("Title").kind(Kind::Small).moment(DateTime::from_secs(5));
    call.send().await.unwrap();
    let sent = recorder.sent();
    assert_eq!(sent.method, "PUT");
    assert_eq!(
        sent.uri,
        "https://test.eu-west-1.amazonaws.com/things/a%2Fb%20c/parts/x/y%20z?mode=full&quiet&count=-3&since=2019-12-16T23%3A48%3A18Z\
         &tag=one&tag=t%26o&token=T-1&a=%C3%A9&b=2&b=3"
    );
    for (name, value) in [
        ("content-type", "application/json"),
        ("accept", "application/json"),
        ("x-secret", "hidden"),
        ("x-level", "1.5"),
        ("x-when", "Mon, 16 Dec 2019 23:48:18 GMT"),
        ("x-list", "\"p,q\", \"\\\"r\\\"\", s"),
        ("x-kinds", "large"),
        ("x-json", "eyLDqSI6MX0="),
        ("x-meta-one", "1"),
        ("x-meta-two", ""),
        ("content-length", "43"),
    ] {
        assert_eq!(sent.headers.get(name).map(String::as_str), Some(value), "{name}");
    }
    assert!(!sent.headers.contains_key("x-amz-target"));
    assert_eq!(sent.body, r#"{"kind":"small","moment":5,"Title":"Title"}"#);
}

#[tokio::test]
async fn members_come_from_their_places() {
    let headers = [
        ("ETag", "\"tag\""),
        ("X-Count", " 7"),
        ("x-flags", "true, false"),
        ("X-List", "\"p,q\", \"\\\"r\\\"\",, s"),
        ("X-Kinds", "large, huge"),
        ("X-When", "Mon, 16 Dec 2019 23:48:18 GMT"),
        ("X-Whens", "Mon, 16 Dec 2019 23:48:18 GMT, 5, 1970-01-01T00:00:07Z"),
        ("X-Json", "eyLDqSI6MX0="),
        ("X-Meta-One", "1"),
        ("x-meta-two", ""),
        ("X-Other", "3"),
    ];
    let recorder = Recorder::replying(202, &headers, r#"{"Title":"t","kind":"small","more":[]}"#);
    let output = client(&recorder).put_thing().name("n").path("p").send().await.unwrap();
    assert_eq!((output.tag(), output.count(), output.status()), (Some("\"tag\""), Some(7), Some(202)));
    assert_eq!((output.flags(), output.list()), (&[true, false][..], &["p,q", "\"r\"", "s"].map(str::to_owned)[..]));
    assert_eq!(output.kinds(), [Kind::Large, Kind::from("huge")]);
    assert_eq!(output.when(), Some(&DateTime::from_secs(1_576_540_098)));
    assert_eq!(output.whens(), [1_576_540_098, 5, 7].map(DateTime::from_secs));
    assert_eq!((output.json(), output.title(), output.kind()), (Some("{\"\u{e9}\":1}"), Some("t"), Some(&Kind::Small)));
    assert_eq!(output.marks(), Some(&map(&[("one", "1"), ("two", "")])));

    let output = client(&Recorder::replying(204, &[], "")).put_thing().name("n").path("p").send().await.unwrap();
    assert_eq!((output.status(), output.title(), output.count(), output.list()), (Some(204), None, None, &[][..]));
}

#[tokio::test]
async fn an_input_that_cannot_be_part_of_a_path_is_not_sent() {
    let recorder = Recorder::default();
    let without_checks = |_: ()| Config::builder().validate(false);
    for (call, expected) in [
        (client(&recorder).put_thing().path("p"), "name: is required"),
        (client(&recorder).put_thing().name("").path("p"), "name: must not be empty, because it is part of the path"),
        (client(&recorder).put_thing().name("n").path(""), "path: must not be empty, because it is part of the path"),
        (client(&recorder).put_thing().name("..").path("p"), "name: must not be `.` or `..`, which would change the path"),
        (client(&recorder).put_thing().name("n").path("a/./b"), "path: must not be `.` or `..`, which would change the path"),
        (
            client(&recorder).put_thing().name("n").path("p").secret("a\nb"),
            "x-secret: has a character that a header cannot have, such as a line break",
        ),
        (client(&recorder).put_thing().name("n").path("p").marks("a b", "c"), "marks: has a key that is not a valid name of a header"),
    ] {
        let error = call.customize().config_override(without_checks(())).send().await.unwrap_err();
        assert_eq!(error.to_string(), format!("PutThing: the input is not valid: {expected}"));
    }
    assert!(recorder.is_unused());
}

#[tokio::test]
async fn a_payload_is_the_whole_body() {
    let recorder = Recorder::replying(200, &[("content-type", "image/png")], "\u{1}\u{2}");
    let output = client(&recorder).get_blob().id(7).send().await.unwrap();
    let sent = recorder.sent();
    assert_eq!((&*sent.method, &*sent.uri, &*sent.body), ("GET", "https://test.eu-west-1.amazonaws.com/blobs/7", ""));
    for name in ["content-type", "content-length", "accept"] {
        assert!(!sent.headers.contains_key(name), "{name}");
    }
    assert_eq!((output.content(), output.r#type()), (Some(&Blob::new("\u{1}\u{2}")), Some("image/png")));

    client(&recorder).send_blob().content(Blob::new("data")).send().await.unwrap_err();
    assert_eq!((recorder.header("content-type").as_deref(), &*recorder.sent().body), (Some("application/octet-stream"), "data"));
    let recorder = Recorder::default();
    client(&recorder).send_blob().content(Blob::new("data")).r#type("text/css").send().await.unwrap();
    assert_eq!(recorder.header("content-type").as_deref(), Some("text/css"));
    client(&recorder).send_blob().send().await.unwrap();
    assert_eq!((recorder.header("content-type"), recorder.header("content-length").as_deref()), (None, Some("0")));

    let recorder = Recorder::replying(200, &[], "large");
    let output = client(&recorder).send_text().text("<p>").send().await.unwrap();
    assert_eq!((recorder.header("content-type").as_deref(), &*recorder.sent().body), (Some("text/html"), "<p>"));
    assert_eq!(output.kind(), Some(&Kind::Large));
}

#[tokio::test]
async fn a_payload_can_be_a_value_in_json() {
    let recorder = Recorder::replying(200, &[], r#"{"Name":"n","header":"h"}"#);
    let thing = Thing::builder().name("n").header("h").build();
    let output = client(&recorder).send_thing().thing(thing.clone()).send().await.unwrap();
    assert_eq!((&*recorder.sent().body, output.thing()), (r#"{"header":"h","Name":"n"}"#, Some(&thing)));
    client(&recorder).send_thing().send().await.unwrap();
    assert_eq!((&*recorder.sent().body, recorder.header("content-type").as_deref()), ("{}", Some("application/json")));

    let recorder = Recorder::replying(200, &[], r#"{"Text":"t"}"#);
    let output = client(&recorder).send_choice().choice(Choice::Number(4)).send().await.unwrap();
    assert_eq!((&*recorder.sent().body, output.choice()), (r#"{"number":4}"#, Some(&Choice::Text("t".to_owned()))));
    let recorder = Recorder::default();
    let output = client(&recorder).send_choice().send().await.unwrap();
    assert_eq!((&*recorder.sent().body, recorder.header("content-type"), output.choice()), ("", None, None));

    let recorder = Recorder::replying(200, &[], "\"x\"");
    let output = client(&recorder).send_anything().anything(Document::Bool(true)).send().await.unwrap();
    assert_eq!((&*recorder.sent().body, output.anything()), ("true", Some(&Document::String("x".to_owned()))));
}

#[tokio::test]
async fn a_request_has_no_body_without_members_of_one() {
    let recorder = Recorder::default();
    client(&recorder).ping().send().await.unwrap();
    let sent = recorder.sent();
    assert_eq!((&*sent.method, &*sent.uri, &*sent.body), ("GET", "https://test.eu-west-1.amazonaws.com/ping", ""));
    assert!(!sent.headers.contains_key("content-type") && !sent.headers.contains_key("content-length"));
    client(&recorder).plain().send().await.unwrap();
    assert_eq!((&*recorder.sent().method, &*recorder.sent().body), ("POST", "{}"));
    client(&recorder).search().filters("name", "of the map").name("named").filters("a", "b").send().await.unwrap();
    assert!(recorder.sent().uri.ends_with("/search?name=named&a=b"), "{}", recorder.sent().uri);
    client(&recorder).search().filters("name", "of the map").send().await.unwrap();
    assert!(recorder.sent().uri.ends_with("/search?name=of%20the%20map"), "{}", recorder.sent().uri);
}

#[tokio::test]
async fn an_error_is_known_by_its_header_its_body_or_its_status() {
    let put = async |recorder: Recorder| client(&recorder).put_thing().name("n").path("p").send().await.unwrap_err();
    let headers = [("x-amzn-errortype", "test#Gone:http://internal/"), ("Retry-After", "9")];
    let error = put(Recorder::replying(404, &headers, r#"{"message":"m","Resource":"r"}"#)).await;
    assert_eq!(error.to_string(), "PutThing: 404 Gone: m (attempt 1 of 1)");
    let gone = match error.into_service_error() {
        case_rest_json::operation::put_thing::PutThingError::Gone(gone) => gone,
        other => panic!("{other:?}"),
    };
    assert_eq!((gone.message(), gone.retry_after(), gone.resource()), (Some("m"), Some(9), Some("r")));
    for body in [r#"{"code":"test#Denied","Message":"m"}"#, r#"{"__type":"Denied","Message":"m"}"#] {
        assert!(put(Recorder::replying(403, &[], body)).await.into_service_error().is_denied(), "{body}");
    }
    // Without a code, the status decides, if one error alone has it.
    let busy = put(Recorder::replying(503, &[("X-Reason", "why")], "")).await.into_service_error();
    assert!(busy.is_busy());
    assert!(!put(Recorder::replying(500, &[], "")).await.into_service_error().is_busy());
    // A header that does not parse is absent in an error.
    let error = put(Recorder::replying(404, &[("x-amzn-errortype", "Gone"), ("Retry-After", "soon")], "{}")).await;
    assert!(error.into_service_error().is_gone());
}

#[tokio::test]
async fn a_bad_reply_is_explained() {
    let put = async |recorder: Recorder| client(&recorder).put_thing().name("n").path("p").send().await.unwrap_err();
    for (headers, body, expected) in [
        (&[("x-count", "many")][..], "{}", "the header `x-count` is not a valid i32"),
        (&[("x-flags", "true, maybe")], "{}", "the header `x-flags` is not a valid bool"),
        (&[("x-when", "soon")], "{}", "the header `x-when` is not a valid timestamp"),
        (&[("x-json", "?")], "{}", "the header `x-json` is not a valid text in base64"),
        (&[], "{\"Title\":1}", "Title: expected a string, found a number (byte 9)"),
        (&[], "<html>", "the body is an HTML page of 6 bytes, not JSON"),
    ] {
        let error = put(Recorder::replying(200, headers, body)).await;
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn no_error_shows_a_secret_of_a_header() {
    let recorder = Recorder::replying(404, &[("x-amzn-errortype", "Gone"), ("x-reason", "top-hidden")], r#"{"message":"no top-hidden here"}"#);
    let error = client(&recorder).put_thing().name("n").path("p").secret("top-hidden").send().await.unwrap_err();
    assert_eq!(error.to_string(), "PutThing: 404 Gone: no (redacted) here (attempt 1 of 1)");
    let mut shown = format!("{error:?}");
    let mut source = error.source();
    while let Some(inner) = source {
        shown += &format!("{inner:?} {inner}");
        source = inner.source();
    }
    assert!(!shown.contains("top-hidden"), "{shown}");
}

#[tokio::test]
async fn an_operation_can_have_a_host_of_its_own() {
    let recorder = Recorder::default();
    client(&recorder).hosted().account("a1").send().await.unwrap();
    let sent = recorder.sent();
    assert_eq!((&*sent.uri, &*sent.body), ("https://data-a1.test.eu-west-1.amazonaws.com/hosted", r#"{"account":"a1"}"#));
    assert_eq!(recorder.header("host").as_deref(), Some("data-a1.test.eu-west-1.amazonaws.com"));
    let error = client(&recorder).hosted().account("a.b").send().await.unwrap_err();
    assert!(error.to_string().starts_with("Hosted: the input is not valid: account: must be part of a host name"), "{error}");

    let client = case_host_prefix::Client::from_conf(recorder.config());
    client.literal().send().await.unwrap();
    assert_eq!(recorder.sent().uri, "https://sync-test.eu-west-1.amazonaws.com/");
    client.labelled().account("a1").text("t").send().await.unwrap();
    let sent = recorder.sent();
    assert_eq!((&*sent.uri, &*sent.body), ("https://a1.data.test.eu-west-1.amazonaws.com/", r#"{"account":"a1","text":"t"}"#));
}
