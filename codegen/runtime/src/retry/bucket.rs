//! The token bucket, which limits the failed retries of a client.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The initial and the highest number of tokens.
const CAPACITY: u32 = 500;
/// The tokens that a call which succeeds without a retry adds.
const REWARD: u32 = 1;

/// The tokens for retries. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Bucket(Arc<AtomicU32>);

impl Default for Bucket {
    fn default() -> Self {
        Self(Arc::new(AtomicU32::new(CAPACITY)))
    }
}

impl Bucket {
    /// Takes that many tokens, or `None` if there are fewer.
    pub(super) fn take(&self, tokens: u32) -> Option<Permit> {
        let left = |there: u32| there.checked_sub(tokens);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).ok()?;
        Some(Permit { bucket: self.clone(), tokens })
    }

    /// Adds the reward for a call that succeeded without a retry.
    pub(super) fn reward(&self) {
        self.put(REWARD);
    }

    fn put(&self, tokens: u32) {
        let more = |there: u32| Some(there.saturating_add(tokens).min(CAPACITY));
        // The update always succeeds. `fetch_update` has no infallible form before Rust 1.95.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }

    #[cfg(test)]
    pub(crate) fn tokens(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The tokens of one retry. Dropping it returns them to the bucket: the retry has succeeded, or its call was dropped.
#[derive(Debug)]
pub(super) struct Permit {
    bucket: Bucket,
    tokens: u32,
}

impl Permit {
    /// Keeps the tokens, since the retry has failed.
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
    fn a_successful_retry_returns_its_tokens_and_a_failed_one_does_not() {
        let bucket = Bucket::default();
        let succeeding = bucket.take(10).unwrap();
        assert_eq!(bucket.tokens(), 490);
        drop(succeeding);
        assert_eq!(bucket.tokens(), 500);
        bucket.take(10).unwrap().spend();
        assert_eq!(bucket.tokens(), 490);
    }

    #[test]
    fn an_empty_bucket_refuses_and_is_refilled_by_successful_calls() {
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
