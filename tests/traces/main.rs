//! The spans and events that `tracing` records of a call.
//!
//! These tests are a separate program: `tracing` caches for the whole program whether a subscriber wants an event, and a test without a
//! subscriber could reach an event first. Here every call has a subscriber.

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn};
use aws_smithy_types::body::SdkBody;
use smithlet_codebuild::config::http::{HttpRequest, HttpResponse};
use smithlet_codebuild::config::retry::RetryConfig;
use smithlet_codebuild::config::timeout::TimeoutConfig;
use smithlet_codebuild::config::{AsyncSleep, Builder, Credentials, Environment, Region, Sleep, TimeSource};
use smithlet_codebuild::{Client, Config};
use std::collections::VecDeque;
use std::fmt::{Debug, Write as _};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// A subscriber that keeps a line for each span and event of the runtime: its level, its name, its fields.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Recorder {
    fn note(&self, metadata: &Metadata<'_>, what: &str, record: impl FnOnce(&mut dyn Visit)) {
        let mut line = format!("{} {what}", metadata.level());
        record(&mut Fields(&mut line));
        if metadata.target().starts_with("smithlet_runtime") {
            self.0.lock().expect("the lock is not poisoned").push(line);
        }
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.note(span.metadata(), span.metadata().name(), |fields| span.record(fields));
        Id::from_u64(if span.metadata().name() == "call" { 1 } else { 2 })
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut fields = String::new();
        values.record(&mut Fields(&mut fields));
        // A field without a value is recorded too.
        if !fields.is_empty() {
            self.0.lock().expect("the lock is not poisoned").push(format!("span {}{fields}", id.into_u64()));
        }
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

/// A connector that gives prepared replies, and never answers after the last one.
#[derive(Clone, Debug)]
struct Replies(Arc<Mutex<VecDeque<HttpResponse>>>);

impl HttpConnector for Replies {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        match self.0.lock().expect("the lock is not poisoned").pop_front() {
            Some(reply) => HttpConnectorFuture::ready(Ok(reply)),
            None => HttpConnectorFuture::new(std::future::pending()),
        }
    }
}

/// A clock that is stopped, and a timer that ends at once.
#[derive(Debug)]
struct StoppedClock;

impl TimeSource for StoppedClock {
    /// 2019-11-22, 10:20:30 UTC.
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_574_418_030)
    }
}

impl AsyncSleep for StoppedClock {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

/// A reply with a request id and a date.
fn reply(status: u16, body: &'static str, date: &'static str) -> HttpResponse {
    let mut reply = HttpResponse::new(status.try_into().expect("the status is valid"), SdkBody::from(body));
    reply.headers_mut().insert("x-amzn-requestid", "1-abc");
    reply.headers_mut().insert("date", date);
    reply
}

/// The recorded lines of a `StartBuild` that gets these replies.
async fn seen(replies: impl IntoIterator<Item = HttpResponse>, configure: impl FnOnce(Builder) -> Builder) -> Vec<String> {
    let connector = SharedHttpConnector::new(Replies(Arc::new(Mutex::new(replies.into_iter().collect()))));
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE", None, None, "test"))
        .environment(Environment::fixed::<&str, &str>([]))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::ZERO))
        .time_source(StoppedClock)
        .sleep_impl(StoppedClock)
        .http_client(http_client_fn(move |_, _| connector.clone()));
    let client = Client::from_conf(configure(config).build());
    let notes = Recorder::default();
    let _ = client.start_build().project_name("p").send().with_subscriber(notes.clone()).await;
    let seen = notes.0.lock().expect("the lock is not poisoned");
    seen.clone()
}

const NOW: &str = "Fri, 22 Nov 2019 10:20:30 GMT";
const CALL: &str = r#"INFO call rpc.system="aws-api" rpc.service="CodeBuild" rpc.method="StartBuild" region="eu-west-1""#;

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event() {
    let expected = [
        CALL,
        "DEBUG attempt number=1",
        r#"DEBUG event message=attempt failed, and another one follows wait=0ns failure="unavailable" status=503 request_id="1-abc""#,
        "DEBUG attempt number=2",
        r#"DEBUG event message=attempt succeeded status=200 request_id="1-abc""#,
        "span 1 attempts=2",
        "span 1 status=200",
        r#"span 1 request_id="1-abc""#,
    ];
    assert_eq!(seen([reply(503, "", NOW), reply(200, "{}", NOW)], |config| config).await, expected);
}

#[tokio::test]
async fn a_failed_call_is_recorded_in_its_span_without_a_warning() {
    let expected = [
        CALL,
        "DEBUG attempt number=1",
        r#"DEBUG event message=attempt failed failure="refused" status=400 request_id="1-abc""#,
        "span 1 attempts=1",
        "span 1 status=400",
        r#"span 1 request_id="1-abc""#,
        r#"span 1 failure="refused""#,
    ];
    assert_eq!(seen([reply(400, r#"{"__type":"InvalidInputException"}"#, NOW)], |config| config).await, expected);
}

#[tokio::test]
async fn an_attempt_ended_by_the_operation_timeout_is_an_event() {
    let expected = [
        CALL,
        "DEBUG attempt number=1",
        r#"DEBUG event message=attempt failed failure="timeout""#,
        "span 1 attempts=1",
        r#"span 1 failure="timeout""#,
    ];
    let limit = TimeoutConfig::builder().operation_timeout(Duration::from_secs(9)).build();
    assert_eq!(seen([], |config| config.timeout_config(limit)).await, expected);
}

#[tokio::test]
async fn a_wrong_clock_is_warned_of() {
    let ahead = "Fri, 22 Nov 2019 10:30:30 GMT";
    let seen = seen([reply(200, "{}", ahead)], |config| config).await;
    let told: Vec<_> = seen.iter().filter(|line| line.starts_with("WARN")).collect();
    let words = "the clock differs from the service's: requests are signed by the service's from here on";
    assert_eq!(told, [&format!("WARN event message={words} offset_ms=600000")]);
}

#[test]
fn settings_that_are_passed_over_are_told() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("home-{}", std::process::id()));
    let folder = home.join(".aws");
    // The config file is a folder, and the credentials file has a section in the format of the config file.
    fs::create_dir_all(folder.join("config")).expect("the folder can be written");
    fs::write(folder.join("credentials"), "[profile default]\nregion = eu-west-1\n").expect("the file can be written");
    let notes = Recorder::default();
    let environment = Environment::fixed([("HOME", home.display().to_string()), ("AWS_REGION", "eu-west-3".to_owned())]);
    let config = tracing::subscriber::with_default(notes.clone(), || Config::from_environment(environment));
    fs::remove_dir_all(&home).expect("the folder can be written");
    assert_eq!(config.expect("the environment has all that is needed").region(), Some(&Region::new("eu-west-3")));
    let seen = notes.0.lock().expect("the lock is not poisoned");
    let [unread, misplaced] = &seen[..] else { panic!("two events were expected: {seen:?}") };
    let file = folder.join("config");
    let words = "WARN event message=the file at its default place cannot be read and counts as absent";
    assert!(unread.starts_with(&format!("{words} file={file:?} fault=")), "{unread}");
    let section = format!("{}:1 has [profile default], which has to be [default] in this file", folder.join("credentials").display());
    assert_eq!(*misplaced, format!("WARN event message=settings of the profile \"default\" are not read: {section}"));
}
