//! Round trips of values of every kind of shape through the emitted crates, with a service that answers each request with its own body.
//!
//! This file is not part of a crate of the workspace: `compiled.rs` copies it next to the emitted cases and runs its tests there.

#![cfg(test)]

mod checksums;
mod compression;
mod glacier;
mod pages;
mod recorder;
mod rest;
mod rpc_v2_cbor;
mod spelling;
mod streams;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use case_union::Config;
use case_union::config::{Credentials, Region, retry::RetryConfig};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// A connector that answers a request with its own body, or with a prepared one.
#[derive(Clone, Debug, Default)]
struct Service {
    reply: Option<String>,
    fails: bool,
    sent: Arc<Mutex<String>>,
}

impl Service {
    fn config(&self) -> Config {
        let connector = SharedHttpConnector::new(self.clone());
        Config::builder()
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
            .http_client(http_client_fn(move |_, _| connector.clone()))
            .retry_config(RetryConfig::disabled())
            .build()
    }

    fn sent(&self) -> String {
        self.sent.lock().unwrap().clone()
    }
}

impl HttpConnector for Service {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let sent = String::from_utf8(request.body().bytes().unwrap().to_vec()).unwrap();
        let reply = self.reply.clone().unwrap_or_else(|| sent.clone());
        *self.sent.lock().unwrap() = sent;
        let status: u16 = if self.fails { 400 } else { 200 };
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(reply))))
    }
}

/// Calls a case's operation. Returns the body of the request, and the output that is read from the same body.
macro_rules! echo {
    ($case:ident, $($set:tt)*) => {{
        let service = Service::default();
        let output = $case::Client::from_conf(service.config()).echo()$($set)*.send().await.expect("the reply is valid");
        (service.sent(), output)
    }};
}

/// Reads a reply with a case's operation. Returns the output, or the line of the error.
macro_rules! read {
    ($case:ident, $reply:expr) => {
        read!($case, $reply,)
    };
    ($case:ident, $reply:expr, $($set:tt)*) => {{
        let service = Service { reply: Some($reply.into()), ..Service::default() };
        $case::Client::from_conf(service.config()).echo()$($set)*.send().await.map_err(|error| error.to_string())
    }};
}

