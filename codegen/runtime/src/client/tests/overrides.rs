//! Tests of calls with another configuration.

use crate::client::Handle;
use crate::config::timeout::TimeoutConfig;
use crate::config::{Builder, Config, Credentials, Region, SdkConfig};
use crate::customize::Customization;
use crate::testing::{Replay, SERVICE, StartBuild, Timer, config, input, reply, start_customized};
use std::time::Duration;

fn overriding(config: Builder) -> Customization {
    Customization { config_override: Some(Box::new(config)), ..Customization::default() }
}

fn started() -> Replay {
    Replay::of(reply(200, &[], "{}"))
}

#[tokio::test]
async fn an_override_changes_only_its_settings() {
    let replay = started();
    let changes = Config::builder().region(Region::new("cn-north-1")).use_dual_stack(true);
    start_customized(config().http_client(replay.clone()), overriding(changes)).await.unwrap();
    let request = replay.request();
    assert_eq!(request.uri(), "https://codebuild.cn-north-1.api.amazonwebservices.com.cn/");
    let authorization = request.headers().get("authorization").unwrap();
    assert!(authorization.contains("Credential=AKIDEXAMPLE/20191122/cn-north-1/"), "{authorization}");
    assert_eq!(replay.connectors().len(), 1, "the connections are those of the client");
}

#[tokio::test]
async fn credentials_client_and_token_can_be_overridden() {
    let (before, now) = (started(), started());
    let changes = Config::builder()
        .http_client(now.clone())
        .credentials_provider(Credentials::new("AKIDOTHER", "secret", None, None, "test"))
        .idempotency_token_provider("other");
    start_customized(config().http_client(before.clone()), overriding(changes)).await.unwrap();
    assert_eq!(before.requests(), 0);
    let request = now.request();
    assert!(request.headers().get("authorization").unwrap().contains("Credential=AKIDOTHER/"));
    assert_eq!(request.body().bytes(), Some(br#"{"projectName":"p","idempotencyToken":"other"}"#.as_slice()));
}

#[tokio::test]
async fn timeouts_are_overridden_one_by_one() {
    let seconds = Duration::from_secs;
    let replay = started();
    let before = TimeoutConfig::builder().connect_timeout(seconds(1)).read_timeout(seconds(2)).build();
    let changes = Config::builder().timeout_config(TimeoutConfig::builder().read_timeout(seconds(7)).build());
    start_customized(config().http_client(replay.clone()).timeout_config(before), overriding(changes)).await.unwrap();
    let settings: Vec<_> = replay.connectors().iter().map(|settings| (settings.connect_timeout(), settings.read_timeout())).collect();
    assert_eq!(settings, [(Some(seconds(1)), Some(seconds(2))), (Some(seconds(1)), Some(seconds(7)))]);
}

#[tokio::test]
async fn timeouts_have_defaults_and_can_be_switched_off() {
    let settings = |config: Builder| {
        let replay = started();
        drop(Handle::new(&SERVICE, config.http_client(replay.clone()).build()));
        replay.connectors().first().map(|settings| (settings.connect_timeout(), settings.read_timeout()))
    };
    let connect = Some(Duration::from_millis(3_100));
    assert_eq!(settings(config()), Some((connect, Some(Duration::from_mins(1)))));
    let read = TimeoutConfig::builder().read_timeout(Duration::from_secs(5)).build();
    assert_eq!(settings(config().timeout_config(read)), Some((connect, Some(Duration::from_secs(5)))));
    assert_eq!(settings(config().timeout_config(TimeoutConfig::disabled())), Some((None, None)));
}

#[tokio::test]
async fn an_override_does_not_affect_the_next_call() {
    let replay = started();
    let handle = Handle::new(&SERVICE, config().http_client(replay.clone()).build());
    let changes = overriding(Config::builder().endpoint_url("nowhere"));
    assert!(handle.call::<StartBuild>(Ok(input()), changes).await.is_err());
    assert!(handle.call::<StartBuild>(Ok(input()), Customization::default()).await.is_ok());
    assert_eq!(replay.request().uri(), "https://codebuild.eu-west-1.amazonaws.com/");
}

#[tokio::test]
async fn an_sdk_config_overrides_only_its_settings() {
    let replay = started();
    let shared = SdkConfig::builder()
        .region(Region::new("us-gov-west-1"))
        .use_fips(true)
        .credentials_provider(crate::config::SharedCredentialsProvider::new(Credentials::new("AKIDSHARED", "s", None, None, "test")))
        .http_client(replay.clone())
        .timeout_config(TimeoutConfig::builder().operation_timeout(Duration::from_secs(3)).build())
        .sleep_impl(Timer::Stands)
        .build();
    let handle = Handle::new(&SERVICE, Config::new(&shared));
    handle.call::<StartBuild>(Ok(input()), Customization::default()).await.unwrap();
    let request = replay.request();
    assert_eq!(request.uri(), "https://codebuild-fips.us-gov-west-1.amazonaws.com/");
    assert!(request.headers().get("authorization").unwrap().contains("Credential=AKIDSHARED/"));
    assert_eq!(handle.config().timeout_config().and_then(TimeoutConfig::operation_timeout), Some(Duration::from_secs(3)));
}
