//! Checksums of the case `checksums`.

use super::recorder::Recorder;
use case_checksums::Client;

fn client(recorder: &Recorder) -> Client {
    Client::from_conf(recorder.config())
}

#[tokio::test]
async fn a_required_md5_is_that_of_the_body() {
    let recorder = Recorder::default();
    client(&recorder).required().text("base64 encoded md5 checksum").send().await.unwrap();
    assert_eq!(recorder.sent().body, r#"{"text":"base64 encoded md5 checksum"}"#);
    assert_eq!(recorder.header("content-md5").as_deref(), Some("znJ+JoFdwgi/k1ao9nu4xA=="));
    client(&recorder).required().send().await.unwrap();
    assert_eq!(recorder.header("content-md5").as_deref(), Some("mZFLkyvTelC5g8XnyQrpOw=="));
    assert!(recorder.header("authorization").is_some_and(|signature| signature.contains(";content-md5;")));
    client(&recorder).free().text("t").send().await.unwrap();
    assert_eq!(recorder.header("content-md5"), None);
}

#[tokio::test]
async fn an_md5_of_the_caller_stays() {
    let recorder = Recorder::default();
    client(&recorder).required().text("t").digest("mine").send().await.unwrap();
    assert_eq!(recorder.header("content-md5").as_deref(), Some("mine"));
}

#[tokio::test]
async fn an_md5_is_that_of_the_edited_body() {
    let recorder = Recorder::default();
    let edit = |request: &mut case_checksums::config::http::HttpRequest| *request.body_mut() = "{}".into();
    client(&recorder).required().text("t").customize().mutate_request(edit).send().await.unwrap();
    assert_eq!((&*recorder.sent().body, recorder.header("content-md5").as_deref()), ("{}", Some("mZFLkyvTelC5g8XnyQrpOw==")));
}
