//! Random numbers from the operating system, for tokens and jitter, and ids of calls.
//!
//! Each number is requested when it is needed. None is kept, so that a process which is forked or restored from a snapshot never reuses one. The ids
//! of calls are the exception: they need not be secret, and every call has one, so they cost no system call.

use crate::hex;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A random UUID (RFC 9562, version 4), in its usual form of 36 characters.
pub(crate) fn uuid() -> String {
    format_uuid(u128::from_be_bytes(bytes()))
}

/// A random number from 0 up to, but not including, 1.
pub(crate) fn fraction() -> f64 {
    fraction_of(u32::from_be_bytes(bytes()))
}

/// A number as a fraction of 2³², which an `f64` holds exactly.
fn fraction_of(number: u32) -> f64 {
    f64::from(number) / (f64::from(u32::MAX) + 1.0)
}

/// Makes the ids of a client's calls. Clones share the numbers.
///
/// An id is a hash of the call's number and of the time at which the call began, with a key that the operating system chose. The processes of a fork
/// or of a snapshot have the same key and the same numbers, but their calls begin at other times. If two ids were equal nevertheless, two calls would
/// have the same id in the service's logs, and nothing else would happen: a service recognizes a repetition by its idempotency token.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallIds(Arc<Numbers>);

#[derive(Debug, Default)]
struct Numbers {
    key: RandomState,
    count: AtomicU64,
}

impl CallIds {
    /// The id of a call that began at this time.
    pub(crate) fn next(&self, begun: SystemTime) -> CallId {
        let number = self.0.count.fetch_add(1, Ordering::Relaxed);
        let time = begun.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let half = |half: u64| u128::from(self.0.key.hash_one((number, time, half)));
        CallId(half(0) << 64 | half(1))
    }
}

/// The id of a call, which all of its attempts share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallId(u128);

impl CallId {
    /// The id in the form of a UUID.
    pub(crate) fn text(self) -> String {
        format_uuid(self.0)
    }
}

/// Random bytes. If the system provides none, they are a hash of the time and the process id, keyed like the standard library's hash maps.
fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::getrandom(&mut bytes).is_err() {
        let keys = RandomState::new();
        let here = (SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos(), std::process::id());
        for (index, part) in bytes.chunks_mut(8).enumerate() {
            part.copy_from_slice(&keys.hash_one((here, index)).to_be_bytes()[..part.len()]);
        }
    }
    bytes
}

fn format_uuid(bits: u128) -> String {
    let bits = bits & !(0xF << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let bytes = bits.to_be_bytes();
    let mut uuid = Vec::with_capacity(36);
    hex::push(&mut uuid, &bytes[..4]);
    for group in [&bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]] {
        uuid.push(b'-');
        hex::push(&mut uuid, group);
    }
    String::from_utf8(uuid).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CallId, CallIds, Numbers, format_uuid, fraction, fraction_of, uuid};
    use std::collections::BTreeSet;
    use std::sync::Arc;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn uuids_have_their_version_and_variant() {
        assert_eq!(format_uuid(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(format_uuid(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn uuids_differ() {
        let uuids: BTreeSet<_> = (0..1000).map(|_| uuid()).collect();
        assert_eq!(uuids.len(), 1000);
    }

    #[test]
    fn call_ids_differ_within_a_client_and_between_clients() {
        let (one, other) = (CallIds::default(), CallIds::default());
        let ids = (0..1000).flat_map(|_| [one.next(UNIX_EPOCH), one.clone().next(UNIX_EPOCH), other.next(UNIX_EPOCH)]);
        let ids: BTreeSet<String> = ids.map(CallId::text).collect();
        assert_eq!(ids.len(), 3000);
        assert!(ids.iter().all(|id| id.len() == 36 && id.as_bytes()[14] == b'4'));
    }

    #[test]
    fn call_ids_differ_between_the_processes_of_a_fork() {
        let parent = CallIds::default();
        let child = CallIds(Arc::new(Numbers { key: parent.0.key.clone(), ..Numbers::default() }));
        assert_eq!(parent.next(UNIX_EPOCH).text(), child.next(UNIX_EPOCH).text(), "the same time");
        assert_ne!(parent.next(UNIX_EPOCH).text(), child.next(UNIX_EPOCH + Duration::from_nanos(1)).text());
    }

    #[test]
    fn a_fraction_is_below_one() {
        assert!((fraction_of(0) - 0.0).abs() < f64::EPSILON && (fraction_of(1 << 31) - 0.5).abs() < f64::EPSILON);
        assert!(fraction_of(u32::MAX) < 1.0);
    }

    #[test]
    fn fractions_cover_all_quarters() {
        let quarters: BTreeSet<_> = (0..1000).map(|_| (fraction() * 4.0).to_string().chars().next()).collect();
        assert_eq!(quarters, BTreeSet::from([Some('0'), Some('1'), Some('2'), Some('3')]));
    }
}
