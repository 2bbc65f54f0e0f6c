//! The JSON writer.

use super::scan;
use crate::order;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, Document, Number, base64};
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::io::Write as _;

const NANOS_PER_SECOND: u128 = 1_000_000_000;

/// The initial capacity of a document, in bytes, which most requests do not exceed.
const CAPACITY: usize = 512;

/// Writes a JSON document, without white space.
///
/// The writer adds commas, colons, quotes and escapes. The caller has to match begins with ends, and to write keys in objects. Writing cannot
/// fail, since each value has a form in JSON.
pub struct Writer {
    out: Vec<u8>,
    /// True if the next name or value follows another one.
    comma: bool,
}

impl Default for Writer {
    fn default() -> Self {
        Self { out: Vec::with_capacity(CAPACITY), comma: false }
    }
}

impl Writer {
    /// Creates a writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// The document.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Opens an object.
    #[inline]
    pub fn begin_object(&mut self) {
        self.begin(b'{');
    }

    /// Closes an object.
    #[inline]
    pub fn end_object(&mut self) {
        self.end(b'}');
    }

    /// Opens a list.
    #[inline]
    pub fn begin_array(&mut self) {
        self.begin(b'[');
    }

    /// Closes a list.
    #[inline]
    pub fn end_array(&mut self) {
        self.end(b']');
    }

    /// Writes the name of a member that has nothing to escape, as names in models have. The caller has to write the value next.
    pub fn key(&mut self, name: &'static str) {
        debug_assert!(scan::is_plain(name.as_bytes()), "a name to escape: {name:?}");
        if self.comma {
            self.out.extend_from_slice(b",\"");
        } else {
            self.out.push(b'"');
        }
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.comma = false;
    }

    /// Writes any name of a member. The caller has to write the value next.
    pub fn any_key(&mut self, name: &str) {
        self.quoted(name, b"\":");
        self.comma = false;
    }

    /// Writes a member that may be absent, with a function for its value. The name has nothing to escape, like that of [`key`](Self::key).
    pub fn member<T>(&mut self, name: &'static str, value: &Option<T>, write: impl Fn(&mut Self, &T)) {
        if let Some(value) = value {
            self.key(name);
            write(self, value);
        }
    }

    /// The same for a list, with a function for its items.
    pub fn list_member<T>(&mut self, name: &'static str, items: &Option<Vec<T>>, item: impl Fn(&mut Self, &T)) {
        self.member(name, items, |writer, items| writer.list(items, &item));
    }

    /// The same for a map, with a function for its values.
    pub fn map_member<K: AsRef<str> + Eq + Hash, T, S: BuildHasher>(
        &mut self,
        name: &'static str,
        entries: &Option<HashMap<K, T, S>>,
        value: impl Fn(&mut Self, &T),
    ) {
        self.member(name, entries, |writer, entries| writer.map(entries, &value));
    }

    /// Writes a null.
    pub fn null(&mut self) {
        self.value("null");
    }

    /// Writes an object without members.
    pub fn unit(&mut self) {
        self.begin_object();
        self.end_object();
    }

