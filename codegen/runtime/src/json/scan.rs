//! The search for bytes that are special in a string, eight bytes at a time.

const ONES: u64 = u64::from_le_bytes([0x01; 8]);
const TWOS: u64 = u64::from_le_bytes([0x02; 8]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
const EXCLAMATIONS: u64 = u64::from_le_bytes([b'!'; 8]);

/// The position of the first byte at or after `at` that is special in a JSON string: a quote, a backslash or a control character. Without one,
/// it is the length of `bytes`.
pub(super) fn plain_until(bytes: &[u8], at: usize) -> usize {
    at + plain_length(bytes.get(at..).unwrap_or_default())
}

/// The number of bytes before the first special one.
#[inline]
pub(super) fn plain_length(text: &[u8]) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // Most words are ASCII, so that bytes beyond it are masked out only in the second step.
        let special = below(word) & HIGH_BITS;
        if special != 0 && special & !word != 0 {
            return 8 * index + ((special & !word).trailing_zeros() / 8) as usize;
        }
    }
    text.len() - rest.len() + length_at_end(rest)
}

/// The same for the last bytes of a document. It is a function of its own, since they are seldom reached.
#[cold]
#[inline(never)]
fn length_at_end(text: &[u8]) -> usize {
    text.iter().position(|byte| is_special(*byte)).unwrap_or(text.len())
}

/// Returns whether no byte of a text is special.
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    // The last word overlaps the one before it.
    if let Some(last) = text.last_chunk::<8>() {
        let words = text.as_chunks::<8>().0.iter().chain([last]);
        words.fold(0, |found, word| found | special(u64::from_le_bytes(*word))) == 0
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        special(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))) == 0
    } else {
        !text.iter().any(|byte| is_special(*byte))
    }
}

#[inline]
fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..b' ')
}

/// The bits of a word whose lowest one is the high bit of its first special byte, counted from the lowest. Zero if no byte is special.
#[inline]
fn special(word: u64) -> u64 {
    below(word) & !word & HIGH_BITS
}

/// A word with the high bits of [`special`], and with wrong ones in the bytes beyond ASCII, which have the high bit already.
#[inline]
fn below(word: u64) -> u64 {
    // The exclusive or with two maps the quote to the space, right after the control characters, and the control characters to each other.
    // Each subtraction then sets the high bit of every byte below its bound: a former backslash, or a control character or quote. A borrow
    // can set the high bit of a later byte wrongly, but never of an earlier one, so the lowest high bit is always right.
    (word ^ BACKSLASHES).wrapping_sub(ONES) | (word ^ TWOS).wrapping_sub(EXCLAMATIONS)
}

#[cfg(test)]
mod tests {
    use super::{is_plain, plain_until};

    #[test]
    fn special_bytes_are_found_at_every_position() {
        for byte in 0..=u8::MAX {
            for length in 0..20 {
                for position in 0..length {
                    let mut bytes = vec![b'\x7f'; length];
                    bytes[position] = byte;
                    // Bytes after a hit must not hide it.
                    bytes[position + 1..].fill(b'#');
                    let special = byte < b' ' || byte == b'"' || byte == b'\\';
                    assert_eq!(plain_until(&bytes, 0), if special { position } else { length }, "{byte} at {position} of {length}");
                    assert_eq!(is_plain(&bytes), !special, "{byte} at {position} of {length}");
                }
            }
        }
        assert_eq!(plain_until(b"\"", 1), 1);
        assert_eq!(plain_until(b"", 7), 7);
    }
}
