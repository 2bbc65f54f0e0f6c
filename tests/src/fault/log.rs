//! The record of a server's connections and requests.

use super::Request;
use std::collections::BTreeSet;

/// The connections, requests and builds since a server was started.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The number of accepted connections.
    pub connections: usize,
    /// The number of open connections.
    pub open: usize,
    /// The complete requests, in the order of their arrival.
    pub requests: Vec<Request>,
    /// The number of times that a connection has reached [`Step::Hold`](super::Step::Hold).
    pub held: usize,
    /// The number of bytes that were passed to the operating system for sending.
    pub sent: u64,
    tokens: BTreeSet<String>,
    without_token: usize,
}

impl Log {
    /// The number of started builds: one for each token, and one for each request without a token.
    pub fn builds(&self) -> usize {
        self.tokens.len() + self.without_token
    }

    /// The number of builds that were started for a token.
    pub fn builds_for(&self, token: &str) -> usize {
        usize::from(self.tokens.contains(token))
    }

    /// The number of requests with a call's invocation id, which all attempts of the call share.
    pub fn times(&self, invocation: &str) -> usize {
        self.requests.iter().filter(|request| request.header("amz-sdk-invocation-id") == Some(invocation)).count()
    }

    /// Records the build that a request starts.
    pub(super) fn work(&mut self, request: &Request) {
        if request.operation() == "StartBuild" {
            match request.token() {
                Some(token) => drop(self.tokens.insert(token.to_owned())),
                None => self.without_token += 1,
            }
        }
    }
}
