//! The transport to a server, below its own TLS: a socket, or a tunnel through a proxy.

use super::failure::{Permanent, ProxyError, ResolveError};
use super::proxy::{Proxies, Proxy};
use super::tls::Tls;
use super::traffic::{ObservedBody, ObservedConnection};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{Request, Uri};
use hyper::client::conn::http1;
use hyper_util::client::legacy::connect::dns::{GaiAddrs, GaiResolver, Name};
use hyper_util::client::legacy::connect::{HttpConnector, capture_connection};
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite};
use tower_service::Service;

/// A socket, TLS over a socket, or TLS over TLS with a proxy. Type-erased, so that the layers above, TLS and HTTP, share one instantiation.
pub(super) type Transport = Box<dyn Stream>;

/// A stream of bytes in both directions.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

type Boxed<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// Opens transports. IPv4 and IPv6 addresses are tried side by side ("happy eyeballs"), which is the library's default.
#[derive(Clone)]
pub(super) struct Router {
    tcp: HttpConnector<Resolver>,
    tls: Arc<Tls>,
    proxies: Arc<Proxies>,
}

impl Router {
    pub(super) fn new(tls: Arc<Tls>, proxies: Arc<Proxies>) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver(GaiResolver::new()));
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        Self { tcp, tls, proxies }
    }

    /// Returns whether requests to a URL are forwarded by a proxy, as requests without TLS are.
    pub(super) fn forwards(&self, uri: &Uri) -> Result<bool, Permanent> {
        Ok(uri.scheme_str() == Some("http") && self.proxies.to(uri)?.is_some())
    }

    /// Returns whether a connection can be opened now (see [`Service::poll_ready`]).
    pub(super) fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    /// A transport to a server, or to the proxy that forwards its requests.
    pub(super) async fn route(mut self, uri: Uri) -> Result<Transport, BoxError> {
        let Some(proxy) = self.proxies.to(&uri).map_err(Permanent::from)? else {
            return self.connect(uri).await;
        };
        self.reach(&proxy, &uri).await.map_err(|source| ProxyError::boxed(&proxy, source))
    }

    /// A transport to a proxy, and through the proxy if the server has TLS.
    async fn reach(mut self, proxy: &Proxy, uri: &Uri) -> Result<Transport, BoxError> {
        let tls = if proxy.uri().scheme_str() == Some("https") { Some(self.tls.with(proxy.uri())?) } else { None };
        let mut transport = self.connect(proxy.uri().clone()).await?;
        if let Some(tls) = tls {
            transport = tls.over(transport).await?;
        }
        if uri.scheme_str() == Some("https") { tunnel(transport, proxy, uri).await } else { Ok(transport) }
    }

    /// A socket to a server or a proxy.
    async fn connect(&mut self, uri: Uri) -> Result<Transport, BoxError> {
        Ok(Box::new(self.tcp.call(uri).await?.into_inner()))
    }
}

/// Asks a proxy for a connection to a server (RFC 9110, section 9.3.6). The library's own `Tunnel` does not tell the status of a refusal.
async fn tunnel(transport: Transport, proxy: &Proxy, uri: &Uri) -> Result<Transport, BoxError> {
    let server = format!("{}:{}", uri.host().unwrap_or_default(), uri.port_u16().unwrap_or(443));
    let mut request = Request::connect(server.as_str()).header(HOST, &server).body(())?;
    if let Some(authorization) = proxy.authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
    }
    // The same types as in the pool, so that hyper is instantiated once.
    let unused = capture_connection(&mut request);
    let request = request.map(|()| ObservedBody::new(SdkBody::empty(), unused));
    let (mut sender, mut connection) = http1::handshake(TokioIo::new(ObservedConnection::new(transport, false))).await?;
    let reply = {
        let mut reply = pin!(sender.send_request(request));
        poll_fn(|context| {
            // The reply's future reports the end of the connection too.
            let _ = connection.poll_without_shutdown(context);
            reply.as_mut().poll(context)
        })
        .await?
    };
    let status = reply.status();
    if !status.is_success() {
        let words = format!("it answers {status} when asked for a connection to {server}");
        return Err(match status.as_u16() {
            407 => Permanent(format!("{words}: give the user and the password that it asks for in {}", proxy.variable)).into(),
            400..500 => Permanent(format!("{words}: it has to allow that, or NO_PROXY to name the host")).into(),
            _ => words.into(),
        });
    }
    let parts = connection.into_parts();
    if !parts.read_buf.is_empty() {
        return Err("it sends more than the reply to CONNECT".into());
    }
    Ok(parts.io.into_inner().into_transport())
}

/// The system's resolver, with errors that name the host.
#[derive(Clone)]
struct Resolver(GaiResolver);

impl Service<Name> for Resolver {
    type Response = GaiAddrs;
    type Error = ResolveError;
    type Future = Boxed<GaiAddrs, ResolveError>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ResolveError>> {
        self.0.poll_ready(context).map_err(|source| ResolveError { name: String::new(), source })
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let host = name.as_str().to_owned();
        let found = self.0.call(name);
        Box::pin(async move { found.await.map_err(|source| ResolveError { name: host, source }) })
    }
}
