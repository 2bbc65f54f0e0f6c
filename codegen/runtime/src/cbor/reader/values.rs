//! The reader's methods for typed values.

use super::{Error, Problem, Reader};
use crate::calendar;
use crate::cbor::head::{BYTES, Head, LIST, MAP, NEGATIVE, NEGATIVE_BIG, POSITIVE_BIG, TEXT, TRUE, UNSIGNED};
use aws_smithy_types::{Blob, DateTime, Document, Number, base64};
use std::collections::HashMap;
use std::hash::Hash;

const FRACTION: &str = "a number with a fraction";
const OUT_OF_RANGE: &str = "a number out of range";
const STRING: &str = "a string";
const OTHER_STRING: &str = "a string of another form";

/// A number.
enum Numeral {
    Whole(i128),
    Real(f64),
    /// A text that is not a number.
    Words,
}

impl Reader<'_> {
    /// Reads a string, without a copy if it is in one part.
    #[inline]
    pub fn str(&mut self) -> Result<Option<&str>, Error> {
        match self.start()? {
            None => Ok(None),
            Some(head) if head.major == TEXT => Ok(Some(self.text(head)?.unwrap_or(&self.text))),
            Some(head) => Err(self.mismatch(head, "a string")),
        }
    }

    /// Reads a string.
    #[inline]
    pub fn string(&mut self) -> Result<Option<String>, Error> {
        Ok(self.str()?.map(str::to_owned))
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
    #[inline]
    pub fn bool(&mut self) -> Result<Option<bool>, Error> {
        match self.start()? {
            None => Ok(None),
            Some(head) if head.is_boolean() => Ok(Some(head.info == TRUE)),
            Some(head) => self.bool_in_string(head).map(Some),
        }
    }

    fn bool_in_string(&mut self, head: Head) -> Result<bool, Error> {
        const EXPECTED: &str = "a boolean";
        if head.major != TEXT {
            return Err(self.mismatch(head, EXPECTED));
        }
        match self.text(head)?.unwrap_or(&self.text) {
            text if text.eq_ignore_ascii_case("true") => Ok(true),
            text if text.eq_ignore_ascii_case("false") => Ok(false),
            _ => Err(self.unsuitable(EXPECTED, STRING)),
        }
    }

    /// Reads an integer of 8 bits, which may be written as a floating-point number, as a big number, or as a string.
    pub fn byte(&mut self) -> Result<Option<i8>, Error> {
        self.whole("an 8-bit integer")
    }

    /// Reads an integer of 16 bits, which may be written as a floating-point number, as a big number, or as a string.
    pub fn short(&mut self) -> Result<Option<i16>, Error> {
        self.whole("a 16-bit integer")
    }

    /// Reads an integer of 32 bits, which may be written as a floating-point number, as a big number, or as a string.
    pub fn integer(&mut self) -> Result<Option<i32>, Error> {
        self.whole("a 32-bit integer")
    }

    /// Reads an integer of 64 bits, which may be written as a floating-point number, as a big number, or as a string.
    pub fn long(&mut self) -> Result<Option<i64>, Error> {
        self.whole("a 64-bit integer")
    }

    /// Reads the nearest single-precision number, which may be written as a string; a finite number that would be infinite is an error.
    #[expect(clippy::cast_possible_truncation, reason = "the nearest single-precision number is asked for")]
    pub fn float(&mut self) -> Result<Option<f32>, Error> {
        const EXPECTED: &str = "a 32-bit floating-point number";
        let Some(value) = self.real(EXPECTED)? else { return Ok(None) };
        let nearest = value as f32;
        if value.is_finite() && nearest.is_infinite() {
            return Err(self.unsuitable(EXPECTED, OUT_OF_RANGE));
        }
        Ok(Some(nearest))
    }

    /// Reads the nearest double-precision number, which may be written as a string; a finite number that would be infinite is an error.
    pub fn double(&mut self) -> Result<Option<f64>, Error> {
        self.real("a 64-bit floating-point number")
    }

    /// Reads a timestamp: seconds since the epoch, as a number with or without its tag. A number with a fraction is exact to the microsecond. The
    /// text of a date-time (RFC 3339) or of an http-date is accepted too.
    pub fn timestamp(&mut self) -> Result<Option<DateTime>, Error> {
        const EXPECTED: &str = "a timestamp";
        let Some(head) = self.start()? else { return Ok(None) };
        if head.major == TEXT {
            let text = self.text(head)?.unwrap_or(&self.text);
            let moment = calendar::date_time(text).or_else(|| calendar::http_date(text));
            return moment.map(Some).ok_or_else(|| self.unsuitable(EXPECTED, OTHER_STRING));
        }
        let moment = match self.numeral(head, EXPECTED)? {
            Numeral::Whole(seconds) => i64::try_from(seconds).ok().map(DateTime::from_secs),
            Numeral::Real(seconds) => moment(seconds),
            Numeral::Words => None,
        };
        moment.map(Some).ok_or_else(|| self.unsuitable(EXPECTED, OUT_OF_RANGE))
    }

    /// Reads bytes, which may be written as a string in base64 (RFC 4648, section 4, padded).
    pub fn blob(&mut self) -> Result<Option<Blob>, Error> {
        const EXPECTED: &str = "bytes";
        match self.start()? {
            None => Ok(None),
            Some(head) if head.major == BYTES => self.bytes(head).map(|bytes| Some(Blob::new(bytes))),
            Some(head) if head.major == TEXT => match base64::decode(self.text(head)?.unwrap_or(&self.text)) {
                Ok(bytes) => Ok(Some(Blob::new(bytes))),
                Err(_) => Err(self.unsuitable(EXPECTED, OTHER_STRING)),
            },
            Some(head) => Err(self.mismatch(head, EXPECTED)),
        }
    }

    /// Reads any value as a document, with bytes as base64 and numbers without tags. A null inside is [`Document::Null`], a null as a whole is
    /// `None`. Of two members with the same name, the last one counts.
    pub fn document(&mut self) -> Result<Option<Document>, Error> {
        const EXPECTED: &str = "a value";
        let Some(head) = self.start()? else { return Ok(None) };
        let is_big = matches!(head.tag, Some(POSITIVE_BIG | NEGATIVE_BIG));
        Ok(Some(match head.major {
            MAP => {
                self.open(head)?;
                let mut members = HashMap::new();
                while let Some(name) = self.key()? {
                    let name = name.to_owned();
                    members.insert(name, self.document()?.unwrap_or_default());
                }
                Document::Object(members)
            }
            LIST => {
                self.open(head)?;
                let mut items = Vec::new();
                while self.item()? {
                    items.push(self.document()?.unwrap_or_default());
                }
                Document::Array(items)
            }
            TEXT => Document::String(self.text(head)?.unwrap_or(&self.text).to_owned()),
            BYTES if !is_big => Document::String(base64::encode(self.bytes(head)?)),
            _ if head.is_boolean() => Document::Bool(head.info == TRUE),
            _ => Document::Number(self.numeral(head, EXPECTED)?.into_number()),
        }))
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

    fn whole<T: TryFrom<i64>>(&mut self, expected: &'static str) -> Result<Option<T>, Error> {
        let Some(head) = self.start()? else { return Ok(None) };
        let (value, found) = match self.numeral(head, expected)? {
            Numeral::Whole(value) => (i64::try_from(value).ok(), OUT_OF_RANGE),
            Numeral::Real(value) if value.is_finite() && value.fract() != 0.0 => (None, FRACTION),
            Numeral::Real(value) => (whole_part(value).and_then(|value| i64::try_from(value).ok()), OUT_OF_RANGE),
            Numeral::Words => (None, STRING),
        };
        match value.and_then(|value| T::try_from(value).ok()) {
            Some(value) => Ok(Some(value)),
            None => Err(self.unsuitable(expected, found)),
        }
    }

    fn real(&mut self, expected: &'static str) -> Result<Option<f64>, Error> {
        let Some(head) = self.start()? else { return Ok(None) };
        match self.numeral(head, expected)? {
            Numeral::Whole(value) => Ok(Some(nearest(value))),
            // Only a big number or a text is infinite without saying so.
            Numeral::Real(value) if value.is_infinite() && head.float().is_none() => Err(self.unsuitable(expected, OUT_OF_RANGE)),
            Numeral::Real(value) => Ok(Some(value)),
            Numeral::Words => match self.words() {
                "NaN" => Ok(Some(f64::NAN)),
                "Infinity" => Ok(Some(f64::INFINITY)),
                "-Infinity" => Ok(Some(f64::NEG_INFINITY)),
                _ => Err(self.unsuitable(expected, OTHER_STRING)),
            },
        }
    }

    /// The number whose head was read.
    #[inline]
    fn numeral(&mut self, head: Head, expected: &'static str) -> Result<Numeral, Error> {
        match head.major {
            UNSIGNED => Ok(Numeral::Whole(head.argument.into())),
            NEGATIVE => Ok(Numeral::Whole(-1 - i128::from(head.argument))),
            TEXT => self.numeral_in_string(head),
            BYTES => match head.tag {
                Some(POSITIVE_BIG) => Ok(self.big(head)?),
                Some(NEGATIVE_BIG) => Ok(match self.big(head)? {
                    Numeral::Whole(value) => Numeral::Whole(-1 - value),
                    Numeral::Real(value) => Numeral::Real(-value),
                    Numeral::Words => Numeral::Words,
                }),
                _ => Err(self.mismatch(head, expected)),
            },
            _ => head.float().map(Numeral::Real).ok_or_else(|| self.mismatch(head, expected)),
        }
    }

    /// The number in a text, which is kept if it is none.
    fn numeral_in_string(&mut self, head: Head) -> Result<Numeral, Error> {
        if let Some(text) = self.text(head)? {
            text.clone_into(&mut self.text);
        }
        // Rust would accept words such as `inf` too.
        let text = Some(&self.text).filter(|text| text.ends_with(|last: char| last.is_ascii_digit()));
        let whole = || text?.parse().ok().map(Numeral::Whole);
        let real = || text?.parse().ok().map(Numeral::Real);
        Ok(whole().or_else(real).unwrap_or(Numeral::Words))
    }

    /// The text that `numeral_in_string` has kept.
    fn words(&self) -> &str {
        &self.text
    }

    /// The magnitude of a big number. A negative one is this less than -1.
    fn big(&mut self, head: Head) -> Result<Numeral, Error> {
        let bytes = self.bytes(head)?;
        let significant = bytes.iter().position(|byte| *byte != 0).and_then(|first| bytes.get(first..)).unwrap_or_default();
        if significant.len() < size_of::<i128>() {
            return Ok(Numeral::Whole(significant.iter().fold(0, |value, byte| value << 8 | i128::from(*byte))));
        }
        Ok(Numeral::Real(significant.iter().fold(0.0, |value, byte| value * 256.0 + f64::from(*byte))))
    }

    /// The error about the last value, which has the expected type but not the expected form.
    #[cold]
    fn unsuitable(&mut self, expected: &'static str, found: &'static str) -> Error {
        self.at = self.start;
        self.fail(Problem::Type { expected, found })
    }
}

impl Numeral {
    /// The number of a document: an integer if it is one and fits.
    fn into_number(self) -> Number {
        match self {
            Self::Whole(value) => match (u64::try_from(value), i64::try_from(value)) {
                (Ok(value), _) => Number::PosInt(value),
                (_, Ok(value)) => Number::NegInt(value),
                _ => Number::Float(nearest(value)),
            },
            Self::Real(value) => Number::Float(value),
            Self::Words => Number::Float(f64::NAN),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "the nearest double-precision number is asked for")]
fn nearest(value: i128) -> f64 {
    value as f64
}

/// The integer with the value of a number without a fraction; `None` if it is far out of the range of 64 bits.
#[expect(clippy::cast_possible_truncation, reason = "the value has no fraction and is in range")]
fn whole_part(value: f64) -> Option<i128> {
    (value.abs() < 1e30).then_some(value as i128)
}

/// The timestamp of a number of seconds. Around the present, double precision tells microseconds apart but not nanoseconds, so the fraction is
/// rounded to what was meant.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the fraction is less than a second")]
fn moment(seconds: f64) -> Option<DateTime> {
    /// The time around the epoch for which nanoseconds are exact.
    const FINE: f64 = 1e6;
    let whole = seconds.floor();
    let (unit, per_second) = if seconds.abs() < FINE { (1, 1e9) } else { (1_000, 1e6) };
    let fraction = ((seconds - whole) * per_second).round() as u32 * unit;
    let whole = whole_part(whole).and_then(|whole| i64::try_from(whole).ok())?;
    if fraction < 1_000_000_000 {
        return Some(DateTime::from_secs_and_nanos(whole, fraction));
    }
    whole.checked_add(1).map(DateTime::from_secs)
}
