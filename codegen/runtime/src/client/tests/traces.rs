//! What a subscriber of tracing gets to see of a call.

use crate::config::retry::RetryConfig;
use crate::testing::{Hours, Replay, config, reply, start};
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps a line for each span and event of this crate: its level, its name, its fields.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn note(&self, metadata: &Metadata<'_>, what: &str, record: impl FnOnce(&mut dyn Visit)) {
        let mut line = format!("{} {what}", metadata.level());
        record(&mut Fields(&mut line));
        if metadata.target().starts_with("smithlet_runtime") {
            self.0.lock().unwrap().push(line);
        }
    }
}

impl Subscriber for Notes {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.note(span.metadata(), span.metadata().name(), |fields| span.record(fields));
        Id::from_u64(if span.metadata().name() == "call" { 1 } else { 2 })
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut line = format!("span {}", id.into_u64());
        values.record(&mut Fields(&mut line));
        self.0.lock().unwrap().push(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.note(event.metadata(), "event", |fields| event.record(fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

async fn seen(replies: &[(u16, &'static str)]) -> Vec<String> {
    let id = [("x-amzn-requestid", "1-abc")];
    let replay = Replay::all(replies.iter().map(|(status, body)| reply(*status, &id, *body)));
    let hours = Hours::default();
    let exact = RetryConfig::standard().with_use_static_exponential_base(true);
    let config = config().http_client(replay).retry_config(exact).time_source(hours.clone()).sleep_impl(hours);
    let notes = Notes::default();
    let _ = start(config).with_subscriber(notes.clone()).await;
    let seen = notes.0.lock().unwrap();
    seen.clone()
}

const CALL: &str = r#"INFO call rpc.system="aws-api" rpc.service="CodeBuild" rpc.method="StartBuild" region="eu-west-1""#;

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event() {
    let expected = [
        CALL,
        "DEBUG attempt number=1",
        r#"DEBUG event message=attempt failed, and another one follows wait=1s failure="unavailable" status=503 request_id="1-abc""#,
        "DEBUG attempt number=2",
        r#"DEBUG event message=attempt succeeded status=200 request_id="1-abc""#,
        "span 1 attempts=2",
        "span 1 status=200",
        r#"span 1 request_id="1-abc""#,
    ];
    assert_eq!(seen(&[(503, ""), (200, "{}")]).await, expected);
}

#[tokio::test]
async fn a_failed_call_is_told_in_its_span_and_cries_no_alarm() {
    let expected = [
        CALL,
        "DEBUG attempt number=1",
        r#"DEBUG event message=attempt failed failure="refused" status=400 request_id="1-abc""#,
        "span 1 attempts=1",
        "span 1 status=400",
        r#"span 1 request_id="1-abc""#,
        r#"span 1 failure="refused""#,
    ];
    assert_eq!(seen(&[(400, r#"{"__type":"InvalidInputException"}"#)]).await, expected);
}
