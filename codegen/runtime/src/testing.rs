//! Helpers for tests: a service with two operations like generated code, an HTTP client with a list of replies, and timers without real waits.

mod error;
mod folder;

use crate::client::Handle;
use crate::config::http::HttpRequest;
use crate::config::retry::RetryConfig;
use crate::config::{AsyncSleep, Builder, Config, Credentials, Environment, Region, Sleep, TimeSource};
use crate::customize::Customization;
use crate::error::reply::ErrorReply;
use crate::error::{BuildError, ConnectorError, SdkError};
use crate::http::{Body, Response, message};
use crate::json;
use crate::operation::{Metadata, Operation, Repeat, Service};
use crate::validate::Checker;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) use error::{InvalidInputException, StartBuildError};
pub(crate) use folder::Folder;

pub(crate) static SERVICE: Service = Service {
    id: "CodeBuild",
    endpoint_prefix: "codebuild",
    signing_name: "codebuild",
    endpoint_rules: None,
    content_type: "application/x-amz-json-1.1",
    query_compatible: false,
    sensitive_members: &["secretValue"],
    crate_name: "smithlet-codebuild",
    crate_version: "1.2.3",
};

/// 2019-11-22T10:20:30Z.
pub(crate) const NOW: u64 = 1_574_418_030;

/// An operation like those in generated code.
pub(crate) struct StartBuild;

pub(crate) struct StartBuildInput {
    pub(crate) project_name: String,
    pub(crate) idempotency_token: Option<String>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct StartBuildOutput {
    pub(crate) id: Option<String>,
    pub(crate) request_id: Option<String>,
}

impl Operation for StartBuild {
    const METADATA: Metadata = Metadata {
        name: "StartBuild",
        target: "CodeBuild_20161006.StartBuild",
        service: &SERVICE,
        unsigned: false,
        empty_output: false,
        repeat: Repeat::WithToken { valid_for: Some(Duration::from_mins(5)) },
    };
    type Input = StartBuildInput;
    type Output = StartBuildOutput;
    type Error = StartBuildError;

    fn prepare(input: &mut StartBuildInput, config: &Config) -> bool {
        config.fill_idempotency_token(&mut input.idempotency_token)
    }

    fn validate(input: &StartBuildInput, check: &mut Checker) {
        check.member("projectName", &input.project_name, |value, check| check.length(value, 1..));
        check.optional("idempotencyToken", input.idempotency_token.as_ref(), |value, check| check.length(value, ..=64));
    }

    fn encode(input: &StartBuildInput, writer: &mut json::Writer) {
        writer.begin_object();
        writer.key("projectName");
        writer.string(&input.project_name);
        if let Some(token) = &input.idempotency_token {
            writer.key("idempotencyToken");
            writer.string(token);
        }
        writer.end_object();
    }

    fn decode(reader: &mut json::Reader<'_>) -> Result<Option<StartBuildOutput>, json::Error> {
        let mut output = StartBuildOutput { id: None, request_id: None };
        if !reader.object()? {
            return Ok(None);
        }
        while let Some(name) = reader.key()? {
            match name {
                "id" => output.id = reader.str()?.map(str::to_owned),
                _ => reader.skip()?,
            }
        }
        Ok(Some(output))
    }

    fn set_request_id(output: &mut StartBuildOutput, request_id: Option<String>) {
        output.request_id = request_id;
    }

    fn error(reply: &ErrorReply<'_>) -> StartBuildError {
        match reply.code() {
            Some("InvalidInputException") => StartBuildError::InvalidInputException(InvalidInputException {
                message: reply.message().map(str::to_owned),
                meta: reply.metadata(),
            }),
            _ => StartBuildError::generic(reply.metadata()),
        }
    }
}

/// An unsigned operation without an output.
pub(crate) struct Ping;

impl Operation for Ping {
    const METADATA: Metadata = Metadata {
        name: "Ping",
        target: "CodeBuild_20161006.Ping",
        service: &SERVICE,
        unsigned: true,
        empty_output: true,
        repeat: Repeat::Always,
    };
    type Input = ();
    type Output = ();
    type Error = StartBuildError;

    fn encode((): &(), writer: &mut json::Writer) {
        writer.begin_object();
        writer.end_object();
    }

    fn decode(reader: &mut json::Reader<'_>) -> Result<Option<()>, json::Error> {
        reader.skip().map(Some)
    }

    fn set_request_id((): &mut (), _: Option<String>) {}

    fn error(reply: &ErrorReply<'_>) -> StartBuildError {
        StartBuildError::generic(reply.metadata())
    }
}

/// A configuration for calls with a single attempt. It has everything but an HTTP client.
pub(crate) fn config() -> Builder {
    Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKIDEXAMPLE", "SECRETEXAMPLE", None, None, "test"))
        .time_source(StaticTimeSource::from_secs(NOW))
        .sleep_impl(Timer::Stands)
        .retry_config(RetryConfig::disabled())
        .environment(Environment::fixed::<&str, &str>([]))
        .idempotency_token_provider("token")
}

/// Starts a build of the project `p`.
pub(crate) async fn start(config: Builder) -> Result<StartBuildOutput, SdkError<StartBuildError>> {
    start_customized(config, Customization::default()).await
}

pub(crate) async fn start_customized(config: Builder, customization: Customization) -> Result<StartBuildOutput, SdkError<StartBuildError>> {
    Handle::new(&SERVICE, config.build()).call::<StartBuild>(Ok(input()), customization).await
}

pub(crate) fn input() -> StartBuildInput {
    StartBuildInput { project_name: "p".to_owned(), idempotency_token: None }
}

/// The error of an input without a required member.
pub(crate) fn incomplete_input() -> Result<StartBuildInput, BuildError> {
    Err(BuildError::missing_field("project_name", "it says which project to build"))
}

pub(crate) fn reply(status: u16, headers: &[(&'static str, &'static str)], body: impl Into<SdkBody>) -> Response {
    let mut response = Response::new(Body::Other(body.into()));
    *response.status_mut() = status.try_into().unwrap();
    for (name, value) in headers {
        response.headers_mut().insert(*name, ::http::HeaderValue::from_static(value));
    }
    response
}

pub(crate) type Answer = Box<dyn FnOnce() -> Option<Result<Response, ConnectorError>> + Send>;

/// An HTTP client that replies from a list and records the requests.
#[derive(Clone, Default)]
pub(crate) struct Replay(Arc<Mutex<Replayed>>);

#[derive(Default)]
struct Replayed {
    answers: VecDeque<Answer>,
    requests: Vec<HttpRequest>,
    connectors: Vec<HttpConnectorSettings>,
}

impl Replay {
    /// Replies with these, one after the other.
    pub(crate) fn all(responses: impl IntoIterator<Item = Response>) -> Self {
        let replay = Self::default();
        for response in responses {
            replay.then(Box::new(|| Some(Ok(response))));
        }
        replay
    }

