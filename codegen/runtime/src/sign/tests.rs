use super::{Signer, Signing, Unsigned, canonical};
use crate::config::Credentials;
use crate::config::http::HttpRequest;
use crate::http::message;
use crate::testing::NOW;
use aws_sigv4::http_request::{PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body_util::Full;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use std::borrow::Cow;
use std::time::{Duration, UNIX_EPOCH};

const KEY: &str = "AKIDEXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "FwoGZXIvYXdzEXAMPLE//token==";

/// The signed headers of a request with a digest.
const WITH_DIGEST: &str = "content-length;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target";

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

fn credentials(token: Option<&str>) -> Credentials {
    Credentials::new(KEY, SECRET, token.map(str::to_owned), None, "test")
}

fn signing(credentials: &Credentials) -> Signing<'_> {
    Signing { credentials, region: "us-east-1", name: "codebuild", time: UNIX_EPOCH + Duration::from_secs(NOW) }
}

fn sign(request: &mut HttpRequest, signing: &Signing<'_>) -> Result<(), Unsigned> {
    sign_with(&Signer::default(), request, signing)
}

fn sign_with(signer: &Signer, request: &mut HttpRequest, signing: &Signing<'_>) -> Result<(), Unsigned> {
    let signed = std::mem::replace(request, HttpRequest::empty());
    let mut signed = message::request(signed).unwrap();
    let result = signer.sign(&mut signed, signing);
    *request = message::aws_request(signed).unwrap();
    result
}

fn canonical(request: &HttpRequest) -> String {
    canonical::request(&message::request(request.try_clone().unwrap()).unwrap()).unwrap().text.try_into().unwrap()
}

/// The expected signatures are those that botocore 1.43 computes for the same request at the same time.
#[track_caller]
fn signs(request: &mut HttpRequest, token: Option<&str>, signed_headers: &str, signature: &str) {
    sign(request, &signing(&credentials(token))).unwrap();
    let scope = "AKIDEXAMPLE/20191122/us-east-1/codebuild/aws4_request";
    let expected = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={signed_headers}, Signature={signature}");
    assert_eq!(request.headers().get("authorization"), Some(expected.as_str()));
    assert_eq!(request.headers().get("x-amz-date"), Some("20191122T102030Z"));
    assert_eq!(request.headers().get("x-amz-security-token"), token);
}

#[test]
fn signatures_are_those_of_botocore() {
    let plain = "content-length;content-type;host;x-amz-date;x-amz-target";
    let regional = || request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
    signs(&mut regional(), None, plain, "b488bf53be4d64f82c1106c34398f290cac260aba808e0b8f802ab42ee94eb93");
    signs(
        &mut request("http://127.0.0.1:5000/base/", "127.0.0.1:5000"),
        None,
        plain,
        "1edf7f0b0e3096926f632ec4319b27a3141e64bd012fe8d2eeffbb329b91d1c1",
    );
    let with_token = "content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
    signs(&mut regional(), Some(TOKEN), with_token, "382c922f36c80073a08650c2e3c318c6da07c96bad15c6ea2bd6f6ec29223720");
}

#[test]
fn a_second_signature_replaces_the_first() {
    let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
    sign(&mut request, &signing(&credentials(Some(TOKEN)))).unwrap();
    let plain = "content-length;content-type;host;x-amz-date;x-amz-target";
    signs(&mut request, None, plain, "b488bf53be4d64f82c1106c34398f290cac260aba808e0b8f802ab42ee94eb93");
}

