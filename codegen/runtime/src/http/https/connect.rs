//! Connections, opened within a timeout.

use super::Silence;
use super::connection::Connection;
use super::route::Router;
use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep as _, SharedAsyncSleep};
use aws_smithy_runtime_api::box_error::BoxError;
use http::Uri;
use std::pin::{Pin, pin};
use std::time::Duration;

/// Opens a connection to the origin of a URL. The timeout covers the lookup of the name, the socket, the proxy and the handshake of TLS.
///
/// Boxed, since a rarely used future would enlarge the caller's, and its drop would be compiled again with each of them.
pub(super) fn connect<'a>(
    router: &'a Router,
    uri: &'a Uri,
    limit: Option<Duration>,
    sleep: &'a SharedAsyncSleep,
) -> Pin<Box<dyn Future<Output = Result<Box<Connection>, BoxError>> + Send + 'a>> {
    Box::pin(async move {
        let connection = pin!(open(router, uri));
        let Some(limit) = limit else { return connection.await };
        match Timeout::new(connection, sleep.sleep(limit)).await {
            Ok(connection) => connection,
            Err(_) => Err(Silence { what: "no connection", limit }.into()),
        }
    })
}

async fn open(router: &Router, uri: &Uri) -> Result<Box<Connection>, BoxError> {
    // Faults in the settings of TLS are found before a socket is opened.
    let tls = router.handshake(uri)?;
    let mut transport = router.route(uri).await?;
    if let Some(tls) = tls {
        transport = tls.over(transport).await?;
    }
    Ok(Connection::new(transport).await?)
}