    /// Appends an answer.
    pub(crate) fn then(&self, answer: Answer) {
        self.0.lock().unwrap().answers.push_back(answer);
    }

    /// Replies once.
    pub(crate) fn of(response: Response) -> Self {
        Self::answering(Box::new(|| Some(Ok(response))))
    }

    /// Fails once.
    pub(crate) fn failing(error: ConnectorError) -> Self {
        Self::answering(Box::new(|| Some(Err(error))))
    }

    /// Never replies.
    pub(crate) fn silent() -> Self {
        Self::answering(Box::new(|| None))
    }

    fn answering(answer: Answer) -> Self {
        let replay = Self::default();
        replay.then(answer);
        replay
    }

    /// The only request so far.
    #[track_caller]
    pub(crate) fn request(&self) -> HttpRequest {
        let mut requests = std::mem::take(&mut self.0.lock().unwrap().requests);
        assert_eq!(requests.len(), 1, "one request was expected");
        requests.remove(0)
    }

    /// The URIs of the requests so far.
    #[cfg(feature = "credentials")]
    pub(crate) fn uris(&self) -> Vec<String> {
        self.0.lock().unwrap().requests.iter().map(|request| request.uri().to_owned()).collect()
    }

    /// The header of each request, or an empty text.
    pub(crate) fn headers(&self, name: &str) -> Vec<String> {
        let replayed = self.0.lock().unwrap();
        replayed.requests.iter().map(|request| request.headers().get(name).unwrap_or_default().to_owned()).collect()
    }

    /// The number of requests so far.
    pub(crate) fn requests(&self) -> usize {
        self.0.lock().unwrap().requests.len()
    }

    /// The settings of the connectors that were requested.
    pub(crate) fn connectors(&self) -> Vec<HttpConnectorSettings> {
        self.0.lock().unwrap().connectors.clone()
    }
}

/// Shows the requests, like a careless client.
impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Replay({:?})", self.0.lock().unwrap().requests)
    }
}

impl HttpClient for Replay {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        self.0.lock().unwrap().connectors.push(settings.clone());
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Replay {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut replayed = self.0.lock().unwrap();
        replayed.requests.push(request);
        match replayed.answers.pop_front().map(|answer| answer()) {
            Some(Some(answer)) => HttpConnectorFuture::ready(answer.map(|reply| message::aws_response(reply).unwrap())),
            Some(None) => HttpConnectorFuture::new(std::future::pending()),
            None => HttpConnectorFuture::ready(Err(ConnectorError::other("no more answers".into(), None))),
        }
    }
}

/// A timer that does not wait.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Timer {
    /// Sleeps never end.
    Stands,
    /// All sleeps end at once.
    Flies,
    /// Sleeps of this duration end at once, others never.
    Reaches(Duration),
}

impl AsyncSleep for Timer {
    fn sleep(&self, duration: Duration) -> Sleep {
        match self {
            Self::Flies => Sleep::new(std::future::ready(())),
            Self::Reaches(limit) if *limit == duration => Sleep::new(std::future::ready(())),
            Self::Stands | Self::Reaches(_) => Sleep::new(std::future::pending()),
        }
    }
}

/// A manual clock with a timer: sleeping sets the clock forward at once. It records the durations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hours(Arc<Mutex<(Duration, Vec<Duration>)>>);

impl Hours {
    /// The durations of all sleeps.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.0.lock().unwrap().1.clone()
    }

    /// Sets the clock forward.
    pub(crate) fn pass(&self, time: Duration) {
        self.0.lock().unwrap().0 += time;
    }
}

impl TimeSource for Hours {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW) + self.0.lock().unwrap().0
    }
}

impl AsyncSleep for Hours {
    fn sleep(&self, duration: Duration) -> Sleep {
        let hours = self.clone();
        Sleep::new(async move {
            let mut hours = hours.0.lock().unwrap();
            hours.0 += duration;
            hours.1.push(duration);
        })
    }
}

/// The `Display` of an error. Asserts that it is one line.
#[track_caller]
pub(crate) fn line(error: &impl Error) -> String {
    let line = error.to_string();
    assert!(!line.contains(char::is_control), "{line:?} is not one clean line");
    line
}

/// Returns whether an error of that type is among an error's causes.
pub(crate) fn comes_from<T: Error + 'static>(error: &dyn Error) -> bool {
    std::iter::successors(error.source(), |&cause| cause.source()).any(<dyn Error>::is::<T>)
}
