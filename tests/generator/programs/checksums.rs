//! Checksums of the case `checksums`.

use super::recorder::Recorder;
use case_checksums::Client;
use case_checksums::config::retry::RetryConfig;
use case_checksums::config::{AsyncSleep, RequestChecksumCalculation, ResponseChecksumValidation, Sleep};
use case_checksums::types::Algorithm;
use std::future::ready;
use std::time::Duration;

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

#[tokio::test]
async fn a_checksum_is_the_chosen_one_or_crc32() {
    let recorder = Recorder::default();
    let [named, crc32] = ["x-amz-sdk-checksum-algorithm", "x-amz-checksum-crc32"].map(|name| move |recorder: &Recorder| recorder.header(name));
    client(&recorder).necessary().send().await.unwrap();
    assert_eq!((named(&recorder), crc32(&recorder).as_deref()), (None, Some("o6a/Qw==")));
    client(&recorder).chosen().mode("DISABLED").text("t").send().await.unwrap();
    assert_eq!(recorder.sent().body, r#"{"Mode":"DISABLED","text":"t"}"#);
    assert_eq!((named(&recorder).as_deref(), crc32(&recorder).as_deref()), (Some("CRC32"), Some("Gp842w==")));
    client(&recorder).chosen().mode("DISABLED").text("t").algorithm(Algorithm::Sha1).send().await.unwrap();
    assert_eq!((named(&recorder).as_deref(), crc32(&recorder)), (Some("SHA1"), None));
    assert_eq!(recorder.header("x-amz-checksum-sha1").as_deref(), Some("rkuUZIZuD9Np7nJZhENRJQ7X2pc="));

    let config = recorder.config().to_builder().request_checksum_calculation(RequestChecksumCalculation::WhenRequired).build();
    Client::from_conf(config).chosen().send().await.unwrap();
    assert_eq!((named(&recorder), crc32(&recorder)), (None, None));
    let error = client(&recorder).chosen().algorithm(Algorithm::Xxhash).send().await.unwrap_err();
    assert!(error.to_string().starts_with("Chosen: the input is not valid: algorithm: is not an algorithm that checksums"), "{error}");
}

#[tokio::test]
async fn a_reply_that_differs_from_its_checksum_is_an_error() {
    let body = r#"{"text":"t"}"#;
    let checked = async |header: &str, value: &str| {
        let recorder = Recorder::replying(200, &[(header, value)], body);
        let result = client(&recorder).checked().send().await.map(|output| output.text().map(str::to_owned));
        assert_eq!(recorder.header("x-amz-checksum-mode").as_deref(), Some("ENABLED"));
        result.map_err(|error| error.to_string())
    };
    assert_eq!(checked("x-amz-checksum-crc32", "DwmiFQ==").await.unwrap().as_deref(), Some("t"));
    // The model does not list this algorithm.
    assert_eq!(checked("x-amz-checksum-sha1", "AAAA").await.unwrap().as_deref(), Some("t"));
    let error = checked("x-amz-checksum-crc32", "AAAAAA==").await.unwrap_err();
    assert!(error.contains("the header `x-amz-checksum-crc32` is not the checksum of the body"), "{error}");

    let recorder = Recorder::replying(200, &[("x-amz-checksum-crc32", "AAAAAA==")], body);
    let config = recorder.config().to_builder().response_checksum_validation(ResponseChecksumValidation::WhenRequired).build();
    Client::from_conf(config).checked().send().await.unwrap();
    assert_eq!(recorder.header("x-amz-checksum-mode"), None);
}

/// A timer whose waits end at once.
#[derive(Clone, Debug)]
struct NoWait;

impl AsyncSleep for NoWait {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(ready(()))
    }
}

#[tokio::test]
async fn a_reply_that_differs_from_its_checksum_is_retried() {
    let headers = [("x-amz-checksum-crc32", "AAAAAA=="), ("x-amz-checksum-crc32c", "AAAAAA==")];
    let recorder = Recorder::replying(200, &headers, r#"{"text":"damaged"}"#);
    let config = recorder.config().to_builder().retry_config(RetryConfig::standard()).sleep_impl(NoWait).build();
    let client = Client::from_conf(config);
    let read = client.checked().send().await.unwrap_err();
    let line = "200 OK: the header `x-amz-checksum-crc32` is not the checksum of the body: the reply was damaged on its way";
    assert_eq!(read.to_string(), format!("Checked: {line} (attempt 3 of 3)"));
    // Without a token, it might be carried out twice.
    let write = client.chosen().send().await.unwrap_err();
    let line = line.replace("crc32", "crc32c");
    assert_eq!(write.to_string(), format!("Chosen: {line} (attempt 1 of 3, no retry: it may have been carried out)"));
    for error in [format!("{read:?}"), format!("{write:?}")] {
        assert!(!error.contains("damaged\""), "{error}");
    }
}
