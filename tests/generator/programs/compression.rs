//! Compressed requests of the case `compression`.

use super::recorder::Recorder;
use aws_smithy_types::base64;
use case_compression::{Client, Config};
use flate2::Crc;
use flate2::read::GzDecoder;
use std::io::Read as _;

fn client(recorder: &Recorder) -> Client {
    Client::from_conf(recorder.config())
}

/// A text whose document has a length of 10240 bytes, or one less or more.
fn text(more: isize) -> String {
    "a".repeat(10_240_usize.checked_add_signed(more).unwrap() - r#"{"text":""}"#.len())
}

fn decompressed(recorder: &Recorder) -> String {
    let mut text = String::new();
    GzDecoder::new(recorder.sent().bytes.as_slice()).read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_long_request_is_compressed() {
    let recorder = Recorder::default();
    client(&recorder).put().text(text(-1)).send().await.unwrap();
    assert_eq!((recorder.header("content-encoding"), recorder.header("content-length").as_deref()), (None, Some("10239")));
    client(&recorder).put().text(text(0)).send().await.unwrap();
    assert_eq!(recorder.header("content-encoding").as_deref(), Some("gzip"));
    assert_eq!(recorder.header("content-length"), Some(recorder.sent().bytes.len().to_string()));
    assert!(recorder.sent().bytes.len() < 200, "{}", recorder.sent().bytes.len());
    assert_eq!(decompressed(&recorder), format!(r#"{{"text":"{}"}}"#, text(0)));
}

#[tokio::test]
async fn settings_decide_on_compression() {
    let recorder = Recorder::default();
    let with = |change: Config| client(&recorder).put().text(text(0)).customize().config_override(change.to_builder()).send();
    with(Config::builder().disable_request_compression(true).build()).await.unwrap();
    assert_eq!(recorder.header("content-encoding"), None);
    with(Config::builder().request_min_compression_size_bytes(10_241).build()).await.unwrap();
    assert_eq!(recorder.header("content-encoding"), None);
    let config = recorder.config().to_builder().request_min_compression_size_bytes(0).build();
    Client::from_conf(config).put().send().await.unwrap();
    assert_eq!((recorder.header("content-encoding").as_deref(), &*decompressed(&recorder)), (Some("gzip"), "{}"));
}

#[tokio::test]
async fn a_checksum_is_that_of_the_compressed_body() {
    let recorder = Recorder::default();
    client(&recorder).put_with_checksum().text(text(1)).send().await.unwrap();
    let mut crc = Crc::new();
    crc.update(&recorder.sent().bytes);
    assert_eq!(recorder.header("content-encoding").as_deref(), Some("gzip"));
    assert_eq!(recorder.header("x-amz-checksum-crc32"), Some(base64::encode(crc.sum().to_be_bytes())));
}

#[tokio::test]
async fn an_error_shows_no_secret_of_a_compressed_request() {
    let recorder = Recorder::replying(400, &[], r#"{"__type":"Bad","message":"no top-hidden here"}"#);
    let error = client(&recorder).put().text(text(0)).secret("top-hidden").send().await.unwrap_err();
    assert_eq!(recorder.header("content-encoding").as_deref(), Some("gzip"));
    assert_eq!(error.to_string(), "Put: 400 Bad: no (redacted) here (attempt 1 of 1)");
}
