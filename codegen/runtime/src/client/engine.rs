//! The engine: everything in a call that is the same for every operation, compiled once.

use super::request;
use crate::config::http::{HttpRequest, HttpResponse};
use crate::config::{Builder, Config, Credentials};
use crate::credentials::{Cache, Origin};
use crate::customize::Edit;
use crate::endpoint::{Endpoint, InvalidEndpoint};
use crate::error::{BoxError, CallContext, Failed, Failure, excerpt, request_id};
use crate::http::{self, NoConnector};
use crate::json;
use crate::operation::{Metadata, Service};
use crate::random;
use crate::retry::Attempt;
use crate::sign::{self, Signing};
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpClient, SharedHttpConnector};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;
use tracing::Instrument as _;

const NO_TIMER: &str = "no timer: enable the crate's feature rt-tokio, or set sleep_impl in the configuration";

/// Decodes the body of a successful reply, keeps what it has decoded, and says whether that is something. It is part of an attempt,
/// because an unreadable reply is a failed one.
pub(super) type Decode<'a> = dyn FnMut(&[u8]) -> Result<bool, json::Error> + Send + 'a;

/// A service under a configuration, with all that can be found out before a call. What is wrong with it is kept until a call can tell.
pub(super) struct Engine {
    service: &'static Service,
    config: Config,
    endpoint: Result<Endpoint, InvalidEndpoint>,
    /// The endpoint in a region that a call has found out.
    discovered: OnceCell<Endpoint>,
    client: Option<SharedHttpClient>,
    connector: Result<SharedHttpConnector, NoConnector>,
    timer: Option<SharedAsyncSleep>,
    credentials: Arc<Cache>,
    user_agent: String,
}

/// What stays the same over all attempts of a call.
struct Call<'a> {
    operation: &'static Metadata,
    endpoint: &'a Endpoint,
    connector: &'a SharedHttpConnector,
    timer: &'a SharedAsyncSleep,
    edits: &'a [Edit],
    body: Bytes,
    invocation_id: String,
}

impl Engine {
    pub(super) fn new(service: &'static Service, config: Config) -> Self {
        let client = http::client(&config);
        let connector = http::connector(client.as_ref(), &config);
        let credentials = Arc::new(Cache::new(Origin::of(&config, &connector)));
        Self::with_transport(service, config, client, connector, credentials)
    }

    fn with_transport(
        service: &'static Service,
        config: Config,
        client: Option<SharedHttpClient>,
        connector: Result<SharedHttpConnector, NoConnector>,
        credentials: Arc<Cache>,
    ) -> Self {
        let endpoint = Endpoint::resolve(service, &config);
        let timer = config.timer();
        let user_agent = request::user_agent(service, config.app_name());
        Self { service, config, endpoint, discovered: OnceCell::new(), client, connector, timer, credentials, user_agent }
    }

