//! The views of a text: its nested decodings of escapes, entities, base64 and the like.

use std::borrow::Cow;
use std::collections::HashSet;

/// The maximum total length of all views of a text, in bytes. A text with more counts as one that quotes a secret.
const BUDGET: usize = 512 * 1024;
/// The maximum number of nested encodings. A text with more counts as one that quotes a secret.
const MAX_DEPTH: u8 = 8;
/// The minimum number of consecutive base64 digits that are decoded: they encode five bytes.
const BASE64_RUN: usize = 7;
/// The minimum number of bytes in hexadecimal or decimal digits that are decoded.
const BYTES_RUN: usize = 5;

/// A text, or one of its decodings.
pub(super) struct View<'a> {
    pub(super) bytes: Cow<'a, [u8]>,
    /// True if only escapes were decoded, so that words are still words.
    pub(super) is_text: bool,
}

/// Returns whether any view of the text passes the test, or the text has more views than are tested.
pub(super) fn any(text: &str, mut test: impl FnMut(&View<'_>) -> bool) -> bool {
    let mut pending = vec![(View { bytes: Cow::Borrowed(text.as_bytes()), is_text: true }, 0)];
    let mut seen = HashSet::new();
    let mut budget = BUDGET;
    while let Some((view, depth)) = pending.pop() {
        if !seen.insert((view.is_text, view.bytes.to_vec())) {
            continue;
        }
        let Some(left) = budget.checked_sub(view.bytes.len()) else { return true };
        budget = left;
        if test(&view) {
            return true;
        }
        let decoded = decoded(&view);
        if depth == MAX_DEPTH && !decoded.is_empty() {
            return true;
        }
        pending.extend(decoded.into_iter().map(|view| (view, depth + 1)));
    }
    false
}

/// Decodes an escape after its first character, and returns the text after the escape.
type Escape = for<'a> fn(&'a [u8], &mut Vec<u8>) -> Option<&'a [u8]>;

/// The kinds of escapes. Each is decoded separately, so that one decoding leaves the inner layers of nested escapes.
const ESCAPES: [(u8, Escape); 4] = [(b'\\', backslash), (b'%', percent), (b'&', entity), (b'=', quoted_printable)];

/// The views that one decoding of this view gives.
fn decoded(view: &View<'_>) -> Vec<View<'static>> {
    let bytes = &*view.bytes;
    let text = ESCAPES.iter().filter_map(|(first, escape)| unescaped(bytes, *first, *escape)).chain(reinterpreted(bytes));
    let text = text.map(|bytes| View { bytes: Cow::Owned(bytes), is_text: view.is_text });
    let base64 = (0..4).map(|alignment| base64(bytes, alignment));
    let hexadecimal = (0..2).map(|alignment| hexadecimal(bytes, alignment));
    let listed = [16, 10].into_iter().map(|radix| listed(bytes, radix));
    let data = base64.chain(hexadecimal).chain(listed).filter(|bytes| !bytes.is_empty());
    text.chain(data.map(|bytes| View { bytes: Cow::Owned(bytes), is_text: false })).collect()
}

/// Decodes one layer of escapes of one kind; `None` if there are none.
fn unescaped(bytes: &[u8], begins: u8, escape: Escape) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let behind = if *first == begins { escape(after, &mut plain) } else { None };
        rest = behind.unwrap_or_else(|| {
            plain.push(*first);
            after
        });
    }
    (plain != bytes).then_some(plain)
}

/// Decodes an escape of JSON or a programming language after its backslash. Any other character stands for itself.
fn backslash<'a>(rest: &'a [u8], plain: &mut Vec<u8>) -> Option<&'a [u8]> {
    let (first, after) = rest.split_first()?;
    match first {
        b'u' if after.first() == Some(&b'{') => {
            let end = after.iter().position(|byte| *byte == b'}')?;
            push(plain, number(after.get(1..end)?, 16)?);
            after.get(end + 1..)
        }
        b'u' => {
            let (unit, after) = digits(after, 4)?;
            if let 0xD800..0xDC00 = unit
                && let Some((low @ 0xDC00..0xE000, after)) = after.strip_prefix(br"\u").and_then(|after| digits(after, 4))
            {
                push(plain, 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
                return Some(after);
            }
            push(plain, unit);
            Some(after)
        }
        b'U' => {
            let (code, after) = digits(after, 8)?;
            push(plain, code);
            Some(after)
        }
        b'x' => byte(after, plain),
        b'0'..=b'7' => {
            let length = rest.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            let (digits, after) = rest.split_at(length);
            plain.push(u8::try_from(number(digits, 8)?).ok()?);
            Some(after)
        }
        b'a' | b'b' | b'e' | b'f' | b'n' | b'r' | b't' | b'v' => {
            plain.push(b' ');
            Some(after)
        }
        other => {
            plain.push(*other);
            Some(after)
        }
    }
}

