//! Streams of the case `byte_streams` over real connections, with a server that follows a script. Time is injected: the read timeout ends when a
//! test says so.

mod server;

use case_byte_streams::config::{AsyncSleep, Config, Credentials, Environment, Region, Sleep, timeout::TimeoutConfig};
use case_byte_streams::operation::get_object::GetObjectOutput;
use case_byte_streams::primitives::ByteStream;
use case_byte_streams::Client;
use server::{Act, Server};
use std::future::{pending, ready};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

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
