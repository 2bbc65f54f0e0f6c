use super::{Endpoint, Outcome, Params, Resolved};
use crate::client::Handle;
use crate::config::{Builder, Config, Region, SdkConfig};
use crate::customize::Customization;
use crate::operation::Service;
use crate::testing::{self, Replay, SERVICE, StartBuild};
use aws_types::origin::Origin;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

fn resolve(config: Builder) -> Result<(String, String), String> {
    resolve_for(&SERVICE, config)
}

fn resolve_for(service: &Service, config: Builder) -> Result<(String, String), String> {
    match Endpoint::resolve(service.id, service.endpoint_prefix, service.endpoint_rules, &config.build()) {
        Ok(endpoint) => Ok((endpoint.uri().to_string(), endpoint.region().to_owned())),
        Err(error) => Err(error.to_string()),
    }
}

fn in_region(region: &'static str) -> Builder {
    Config::builder().region(Region::new(region))
}

#[track_caller]
fn goes(config: Builder, url: &str) {
    assert_eq!(resolve(config).map(|(url, _)| url), Ok(url.to_owned()));
}

#[track_caller]
fn refused(config: Builder, message: &str) {
    assert_eq!(resolve(config), Err(message.to_owned()));
}

#[test]
fn every_partition_has_its_domains() {
    let table = [
        ("eu-west-1", "amazonaws.com", "api.aws"),
        ("us-gov-west-1", "amazonaws.com", "api.aws"),
        ("cn-north-1", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        ("eusc-de-east-1", "amazonaws.eu", "api.amazonwebservices.eu"),
        ("us-iso-east-1", "c2s.ic.gov", "api.aws.ic.gov"),
        ("us-isob-east-1", "sc2s.sgov.gov", "api.aws.scloud"),
        ("eu-isoe-west-1", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
        ("us-isof-south-1", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
        ("moon-crater-1", "amazonaws.com", "api.aws"),
    ];
    for (region, suffix, dual_stack_suffix) in table {
        goes(in_region(region), &format!("https://codebuild.{region}.{suffix}/"));
        goes(in_region(region).use_fips(true), &format!("https://codebuild-fips.{region}.{suffix}/"));
        goes(in_region(region).use_dual_stack(true), &format!("https://codebuild.{region}.{dual_stack_suffix}/"));
        let both = in_region(region).use_fips(true).use_dual_stack(true);
        goes(both, &format!("https://codebuild-fips.{region}.{dual_stack_suffix}/"));
        assert_eq!(resolve(in_region(region)).unwrap().1, region);
    }
}

#[test]
fn a_missing_region_is_an_error() {
    let message = r#"no region: set region in the configuration, such as Region::new("eu-west-1")"#;
    refused(Config::builder(), message);
    refused(in_region(""), message);
    refused(Config::builder().endpoint_url("http://localhost:5000"), message);
}

#[test]
fn a_region_cannot_change_the_host() {
    for region in ["evil.com/", "a.evil.com#", "-a", "a-", "a b", "a@evil.com", "\u{e9}", "a\r\nb", "x.y"] {
        let message = resolve(in_region(region)).unwrap_err();
        assert!(message.starts_with("the region ") && message.contains("cannot be part of a host name"), "{message}");
        assert!(!message.contains('\n'));
    }
    let long = "a".repeat(64);
    assert!(resolve(Config::builder().region(Region::new(long))).is_err());
}

#[test]
fn a_custom_endpoint_keeps_its_path() {
    let custom = |url: &str| in_region("local_1.x").endpoint_url(url);
    goes(custom("http://localhost:5000"), "http://localhost:5000/");
    goes(custom("HTTPS://Proxy.example/base"), "https://Proxy.example/base/");
    goes(custom("https://proxy.example/a/b//"), "https://proxy.example/a/b/");
    goes(custom("http://[::1]:5000/"), "http://[::1]:5000/");
    goes(custom("https://proxy.example/@scope/v1"), "https://proxy.example/@scope/v1/");
    goes(custom("http://localhost:5000/a:b@c"), "http://localhost:5000/a:b@c/");
    assert_eq!(resolve(custom("http://localhost:5000")).unwrap().1, "local_1.x");
}

#[test]
fn a_bad_custom_endpoint_is_explained() {
    let custom = |url: &str| in_region("eu-west-1").endpoint_url(url);
    refused(custom("localhost:5000"), r#"the endpoint_url "localhost:5000" has no scheme: begin it with http:// or https://"#);
    refused(custom("localhost"), r#"the endpoint_url "localhost" has no scheme: begin it with http:// or https://"#);
    refused(custom("ftp://h"), r#"the endpoint_url "ftp://h" is neither http:// nor https://"#);
    refused(custom("http://h?a=b"), r#"the endpoint_url "http://h" has a query or a fragment: only a path may follow the host"#);
    refused(custom("http://h/#f"), r#"the endpoint_url "http://h/" has a query or a fragment: only a path may follow the host"#);
    refused(custom("http://h:99999"), r#"the endpoint_url "http://h:99999" has no valid port: it is a number up to 65535"#);
    refused(custom("http://h:"), r#"the endpoint_url "http://h:" has no valid port: it is a number up to 65535"#);
    for url in ["", "http://", "http:///path", "http://a b", "http://h\r\nx", "https://ex\u{e4}mple.com"] {
        let message = resolve(custom(url)).unwrap_err();
        assert!(message.starts_with("the endpoint_url "), "{message}");
        assert!(!message.contains(char::is_control), "{message:?}");
    }
    for url in
        ["https://user:hunter2@host/", "user:hunter2@host", "https://hunter2@host?a", "https://u:p@hunter2@host#f", "HTTP://hunter2@"]
    {
        let secret = resolve(custom(url)).unwrap_err();
        assert!(secret.contains("user name or a password") && !secret.contains("hunter2"), "{secret}");
    }
    refused(custom("https://user:hunter/2@host/"), "the endpoint_url has no valid port: it is a number up to 65535");
    refused(custom("https//user:hunter2@host"), "the endpoint_url is not a URL: invalid format");
    refused(custom("https://host/?user:hunter2@"), "the endpoint_url has a query or a fragment: only a path may follow the host");
    let injected = resolve(Config::builder().region(Region::new("a/b,c")).endpoint_url("http://h")).unwrap_err();
    assert!(injected.contains("cannot be signed for"), "{injected}");
}

#[test]
fn fips_and_dual_stack_are_refused_with_a_custom_endpoint() {
    let custom = in_region("eu-west-1").endpoint_url("http://h");
    let message = "and does not go with an endpoint_url: unset one of them";
    refused(custom.clone().use_fips(true), &format!("use_fips chooses among the endpoints of AWS {message}"));
    refused(custom.use_dual_stack(true), &format!("use_dual_stack chooses among the endpoints of AWS {message}"));
}

/// The settings that aws-config has found for a service.
#[derive(Debug)]
struct Own(&'static str);

impl LoadServiceConfig for Own {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let known = (key.service_id(), key.env(), key.profile()) == ("CodeBuild", "AWS_ENDPOINT_URL", "endpoint_url");
        known.then(|| self.0.to_owned())
    }
}

#[test]
fn a_services_own_endpoint_takes_precedence_over_the_global_one() {
    let shared = || SdkConfig::builder().region(Region::new("eu-west-1")).endpoint_url("http://all");
    goes(Builder::from(&shared().build()), "http://all/");
    goes(Builder::from(&shared().service_config(Own("http://own")).build()), "http://own/");
    goes(Builder::from(&shared().service_config(Own("http://own")).build()).endpoint_url("http://here"), "http://here/");

    let nowhere = SdkConfig::builder().region(Region::new("eu-west-1")).build();
    goes(Builder::from(&nowhere), "https://codebuild.eu-west-1.amazonaws.com/");
    assert!(!nowhere.get_origin("endpoint_url").is_client_config());

    let mut in_code = shared().service_config(Own("http://own"));
    in_code.insert_origin("endpoint_url", Origin::shared_config());
    goes(Builder::from(&in_code.build()), "http://all/");
}

/// Endpoint rules like those of a generated crate, with all features.
fn rules(params: &Params<'_>) -> Outcome {
    if let Some(endpoint) = params.endpoint {
        if params.use_fips {
            return Err("FIPS and custom endpoint are not supported".into());
        }
        return Ok(Resolved::new(endpoint));
    }
    let Some(region) = params.region else { return Err("Missing Region".into()) };
    match region {
        "bad-url-1" => Ok(Resolved::new("https://user:hunter2@host")),
        "bad-path-1" => Ok(Resolved::new("https://host/?a=b")),
        "bad-header-1" => Ok(Resolved::new("https://host").with_header("x-amz-odd", "a\nb")),
        _ => Ok(Resolved::new(format!("https://global.{}", super::partition(region).dns_suffix))
            .with_signing_name("builds")
            .with_signing_region("us-east-1")
            .with_header("x-amz-outpost-id", "op-1")),
    }
}

static RULED: Service = Service { endpoint_rules: Some(rules), ..SERVICE };

#[test]
fn a_refusal_names_the_settings() {
    let config = in_region("eu-west-1").endpoint_url("http://h").use_fips(true);
    let message =
        r#"FIPS and custom endpoint are not supported (set: region "eu-west-1", use_fips, endpoint_url; change or unset one of them)"#;
    assert_eq!(resolve_for(&RULED, config), Err(message.to_owned()));
    let message = r#"no region: set region in the configuration, such as Region::new("eu-west-1")"#;
    assert_eq!(resolve_for(&RULED, Config::builder()), Err(message.to_owned()));
}

#[test]
fn parameters_are_checked_before_the_rules_are_evaluated() {
    let secret = resolve_for(&RULED, in_region("eu-west-1").use_fips(true).endpoint_url("https://user:hunter2@host/")).unwrap_err();
    assert!(secret.contains("user name or a password") && !secret.contains("hunter2"), "{secret}");
    assert!(resolve_for(&RULED, in_region("evil.com/")).unwrap_err().contains("cannot be part of a host name"));
    assert!(resolve_for(&RULED, in_region("a/b,c").endpoint_url("http://h")).unwrap_err().contains("cannot be signed for"));
}

#[test]
fn a_url_from_rules_is_checked_like_a_custom_one() {
    let made = |region| resolve_for(&RULED, in_region(region));
    assert_eq!(made("cn-north-1"), Ok(("https://global.amazonaws.com.cn/".to_owned(), "us-east-1".to_owned())));
    let custom = in_region("local").endpoint_url("http://localhost:5000/base");
    assert_eq!(resolve_for(&RULED, custom), Ok(("http://localhost:5000/base/".to_owned(), "local".to_owned())));
    let secret = made("bad-url-1").unwrap_err();
    assert!(secret.starts_with("the endpoint holds a user name") && !secret.contains("hunter2"), "{secret}");
    let query = r#"the endpoint "https://host/" has a query or a fragment: only a path may follow the host"#;
    assert_eq!(made("bad-path-1"), Err(query.to_owned()));
}

#[tokio::test]
async fn what_the_rules_say_reaches_the_request() {
    let replay = Replay::of(testing::reply(200, &[], r#"{"id": "p:1"}"#));
    let config = || testing::config().http_client(replay.clone());
    Handle::new(&RULED, config().build()).call::<StartBuild>(Ok(testing::input()), Customization::default()).await.unwrap();
    let request = replay.request();
    assert_eq!(request.uri(), "https://global.amazonaws.com/");
    assert_eq!(request.headers().get("x-amz-outpost-id"), Some("op-1"));
    let signature = request.headers().get("authorization").unwrap();
    assert!(signature.contains("/us-east-1/builds/aws4_request") && signature.contains("x-amz-outpost-id"), "{signature}");

    let odd = Handle::new(&RULED, config().region(Region::new("bad-header-1")).build());
    let error = odd.call::<StartBuild>(Ok(testing::input()), Customization::default()).await.unwrap_err();
    testing::line(&error);
    assert_eq!(replay.requests(), 0);
}
