//! Our own client against a server on the loopback interface that does what it is told, byte by byte.

use super::{Fresh, closed_before_reply};
use crate::client::Handle;
use crate::config::{AsyncSleep, Builder, Sleep};
use crate::customize::{Customization, Edit};
use crate::error::{FailureKind, ProvideFailureKind as _, SdkError};
use crate::testing::{SERVICE, StartBuild, StartBuildError, StartBuildOutput, Timer, comes_from, config, input, line};
use std::future::{pending, poll_fn, ready};
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

type Outcome = Result<StartBuildOutput, SdkError<StartBuildError>>;

const STARTED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\nx-amzn-requestid: 1-abc\r\n\r\n{\"id\": \"p:1\"}";

/// What the server does with a connection when a whole request has come.
#[derive(Clone)]
enum Act {
    /// Sends this, and waits for the next request.
    Send(&'static str),
    /// Sends this, and closes.
    SendAndClose(&'static str),
    /// Sends this, then this again and again.
    SendEndlessly(&'static str, &'static str),
}

/// What the server saw.
#[derive(Debug, PartialEq)]
enum Seen {
    Connection,
    Request(String),
    /// The client's end of a connection was closed.
    Closed,
}

/// A server; its end is the end of all its connections.
struct Server {
    address: SocketAddr,
    seen: mpsc::UnboundedReceiver<Seen>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    async fn start(act: Act) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, seen) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                drop(tell.send(Seen::Connection));
                connections.spawn(serve(stream, act.clone(), tell.clone()));
            }
        });
        Self { address, seen, task }
    }

    fn config(&self) -> Builder {
        config().endpoint_url(format!("http://{}", self.address))
    }

    async fn request(&mut self) -> String {
        loop {
            if let Seen::Request(request) = self.seen.recv().await.unwrap() {
                return request;
            }
        }
    }

    async fn closed(&mut self) {
        while self.seen.recv().await.unwrap() != Seen::Closed {}
    }
}

async fn serve(mut stream: TcpStream, act: Act, tell: mpsc::UnboundedSender<Seen>) {
    while let Some(request) = receive(&mut stream).await {
        drop(tell.send(Seen::Request(request)));
        let (once, again) = match act {
            Act::Send(once) | Act::SendAndClose(once) => (once, None),
            Act::SendEndlessly(once, again) => (once, Some(again)),
        };
        drop(stream.write_all(once.as_bytes()).await);
        if let Some(again) = again {
            while stream.write_all(again.as_bytes()).await.is_ok() {}
            break;
        }
        if matches!(act, Act::SendAndClose(_)) {
            return;
        }
    }
    drop(tell.send(Seen::Closed));
}

/// A whole request, or `None` when there is none any more.
async fn receive(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    loop {
        let mut part = [0; 4096];
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => request.extend_from_slice(&part[..read]),
        }
        let text = String::from_utf8_lossy(&request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if length.is_some_and(|length: usize| body.len() >= length) {
            return Some(text.into_owned());
        }
    }
}

async fn start(config: Builder) -> Outcome {
    Handle::new(&SERVICE, config.build()).call::<StartBuild>(Ok(input()), Customization::default()).await
}

/// How a call ends on a server.
async fn ends(act: Act, change: impl FnOnce(Builder) -> Builder) -> (Outcome, Server) {
    let server = Server::start(act).await;
    let outcome = start(change(server.config())).await;
    (outcome, server)
}

