//! Hexadecimal digits and percent-encoding.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Appends two lower-case digits for each byte.
pub(crate) fn push(text: &mut Vec<u8>, bytes: &[u8]) {
    // Appended in pieces of a digest's length, which is faster than digit by digit.
    for piece in bytes.chunks(32) {
        let mut digits = [[0; 2]; 32];
        for (pair, byte) in digits.iter_mut().zip(piece) {
            *pair = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0xF)]];
        }
        text.extend_from_slice(digits[..piece.len()].as_flattened());
    }
}

/// Two lower-case digits for each byte.
pub(crate) fn text(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(2 * bytes.len());
    push(&mut text, bytes);
    String::from_utf8(text).unwrap_or_default()
}

/// The bytes of a percent-encoded text (RFC 3986, section 2.1). A percent sign that is not followed by two digits is kept.
pub(crate) fn percent_decoded(text: &str) -> Vec<u8> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (byte, rest) = part.split_at_checked(2).and_then(|(digits, rest)| Some((byte(digits)?, rest))).unwrap_or((b'%', part));
        bytes.push(byte);
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

fn byte(digits: &str) -> Option<u8> {
    // `from_str_radix` also accepts a sign.
    let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_number { u8::from_str_radix(digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{percent_decoded, text};

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(text(&[0, 9, 0x1F, 0xA0, 0xFF]), "00091fa0ff");
    }

    #[test]
    fn a_percent_sign_without_two_digits_is_kept() {
        assert_eq!(percent_decoded("a%40%c3%A9%%4"), "a@\u{e9}%%4".as_bytes());
        assert_eq!(percent_decoded("%+1%4\u{e9}%ff"), [&b"%+1%4"[..], "\u{e9}".as_bytes(), &[0xff]].concat());
    }
}
