//! The reader, with its state and its methods for objects and lists.

#[cfg(feature = "serde")]
mod event;
mod strings;
mod values;

use super::error::{Error, Problem};
use super::without_byte_order_mark;
#[cfg(feature = "serde")]
pub(super) use event::Event;
pub(crate) use values::moment;

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
    /// The state after a value of the innermost object or list.
    behind: State,
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
    /// After an opening brace.
    ObjectOpened,
    /// After an opening bracket.
    ListOpened,
    /// After the value of a member.
    BehindMember,
    /// After an item of a list.
    BehindItem,
    /// After the document's value.
    BehindDocument,
    Failed,
}

impl<'a> Reader<'a> {
    pub(super) const MAX_DEPTH: u8 = 127;

    /// Creates a reader at the document's value. The document has to be UTF-8, and may begin with a byte order mark.
    pub fn new(document: &'a [u8]) -> Result<Self, Error> {
        match std::str::from_utf8(document) {
            Ok(text) => {
                let at = document.len() - without_byte_order_mark(document).len();
                let (state, behind) = (State::Value, State::BehindDocument);
                Ok(Self { document: text, at, state, behind, depth: 0, objects: 0, unescaped: String::new() })
            }
            Err(error) => {
                let (valid, _) = document.split_at(error.valid_up_to());
                Err(Error::not_text(std::str::from_utf8(valid).unwrap_or_default()))
            }
        }
    }

    /// Enters an object.
    pub fn object(&mut self) -> Result<bool, Error> {
        self.enter(b'{', "an object")
    }

    /// The name of the object's next member, or `None` at the end of the object. The caller has to read or skip the member's value next. The
    /// same name may occur twice.
    pub fn key(&mut self) -> Result<Option<&str>, Error> {
        // The usual form: no white space around the name, and no escape in it.
        let quote = match (self.state, self.current()) {
            (State::BehindMember, Some(b',')) => self.at + 1,
            (State::BehindMember, Some(b'}')) => {
                self.leave();
                return Ok(None);
            }
            (State::ObjectOpened, _) => self.at,
            _ => return self.any_key(),
        };
        if let Some((name, end)) = self.plain(quote)
            && self.document.as_bytes().get(end) == Some(&b':')
        {
            self.at = end + 1;
            self.state = State::Value;
            return Ok(Some(name));
        }
        self.any_key()
    }

    /// Reads a name of any form, or the end of the object.
    #[inline(never)]
    fn any_key(&mut self) -> Result<Option<&str>, Error> {
        if !self.advance(State::ObjectOpened, State::BehindMember, b'}')? {
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
    pub fn array(&mut self) -> Result<bool, Error> {
        self.enter(b'[', "a list")
    }

    /// Returns whether the list has another item. The caller has to read or skip it next.
    pub fn item(&mut self) -> Result<bool, Error> {
        let more = self.advance(State::ListOpened, State::BehindItem, b']')?;
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
                Some(b'"') => {
                    self.quoted()?;
                    self.state = self.behind;
                }
                Some(b't' | b'f') => drop(self.bool()?),
                Some(_) => {
                    self.numeral("a value")?;
                }
            }
            // Moves to the next value inside, out of all objects and lists that have ended.
            while self.depth > outside {
                let more = if self.behind == State::BehindMember { self.key()?.is_some() } else { self.item()? };
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
        if self.state != State::BehindDocument {
            return Err(self.fail(Problem::MISUSE));
        }
        match self.peek() {
            Some(_) => Err(self.fail(Problem::Other("expected the end of the document"))),
            None => Ok(()),
        }
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "each caller has a constant opening, and the compiler would not inline it")]
    fn enter(&mut self, opening: u8, expected: &'static str) -> Result<bool, Error> {
        match self.start()? {
            None => Ok(false),
            Some(byte) if byte == opening => {
                if self.depth == Self::MAX_DEPTH {
                    return Err(self.fail(Problem::TOO_DEEP));
                }
                let is_object = opening == b'{';
                self.at += 1;
                self.depth += 1;
                self.objects = self.objects << 1 | u128::from(is_object);
                (self.state, self.behind) =
                    if is_object { (State::ObjectOpened, State::BehindMember) } else { (State::ListOpened, State::BehindItem) };
                Ok(true)
            }
            Some(_) => Err(self.mismatch(expected)),
        }
    }

    /// Moves past the comma before the next member or item. `false` at the end of the object or list.
    #[inline]
    fn advance(&mut self, opened: State, behind: State, closing: u8) -> Result<bool, Error> {
        if self.state != opened && self.state != behind {
            return Err(self.fail(Problem::MISUSE));
        }
        match self.peek() {
            Some(byte) if byte == closing => {
                self.leave();
                Ok(false)
            }
            Some(_) if self.state == opened => Ok(true),
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            _ if closing == b'}' => Err(self.unexpected("expected a comma or the end of the object")),
            _ => Err(self.unexpected("expected a comma or the end of the list")),
        }
    }

    /// Moves past the closing brace or bracket.
    #[inline]
    fn leave(&mut self) {
        self.at += 1;
        self.depth -= 1;
        self.objects >>= 1;
        self.behind = match (self.depth, self.objects & 1) {
            (0, _) => State::BehindDocument,
            (_, 0) => State::BehindItem,
            _ => State::BehindMember,
        };
        self.state = self.behind;
    }

    /// The first byte of the value, or `None` if it was null, which is consumed.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "every value begins with it, and the compiler would not inline it")]
    fn start(&mut self) -> Result<Option<u8>, Error> {
        if self.state == State::Value {
            match self.peek() {
                Some(b'n') => return self.word("null").map(|()| None),
                Some(byte) => return Ok(Some(byte)),
                None => {}
            }
        }
        Err(self.no_value())
    }

    #[cold]
    fn no_value(&mut self) -> Error {
        self.fail(if self.state == State::Value { Problem::CUT_OFF } else { Problem::MISUSE })
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
        self.state = self.behind;
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
