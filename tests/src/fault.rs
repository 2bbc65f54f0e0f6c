//! A server that does to a client what networks, proxies and services do to one on a bad day, byte by byte and on command.
//!
//! A [`Script`] says what becomes of each connection and of each request, as [`Step`]s; the [`Log`] tells what has come of it: connections,
//! requests, bytes, and builds as a service would count them that knows tokens. [`steps`] holds the faults by name, so that whoever tests a
//! client and whoever compares clients speaks of the same ones. A pause waits for a signal; only a comparison in real time uses a clock.
//!
//! A server listens on the loopback interface, at a port of its own, and ends with its guard, [`FaultServer`].

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

/// A server at work. Dropping it ends it and every connection of it.
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

    /// An address of the loopback interface at which nobody listens.
    pub async fn nobody() -> Result<SocketAddr> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(listener.local_addr()?)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("{}://{}", if self.tls { "https" } else { "http" }, self.address)
    }

    /// What has happened so far.
    pub fn log(&self) -> Log {
        self.log.borrow().clone()
    }

    /// Waits until the log is as it should be.
    pub async fn until(&self, condition: impl FnMut(&Log) -> bool) {
        // The sender is ours, so the channel is open.
        let _ = self.log.subscribe().wait_for(condition).await;
    }
}

/// Lets this process have as many connections as the machine allows, for tests that make a thousand.
pub fn many_connections() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::Nofile).maximum;
        // Where this is refused, what there is has to be enough.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, script: Arc<Script>, log: watch::Sender<Log>) {
    // Dropped with this future, and every connection with it.
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
