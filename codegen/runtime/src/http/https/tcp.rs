//! Sockets to a host.

use super::failure::ResolveError;
use aws_smithy_runtime_api::box_error::BoxError;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

/// The time after which the addresses of the other family are tried too (RFC 8305, section 5).
const HEAD_START: Duration = Duration::from_millis(250);

/// Opens a socket to a host, which may be an address. IPv4 and IPv6 addresses are tried side by side ("happy eyeballs").
pub(super) async fn connect(host: &str, port: u16) -> Result<TcpStream, BoxError> {
    let unresolved = |source| ResolveError { name: host.to_owned(), source };
    let addresses: Vec<SocketAddr> = lookup_host((host, port)).await.map_err(unresolved)?.collect();
    if addresses.is_empty() {
        return Err(unresolved(io::Error::new(io::ErrorKind::NotFound, "it has no address")).into());
    }
    let socket = race(addresses, TcpStream::connect).await?;
    // Requests are written in one piece, so that waiting for more would only delay the end of a large one. A socket without the option works.
    let _ = socket.set_nodelay(true);
    Ok(socket)
}

/// Opens one of the addresses. The family of the first one, which the system prefers, has a head start. The error is the first one.
async fn race<T, F: Future<Output = io::Result<T>>>(addresses: Vec<SocketAddr>, open: impl Fn(SocketAddr) -> F) -> io::Result<T> {
    let prefers_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (preferred, others): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|address| address.is_ipv6() == prefers_v6);
    let has_others = !others.is_empty();
    let (mut preferred, others) = (pin!(first_of(preferred, &open)), pin!(first_of(others, &open)));
    if !has_others {
        return preferred.await;
    }
    match timeout(HEAD_START, preferred.as_mut()).await {
        Ok(Ok(opened)) => return Ok(opened),
        Ok(Err(error)) => return others.await.map_err(|_| error),
        Err(_) => {}
    }
    let (mut attempts, mut failure) = ([Some(preferred), Some(others)], None);
    poll_fn(|context| {
        for slot in &mut attempts {
            let Some(Poll::Ready(result)) = slot.as_mut().map(|attempt| attempt.as_mut().poll(context)) else { continue };
            *slot = None;
            match (result, failure.take()) {
                (Err(error), None) => failure = Some(error),
                (Err(_), Some(first)) => return Poll::Ready(Err(first)),
                (opened, _) => return Poll::Ready(opened),
            }
        }
        Poll::Pending
    })
    .await
}

/// Tries addresses one after the other. There is at least one of them.
async fn first_of<T, F: Future<Output = io::Result<T>>>(addresses: Vec<SocketAddr>, open: &impl Fn(SocketAddr) -> F) -> io::Result<T> {
    let mut failure = None;
    for address in addresses {
        match open(address).await {
            Ok(opened) => return Ok(opened),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    Err(failure.unwrap_or_else(|| io::ErrorKind::NotFound.into()))
}

#[cfg(test)]
mod tests {
    use super::race;
    use std::future::pending;
    use std::io;
    use std::net::SocketAddr;

    /// The port of the opened address, or of the first error. Even ports open, ports under ten are refused at once, others are silent.
    async fn opened(ports: &[(bool, u16)]) -> Result<u16, String> {
        let address = |&(v6, port)| if v6 { SocketAddr::from(([0; 16], port)) } else { SocketAddr::from(([127, 0, 0, 1], port)) };
        let open = |address: SocketAddr| async move {
            match address.port() {
                port if port % 2 == 0 => Ok(port),
                port @ ..10 => Err(io::Error::other(port.to_string())),
                _ => pending().await,
            }
        };
        race(ports.iter().map(address).collect(), open).await.map_err(|error| error.to_string())
    }

    #[tokio::test(start_paused = true)]
    async fn one_address_after_the_other_is_tried() {
        assert_eq!(opened(&[(false, 2)]).await, Ok(2));
        assert_eq!(opened(&[(false, 1), (false, 3), (false, 4)]).await, Ok(4));
        assert_eq!(opened(&[(false, 1), (false, 3)]).await, Err("1".to_owned()));
    }

    #[tokio::test(start_paused = true)]
    async fn the_other_family_is_tried_after_a_failure_or_a_silence() {
        assert_eq!(opened(&[(true, 2), (false, 4)]).await, Ok(2), "the system's first family is preferred");
        assert_eq!(opened(&[(false, 2), (true, 4)]).await, Ok(2), "the system's first family is preferred");
        assert_eq!(opened(&[(true, 1), (false, 4)]).await, Ok(4));
        assert_eq!(opened(&[(true, 11), (false, 4)]).await, Ok(4));
        assert_eq!(opened(&[(true, 11), (true, 2), (false, 1), (false, 4)]).await, Ok(4));
        assert_eq!(opened(&[(true, 1), (false, 3)]).await, Err("1".to_owned()));
    }
}
