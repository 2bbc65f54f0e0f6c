//! Parts of S3 Glacier's requests that its model leaves out, in the case `glacier`.

use super::recorder::Recorder;
use case_glacier::Client;
use case_glacier::primitives::ByteStream;

/// The SHA-256 of `archive`. A body of one part is its own tree.
const HASH: &str = "0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3";

fn client(recorder: &Recorder) -> Client {
    Client::from_conf(recorder.config())
}

#[tokio::test]
async fn requests_name_the_version_and_by_default_the_own_account() {
    let recorder = Recorder::default();
    client(&recorder).list_vaults().send().await.unwrap();
    assert!(recorder.sent().uri.ends_with("/-/vaults"), "{}", recorder.sent().uri);
    assert_eq!(recorder.header("x-amz-glacier-version").as_deref(), Some("2012-06-01"));
    assert_eq!(recorder.header("x-amz-sha256-tree-hash"), None);
    client(&recorder).list_vaults().account_id("123456789012").send().await.unwrap();
    assert!(recorder.sent().uri.ends_with("/123456789012/vaults"), "{}", recorder.sent().uri);
}

#[tokio::test]
async fn an_archive_has_its_hashes() {
    let recorder = Recorder::default();
    let upload = || client(&recorder).upload_archive().vault_name("v").body(ByteStream::from_static(b"archive"));
    let hashes = || ["x-amz-sha256-tree-hash", "x-amz-content-sha256"].map(|name| recorder.header(name));
    upload().send().await.unwrap();
    assert_eq!(hashes(), [HASH, HASH].map(|hash| Some(hash.to_owned())));
    assert!(recorder.header("authorization").is_some_and(|signature| signature.contains(";x-amz-glacier-version;x-amz-sha256-tree-hash,")));
    upload().checksum("mine").send().await.unwrap();
    assert_eq!(hashes(), ["mine", HASH].map(|hash| Some(hash.to_owned())));
}

#[tokio::test]
async fn an_archive_that_is_not_in_memory_needs_the_hashes_of_the_caller() {
    let recorder = Recorder::default();
    let file = ByteStream::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/glacier.rs")).await.unwrap();
    let error = client(&recorder).upload_archive().vault_name("v").body(file).send().await.unwrap_err();
    assert!(error.to_string().contains("the header `x-amz-sha256-tree-hash` is of the whole body, which is not in memory"), "{error}");
    assert!(recorder.is_unused());
}
