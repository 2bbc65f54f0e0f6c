//! Random numbers for ids, tokens and jitter: unpredictable enough that two processes never agree by chance.

use crate::hex;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::{SystemTime, UNIX_EPOCH};

/// A random UUID (RFC 9562, version 4), in its usual form of 36 characters.
pub(crate) fn uuid() -> String {
    let [high, low] = numbers();
    format_uuid(u128::from(high) << 64 | u128::from(low))
}

/// A random number from 0 up to, but not including, 1.
pub(crate) fn fraction() -> f64 {
    let [number, _] = numbers();
    fraction_of(number)
}

/// The first 32 bits as a binary fraction: finer than any wait is measured, and exact in an `f64`.
fn fraction_of(number: u64) -> f64 {
    let [a, b, c, d, ..] = number.to_be_bytes();
    f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

/// The source is the standard library's keyed hash, whose keys come from the operating system. The time and the process are hashed with
/// it, because a process that was forked or thawed from a snapshot shares its keys with another one.
fn numbers() -> [u64; 2] {
    let keys = RandomState::new();
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let here = since_1970.as_nanos() << 32 | u128::from(std::process::id());
    [keys.hash_one(here << 1), keys.hash_one(here << 1 | 1)]
}

fn format_uuid(bits: u128) -> String {
    let bits = bits & !(0xF << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let mut text = String::with_capacity(36);
    for (index, byte) in bits.to_be_bytes().into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        hex::push(&mut text, &[byte]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{format_uuid, fraction, fraction_of, uuid};
    use std::collections::BTreeSet;

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
    fn a_fraction_is_below_one() {
        assert!((fraction_of(0) - 0.0).abs() < f64::EPSILON && (fraction_of(1 << 63) - 0.5).abs() < f64::EPSILON);
        assert!(fraction_of(u64::MAX) < 1.0);
    }

    #[test]
    fn fractions_are_spread() {
        let quarters: BTreeSet<_> = (0..1000).map(|_| (fraction() * 4.0).to_string().chars().next()).collect();
        assert_eq!(quarters, BTreeSet::from([Some('0'), Some('1'), Some('2'), Some('3')]));
    }
}
