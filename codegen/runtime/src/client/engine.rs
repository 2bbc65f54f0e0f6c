//! The engine: the part of a call that is the same for every operation, compiled once.

use super::attempt::{Call, Decode};
use super::region::with_region;
use super::request::{Edits, RequestTemplate};
use crate::Boxed;
use crate::clock::{Clock, ServiceOffset};
use crate::config::timeout::TimeoutConfig;
use crate::config::{Builder, Config, InvalidSetting};
use crate::credentials::{self, Cache};
use crate::endpoint::{Endpoint, InvalidEndpoint};
use crate::error::{BoxError, CallContext, Ended, Failed, Failure};
use crate::http::{self, Connector, NoConnector};
use crate::operation::{Encoded, Metadata, Protocol, Service};
use crate::random::CallIds;
use crate::retry::{Attempt, Policy, RetryLimits, RetryState};
use crate::sign::Signer;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use std::fmt;
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::OnceCell;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

const NO_TIMER: &str = "no timer: enable the crate's feature rt-tokio, or set sleep_impl in the configuration";

/// A service and a configuration, with everything that is resolved before a call. Errors in it are reported by each call.
pub(crate) struct Engine {
    service: &'static Service,
    config: Config,
    timeouts: TimeoutConfig,
    endpoint: Result<Endpoint, InvalidEndpoint>,
    client: Option<http::Client>,
    connector: Result<Connector, NoConnector>,
    timer: Option<SharedAsyncSleep>,
    clock: Clock,
    credentials: Arc<Cache>,
    shared: SharedState,
    /// The policy and the template are created at the first call, because they need the environment.
    policy: OnceLock<Policy>,
    template: OnceCell<RequestTemplate>,
}

/// The state that all calls of a client share, including calls with another configuration.
#[derive(Clone, Default)]
struct SharedState {
    retry_limits: RetryLimits,
    offset: ServiceOffset,
    signer: Signer,
    call_ids: CallIds,
}

/// The input of a call.
pub(super) struct Request<'a> {
    pub(super) operation: &'static Metadata,
    pub(super) protocol: Protocol,
    pub(super) streamed_reply: bool,
    /// True if the input has an idempotency token.
    pub(super) has_token: bool,
    pub(super) encoded: Encoded,
    pub(super) edits: &'a Edits,
}

impl Engine {
    pub(super) fn new(service: &'static Service, config: Config) -> Self {
        let transport = http::Settings::from(&config);
        let client = transport.client();
        let connector = transport.connector(client.as_ref());
        let credentials = Arc::new(Cache::new(credentials::Source::new(credentials::Settings::from(&config), &connector)));
        Self::with_transport(service, config, client, connector, credentials, SharedState::default())
    }

    fn with_transport(
        service: &'static Service,
        config: Config,
        client: Option<http::Client>,
        connector: Result<Connector, NoConnector>,
        credentials: Arc<Cache>,
        shared: SharedState,
    ) -> Self {
        Self {
            service,
            timeouts: config.timeouts(),
            endpoint: endpoint(service, &config),
            timer: config.timer(),
            clock: Clock::new(&config, &shared.offset),
            config,
            client,
            connector,
            credentials,
            shared,
            policy: OnceLock::new(),
            template: OnceCell::new(),
        }
    }

