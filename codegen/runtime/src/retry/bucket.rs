//! The token bucket: how many retries a client may make beyond those that succeed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many tokens there are at first and at most.
const CAPACITY: u32 = 500;
/// What a call gives that succeeds without a retry.
const REWARD: u32 = 1;

/// Tokens that retries are paid with. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Bucket(Arc<AtomicU32>);

impl Default for Bucket {
    fn default() -> Self {
        Self(Arc::new(AtomicU32::new(CAPACITY)))
    }
}

impl Bucket {
    /// Takes that many tokens, unless there are fewer.
    pub(super) fn take(&self, tokens: u32) -> Option<Permit> {
        let left = |there: u32| there.checked_sub(tokens);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).ok()?;
        Some(Permit { bucket: self.clone(), tokens })
    }

    /// Puts in what a call gives that needed no retry.
    pub(super) fn reward(&self) {
        self.put(REWARD);
    }

    fn put(&self, tokens: u32) {
        let more = |there: u32| Some(there.saturating_add(tokens).min(CAPACITY));
        // It always updates; there is no other function for that before Rust 1.95.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }

    #[cfg(test)]
    pub(crate) fn tokens(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The tokens of one retry. They return to the bucket when it succeeds, and when it is given up before its end, unless it has failed.
#[derive(Debug)]
pub(super) struct Permit {
    bucket: Bucket,
    tokens: u32,
}

impl Permit {
    /// The retry has failed.
    pub(super) fn spend(mut self) {
        self.tokens = 0;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.bucket.put(self.tokens);
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, CAPACITY};

    #[test]
    fn a_retry_that_succeeds_costs_nothing_and_one_that_fails_its_tokens() {
        let bucket = Bucket::default();
        let succeeding = bucket.take(10).unwrap();
        assert_eq!(bucket.tokens(), 490);
        drop(succeeding);
        assert_eq!(bucket.tokens(), 500);
        bucket.take(10).unwrap().spend();
        assert_eq!(bucket.tokens(), 490);
    }

    #[test]
    fn an_empty_bucket_gives_nothing_and_fills_by_calls_that_succeed() {
        let bucket = Bucket::default();
        for _ in 0..50 {
            bucket.take(10).unwrap().spend();
        }
        assert!(bucket.take(10).is_none() && bucket.tokens() == 0);
        for _ in 0..9 {
            bucket.reward();
        }
        assert!(bucket.take(10).is_none(), "a token short");
        bucket.reward();
        assert!(bucket.take(10).is_some());
    }

    #[test]
    fn it_never_overflows() {
        let bucket = Bucket::default();
        let permit = bucket.take(5);
        bucket.reward();
        drop(permit);
        bucket.reward();
        assert_eq!(bucket.tokens(), CAPACITY);
    }
}
