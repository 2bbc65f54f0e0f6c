//! Random numbers from the operating system, for ids, tokens and jitter.
//!
//! Each number is requested when it is needed. None is kept, so that a process which is forked or restored from a snapshot never reuses one.

use crate::hex;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
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
    let digits = hex::text(&bits.to_be_bytes());
    [&digits[..8], "-", &digits[8..12], "-", &digits[12..16], "-", &digits[16..20], "-", &digits[20..]].concat()
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
        assert!((fraction_of(0) - 0.0).abs() < f64::EPSILON && (fraction_of(1 << 31) - 0.5).abs() < f64::EPSILON);
        assert!(fraction_of(u32::MAX) < 1.0);
    }

    #[test]
    fn fractions_cover_all_quarters() {
        let quarters: BTreeSet<_> = (0..1000).map(|_| (fraction() * 4.0).to_string().chars().next()).collect();
        assert_eq!(quarters, BTreeSet::from([Some('0'), Some('1'), Some('2'), Some('3')]));
    }
}
