//! Compiled endpoint rules, for features that AWS's vectors do not cover.

use crate::endpoint::resolve;
use smithlet_runtime::endpoint::{Outcome, Params, Resolved};

fn at(url: &str) -> Outcome {
    Ok(Resolved::new(url))
}

fn of_region(region: &str, use_fips: bool, use_dual_stack: bool) -> Outcome {
    resolve(&Params { region: Some(region), use_fips, use_dual_stack, endpoint: None })
}

fn of_endpoint(endpoint: &str) -> Outcome {
    resolve(&Params { endpoint: Some(endpoint), ..Params::default() })
}

#[test]
fn lists_choices_and_first_values_are_evaluated() {
    assert_eq!(of_region("eu-west-9", false, false), at("https://second.aws.test"));
    assert_eq!(of_region("eu-west-1", false, false), at("https://test.eu-west-1.amazonaws.com/none"));
    assert_eq!(of_region("cn-a-1-b", true, false), at("https://test-fips.cn-a-1-b.amazonaws.com/b"));
    assert_eq!(of_region("eu-west-1", true, true), at("https://eu-west-1eu-west-1.either.test"));
    assert_eq!(of_region("a-b-c-d", false, true), at("https://d.either.test"));
    assert_eq!(of_region("eu-west-1", false, true), at("https://eu-west-1eu-west-1.test"));
}

#[test]
fn nested_comparisons_are_evaluated() {
    assert_eq!(of_region("alone-1", true, true), at("https://alone.test"));
    assert_ne!(of_region("alone-1", true, false), at("https://alone.test"));
    assert_ne!(of_region("alone-2", true, true), at("https://alone.test"));
}

#[test]
fn parts_of_urls_and_arns_are_read() {
    assert_eq!(of_endpoint("http://127.0.0.1:80/a"), at("http://127.0.0.1:80/a/ip"));
    let signed = Resolved::new("https://h/a b").with_signing_name("other").with_signing_region("https-1");
    assert_eq!(of_endpoint("https://h/a b"), Ok(signed.with_header("x-path", "%2Fa%20b").with_header("x-path", "/a b/!")));
    assert_eq!(of_endpoint("arn:aws:s3:eu-west-1::shop"), Ok(Resolved::new("https://shop.s3.eu-west-1.test").with_signing_region("eu-west-1")));
    assert_eq!(of_endpoint("arn:aws:s3:::a/b"), Err("b is no bucket".into()));
    assert_eq!(of_endpoint("arn:aws:s3:::Shop"), Err("{Shop} is no bucket".into()));
}

#[test]
fn errors_have_the_text_of_the_rules() {
    assert_eq!(resolve(&Params::default()), Err("no Region".into()));
    assert_eq!(of_endpoint("abc"), Err("`abc` is too short".into()));
    assert_eq!(of_endpoint("abcd"), Err("abcd".into()));
    let fips = Params { endpoint: Some("https://h"), use_fips: true, ..Params::default() };
    assert!(resolve(&fips).is_err_and(|error| error.contains("sigv4a")));
}
