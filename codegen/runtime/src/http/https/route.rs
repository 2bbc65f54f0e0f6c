//! The transport to a server, below its own TLS: a socket, or a tunnel through a proxy.

use super::Body;
use super::connection;
use super::failure::{Permanent, ProxyError};
use super::proxy::{Proxies, Proxy};
use super::tcp;
use super::tls::{Handshake, Tls};
use crate::config::InvalidSetting;
use aws_smithy_runtime_api::box_error::BoxError;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{Request, Uri};
use hyper::client::conn::TrySendError;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};

/// A socket, TLS over a socket, or TLS over TLS with a proxy. Type-erased, so that the layers above, TLS and HTTP, share one instantiation.
pub(super) type Transport = Box<dyn Stream>;

/// A stream of bytes in both directions.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Stream for T {}

/// Opens transports.
pub(super) struct Router {
    tls: Tls,
    proxies: Proxies,
}

impl Router {
    pub(super) fn new(tls: Tls, proxies: Proxies) -> Self {
        Self { tls, proxies }
    }

    /// The proxy of a request to a URL, if it goes through one.
    pub(super) fn proxy(&self, uri: &Uri) -> Result<Option<Proxy>, InvalidSetting> {
        self.proxies.to(uri)
    }

    /// The handshake of TLS with the host of a URL, if the URL asks for TLS.
    pub(super) fn handshake(&self, uri: &Uri) -> Result<Option<Handshake>, BoxError> {
        if uri.scheme_str() == Some("https") { self.tls.with(uri).map(Some) } else { Ok(None) }
    }

    /// A transport to a server, or to the proxy that forwards its requests.
    pub(super) async fn route(&self, uri: &Uri) -> Result<Transport, BoxError> {
        let Some(proxy) = self.proxies.to(uri).map_err(Permanent::from)? else {
            return socket(uri).await;
        };
        self.reach(&proxy, uri).await.map_err(|source| ProxyError::boxed(&proxy, source))
    }

    /// A transport to a proxy, and through the proxy if the server has TLS.
    async fn reach(&self, proxy: &Proxy, uri: &Uri) -> Result<Transport, BoxError> {
        let tls = self.handshake(proxy.uri())?;
        let mut transport = socket(proxy.uri()).await?;
        if let Some(tls) = tls {
            transport = tls.over(transport).await?;
        }
        // Boxed, since the code that drops hyper's part of the future would be compiled again with each caller.
        if uri.scheme_str() == Some("https") { Box::pin(tunnel(transport, proxy, uri)).await } else { Ok(transport) }
    }
}

/// A socket to a server or a proxy.
async fn socket(uri: &Uri) -> Result<Transport, BoxError> {
    // An IPv6 address has brackets in a URL.
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let default_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    Ok(Box::new(tcp::connect(host, uri.port_u16().unwrap_or(default_port)).await?))
}

/// Asks a proxy for a connection to a server (RFC 9110, section 9.3.6).
async fn tunnel(transport: Transport, proxy: &Proxy, uri: &Uri) -> Result<Transport, BoxError> {
    let server = format!("{}:{}", uri.host().unwrap_or_default(), uri.port_u16().unwrap_or(443));
    let mut request = Request::connect(server.as_str()).header(HOST, &server).body(Body::from(""))?;
    if let Some(authorization) = proxy.authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
    }
    let (mut sender, mut connection) = connection::handshake(transport, Arc::default()).await?;
    let reply = {
        let mut reply = pin!(sender.try_send_request(request));
        poll_fn(|context| {
            // The reply's future reports the end of the connection too.
            let _ = connection.poll_without_shutdown(context);
            reply.as_mut().poll(context)
        })
        .await
        .map_err(TrySendError::into_error)?
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
    Ok(parts.io.into_transport())
}
