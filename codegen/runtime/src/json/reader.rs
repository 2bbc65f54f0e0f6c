//! The reader, with its state and its methods for objects and lists.

#[cfg(feature = "serde")]
mod event;
mod strings;
mod values;

use super::error::{Error, Problem};
use super::without_byte_order_mark;
#[cfg(feature = "serde")]
pub(super) use event::Event;

/// A pull reader of a JSON document.
///
/// The reader is at a value, inside an object ([`key`](Self::key) moves it to the next member's value) or inside a list
/// ([`item`](Self::item) moves it to the next item). A method that reads a value returns `None` or `false` for the JSON `null`. A call that
/// does not fit the reader's position is an error, and so is every call after the first error.
///
/// Objects and lists may be nested 127 levels deep, as in `serde_json`.
pub struct Reader<'a> {
    document: &'a str,
    at: usize,
    state: State,
    /// The number of open objects and lists.
    depth: u8,
    /// One bit for each open object or list, the innermost lowest. It is set for an object.
    objects: u128,
    /// The last string, if it had escapes.
    unescaped: String,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Before a value and its leading white space.
    Value,
    /// After an opening brace or bracket.
    Opened,
    /// After a value or a closing brace or bracket.
    Behind,
    Failed,
}

impl<'a> Reader<'a> {
    pub(super) const MAX_DEPTH: u8 = 127;

    /// Creates a reader at the document's value. The document has to be UTF-8, and may begin with a byte order mark.
    pub fn new(document: &'a [u8]) -> Result<Self, Error> {
        match std::str::from_utf8(document) {
            Ok(text) => {
                let at = document.len() - without_byte_order_mark(document).len();
                Ok(Self { document: text, at, state: State::Value, depth: 0, objects: 0, unescaped: String::new() })
            }
            Err(error) => {
                let (valid, _) = document.split_at(error.valid_up_to());
                Err(Error::not_text(std::str::from_utf8(valid).unwrap_or_default()))
            }
        }
    }

    /// Enters an object.
    #[inline]
    pub fn object(&mut self) -> Result<bool, Error> {
        self.enter(b'{', "an object")
    }

    /// The name of the object's next member, or `None` at the end of the object. The caller has to read or skip the member's value next. The
    /// same name may occur twice.
    #[inline]
    pub fn key(&mut self) -> Result<Option<&str>, Error> {
        if !self.advance(true, b'}')? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("expected the name of a member"));
        }
        let name = self.quoted()?;
        if self.peek() != Some(b':') {
            return Err(self.unexpected("expected a colon"));
        }
        self.at += 1;
        self.state = State::Value;
        Ok(Some(name.unwrap_or(&self.unescaped)))
    }

    /// Enters a list.
    #[inline]
    pub fn array(&mut self) -> Result<bool, Error> {
        self.enter(b'[', "a list")
    }

    /// Returns whether the list has another item. The caller has to read or skip it next.
    #[inline]
    pub fn item(&mut self) -> Result<bool, Error> {
        let more = self.advance(false, b']')?;
        if more {
            self.state = State::Value;
        }
        Ok(more)
    }

    /// Skips any value, and checks it as strictly as one that is read.
    pub fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth;
        loop {
            match self.start()? {
                None => {}
                Some(b'{') => drop(self.object()?),
                Some(b'[') => drop(self.array()?),
                Some(b'"') => drop(self.quoted()?),
                Some(b't' | b'f') => drop(self.bool()?),
                Some(_) => {
                    self.numeral("a value")?;
                }
            }
            // Moves to the next value inside, out of all objects and lists that have ended.
            while self.depth > outside {
                let more = if self.in_object() { self.key()?.is_some() } else { self.item()? };
                if more {
                    break;
                }
            }
            if self.depth == outside {
                return Ok(());
            }
        }
    }

    /// Ends the reading. Only white space may follow the document's value.
    pub fn finish(mut self) -> Result<(), Error> {
        if self.state != State::Behind || self.depth != 0 {
            return Err(self.fail(Problem::MISUSE));
        }
        match self.peek() {
            Some(_) => Err(self.fail(Problem::Other("expected the end of the document"))),
            None => Ok(()),
        }
    }

    fn enter(&mut self, opening: u8, expected: &'static str) -> Result<bool, Error> {
        match self.start()? {
            None => Ok(false),
            Some(byte) if byte == opening => {
                if self.depth == Self::MAX_DEPTH {
                    return Err(self.fail(Problem::Other("objects and lists are nested too deeply")));
                }
                self.depth += 1;
                self.objects = self.objects << 1 | u128::from(opening == b'{');
                self.at += 1;
                self.state = State::Opened;
                Ok(true)
            }
            Some(_) => Err(self.mismatch(expected)),
        }
    }

    /// Moves past the comma before the next member or item. `false` at the end of the object or list.
    #[inline]
    fn advance(&mut self, object: bool, closing: u8) -> Result<bool, Error> {
        if !matches!(self.state, State::Opened | State::Behind) || self.depth == 0 || self.in_object() != object {
            return Err(self.fail(Problem::MISUSE));
        }
        match self.peek() {
            Some(byte) if byte == closing => {
                self.at += 1;
                self.depth -= 1;
                self.objects >>= 1;
                self.state = State::Behind;
                Ok(false)
            }
            Some(_) if self.state == State::Opened => Ok(true),
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            _ if object => Err(self.unexpected("expected a comma or the end of the object")),
            _ => Err(self.unexpected("expected a comma or the end of the list")),
        }
    }

    #[inline]
    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    /// The first byte of the value, or `None` if it was null, which is consumed.
    #[inline]
    fn start(&mut self) -> Result<Option<u8>, Error> {
        if self.state != State::Value {
            return Err(self.fail(Problem::MISUSE));
        }
        match self.peek() {
            Some(b'n') => self.word("null").map(|()| None),
            Some(byte) => Ok(Some(byte)),
            None => Err(self.fail(Problem::CUT_OFF)),
        }
    }

    /// The next byte that is not white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.current() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                byte => return byte,
            }
        }
    }

    #[inline]
    fn current(&self) -> Option<u8> {
        self.document.as_bytes().get(self.at).copied()
    }

    /// The document from `start` to the current position. Both are beside ASCII characters, and so at character boundaries.
    #[inline]
    fn since(&self, start: usize) -> &'a str {
        self.document.get(start..self.at).unwrap_or_default()
    }

    /// Reads `null`, `true` or `false`.
    #[inline]
    fn word(&mut self, word: &str) -> Result<(), Error> {
        if !self.document.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return Err(self.unexpected("expected a value"));
        }
        self.at += word.len();
        self.state = State::Behind;
        Ok(())
    }

    #[cold]
    fn fail(&mut self, problem: Problem) -> Error {
        self.state = State::Failed;
        Error::new(self.document, self.at, problem)
    }

    /// The error about an unexpected byte or the end of the document.
    #[cold]
    fn unexpected(&mut self, words: &'static str) -> Error {
        self.fail(if self.current().is_some() { Problem::Other(words) } else { Problem::CUT_OFF })
    }

    /// The error about a value of the wrong type.
    #[cold]
    fn mismatch(&mut self, expected: &'static str) -> Error {
        let found = match self.current() {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b't' | b'f') => "a boolean",
            Some(b'-' | b'0'..=b'9') => "a number",
            _ => return self.unexpected("expected a value"),
        };
        self.fail(Problem::Type { expected, found })
    }
}
