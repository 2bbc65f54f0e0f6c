//! Connections, opened within a timeout.

use super::Silence;
use super::proxy::Proxies;
use super::route::Router;
use super::tls::Tls;
use super::traffic::ObservedConnection;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use aws_smithy_runtime_api::box_error::BoxError;
use http::Uri;
use hyper_util::rt::TokioIo;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// A connection, with or without TLS, in hyper's type.
pub(super) type Connection = TokioIo<ObservedConnection>;

/// Opens connections. The timeout covers the lookup of the name, the socket, the proxy and the handshake of TLS.
#[derive(Clone)]
pub(super) struct Connector {
    router: Router,
    tls: Arc<Tls>,
    timeout: Option<Duration>,
    sleep: SharedAsyncSleep,
}

impl Connector {
    pub(super) fn new(tls: Arc<Tls>, proxies: Arc<Proxies>, timeout: Option<Duration>, sleep: SharedAsyncSleep) -> Self {
        Self { router: Router::new(Arc::clone(&tls), proxies), tls, timeout, sleep }
    }

    async fn connect(self, uri: Uri) -> Result<Connection, BoxError> {
        let forwarded = self.router.forwards(&uri)?;
        // Faults in the settings of TLS are found before a connection is opened.
        let tls = if uri.scheme_str() == Some("https") { Some(self.tls.with(&uri)?) } else { None };
        let mut transport = self.router.route(uri).await?;
        if let Some(tls) = tls {
            transport = tls.over(transport).await?;
        }
        Ok(TokioIo::new(ObservedConnection::new(transport, forwarded)))
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Connection, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.router.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let (limit, sleep) = (connector.timeout, connector.sleep.clone());
            let connection: Self::Future = Box::pin(connector.connect(uri));
            let Some(limit) = limit else { return connection.await };
            match Timeout::new(connection, sleep.sleep(limit)).await {
                Ok(connection) => connection,
                Err(_) => Err(Silence { what: "no connection", limit }.into()),
            }
        })
    }
}
