//! The crate's own client against a server on the loopback interface that follows a script, byte by byte.

mod dropped;
mod odd;
mod pool;
mod proxy;
mod resend;
mod server;
mod slow;
mod tls;

use super::{Bounds, Connector, Fresh, Request, Response, Settings, UsedConnection, closed_before_reply, never_sent, read};
use crate::client::Handle;
use crate::config::{AsyncSleep, Builder, Sleep};
use crate::customize::Customization;
use crate::error::{ConnectorError, FailureKind, ProvideFailureKind as _, SdkError};
use crate::testing::{SERVICE, StartBuild, StartBuildError, StartBuildOutput, Timer, comes_from, config, input, line};
use server::{Act, STARTED, Server};
use std::error::Error as _;
use std::future::{pending, ready};
use std::net::Ipv4Addr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

type Outcome = Result<StartBuildOutput, SdkError<StartBuildError>>;

async fn start(config: Builder) -> Outcome {
    Handle::new(&SERVICE, config.build()).call::<StartBuild>(Ok(input()), Customization::default()).await
}

/// The connector of a configuration, without a client around it.
fn transport(config: &Builder) -> Transport {
    let settings = Settings::from(&config.clone().build());
    Transport(settings.connector(settings.client().as_ref()).unwrap())
}

#[derive(Clone)]
struct Transport(Connector);

impl Transport {
    async fn call(&self, request: Request) -> Result<Response, ConnectorError> {
        self.0.call(request, &mut UsedConnection::default()).await
    }
}

fn request(url: &str) -> Request {
    let host = url.split('/').nth(2).unwrap();
    let request = ::http::Request::post(url).header("content-length", "2").header("host", host);
    request.body("{}".into()).unwrap()
}

/// The body of the reply.
async fn text(reply: Result<Response, ConnectorError>) -> String {
    let bounds = Bounds { size: 1_000_000, time: Duration::MAX, timer: None };
    let body = read(&mut reply.unwrap(), bounds).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

/// The line of a failure.
#[track_caller]
fn words(error: &ConnectorError) -> String {
    let words = error.source().unwrap().to_string();
    assert!(!words.contains(char::is_control), "{words:?} is not one clean line");
    words
}

/// The outcome of a call to a server.
async fn ends(act: Act, change: impl FnOnce(Builder) -> Builder) -> (Outcome, Server) {
    let server = Server::start(act).await;
    let outcome = start(change(server.config())).await;
    (outcome, server)
}

#[tokio::test]
async fn a_request_on_the_wire() {
    let mut server = Server::start(Act::Send(STARTED.to_owned())).await;
    let path = format!("http://{}/base", server.address);
    let output = start(config().endpoint_url(path)).await.unwrap();
    assert_eq!((output.id.as_deref(), output.request_id.as_deref()), (Some("p:1"), Some("1-abc")));

    let request = server.request().await;
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, r#"{"projectName":"p","idempotencyToken":"token"}"#);
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some("POST /base/ HTTP/1.1"));
    let mut headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
    headers.sort_unstable();
    let names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    let expected =
        "amz-sdk-invocation-id amz-sdk-request authorization content-length content-type host user-agent x-amz-date x-amz-target";
    assert_eq!(names.join(" "), expected);
    let address = server.address.to_string();
    assert!(headers.contains(&("host", &address)) && headers.contains(&("content-length", "46")));
}

#[tokio::test]
async fn a_body_in_pieces_is_put_together() {
    let pieces = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\n{\"id\":\r\n1\r\n \r\n6\r\n\"p:1\"}\r\n0\r\n\r\n";
    let (outcome, _server) = ends(Act::Send(pieces.to_owned()), |config| config).await;
    assert_eq!(outcome.unwrap().id.as_deref(), Some("p:1"));
}

#[tokio::test]
async fn a_refused_connection_names_its_host() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = start(config().endpoint_url(format!("{url}/secret/path"))).await.unwrap_err();
    let line = line(&error);
    assert!(line.starts_with(&format!("StartBuild: cannot connect to {url}: ")), "{line}");
    assert!(line.contains("onnection refused") && line.ends_with(" (attempt 1 of 1)"), "{line}");
    assert!(matches!(&error, SdkError::DispatchFailure(context) if context.is_io()) && error.is_connection());
    assert!(comes_from::<std::io::Error>(&error));
}

