//! A thousand calls at once, on a server that closes connections.

use super::{Outcome, Scene, guarded, read, start};
use smithlet_codebuild::Client;
use smithlet_tests::fault::{Request, Script, Step, many_connections, steps};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

const CALLS: usize = 1_000;

/// What the server does with every so-manieth connection, instead of answering its first request.
#[derive(Clone, Copy, Debug)]
enum End {
    /// Closes it before reading anything.
    Unread,
    /// Closes it when the request has come, and the work is done.
    Closed,
    /// Breaks it off when the request has come, and the work is done.
    Reset,
}

/// A server that answers nobody until the gate is open, so that every call has a connection of its own. A wait before another attempt is as
/// long.
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

/// Calls, all of them before the gate is opened.
async fn calls<F: Future<Output = Outcome> + Send + 'static>(call: fn(Client, String) -> F, script: Script, gate: Arc<Semaphore>) -> Scene {
    many_connections();
    let scene = Scene::still(script, Arc::clone(&gate)).await;
    let client = scene.client();
    let mut running = JoinSet::new();
    for number in 0..CALLS {
        let (client, id) = (client.clone(), format!("p:{number}"));
        running.spawn(async move { (id.clone(), call(client, id).await) });
    }
    guarded(scene.server.until(|log| log.connections >= CALLS)).await;
    gate.add_permits(10 * CALLS);
    let lost: Vec<_> = running.join_all().await.into_iter().filter(|(id, outcome)| outcome.as_ref().ok() != Some(id)).collect();
    assert!(lost.is_empty(), "{} calls are lost: {:?}", lost.len(), lost.first());
    scene
}

/// Every call was answered once, and was sent again only when the connection that it was sent on had been closed.
fn answered_once(scene: &Scene, every: usize) {
    let log = scene.server.log();
    let mut answers = BTreeMap::new();
    for request in &log.requests {
        let call = request.header("amz-sdk-invocation-id").expect("every request names its call");
        *answers.entry(call.to_owned()).or_insert(0) += usize::from(!request.connection.is_multiple_of(every));
    }
    assert_eq!(answers.len(), CALLS);
    assert!(answers.values().all(|answers| *answers == 1), "sent again though it was answered");
}

async fn reads(every: usize, end: End) {
    let gate = steps::gate();
    let scene = calls(|client, id| async move { read(&client, &id).await }, script(every, end, &gate), gate).await;
    answered_once(&scene, every);
}

async fn starts(every: usize, end: End) {
    // The server makes a build's id of the token.
    let call = |client, id: String| async move { start(&client, id.strip_prefix("p:")).await };
    let gate = steps::gate();
    let scene = calls(call, script(every, end, &gate), gate).await;
    answered_once(&scene, every);
    let log = scene.server.log();
    assert_eq!(log.builds(), CALLS);
    assert!((0..CALLS).all(|number| log.builds_for(&number.to_string()) == 1));
}

/// None is lost, none is sent twice unless it was not answered, none hangs.
#[tokio::test]
async fn no_read_is_lost_when_every_tenth_connection_closes() {
    for end in [End::Unread, End::Closed, End::Reset] {
        reads(10, end).await;
    }
}

/// None is lost, none is sent twice unless it was not answered, none hangs.
#[tokio::test]
async fn no_read_is_lost_when_every_fifth_connection_closes() {
    for end in [End::Unread, End::Closed, End::Reset] {
        reads(5, end).await;
    }
}

/// None is lost, and each call has started one build.
#[tokio::test]
async fn no_start_is_lost_when_every_tenth_connection_closes() {
    for end in [End::Closed, End::Reset] {
        starts(10, end).await;
    }
}

/// None is lost, and each call has started one build.
#[tokio::test]
async fn no_start_is_lost_when_every_fifth_connection_closes() {
    for end in [End::Closed, End::Reset] {
        starts(5, end).await;
    }
}