#[tokio::test]
async fn scalars_survive_a_round_trip() {
    use case_scalars::types::Everything;
    let inner =
        HashMap::from([("a".to_owned(), Document::Array(vec![Document::Null, Document::Bool(true), Document::String("x".into())]))]);
    let value = Everything::builder()
        .flag(true)
        .tiny(i8::MIN)
        .small(i16::MAX)
        .medium(i32::MIN)
        .large(i64::MAX)
        .single(0.1)
        .twice(f64::NEG_INFINITY)
        .text("\"\\\u{1}\u{1f600}")
        .bytes(Blob::new([0, 255, 16]))
        .moment(DateTime::from_millis(-1))
        .anything(Document::Object(inner))
        .build();
    let (sent, output) = echo!(case_scalars, .value(value.clone()));
    let expected =
        r#"{"value":{"anything":{"a":[null,true,"x"]},"bytes":"AP8Q","flag":true,"large":9223372036854775807,"medium":-2147483648,"#
            .to_owned()
            + r#""moment":-0.001,"single":0.1,"small":32767,"text":"\"\\\u0001"#
            + "\u{1f600}"
            + r#"","tiny":-128,"twice":"-Infinity"}}"#;
    assert_eq!(sent, expected);
    assert_eq!(output.value(), Some(&value));

    let odd = r#"{"value":{"tiny":-1.0,"large":1e3,"single":"NaN","twice":7,"anything":-3,"more":[],"text":null}}"#;
    let odd = read!(case_scalars, odd).unwrap().value.unwrap();
    assert_eq!((odd.tiny, odd.large, odd.twice, odd.text), (Some(-1), Some(1000), Some(7.0), None));
    assert_eq!(odd.anything, Some(Document::Number(Number::NegInt(-3))));
    assert!(odd.single.is_some_and(f32::is_nan));
    for (reply, expected) in [
        (r#"{"value":{"tiny":128}}"#, "value.tiny: expected an 8-bit integer, found a number out of range (byte 17)"),
        (r#"{"value":{"bytes":"?"}}"#, "value.bytes: expected a string in base64, found a string of another form (byte 18)"),
        (r#"{"value":{"single":1e39}}"#, "value.single: expected a 32-bit floating-point number, found a number out of range (byte 19)"),
    ] {
        let line = read!(case_scalars, reply).unwrap_err();
        assert_eq!(line, format!("Echo: 200 OK: {expected} (attempt 1 of 1)"));
    }
}

#[tokio::test]
async fn collections_survive_a_round_trip() {
    use case_collections::types::{Collections, Colour, Point};
    let point = Point::builder().x(0.5).build();
    let value = Collections::builder()
        .by_colour(Colour::from("mauve"), 7)
        .colours(Colour::Red)
        .flags(false)
        .gaps("a", None)
        .grid(vec!["b".to_owned()])
        .grid(Vec::new())
        .holes(None)
        .holes(Some(1))
        .labels("c", "d")
        .lists("e", vec![point.clone()])
        .moments(DateTime::from_secs(1_574_424_000))
        .points(point)
        .set_strings(Some(Vec::new()))
        .build();
    let (sent, output) = echo!(case_collections, .value(value.clone()));
    let expected =
        r#"{"value":{"byColour":{"mauve":7},"colours":["red"],"flags":[false],"gaps":{"a":null},"grid":[["b"],[]],"holes":[null,1],"#
            .to_owned()
            + r#""labels":{"c":"d"},"lists":{"e":[{"x":0.5}]},"moments":["Fri, 22 Nov 2019 12:00:00 GMT"],"points":[{"x":0.5}],"strings":[]}}"#;
    assert_eq!(sent, expected);
    assert_eq!(output.value(), Some(&value));

    let nulls = r#"{"value":{"labels":{"a":null,"b":"x"},"gaps":{"a":null,"b":"x"},"strings":[null,"x"],"holes":[null],"lists":{"a":null,"b":[null,{}]},
        "grid":[null,[null]],"points":null,"byColour":{"red":null}}}"#;
    let nulls = read!(case_collections, nulls).unwrap().value.unwrap();
    let expected = Collections::builder()
        .labels("b", "x")
        .gaps("a", None)
        .gaps("b", Some("x".to_owned()))
        .strings("x")
        .holes(None)
        .lists("b", vec![Point::builder().build()])
        .grid(Vec::new())
        .set_by_colour(Some(HashMap::new()))
        .build();
    assert_eq!(nulls, expected);
    let line = read!(case_collections, r#"{"value":{"lists":{"a key":[{"x":1},{"x":"no"}]}}}"#).unwrap_err();
    let words = "value.lists{..}[1].x: expected a 64-bit floating-point number, found a string of another form (byte 41)";
    assert_eq!(line, format!("Echo: 200 OK: {words} (attempt 1 of 1)"), "the error does not show the key of a map");
}

#[tokio::test]
async fn timestamps_survive_a_round_trip() {
    use case_timestamps::types::Moments;
    let (fine, whole) = (DateTime::from_millis(1_574_424_000_250), DateTime::from_secs(1_574_424_000));
    let value = Moments::builder().protocol_default(fine).epoch(whole).iso(fine).http(whole).member_wins(whole).build();
    let (sent, output) = echo!(case_timestamps, .value(value.clone()));
    let expected = r#"{"value":{"epoch":1574424000,"http":"Fri, 22 Nov 2019 12:00:00 GMT","iso":"2019-11-22T12:00:00.25Z","#.to_owned()
        + r#""memberWins":"Fri, 22 Nov 2019 12:00:00 GMT","protocolDefault":1574424000.25}}"#;
    assert_eq!(sent, expected);
    assert_eq!(output.value(), Some(&value));

    let others = r#"{"value":{"epoch":"2019-11-22T12:00:00Z","http":1574424000,"iso":"Fri, 22 Nov 2019 12:00:00 GMT"}}"#;
    let others = read!(case_timestamps, others).unwrap().value.unwrap();
    assert_eq!([others.epoch, others.http, others.iso], [Some(whole); 3]);
}

#[tokio::test]
async fn unions_survive_a_round_trip() {
    use case_union::types::{Circle, Shape};
    let circle = Shape::Circle(Circle::builder().radius(2.0).build());
    for (value, expected) in [
        (circle.clone(), r#"{"circle":{"radius":2.0}}"#),
        (Shape::Group(Box::new(circle)), r#"{"group":{"circle":{"radius":2.0}}}"#),
        (Shape::Label("hunter2".to_owned()), r#"{"label":"hunter2"}"#),
        (Shape::Nothing, r#"{"nothing":{}}"#),
        (Shape::Sides(vec![1.0, 2.5]), r#"{"sides":[1.0,2.5]}"#),
        (Shape::When(DateTime::from_secs(0)), r#"{"when":0}"#),
    ] {
        let (sent, output) = echo!(case_union, .value(value.clone()));
        assert_eq!(sent, format!(r#"{{"value":{expected}}}"#));
        assert_eq!(output.value(), Some(&value));
        assert!(!format!("{output:#?}").contains("hunter2"));
    }
    for reply in [r#"{"value":{"hexagon":{"x":[1]}}}"#, r#"{"value":{}}"#] {
        assert!(read!(case_union, reply).unwrap().value().is_some_and(Shape::is_unknown), "{reply}");
    }
    let inside = read!(case_union, r#"{"value":{"group":{"hexagon":1}}}"#).unwrap();
    assert!(inside.value().is_some_and(|value| value.as_group().is_ok_and(|group| group.is_unknown())));
    for (reply, expected) in [
        (r#"{"value":{"circle":null,"label":"x","when":null}}"#, Some(Shape::Label("x".to_owned()))),
        (r#"{"value":{"__type":"test#Shape","label":"x"}}"#, Some(Shape::Label("x".to_owned()))),
        // If a reply has several members of a union, the last one counts.
        (r#"{"value":{"label":"x","sides":[1.0]}}"#, Some(Shape::Sides(vec![1.0]))),
        (r#"{"value":{"sides":[1.0],"label":"x","when":null,"hexagon":1}}"#, Some(Shape::Label("x".to_owned()))),
        (r#"{"value":null}"#, None),
    ] {
        assert_eq!(read!(case_union, reply).unwrap().value, expected, "{reply}");
    }
    let line = read!(case_union, r#"{"value":{"group":{"circle":7}}}"#).unwrap_err();
    assert_eq!(line, "Echo: 200 OK: value.group.circle: expected an object, found a number (byte 28) (attempt 1 of 1)");
}

#[tokio::test]
async fn integer_enums_survive_a_round_trip() {
    use case_int_enum::types::Card;
    let (sent, output) = echo!(case_int_enum, .value(Card::QUEEN).hand(Card::JOKER).hand(99));
    assert_eq!(sent, r#"{"hand":[-1,99],"value":12}"#);
    assert_eq!((output.value(), output.hand()), (Some(Card::QUEEN), [Card::JOKER, 99].as_slice()));
}

#[tokio::test]
async fn recursive_shapes_survive_a_round_trip() {
    use case_recursion::types::{Chicken, Condition, Egg, Expression, Tree};
    let leaf = |text: &str| Tree::builder().value(text).build();
    let tree = Tree::builder().left(leaf("a")).children(leaf("b")).children(leaf("c")).build();
    let chicken = Chicken::builder().egg(Egg::builder().chicken(Chicken::builder().build()).build()).build();
    let of = Condition::builder().of(Expression::Number(1.0)).build();
    let all =
        vec![Expression::Not(Box::new(Expression::Number(2.0))), Expression::Where(Box::new(Condition::builder().named("x", of).build()))];
    let (sent, output) = echo!(case_recursion, .tree(tree.clone()).chicken(chicken.clone()).expression(Expression::All(all.clone())));
    let expected = r#"{"chicken":{"egg":{"chicken":{}}},"expression":{"all":[{"not":{"number":2.0}},{"where":{"named":{"x":{"of":{"number":1.0}}}}}]},"#
        .to_owned()
        + r#""tree":{"children":[{"value":"b"},{"value":"c"}],"left":{"value":"a"}}}"#;
    assert_eq!(sent, expected);
    assert_eq!((output.tree(), output.chicken(), output.expression()), (Some(&tree), Some(&chicken), Some(&Expression::All(all))));

    for deep in [r#"{"left":"#, r#"{"children":["#] {
        let line = read!(case_recursion, format!(r#"{{"tree":{}"#, deep.repeat(100_000))).unwrap_err();
        assert!(line.starts_with("Echo: 200 OK: ") && line.contains("nested") && line.len() < 500, "{line}");
    }
}

#[tokio::test]
async fn required_members_and_defaults_survive_a_round_trip() {
    use case_required_and_default::types::{Inner, Kind, Values};
    let value = Values::builder()
        .name("n")
        .kind(Kind::A)
        .count(0)
        .flag(false)
        .list("l")
        .map("k", "v")
        .when(DateTime::from_secs(1))
        .bytes(Blob::new("b"))
        .any(Document::Bool(true))
        .inner(Inner::builder().build())
        .client_optional("c")
        .build()
        .expect("all that is required is set");
    let (sent, output) = echo!(case_required_and_default, .name("n").value(value.clone()));
    let expected = r#"{"name":"n","value":{"any":true,"bytes":"Yg==","clientOptional":"c","count":0,"defaultBytesGiven":"YWJj","#.to_owned()
        + r#""defaultDocument":{},"defaultDocumentNumber":-7,"defaultDocumentText":"any","#
        + r#""defaultEmpty":"","defaultHalf":0.5,"defaultKind":"b","defaultList":[],"defaultMoment":482196050.52,"defaultMomentSeconds":1.5,"#
        + r#""defaultNegative":-5,"defaultSeven":7,"defaultText":"hello \"you\"","defaultTrue":true,"defaultZero":0,"#
        + r#""flag":false,"inner":{},"kind":"a","list":["l"],"map":{"k":"v"},"name":"n","when":1}}"#;
    assert_eq!(sent, expected);
    assert_eq!((output.name(), output.value()), ("n", Some(&value)));

    let empty = read!(case_required_and_default, r#"{"value":{"kind":null,"defaultSeven":null}}"#, .name("n")).unwrap();
    let value = empty.value().expect("it is set");
    assert_eq!((empty.name(), value.name(), value.kind().as_str(), value.count(), value.flag()), ("", "", "", 0, false));
    assert_eq!((value.list().len(), value.map().len(), value.inner()), (0, 0, None));
    assert_eq!((value.default_seven(), value.default_text(), value.default_kind()), (7, "hello \"you\"", &Kind::B));
    assert_eq!((value.default_half(), value.default_true(), value.default_null(), value.client_optional()), (0.5, true, None, None));
}

#[tokio::test]
async fn sensitive_values_are_redacted() {
    use case_sensitive::operation::echo::EchoError;
    use case_sensitive::types::{Account, Level, Vault};
    #[track_caller]
    fn assert_hides(shown: &[String]) {
        for shown in shown {
            assert!(shown.contains("Redacted") && !shown.contains("canary") && !shown.contains("7777"), "{shown}");
        }
    }
    let vault = Vault::builder().pin(7777);
    assert_hides(&[format!("{vault:?}"), format!("{:#?}", vault.clone().build())]);
    let level = Level::from("canary");
    assert_hides(&[format!("{level:?}"), level.to_string(), Level::try_parse("canary").unwrap_err().to_string()]);
    let account = Account::builder().name("n").password("canary 1").token("canary 2").spare("canary 3").by_name("canary 4", "canary 5");
    let account = account.vault(vault.build()).level(level);
    assert_hides(&[format!("{account:?}"), format!("{account:#?}")]);
    let account = account.build().expect("all that is required is set");
    let (sent, output) = echo!(case_sensitive, .value(account.clone()).api_key("canary 6"));
    assert_eq!(sent.matches("canary").count(), 7, "{sent}");
    assert_eq!((output.value(), output.api_key()), (Some(&account), Some("canary 6")));
    assert_hides(&[format!("{account:?}"), format!("{output:?}"), format!("{output:#?}")]);

    let reply = r#"{"__type":"Denied","message":"canary 7","hint":"canary 8"}"#.to_owned();
    let service = Service { reply: Some(reply), fails: true, ..Service::default() };
    let error = case_sensitive::Client::from_conf(service.config()).echo().send().await.unwrap_err();
    assert_hides(&[error.to_string(), format!("{error:?}")]);
    assert_eq!(error.to_string(), "Echo: 400 Denied: *** Sensitive Data Redacted *** (attempt 1 of 1)");
    let EchoError::Denied(denied) = error.into_service_error() else { panic!("the reply names the error") };
    assert_eq!((denied.message(), denied.hint()), (Some("canary 7"), Some("canary 8")), "the accessors return the values");
    assert_hides(&[denied.to_string(), format!("{denied:#?}"), case_sensitive::Error::from(EchoError::Denied(denied)).to_string()]);
}
