use super::{Signing, sign};
use crate::config::Credentials;
use crate::config::http::HttpRequest;
use crate::testing::NOW;
use aws_smithy_types::body::SdkBody;
use std::time::{Duration, UNIX_EPOCH};

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "FwoGZXIvYXdzEXAMPLE//token==";

fn request(uri: &str, host: &'static str) -> HttpRequest {
    let mut request = HttpRequest::new(SdkBody::from(r#"{"projectName":"my-project"}"#));
    request.set_method("POST").unwrap();
    request.set_uri(uri).unwrap();
    let headers = [
        ("content-type", "application/x-amz-json-1.1"),
        ("content-length", "28"),
        ("x-amz-target", "CodeBuild_20161006.StartBuild"),
        ("host", host),
        ("user-agent", "ignored/1.0"),
        ("amz-sdk-invocation-id", "8d1f8d6e-3c4b-4a55-9f0e-0d6d9f2c7a11"),
        ("amz-sdk-request", "attempt=1; max=1"),
    ];
    for (name, value) in headers {
        request.headers_mut().insert(name, value);
    }
    request
}

fn signing(token: Option<&str>) -> Signing<'static> {
    Signing {
        credentials: Credentials::new(KEY, SECRET, token.map(str::to_owned), None, "test"),
        region: "us-east-1",
        name: "codebuild",
        time: UNIX_EPOCH + Duration::from_secs(NOW),
    }
}

/// The expected signatures are those that botocore 1.43 computes for the same request at the same time.
#[track_caller]
fn signs(request: &mut HttpRequest, token: Option<&str>, signed_headers: &str, signature: &str) {
    sign(request, signing(token)).unwrap();
    let scope = "AKIDEXAMPLE/20191122/us-east-1/codebuild/aws4_request";
    let expected = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={signed_headers}, Signature={signature}");
    assert_eq!(request.headers().get("authorization"), Some(expected.as_str()));
    assert_eq!(request.headers().get("x-amz-date"), Some("20191122T102030Z"));
    assert_eq!(request.headers().get("x-amz-security-token"), token);
}

#[test]
fn signatures_are_those_of_botocore() {
    let plain = "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;x-amz-target";
    let regional = || request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
    signs(&mut regional(), None, plain, "50ae357412a91ef3c83e779dcefade95f40b74403e1e04841ee93ca1d224a786");
    signs(
        &mut request("http://127.0.0.1:5000/base/", "127.0.0.1:5000"),
        None,
        plain,
        "0cc73ee467a64472c0623392469045fe3111594cc45e83cc8a502496cad684ff",
    );
    let with_token = "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
    signs(&mut regional(), Some(TOKEN), with_token, "e03d958a7d412361d92f8f5ccef0ea32574c1d12c28d23aa039589072046374e");
}

#[test]
fn a_second_signature_replaces_the_first() {
    let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
    sign(&mut request, signing(Some(TOKEN))).unwrap();
    let plain = "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;x-amz-target";
    signs(&mut request, None, plain, "50ae357412a91ef3c83e779dcefade95f40b74403e1e04841ee93ca1d224a786");
}

#[test]
fn credentials_that_no_header_can_hold_are_refused_and_not_shown() {
    let credentials = [
        Credentials::new("AKID\nINJECTED", SECRET, None, None, "test"),
        Credentials::new(KEY, SECRET, Some("to\r\nken".into()), None, "test"),
    ];
    for credentials in credentials {
        let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
        let error = sign(&mut request, Signing { credentials, ..signing(None) }).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.starts_with("the request cannot be signed with these credentials: "), "{shown}");
        assert!(!shown.contains("INJECTED") && !shown.contains("ken\"") && !shown.contains(SECRET), "{shown}");
    }
}
