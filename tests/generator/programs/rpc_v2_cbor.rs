//! Round trips in CBOR, and replies that a service may send.

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{Blob, DateTime};
use case_rpc_v2_cbor::config::{Credentials, Region, retry::RetryConfig};
use case_rpc_v2_cbor::error::ProvideErrorMetadata as _;
use case_rpc_v2_cbor::operation::echo::EchoError;
use case_rpc_v2_cbor::types::{Cbor, Choice, Colour, Everything, Tree};
use case_rpc_v2_cbor::{Client, Config};
use std::sync::{Arc, Mutex};

/// A connector that answers a request with its own body, or with a prepared one.
#[derive(Clone, Debug, Default)]
struct Service {
    reply: Option<Vec<u8>>,
    fails: bool,
    sent: Arc<Mutex<(String, Vec<u8>)>>,
}

impl Service {
    fn replying(reply: &[u8]) -> Self {
        Self { reply: Some(reply.to_vec()), ..Self::default() }
    }

    fn client(&self) -> Client {
        let connector = SharedHttpConnector::new(self.clone());
        let config = Config::builder()
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .retry_config(RetryConfig::disabled())
            .build();
        Client::from_conf(config)
    }

    fn sent(&self) -> (String, Vec<u8>) {
        self.sent.lock().unwrap().clone()
    }
}

impl HttpConnector for Service {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = request.body().bytes().unwrap().to_vec();
        *self.sent.lock().unwrap() = (request.uri().to_owned(), body.clone());
        let status: u16 = if self.fails { 400 } else { 200 };
        let reply = self.reply.clone().unwrap_or(body);
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(reply))))
    }
}

fn everything() -> Everything {
    Everything::builder()
        .flag(true)
        .tiny(i8::MIN)
        .small(i16::MAX)
        .medium(i32::MIN)
        .large(i64::MAX)
        .single(0.1)
        .twice(f64::NEG_INFINITY)
        .text("\u{1f600}")
        .bytes(Blob::new([0, 255, 16]))
        .moment(DateTime::from_millis(-1))
        .iso(DateTime::from_millis(1_574_424_000_250))
        .colour(Colour::Red)
        .size(7)
        .labels(Colour::from("mauve"), "x")
        .gaps("a", None)
        .gaps("b", Some(-1))
        .moments(DateTime::from_secs(0))
        .holes(None)
        .holes(Some("y".to_owned()))
        .password("hunter2")
        .build()
}

fn tree() -> Tree {
    let leaf = |name: &str| Tree::builder().name(name).build().expect("it has a name");
    Tree::builder().name("root").left(leaf("a")).children(leaf("b")).children(leaf("c")).build().expect("it has a name")
}

#[tokio::test]
async fn every_kind_of_value_survives_a_round_trip() {
    let service = Service::default();
    let choice = Choice::Nested(Box::new(Choice::Tree(tree())));
    let cbor = Cbor::builder().json("{}").build();
    let call = service.client().echo().value(everything()).choice(choice.clone()).tree(tree()).cbor(cbor.clone());
    let output = call.send().await.expect("the reply is valid");
    assert_eq!(output.value(), Some(&everything()));
    assert_eq!((output.choice(), output.tree(), output.cbor()), (Some(&choice), Some(&tree()), Some(&cbor)));
    let (uri, _) = service.sent();
    assert_eq!(uri, "https://test.eu-west-1.amazonaws.com/service/Counters/operation/Echo");
    for choice in [Choice::Number(1.5), Choice::Blob(Blob::new("x")), Choice::Nothing] {
        let output = Service::default().client().echo().choice(choice.clone()).send().await.expect("the reply is valid");
        assert_eq!(output.choice(), Some(&choice));
    }
}

#[tokio::test]
async fn a_request_is_written_in_the_shortest_form() {
    let service = Service::default();
    let value = Everything::builder().moment(DateTime::from_secs(1)).iso(DateTime::from_millis(500)).large(1).labels(Colour::Red, "x").build();
    service.client().echo().value(value).send().await.expect("the reply is valid");
    let expected = b"\xbf\x65value\xbf\x63iso\xc1\xfa\x3f\x00\x00\x00\x66labels\xa1\x63red\x61x\x65large\x01\x66moment\xc1\x01\xff\xff";
    assert_eq!(service.sent().1, expected);
}

