//! The reader, with its state and its methods for objects and lists.

mod values;

use super::head::{BREAK, BYTES, Head, LIST, MAP, NEGATIVE, NEGATIVE_BIG, POSITIVE_BIG, SIMPLE, TAG, TEXT, UNSIGNED};
use super::{Error, is_document, path, well_formed};
use crate::json::Problem;

/// A pull reader of a CBOR document.
///
/// The reader is at a value, inside an object ([`key`](Self::key) moves it to the next member's value) or inside a list
/// ([`item`](Self::item) moves it to the next item). A method that reads a value returns `None` or `false` for `null` and `undefined`. A call that
/// does not fit the reader's position is an error, and so is every call after the first error.
///
/// Objects and lists may be nested 127 levels deep, as in JSON.
pub struct Reader<'a> {
    document: &'a [u8],
    at: usize,
    /// The position of the last value, with its tags.
    start: usize,
    state: State,
    /// The innermost object or list.
    inner: Frame,
    /// The objects and lists around it, after a first frame for the document.
    outer: Vec<Frame>,
    /// The last text, if it was in parts.
    text: String,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Before a value.
    Value,
    /// After a value, or at the beginning of an object or list.
    Behind,
    Failed,
}

/// An open object or list.
#[derive(Clone, Copy)]
struct Frame {
    is_object: bool,
    /// The number of members or items left, or `UNTIL_BREAK`.
    left: u64,
}

/// The number of members or items in place of an indefinite length. No document is that long.
const UNTIL_BREAK: u64 = u64::MAX;

impl<'a> Reader<'a> {
    pub(super) const MAX_DEPTH: usize = 127;

    /// Creates a reader at the document's value.
    pub fn new(document: &'a [u8]) -> Self {
        let inner = Frame { is_object: false, left: 0 };
        Self { document, at: 0, start: 0, state: State::Value, inner, outer: Vec::new(), text: String::new() }
    }

    /// Enters an object.
    #[inline]
    pub fn object(&mut self) -> Result<bool, Error> {
        match self.start()? {
            None => Ok(false),
            Some(head) if head.major == MAP => self.open(head).map(|()| true),
            Some(head) => Err(self.mismatch(head, "an object")),
        }
    }

    /// The name of the object's next member, or `None` at the end of the object. The caller has to read or skip the member's value next. The
    /// same name may occur twice.
    #[inline]
    pub fn key(&mut self) -> Result<Option<&str>, Error> {
        if !self.advance(true)? {
            return Ok(None);
        }
        let head = self.head()?;
        if head.major != TEXT {
            self.at = self.start;
            return Err(self.fail(Problem::Other("expected the name of a member")));
        }
        let name = self.text(head)?;
        self.state = State::Value;
        Ok(Some(name.unwrap_or(&self.text)))
    }

    /// Enters a list.
    #[inline]
    pub fn array(&mut self) -> Result<bool, Error> {
        match self.start()? {
            None => Ok(false),
            Some(head) if head.major == LIST => self.open(head).map(|()| true),
            Some(head) => Err(self.mismatch(head, "a list")),
        }
    }

    /// Returns whether the list has another item. The caller has to read or skip it next.
    #[inline]
    pub fn item(&mut self) -> Result<bool, Error> {
        let more = self.advance(false)?;
        if more {
            self.state = State::Value;
        }
        Ok(more)
    }

    /// Skips any value, and checks it as strictly as one that is read.
    pub fn skip(&mut self) -> Result<(), Error> {
        if self.state != State::Value {
            return Err(self.fail(Problem::MISUSE));
        }
        match well_formed::end_of(self.document, self.at, Self::MAX_DEPTH - self.outer.len()) {
            Ok(end) => {
                (self.at, self.state) = (end, State::Behind);
                Ok(())
            }
            Err(fault) => Err(self.fail_at(fault)),
        }
    }

    /// Ends the reading. Nothing may follow the document's value.
    pub fn finish(mut self) -> Result<(), Error> {
        if self.state != State::Behind || !self.outer.is_empty() {
            return Err(self.fail(Problem::MISUSE));
        }
        if self.at < self.document.len() {
            return Err(self.fail(Problem::Other("expected the end of the document")));
        }
        Ok(())
    }

