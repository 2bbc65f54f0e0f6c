//! Bytes as hexadecimal digits.

/// Writes two lower-case digits for each byte.
pub(crate) fn push(text: &mut String, bytes: &[u8]) {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    text.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
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
