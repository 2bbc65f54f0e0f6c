//! Tests of settings from the environment and the profile.

use crate::client::Handle;
use crate::config::{Config, Environment, Region};
use crate::customize::Customization;
use crate::testing::{Folder, Replay, SERVICE, StartBuild, Timer, config, input, line, reply};

const KEYS: [(&str, &str); 3] = [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_EC2_METADATA_DISABLED", "true")];

/// A configuration from these variables, and a client that replies.
fn found(variables: &[(&str, &str)]) -> (Config, Replay) {
    let replay = Replay::of(reply(200, &[], "{}"));
    let config = Config::from_environment(Environment::fixed(KEYS.iter().chain(variables).copied())).unwrap();
    (config.to_builder().http_client(replay.clone()).sleep_impl(Timer::Stands).build(), replay)
}

async fn start(config: Config, customization: Customization) -> Result<(), String> {
    let started = Handle::new(&SERVICE, config).call::<StartBuild>(Ok(input()), customization).await;
    started.map(drop).map_err(|error| line(&error))
}

#[tokio::test]
async fn the_endpoint_comes_from_the_environment() {
    let (config, replay) = found(&[("AWS_REGION", "eu-west-2"), ("AWS_ENDPOINT_URL_CODEBUILD", "http://localhost:5000/here")]);
    start(config, Customization::default()).await.unwrap();
    let request = replay.request();
    assert_eq!(request.uri(), "http://localhost:5000/here/");
    assert!(request.headers().get("authorization").unwrap().contains("/eu-west-2/codebuild/"));
}

#[tokio::test]
async fn the_endpoint_comes_from_the_profile() {
    let folder = Folder::new().with(".aws/config", "[profile build]\nregion = eu-west-3\nuse_fips_endpoint = true\nsdk_ua_app_id = app");
    let (config, replay) = found(&[("HOME", &folder.path("")), ("AWS_PROFILE", "build")]);
    start(config, Customization::default()).await.unwrap();
    let request = replay.request();
    assert_eq!(request.uri(), "https://codebuild-fips.eu-west-3.amazonaws.com/");
    assert!(request.headers().get("user-agent").unwrap().contains("app/app"));
}

#[tokio::test]
async fn an_override_changes_the_endpoint_of_one_call() {
    let (config, replay) = found(&[("AWS_REGION", "eu-west-2"), ("AWS_ENDPOINT_URL", "http://localhost:5000")]);
    let changes = Config::builder().region(Region::new("eu-west-1")).endpoint_url("http://elsewhere");
    start(config, Customization { config_override: Some(Box::new(changes)), ..Customization::default() }).await.unwrap();
    let request = replay.request();
    assert_eq!(request.uri(), "http://elsewhere/");
    assert!(request.headers().get("authorization").unwrap().contains("/eu-west-1/"));
}

#[tokio::test]
async fn an_invalid_endpoint_url_is_reported_with_its_variable() {
    let fault = "the environment variable AWS_ENDPOINT_URL_CODEBUILD: the endpoint_url \"localhost\" has no scheme: begin it with http:// or https://";
    let (config, replay) = found(&[("AWS_REGION", "eu-west-2"), ("AWS_ENDPOINT_URL_CODEBUILD", "localhost")]);
    assert_eq!(line(&Handle::complete(&SERVICE, config.clone()).await.unwrap_err()), fault);
    let failure = start(config, Customization::default()).await.unwrap_err();
    assert!(failure.starts_with(&format!("StartBuild: {fault}")), "{failure}");
    assert_eq!(replay.requests(), 0);
}

#[tokio::test]
async fn a_missing_region_is_reported_with_the_sources_that_were_tried() {
    let fault = "no region: AWS_REGION and AWS_DEFAULT_REGION are not set, the profile \"default\" has no region in ~/.aws/config (there is no \
                 home directory) and ~/.aws/credentials (there is no home directory), and";
    let (config, replay) = found(&[]);
    let told = line(&Handle::complete(&SERVICE, config.clone()).await.unwrap_err());
    assert!(told.starts_with(fault) && told.ends_with(": set AWS_REGION, such as AWS_REGION=eu-west-1"), "{told}");
    let failure = start(config, Customization::default()).await.unwrap_err();
    assert!(failure.starts_with(&format!("StartBuild: {told}")), "{failure}");
    assert_eq!(replay.requests(), 0);
}

#[tokio::test]
async fn a_complete_configuration_is_unchanged() {
    let handle = Handle::complete(&SERVICE, config().build()).await.unwrap();
    assert_eq!(handle.config().region(), Some(&Region::new("eu-west-1")));
}
