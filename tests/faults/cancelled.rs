//! Calls whose futures are dropped before they end.

use super::{Setup, read, start};
use crate::time::READ;
use smithlet_tests::fault::{Request, Script, Step, steps};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Pseudorandom numbers, the same in every run.
struct Numbers(u64);

impl Numbers {
    /// The next number below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Polls a future up to so many times and drops it. Returns whether it has ended.
async fn polled(future: impl Future, polls: u64) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        let ended = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await;
        if ended {
            return true;
        }
        // Lets the server and the connections make progress.
        tokio::task::yield_now().await;
    }
    false
}

/// The call before is dropped at a random point.
#[tokio::test]
async fn the_call_after_a_dropped_one_gets_its_own_reply() {
    let reply_in_pieces = |request: &Request| {
        let bytes = steps::success(request);
        let pieces = bytes.chunks(40).map(|piece| Step::Send(piece.to_vec()));
        [Step::Work].into_iter().chain(pieces).collect()
    };
    let setup = Setup::new(Script::new(reply_in_pieces)).await;
    let client = setup.client();
    let mut numbers = Numbers(1);
    let mut dropped = 0;
    for round in 0..300 {
        let polls = numbers.below(8);
        let ended = if round % 2 == 0 {
            polled(read(&client, &format!("dropped:{round}")), polls).await
        } else {
            polled(start(&client, Some(&format!("dropped-{round}"))), polls).await
        };
        dropped += usize::from(!ended);
        let id = format!("p:{round}");
        assert_eq!(read(&client, &id).await.expect("the client still works"), id, "after {polls} polls of a call");
    }
    assert!((50..300).contains(&dropped), "{dropped} of 300 calls were dropped");
    let known = ["BatchGetBuilds", "StartBuild"];
    assert!(setup.server.log().requests.iter().all(|request| known.contains(&request.operation())), "every request is complete");
}

/// A dropped call is not sent again.
#[tokio::test]
async fn a_call_dropped_in_silence_closes_its_connection() {
    for fault in [steps::never_answers, steps::stall_within_headers, steps::stall_within_body] {
        let setup = Setup::new(Script::first(1, fault)).await;
        let client = setup.client();
        tokio::select! {
            outcome = read(&client, "p:1") => panic!("the service is silent: {outcome:?}"),
            () = setup.server.until(|log| log.held == 1) => {}
        }
        setup.all_closed().await;
        setup.clock.pass(READ);
        assert_eq!(read(&client, "p:2").await.expect("the client still works"), "p:2");
        assert_eq!(setup.requests(), 2, "the dropped call is not sent again");
    }
}
