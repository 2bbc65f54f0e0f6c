//! Streams of the case `byte_streams` over real connections, with a server that follows a script. Time is injected: the read timeout ends when a
//! test says so.

mod server;

use case_byte_streams::config::{AsyncSleep, Config, Credentials, Environment, Region, Sleep, timeout::TimeoutConfig};
use case_byte_streams::operation::get_object::GetObjectOutput;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use case_byte_streams::primitives::ByteStream;
use case_byte_streams::Client;
use server::{Act, Server};
use std::future::{pending, ready};
use http_body::Frame;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};

const READ_TIMEOUT: Duration = Duration::from_secs(77);

/// A timer whose read timeouts end with a permit each. Waits before a retry end at once, and all others never.
#[derive(Clone, Debug)]
struct Timer(Arc<Semaphore>);

impl AsyncSleep for Timer {
    fn sleep(&self, duration: Duration) -> Sleep {
        let permits = Arc::clone(&self.0);
        match duration {
            READ_TIMEOUT => Sleep::new(async move { permits.acquire().await.expect("the semaphore stays open").forget() }),
            wait if wait <= Duration::from_secs(2) => Sleep::new(ready(())),
            _ => Sleep::new(pending()),
        }
    }
}

/// A client of a server, and the permits of its read timeouts.
fn client(server: &Server) -> (Client, Arc<Semaphore>) {
    let permits = Arc::new(Semaphore::new(0));
    let config = Config::builder()
        .region(Region::new("eu-west-1"))
        .credentials_provider(Credentials::new("AKID", "secret", None, None, "test"))
        .environment(Environment::fixed::<String, String>([]))
        .endpoint_url(server.url())
        .sleep_impl(Timer(Arc::clone(&permits)))
        .timeout_config(TimeoutConfig::builder().read_timeout(READ_TIMEOUT).build())
        .max_response_size(1_000)
        .build();
    (Client::from_conf(config), permits)
}

fn reply(head: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{head}\r\n{body}")
}

fn sized(body: &str) -> String {
    reply(&format!("content-length: {}\r\ncontent-type: text/plain\r\nx-amzn-requestid: 1-abc\r\nx-size: 5\r\n", body.len()), body)
}

async fn get(client: &Client) -> GetObjectOutput {
    client.get_object().id("a").send().await.expect("the head of a reply is enough")
}

async fn text(stream: ByteStream) -> String {
    String::from_utf8(stream.collect().await.expect("the stream is whole").to_vec()).expect("the body is a text")
}

/// The texts of an error and of its sources.
fn words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        words += &format!(": {error}");
        source = error.source();
    }
    words
}