#[tokio::test]
async fn replies_that_break_off_are_told_apart() {
    let table = [
        ("", "StartBuild: the connection to {} was closed before the reply was complete (attempt 1 of 1)"),
        ("HTTP/1.1 200", "StartBuild: the connection to {} was closed before the reply was complete (attempt 1 of 1)"),
        (
            "HTTP/1.1 200 OK\r\ncontent-length: 99\r\nx-amzn-requestid: 1-abc\r\n\r\n{\"id\": ",
            "StartBuild: 200 OK: the body broke off: error reading a body from connection: end of file before message length reached \
             (request id 1-abc, attempt 1 of 1)",
        ),
    ];
    for (sent, expected) in table {
        let (outcome, server) = ends(Act::SendAndClose(sent.to_owned()), |config| config).await;
        let error = outcome.unwrap_err();
        assert_eq!(line(&error), expected.replace("{}", &format!("http://{}", server.address)));
        assert_eq!(error.failure_kind(), FailureKind::Connection, "wherever it broke");
    }
    let (outcome, server) = ends(Act::SendAndClose("SSH-2.0-OpenSSH_9.2\r\n".to_owned()), |config| config).await;
    let said = line(&outcome.unwrap_err());
    assert!(said.starts_with(&format!("StartBuild: what http://{} sent is not a reply in HTTP: ", server.address)), "{said}");
}

#[tokio::test]
async fn a_body_without_end_is_read_up_to_the_bound() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let (outcome, mut server) =
        ends(Act::SendEndlessly(head.to_owned(), "4\r\n    \r\n"), |config| config.max_response_size(100_000)).await;
    assert_eq!(
        line(&outcome.unwrap_err()),
        "StartBuild: 200 OK: the body is larger than the 100000 bytes that max_response_size allows (attempt 1 of 1)"
    );
    server.closed().await;
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_times_out() {
    let (outcome, server) =
        ends(Act::Send(STARTED.to_owned()), |config| config.sleep_impl(Timer::Reaches(Duration::from_millis(3_100)))).await;
    let error = outcome.unwrap_err();
    assert_eq!(
        line(&error),
        format!("StartBuild: cannot connect to http://{}: no connection within 3.1 s (attempt 1 of 1)", server.address)
    );
    assert!(matches!(&error, SdkError::DispatchFailure(context) if context.is_timeout()) && error.is_timeout());
}

#[tokio::test]
async fn a_server_that_does_not_answer_times_out() {
    let (outcome, server) = ends(Act::Send(String::new()), |config| config.sleep_impl(Timer::Reaches(Duration::from_mins(1)))).await;
    let error = outcome.unwrap_err();
    assert_eq!(line(&error), format!("StartBuild: no reply from http://{} within 60 s (attempt 1 of 1)", server.address));
    assert!(matches!(&error, SdkError::DispatchFailure(context) if context.is_timeout()) && error.is_timeout());
}

/// A timer of which one duration ends on a signal, others never.
#[derive(Clone, Debug)]
struct Told(Arc<Notify>, Duration);

impl Default for Told {
    fn default() -> Self {
        Self::of(Duration::from_mins(1))
    }
}

impl Told {
    fn of(duration: Duration) -> Self {
        Self(Arc::default(), duration)
    }
}

impl AsyncSleep for Told {
    fn sleep(&self, duration: Duration) -> Sleep {
        let up = Arc::clone(&self.0);
        if duration == self.1 { Sleep::new(async move { up.notified().await }) } else { Sleep::new(pending()) }
    }
}

/// A timer of which only the second minute ever ends: the first is for the reply's head, the second for its body.
#[derive(Debug, Default)]
struct SecondMinute(AtomicUsize);

impl AsyncSleep for SecondMinute {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration == Duration::from_mins(1) && self.0.fetch_add(1, Ordering::Relaxed) == 1 {
            Sleep::new(ready(()))
        } else {
            Sleep::new(pending())
        }
    }
}

#[tokio::test]
async fn a_body_that_stops_coming_times_out() {
    let half = "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"id\": ";
    let (outcome, mut server) = ends(Act::Send(half.to_owned()), |config| config.sleep_impl(SecondMinute::default())).await;
    let error = outcome.unwrap_err();
    assert_eq!(line(&error), "StartBuild: 200 OK: the body broke off: nothing more of it came within 60 s (attempt 1 of 1)");
    assert!(error.is_timeout() && error.is_retryable());
    server.closed().await;
}

#[tokio::test]
async fn tls_with_a_server_that_has_none_fails_to_connect() {
    let mut server = Server::start(Act::SendAndClose(String::new())).await;
    let url = format!("https://{}", server.address);
    let mut call = pin!(start(config().endpoint_url(url.clone())));
    // The greeting of TLS is not a request in HTTP, so the server would wait for more; it is stopped instead. Where a system has no
    // certificates to trust, the call ends without a connection.
    let outcome = tokio::select! {
        outcome = &mut call => outcome,
        _ = server.seen.recv() => {
            drop(server);
            call.await
        }
    };
    let line = line(&outcome.unwrap_err());
    assert!(line.starts_with(&format!("StartBuild: cannot connect to {url}: ")), "{line}");
}
