//! Sensitive values are never shown: not by `Debug`, not in an error, not in a trace.
//!
//! The overlay marks the sensitive members. The bodies in `bodies/` have values for the members of 2019; `every_member` tests the newer ones.

mod quoted;
mod trace;

use super::body;
use super::replay::Replay;
use super::requests::everything;
use serde_json::Value;
use smithlet_codebuild::config::{Builder, Credentials, Environment, IdempotencyTokenProvider, Region, retry::RetryConfig};
use smithlet_codebuild::error::{BuildError, DisplayErrorContext};
use smithlet_codebuild::operation::batch_get_builds::BatchGetBuildsOutput;
use smithlet_codebuild::operation::start_build::builders::StartBuildFluentBuilder;
use smithlet_codebuild::types::EnvironmentVariable;
use smithlet_tests::http::Message;
use smithlet_tests::model::{codebuild, sensitive};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Debug;
use std::net::TcpListener;

const CREDENTIALS: [&str; 3] = ["AKIDCANARY", "KEYCANARY", "TOKENCANARY"];
const BODIES: [(&str, &str); 4] = [
    ("batch_get_builds.reply", "BatchGetBuildsOutput"),
    ("start_build.request", "StartBuildInput"),
    ("start_build.reply", "StartBuildOutput"),
    ("stop_build.reply", "StopBuildOutput"),
];

/// The secrets of a body by sensitive member or shape.
pub(super) type Secrets = BTreeMap<String, Vec<String>>;

/// Collects the secrets in a value of the shape `id`.
pub(super) fn secrets_of(model: &Value, marked: &BTreeSet<String>, id: &str, value: &Value, found: &mut Secrets) {
    let shape = &model["shapes"][id];
    let mut visit = |place: String, target: &Value, value: &Value| {
        let target = target.as_str().unwrap_or_default();
        match [place.as_str(), target].into_iter().find(|id| marked.contains(*id)) {
            Some(id) => texts(value, found.entry(id.to_owned()).or_default()),
            None => secrets_of(model, marked, target, value, found),
        }
    };
    for (name, member) in shape["members"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            visit(format!("{id}${name}"), &member["target"], value);
        }
    }
    for item in value.as_array().into_iter().flatten() {
        visit(format!("{id}$member"), &shape["member"]["target"], item);
    }
}

/// Collects every scalar inside a value as text.
fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        Value::String(text) => found.push(text.clone()),
        other => found.push(other.to_string()),
    }
}

/// All secrets of a body, including the credentials.
fn secrets(name: &str) -> Vec<String> {
    let (model, mut found) = (codebuild(), Secrets::new());
    let marked = sensitive(&model);
    let (_, shape) = BODIES.into_iter().find(|(body, _)| *body == name).expect("the body is listed");
    let value = serde_json::from_str(&body(name)).expect("the body is JSON");
    secrets_of(&model, &marked, &format!("com.amazonaws.codebuild#{shape}"), &value, &mut found);
    assert!(!found.is_empty(), "{name} has values of sensitive members");
    found.into_values().flatten().chain(CREDENTIALS.map(str::to_owned)).collect()
}

#[track_caller]
fn assert_hidden(shown: &str, secrets: &[String]) {
    for secret in secrets {
        assert!(!shown.contains(secret.as_str()), "{secret} is in {shown}");
    }
}

#[track_caller]
pub(super) fn assert_hides(value: &impl Debug, secrets: &[String]) {
    assert_hidden(&format!("{value:?}"), secrets);
    assert_hidden(&format!("{value:#?}"), secrets);
}

