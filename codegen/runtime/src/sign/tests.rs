use super::{Signer, Signing, Unsigned, plain_path, sign_any};
use crate::config::Credentials;
use crate::config::http::HttpRequest;
use crate::testing::NOW;
use aws_smithy_types::body::SdkBody;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
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

fn sign(request: &mut HttpRequest, signing: Signing<'_>) -> Result<(), Unsigned> {
    Signer::default().sign(request, signing)
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

/// What signing has put into a request by aws-sigv4 alone.
fn by_aws(mut request: HttpRequest, signing: Signing<'_>) -> Vec<String> {
    sign_any(&mut request, signing).unwrap();
    added(&request)
}

fn added(request: &HttpRequest) -> Vec<String> {
    let headers = request.headers().iter().filter(|(name, _)| ["authorization", "x-amz-date", "x-amz-security-token"].contains(name));
    let mut headers: Vec<_> = headers.map(|(name, value)| format!("{name}: {value}")).collect();
    headers.sort();
    headers
}

#[test]
fn both_ways_agree() {
    let names = "(accept|authorization|content-type|transfer-encoding|user-agent|x-amz-date|x-amz-target|x-amzn-trace-id|x-a|x-a-b|x-b)";
    let headers = prop::collection::vec((names, "[ -~äλ]{0,12}| {0,3}a {1,3}b {0,3}"), 0..12);
    let requests = (headers, "/([a-zA-Z0-9_~-]{1,9}/?){0,3}", "[ -~]{0,200}", "(GET|POST|DELETE)");
    let signings = (0_u64..4_000_000_000, prop::option::of("[a-zA-Z0-9+/=]{1,80}"), "(eu-west-1|us-gov-east-1)", "[a-z]{1,9}");
    let signer = Signer::default();
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner
        .run(&(requests, signings), |((headers, path, body, method), (seconds, token, region, name))| {
            let mut request = HttpRequest::new(SdkBody::from(body));
            request.set_method(&method).unwrap();
            request.set_uri(format!("https://host:8443{path}")).unwrap();
            request.headers_mut().insert("host", "host:8443");
            for (name, value) in headers {
                request.headers_mut().append(name, value);
            }
            let signing =
                || Signing { region: &region, name: &name, time: UNIX_EPOCH + Duration::from_secs(seconds), ..signing(token.as_deref()) };
            let expected = by_aws(request.try_clone().unwrap(), signing());
            prop_assert!(plain_path(&request).is_some());
            for _ in 0..2 {
                signer.sign(&mut request, signing()).unwrap();
                prop_assert_eq!(&added(&request), &expected);
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_is_not_plain_is_left_to_aws() {
    let host = "codebuild.us-east-1.amazonaws.com";
    let uris = ["/?a=b", "/?", "?a=/", "/a.b", "/a/../b", "//", "/a%20b", "/a=b", "/a:b"].map(|rest| format!("https://{host}{rest}"));
    for uri in uris {
        let mut request = request(&uri, host);
        assert_eq!(plain_path(&request), None, "{uri}");
        let expected = by_aws(request.try_clone().unwrap(), signing(None));
        sign(&mut request, signing(None)).unwrap();
        assert_eq!(added(&request), expected, "{uri}");
    }
    let mut without_host = request(&format!("https://{host}/"), host);
    without_host.headers_mut().remove("host");
    assert_eq!(plain_path(&without_host), None);
}

#[test]
fn a_kept_key_serves_nobody_else() {
    let signer = Signer::default();
    let day = Duration::from_hours(24);
    let as_another = Signing { credentials: Credentials::new(KEY, "another", None, None, "test"), ..signing(None) };
    let signings = [
        signing(None),
        Signing { time: signing(None).time + day, ..signing(None) },
        Signing { region: "eu-west-1", ..signing(None) },
        Signing { name: "other", ..signing(None) },
        as_another,
        signing(Some(TOKEN)),
        signing(None),
    ];
    for signing in signings {
        let again = Signing { credentials: signing.credentials.clone(), ..signing };
        let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
        let expected = by_aws(request.try_clone().unwrap(), again);
        signer.sign(&mut request, signing).unwrap();
        assert_eq!(added(&request), expected);
    }
}