#[tokio::test]
async fn a_request_on_the_wire() {
    let mut server = Server::start(Act::Send(STARTED)).await;
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
async fn connections_are_used_again() {
    let mut server = Server::start(Act::Send(STARTED)).await;
    let handle = Handle::new(&SERVICE, server.config().build());
    for _ in 0..3 {
        handle.clone().call::<StartBuild>(Ok(input()), Customization::default()).await.unwrap();
    }
    let mut connections = 0;
    while let Ok(seen) = server.seen.try_recv() {
        connections += usize::from(seen == Seen::Connection);
    }
    assert_eq!(connections, 1);
    drop(handle);
    server.closed().await;
}

#[tokio::test]
async fn a_fresh_request_opens_a_connection_and_leaves_none() {
    let mut server = Server::start(Act::Send(STARTED)).await;
    let handle = Handle::new(&SERVICE, server.config().build());
    handle.call::<StartBuild>(Ok(input()), Customization::default()).await.unwrap();
    for _ in 0..2 {
        handle.call::<StartBuild>(Ok(input()), fresh()).await.unwrap();
        server.closed().await;
    }
    handle.call::<StartBuild>(Ok(input()), Customization::default()).await.unwrap();
    let connections = server.seen.try_recv().into_iter().filter(|seen| *seen == Seen::Connection).count();
    assert_eq!(connections, 0, "the first connection was not used again");
}

fn fresh() -> Customization {
    let edit: Edit = Box::new(|mut request| {
        request.add_extension(Fresh);
        Ok(request)
    });
    Customization { edits: vec![edit], ..Customization::default() }
}

#[tokio::test]
async fn a_body_in_pieces_is_put_together() {
    let pieces = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n6\r\n{\"id\":\r\n1\r\n \r\n6\r\n\"p:1\"}\r\n0\r\n\r\n";
    let (outcome, _server) = ends(Act::Send(pieces), |config| config).await;
    assert_eq!(outcome.unwrap().id.as_deref(), Some("p:1"));
}

#[tokio::test]
async fn a_refused_connection_says_whom_it_was_for() {
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
        let (outcome, server) = ends(Act::SendAndClose(sent), |config| config).await;
        let error = outcome.unwrap_err();
        assert_eq!(line(&error), expected.replace("{}", &format!("http://{}", server.address)));
        assert_eq!(error.failure_kind(), FailureKind::Connection, "wherever it broke");
    }
    let (outcome, server) = ends(Act::SendAndClose("SSH-2.0-OpenSSH_9.2\r\n"), |config| config).await;
    let said = line(&outcome.unwrap_err());
    assert!(said.starts_with(&format!("StartBuild: what http://{} sent is not a reply in HTTP: ", server.address)), "{said}");
}

#[tokio::test]
async fn whether_anything_of_a_reply_came_is_known() {
    let (nothing, _server) = ends(Act::SendAndClose(""), |config| config).await;
    assert!(unanswered(&nothing.unwrap_err()));
    let (a_byte, _server) = ends(Act::SendAndClose("H"), |config| config).await;
    assert!(!unanswered(&a_byte.unwrap_err()));
    let (no_http, _server) = ends(Act::SendAndClose("SSH-2.0\r\n"), |config| config).await;
    assert!(!unanswered(&no_http.unwrap_err()));
}

fn unanswered(error: &SdkError<StartBuildError>) -> bool {
    let SdkError::DispatchFailure(context) = error else { return false };
    context.as_connector_error().is_some_and(closed_before_reply)
}

#[tokio::test]
async fn a_body_without_end_is_read_up_to_the_bound() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let (outcome, mut server) = ends(Act::SendEndlessly(head, "4\r\n    \r\n"), |config| config.max_response_size(100_000)).await;
    assert_eq!(
        line(&outcome.unwrap_err()),
        "StartBuild: 200 OK: the body is larger than the 100000 bytes that max_response_size allows (attempt 1 of 1)"
    );
    server.closed().await;
}

#[tokio::test]
async fn a_connection_that_does_not_come_about_times_out() {
    let (outcome, server) = ends(Act::Send(STARTED), |config| config.sleep_impl(Timer::Reaches(Duration::from_millis(3_100)))).await;
    let error = outcome.unwrap_err();
    assert_eq!(
        line(&error),
        format!("StartBuild: cannot connect to http://{}: no connection within 3.1 s (attempt 1 of 1)", server.address)
    );
    assert!(matches!(&error, SdkError::DispatchFailure(context) if context.is_timeout()) && error.is_timeout());
}

#[tokio::test]
async fn a_server_that_does_not_answer_times_out() {
    let (outcome, server) = ends(Act::Send(""), |config| config.sleep_impl(Timer::Reaches(Duration::from_mins(1)))).await;
    let error = outcome.unwrap_err();
    assert_eq!(line(&error), format!("StartBuild: no reply from http://{} within 60 s (attempt 1 of 1)", server.address));
    assert!(matches!(&error, SdkError::DispatchFailure(context) if context.is_timeout()) && error.is_timeout());
}

/// Only the second of the times of a minute that are asked for is ever up: the first is for the reply's head, the second for its body.
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
    let (outcome, mut server) = ends(Act::Send(half), |config| config.sleep_impl(SecondMinute::default())).await;
    let error = outcome.unwrap_err();
    assert_eq!(line(&error), "StartBuild: 200 OK: the body broke off: nothing more of it came within 60 s (attempt 1 of 1)");
    assert!(error.is_timeout() && error.is_retryable());
    server.closed().await;
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let mut server = Server::start(Act::Send("")).await;
    let handle = Handle::new(&SERVICE, server.config().build());
    {
        let mut call = pin!(handle.call::<StartBuild>(Ok(input()), Customization::default()));
        let mut request = pin!(server.request());
        poll_fn(|context| {
            assert!(call.as_mut().poll(context).is_pending());
            match request.as_mut().poll(context) {
                Poll::Ready(_) => Poll::Ready(()),
                Poll::Pending => Poll::Pending,
            }
        })
        .await;
    }
    server.closed().await;
}

#[tokio::test]
async fn tls_with_a_server_that_has_none_fails_to_connect() {
    let mut server = Server::start(Act::SendAndClose("")).await;
    let url = format!("https://{}", server.address);
    let mut call = pin!(start(config().endpoint_url(url.clone())));
    // The greeting of TLS is no request in HTTP, so the server would wait for more. It hangs up instead. Where a system has no certificates
    // to trust, the call ends without a connection.
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
