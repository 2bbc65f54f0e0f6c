//! Finding the end of plain text inside a string, eight bytes at a time.

const ONES: u64 = u64::from_le_bytes([0x01; 8]);
const TWOS: u64 = u64::from_le_bytes([0x02; 8]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
const EXCLAMATIONS: u64 = u64::from_le_bytes([b'!'; 8]);

/// The position of the first byte at or after `at` that cannot stand for itself in a JSON string: a quote, a backslash or a control
/// character; the length of `bytes` when there is none.
#[inline]
pub(super) fn plain_until(bytes: &[u8], mut at: usize) -> usize {
    let (chunks, _) = bytes.get(at..).unwrap_or_default().as_chunks::<8>();
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk);
        // Exchanging pairs of characters puts the quote in the place of the space, right behind the control characters, and leaves these among
        // themselves. Then each subtraction sets the high bit of every byte that is below the bound: zero where a backslash was, or a control
        // character or a quote. A borrow may set it in a byte above such a byte too, never below, so the lowest bit that is set is always
        // right. Characters beyond ASCII have the high bit from the start, and are let through.
        let below = (word ^ BACKSLASHES).wrapping_sub(ONES) | (word ^ TWOS).wrapping_sub(EXCLAMATIONS);
        let special = below & !word & HIGH_BITS;
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | ..b' ')) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::plain_until;

    #[test]
    fn every_byte_is_found_or_passed_at_every_position() {
        for byte in 0..=u8::MAX {
            for length in 0..20 {
                for position in 0..length {
                    let mut bytes = vec![b'\x7f'; length];
                    bytes[position] = byte;
                    // What follows a hit must not hide it.
                    bytes[position + 1..].fill(b'#');
                    let special = byte < b' ' || byte == b'"' || byte == b'\\';
                    assert_eq!(plain_until(&bytes, 0), if special { position } else { length }, "{byte} at {position} of {length}");
                }
            }
        }
        assert_eq!(plain_until(b"\"", 1), 1);
        assert_eq!(plain_until(b"", 7), 7);
    }
}
