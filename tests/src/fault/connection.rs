//! A connection of the server: it runs the script's steps until one side closes.

use super::{Log, Pace, Request, Script, Step};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::server::TlsStream;

/// A byte stream over TCP, with or without TLS.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {
    fn tcp(&self) -> &TcpStream;
}

impl Wire for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Wire for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// Serves a connection until one side closes it.
pub(super) async fn serve(stream: TcpStream, number: usize, script: &Script, log: &watch::Sender<Log>) {
    // With Nagle's algorithm, each byte of a slow reply would wait for the acknowledgement of the previous one.
    let _ = stream.set_nodelay(true);
    let wire: Box<dyn Wire> = match script.acceptor() {
        None => Box::new(stream),
        Some(tls) => match tls.accept(stream).await {
            Ok(stream) => Box::new(stream),
            // The client refuses the certificate.
            Err(_) => return,
        },
    };
    let mut connection = Connection { wire, number, turn: 0, unread: Vec::new(), log };
    // An error means that the client has closed the connection.
    let _ = connection.run(script).await;
}

struct Connection<'a> {
    wire: Box<dyn Wire>,
    number: usize,
    turn: usize,
    unread: Vec<u8>,
    log: &'a watch::Sender<Log>,
}

/// The result of a step; `None` ends the connection.
type Go = Option<()>;

impl Connection<'_> {
    async fn run(&mut self, script: &Script) -> Go {
        for step in script.greet(self.number) {
            self.step(step, None).await?;
        }
        loop {
            let request = self.request().await?;
            for step in script.answer(&request) {
                self.step(step, Some(&request)).await?;
            }
        }
    }

    async fn step(&mut self, step: Step, request: Option<&Request>) -> Go {
        match step {
            Step::Work => self.log.send_modify(|log| request.into_iter().for_each(|request| log.work(request))),
            Step::Send(bytes) => self.send(&bytes).await?,
            Step::Drip(bytes, pace) => {
                for byte in bytes {
                    self.unless_closed(pace.next()).await?;
                    self.send(&[byte]).await?;
                }
            }
            Step::Flood(bytes) => loop {
                self.send(&bytes).await?;
            },
            Step::Take(bytes) => {
                while self.unread.len() < bytes {
                    self.read().await?;
                }
            }
            Step::Wait(permits) => self.unless_closed(Pace::Permits(permits).next()).await?,
            Step::Hold => {
                self.log.send_modify(|log| log.held += 1);
                self.unless_closed(std::future::pending()).await?;
            }
            Step::Close => {
                let _ = self.wire.shutdown().await;
                return None;
            }
            Step::Reset => {
                let _ = self.wire.tcp().set_zero_linger();
                return None;
            }
        }
        Some(())
    }

    async fn send(&mut self, bytes: &[u8]) -> Go {
        self.wire.write_all(bytes).await.ok()?;
        self.wire.flush().await.ok()?;
        self.log.send_modify(|log| log.sent += bytes.len() as u64);
        Some(())
    }

    /// Reads more bytes, unless the other side has closed.
    async fn read(&mut self) -> Go {
        let read = self.wire.read_buf(&mut self.unread).await.ok()?;
        (read > 0).then_some(())
    }

    /// Waits for a future, unless the other side closes first.
    async fn unless_closed(&mut self, something: impl Future<Output = Go>) -> Go {
        let closed = async { while self.read().await.is_some() {} };
        tokio::select! {
            go = something => go,
            () = closed => None,
        }
    }

    async fn request(&mut self) -> Option<Request> {
        loop {
            if let Some((mut request, length)) = Request::parse(&self.unread) {
                self.unread.drain(..length);
                self.turn += 1;
                (request.connection, request.turn) = (self.number, self.turn);
                self.log.send_modify(|log| {
                    request.number = log.requests.len() + 1;
                    log.requests.push(request.clone());
                });
                return Some(request);
            }
            self.read().await?;
        }
    }
}

impl Pace {
    async fn next(&self) -> Go {
        match self {
            Self::Permits(permits) => permits.acquire().await.ok()?.forget(),
            Self::Every(time) => tokio::time::sleep(*time).await,
        }
        Some(())
    }
}
