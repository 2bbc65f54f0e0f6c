use super::algorithm::Algorithm;
use super::md5::content_md5;
use super::named::{Named, add, check_reply, enable_validation};
use crate::config::Config;
use crate::config::http::HttpRequest;
use crate::config::{RequestChecksumCalculation, ResponseChecksumValidation};
use crate::http;
use crate::operation::Encoded;
use crate::reply::Reply;
use crate::rest::Request;
use crate::testing::reply;
use aws_smithy_types::body::SdkBody;

fn sealed(request: Encoded, body: SdkBody, config: &Config) -> Result<HttpRequest, crate::error::BoxError> {
    let head = request.head.unwrap();
    let mut request = http::Request::new(http::Body::Other(body));
    *request.uri_mut() = "https://h.example".parse()?;
    head.apply(&mut request, config)?;
    head.seal(&mut request, config)?;
    assert_eq!(head.secrets(), ["hidden"]);
    Ok(http::message::aws_request(request)?)
}

fn new() -> Request {
    let mut request = Request::new("PUT");
    request.secret("hidden");
    request
}

/// The digests are those of RFC 1321, section A.5.
#[test]
fn the_md5_is_added_to_the_other_parts_of_a_request() {
    let config = Config::builder().build();
    let with_md5 = |request: Request, body: SdkBody| sealed(content_md5(request.into()), body, &config);
    for (body, digest) in [("", "1B2M2Y8AsgTpgAmY7PhCfg=="), ("abc", "kAFQmDzST7DWlj99KOF/cg==")] {
        let request = with_md5(new(), body.into()).unwrap();
        assert_eq!((request.method(), request.headers().get("content-md5")), ("PUT", Some(digest)));
    }
    let mut request = new();
    request.header("content-md5", "mine").unwrap();
    assert_eq!(with_md5(request, "abc".into()).unwrap().headers().get("content-md5"), Some("mine"));
    let error = with_md5(new(), SdkBody::taken()).unwrap_err().to_string();
    assert_eq!(error, "the request's body is not in memory, so its checksum cannot be sent in a header");
}

/// The checksums of `123456789`, which catalogues of algorithms list.
#[test]
fn each_algorithm_has_its_check_value() {
    let known = [
        ("CRC32", "y/Q5Jg=="),
        ("CRC32C", "4waSgw=="),
        ("CRC64NVME", "rosUhgp5mIg="),
        ("SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
        ("SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
    ];
    for (name, checksum) in known {
        let algorithm = Algorithm::named(name).unwrap();
        assert_eq!((algorithm.name(), &*algorithm.of(b"123456789")), (name, checksum));
        assert_eq!(algorithm.header(), format!("x-amz-checksum-{}", name.to_lowercase()));
    }
    assert_eq!(Algorithm::named("MD5"), None);
}

/// The checksums of a request with the body `123456789`, and the header of the member.
fn checksums(required: bool, member: bool, algorithm: Option<&str>, when: Option<RequestChecksumCalculation>) -> Vec<(String, String)> {
    let member = member.then_some(("algorithm", Some("x-algorithm")));
    let named = Named { required, member, algorithm: algorithm.map(str::to_owned) };
    let mut config = Config::builder();
    config.set_request_checksum_calculation(when);
    let request = sealed(add(new().into(), named), "123456789".into(), &config.build()).unwrap();
    let mut headers: Vec<_> = request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    headers.sort();
    headers.retain(|(name, _)| name.starts_with("x-"));
    headers
}

#[test]
fn a_request_has_the_chosen_checksum_or_crc32() {
    let of = |headers: &[(&str, &str)]| -> Vec<(String, String)> {
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let crc32 = ("x-amz-checksum-crc32", "y/Q5Jg==");
    let supported = Some(RequestChecksumCalculation::WhenSupported);
    let when_required = Some(RequestChecksumCalculation::WhenRequired);
    assert_eq!(checksums(true, false, None, when_required), of(&[crc32]));
    assert_eq!(checksums(false, false, None, supported), of(&[]));
    assert_eq!(checksums(true, true, None, when_required), of(&[("x-algorithm", "CRC32"), crc32]));
    for when in [None, supported] {
        assert_eq!(checksums(false, true, None, when), of(&[("x-algorithm", "CRC32"), crc32]));
    }
    assert_eq!(checksums(false, true, None, when_required), of(&[]));
    // The member itself is written with the input.
    assert_eq!(checksums(false, true, Some("crc32c"), when_required), of(&[("x-amz-checksum-crc32c", "4waSgw==")]));
}

#[test]
fn a_checksum_of_the_caller_stays_and_an_unknown_algorithm_is_named() {
    let named = || Named { required: true, member: Some(("algorithm", None)), algorithm: Some("XXHASH".to_owned()) };
    let config = Config::builder().build();
    let mut request = new();
    request.header("x-amz-checksum-mode", "ENABLED").unwrap();
    let error = sealed(add(request.into(), named()), "abc".into(), &config).unwrap_err().to_string();
    assert!(
        error.starts_with("the input is not valid: algorithm: is not an algorithm that checksums are calculated by: CRC32, "),
        "{error}"
    );
    let mut request = new();
    request.header("x-amz-checksum-xxhash", "mine").unwrap();
    let request = sealed(add(request.into(), named()), "abc".into(), &config).unwrap();
    assert_eq!(request.headers().get("x-amz-checksum-crc32"), None);
}

#[test]
fn a_reply_is_checked_by_its_first_listed_checksum() {
    let check = |mode: Option<&str>, headers: &[(&'static str, &'static str)]| {
        let request = check_reply(new().into(), mode, &["CRC32", "SHA1", "XXHASH"]);
        request.head.unwrap().check(&Reply::new(&reply(200, headers, ""), b"123456789", None)).map_err(|error| error.to_string())
    };
    let (good, bad) = (("x-amz-checksum-crc32", "y/Q5Jg=="), ("x-amz-checksum-crc32", "y/Q5Jw=="));
    assert_eq!(check(Some("ENABLED"), &[]), Ok(()));
    assert_eq!(check(Some("ENABLED"), &[good, ("x-amz-checksum-sha1", "AAAA"), ("x-amz-checksum-crc32c", "AAAA")]), Ok(()));
    let error = "the header `x-amz-checksum-crc32` is not the checksum of the body: the reply was damaged on its way";
    assert_eq!(check(Some("ENABLED"), &[bad]), Err(error.to_owned()));
    assert_eq!(check(Some("ENABLED"), &[("x-amz-checksum-crc32", "y/Q5Jw==-2")]), Ok(()));
    for mode in [None, Some("DISABLED")] {
        assert_eq!(check(mode, &[bad]), Ok(()));
    }
}

#[test]
fn replies_are_checked_unless_something_else_is_set() {
    let mode = |given: Option<&str>, when: Option<ResponseChecksumValidation>| {
        let (mut mode, mut config) = (given.map(str::to_owned), Config::builder());
        config.set_response_checksum_validation(when);
        enable_validation(&mut mode, &config.build());
        mode
    };
    let (supported, required) = (Some(ResponseChecksumValidation::WhenSupported), Some(ResponseChecksumValidation::WhenRequired));
    assert_eq!((mode(None, None).as_deref(), mode(None, supported).as_deref()), (Some("ENABLED"), Some("ENABLED")));
    assert_eq!((mode(None, required), mode(Some("X"), supported).as_deref()), (None, Some("X")));
}
