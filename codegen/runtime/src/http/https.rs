//! The crate's own HTTP client: hyper-util's pool of HTTP/1.1 connections, over TCP or TLS.

mod bundle;
mod connect;
mod failure;
mod no_proxy;
mod proxy;
mod read_timeout;
mod route;
mod tls;
mod traffic;

use super::error::{Silence, TransportError};
use super::{Fresh, Settings};
use crate::config::http::{HttpRequest, HttpResponse};
use crate::config::timeout::TimeoutConfig;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use connect::Connector;
use http::header::PROXY_AUTHORIZATION;
use http::{Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use hyper_util::rt::{TokioExecutor, TokioTimer};
pub(crate) use proxy::Proxies;
use proxy::Proxy;
use read_timeout::ReadTimeoutBody;
use std::fmt;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tls::Tls;
use traffic::{ConnectionGuard, ObservedBody};

/// The time that an unused connection is kept. AWS's services close theirs after about 20 seconds, and a request that is sent into a closing
/// connection is lost.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// The number of unused connections that are kept to one host. Further connections of a burst of calls are closed when the burst is over.
const MAX_IDLE: usize = 50;

/// The number of pools that a client keeps for different connect timeouts. More would come from a program that computes its timeouts.
const MAX_POOLS: usize = 8;

/// Two clients of hyper-util over one connector.
#[derive(Clone)]
struct Pool {
    kept: Client<Connector, ObservedBody>,
    /// The client that opens a connection for each request and keeps none.
    fresh: Client<Connector, ObservedBody>,
}

impl Pool {
    fn new(connector: Connector) -> Self {
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_idle_timeout(IDLE_TIMEOUT).pool_timer(TokioTimer::new());
        let kept = builder.pool_max_idle_per_host(MAX_IDLE).build(connector.clone());
        let fresh = builder.pool_max_idle_per_host(0).build(connector);
        Self { kept, fresh }
    }
}

/// A client with its connections. Each `Handle` has its own, so that no connection outlives the Tokio runtime its handle was used on.
pub(crate) struct HttpsClient {
    tls: Arc<Tls>,
    proxies: Arc<Proxies>,
    /// A pool opens its connections without access to a request's settings, so there is one pool for each connect timeout; most clients have
    /// only one. A pool keeps the timer that it was created with.
    pools: Mutex<Vec<(Option<Duration>, Pool)>>,
}

impl HttpsClient {
    /// A client with the configured certificates and the proxies of the environment. Both are read when they are needed.
    pub(super) fn new(settings: &Settings) -> Self {
        Self::over(settings, Proxies::of(&settings.environment))
    }

    /// The same client without a proxy.
    #[cfg(feature = "credentials")]
    pub(super) fn direct(settings: &Settings) -> Self {
        Self::over(settings, Proxies::none())
    }

    /// A connector with these timeouts and this timer.
    pub(crate) fn connector(&self, timeouts: &TimeoutConfig, timer: Option<SharedAsyncSleep>) -> SharedHttpConnector {
        let sleep = timer.unwrap_or_else(|| SharedAsyncSleep::new(TokioSleep::new()));
        let pool = self.pool(timeouts.connect_timeout(), &sleep);
        SharedHttpConnector::new(HttpsConnector { pool, proxies: Arc::clone(&self.proxies), read_timeout: timeouts.read_timeout(), sleep })
    }

    fn over(settings: &Settings, proxies: Proxies) -> Self {
        let tls = Tls::new(settings.ca_bundle.clone(), settings.environment.clone());
        Self { tls: Arc::new(tls), proxies: Arc::new(proxies), pools: Mutex::default() }
    }

    fn pool(&self, connect_timeout: Option<Duration>, sleep: &SharedAsyncSleep) -> Pool {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pool)) = pools.iter().find(|(timeout, _)| *timeout == connect_timeout) {
            return pool.clone();
        }
        let connector = Connector::new(Arc::clone(&self.tls), Arc::clone(&self.proxies), connect_timeout, sleep.clone());
        let pool = Pool::new(connector);
        if pools.len() == MAX_POOLS {
            pools.clear();
        }
        pools.push((connect_timeout, pool.clone()));
        pool
    }
}