    /// Writes a value with a function, or null.
    #[inline]
    pub fn nullable<T>(&mut self, value: &Option<T>, write: impl Fn(&mut Self, &T)) {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    /// Writes a boolean.
    pub fn bool(&mut self, value: &bool) {
        self.value(if *value { "true" } else { "false" });
    }

    /// Writes an integer of any size.
    pub fn integer(&mut self, value: &(impl Copy + Into<i64>)) {
        self.print(format_args!("{}", (*value).into()));
    }

    /// Writes the shortest number that reads as the same `f32`, or the string `NaN`, `Infinity` or `-Infinity`.
    pub fn float(&mut self, value: &f32) {
        self.real(*value, (*value).into());
    }

    /// Writes the shortest number that reads as the same `f64`, or the string `NaN`, `Infinity` or `-Infinity`.
    pub fn double(&mut self, value: &f64) {
        self.real(*value, *value);
    }

    /// Writes a string.
    pub fn string(&mut self, text: &(impl AsRef<str> + ?Sized)) {
        self.quoted(text.as_ref(), b"\"");
    }

    /// Writes a timestamp as the number of seconds since the epoch, exact to the nanosecond.
    pub fn timestamp_epoch(&mut self, value: &DateTime) {
        let nanos = value.as_nanos();
        let sign = if nanos < 0 { "-" } else { "" };
        let (seconds, fraction) = (nanos.unsigned_abs() / NANOS_PER_SECOND, nanos.unsigned_abs() % NANOS_PER_SECOND);
        if fraction == 0 {
            self.print(format_args!("{sign}{seconds}"));
        } else {
            let fraction = format!("{fraction:09}");
            self.print(format_args!("{sign}{seconds}.{}", fraction.trim_end_matches('0')));
        }
    }

    /// Writes a timestamp as a date-time (RFC 3339) in UTC, exact to the microsecond, as AWS's SDK does. Beyond the years 1 to 9999, which this
    /// format does not have, it writes seconds since the epoch.
    pub fn timestamp_date_time(&mut self, value: &DateTime) {
        self.timestamp(value, Format::DateTime);
    }

    /// Writes a timestamp as an http-date (the preferred form of RFC 9110, section 5.6.7), exact to the second. Beyond the years 1 to 9999, which
    /// this format does not have, it writes seconds since the epoch.
    pub fn timestamp_http_date(&mut self, value: &DateTime) {
        self.timestamp(value, Format::HttpDate);
    }

    /// Writes bytes as a string in base64 (RFC 4648, section 4, padded).
    pub fn blob(&mut self, bytes: &(impl AsRef<[u8]> + ?Sized)) {
        self.print(format_args!("\"{}\"", base64::encode(bytes)));
    }

    /// Writes a document of any depth, with the members of its objects sorted by name.
    pub fn document(&mut self, document: &Document) {
        // The rest of the open objects and lists. There is no recursion, since the depth of a document is not limited.
        let mut open = Vec::new();
        let mut next = Some(document);
        loop {
            match next {
                Some(Document::Object(members)) => {
                    self.begin_object();
                    open.push(Rest::Object(sorted(members).into_iter()));
                }
                Some(Document::Array(items)) => {
                    self.begin_array();
                    open.push(Rest::Array(items.iter()));
                }
                Some(Document::Number(Number::PosInt(value))) => self.print(format_args!("{value}")),
                Some(Document::Number(Number::NegInt(value))) => self.integer(value),
                Some(Document::Number(Number::Float(value))) => self.double(value),
                Some(Document::String(text)) => self.string(text),
                Some(Document::Bool(value)) => self.bool(value),
                Some(Document::Null) => self.null(),
                // The innermost object or list has ended.
                None => {}
            }
            next = match open.last_mut() {
                None => return,
                Some(Rest::Object(members)) => members.next().map(|(name, value)| {
                    self.any_key(name);
                    value
                }),
                Some(Rest::Array(items)) => items.next(),
            };
            if next.is_none() {
                match open.pop() {
                    Some(Rest::Object(_)) => self.end_object(),
                    _ => self.end_array(),
                }
            }
        }
    }

    /// Writes a list with a function for its items.
    #[inline]
    pub fn list<T>(&mut self, items: &[T], item: impl Fn(&mut Self, &T)) {
        self.begin_array();
        for value in items {
            item(self, value);
        }
        self.end_array();
    }

    /// Writes a map as an object with a function for its values. It is sorted by key, so that equal maps give the same bytes.
    #[inline]
    pub fn map<K: AsRef<str> + Eq + Hash, T, S: BuildHasher>(&mut self, entries: &HashMap<K, T, S>, value: impl Fn(&mut Self, &T)) {
        self.begin_object();
        for (key, entry) in sorted(entries) {
            self.any_key(key.as_ref());
            value(self, entry);
        }
        self.end_object();
    }

    #[inline]
    fn begin(&mut self, opening: u8) {
        self.separate();
        self.out.push(opening);
        self.comma = false;
    }

    #[inline]
    fn end(&mut self, closing: u8) {
        self.out.push(closing);
        self.comma = true;
    }

    #[inline]
    fn separate(&mut self) {
        if self.comma {
            self.out.push(b',');
        }
        self.comma = true;
    }

    fn value(&mut self, text: &str) {
        self.separate();
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Writes the text of a JSON value.
    pub(super) fn print(&mut self, text: fmt::Arguments<'_>) {
        self.separate();
        // Writing to a Vec cannot fail.
        drop(self.out.write_fmt(text));
    }

    fn real(&mut self, value: impl fmt::Debug, widened: f64) {
        if widened.is_finite() {
            // Rust's `Debug` form is the shortest that reads as the same value, and uses exponents for very large and very small values.
            self.print(format_args!("{value:?}"));
        } else if widened.is_nan() {
            self.string("NaN");
        } else {
            self.string(if widened > 0.0 { "Infinity" } else { "-Infinity" });
        }
    }

    fn timestamp(&mut self, value: &DateTime, format: Format) {
        match value.fmt(format) {
            Ok(text) => self.string(&text),
            Err(_) => self.timestamp_epoch(value),
        }
    }

    /// Writes a string, with these bytes as its end.
    #[inline]
    fn quoted<const N: usize>(&mut self, text: &str, end: &[u8; N]) {
        self.separate();
        self.out.push(b'"');
        if scan::is_plain(text.as_bytes()) {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            self.escaped(text.as_bytes());
        }
        self.out.extend_from_slice(end);
    }

    /// Writes a text with escapes.
    fn escaped(&mut self, mut rest: &[u8]) {
        loop {
            let (plain, special) = rest.split_at(scan::plain_length(rest));
            self.out.extend_from_slice(plain);
            let Some((&byte, after)) = special.split_first() else { break };
            self.escape(byte);
            rest = after;
        }
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            b'"' | b'\\' => byte,
            _ => {
                drop(write!(self.out, "\\u{byte:04x}"));
                return;
            }
        };
        self.out.extend_from_slice(&[b'\\', short]);
    }
}

/// The rest of an open object or list of a document.
enum Rest<'a> {
    Object(std::vec::IntoIter<(&'a String, &'a Document)>),
    Array(std::slice::Iter<'a, Document>),
}

/// The entries of a map in the order of their keys.
pub(crate) fn sorted<K: AsRef<str>, T, S>(entries: &HashMap<K, T, S>) -> Vec<(&K, &T)> {
    let mut entries: Vec<_> = entries.iter().collect();
    order::sort(&mut entries, |(key, _)| (0, key.as_ref()));
    entries
}
