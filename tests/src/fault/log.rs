//! What a server has seen and done.

use super::Request;
use std::collections::BTreeSet;

/// What a server has seen and done since it was started.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Connections that were accepted.
    pub connections: usize,
    /// How many of them are open.
    pub open: usize,
    /// Requests that came whole, in the order in which they did.
    pub requests: Vec<Request>,
    /// How often a connection came to [`Step::Hold`](super::Step::Hold).
    pub held: usize,
    /// Bytes that were handed to the operating system to be sent.
    pub sent: u64,
    tokens: BTreeSet<String>,
    without_token: usize,
}

impl Log {
    /// How many builds were started: one for each token, and one for each request without.
    pub fn builds(&self) -> usize {
        self.tokens.len() + self.without_token
    }

    /// How many builds were started for that token.
    pub fn builds_for(&self, token: &str) -> usize {
        usize::from(self.tokens.contains(token))
    }

    /// How often a request came with that call's id, which is the same over its attempts.
    pub fn times(&self, invocation: &str) -> usize {
        self.requests.iter().filter(|request| request.header("amz-sdk-invocation-id") == Some(invocation)).count()
    }

    /// Does what a request asks for, as far as that leaves a trace.
    pub(super) fn work(&mut self, request: &Request) {
        if request.operation() == "StartBuild" {
            match request.token() {
                Some(token) => drop(self.tokens.insert(token.to_owned())),
                None => self.without_token += 1,
            }
        }
    }
}