/// Checks every printed form of an error and of its causes.
#[track_caller]
fn assert_error_hides(error: &(dyn Error + 'static), secrets: &[String]) {
    for error in std::iter::successors(Some(error), |&error| error.source()) {
        assert_hides(&error, secrets);
        assert_hidden(&error.to_string(), secrets);
        assert_hidden(&DisplayErrorContext(error).to_string(), secrets);
    }
}

/// The settings of these tests: credentials that cannot be mistaken for other text, and a fixed token.
fn config() -> Builder {
    let [key, secret, token] = CREDENTIALS;
    Builder::new()
        .credentials_provider(Credentials::new(key, secret, Some(token.to_owned()), None, "test"))
        .idempotency_token_provider(IdempotencyTokenProvider::fixed("TOKENCANARY"))
}

fn start(replay: &Replay) -> Result<StartBuildFluentBuilder, BuildError> {
    everything(replay.client().start_build())
}

#[test]
fn an_input_shows_no_secret() {
    let secrets = secrets("start_build.request");
    let replay = Replay::new(200, "{}");
    let start = start(&replay).expect("all that is required is set");
    assert_hides(&start, &secrets);
    assert_hides(start.as_input(), &secrets);
    assert_hides(&start.as_input().clone().build(), &secrets);
    assert_hides(&start.clone().customize().config_override(config()), &secrets);
    assert_hides(start.get_environment_variables_override(), &secrets);
    assert_hides(start.get_registry_credential_override(), &secrets);
    assert_hides(start.get_source_auth_override(), &secrets);
    assert_hides(start.get_secondary_sources_override(), &secrets);
    // An incomplete builder hides its values too.
    assert_hides(&EnvironmentVariable::builder().value("CANARY"), &["CANARY".to_owned()]);
    let error = EnvironmentVariable::builder().value("CANARY").build().expect_err("the name is missing");
    assert_error_hides(&error, &["CANARY".to_owned()]);
}

#[test]
fn a_client_and_its_configuration_show_no_secret() {
    let secrets: Vec<String> = CREDENTIALS.map(str::to_owned).into();
    assert_hides(&config(), &secrets);
    assert_hides(&config().build(), &secrets);
    assert_hides(&smithlet_codebuild::Client::from_conf(config().build()), &secrets);
    let with_password = config().endpoint_url("http://user:AKIDCANARY@localhost:7").build();
    assert_hides(&smithlet_codebuild::Client::from_conf(with_password), &secrets);
}

#[tokio::test]
async fn an_output_shows_no_secret() {
    let replay = Replay::new(200, body("batch_get_builds.reply"));
    let output = replay.client().batch_get_builds().ids("a:b").send().await.expect("the reply is a success");
    assert_parts_hide(&output, &secrets("batch_get_builds.reply"));
    for name in ["start_build.reply", "stop_build.reply"] {
        let client = Replay::new(200, body(name)).client();
        assert_hides(&client.start_build().project_name("p").send().await.expect("the reply is a success"), &secrets(name));
        assert_hides(&client.stop_build().id("a:b").send().await.expect("the reply is a success"), &secrets(name));
    }
}

/// A structure that is redacted as a whole does not show whether it redacts its members, so that each is checked separately.
#[track_caller]
fn assert_parts_hide(output: &BatchGetBuildsOutput, secrets: &[String]) {
    assert_hides(output, secrets);
    let [build] = output.builds() else { panic!("there is one build") };
    assert_hides(build, secrets);
    let environment = build.environment().expect("it is set");
    assert_hides(environment, secrets);
    assert_hides(&environment.environment_variables(), secrets);
    assert_hides(&environment.registry_credential(), secrets);
    assert_hides(&build.exported_environment_variables(), secrets);
    assert_hides(&build.source(), secrets);
    assert_hides(&build.source().and_then(|source| source.auth()), secrets);
    assert_hides(&build.secondary_sources(), secrets);
}

/// Replies with secrets that fail a call.
fn failing_replies() -> Vec<Replay> {
    let whole = body("start_build.reply");
    let cut_off = whole.get(..whole.len() - 1).expect("it ends with a brace").to_owned();
    let error = |members: &str| format!(r#"{{{members},"message":"no","request":{},"build":{whole}}}"#, body("start_build.request"));
    vec![
        Replay::new(200, cut_off),
        Replay::new(200, format!("{whole} x")),
        Replay::new(200, whole.replace(r#""timeoutInMinutes":"#, r#""timeoutInMinutes":"x","more":"#)),
        Replay::new(400, error(r#""__type":"InvalidInputException""#)),
        Replay::new(400, error(r#""__type":"NewException""#)),
        Replay::new(500, error(r#""unnamed":1"#)),
        Replay::new(500, format!("[{whole}]")),
        Replay::new(500, body("start_build.request")),
        // Unreadable bodies that quote the request.
        Replay::new(400, format!("\u{feff}{}", body("start_build.request"))),
        Replay::new(400, format!("<html><title>{0}</title>{0}</html>", body("start_build.request"))),
        Replay::new(400, format!("<html><title>{0}</title>{0}</html>", body("start_build.request").replace('"', "&quot;"))),
        Replay::new(200, format!("cannot read {}", body("start_build.request"))),
        // Messages that quote the request.
        Replay::new(400, serde_json::json!({ "message": format!("cannot read {}", body("start_build.request")) }).to_string()),
        Replay::new(400, serde_json::json!({ "__type": "InvalidInputException", "message": body("start_build.request") }).to_string()),
        Replay::new(403, format!(r#"{{"message":"should have been 'host:h\nx-amz-security-token:{}\n'"}}"#, CREDENTIALS[2])),
    ]
}

#[tokio::test]
async fn an_error_shows_no_secret() {
    let secrets = [secrets("start_build.request"), secrets("start_build.reply")].concat();
    for replay in failing_replies() {
        let send = || async { start(&replay).expect("all is set").customize().config_override(config()).send().await };
        let error = send().await.expect_err("the reply is an error");
        assert_error_hides(&error, &secrets);
        let service = send().await.expect_err("the reply is an error").into_service_error();
        assert_error_hides(&service, &secrets);
        assert_hides(service.meta(), &secrets);
        assert_error_hides(&smithlet_codebuild::Error::from(error), &secrets);
    }
}

#[test]
fn a_trace_shows_no_secret() {
    let secrets = [secrets("start_build.request"), secrets("start_build.reply")].concat();
    let mut replays = failing_replies();
    replays.push(Replay::new(200, body("start_build.reply")));
    for replay in replays {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
        let seen = trace::of(|| {
            let start = start(&replay).expect("all is set");
            let _ = runtime.block_on(start.customize().config_override(config()).send());
        });
        assert!(seen.contains("StartBuild") && seen.contains("request-1"), "the call is traced: {seen}");
        assert_hidden(&seen, &secrets);
    }
}

/// The layers below the client, such as hyper, show no secret either.
#[test]
fn the_trace_of_a_connection_shows_no_secret() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let endpoint = format!("http://{}", listener.local_addr().expect("it is bound"));
    let reply = Message {
        start: "HTTP/1.1 200 OK".to_owned(),
        headers: vec![("x-amzn-requestid".to_owned(), "request-1".to_owned())],
        body: body("start_build.reply").into_bytes(),
    };
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("the client connects");
        Message::read(&stream).and_then(|_| reply.write(&stream)).expect("a request is read and answered");
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let config = config().environment(Environment::fixed([("", ""); 0])).region(Region::new("eu-west-1")).endpoint_url(endpoint);
    let client = smithlet_codebuild::Client::from_conf(config.retry_config(RetryConfig::disabled()).build());
    let start = || everything(client.start_build()).expect("all is set");
    let seen = trace::of(|| {
        runtime.block_on(start().send()).expect("the reply is a success");
        server.join().expect("the server has answered");
        runtime.block_on(start().send()).expect_err("the server has stopped");
    });
    assert!(seen.contains("request-1") && seen.contains("attempt failed"), "both calls are traced: {seen}");
    assert_hidden(&seen, &[secrets("start_build.request"), secrets("start_build.reply")].concat());
}