fn percent<'a>(rest: &'a [u8], plain: &mut Vec<u8>) -> Option<&'a [u8]> {
    match rest.split_first()? {
        (b'u' | b'U', after) => {
            let (code, after) = digits(after, 4)?;
            push(plain, code);
            Some(after)
        }
        _ => byte(rest, plain),
    }
}

/// Decodes an entity of HTML or XML after its ampersand. One with an unknown name is dropped.
fn entity<'a>(rest: &'a [u8], plain: &mut Vec<u8>) -> Option<&'a [u8]> {
    const LONGEST: usize = 32;
    let end = rest.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let (name, after) = rest.split_at(end);
    match name {
        [b'#', b'x' | b'X', code @ ..] => push(plain, number(code, 16)?),
        [b'#', code @ ..] => push(plain, number(code, 10)?),
        b"amp" => plain.push(b'&'),
        b"lt" => plain.push(b'<'),
        b"gt" => plain.push(b'>'),
        b"quot" => plain.push(b'"'),
        b"apos" => plain.push(b'\''),
        _ if name.is_empty() || !name.iter().all(u8::is_ascii_alphanumeric) => return None,
        _ => {}
    }
    after.get(1..)
}

/// Decodes an escape of quoted-printable after its equals sign: `=C3`, or a line break.
fn quoted_printable<'a>(rest: &'a [u8], plain: &mut Vec<u8>) -> Option<&'a [u8]> {
    match rest {
        [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => Some(after),
        _ => byte(rest, plain),
    }
}

/// Decodes UTF-8 that was mistaken for Latin-1 and encoded again; `None` if the text has none.
fn reinterpreted(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match u8::try_from(u32::from(character)) {
                Ok(byte) => plain.push(byte),
                Err(_) => plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        plain.extend_from_slice(chunk.invalid());
    }
    (plain != bytes).then_some(plain)
}

/// Decodes the runs of base64 digits, of either alphabet and across line breaks. In each run, the groups of four begin after `alignment` digits.
fn base64(bytes: &[u8], alignment: usize) -> Vec<u8> {
    let mut plain = Vec::new();
    let mut run = Vec::new();
    for byte in bytes.iter().copied().chain([b'=']) {
        match byte {
            b'A'..=b'Z' => run.push(byte - b'A'),
            b'a'..=b'z' => run.push(byte - b'a' + 26),
            b'0'..=b'9' => run.push(byte - b'0' + 52),
            b'+' | b'-' => run.push(62),
            b'/' | b'_' => run.push(63),
            b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                if run.len() >= BASE64_RUN {
                    for group in run.get(alignment..).unwrap_or_default().chunks(4) {
                        let bits = group.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(*digit)) << (6 * (4 - group.len()));
                        plain.extend(bits.to_be_bytes().into_iter().skip(1).take(group.len() - 1));
                    }
                    plain.push(b' ');
                }
                run.clear();
            }
        }
    }
    plain
}

/// Decodes the runs of hexadecimal digits. In each run, the pairs begin after `alignment` digits.
fn hexadecimal(bytes: &[u8], alignment: usize) -> Vec<u8> {
    let mut plain = Vec::new();
    for run in bytes.split(|byte| !byte.is_ascii_hexdigit()).filter(|run| run.len() >= 2 * BYTES_RUN) {
        let pairs = run.get(alignment..).unwrap_or_default().chunks_exact(2);
        plain.extend(pairs.filter_map(|pair| number(pair, 16)).filter_map(|byte| u8::try_from(byte).ok()));
        plain.push(b' ');
    }
    plain
}

/// Decodes a list of bytes as numbers: `[104, 117, 110]`, `68 75 6e`, `0x68, 0x75`.
fn listed(bytes: &[u8], radix: u32) -> Vec<u8> {
    let longest = if radix == 16 { 2 } else { 3 };
    let numbers = bytes.split(|byte| !byte.is_ascii_alphanumeric()).filter(|number| !number.is_empty());
    let numbers = numbers.map(|token| token.strip_prefix(b"0x").unwrap_or(token)).filter(|digits| digits.len() <= longest);
    let plain: Vec<u8> = numbers.filter_map(|digits| u8::try_from(number(digits, radix)?).ok()).collect();
    if plain.len() < BYTES_RUN { Vec::new() } else { plain }
}

/// Decodes a byte from two hexadecimal digits.
fn byte<'a>(rest: &'a [u8], plain: &mut Vec<u8>) -> Option<&'a [u8]> {
    let (value, after) = digits(rest, 2)?;
    plain.push(u8::try_from(value).ok()?);
    Some(after)
}

/// The number in the first `length` hexadecimal digits, and the text after it.
fn digits(rest: &[u8], length: usize) -> Option<(u32, &[u8])> {
    let (digits, after) = rest.split_at_checked(length)?;
    Some((number(digits, 16)?, after))
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    digits.iter().try_fold(0_u32, |value, digit| value.checked_mul(radix)?.checked_add(char::from(*digit).to_digit(radix)?))
}

/// Appends a character, or U+FFFD if the code is not one.
fn push(plain: &mut Vec<u8>, code: u32) {
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}
