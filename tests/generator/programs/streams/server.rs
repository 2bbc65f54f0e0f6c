//! A server on the loopback interface that answers its requests by a script.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The answer to a request.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Sends these bytes and waits for the next request.
    Send(String),
    /// Sends these bytes and closes the connection.
    SendAndClose(String),
    /// Sends these bytes when the head of the request is there, and never reads its body.
    SendEarly(String),
}

/// A request as it arrived, its body without the marks of chunks.
#[derive(Clone, Debug)]
pub(super) struct Received {
    /// The number of its connection, counted from 1.
    pub(super) connection: usize,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Received {
    /// The first line.
    pub(super) fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    /// The value of a header, whose name is in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

#[derive(Debug, Default)]
struct Log {
    requests: Vec<Received>,
    closed: Vec<usize>,
}

/// A running server, which stops when it is dropped.
#[derive(Debug)]
pub(super) struct Server {
    address: SocketAddr,
    log: watch::Receiver<Log>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server that answers one request after another with these acts, over whatever connections they come.
    pub(super) async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("there is a free port");
        let address = listener.local_addr().expect("the socket has an address");
        let mut acts: Vec<Act> = acts.into_iter().collect();
        acts.reverse();
        let acts = Arc::new(Mutex::new(acts));
        let (write, log) = watch::channel(Log::default());
        let write = Arc::new(write);
        let task = tokio::spawn(async move {
            for connection in 1.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                let (acts, write) = (Arc::clone(&acts), Arc::clone(&write));
                tokio::spawn(async move {
                    // A connection that breaks is closed.
                    let _ = serve(stream, connection, &acts, &write).await;
                    write.send_modify(|log| log.closed.push(connection));
                });
            }
        });
        Self { address, log, task }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of requests so far.
    pub(super) fn requests(&self) -> usize {
        self.log.borrow().requests.len()
    }

    /// Waits for the request with a number, counted from 1.
    pub(super) async fn request(&self, number: usize) -> Received {
        let mut log = self.log.clone();
        let log = log.wait_for(|log| log.requests.len() >= number).await.expect("the server runs");
        log.requests[number - 1].clone()
    }

    /// Waits until a connection is closed.
    pub(super) async fn closed(&self, connection: usize) {
        let mut log = self.log.clone();
        log.wait_for(|log| log.closed.contains(&connection)).await.expect("the server runs");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, connection: usize, acts: &Mutex<Vec<Act>>, log: &watch::Sender<Log>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    while let Some(head) = head(&mut stream, &mut bytes).await? {
        let act = acts.lock().expect("no test panics with the lock").pop().expect("every request has an act");
        let is_early = matches!(act, Act::SendEarly(_));
        let body = if is_early { Vec::new() } else { body(&mut stream, &mut bytes, &head).await? };
        log.send_modify(|log| log.requests.push(Received { connection, head, body }));
        match act {
            Act::SendEarly(text) => {
                stream.write_all(text.as_bytes()).await?;
                while stream.read_buf(&mut bytes).await? > 0 {}
            }
            Act::Send(text) => stream.write_all(text.as_bytes()).await?,
            Act::SendAndClose(text) => return stream.write_all(text.as_bytes()).await,
        }
    }
    Ok(())
}

/// Reads the head of a request; `None` if the connection is closed before.
async fn head(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> std::io::Result<Option<String>> {
    let end = loop {
        if let Some(at) = find(bytes, b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(bytes).await? == 0 {
            return Ok(None);
        }
    };
    Ok(Some(String::from_utf8_lossy(&bytes.drain(..end).collect::<Vec<u8>>()).into_owned()))
}

/// Reads the body that the head of a request announces.
async fn body(stream: &mut TcpStream, bytes: &mut Vec<u8>, head: &str) -> std::io::Result<Vec<u8>> {
    if !head.contains("transfer-encoding: chunked") {
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        return exactly(stream, bytes, Some(length.unwrap_or(0))).await;
    }
    let mut body = Vec::new();
    loop {
        let line = exactly(stream, bytes, None).await?;
        let size = usize::from_str_radix(String::from_utf8_lossy(&line).trim(), 16).expect("a chunk begins with its size");
        let chunk = exactly(stream, bytes, Some(size + 2)).await?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

/// Takes so many bytes, or a line.
async fn exactly(stream: &mut TcpStream, bytes: &mut Vec<u8>, length: Option<usize>) -> std::io::Result<Vec<u8>> {
    loop {
        let end = length.or_else(|| find(bytes, b"\r\n").map(|at| at + 2));
        if let Some(end) = end.filter(|end| *end <= bytes.len()) {
            return Ok(bytes.drain(..end).collect());
        }
        if stream.read_buf(bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}
