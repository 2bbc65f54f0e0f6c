//! The reader's methods for strings and their escapes.

use super::{Error, Reader};
use crate::json::scan;

/// The least room for a string with escapes, in bytes, so that it seldom has to grow.
const ROOM: usize = 256;

impl<'a> Reader<'a> {
    /// The string whose opening quote is at this position, and the position after it. `None` for other values, and for a string with escapes.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "most values are strings, and the compiler would not inline it")]
    pub(super) fn plain(&self, quote: usize) -> Option<(&'a str, usize)> {
        let text = self.document.get(quote..)?.strip_prefix('"')?;
        let length = scan::plain_length(text.as_bytes());
        if text.as_bytes().get(length) != Some(&b'"') {
            return None;
        }
        // The closing quote is an ASCII character, and so at a character boundary.
        Some((text.get(..length)?, quote + length + 2))
    }

    /// Reads the string whose opening quote is the next byte. `None` if it had escapes; then it is in `unescaped`. The caller sets the state.
    pub(super) fn quoted(&mut self) -> Result<Option<&'a str>, Error> {
        match self.plain(self.at) {
            Some((text, end)) => {
                self.at = end;
                Ok(Some(text))
            }
            None => self.quoted_with_escapes().map(|()| None),
        }
    }

    fn quoted_with_escapes(&mut self) -> Result<(), Error> {
        self.unescaped.clear();
        self.unescaped.reserve(ROOM);
        self.at += 1;
        loop {
            let start = self.at;
            self.at = scan::plain_until(self.document.as_bytes(), start);
            let plain = self.since(start);
            self.unescaped.push_str(plain);
            match self.current() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let character = self.escape()?;
                    self.unescaped.push(character);
                }
                _ => return Err(self.unexpected("control character in a string")),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// Reads an escape, beginning with its backslash.
    fn escape(&mut self) -> Result<char, Error> {
        self.at += 1;
        let character = match self.current() {
            Some(plain @ (b'"' | b'\\' | b'/')) => plain.into(),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.unexpected("invalid escape")),
        };
        self.at += 1;
        Ok(character)
    }

    /// Reads the escape of a UTF-16 unit or of a surrogate pair, beginning with the `u`. An unpaired surrogate reads as U+FFFD.
    fn unicode_escape(&mut self) -> Result<char, Error> {
        let mut code = self.hex()?;
        if let 0xD800..0xDC00 = code
            && let Some(low @ 0xDC00..0xE000) = self.unit_ahead()
        {
            code = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            self.at += r"\uXXXX".len();
        }
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The UTF-16 unit of the escape at the current position, if there is one.
    fn unit_ahead(&self) -> Option<u32> {
        let digits = self.document.get(self.at..self.at + r"\uXXXX".len())?.strip_prefix(r"\u")?;
        digits.chars().try_fold(0, |code, digit| Some(code << 4 | digit.to_digit(16)?))
    }

    /// Reads the `u` and four hexadecimal digits.
    fn hex(&mut self) -> Result<u32, Error> {
        let mut code = 0;
        self.at += 1;
        for _ in 0..4 {
            code = match self.current().map(|byte| char::from(byte).to_digit(16)) {
                Some(Some(digit)) => code << 4 | digit,
                _ => return Err(self.unexpected("invalid escape")),
            };
            self.at += 1;
        }
        Ok(code)
    }
}