    /// The engine with some settings overridden. It shares the connections unless an overridden setting affects them.
    pub(super) fn overridden(&self, changes: Builder) -> Self {
        let (same_transport, same_client) = (!changes.changes_transport(), !changes.changes_client());
        let same_credentials = !changes.changes_credentials();
        let config = self.config.overridden(changes);
        let transport = http::Settings::from(&config);
        let client = if same_client { transport.custom_client().or_else(|| self.client.clone()) } else { transport.client() };
        let connector = if same_transport { self.connector.clone() } else { transport.connector(client.as_ref()) };
        let credentials = if same_credentials {
            Arc::clone(&self.credentials)
        } else {
            Arc::new(Cache::new(credentials::Source::new(credentials::Settings::from(&config), &connector)))
        };
        Self::with_transport(self.service, config, client, connector, credentials, self.shared.clone())
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    #[cfg(test)]
    pub(super) fn tokens(&self) -> u32 {
        self.shared.retry_limits.bucket.tokens()
    }

    /// Makes a call, and returns the id of the request that succeeded.
    ///
    /// The future is boxed here, so that its code is generated in this crate and not in each crate that awaits it.
    pub(super) fn call<'a>(
        &'a self,
        request: Request<'a>,
        decode: &'a mut Decode<'a>,
    ) -> Boxed<'a, Result<Option<String>, Box<dyn Ended>>> {
        Box::pin(async move {
            let span = self.span(request.operation);
            let result = pin!(self.attempts(request, decode)).instrument(span.clone()).await;
            self.record(&span, &result);
            match result {
                Ok(call) => Ok(call.request_id),
                Err(failed) => Err(failed as Box<dyn Ended>),
            }
        })
    }

    fn span(&self, operation: &Metadata) -> Span {
        tracing::info_span!(
            "call",
            rpc.system = "aws-api",
            rpc.service = self.service.id,
            rpc.method = operation.name,
            region = self.endpoint.as_ref().ok().map(Endpoint::region),
            attempts = Empty,
            status = Empty,
            request_id = Empty,
            failure = Empty,
        )
    }

    /// Records the call's outcome on its span.
    fn record(&self, span: &Span, result: &Result<CallContext, Box<Failed>>) {
        if let Some(template) = self.template.get()
            && self.config.region_discovery().is_some()
        {
            span.record("region", template.endpoint().region());
        }
        let call = result.as_ref().unwrap_or_else(|failed| &failed.call);
        span.record("attempts", call.attempt.map(Attempt::number));
        span.record("status", call.status);
        span.record("request_id", call.request_id.as_deref());
        if let Err(failed) = result {
            span.record("failure", failed.kind().name());
        }
    }

    /// Makes attempts until one succeeds, no other one may be made, or the operation's time has passed.
    async fn attempts(&self, request: Request<'_>, decode: &mut Decode<'_>) -> Result<CallContext, Box<Failed>> {
        let Request { operation, protocol, streamed_reply, has_token, encoded, edits } = request;
        let connector = self.connector.as_ref().map_err(|error| Failed::to_construct(operation, error.clone().into()))?;
        let timer = self.timer.as_ref().ok_or_else(|| Failed::to_construct(operation, NO_TIMER.into()))?;
        let policy = self.policy().map_err(|error| Failed::to_construct(operation, error.into()))?;
        let (call_limit, attempt_limit) = (self.timeouts.operation_timeout(), self.timeouts.operation_attempt_timeout());
        let repeat = operation.repeat.of_request(has_token);
        let mut retry = RetryState::new(policy, &self.clock, &self.shared.retry_limits, repeat, call_limit);
        if encoded.head.as_ref().is_some_and(|head| !head.is_repeatable()) {
            retry.sends_once();
        }
        let attempts = async {
            let call = Call {
                operation,
                protocol,
                streamed_reply,
                config: &self.config,
                template: self.template(policy, protocol).await.map_err(|error| Failed::to_construct(operation, error))?,
                connector,
                credentials: &self.credentials,
                signer: &self.shared.signer,
                clock: &self.clock,
                timer,
                read_timeout: self.timeouts.read_timeout(),
                edits,
                encoded,
                id: self.shared.call_ids.next(retry.begun()),
            };
            if let Some(wait) = retry.wait() {
                timer.sleep(wait).await;
            }
            loop {
                let span = tracing::debug_span!("attempt", number = retry.attempt().number());
                let attempt = async {
                    let result = within(attempt_limit, timer, pin!(call.attempt(&mut retry, decode))).await;
                    match result.unwrap_or_else(|| Err(timed_out(operation, &retry, "the attempt", attempt_limit))) {
                        Ok(call) => {
                            retry.succeeded();
                            Ok(Ok(call))
                        }
                        Err(failed) => retry.failed(failed).map(Err),
                    }
                };
                match pin!(attempt).instrument(span).await? {
                    Ok(call) => return Ok(call),
                    Err(wait) => timer.sleep(wait).await,
                }
            }
        };
        if let Some(result) = within(call_limit, timer, pin!(attempts)).await {
            return result;
        }
        retry.timed_out();
        Err(timed_out(operation, &retry, "the operation", call_limit))
    }

    fn policy(&self) -> Result<&Policy, InvalidSetting> {
        if let Some(policy) = self.policy.get() {
            return Ok(policy);
        }
        let policy = Policy::new(&self.config)?;
        Ok(self.policy.get_or_init(|| policy))
    }

    /// The template of the client's requests. It is created at the first call, after the discovery of the region.
    async fn template(&self, policy: &Policy, protocol: Protocol) -> Result<&RequestTemplate, BoxError> {
        if let Some(template) = self.template.get() {
            return Ok(template);
        }
        let find = || async {
            let endpoint = if self.config.region_discovery().is_some() {
                endpoint(self.service, &with_region(&self.config).await?)
            } else {
                self.endpoint.clone()
            };
            RequestTemplate::new(self.service, protocol, &self.config, policy, endpoint?)
        };
        Box::pin(self.template.get_or_try_init(find)).await
    }
}

fn timed_out(operation: &'static Metadata, retry: &RetryState<'_>, what: &str, limit: Option<Duration>) -> Box<Failed> {
    let words = format!("timed out: {what} took longer than {} s", limit.unwrap_or_default().as_secs_f64());
    let call = CallContext { attempt: Some(retry.attempt()), sent: retry.has_sent(), ..CallContext::new(operation) };
    Box::new(Failed { failure: Failure::Timeout(words.into()), call })
}

/// A future's value, or `None` when it took too long. Type-erased, so that futures with and without a limit share one instantiation.
async fn within<T>(limit: Option<Duration>, timer: &SharedAsyncSleep, future: Pin<&mut (dyn Future<Output = T> + Send)>) -> Option<T> {
    match limit {
        None => Some(future.await),
        Some(limit) => Timeout::new(future, timer.sleep(limit)).await.ok(),
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("service", &self.service.id).field("config", &self.config).finish_non_exhaustive()
    }
}

fn endpoint(service: &Service, config: &Config) -> Result<Endpoint, InvalidEndpoint> {
    Endpoint::resolve(service.id, service.endpoint_prefix, service.endpoint_rules, config)
}
