//! Tests of region discovery through the instance metadata.

use crate::client::Handle;
use crate::config::http::HttpRequest;
use crate::config::timeout::TimeoutConfig;
use crate::config::{Builder, Config, Environment, HttpClient, Region};
use crate::customize::Customization;
use crate::http::message;
use crate::testing::{SERVICE, StartBuild, Timer, input, line, reply};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The metadata service of an EC2 instance, and the service that is called.
#[derive(Clone, Debug, Default)]
struct Instance {
    /// The number of metadata requests that get no reply.
    silent: Arc<Mutex<usize>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Instance {
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn silent(times: usize) -> Self {
        Self { silent: Arc::new(Mutex::new(times)), ..Self::default() }
    }

    /// A configuration on this instance, with keys and these variables.
    fn config(&self, variables: &[(&str, &str)]) -> Builder {
        let keys =
            [("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s"), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://instance")];
        let config = Config::from_environment(Environment::fixed(keys.iter().chain(variables).copied())).unwrap();
        config.to_builder().http_client(self.clone()).sleep_impl(Timer::Stands)
    }
}

impl HttpClient for Instance {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Instance {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let asked = format!("{} {}", request.method(), request.uri());
        let answer = match asked.as_str() {
            "PUT http://instance/latest/api/token" => "token",
            "GET http://instance/latest/meta-data/placement/region" => "eu-south-2\n",
            _ => "{}",
        };
        self.asked.lock().unwrap().push(asked);
        let mut silent = self.silent.lock().unwrap();
        if *silent > 0 {
            *silent -= 1;
            return HttpConnectorFuture::new(std::future::pending());
        }
        HttpConnectorFuture::ready(Ok(message::aws_response(reply(200, &[], answer)).unwrap()))
    }
}

const REGION_REQUESTS: [&str; 2] = ["PUT http://instance/latest/api/token", "GET http://instance/latest/meta-data/placement/region"];
const CALL: &str = "POST https://codebuild.eu-south-2.amazonaws.com/";

async fn start(handle: &Handle) -> Result<(), String> {
    handle.call::<StartBuild>(Ok(input()), Customization::default()).await.map(drop).map_err(|error| line(&error))
}

#[tokio::test]
async fn the_instances_region_is_requested_at_the_first_call_only() {
    let instance = Instance::default();
    let handle = Handle::new(&SERVICE, instance.config(&[]).build());
    assert!(instance.asked().is_empty());
    start(&handle).await.unwrap();
    start(&handle).await.unwrap();
    assert_eq!(instance.asked(), [REGION_REQUESTS[0], REGION_REQUESTS[1], CALL, CALL]);
}

#[tokio::test]
async fn from_env_resolves_the_instances_region() {
    let instance = Instance::default();
    let handle = Handle::complete(&SERVICE, instance.config(&[]).build()).await.unwrap();
    assert_eq!(handle.config().region(), Some(&Region::new("eu-south-2")));
    assert_eq!(instance.asked(), REGION_REQUESTS);
}

#[tokio::test]
async fn calls_with_an_override_share_the_discovered_region() {
    let instance = Instance::default();
    let handle = Handle::new(&SERVICE, instance.config(&[]).build());
    for _ in 0..2 {
        let changes = Config::builder().max_response_size(5);
        let customization = Customization { config_override: Some(Box::new(changes)), ..Customization::default() };
        handle.call::<StartBuild>(Ok(input()), customization).await.unwrap();
    }
    assert_eq!(instance.asked(), [REGION_REQUESTS[0], REGION_REQUESTS[1], CALL, CALL]);
}

#[tokio::test]
async fn a_configured_region_is_not_requested_from_the_instance() {
    let instance = Instance::default();
    start(&Handle::new(&SERVICE, instance.config(&[("AWS_REGION", "eu-west-1")]).build())).await.unwrap();
    start(&Handle::new(&SERVICE, instance.config(&[]).region(Region::new("eu-west-1")).build())).await.unwrap();
    assert_eq!(instance.asked(), ["POST https://codebuild.eu-west-1.amazonaws.com/"; 2]);
}

#[tokio::test]
async fn disabled_instance_metadata_is_not_requested() {
    let instance = Instance::default();
    let handle = Handle::new(&SERVICE, instance.config(&[("AWS_EC2_METADATA_DISABLED", "true")]).build());
    let failure = start(&handle).await.unwrap_err();
    assert!(failure.starts_with("StartBuild: no region: AWS_REGION and AWS_DEFAULT_REGION are not set, "), "{failure}");
    assert!(instance.asked().is_empty());
}

#[tokio::test]
async fn a_dropped_call_leaves_the_region_request_to_the_next() {
    let instance = Instance::silent(1);
    let handle = Handle::new(&SERVICE, instance.config(&[]).build());
    tokio::select! {
        biased;
        result = start(&handle) => panic!("the instance does not reply: {result:?}"),
        () = std::future::ready(()) => {}
    }
    start(&handle).await.unwrap();
    assert_eq!(instance.asked(), [REGION_REQUESTS[0], REGION_REQUESTS[0], REGION_REQUESTS[1], CALL]);
}

#[tokio::test]
async fn region_discovery_counts_towards_the_operations_timeout() {
    let instance = Instance::silent(1);
    let limit = Duration::from_secs(7);
    let timeouts = TimeoutConfig::builder().operation_timeout(limit).build();
    let config = instance.config(&[]).timeout_config(timeouts).sleep_impl(Timer::Reaches(limit));
    let failure = start(&Handle::new(&SERVICE, config.build())).await.unwrap_err();
    assert!(failure.starts_with("StartBuild: timed out: the operation took longer than 7 s"), "{failure}");
}