#[test]
fn credentials_that_a_header_cannot_hold_are_refused_and_not_shown() {
    let refused = [
        Credentials::new("AKID\nINJECTED", SECRET, None, None, "test"),
        Credentials::new(KEY, SECRET, Some("to\r\nken".into()), None, "test"),
    ];
    for credentials in refused {
        let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
        let error = sign(&mut request, &signing(&credentials)).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.starts_with("the request cannot be signed with these credentials: "), "{shown}");
        assert!(!shown.contains("INJECTED") && !shown.contains("ken\"") && !shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn the_path_and_the_query_are_signed_like_botocores() {
    let host = "codebuild.us-east-1.amazonaws.com";
    let uri = format!("https://{host}/a%20b/./x/..//c.d/?b=2&a=%2F&a=&A=%C3%A9~");
    let plain = "content-length;content-type;host;x-amz-date;x-amz-target";
    signs(&mut request(&uri, host), None, plain, "ed0e501e690df3d04b8fe375e7bd1d42f2faa1c4763f955d3fbe6e3097c15341");
    let with_token = "content-length;content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
    signs(&mut request(&uri, host), Some(TOKEN), with_token, "fc5a9e8228e96f926f38c0c0435e20d3a52e6d6de68fc734db8cd399b2ac0ace");
}

#[test]
fn a_request_without_a_host_is_not_signed() {
    let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
    request.headers_mut().remove("host");
    let error = sign(&mut request, &signing(&credentials(None))).unwrap_err();
    assert_eq!(error.to_string(), "the request cannot be signed with these credentials: it has no header host");
    assert_eq!(request.headers().get("authorization"), None);
}

#[test]
fn a_time_that_has_no_date_is_refused() {
    let credentials = credentials(None);
    let latest = Signing { time: UNIX_EPOCH + Duration::from_secs(253_402_300_799), ..signing(&credentials) };
    let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
    sign(&mut request, &latest).unwrap();
    assert_eq!(request.headers().get("x-amz-date"), Some("99991231T235959Z"));
    sign(&mut request, &Signing { time: latest.time + Duration::from_secs(1), ..latest }).unwrap_err();
}

#[test]
fn paths_and_queries_are_canonicalized() {
    // The path and the query of a URI, and their two lines in the canonical request.
    let forms = [
        ("/", "/", ""),
        ("/?", "/", ""),
        ("?a=/", "/", "a=%2F"),
        ("/a/b", "/a/b", ""),
        ("/a/b/", "/a/b/", ""),
        ("//a///b//", "/a/b/", ""),
        ("/./a/../b/c/..", "/b/", ""),
        ("/../../a/.", "/a/", ""),
        ("/a/..", "/", ""),
        ("/a.b/..c/...", "/a.b/..c/...", ""),
        ("/a%20b/%2e%2E/", "/a%2520b/%252e%252E/", ""),
        ("/a:b=c;d,e+f@g!/é", "/a%3Ab%3Dc%3Bd%2Ce%2Bf%40g%21/%C3%A9", ""),
        ("/?b&a=2&a=1&&a=&a", "/", "a=&a=&a=1&a=2&b="),
        ("/?a=b=c&a+b=%2B%20&=", "/", "=&a=b%3Dc&a%20b=%2B%20"),
        ("/?%61%3d=%zz%4&é=%c3%A9%ff", "/", "%C3%A9=%C3%A9%EF%BF%BD&a%3D=%25zz%254"),
        ("/?a=-_.~*'()/?:@", "/", "a=-_.~%2A%27%28%29%2F%3F%3A%40"),
        ("/a#/../b?c", "/a", ""),
    ];
    let host = "codebuild.us-east-1.amazonaws.com";
    for (target, path, query) in forms {
        let mut request = request(&format!("https://{host}{target}"), host);
        let credentials = credentials(None);
        let expected = by_aws(&request, &signing(&credentials));
        assert_eq!(canonical(&request).lines().skip(1).take(2).collect::<Vec<_>>(), [path, query], "{target}");
        sign(&mut request, &signing(&credentials)).unwrap();
        assert_eq!(added(&request), expected, "{target}");
    }
}

/// A body that is not in memory, although it can be read again.
fn streamed() -> SdkBody {
    SdkBody::retryable(|| SdkBody::from_body_1_x(Full::new(Bytes::from_static(b"body"))))
}

#[test]
fn only_a_body_in_memory_is_signed() {
    let host = "codebuild.us-east-1.amazonaws.com";
    let (mut request, credentials) = (request(&format!("https://{host}/"), host), credentials(None));
    *request.body_mut() = streamed();
    let expected = by_aws(&request, &signing(&credentials));
    sign(&mut request, &signing(&credentials)).unwrap();
    assert_eq!(added(&request), expected);
    assert!(canonical(&request).ends_with("\nUNSIGNED-PAYLOAD"));
    let signature = "83675caa9d906c449aafa82e74a2c2b0595419f9991f0a47ea829fcec9bbd063";
    for _ in 0..2 {
        signs(&mut request, None, WITH_DIGEST, signature);
        assert_eq!(request.headers().get("x-amz-content-sha256"), Some("UNSIGNED-PAYLOAD"));
    }
}

#[test]
fn a_digest_in_a_header_is_signed_instead_of_the_body() {
    let host = "codebuild.us-east-1.amazonaws.com";
    for body in [SdkBody::from("body"), streamed()] {
        let mut request = request(&format!("https://{host}/"), host);
        *request.body_mut() = body;
        request.headers_mut().insert("x-amz-content-sha256", "0123456789abcdef");
        signs(&mut request, None, WITH_DIGEST, "4ef7c5389eb5f16b475fde0c22d8704cff0df0ce75891f3cfbf2e82651f93998");
    }
}

/// The headers that aws-sigv4 adds to a request.
fn by_aws(request: &HttpRequest, signing: &Signing<'_>) -> Vec<String> {
    let mut request = request.try_clone().unwrap();
    let identity = Identity::from(signing.credentials.clone());
    let mut settings = SigningSettings::default();
    let excluded = settings.excluded_headers.get_or_insert_default();
    excluded.extend(["amz-sdk-invocation-id", "amz-sdk-request"].map(Cow::Borrowed));
    if request.body().bytes().is_none() {
        // As in AWS's crates for operations whose body is not signed.
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    }
    let params =
        SigningParams::builder().identity(&identity).region(signing.region).name(signing.name).time(signing.time).settings(settings);
    let params = params.build().unwrap().into();
    // aws-sigv4 would keep and sign an earlier token.
    request.headers_mut().remove("x-amz-security-token");
    let body = request.body().bytes().map_or(SignableBody::UnsignedPayload, SignableBody::Bytes);
    let signable = SignableRequest::new(request.method(), request.uri(), request.headers().iter(), body).unwrap();
    let (instructions, _) = aws_sigv4::http_request::sign(signable, &params).unwrap().into_parts();
    let (headers, _) = instructions.into_parts();
    for header in headers {
        request.headers_mut().try_insert(header.name(), header.value().to_owned()).unwrap();
    }
    added(&request)
}

/// The headers that a signature adds.
const ADDED: [&str; 4] = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

fn added(request: &HttpRequest) -> Vec<String> {
    let headers = request.headers().iter().filter(|(name, _)| ADDED.contains(name));
    let mut headers: Vec<_> = headers.map(|(name, value)| format!("{name}: {value}")).collect();
    headers.sort();
    headers
}

/// Any request that has a host and a body in memory.
fn requests() -> impl Strategy<Value = HttpRequest> {
    let segment = "/(\\.{0,3}|[a-z.~]{1,3}|%[0-9a-fA-F]{2}|[!\"$-;=@-_a-z{|}~é€]{1,6}|%[%a-g0-9]{0,3})";
    let path = prop::collection::vec(segment, 0..6).prop_map(|segments| segments.concat());
    let parameter = "([ab]?(=[ab]?)?|%[0-9a-fA-F]{2}=|[ab+]=[!$-;=?-~é€]{0,6}|[!$-;=?-~é€]{0,6}|(%[c-f89][0-9a-f]){1,3})";
    let query = prop::option::of(prop::collection::vec(parameter, 0..6));
    let names = "(accept|amz-sdk-invocation-id|amz-sdk-request|authorization|content-type|host|transfer-encoding|user-agent|x-amz-date|x-amz-security-token|x-amzn-trace-id|x-a|x-a-b|x-b|[!#$%&'*+.^_`|~0-9a-zA-Z-]{1,9})";
    let values = prop_oneof![
        "[\t -~äλ]{0,12}".prop_map(String::into_bytes),
        "( {0,3}[ab\t]{0,2}){0,4}".prop_map(String::into_bytes),
        prop::collection::vec(prop_oneof![32_u8..127, 128_u8..=255], 0..5),
    ];
    let headers = prop::collection::vec((names, values), 0..12);
    let methods = "(GET|POST|DELETE|[!#$%&'*+.^_`|~0-9a-zA-Z-]{1,9})";
    let bodies = prop::collection::vec(any::<u8>(), 0..200);
    (methods, path, query, headers, bodies).prop_map(|(method, path, query, headers, body)| {
        let query = query.map_or_else(String::new, |query| format!("?{}", query.join("&")));
        let mut request = http::Request::builder().method(&*method).uri(format!("https://host:8443{path}{query}"));
        request = request.header("host", "host:8443");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.body(SdkBody::from(body)).unwrap().try_into().unwrap()
    })
}

#[test]
fn random_requests_are_signed_like_aws_sigv4_does() {
    let keys = ("[!-~]{1,20}", "\\PC{0,80}", prop::option::of("[!-~é]{0,80}"));
    // From the year 1 to the year 9999, and within two days.
    let seconds = prop_oneof![-62_135_596_800..253_402_300_800_i64, 1_574_000_000..1_574_200_000_i64];
    let signings = (keys, seconds, 0_u64..1_000_000_000, "(eu-west-1|\\PC{0,12})", "([a-z]{1,9}|\\PC{0,12})");
    let signer = Signer::default();
    let mut runner = TestRunner::new_with_rng(ProptestConfig::with_cases(500), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner
        .run(&(requests(), signings), |(mut request, ((id, secret, token), seconds, nanoseconds, region, name))| {
            let credentials = Credentials::new(id, secret, token, None, "test");
            let whole = Duration::from_secs(seconds.unsigned_abs());
            let time = if seconds < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole } + Duration::from_nanos(nanoseconds);
            let signing = Signing { credentials: &credentials, region: &region, name: &name, time };
            let expected = by_aws(&request, &signing);
            for _ in 0..2 {
                let signed = sign_with(&signer, &mut request, &signing).map(|()| added(&request));
                prop_assert_eq!(signed.unwrap(), expected.clone());
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_kept_key_is_used_only_for_its_own_scope_and_credentials() {
    let signer = Signer::default();
    let day = Duration::from_hours(24);
    let (own, others, with_token) = (credentials(None), Credentials::new(KEY, "another", None, None, "test"), credentials(Some(TOKEN)));
    let signings = [
        signing(&own),
        Signing { time: signing(&own).time + day, ..signing(&own) },
        Signing { region: "eu-west-1", ..signing(&own) },
        Signing { name: "other", ..signing(&own) },
        signing(&others),
        signing(&with_token),
        signing(&own),
    ];
    for signing in signings {
        let mut request = request("https://codebuild.us-east-1.amazonaws.com/", "codebuild.us-east-1.amazonaws.com");
        let expected = by_aws(&request, &signing);
        sign_with(&signer, &mut request, &signing).unwrap();
        assert_eq!(added(&request), expected);
    }
}
