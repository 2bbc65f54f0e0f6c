//! Bytes as hexadecimal digits.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Writes two lower-case digits for each byte.
pub(crate) fn push(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)].into());
        text.push(DIGITS[usize::from(byte & 0xF)].into());
    }
}

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn every_byte_has_two_digits() {
        let mut text = String::from("0x");
        push(&mut text, &[0, 9, 0x1F, 0xA0, 0xFF]);
        assert_eq!(text, "0x00091fa0ff");
    }
}