    /// The same service under a configuration that differs, over the same connections where they fit.
    pub(super) fn overridden(&self, changes: Builder) -> Self {
        let (same_transport, same_client) = (!changes.changes_transport(), !changes.changes_client());
        let same_credentials = !changes.changes_credentials();
        let config = self.config.overridden(changes);
        let client = if same_client { config.http_client().or_else(|| self.client.clone()) } else { http::client(&config) };
        let connector = if same_transport { self.connector.clone() } else { http::connector(client.as_ref(), &config) };
        let credentials =
            if same_credentials { Arc::clone(&self.credentials) } else { Arc::new(Cache::new(Origin::of(&config, &connector))) };
        Self::with_transport(self.service, config, client, connector, credentials)
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Carries out a call whose request has this body, and returns the id of the request that succeeded.
    pub(super) async fn run(
        &self,
        operation: &'static Metadata,
        body: Bytes,
        edits: &[Edit],
        decode: &mut Decode<'_>,
    ) -> Result<Option<String>, Box<Failed>> {
        let connector = self.connector.as_ref().map_err(|error| Failed::to_construct(operation, error.clone()))?;
        let timer = self.timer.as_ref().ok_or_else(|| Failed::to_construct(operation, NO_TIMER))?;
        let mut attempt = Attempt::first();
        let limit = self.config.timeouts().operation_timeout();
        let attempts = async {
            let endpoint = self.endpoint().await.map_err(|error| Failed::to_construct(operation, error))?;
            let call = Call { operation, endpoint, connector, timer, edits, body, invocation_id: random::uuid() };
            self.attempts(&call, &mut attempt, decode).await
        };
        match within(limit, timer, attempts).await {
            Some(result) => result,
            None => Err(timed_out(operation, attempt, "the operation", limit)),
        }
    }

    /// The endpoint, once the region is known.
    async fn endpoint(&self) -> Result<&Endpoint, BoxError> {
        if !self.config.lacks_region() {
            return Ok(self.endpoint.as_ref().map_err(Clone::clone)?);
        }
        let discover = || async { Ok(Endpoint::resolve(self.service, &self.config.clone().with_region().await?)?) };
        self.discovered.get_or_try_init(discover).await
    }

    async fn attempts(&self, call: &Call<'_>, attempt: &mut Attempt, decode: &mut Decode<'_>) -> Result<Option<String>, Box<Failed>> {
        let limit = self.config.timeouts().operation_attempt_timeout();
        loop {
            let span = tracing::debug_span!("attempt", number = attempt.number());
            let result = match within(limit, call.timer, self.attempt(call, *attempt, decode)).instrument(span).await {
                Some(result) => result,
                None => Err(timed_out(call.operation, *attempt, "the attempt", limit)),
            };
            let failed = match result {
                Ok(request_id) => return Ok(request_id),
                Err(failed) => failed,
            };
            match attempt.wait_after(&failed) {
                None => return Err(failed),
                Some(wait) => call.timer.sleep(wait).await,
            }
            *attempt = attempt.next();
        }
    }

    /// Signs, sends, reads and classifies.
    async fn attempt(&self, call: &Call<'_>, attempt: Attempt, decode: &mut Decode<'_>) -> Result<Option<String>, Box<Failed>> {
        let (request, credentials) = self.request(call, attempt).await.map_err(|error| Failed::to_construct(call.operation, error))?;
        let context = CallContext { attempt: Some(attempt), ..CallContext::new(call.operation) };
        match call.connector.call(request).await {
            Ok(response) => {
                let result = self.receive(call.operation, response, context, decode).await;
                if let (Err(failed), Some(credentials)) = (&result, &credentials) {
                    self.credentials.hear(failed, credentials);
                }
                result
            }
            Err(error) => Err(Box::new(Failed { failure: Failure::Dispatch(error), call: context })),
        }
    }

    /// The request of an attempt, ready to be sent, and the credentials that it is signed with.
    async fn request(&self, call: &Call<'_>, attempt: Attempt) -> Result<(HttpRequest, Option<Credentials>), BoxError> {
        let mut request = request::build(call.operation, call.endpoint, call.body.clone())?;
        let headers = request.headers_mut();
        headers.try_insert("user-agent", self.user_agent.clone())?;
        headers.try_insert("amz-sdk-invocation-id", call.invocation_id.clone())?;
        headers.try_insert("amz-sdk-request", attempt.header())?;
        for edit in call.edits {
            request = edit(request)?;
        }
        request::complete(&mut request)?;
        let mut signed_with = None;
        if !call.operation.unsigned {
            let credentials = self.credentials.get(&self.config).await?;
            signed_with = Some(credentials.clone());
            let signing =
                Signing { credentials, region: call.endpoint.region(), name: self.service.signing_name, time: self.config.clock().now() };
            sign::sign(&mut request, signing)?;
        }
        Ok((request, signed_with))
    }

    /// Reads a reply and decides what it is.
    async fn receive(
        &self,
        operation: &'static Metadata,
        mut response: HttpResponse,
        mut context: CallContext,
        decode: &mut Decode<'_>,
    ) -> Result<Option<String>, Box<Failed>> {
        let status = response.status();
        context.status = Some(status.as_u16());
        context.request_id = request_id(response.headers()).map(str::to_owned);
        tracing::debug!(status = status.as_u16(), request_id = context.request_id, "reply");
        let body = match http::read(&mut response, self.config.max_response_size()).await {
            Ok(body) => body,
            Err(error) => return Err(Box::new(Failed { failure: Failure::Response(error.into(), response), call: context })),
        };
        let failure = if !status.is_success() {
            *response.body_mut() = SdkBody::from(body);
            Failure::Service(response)
        } else if let Err(error) = accept(operation, &body, decode) {
            *response.body_mut() = SdkBody::from(body);
            Failure::Response(error, response)
        } else {
            return Ok(context.request_id);
        };
        Err(Box::new(Failed { failure, call: context }))
    }
}

/// Decodes the body of a successful reply.
fn accept(operation: &Metadata, body: &Bytes, decode: &mut Decode<'_>) -> Result<(), BoxError> {
    let body = match body.trim_ascii() {
        b"" | b"null" if operation.empty_output => b"{}",
        b"" | b"null" => return Err("the body is empty, though the operation has an output".into()),
        // A page of a proxy or of a portal; of the operation's own output nothing is shown.
        [first, ..] if !matches!(first, b'{' | b'[') => {
            return Err(format!("the body is not JSON: {}", excerpt(body, None)).into());
        }
        _ => &body[..],
    };
    if decode(body)? { Ok(()) } else { Err("the body holds no output".into()) }
}

fn timed_out(operation: &'static Metadata, attempt: Attempt, what: &str, limit: Option<Duration>) -> Box<Failed> {
    let words = format!("timed out: {what} took longer than {} s", limit.unwrap_or_default().as_secs_f64());
    let call = CallContext { attempt: Some(attempt), ..CallContext::new(operation) };
    Box::new(Failed { failure: Failure::Timeout(words.into()), call })
}

/// A future's value, or `None` when it took too long.
async fn within<F: Future>(limit: Option<Duration>, timer: &SharedAsyncSleep, future: F) -> Option<F::Output> {
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
