//! The HTTP client of our own: hyper's pool of HTTP/1.1 connections, over TCP or TLS.

mod connect;
mod patience;
mod tls;
mod traffic;

use super::Fresh;
use super::error::{Silence, TransportError};
use crate::config::http::{HttpRequest, HttpResponse};
use crate::error::{ConnectorError, ErrorKind, text};
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use connect::Connector;
use http::Uri;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::client::legacy::{self, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use patience::PatientBody;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tls::Tls;
use traffic::{Announced, Traffic};

/// How long an unused connection stays open. AWS's services close theirs after about 20 seconds, and a request sent into a closing
/// connection is lost.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// How many pools a client keeps for connect timeouts that differ. More are a program that computes its timeouts.
const MAX_POOLS: usize = 8;

/// Clients of hyper over one connector.
#[derive(Clone)]
struct Pool {
    kept: Client<Connector, Announced>,
    /// Opens a connection for each request and keeps none.
    fresh: Client<Connector, Announced>,
}

impl Pool {
    fn new(connector: Connector) -> Self {
        let mut builder = Client::builder(TokioExecutor::new());
        let kept = builder.pool_idle_timeout(IDLE_TIMEOUT).pool_timer(TokioTimer::new()).build(connector.clone());
        let fresh = builder.pool_max_idle_per_host(0).build(connector);
        Self { kept, fresh }
    }
}

/// A client with its connections. Each `Handle` has its own, so that no connection outlives the Tokio runtime its handle was used on.
#[derive(Default)]
pub(crate) struct HttpsClient {
    tls: Arc<Tls>,
    /// Connections are made inside the pool, which knows nothing of a request's settings. So there is one for each connect timeout, as a
    /// rule one altogether. Its connections come about by the timer that it was first asked for with.
    pools: Mutex<Vec<(Option<Duration>, Pool)>>,
}

impl HttpsClient {
    fn pool(&self, connect_timeout: Option<Duration>, sleep: &SharedAsyncSleep) -> Pool {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pool)) = pools.iter().find(|(timeout, _)| *timeout == connect_timeout) {
            return pool.clone();
        }
        let connector = Connector::new(Arc::clone(&self.tls), connect_timeout, sleep.clone());
        let pool = Pool::new(connector);
        if pools.len() == MAX_POOLS {
            pools.clear();
        }
        pools.push((connect_timeout, pool.clone()));
        pool
    }
}

impl fmt::Debug for HttpsClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpsClient")
    }
}

impl HttpClient for HttpsClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let sleep = components.sleep_impl().unwrap_or_else(|| SharedAsyncSleep::new(TokioSleep::new()));
        let (connect_timeout, read_timeout) = (settings.connect_timeout(), settings.read_timeout());
        SharedHttpConnector::new(Transport { pool: self.pool(connect_timeout, &sleep), read_timeout, sleep })
    }
}

/// A pool together with the settings of a configuration.
struct Transport {
    pool: Pool,
    read_timeout: Option<Duration>,
    sleep: SharedAsyncSleep,
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("read_timeout", &self.read_timeout).finish_non_exhaustive()
    }
}

impl HttpConnector for Transport {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        let origin = Origin(request.uri().clone());
        let client = if request.extensions_mut().remove::<Fresh>().is_some() { &self.pool.fresh } else { &self.pool.kept };
        let connection = capture_connection(&mut request);
        let reply = client.request(request.map(|body| Announced::new(body, connection.clone())));
        let (read_timeout, sleep) = (self.read_timeout, self.sleep.clone());
        HttpConnectorFuture::new(async move {
            let reply = match read_timeout {
                None => reply.await,
                Some(limit) => match Timeout::new(reply, sleep.sleep(limit)).await {
                    Ok(reply) => reply,
                    Err(elapsed) => {
                        let words = format!("no reply from {origin} within {} s", limit.as_secs_f64());
                        return Err(ConnectorError::timeout(TransportError::boxed(words, elapsed)));
                    }
                },
            };
            let reply = reply.map_err(|error| failure(error, &origin, Traffic::of(&connection).as_ref()))?;
            let reply = reply.map(|body| SdkBody::from_body_1_x(PatientBody::new(body, read_timeout, sleep)));
            HttpResponse::try_from(reply).map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// Whom a request was for, without its path.
struct Origin(Uri);

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.scheme_str(), self.0.host(), self.0.port()) {
            (Some(scheme), Some(host), Some(port)) => write!(f, "{scheme}://{host}:{port}"),
            (Some(scheme), Some(host), None) => write!(f, "{scheme}://{host}"),
            _ => f.write_str("the endpoint"),
        }
    }
}

/// Puts hyper's error in our words and in AWS's classes.
fn failure(error: legacy::Error, origin: &Origin, traffic: Option<&Traffic>) -> ConnectorError {
    // What hyper's client says of its own error ("client error (Connect)") is in our words already.
    let cause: &(dyn Error + 'static) = error.source().unwrap_or(&error);
    let detail = text::Chain(cause);
    if error.is_connect() {
        let words = format!("cannot connect to {origin}: {detail}");
        let timed_out = find::<Silence>(cause).is_some();
        let source = TransportError::boxed(words, error).unsent();
        return if timed_out { ConnectorError::timeout(source) } else { ConnectorError::io(source) }.never_connected();
    }
    let wire = find::<hyper::Error>(cause);
    let is = |question: fn(&hyper::Error) -> bool| wire.is_some_and(question);
    if is(hyper::Error::is_parse) {
        let words = format!("what {origin} sent is not a reply in HTTP: {detail}");
        return ConnectorError::other(TransportError::boxed(words, error), Some(ErrorKind::TransientError));
    }
    if is(hyper::Error::is_user) {
        let words = format!("the request to {origin} cannot be sent: {detail}");
        return ConnectorError::user(TransportError::boxed(words, error));
    }
    let ended = is(hyper::Error::is_incomplete_message);
    let broken = find::<std::io::Error>(cause).is_some() || is(hyper::Error::is_closed) || is(hyper::Error::is_canceled);
    let words = if ended {
        format!("the connection to {origin} was closed before the reply was complete")
    } else {
        format!("the connection to {origin} broke: {detail}")
    };
    if let Some(traffic) = traffic {
        tracing::debug!(reused = traffic.reused(), sent = traffic.sent(), received = traffic.received(), "the connection failed");
    }
    let unanswered = (ended || broken) && traffic.is_some_and(|traffic| !traffic.received());
    let source = if unanswered { TransportError::unanswered(words, error) } else { TransportError::boxed(words, error) };
    // For who decides on another attempt this is the same as no connection: the service cannot have seen the request.
    let unsent = traffic.is_some_and(|traffic| !traffic.sent());
    let source = if unsent { source.unsent() } else { source };
    let error = match (ended, broken) {
        (true, _) => ConnectorError::other(source, Some(ErrorKind::TransientError)),
        (false, true) => ConnectorError::io(source),
        (false, false) => ConnectorError::other(source, None),
    };
    if unsent { error.never_connected() } else { error }
}

/// The first error of that type among an error and its causes.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}
