//! A server that injects the faults of networks, proxies and services, byte by byte and on command.
//!
//! A [`Script`] lists the [`Step`]s for each connection and each request. The [`Log`] counts connections, requests, bytes, and builds as a
//! service with idempotency tokens would count them. [`steps`] holds the faults by name, for the tests and for the comparison with the
//! official crate. A pause waits for a signal; only that comparison uses real time.
//!
//! A server listens on the loopback interface at a free port, and stops when [`FaultServer`] is dropped.

mod certificates;
mod connection;
mod log;
mod request;
mod script;
pub mod steps;

pub use certificates::{Authority, Flaw};
pub use log::Log;
pub use request::Request;
pub use script::{Pace, Script, Step};

use anyhow::{Context as _, Result};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A running server. Dropping it stops the server and closes all connections.
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    tls: bool,
    log: watch::Sender<Log>,
    task: JoinHandle<()>,
}

impl FaultServer {
    /// Starts a server that follows a script.
    pub async fn start(script: Script) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("cannot listen on the loopback interface")?;
        let address = listener.local_addr()?;
        let (log, tls, script) = (watch::Sender::new(Log::default()), script.has_tls(), Arc::new(script));
        let task = tokio::spawn(accept(listener, script, log.clone()));
        Ok(Self { address, tls, log, task })
    }

    /// Returns an address of the loopback interface at which no server listens.
    pub async fn unused_address() -> Result<SocketAddr> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(listener.local_addr()?)
    }

    /// The address at which the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The server's URL.
    pub fn url(&self) -> String {
        format!("{}://{}", if self.tls { "https" } else { "http" }, self.address)
    }

    /// A copy of the log so far.
    pub fn log(&self) -> Log {
        self.log.borrow().clone()
    }

    /// Waits until the log meets a condition.
    pub async fn until(&self, condition: impl FnMut(&Log) -> bool) {
        // The channel is open as long as `self` has its sender.
        let _ = self.log.subscribe().wait_for(condition).await;
    }
}

/// Raises this process's limit of open files to the machine's maximum, for tests that open a thousand connections.
pub fn many_connections() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Nofile).maximum;
        // If the system refuses, the present limit has to be enough.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, script: Arc<Script>, log: watch::Sender<Log>) {
    // Dropping this future drops the set, which closes every connection.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let mut number = 0;
        log.send_modify(|log| {
            log.connections += 1;
            log.open += 1;
            number = log.connections;
        });
        let (script, log) = (Arc::clone(&script), log.clone());
        connections.spawn(async move {
            connection::serve(stream, number, &script, &log).await;
            log.send_modify(|log| log.open -= 1);
        });
        while connections.try_join_next().is_some() {}
    }
}
