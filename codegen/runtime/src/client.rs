//! The client that generated clients wrap, and its calls.
//!
//! # Spans and events
//!
//! | level | what | test |
//! |---|---|---|
//! | info | the span `call`: `rpc.system`, `rpc.service`, `rpc.method` and `region`; at the end `attempts`, `status`, `request_id` and, of a call that failed, its kind as `failure` | `a_call_is_a_span_and_each_attempt_an_event`, `a_failed_call_is_recorded_in_its_span_without_a_warning` |
//! | warn | an event when the service's clock turns out to be more than four minutes from ours | `a_wrong_clock_is_warned_of` |
//! | warn | an event when credentials cannot be replaced, or have no successors, and the old ones are used | `a_failure_to_replace_them_fails_no_call_before_their_end`, `old_credentials_are_used_a_while_longer` |
//! | warn | an event when a profile file at its default place cannot be read, or has a section in the form that the other file has | `settings_that_are_passed_over_are_told` |
//! | debug | the span `attempt` with its `number`; in it an event for how it ended: `attempt succeeded`, `attempt failed, and another one follows` with the wait, `attempt failed` | `a_call_is_a_span_and_each_attempt_an_event`, `an_attempt_ended_by_the_operation_timeout_is_an_event` |
//!
//! A failed call emits no event above debug, since its caller has the error. No span and no event has sensitive data (`a_trace_shows_no_secret`).

mod attempt;
mod call;
pub(crate) mod customization;
mod engine;
mod region;
mod request;
mod settings;

pub use call::{Call, Holds};

use crate::Boxed;
use crate::config::http::HttpResponse;
use crate::config::{Config, InvalidSetting};
use crate::error::{BuildError, Ended, SdkError, to_construct};
use crate::operation::{Encoded, Exchange, Metadata, Service};
use crate::reply::Reply;
use crate::validate::Checker;
use customization::Customization;
use engine::{Engine, Request};
use region::with_region;
use std::fmt;
use std::sync::Arc;

/// The client that a generated client wraps: a service, a configuration and connections. Clones share all of them.
#[derive(Clone)]
pub struct Handle(Arc<Engine>);

impl Handle {
    /// Creates a client of a service. It opens no connection and reads nothing before its first call.
    pub fn new(service: &'static Service, config: Config) -> Self {
        Self(Arc::new(Engine::new(service, config)))
    }

    /// Creates a client of a service with [the settings of the environment and the profile](Config::from_env).
    ///
    /// # Errors
    ///
    /// Those of [`Config::from_env`]; also if the endpoint of this service is not a URL, or if a region cannot be found.
    pub async fn from_env(service: &'static Service) -> Result<Self, InvalidSetting> {
        Self::complete(service, Config::from_env()?).await
    }

    /// Creates a client whose endpoint and region are resolved now, not at the first call.
    fn complete(service: &'static Service, config: Config) -> Boxed<'static, Result<Self, InvalidSetting>> {
        Box::pin(async move {
            config.endpoint_url(service.id)?;
            Ok(Self::new(service, with_region(&config).await?))
        })
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        self.0.config()
    }

    /// The number of tokens for retries.
    #[cfg(test)]
    pub(crate) fn tokens(&self) -> u32 {
        self.0.tokens()
    }

    /// Makes a call: validates and encodes the input, sends it with retries, and decodes the reply. Dropping the future ends the call.
    ///
    /// The input is encoded at once, so the future does not hold it.
    pub fn call<O: Exchange>(
        &self,
        input: Result<O::Input, BuildError>,
        customization: Customization,
    ) -> impl Future<Output = Result<O::Output, SdkError<O::Error, HttpResponse>>> + Send + use<O> {
        let Customization { config_override, edits } = customization;
        let engine = match config_override {
            None => Arc::clone(&self.0),
            Some(changes) => Arc::new(changes.apply(&self.0)),
        };
        let encoded = encode::<O>(input, engine.config());
        async move {
            let operation: &'static Metadata = &O::METADATA;
            let failed = |failed: Box<dyn Ended>| SdkError::from_failed(failed, |reply| O::error(reply));
            let (encoded, has_token) = encoded.map_err(failed)?;
            let mut output = None;
            let mut decode = |reply: &Reply<'_>| {
                output = O::reply(reply)?;
                Ok(output.is_some())
            };
            let request =
                Request { operation, protocol: O::PROTOCOL, streamed_reply: O::STREAMED_REPLY, has_token, encoded, edits: &edits };
            let request_id = engine.call(request, &mut decode).await.map_err(failed)?;
            match output {
                Some(mut output) => {
                    O::set_request_id(&mut output, request_id);
                    Ok(output)
                }
                None => Err(failed(to_construct(operation, "the call ended without a reply that was decoded"))),
            }
        }
    }
}

/// Validates and encodes an input. Returns the encoded input, and whether it has an idempotency token.
fn encode<O: Exchange>(input: Result<O::Input, BuildError>, config: &Config) -> Result<(Encoded, bool), Box<dyn Ended>> {
    let operation: &'static Metadata = &O::METADATA;
    let mut input = input.map_err(|error| to_construct(operation, error))?;
    let has_token = O::prepare(&mut input, config);
    if config.validate() {
        let mut check = Checker::default();
        O::validate(&input, &mut check);
        check.finish().map_err(|error| to_construct(operation, error))?;
    }
    let encoded = O::request(&input).map_err(|error| to_construct(operation, error))?;
    let encoded = O::stream(&mut input, encoded);
    let encoded = O::finish(&input, encoded).map_err(|error| to_construct(operation, error))?;
    Ok((encoded, has_token))
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests;
