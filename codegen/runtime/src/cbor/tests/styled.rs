//! Values in every form that CBOR has for them.

use ciborium::Value;

/// Renders a value with long heads, parts, indefinite lengths and tags, which the noise selects.
pub(super) fn styled(value: &Value, noise: &[u8]) -> Vec<u8> {
    let mut style = Style { noise: noise.iter().cycle(), out: Vec::new() };
    style.value(value);
    style.out
}

struct Style<'a> {
    noise: std::iter::Cycle<std::slice::Iter<'a, u8>>,
    out: Vec<u8>,
}

impl Style<'_> {
    fn choice(&mut self, among: u8) -> u8 {
        self.noise.next().map_or(0, |byte| byte % among)
    }

    /// Writes a head whose argument takes at least as many bytes as it needs.
    fn head(&mut self, major: u8, argument: u64) {
        let needed = match argument {
            0..24 => 0,
            24..256 => 1,
            256..65_536 => 2,
            65_536..4_294_967_296 => 3,
            _ => 4,
        };
        let bytes = argument.to_be_bytes();
        let first = major << 5;
        match needed.max(self.choice(5)) {
            0 => self.out.push(first | bytes[7]),
            1 => self.out.extend_from_slice(&[first + 24, bytes[7]]),
            2 => self.out.extend_from_slice(&[&[first + 25], &bytes[6..]].concat()),
            3 => self.out.extend_from_slice(&[&[first + 26], &bytes[4..]].concat()),
            _ => self.out.extend_from_slice(&[&[first + 27], &bytes[..]].concat()),
        }
    }

    /// Writes a string as a whole or in parts, which end where `is_boundary` allows.
    fn string(&mut self, major: u8, bytes: &[u8], is_boundary: impl Fn(usize) -> bool) {
        if self.choice(3) > 0 {
            self.head(major, bytes.len() as u64);
            self.out.extend_from_slice(bytes);
            return;
        }
        self.out.push((major << 5) + 31);
        let mut start = 0;
        while start < bytes.len() {
            let mut end = start + 1 + usize::from(self.choice(4));
            while end < bytes.len() && !is_boundary(end) {
                end += 1;
            }
            let end = end.min(bytes.len());
            self.head(major, (end - start) as u64);
            self.out.extend_from_slice(&bytes[start..end]);
            start = end;
        }
        self.out.push(0xff);
    }

    /// Opens a list or map, and returns whether a break has to end it.
    fn open(&mut self, major: u8, length: usize) -> bool {
        let is_indefinite = self.choice(2) == 0;
        if is_indefinite {
            self.out.push((major << 5) + 31);
        } else {
            self.head(major, length as u64);
        }
        is_indefinite
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Integer(value) => match i128::from(*value) {
                value @ 0.. => self.head(0, u64::try_from(value).unwrap()),
                value => self.head(1, u64::try_from(-1 - value).unwrap()),
            },
            Value::Bytes(bytes) => self.string(2, bytes, |_| true),
            Value::Text(text) => self.string(3, text.as_bytes(), |at| text.is_char_boundary(at)),
            Value::Array(items) => {
                let is_indefinite = self.open(4, items.len());
                for item in items {
                    self.value(item);
                }
                self.out.extend(is_indefinite.then_some(0xff));
            }
            Value::Map(entries) => {
                let is_indefinite = self.open(5, entries.len());
                for (key, value) in entries {
                    self.value(key);
                    self.value(value);
                }
                self.out.extend(is_indefinite.then_some(0xff));
            }
            Value::Tag(tag, value) => {
                self.head(6, *tag);
                self.value(value);
            }
            plain => ciborium::into_writer(plain, &mut self.out).unwrap(),
        }
    }
}
