mod sdk_config;

use super::{AppName, Config, Credentials, Environment, IdempotencyTokenProvider, Region};
use crate::testing::{Replay, Timer, reply};
use aws_smithy_async::time::StaticTimeSource;
use std::time::Duration;

#[test]
fn debug_names_what_is_set_and_shows_no_secrets() {
    let replay = Replay::of(reply(200, &[], "SECRETBODY"));
    let builder = Config::builder()
        .region(Region::new("eu-west-1"))
        .endpoint_url("https://user:SECRETPASSWORD@host/")
        .credentials_provider(Credentials::new("SECRETID", "SECRETKEY", Some("SECRETTOKEN".to_owned()), None, "test"))
        .http_client(replay)
        .ca_bundle("corporate.pem")
        .app_name(AppName::new("app").unwrap())
        .time_source(StaticTimeSource::from_secs(0))
        .sleep_impl(Timer::Stands)
        .environment(Environment::fixed([("AWS_SECRET_ACCESS_KEY", "SECRETVARIABLE")]))
        .max_response_size(5)
        .max_response_time(Duration::from_secs(7));
    let expected = "{ region: Region(\"eu-west-1\"), endpoint_url: (set), credentials_provider: (set), http_client: (set), \
                    ca_bundle: \"corporate.pem\", app_name: AppName(\"app\"), time_source: (set), sleep_impl: (set), max_response_size: 5, \
                    max_response_time: 7s, environment: Environment(fixed) }";
    assert_eq!(format!("{builder:?}"), format!("Builder {expected}"));
    assert_eq!(format!("{:?}", builder.build()), format!("Config {expected}"));
    assert_eq!(format!("{:?}", Config::builder()), "Builder { environment: Environment(process) }");
}

#[test]
fn a_builder_from_a_configuration_keeps_its_settings() {
    let config = Config::builder().region(Region::new("eu-west-1")).max_response_size(5).build();
    let again = config.to_builder().build();
    assert_eq!(again.region(), Some(&Region::new("eu-west-1")));
    assert_eq!(again.max_response_size(), 5);
    assert_eq!(again.max_response_time(), Duration::from_mins(5));
    assert!(again.app_name().is_none() && again.http_client().is_none() && again.credentials_provider().is_none());
}

#[test]
fn setters_with_options_can_unset() {
    let mut builder = Config::builder().region(Region::new("eu-west-1")).app_name(AppName::new("app").unwrap());
    builder.set_region(None).set_app_name(None).set_max_response_size(Some(1)).set_max_response_size(None);
    let config = builder.build();
    assert!(config.region().is_none() && config.app_name().is_none());
    assert_eq!(config.max_response_size(), 64 * 1024 * 1024);
}

#[test]
fn tokens_are_random_fixed_or_none() {
    let random = IdempotencyTokenProvider::random();
    assert_ne!(random.make_idempotency_token(), random.make_idempotency_token());
    assert_eq!(IdempotencyTokenProvider::from("t").make_idempotency_token().as_deref(), Some("t"));
    assert_eq!(IdempotencyTokenProvider::disabled().make_idempotency_token(), None);
    assert_eq!(Config::builder().build().idempotency_token_provider().make_idempotency_token().map(|token| token.len()), Some(36));
}

#[test]
fn the_default_environment_is_the_processs() {
    assert!(Environment::process().get("PATH").unwrap().is_some());
    assert_eq!(Environment::process().get("SMITHLET_IS_NOT_SET"), Ok(None));
    let fixed = Environment::fixed([("A", "1"), ("B", " ")]);
    assert_eq!(fixed.get("A"), Ok(Some("1".to_owned())));
    assert_eq!((fixed.get("B"), fixed.get("PATH")), (Ok(None), Ok(None)));
}

#[test]
fn a_variable_can_be_set_in_code() {
    let process = Environment::process().with("AWS_PROFILE", "SECRET");
    assert_eq!(process.get("AWS_PROFILE"), Ok(Some("SECRET".to_owned())));
    assert_eq!(process.get("PATH"), Environment::process().get("PATH"));
    assert_eq!(format!("{process:?}"), "Environment(process, changed)");
    let fixed = Environment::fixed([("A", "1"), ("B", "2")]).with("A", "3");
    assert_eq!((fixed.get("A"), fixed.get("B"), fixed.get("PATH")), (Ok(Some("3".to_owned())), Ok(Some("2".to_owned())), Ok(None)));
}
