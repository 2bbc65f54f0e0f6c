//! Calls that are given up: their futures are dropped, wherever they are.

use super::{Scene, read, start};
use crate::time::READ;
use smithlet_tests::fault::{Request, Script, Step, steps};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// The next one, below that bound.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Lets a future run for so many polls, and drops it unless it has ended; says whether it has.
async fn polled(future: impl Future, polls: u64) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        let ended = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await;
        if ended {
            return true;
        }
        // The server and the connections have their turn.
        tokio::task::yield_now().await;
    }
    false
}

/// The next call on the same client gets its own reply, wherever the one before was given up.
#[tokio::test]
async fn the_call_after_a_dropped_one_gets_its_own_reply() {
    let reply_in_pieces = |request: &Request| {
        let bytes = steps::success(request);
        let pieces = bytes.chunks(40).map(|piece| Step::Send(piece.to_vec()));
        [Step::Work].into_iter().chain(pieces).collect()
    };
    let scene = Scene::new(Script::new(reply_in_pieces)).await;
    let client = scene.client();
    let mut numbers = Numbers(1);
    let mut given_up = 0;
    for round in 0..300 {
        let polls = numbers.below(8);
        let ended = if round % 2 == 0 {
            polled(read(&client, &format!("dropped:{round}")), polls).await
        } else {
            polled(start(&client, Some(&format!("dropped-{round}"))), polls).await
        };
        given_up += usize::from(!ended);
        let id = format!("p:{round}");
        assert_eq!(read(&client, &id).await.expect("the client is in order"), id, "after {polls} polls of a call");
    }
    assert!((50..300).contains(&given_up), "{given_up} calls were given up: too few, or all");
    let known = ["BatchGetBuilds", "StartBuild"];
    assert!(scene.server.log().requests.iter().all(|request| known.contains(&request.operation())), "every request is whole");
}

/// A call that is given up while the service is silent closes its connection, and nothing goes on without it.
#[tokio::test]
async fn a_call_dropped_in_silence_closes_its_connection() {
    for fault in [steps::never_answers, steps::stall_within_headers, steps::stall_within_body] {
        let scene = Scene::new(Script::first(1, fault)).await;
        let client = scene.client();
        tokio::select! {
            outcome = read(&client, "p:1") => panic!("the service is silent: {outcome:?}"),
            () = scene.server.until(|log| log.held == 1) => {}
        }
        scene.abandoned().await;
        scene.clock.pass(READ);
        assert_eq!(read(&client, "p:2").await.expect("the client is in order"), "p:2");
        assert_eq!(scene.requests(), 2, "the call that was given up is not sent again");
    }
}
