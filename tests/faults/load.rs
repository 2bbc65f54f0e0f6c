//! A thousand concurrent calls to a server that closes connections.

use super::{Outcome, Setup, guarded, read, start};
use smithlet_codebuild::Client;
use smithlet_tests::fault::{Request, Script, Step, many_connections, steps};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const CALLS: usize = 1_000;

/// The way in which the server closes a connection instead of answering its first request.
#[derive(Clone, Copy, Debug)]
enum End {
    /// The server closes it before it reads.
    Unread,
    /// The server carries out the request and closes it.
    Closed,
    /// The server carries out the request and resets it.
    Reset,
}

/// A server that answers no request until the gate has permits, so that every call has its own connection, and that closes every n-th
/// connection.
fn script(every: usize, end: End, gate: &Arc<Semaphore>) -> Script {
    let gate = Arc::clone(gate);
    let chosen = move |connection: usize| connection.is_multiple_of(every);
    let script = Script::new(move |request: &Request| match end {
        End::Closed if chosen(request.connection) => steps::close_before_reply(request),
        End::Reset if chosen(request.connection) => steps::reset_before_reply(request),
        _ => [vec![Step::Wait(Arc::clone(&gate))], steps::healthy(request)].concat(),
    });
    script.greeting(move |connection| if matches!(end, End::Unread) && chosen(connection) { vec![Step::Close] } else { Vec::new() })
}

/// Makes all calls before the gate is opened, and checks that each succeeds.
async fn calls<F: Future<Output = Outcome> + Send + 'static>(call: fn(Client, String) -> F, script: Script, gate: Arc<Semaphore>) -> Setup {
    many_connections();
    let setup = Setup::still(script, Arc::clone(&gate)).await;
    let client = setup.client();
    let mut running = JoinSet::new();
    for number in 0..CALLS {
        let (client, id) = (client.clone(), format!("p:{number}"));
        running.spawn(async move { (id.clone(), call(client, id).await) });
    }
    guarded(setup.server.until(|log| log.connections >= CALLS)).await;
    gate.add_permits(10 * CALLS);
    let lost: Vec<_> = running.join_all().await.into_iter().filter(|(id, outcome)| outcome.as_ref().ok() != Some(id)).collect();
    assert!(lost.is_empty(), "{} calls are lost: {:?}", lost.len(), lost.first());
    setup
}

/// Checks that every call was answered once, and was sent again only when its connection had been closed.
fn assert_answered_once(setup: &Setup, every: usize) {
    let log = setup.server.log();
    let mut answers = BTreeMap::new();
    for request in &log.requests {
        let call = request.header("amz-sdk-invocation-id").expect("every request names its call");
        *answers.entry(call.to_owned()).or_insert(0) += usize::from(!request.connection.is_multiple_of(every));
    }
    assert_eq!(answers.len(), CALLS);
    assert!(answers.values().all(|answers| *answers == 1), "a call was sent again although it was answered");
}

async fn reads(every: usize, end: End) {
    let gate = steps::gate();
    let setup = calls(|client, id| async move { read(&client, &id).await }, script(every, end, &gate), gate).await;
    assert_answered_once(&setup, every);
}

async fn starts(every: usize, end: End) {
    // The server makes the build's id from the token.
    let call = |client, id: String| async move { start(&client, id.strip_prefix("p:")).await };
    let gate = steps::gate();
    let setup = calls(call, script(every, end, &gate), gate).await;
    assert_answered_once(&setup, every);
    let log = setup.server.log();
    assert_eq!(log.builds(), CALLS);
    assert!((0..CALLS).all(|number| log.builds_for(&number.to_string()) == 1));
}

#[tokio::test]
async fn no_read_is_lost_when_every_tenth_connection_closes() {
    for end in [End::Unread, End::Closed, End::Reset] {
        reads(10, end).await;
    }
}

#[tokio::test]
async fn no_read_is_lost_when_every_fifth_connection_closes() {
    for end in [End::Unread, End::Closed, End::Reset] {
        reads(5, end).await;
    }
}

#[tokio::test]
async fn no_start_is_lost_when_every_tenth_connection_closes() {
    for end in [End::Closed, End::Reset] {
        starts(10, end).await;
    }
}

#[tokio::test]
async fn no_start_is_lost_when_every_fifth_connection_closes() {
    for end in [End::Closed, End::Reset] {
        starts(5, end).await;
    }
}
