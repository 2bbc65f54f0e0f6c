//! A proxy that changes requests after they were signed, as an attacker between client and server could.

use std::io::Result;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};

use crate::http::{Message, limit};

/// A proxy on a loopback port, which stops when dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    changed: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Proxy {
    /// Starts a proxy that applies `edit` to every request and forwards it to `server`, one request per connection.
    pub fn start(server: SocketAddr, edit: impl Fn(&mut Message) + Send + 'static) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (changed, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (counter, stopped) = (Arc::clone(&changed), Arc::clone(&stop));
        let thread = thread::Builder::new().name("tampering proxy".to_owned()).spawn(move || {
            for client in listener.incoming() {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let done = client.map_err(anyhow::Error::from).and_then(|client| forward(&client, server, &edit, &counter));
                // The client sees only a closed connection; this line is the reason.
                if let Err(error) = done {
                    crate::say(&format!("tampering proxy: {error:#}"));
                }
            }
        })?;
        Ok(Self { address, changed, stop, thread: Some(thread) })
    }

    /// The proxy's URL, for the client's endpoint.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of requests that were changed.
    pub fn changed(&self) -> usize {
        self.changed.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // A connection wakes the thread. If it fails, joining the thread would block.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

/// Forwards a request and its response, and counts the request if the edit changed it.
fn forward(client: &TcpStream, server: SocketAddr, edit: &impl Fn(&mut Message), changed: &AtomicUsize) -> anyhow::Result<()> {
    limit(client)?;
    let original = Message::read(client)?;
    let mut request = original.clone();
    edit(&mut request);
    // The counter has to be right when the client gets the reply.
    changed.fetch_add(usize::from(request != original), Ordering::SeqCst);
    request.send(server)?.write(client)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_arrives_as_edited_and_the_reply_comes_back() -> anyhow::Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server = listener.local_addr()?;
        let seen = thread::spawn(move || -> anyhow::Result<Message> {
            let (stream, _) = listener.accept()?;
            let request = Message::read(&stream)?;
            let reply = Message { start: "HTTP/1.1 200 OK".to_owned(), headers: Vec::new(), body: b"done".to_vec() };
            reply.write(&stream)?;
            Ok(request)
        });
        let proxy = Proxy::start(server, |request| {
            request.remove("authorization");
            request.body = b"changed!".to_vec();
        })?;
        let request = Message::post(proxy.address, "/", "original").with("Authorization", "signed").with("X-Amz-Target", "T.Op");
        assert_eq!(request.send(proxy.address)?.success()?, "done");

        let seen = seen.join().map_err(|_| anyhow::anyhow!("the server's thread panicked"))??;
        assert_eq!((seen.header("authorization"), seen.header("x-amz-target")), (None, Some("T.Op")));
        assert_eq!(seen.header("host"), request.header("host"));
        assert_eq!(seen.body, b"changed!");
        assert_eq!(proxy.changed(), 1);
        Ok(())
    }
}
