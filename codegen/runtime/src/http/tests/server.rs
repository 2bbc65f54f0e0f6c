//! A server on the loopback interface that follows a script, byte by byte.

use crate::config::Builder;
use crate::testing::config;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

pub(super) const STARTED: &str = "HTTP/1.1 200 OK\r\ncontent-length: 13\r\nx-amzn-requestid: 1-abc\r\n\r\n{\"id\": \"p:1\"}";

/// A reply that says that a build was started.
pub(super) fn started(id: &str) -> String {
    let body = format!("{{\"id\": \"{id}\"}}");
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// The server's reaction to a whole request.
#[derive(Clone)]
pub(super) enum Act {
    /// Sends a text, and waits for the next request.
    Send(String),
    /// Sends a text, and closes the connection.
    SendAndClose(String),
    /// Sends a text, then another one again and again.
    SendEndlessly(String, &'static str),
    /// Sends the request's body back.
    Echo,
    /// Sends a text on a signal.
    SendLate(String),
    /// Becomes a tunnel to the server that the request, a CONNECT, names.
    Tunnel,
}

/// An event on the server.
#[derive(Debug, PartialEq)]
pub(super) enum Seen {
    Connection,
    Request(String),
    /// The client's end of a connection was closed.
    Closed,
}

/// The reaction by the number of the connection and of the request on it, both from zero.
type Script = Arc<dyn Fn(usize, usize) -> Act + Send + Sync>;

/// A server. Dropping it closes all of its connections.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    pub(super) seen: mpsc::UnboundedReceiver<Seen>,
    connections: Arc<AtomicUsize>,
    go_on: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// A server with the same reaction to each request.
    pub(super) async fn start(act: Act) -> Self {
        Self::following(None, move |_, _| act.clone()).await
    }

    pub(super) async fn following(tls: Option<TlsAcceptor>, script: impl Fn(usize, usize) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, seen) = mpsc::unbounded_channel();
        let (connections, go_on) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        let (counter, signal, script) = (Arc::clone(&connections), Arc::clone(&go_on), Arc::new(script) as Script);
        let task = tokio::spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let number = counter.fetch_add(1, Ordering::SeqCst);
                drop(tell.send(Seen::Connection));
                let session = Session { number, script: Arc::clone(&script), tell: tell.clone(), go_on: Arc::clone(&signal) };
                match tls.clone() {
                    None => drop(open.spawn(session.serve(stream))),
                    Some(tls) => drop(open.spawn(async move {
                        if let Ok(stream) = tls.accept(stream).await {
                            session.serve(stream).await;
                        }
                    })),
                }
            }
        });
        Self { address, seen, connections, go_on, task }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn config(&self) -> Builder {
        config().endpoint_url(self.url())
    }

    /// The number of connections so far.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Lets one late reply be sent.
    pub(super) fn go_on(&self) {
        self.go_on.notify_one();
    }

    /// The next request.
    pub(super) async fn request(&mut self) -> String {
        loop {
            if let Seen::Request(request) = self.seen.recv().await.unwrap() {
                return request;
            }
        }
    }

    /// Waits until the client's end of a connection is closed.
    pub(super) async fn closed(&mut self) {
        while self.seen.recv().await.unwrap() != Seen::Closed {}
    }

    /// The requests that have arrived and were not returned yet.
    pub(super) fn requests(&mut self) -> usize {
        std::iter::from_fn(|| self.seen.try_recv().ok()).filter(|seen| matches!(seen, Seen::Request(_))).count()
    }
}

/// A connection.
struct Session {
    number: usize,
    script: Script,
    tell: mpsc::UnboundedSender<Seen>,
    go_on: Arc<Notify>,
}

impl Session {
    async fn serve(self, mut stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut number = 0;
        while let Some(request) = receive(&mut stream).await {
            drop(self.tell.send(Seen::Request(request.clone())));
            match (self.script)(self.number, number) {
                Act::Send(reply) => drop(stream.write_all(reply.as_bytes()).await),
                Act::SendAndClose(reply) => {
                    drop(stream.write_all(reply.as_bytes()).await);
                    drop(stream.shutdown().await);
                    return;
                }
                Act::SendEndlessly(once, again) => {
                    drop(stream.write_all(once.as_bytes()).await);
                    while stream.write_all(again.as_bytes()).await.is_ok() {}
                    break;
                }
                Act::Echo => {
                    let body = request.split_once("\r\n\r\n").map_or("", |(_, body)| body);
                    let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                    drop(stream.write_all(reply.as_bytes()).await);
                }
                Act::SendLate(reply) => {
                    self.go_on.notified().await;
                    drop(stream.write_all(reply.as_bytes()).await);
                }
                Act::Tunnel => {
                    let target = request.split(' ').nth(1).unwrap();
                    let mut target = TcpStream::connect(target).await.unwrap();
                    drop(stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await);
                    drop(tokio::io::copy_bidirectional(&mut stream, &mut target).await);
                    break;
                }
            }
            number += 1;
        }
        drop(self.tell.send(Seen::Closed));
    }
}

/// The next whole request, or `None` at the end of the connection.
async fn receive(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut request = Vec::new();
    loop {
        let mut part = [0; 4096];
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => request.extend_from_slice(&part[..read]),
        }
        let text = String::from_utf8_lossy(&request);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some(text.into_owned());
        }
    }
}
