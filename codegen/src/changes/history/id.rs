//! The ids of updates and histories: UUIDs that follow from names alone, so that every run gives the same ones.

/// The id of the thing with this name, whose parts are hashed in order.
///
/// It is a UUID of version 8 (RFC 9562) over 128-bit FNV-1a. An id must be the same every time and differ from all others; it need not withstand
/// forgery.
pub(super) fn id<'n>(name: impl Iterator<Item = &'n str>) -> String {
    // Parts are ended by a byte that UTF-8 does not have, so that "a", "bc" and "ab", "c" differ.
    let bytes = name.flat_map(|part| part.bytes().chain([0xff]));
    let hash = fnv(bytes);
    let versioned = hash & !(0xf << 76) | 0x8 << 76;
    let uuid = versioned & !(0b11 << 62) | 0b10 << 62;
    let hex = format!("{uuid:032x}");
    let parts: Vec<&str> = [0..8, 8..12, 12..16, 16..20, 20..32].into_iter().filter_map(|part| hex.get(part)).collect();
    format!("urn:uuid:{}", parts.join("-"))
}

fn fnv(bytes: impl Iterator<Item = u8>) -> u128 {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.fold(START, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv() {
        // The test vectors are from the algorithm's authors.
        assert_eq!(fnv(b"".iter().copied()), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv(b"a".iter().copied()), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(fnv(b"foobar".iter().copied()), 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18);
    }

    #[test]
    fn ids_are_uuids_of_version_8() {
        let of = |name: [&'static str; 2]| id(name.into_iter());
        let text = of(["a", "bc"]);
        let uuid = text.strip_prefix("urn:uuid:").expect("a UUID");
        assert_eq!(uuid.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_eq!(uuid.chars().nth(14), Some('8'));
        assert!(uuid.chars().nth(19).is_some_and(|digit| "89ab".contains(digit)), "{uuid}");
        assert_ne!(text, of(["ab", "c"]));
    }
}