/// A pool with the settings of a configuration.
struct HttpsConnector {
    pool: Pool,
    proxies: Arc<Proxies>,
    read_timeout: Option<Duration>,
    sleep: SharedAsyncSleep,
}

impl fmt::Debug for HttpsConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpsConnector").field("read_timeout", &self.read_timeout).finish_non_exhaustive()
    }
}

impl HttpsConnector {
    /// Converts a request to hyper's type, and returns it with a handle to its future connection.
    fn prepare(&self, request: HttpRequest) -> Result<(Request<SdkBody>, CaptureConnection), TransportError> {
        let unsent = |words: String, source: BoxError| TransportError::new(words, source).unsent(true);
        let mut request = request.try_into_http1x().map_err(|error| unsent(error.to_string(), error.into()))?;
        // A malformed proxy URL is an error: the request must not be sent without the proxy.
        let proxy = self.proxies.to(request.uri()).map_err(|error| unsent(error.to_string(), error.into()))?;
        if request.uri().scheme_str() == Some("http")
            && let Some(authorization) = proxy.as_ref().and_then(Proxy::authorization)
        {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
        }
        let connection = capture_connection(&mut request);
        // Through this extension AWS's code asks for a connection to be closed.
        if let Some(asked) = request.extensions().get::<CaptureSmithyConnection>() {
            let connection = connection.clone();
            asked.set_connection_retriever(move || metadata(&connection));
        }
        Ok((request, connection))
    }
}

impl HttpConnector for HttpsConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (mut request, connection) = match self.prepare(request) {
            Ok(prepared) => prepared,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()).never_connected())),
        };
        let origin = Origin(request.uri().clone());
        let client = if request.extensions_mut().remove::<Fresh>().is_some() { &self.pool.fresh } else { &self.pool.kept };
        let reply = client.request(request.map(|body| ObservedBody::new(body, connection.clone())));
        let (read_timeout, sleep) = (self.read_timeout, self.sleep.clone());
        HttpConnectorFuture::new(async move {
            let mut reply = pin!(reply);
            // Declared after the reply and so dropped before it: the connection is marked as closed before it could return to the pool.
            let guard = ConnectionGuard::new(connection);
            let reply = match read_timeout {
                None => reply.as_mut().await,
                Some(limit) => match Timeout::new(reply.as_mut(), sleep.sleep(limit)).await {
                    Ok(reply) => reply,
                    Err(elapsed) => {
                        let words = format!("no reply from {origin} within {} s", limit.as_secs_f64());
                        return Err(ConnectorError::timeout(TransportError::new(words, elapsed).into()));
                    }
                },
            };
            let reply = reply.map_err(|error| failure::of_request(error, &origin, guard.outcome()))?;
            let reply = reply.map(|body| SdkBody::from_body_1_x(ReadTimeoutBody::new(body, guard, read_timeout, sleep)));
            HttpResponse::try_from(reply).map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// The metadata of a connection in AWS's type.
fn metadata(connection: &CaptureConnection) -> Option<ConnectionMetadata> {
    let proxied = connection.connection_metadata().as_ref()?.is_proxied();
    let connection = connection.clone();
    Some(ConnectionMetadata::builder().proxied(proxied).poison_fn(move || traffic::close(&connection)).build())
}

/// The scheme, host and port of a request's URL.
struct Origin(Uri);

impl Origin {
    fn host(&self) -> &str {
        self.0.host().unwrap_or("the endpoint")
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.scheme_str(), self.0.host(), self.0.port()) {
            (Some(scheme), Some(host), Some(port)) => write!(f, "{scheme}://{host}:{port}"),
            (Some(scheme), Some(host), None) => write!(f, "{scheme}://{host}"),
            _ => f.write_str("the endpoint"),
        }
    }
}
