//! The crate's own HTTP client: HTTP/1.1 with hyper, over TCP or TLS, and a pool of unused connections.

mod bundle;
mod connect;
mod connection;
mod crypto;
mod failure;
mod no_proxy;
mod pool;
mod proxy;
mod reply;
mod route;
mod tcp;
mod tls;
mod traffic;

use super::error::{Silence, TransportError};
use super::{Body, Fresh, Progress, Request, Response, Settings};
use crate::config::timeout::TimeoutConfig;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result::ConnectorError;
use connect::connect;
use connection::Connection;
use http::Uri;
use http::header::PROXY_AUTHORIZATION;
use http::uri::{Authority, PathAndQuery};
use hyper::body::Incoming;
use pool::Pool;
pub(crate) use proxy::Proxies;
pub(super) use reply::ReplyBody;
use route::Router;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tls::Tls;
pub(crate) use traffic::Traffic;

/// A client with its connections. Each `Handle` has its own, so that no connection outlives the Tokio runtime its handle was used on.
pub(crate) struct HttpsClient {
    router: Router,
    pool: Arc<Pool>,
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
    pub(crate) fn connector(self: &Arc<Self>, timeouts: &TimeoutConfig, timer: Option<SharedAsyncSleep>) -> HttpsConnector {
        HttpsConnector {
            client: Arc::clone(self),
            connect_timeout: timeouts.connect_timeout(),
            read_timeout: timeouts.read_timeout(),
            sleep: timer.unwrap_or_else(|| SharedAsyncSleep::new(TokioSleep::new())),
        }
    }

    fn over(settings: &Settings, proxies: Proxies) -> Self {
        let tls = Tls::new(settings.ca_bundle.clone(), settings.environment.clone());
        Self { router: Router::new(tls, proxies), pool: Arc::new(Pool::new()) }
    }
}

/// A client with the settings of a configuration.
#[derive(Clone)]
pub(crate) struct HttpsConnector {
    client: Arc<HttpsClient>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    sleep: SharedAsyncSleep,
}

impl fmt::Debug for HttpsConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpsConnector").field("read_timeout", &self.read_timeout).finish_non_exhaustive()
    }
}

/// A request with the target that stands in its first line. It has the header `host`, as all requests of this crate have.
struct Prepared {
    request: Request,
    origin: Origin,
    /// True if the request has a new connection.
    fresh: bool,
    /// The progress of a body that is a stream.
    progress: Option<Progress>,
}

impl HttpsConnector {
    /// Sends a request, and waits for the head of its reply, which comes with the record of its connection.
    pub(super) async fn call(&self, request: Request) -> Result<(Response, Arc<Traffic>), ConnectorError> {
        match self.prepare(request) {
            Ok(prepared) => self.send(prepared).await,
            Err(error) => Err(ConnectorError::user(error.into()).never_connected()),
        }
    }

    fn prepare(&self, mut request: Request) -> Result<Prepared, TransportError> {
        let unsent = |words: String, source: BoxError| TransportError::new(words, source).unsent(true);
        // A malformed proxy URL is an error: the request must not be sent without the proxy.
        let proxy = self.client.router.proxy(request.uri()).map_err(|error| unsent(error.to_string(), error.into()))?;
        let forwarded = proxy.filter(|_| request.uri().scheme_str() == Some("http"));
        let (origin, path) = Origin::split(request.uri().clone());
        match &forwarded {
            // A proxy takes the whole URL as the target.
            Some(proxy) => {
                if let Some(authorization) = proxy.authorization() {
                    request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
                }
            }
            None => *request.uri_mut() = path.into(),
        }
        let fresh = request.extensions_mut().remove::<Fresh>().is_some();
        let progress = request.extensions_mut().remove::<Progress>();
        Ok(Prepared { request, origin, fresh, progress })
    }

    async fn send(&self, Prepared { request, origin, fresh, progress }: Prepared) -> Result<(Response, Arc<Traffic>), ConnectorError> {
        let exchanged = {
            let exchange = pin!(self.exchange(request, &origin, fresh));
            match self.read_timeout {
                None => exchange.await,
                Some(limit) => match Timeout::new(exchange, self.silence(limit, progress)).await {
                    Ok(exchanged) => exchanged,
                    Err(elapsed) => {
                        let words = format!("no reply from {origin} within {} s", limit.as_secs_f64());
                        return Err(ConnectorError::timeout(TransportError::new(words, elapsed).into()));
                    }
                },
            }
        };
        let (reply, mut connection) = exchanged?;
        if !fresh {
            connection.set_pool(&self.client.pool, origin);
        }
        let traffic = connection.traffic();
        let reply = reply.map(|body| Body::Reply(ReplyBody::new(body, connection, self.read_timeout, self.sleep.clone())));
        Ok((reply, traffic))
    }

    /// Ends when the request has waited for its reply for so long, without a part of its body being written.
    async fn silence(&self, limit: Duration, progress: Option<Progress>) {
        let count = || progress.as_ref().map(Progress::count);
        loop {
            let before = count();
            self.sleep.sleep(limit).await;
            if count() == before {
                return;
            }
        }
    }

    /// Sends a request over an unused connection, or over a new one. If the chosen one had served another request, and was closed before a byte of
    /// this one was written, the request goes over another one.
    async fn exchange(
        &self,
        mut request: Request,
        origin: &Origin,
        fresh: bool,
    ) -> Result<(http::Response<Incoming>, Box<Connection>), ConnectorError> {
        loop {
            let unused = if fresh { None } else { self.client.pool.take(origin) };
            let mut connection = match unused {
                Some(connection) => connection,
                None => connect(&self.client.router, &origin.0, self.connect_timeout, &self.sleep)
                    .await
                    .map_err(|error| failure::of_connection(error, origin))?,
            };
            let mut error = match connection.send(request).await {
                Ok(reply) => return Ok((reply, connection)),
                Err(error) => error,
            };
            let outcome = connection.outcome();
            request = match error.take_message() {
                Some(request) if outcome.reused => request,
                _ => return Err(failure::of_request(error.into_error(), origin, outcome)),
            };
        }
    }
}

/// The scheme, host and port of a request's URL.
struct Origin(Uri);

impl Origin {
    /// Separates the origin of a URL from the path and the query.
    fn split(uri: Uri) -> (Self, PathAndQuery) {
        let mut parts = uri.into_parts();
        let root = PathAndQuery::from_static("/");
        let path = parts.path_and_query.replace(root.clone()).filter(|path| path.as_str() != "/").unwrap_or(root);
        // Parts of a valid URL are valid.
        (Self(Uri::from_parts(parts).unwrap_or_default()), path)
    }

    fn host(&self) -> &str {
        self.0.host().unwrap_or("the endpoint")
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        // Equal texts are the usual case, and are compared faster than texts whose case may differ.
        let (own, others) = (self.0.authority(), other.0.authority());
        self.0.scheme() == other.0.scheme() && (own.map(Authority::as_str) == others.map(Authority::as_str) || own == others)
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