    /// Enters the object or list whose head was read.
    fn open(&mut self, head: Head) -> Result<(), Error> {
        let is_object = head.major == MAP;
        if self.outer.len() == Self::MAX_DEPTH {
            self.at = self.start;
            return Err(self.fail(Problem::TOO_DEEP));
        }
        let left = if head.is_indefinite() { UNTIL_BREAK } else { head.argument };
        // A length that the rest of the document cannot have is refused at once.
        let room = well_formed::room(self.document, self.at);
        if !head.is_indefinite() && left > if is_object { room / 2 } else { room } {
            self.at = self.start;
            return Err(self.fail(Problem::CUT_OFF));
        }
        self.outer.push(self.inner);
        self.inner = Frame { is_object, left };
        Ok(())
    }

    /// Moves to the next member or item. `false` at the end of the object or list.
    #[inline]
    fn advance(&mut self, is_object: bool) -> Result<bool, Error> {
        if self.state != State::Behind || self.outer.is_empty() || self.inner.is_object != is_object {
            return Err(self.fail(Problem::MISUSE));
        }
        match self.inner.left {
            0 => {}
            UNTIL_BREAK if self.document.get(self.at) == Some(&BREAK) => self.at += 1,
            UNTIL_BREAK => return Ok(true),
            _ => {
                self.inner.left -= 1;
                return Ok(true);
            }
        }
        if let Some(outer) = self.outer.pop() {
            self.inner = outer;
        }
        Ok(false)
    }

    /// The head of the value, or `None` if it was null.
    #[inline]
    fn start(&mut self) -> Result<Option<Head>, Error> {
        if self.state != State::Value {
            return Err(self.fail(Problem::MISUSE));
        }
        let mut head = self.head()?;
        if head.major == TAG {
            head = self.tagged(head)?;
        }
        self.state = State::Behind;
        if head.is_null() { Ok(None) } else { Ok(Some(head)) }
    }

    /// The head after tags, the innermost of which it keeps.
    fn tagged(&mut self, mut head: Head) -> Result<Head, Error> {
        let start = self.start;
        let mut tag = None;
        while head.major == TAG {
            tag = Some(head.argument);
            head = self.head()?;
        }
        self.start = start;
        Ok(Head { tag, ..head })
    }

    /// Reads a head.
    #[inline]
    fn head(&mut self) -> Result<Head, Error> {
        self.start = self.at;
        match Head::at(self.document, self.at) {
            Ok((head, after)) => {
                self.at = after;
                Ok(head)
            }
            Err(problem) => Err(self.fail(problem)),
        }
    }

    /// Reads the rest of a text: the document's own, or `None` if it is in parts, which are then joined in the reader.
    #[inline]
    fn text(&mut self, head: Head) -> Result<Option<&'a str>, Error> {
        if head.is_indefinite() {
            return self.joined_text(head).map(|()| None);
        }
        let Some(part) = well_formed::part(self.document, self.at, head.argument) else { return Err(self.fail(Problem::CUT_OFF)) };
        match well_formed::text(part) {
            Ok(text) => {
                self.at += text.len();
                Ok(Some(text))
            }
            Err(problem) => Err(self.fail(problem)),
        }
    }

    fn joined_text(&mut self, head: Head) -> Result<(), Error> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let end = well_formed::parts(self.document, head, self.at, |part| well_formed::text(part).map(|part| text.push_str(part)));
        self.text = text;
        self.at = end.map_err(|fault| self.fail_at(fault))?;
        Ok(())
    }

    /// Reads the rest of a string of bytes.
    fn bytes(&mut self, head: Head) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let end = well_formed::parts(self.document, head, self.at, |part| {
            bytes.extend_from_slice(part);
            Ok(())
        });
        self.at = end.map_err(|fault| self.fail_at(fault))?;
        Ok(bytes)
    }

    #[cold]
    fn fail(&mut self, problem: Problem) -> Error {
        self.state = State::Failed;
        Error::at(path::of(self.document, self.at), self.at, problem, is_document(self.document))
    }

    #[cold]
    fn fail_at(&mut self, (at, problem): (usize, Problem)) -> Error {
        self.at = at;
        self.fail(problem)
    }

    /// The error about a value of the wrong type.
    #[cold]
    fn mismatch(&mut self, head: Head, expected: &'static str) -> Error {
        self.at = self.start;
        let found = match head.major {
            BYTES if matches!(head.tag, Some(POSITIVE_BIG | NEGATIVE_BIG)) => "a number",
            UNSIGNED | NEGATIVE => "a number",
            BYTES => "bytes",
            TEXT => "a string",
            LIST => "a list",
            MAP => "an object",
            SIMPLE if head.is_break() => return self.fail(Problem::Other("expected a value")),
            _ if head.float().is_some() => "a number",
            _ if head.is_boolean() => "a boolean",
            _ => "a simple value",
        };
        self.fail(Problem::Type { expected, found })
    }
}
