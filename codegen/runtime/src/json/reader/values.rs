//! The reader's methods for typed values.

use super::{Error, Problem, Reader, State};
use crate::calendar;
use crate::json::number::{Numeral, milliseconds, short_integer};
use aws_smithy_types::{Blob, DateTime, Document, base64};
use std::collections::HashMap;
use std::hash::Hash;

const FRACTION: &str = "a number with a fraction";
const OUT_OF_RANGE: &str = "a number out of range";
const STRING: &str = "a string";
const OTHER_STRING: &str = "a string of another form";

impl<'a> Reader<'a> {
    /// Reads a string, without a copy if it has no escapes.
    pub fn str(&mut self) -> Result<Option<&str>, Error> {
        match self.plain_value() {
            Some(text) => Ok(Some(text)),
            None => self.string_or("a string"),
        }
    }

    /// Reads a string.
    pub fn string(&mut self) -> Result<Option<String>, Error> {
        match self.plain_value() {
            Some(text) => Ok(Some(text.to_owned())),
            None => Ok(self.string_or("a string")?.map(str::to_owned)),
        }
    }

    /// Reads the next value if it is a string of the usual form: no white space before it, and no escape in it.
    #[inline]
    fn plain_value(&mut self) -> Option<&'a str> {
        if self.state != State::Value {
            return None;
        }
        let (text, end) = self.plain(self.at)?;
        self.at = end;
        self.state = self.behind;
        Some(text)
    }

    /// Reads a string as the value of an enum.
    #[inline]
    pub fn enum_value<T: for<'v> From<&'v str>>(&mut self) -> Result<Option<T>, Error> {
        Ok(self.str()?.map(T::from))
    }

    /// Reads an object and skips its members.
    pub fn unit(&mut self) -> Result<Option<()>, Error> {
        if !self.object()? {
            return Ok(None);
        }
        while self.key()?.is_some() {
            self.skip()?;
        }
        Ok(Some(()))
    }

    /// Reads a boolean, which may be written as a string.
    pub fn bool(&mut self) -> Result<Option<bool>, Error> {
        match self.start()? {
            None => Ok(None),
            Some(b't') => self.word("true").map(|()| Some(true)),
            Some(b'f') => self.word("false").map(|()| Some(false)),
            Some(b'"') => self.bool_in_string().map(Some),
            Some(_) => Err(self.mismatch("a boolean")),
        }
    }

    fn bool_in_string(&mut self) -> Result<bool, Error> {
        const EXPECTED: &str = "a boolean";
        let start = self.at;
        match self.string_or(EXPECTED)? {
            Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(self.unsuitable(start, EXPECTED, STRING)),
        }
    }

    /// Reads an integer of 8 bits, which may be written with a fraction of zeros, with an exponent, or as a string.
    pub fn byte(&mut self) -> Result<Option<i8>, Error> {
        self.whole("an 8-bit integer")
    }

    /// Reads an integer of 16 bits, which may be written with a fraction of zeros, with an exponent, or as a string.
    pub fn short(&mut self) -> Result<Option<i16>, Error> {
        self.whole("a 16-bit integer")
    }

    /// Reads an integer of 32 bits, which may be written with a fraction of zeros, with an exponent, or as a string.
    pub fn integer(&mut self) -> Result<Option<i32>, Error> {
        self.whole("a 32-bit integer")
    }

    /// Reads an integer of 64 bits, which may be written with a fraction of zeros, with an exponent, or as a string.
    pub fn long(&mut self) -> Result<Option<i64>, Error> {
        self.whole("a 64-bit integer")
    }

    /// Reads the nearest single-precision number, which may be written as a string; one that would be infinite is an error. The strings `NaN`,
    /// `Infinity` and `-Infinity` stand for values that JSON numbers do not have.
    pub fn float(&mut self) -> Result<Option<f32>, Error> {
        self.real("a 32-bit floating-point number", [f32::NAN, f32::INFINITY, f32::NEG_INFINITY])
    }

    /// Reads the nearest double-precision number, which may be written as a string; one that would be infinite is an error. The strings `NaN`,
    /// `Infinity` and `-Infinity` stand for values that JSON numbers do not have.
    pub fn double(&mut self) -> Result<Option<f64>, Error> {
        self.real("a 64-bit floating-point number", [f64::NAN, f64::INFINITY, f64::NEG_INFINITY])
    }

    /// Reads a timestamp in any of Smithy's formats. A number is seconds since the epoch, exact to the nanosecond. A string is such a number, a
    /// date-time (RFC 3339; in UTC if it has no time zone), or an http-date (the preferred form of RFC 9110, section 5.6.7).
    pub fn timestamp(&mut self) -> Result<Option<DateTime>, Error> {
        const EXPECTED: &str = "a timestamp";
        if let Some(time) = self.usual(milliseconds) {
            return Ok(Some(time));
        }
        let first = self.start()?;
        let start = self.at;
        let (value, found) = match first {
            None => return Ok(None),
            Some(b'"') => {
                let text = self.string_or(EXPECTED)?.unwrap_or_default();
                (moment(text), OTHER_STRING)
            }
            Some(_) => (self.numeral(EXPECTED)?.to_date_time(), OUT_OF_RANGE),
        };
        value.map(Some).ok_or_else(|| self.unsuitable(start, EXPECTED, found))
    }

    /// Reads bytes from a string in base64 (RFC 4648, section 4, padded).
    pub fn blob(&mut self) -> Result<Option<Blob>, Error> {
        const EXPECTED: &str = "a string in base64";
        if self.start()?.is_none() {
            return Ok(None);
        }
        let start = self.at;
        match self.string_or(EXPECTED)?.map(base64::decode) {
            Some(Ok(bytes)) => Ok(Some(Blob::new(bytes))),
            _ => Err(self.unsuitable(start, EXPECTED, OTHER_STRING)),
        }
    }

    /// Reads any JSON value as a document. A null inside is [`Document::Null`], a null as a whole is `None`. Of two members with the same
    /// name, the last one counts.
    pub fn document(&mut self) -> Result<Option<Document>, Error> {
        Ok(match self.start()? {
            None => None,
            Some(b'{') => self.map(|reader| reader.document().map(|value| Some(value.unwrap_or_default())))?.map(Document::Object),
            Some(b'[') => self.list(|reader| reader.document().map(|value| Some(value.unwrap_or_default())))?.map(Document::Array),
            Some(b'"') => self.string()?.map(Document::String),
            Some(b't' | b'f') => self.bool()?.map(Document::Bool),
            Some(_) => self.numeral("a value")?.to_document_number().map(Document::Number),
        })
    }

    /// Reads a list with a function for its items. Items that are null are omitted.
    #[inline]
    pub fn list<T>(&mut self, item: impl Fn(&mut Self) -> Result<Option<T>, Error>) -> Result<Option<Vec<T>>, Error> {
        if !self.array()? {
            return Ok(None);
        }
        let mut items = Vec::new();
        while self.item()? {
            if let Some(item) = item(self)? {
                items.push(item);
            }
        }
        Ok(Some(items))
    }

    /// Reads a list with a function for its items. Items that are null are `None`.
    #[inline]
    pub fn sparse_list<T>(&mut self, item: impl Fn(&mut Self) -> Result<Option<T>, Error>) -> Result<Option<Vec<Option<T>>>, Error> {
        self.list(|reader| item(reader).map(Some))
    }

    /// Reads an object as a map, with a function for its values. Entries that are null are omitted. Of two entries with the same key, the last one
    /// counts.
    #[inline]
    pub fn map<K: for<'k> From<&'k str> + Eq + Hash, T>(
        &mut self,
        value: impl Fn(&mut Self) -> Result<Option<T>, Error>,
    ) -> Result<Option<HashMap<K, T>>, Error> {
        if !self.object()? {
            return Ok(None);
        }
        let mut entries = HashMap::new();
        while let Some(key) = self.key()? {
            let key = K::from(key);
            if let Some(value) = value(self)? {
                entries.insert(key, value);
            }
        }
        Ok(Some(entries))
    }

    /// Reads an object as a map, with a function for its values. Entries that are null are `None`. Of two entries with the same key, the last one
    /// counts.
    #[inline]
    pub fn sparse_map<K: for<'k> From<&'k str> + Eq + Hash, T>(
        &mut self,
        value: impl Fn(&mut Self) -> Result<Option<T>, Error>,
    ) -> Result<Option<HashMap<K, Option<T>>>, Error> {
        self.map(|reader| value(reader).map(Some))
    }

    #[inline(never)]
    fn string_or(&mut self, expected: &'static str) -> Result<Option<&str>, Error> {
        match self.start()? {
            None => Ok(None),
            Some(b'"') => {
                let text = self.quoted()?;
                self.state = self.behind;
                Ok(Some(text.unwrap_or(&self.unescaped)))
            }
            Some(_) => Err(self.mismatch(expected)),
        }
    }

    #[inline]
    fn whole<T: TryFrom<i64>>(&mut self, expected: &'static str) -> Result<Option<T>, Error> {
        let Some((start, value)) = self.whole_value(expected)? else { return Ok(None) };
        T::try_from(value).map(Some).map_err(|_| self.unsuitable(start, expected, OUT_OF_RANGE))
    }

    /// Reads the next value if it has a usual form, of which the function returns the value and the length.
    #[inline]
    fn usual<T>(&mut self, read: impl Fn(&[u8]) -> Option<(T, usize)>) -> Option<T> {
        if self.state != State::Value {
            return None;
        }
        let (value, length) = read(self.document.as_bytes().get(self.at..)?)?;
        self.at += length;
        self.state = self.behind;
        Some(value)
    }

    /// Reads an integer, and returns it with its position.
    fn whole_value(&mut self, expected: &'static str) -> Result<Option<(usize, i64)>, Error> {
        let start = self.at;
        if let Some(value) = self.usual(short_integer) {
            return Ok(Some((start, value)));
        }
        let first = self.start()?;
        let start = self.at;
        let numeral = match first {
            None => return Ok(None),
            Some(b'"') => match self.string_or(expected)?.and_then(Numeral::of_text) {
                Some(numeral) => numeral,
                None => return Err(self.unsuitable(start, expected, STRING)),
            },
            Some(_) => self.numeral(expected)?,
        };
        match numeral.to_i64() {
            Some(value) => Ok(Some((start, value))),
            None => {
                let found = if numeral.has_fraction() { FRACTION } else { OUT_OF_RANGE };
                Err(self.unsuitable(start, expected, found))
            }
        }
    }

    fn real<T>(&mut self, expected: &'static str, [nan, infinity, negative_infinity]: [T; 3]) -> Result<Option<T>, Error>
    where
        T: std::str::FromStr + Copy + Into<f64>,
    {
        let first = self.start()?;
        let start = self.at;
        let (value, found) = match first {
            None => return Ok(None),
            Some(b'"') => {
                let value = match self.string_or(expected)? {
                    Some("NaN") => Some(nan),
                    Some("Infinity") => Some(infinity),
                    Some("-Infinity") => Some(negative_infinity),
                    other => other.and_then(Numeral::of_text).and_then(|numeral| numeral.finite()),
                };
                (value, OTHER_STRING)
            }
            Some(_) => (self.numeral(expected)?.finite(), OUT_OF_RANGE),
        };
        value.map(Some).ok_or_else(|| self.unsuitable(start, expected, found))
    }

    /// Reads a number.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as for `Numeral::parse`")]
    pub(super) fn numeral(&mut self, expected: &'static str) -> Result<Numeral<'a>, Error> {
        if !matches!(self.document.as_bytes().get(self.at), Some(b'-' | b'0'..=b'9')) {
            return Err(self.mismatch(expected));
        }
        match Numeral::parse(self.document, self.at) {
            Ok(numeral) => {
                self.at += numeral.len();
                self.state = self.behind;
                Ok(numeral)
            }
            Err((at, problem)) => {
                self.at = at;
                Err(self.fail(problem))
            }
        }
    }

    /// The error about the value at `start`, which has the expected JSON type but not the expected form.
    #[cold]
    fn unsuitable(&mut self, start: usize, expected: &'static str, found: &'static str) -> Error {
        self.at = start;
        self.fail(Problem::Type { expected, found })
    }
}

/// The timestamp in a string.
pub(crate) fn moment(text: &str) -> Option<DateTime> {
    calendar::date_time(text)
        .or_else(|| calendar::http_date(text))
        .or_else(|| Numeral::of_text(text)?.to_date_time())
        .or_else(|| calendar::date_time(&format!("{text}Z")))
}
