//! A check of the grammar alone. It distinguishes a valid document with wrong values from one that is broken or not JSON.

use super::scan;

/// The byte order mark, which some programs on Windows write at the beginning of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A document without its byte order mark.
pub(crate) fn without_byte_order_mark(document: &[u8]) -> &[u8] {
    document.strip_prefix(BYTE_ORDER_MARK).unwrap_or(document)
}

/// Returns whether the bytes are a complete JSON document, of any depth. The check needs one byte of memory for each level.
pub(crate) fn is_document(document: &[u8]) -> bool {
    let scanner = Scanner { rest: without_byte_order_mark(document), open: Vec::new() };
    std::str::from_utf8(document).is_ok() && scanner.document().is_some()
}

struct Scanner<'a> {
    rest: &'a [u8],
    /// The closing brackets of the open objects and lists.
    open: Vec<u8>,
}

/// All methods return `None` where the document violates the grammar.
impl Scanner<'_> {
    fn document(mut self) -> Option<()> {
        loop {
            self.value()?;
            // Moves out of the objects and lists that have ended, and to the next value.
            loop {
                match (self.peek(), self.open.last()) {
                    (None, None) => return Some(()),
                    (Some(b','), Some(closing)) => {
                        let in_object = *closing == b'}';
                        self.advance(1)?;
                        if in_object {
                            self.name()?;
                        }
                        break;
                    }
                    (Some(byte), Some(closing)) if byte == *closing => self.close()?,
                    _ => return None,
                }
            }
        }
    }

    /// Skips a scalar or an empty object or list, after the openings of those around it.
    fn value(&mut self) -> Option<()> {
        loop {
            match self.peek()? {
                b'{' => {
                    self.open(b'}')?;
                    if self.peek()? == b'}' {
                        return self.close();
                    }
                    self.name()?;
                }
                b'[' => {
                    self.open(b']')?;
                    if self.peek()? == b']' {
                        return self.close();
                    }
                }
                b'"' => return self.string(),
                b't' => return self.word(b"true"),
                b'f' => return self.word(b"false"),
                b'n' => return self.word(b"null"),
                _ => return self.number(),
            }
        }
    }

    fn name(&mut self) -> Option<()> {
        self.peek().filter(|byte| *byte == b'"')?;
        self.string()?;
        self.peek().filter(|byte| *byte == b':')?;
        self.advance(1)
    }

    fn string(&mut self) -> Option<()> {
        loop {
            self.advance(1)?;
            self.advance(scan::plain_length(self.rest))?;
            match self.rest {
                [b'"', ..] => return self.advance(1),
                [b'\\', b'u', digits @ ..] => {
                    digits.get(..4)?.iter().all(u8::is_ascii_hexdigit).then_some(())?;
                    self.advance(5)?;
                }
                [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => self.advance(1)?,
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Option<()> {
        self.skip(b"-");
        if !self.skip(b"0") {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.advance(length).filter(|()| length > 0)
    }

    /// Skips the next byte if it is one of these.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let is_next = self.rest.first().is_some_and(|byte| bytes.contains(byte));
        is_next && self.advance(1).is_some()
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn open(&mut self, closing: u8) -> Option<()> {
        self.open.push(closing);
        self.advance(1)
    }

    fn close(&mut self) -> Option<()> {
        self.open.pop();
        self.advance(1)
    }

    fn peek(&mut self) -> Option<u8> {
        while let [b' ' | b'\n' | b'\t' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied()
    }

    fn advance(&mut self, bytes: usize) -> Option<()> {
        self.rest = self.rest.get(bytes..)?;
        Some(())
    }
}
