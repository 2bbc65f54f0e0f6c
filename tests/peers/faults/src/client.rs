//! A common trait for the clients of both crates. They have the same API, so a macro writes both implementations.

use crate::Peer;
use crate::pace::Pace;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_async::time::TimeSource as _;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

/// The id of a call's build, or the line of its error.
pub(crate) type Outcome = Result<String, String>;

type Reply = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// The calls that the rows of the table make.
pub(crate) trait Client: Send + Sync {
    fn read(&self, id: &str) -> Reply;
    fn start(&self, token: Option<&str>) -> Reply;
}

/// The settings of a client.
pub(crate) struct Settings {
    pub(crate) endpoint: Option<String>,
    pub(crate) pace: Pace,
    pub(crate) operation_timeout: Option<Duration>,
    pub(crate) tokens: bool,
    pub(crate) short_lived: bool,
}

impl Settings {
    pub(crate) fn client(&self, peer: Peer) -> Arc<dyn Client> {
        match peer {
            Peer::Ours => Arc::new(ours::client(self)),
            Peer::Official => Arc::new(official::client(self)),
        }
    }

    fn credentials(&self) -> SharedCredentialsProvider {
        if self.short_lived {
            return SharedCredentialsProvider::new(ShortLived { begun: self.pace.now(), asked: AtomicU64::new(0) });
        }
        SharedCredentialsProvider::new(Credentials::new("AKIDEXAMPLE", "secret", None, None, "fixed"))
    }
}

/// Provides credentials that are valid for ten seconds, and after that credentials that are valid for an hour.
#[derive(Debug)]
struct ShortLived {
    begun: SystemTime,
    asked: AtomicU64,
}

impl ProvideCredentials for ShortLived {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let expiry = self.begun + Duration::from_secs(if number == 1 { 10 } else { 3_600 });
        future::ProvideCredentials::ready(Ok(Credentials::new(format!("AKID{number}"), "secret", None, Some(expiry), "short-lived")))
    }
}

fn make_no_tokens(config: &mut smithlet_codebuild::config::Builder) {
    config.set_idempotency_token_provider(Some(smithlet_codebuild::config::IdempotencyTokenProvider::disabled()));
}

/// The official crate makes no tokens.
fn make_no_tokens_anyway(_: &mut aws_sdk_codebuild::config::Builder) {}

/// Defines a module for a crate. The last argument is the function that disables idempotency tokens.
macro_rules! peer {
    ($module:ident, $krate:ident, $make_no_tokens:ident) => {
        mod $module {
            use super::{Outcome, Reply, Settings};
            use $krate::Client;
            use $krate::config::timeout::TimeoutConfig;
            use $krate::config::{BehaviorVersion, Config, Region};

            pub(super) fn client(settings: &Settings) -> Client {
                let mut config = Config::builder()
                    .behavior_version(BehaviorVersion::latest())
                    .region(Region::new("eu-west-1"))
                    .credentials_provider(settings.credentials())
                    .sleep_impl(settings.pace)
                    .time_source(settings.pace);
                config.set_endpoint_url(settings.endpoint.clone());
                if let Some(timeout) = settings.operation_timeout {
                    config.set_timeout_config(Some(TimeoutConfig::builder().operation_timeout(timeout).build()));
                }
                if !settings.tokens {
                    super::$make_no_tokens(&mut config);
                }
                Client::from_conf(config.build())
            }

            impl super::Client for Client {
                fn read(&self, id: &str) -> Reply {
                    let call = self.batch_get_builds().ids(id).send();
                    Box::pin(async move { outcome(call.await.map(|reply| reply.builds().first().and_then(|build| build.id.clone()))) })
                }

                fn start(&self, token: Option<&str>) -> Reply {
                    let call = self.start_build().project_name("p").set_idempotency_token(token.map(str::to_owned)).send();
                    Box::pin(async move { outcome(call.await.map(|reply| reply.build_value().and_then(|build| build.id.clone()))) })
                }
            }

            fn outcome(reply: Result<Option<String>, impl std::error::Error>) -> Outcome {
                reply.map(|id| id.unwrap_or_else(|| "nothing".to_owned())).map_err(|error| error.to_string())
            }
        }
    };
}

peer!(ours, smithlet_codebuild, make_no_tokens);
peer!(official, aws_sdk_codebuild, make_no_tokens_anyway);
