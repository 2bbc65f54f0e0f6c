//! The way of a request to its server: the crate's own client, or a custom one.

#[cfg(feature = "rustls")]
use super::https::{HttpsConnector, Traffic};
use super::{Body, Request, Response};
use crate::custom_client::CustomConnector;
use crate::error::ConnectorError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_types::body::SdkBody;
use std::future::poll_fn;
use std::pin::{Pin, pin};
#[cfg(feature = "rustls")]
use std::sync::Arc;
use std::task::{Context, Poll};

/// A client with the settings of a configuration.
#[derive(Clone, Debug)]
pub(crate) enum Connector {
    #[cfg(feature = "rustls")]
    Own(HttpsConnector),
    Custom(CustomConnector),
}

impl Connector {
    /// Sends a request, and waits for the head of its reply. `used` becomes the connection of the request.
    pub(crate) async fn call(&self, request: Request, used: &mut UsedConnection) -> Result<Response, ConnectorError> {
        let mut sent = pin!(self.send(request, used));
        poll_fn(|context| poll(sent.as_mut(), context)).await
    }

    async fn send(&self, request: Request, used: &mut UsedConnection) -> Result<Response, ConnectorError> {
        match self {
            #[cfg(feature = "rustls")]
            Self::Own(client) => {
                let (reply, traffic) = client.call(request).await?;
                *used = UsedConnection::Own(traffic);
                Ok(reply)
            }
            Self::Custom(client) => {
                let connection = CaptureSmithyConnection::new();
                *used = UsedConnection::Custom(connection.clone());
                let reply = client.call(request.map(SdkBody::from), connection).await?;
                Ok(reply.map(Body::Other))
            }
        }
    }
}

/// Polls a future whose code is long. Without this function the compiler would write it down in each place that awaits it.
#[inline(never)]
fn poll<F: Future>(future: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
    future.poll(context)
}

/// The connection that a request was sent over, for one that must not serve another request.
#[derive(Default)]
pub(crate) enum UsedConnection {
    /// None that is still open.
    #[default]
    Closed,
    #[cfg(feature = "rustls")]
    Own(Arc<Traffic>),
    Custom(CaptureSmithyConnection),
}

impl UsedConnection {
    /// Keeps the connection from serving another request.
    pub(crate) fn close(&self) {
        match self {
            Self::Closed => {}
            #[cfg(feature = "rustls")]
            Self::Own(traffic) => traffic.close(),
            Self::Custom(connection) => {
                if let Some(connection) = connection.get() {
                    connection.poison();
                }
            }
        }
    }
}
