//! Blocks, which are streams, over connections to a server.

use crate::server::{Act, Server};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_ebs::Client;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::SdkConfig;
use aws_types::region::Region;
use services::blocks::{Place, lines, mark, read, restore, restore_part};
use std::fs;
use std::path::Path;

const PLACE: Place<'static> = Place { snapshot: "snap-1", index: 7 };
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

/// A client of a server, with the default connections of its crate.
fn client(server: &Server) -> Client {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "tests");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .endpoint_url(server.url())
        .build();
    Client::new(&config)
}

fn reply(status: &str, head: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{head}\r\n\r\n{body}")
}

fn sized(body: &str) -> Act {
    Act::Send(reply("200 OK", &format!("x-amz-data-length: 5\r\ncontent-length: {}", body.len()), body))
}

fn stored() -> Act {
    Act::Send(reply("201 Created", "x-amz-checksum: c3Vt\r\nx-amz-checksum-algorithm: SHA256\r\ncontent-length: 2", "{}"))
}

#[tokio::test]
async fn a_block_is_read_whole() {
    let missing = reply("404 Not Found", "x-amzn-errortype: ResourceNotFoundException\r\ncontent-length: 2", "{}");
    let server = Server::start([sized("hello"), sized("hell"), Act::Send(missing)]).await;
    let client = client(&server);
    assert_eq!(read(&client, PLACE, "a/b=").await.expect("the block is read"), Some(b"hello".to_vec()));
    assert_eq!(server.request(1).await.line(), "GET /snapshots/snap-1/blocks/7?blockToken=a%2Fb%3D HTTP/1.1");
    let error = read(&client, PLACE, "t").await.expect_err("a byte is missing");
    assert_eq!(error.to_string(), "4 bytes, expected 5");
    assert_eq!(read(&client, PLACE, "t").await.expect("there is no such snapshot"), None);
}

#[tokio::test]
async fn a_block_is_read_as_it_comes() {
    let whole = reply("200 OK", "transfer-encoding: chunked", "4\r\nhell\r\n1\r\no\r\n0\r\n\r\n");
    let cut_off = reply("200 OK", "content-length: 9", "hell");
    let server = Server::start([Act::Send(whole), Act::SendAndClose(cut_off)]).await;
    let client = client(&server);
    assert_eq!(lines(&client, PLACE, "t").await.expect("the block is read").concat(), "hello");
    let error = lines(&client, PLACE, "t").await.expect_err("the block is not whole");
    assert!(error.to_string().starts_with("after 1 parts: "), "{error}");
}

#[tokio::test]
async fn blocks_are_written_from_memory_and_from_files() {
    let server = Server::start([stored(), stored(), stored()]).await;
    let client = client(&server);
    mark(&client, PLACE, b"hello", "c3Vt").await.expect("the block is stored");
    restore(&client, PLACE, Path::new(FILE), "c3Vt").await.expect("the block is stored");
    restore_part(&client, PLACE, Path::new(FILE), (3, 12), "c3Vt").await.expect("the block is stored");
    let file = fs::read(FILE).expect("the file can be read");
    for (number, body) in [&b"hello"[..], &file, &file[3..15]].into_iter().enumerate() {
        let sent = server.request(number + 1).await;
        assert_eq!((sent.line(), &*sent.body), ("PUT /snapshots/snap-1/blocks/7 HTTP/1.1", body));
        let length = body.len().to_string();
        let headers = [("content-length", &*length), ("x-amz-data-length", &length), ("x-amz-checksum-algorithm", "SHA256")];
        for (name, value) in headers.into_iter().chain([("x-amz-content-sha256", "UNSIGNED-PAYLOAD")]) {
            assert_eq!(sent.header(name), Some(value), "{name} in {}", sent.head);
        }
        let signed = sent.header("authorization").and_then(|value| value.split("SignedHeaders=").nth(1)).expect("a signature");
        assert!(signed.contains(";x-amz-checksum;") && signed.contains(";x-amz-content-sha256;"), "{signed}");
    }
}

#[tokio::test]
async fn a_block_that_is_refused_or_damaged_is_an_error() {
    let invalid = reply("400 Bad Request", "x-amzn-errortype: ValidationException\r\ncontent-length: 27", r#"{"Message":"no such index"}"#);
    let server = Server::start([Act::Send(invalid), stored()]).await;
    let client = client(&server);
    let error = mark(&client, PLACE, b"hello", "c3Vt").await.expect_err("the block is refused");
    assert_eq!(error.to_string(), "not valid: no such index");
    let error = mark(&client, PLACE, b"hello", "another").await.expect_err("the checksums differ");
    assert_eq!(error.to_string(), "stored with the checksum Some(\"c3Vt\")");
}