#[tokio::test]
async fn an_empty_input_is_an_empty_object_and_no_input_is_no_body() {
    for (reply, expected) in [(b"".as_slice(), b"\xbf\xff".as_slice()), (b"\xa0", b"\xbf\xff")] {
        let service = Service::replying(reply);
        service.client().reset().send().await.expect("the reply is valid");
        assert_eq!(service.sent(), ("https://test.eu-west-1.amazonaws.com/service/Counters/operation/Reset".to_owned(), expected.to_vec()));
        let service = Service::replying(reply);
        service.client().ping().send().await.expect("the reply is valid");
        assert_eq!(service.sent(), ("https://test.eu-west-1.amazonaws.com/service/Counters/operation/Ping".to_owned(), Vec::new()));
    }
}

#[tokio::test]
async fn odd_members_do_not_cost_the_others() {
    let odd = b"\xbf\x64more\x9f\x01\xff\x65value\xa6\x64tiny\xfb\xbf\xf0\0\0\0\0\0\0\x65large\xc2\x42\x03\xe8\x64text\xf6\x66single\xf9\x7e\0\x66labels\xa2\x63red\xf6\x64blue\x61x\x61x\xa1\x01\x02\xff";
    let value = Service::replying(odd).client().echo().send().await.expect("it can be read").value.expect("it is set");
    assert_eq!((value.tiny, value.large, value.text.as_deref()), (Some(-1), Some(1000), None));
    assert!(value.single.is_some_and(f32::is_nan));
    assert_eq!(value.labels.map(|labels| labels.len()), Some(1));
    let unknown = Service::replying(b"\xa1\x66choice\xa2\x66__type\x61x\x67hexagon\x01").client().echo().send().await.expect("it can be read");
    assert!(unknown.choice().is_some_and(Choice::is_unknown));
    for (reply, words) in [
        (b"\xa1\x65value\xa1\x64tiny\x18\x80".as_slice(), "value.tiny: expected an 8-bit integer, found a number out of range (byte 13)"),
        (b"\xa1\x64tree\xa1\x68children\x82\xa0\x07", "tree.children[1]: expected an object, found a number (byte 18)"),
    ] {
        let line = Service::replying(reply).client().echo().send().await.expect_err("it has the wrong type").to_string();
        assert_eq!(line, format!("Echo: 200 OK: {words} (attempt 1 of 1)"));
    }
    for deep in [b"\xa1\x64tree\xa1\x64left".as_slice(), b"\xbf\x64tree\xbf\x68children\x9f"] {
        let (first, again) = deep.split_at(6);
        let reply = [first, &again.repeat(100_000)].concat();
        let line = Service::replying(&reply).client().echo().send().await.expect_err("it is nested without end").to_string();
        assert!(line.starts_with("Echo: 200 OK: ") && line.contains("nested") && line.len() < 500, "{line}");
    }
}

#[tokio::test]
async fn errors_are_read_with_their_members_and_without_secrets() {
    let body = b"\xbf\x66__type\x6btest#Denied\x67message\x71no hunter2, sorry\x64hint\x67hunter2\x64when\xc1\x01\x68password\x67hunter2\xff";
    let service = Service { fails: true, ..Service::replying(body) };
    let error = service.client().echo().send().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "Echo: 400 Denied: no (redacted), sorry (attempt 1 of 1)");
    assert_eq!(error.code(), Some("Denied"));
    let EchoError::Denied(denied) = error.into_service_error() else { panic!("the reply names the error") };
    assert_eq!((denied.hint(), denied.password(), denied.when()), (Some("(redacted)"), Some("hunter2"), Some(&DateTime::from_secs(1))));
    assert!(!format!("{denied:?}").contains("hunter2"));

    let body = b"\xa3\x66__type\x68Conflict\x67message\x62no\x64tree\xa1\x64name\x61x";
    let service = Service { fails: true, ..Service::replying(body) };
    let EchoError::Conflict(conflict) = service.client().echo().send().await.expect_err("it is refused").into_service_error() else {
        panic!("the reply names the error")
    };
    assert_eq!((conflict.message(), conflict.tree().map(Tree::name)), (Some("no"), Some("x")));
}