#[tokio::test]
async fn a_stream_comes_with_the_members_of_the_head() {
    use case_byte_streams::operation::RequestId as _;

    let server = Server::start([Act::Send(sized("hello"))]).await;
    let output = get(&client(&server).0).await;
    assert_eq!((output.r#type(), output.size(), output.request_id()), (Some("text/plain"), Some(5), Some("1-abc")));
    assert_eq!(output.content().size_hint(), (5, Some(5)));
    assert!(!format!("{output:?}").contains("hello"));
    assert_eq!(text(output.content).await, "hello");
    let sent = server.request(1).await;
    assert_eq!((sent.line(), &*sent.body), ("GET /objects/a HTTP/1.1", &b""[..]));
}

#[tokio::test]
async fn debug_shows_no_byte_of_a_stream_in_memory() {
    let output = GetObjectOutput::builder().content(ByteStream::from_static(b"hidden"));
    let hidden = format!("{:?}", b"hidden");
    for shown in [format!("{output:?}"), format!("{:?}", output.build())] {
        assert!(!shown.contains("hidden") && !shown.contains(&hidden) && shown.contains("content"), "{shown}");
    }
    assert_eq!(text(GetObjectOutput::builder().build().content).await, "");
}

/// A refusal with a message.
fn refusal(message: &str) -> Act {
    let body = format!("{{\"message\":\"{message}\"}}");
    Act::Send(format!("HTTP/1.1 400 Bad Request\r\nx-amzn-errortype: Bad\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
}

#[tokio::test]
async fn a_sensitive_stream_is_not_shown() {
    const SECRET: &str = "correct horse battery staple";
    for stream in [|| ByteStream::from_static(SECRET.as_bytes()), || Channel::of(SECRET)] {
        // What cannot be searched for is not quoted here.
        let quoted = if stream().bytes().is_some() { SECRET } else { "the stream" };
        let server = Server::start([refusal(&format!("{quoted} is not a block"))]).await;
        let call = client(&server).0.transform().content(stream());
        let input = case_byte_streams::operation::transform::TransformInput::builder().content(stream());
        let mut shown = format!("{call:?} {input:?}");
        shown += &format!("{:?}", input.build());
        let error = call.send().await.expect_err("it is refused");
        assert_eq!(server.request(1).await.body, SECRET.as_bytes());
        shown += &format!("{error} {error:?} {}", words(&error));
        shown += &format!("{:?}", error.into_service_error());
        let numbers = format!("{:?}", SECRET.as_bytes());
        assert!(!shown.contains("horse") && !shown.contains(numbers.trim_matches(['[', ']'])), "{shown}");
        assert!(shown.contains("Transform: 400 Bad: ") && shown.contains(" is not a block"), "{shown}");
    }
}

#[tokio::test]
async fn a_long_stream_hides_no_message() {
    let server = Server::start([refusal("no room")]).await;
    let body = ByteStream::from("long ".repeat(100_000).into_bytes());
    let error = client(&server).0.put_object().id("a").content(body).send().await.expect_err("it is refused");
    assert_eq!(error.to_string(), "PutObject: 400 Bad: no room (attempt 1 of 3)");
}

#[tokio::test]
async fn a_stream_may_be_larger_than_any_bound() {
    let body = "0123456789".repeat(1_000);
    let server = Server::start([Act::Send(sized(&body))]).await;
    assert!(text(get(&client(&server).0).await.content).await == body);
}

#[tokio::test]
async fn a_stream_that_is_read_to_its_end_returns_its_connection() {
    let chunked = reply("transfer-encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n");
    let server = Server::start([Act::Send(sized("hello")), Act::Send(chunked), Act::Send(sized(""))]).await;
    let (client, _) = client(&server);
    for (number, expected) in ["hello", "hello", ""].into_iter().enumerate() {
        assert_eq!(text(get(&client).await.content).await, expected);
        assert_eq!(server.request(number + 1).await.connection, 1);
    }
}

#[tokio::test]
async fn a_dropped_stream_closes_its_connection() {
    let server = Server::start([Act::Send(reply("content-length: 99\r\n", "half")), Act::Send(sized("whole"))]).await;
    let (client, _) = client(&server);
    let mut output = get(&client).await;
    assert_eq!(output.content.next().await.expect("a part has come").expect("it is whole"), "half");
    // The unread rest of the first body would be the beginning of the second reply.
    let second = get(&client).await;
    assert_eq!((text(second.content).await, server.request(2).await.connection), ("whole".to_owned(), 2));
    drop(output);
    server.closed(1).await;
}

#[tokio::test]
async fn a_stream_that_stops_coming_ends_with_the_read_timeout() {
    let server = Server::start([Act::Send(reply("content-length: 99\r\n", "half"))]).await;
    let (client, permits) = client(&server);
    let mut output = get(&client).await;
    assert_eq!(output.content.next().await.expect("a part has come").expect("it is whole"), "half");
    permits.add_permits(1);
    let error = output.content.next().await.expect("the stream is not whole").expect_err("nothing more comes");
    assert!(words(&error).contains("nothing more of it came within 77 s"), "{}", words(&error));
    // The connection is closed although the stream still exists, and reading on neither hangs nor panics.
    server.closed(1).await;
    assert!(!matches!(output.content.next().await, Some(Ok(_))));
}

#[tokio::test]
async fn a_stream_that_is_cut_off_is_an_error() {
    for head in ["content-length: 99\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"] {
        let server = Server::start([Act::SendAndClose(format!("HTTP/1.1 200 OK\r\n{head}"))]).await;
        let error = get(&client(&server).0).await.content.collect().await.expect_err("the body is not whole");
        assert!(words(&error).contains("error reading a body from connection"), "{}", words(&error));
    }
}

#[tokio::test]
async fn an_error_is_read_though_the_output_is_a_stream() {
    let refusal = "HTTP/1.1 404 Not Found\r\nx-amzn-errortype: Gone\r\ncontent-length: 15\r\n\r\n{\"message\":\"m\"}";
    let server = Server::start([Act::Send(refusal.to_owned())]).await;
    let error = client(&server).0.get_object().id("a").send().await.expect_err("it is gone");
    assert_eq!(error.to_string(), "GetObject: 404 Gone: m (attempt 1 of 3)");
    assert!(error.into_service_error().is_gone());
}

#[tokio::test]
async fn a_stream_whose_head_cannot_be_read_is_not_kept() {
    let server = Server::start(["content-length: 99\r\nx-size: many\r\n"; 3].map(|head| Act::Send(reply(head, "half")))).await;
    let error = client(&server).0.get_object().id("a").send().await.expect_err("the size is not a number");
    assert_eq!(error.to_string(), "GetObject: 200 OK: the header `x-size` is not a valid i64 (attempt 3 of 3)");
    for connection in 1..=3 {
        server.closed(connection).await;
    }
}

#[tokio::test]
async fn before_the_head_a_call_is_retried() {
    let busy = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";
    let server = Server::start([Act::Send(busy.to_owned()), Act::Send(sized("hello"))]).await;
    assert_eq!(text(get(&client(&server).0).await.content).await, "hello");
}

#[tokio::test]
async fn the_body_of_a_custom_client_is_passed_on() {
    let recorder = super::recorder::Recorder::replying(200, &[], "hello");
    let output = get(&Client::from_conf(recorder.config())).await;
    assert_eq!(text(output.content).await, "hello");
}

/// A body of unknown length that can be read once: what comes through a channel.
struct Channel(mpsc::Receiver<&'static str>);

impl Channel {
    fn new() -> (mpsc::Sender<&'static str>, ByteStream) {
        let (sender, receiver) = mpsc::channel(1);
        (sender, ByteStream::new(SdkBody::from_body_1_x(Self(receiver))))
    }

    /// A stream whose parts are there.
    fn of(part: &'static str) -> ByteStream {
        let (sender, stream) = Self::new();
        sender.try_send(part).expect("there is room for a part");
        stream
    }
}

impl http_body::Body for Channel {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|part| part.map(|part| Ok(Frame::data(Bytes::from_static(part.as_bytes())))))
    }
}

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/streams.rs");

async fn file() -> ByteStream {
    ByteStream::from_path(FILE).await.expect("the file exists")
}

const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";

#[tokio::test]
async fn a_stream_is_sent_as_it_comes() {
    let server = Server::start(["content-length: 0\r\netag: t\r\n"; 4].map(|head| Act::Send(reply(head, "")))).await;
    let (client, _) = client(&server);
    let streams = [ByteStream::from_static(b"hello"), file().await, Channel::of("hello"), ByteStream::default()];
    let whole = include_bytes!("streams.rs");
    let length = whole.len().to_string();
    let expected = [(&b"hello"[..], Some("5")), (&whole[..], Some(&*length)), (b"hello", None), (b"", Some("0"))];
    for (number, (stream, (body, length))) in streams.into_iter().zip(expected).enumerate() {
        let call = client.put_object().id("a").content(stream);
        assert!(!format!("{call:?}").contains("hello"));
        assert_eq!(call.send().await.expect("the object is put").tag(), Some("t"));
        let sent = server.request(number + 1).await;
        assert!(sent.line() == "PUT /objects/a HTTP/1.1" && sent.body == body, "{}", sent.head);
        assert_eq!((sent.header("content-length"), sent.header("content-type")), (length, Some("application/octet-stream")));
        assert_eq!(sent.header("transfer-encoding"), if length.is_none() { Some("chunked") } else { None });
        assert_eq!(sent.header("x-amz-content-sha256"), [None, Some("UNSIGNED-PAYLOAD"), Some("UNSIGNED-PAYLOAD"), None][number]);
        assert!(sent.header("authorization").is_some_and(|value| value.contains("content-type")), "{}", sent.head);
    }
}

#[tokio::test]
async fn a_stream_that_can_be_read_again_is_sent_again() {
    for stream in [ByteStream::from_static(b"hello"), file().await] {
        let server = Server::start([Act::Send(BUSY.to_owned()), Act::Send(sized(""))]).await;
        client(&server).0.put_object().id("a").content(stream).send().await.expect("the second attempt succeeds");
        let (first, second) = (server.request(1).await, server.request(2).await);
        assert!(first.body == second.body && !first.body.is_empty());
        assert_eq!(first.header("content-length"), second.header("content-length"));
    }
}

#[tokio::test]
async fn a_stream_that_is_read_once_is_not_sent_again() {
    let server = Server::start([Act::Send(BUSY.to_owned())]).await;
    let error = client(&server).0.put_object().id("a").content(Channel::of("hello")).send().await.expect_err("there is no second attempt");
    let line = error.to_string();
    assert!(line.ends_with("(attempt 1 of 3, no retry: the stream of its body cannot be read again)"), "{line}");
    assert_eq!((server.request(1).await.body, server.requests()), (b"hello".to_vec(), 1));

    let server = Server::start([Act::SendAndClose(String::new())]).await;
    let error = client(&server).0.put_object().id("a").content(Channel::of("hello")).send().await.expect_err("the connection is closed");
    assert!(error.to_string().contains("no retry: the stream of its body cannot be read again"), "{error}");
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_length_that_must_be_known_is_asked_for_before_sending() {
    let server = Server::start([Act::Send(sized("{}"))]).await;
    let (client, _) = client(&server);
    let error = client.put_sized().content(Channel::of("hello")).send().await.expect_err("its length is not known");
    let expected = "PutSized: the input is not valid: content: must have a known length: give it as bytes or as a file";
    assert_eq!((&*error.to_string(), server.requests()), (expected, 0));
    client.put_sized().content(file().await).send().await.expect("the length of a file is known");
}

#[tokio::test]
async fn a_stream_can_be_edited_with_its_request() {
    let server = Server::start([Act::Send(sized("")), Act::Send(sized(""))]).await;
    let (client, _) = client(&server);
    for stream in [Channel::of("hello"), ByteStream::from_static(b"hello")] {
        let call = client.put_object().id("a").content(stream).customize();
        let call = call.mutate_request(|request| drop(request.headers_mut().insert("x-mark", "1")));
        call.send().await.expect("the object is put");
    }
    for number in 1..=2 {
        let sent = server.request(number).await;
        assert_eq!((sent.header("x-mark"), &*sent.body), (Some("1"), &b"hello"[..]));
    }
}

#[tokio::test]
async fn a_stream_goes_in_and_another_comes_out() {
    let server = Server::start([Act::Send(sized("out"))]).await;
    let output = client(&server).0.transform().content(ByteStream::from_static(b"in")).send().await.expect("it is transformed");
    let sent = server.request(1).await;
    assert_eq!((sent.header("content-length"), &*sent.body), (Some("2"), &b"in"[..]));
    assert_eq!(sent.header("x-amz-content-sha256"), Some("UNSIGNED-PAYLOAD"));
    assert_eq!(text(output.content).await, "out");
}

#[tokio::test]
async fn an_upload_is_not_silent_while_it_goes_on() {
    let server = Server::start([Act::Send(sized(""))]).await;
    let (client, permits) = client(&server);
    let (sender, stream) = Channel::new();
    let call = tokio::spawn(client.put_object().id("a").content(stream).send());
    for part in ["a", "b"] {
        // There is room for the second part when the first one has been written.
        sender.send(part).await.expect("the call goes on");
    }
    permits.add_permits(1);
    sender.send("c").await.expect("the call goes on");
    drop(sender);
    call.await.expect("the call does not panic").expect("it ends with the reply");
    assert_eq!(server.request(1).await.body, b"abc");
}

#[tokio::test]
async fn an_upload_that_stops_ends_with_the_read_timeout() {
    let server = Server::start([Act::Send(sized(""))]).await;
    let (client, permits) = client(&server);
    let (sender, stream) = Channel::new();
    let call = tokio::spawn(client.put_object().id("a").content(stream).send());
    for part in ["a", "b"] {
        sender.send(part).await.expect("the call goes on");
    }
    // Both parts may have been written within the first two timeouts.
    permits.add_permits(3);
    let error = call.await.expect("the call does not panic").expect_err("nothing more is written");
    assert!(error.to_string().contains("within 77 s (attempt 1 of 3, no retry: the stream"), "{error}");
    server.closed(1).await;
}

#[tokio::test]
async fn a_reply_before_the_end_of_an_upload_ends_the_call() {
    let refusal = "HTTP/1.1 404 Not Found\r\nx-amzn-errortype: Gone\r\ncontent-length: 2\r\n\r\n{}";
    let server = Server::start([Act::SendEarly(refusal.to_owned()), Act::Send(sized(""))]).await;
    let (client, _) = client(&server);
    let (sender, stream) = Channel::new();
    sender.send("a").await.expect("there is room for a part");
    let error = client.put_object().id("a").content(stream).send().await.expect_err("it is gone");
    assert!(error.into_service_error().is_gone());
    server.closed(1).await;
    assert!(sender.is_closed());
    client.put_object().id("a").send().await.expect("the next call has a connection of its own");
    assert_eq!(server.request(2).await.connection, 2);
}
