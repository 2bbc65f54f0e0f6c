//! Random numbers for ids and tokens: unpredictable enough that two processes never agree by chance.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::hash::BuildHasher as _;
use std::time::SystemTime;

/// A random UUID (RFC 9562, version 4), in its usual form of 36 characters.
///
/// The source is the standard library's keyed hash, whose keys come from the operating system. The time and the process are hashed with
/// it, because a process that was forked or thawed from a snapshot shares its keys with another one.
pub(crate) fn uuid() -> String {
    let keys = RandomState::new();
    let here = (SystemTime::now(), std::process::id());
    let bits = u128::from(keys.hash_one((0_u8, here))) << 64 | u128::from(keys.hash_one((1_u8, here)));
    format_uuid(bits)
}

fn format_uuid(bits: u128) -> String {
    let bits = bits & !(0xF << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let mut text = String::with_capacity(36);
    for (index, byte) in bits.to_be_bytes().into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{format_uuid, uuid};
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
}
