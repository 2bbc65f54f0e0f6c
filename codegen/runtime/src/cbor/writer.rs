//! The CBOR writer.

use super::head::{
    BREAK, BYTES, DOUBLE, EIGHT_BYTES, FALSE, FOUR_BYTES, INDEFINITE, LIST, MAP, NEGATIVE, NULL, ONE_BYTE, SIMPLE, SINGLE, TAG, TEXT, TRUE,
    TWO_BYTES, UNSIGNED,
};
use crate::json::sorted;
use aws_smithy_types::{DateTime, Document, Number};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

/// The tag of a timestamp in seconds since the epoch.
const EPOCH_SECONDS: u64 = 1;

/// Writes a CBOR document, with every value in its shortest form but half-precision numbers, which not all services read.
///
/// The caller has to match begins with ends, and to write keys in objects. Writing cannot fail, since each value has a form in CBOR.
#[derive(Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// Creates a writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a writer with an initial capacity in bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { out: Vec::with_capacity(bytes) }
    }

    /// The document.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Opens an object. Its length is not written, since the members that are absent are not counted.
    #[inline]
    pub fn begin_object(&mut self) {
        self.out.push(MAP << 5 | INDEFINITE);
    }

    /// Closes an object.
    #[inline]
    pub fn end_object(&mut self) {
        self.out.push(BREAK);
    }

    /// Writes the name of a member. The caller has to write the value next.
    #[inline]
    pub fn key(&mut self, name: &str) {
        self.string(name);
    }

    /// Writes a member that may be absent, with a function for its value.
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
        self.out.push(SIMPLE << 5 | NULL);
    }

    /// Writes an object without members.
    pub fn unit(&mut self) {
        self.head(MAP, 0);
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
        self.out.push(SIMPLE << 5 | if *value { TRUE } else { FALSE });
    }

    /// Writes an integer of any size.
    pub fn integer(&mut self, value: &(impl Copy + Into<i64>)) {
        let value = (*value).into();
        match u64::try_from(value) {
            Ok(value) => self.head(UNSIGNED, value),
            // The argument of a negative number is its distance from -1.
            Err(_) => self.head(NEGATIVE, (!value).unsigned_abs()),
        }
    }

    /// Writes a single-precision number.
    pub fn float(&mut self, value: &f32) {
        self.out.push(SIMPLE << 5 | SINGLE);
        self.out.extend_from_slice(&value.to_bits().to_be_bytes());
    }

    /// Writes a double-precision number, in single precision if that is exact.
    #[expect(clippy::cast_possible_truncation, reason = "the value is compared with the original")]
    pub fn double(&mut self, value: &f64) {
        let single = if value.is_nan() { f32::NAN } else { *value as f32 };
        if value.is_nan() || f64::from(single).to_bits() == value.to_bits() {
            return self.float(&single);
        }
        self.out.push(SIMPLE << 5 | DOUBLE);
        self.out.extend_from_slice(&value.to_bits().to_be_bytes());
    }

    /// Writes a string.
    #[inline]
    pub fn string(&mut self, text: &(impl AsRef<str> + ?Sized)) {
        let text = text.as_ref();
        self.length(TEXT, text.len());
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Writes a timestamp as the number of seconds since the epoch. One with a fraction is the nearest double-precision number, which around the
    /// present is exact to the microsecond.
    #[expect(clippy::cast_precision_loss, reason = "the nearest double-precision number is asked for")]
    pub fn timestamp(&mut self, value: &DateTime) {
        self.head(TAG, EPOCH_SECONDS);
        match value.subsec_nanos() {
            0 => self.integer(&value.secs()),
            nanos => self.double(&(value.secs() as f64 + f64::from(nanos) / 1e9)),
        }
    }

    /// Writes bytes.
    pub fn blob(&mut self, bytes: &(impl AsRef<[u8]> + ?Sized)) {
        let bytes = bytes.as_ref();
        self.length(BYTES, bytes.len());
        self.out.extend_from_slice(bytes);
    }

    /// Writes a document of any depth, with the members of its objects sorted by name.
    pub fn document(&mut self, document: &Document) {
        // The values that follow, the next one last. There is no recursion, since the depth of a document is not limited.
        let mut rest = vec![(None, document)];
        while let Some((name, value)) = rest.pop() {
            if let Some(name) = name {
                self.key(name);
            }
            match value {
                Document::Object(members) => {
                    self.length(MAP, members.len());
                    rest.extend(sorted(members).into_iter().rev().map(|(name, value)| (Some(name.as_str()), value)));
                }
                Document::Array(items) => {
                    self.length(LIST, items.len());
                    rest.extend(items.iter().rev().map(|value| (None, value)));
                }
                Document::Number(Number::PosInt(value)) => self.head(UNSIGNED, *value),
                Document::Number(Number::NegInt(value)) => self.integer(value),
                Document::Number(Number::Float(value)) => self.double(value),
                Document::String(text) => self.string(text),
                Document::Bool(value) => self.bool(value),
                Document::Null => self.null(),
            }
        }
    }

    /// Writes a list with a function for its items.
    #[inline]
    pub fn list<T>(&mut self, items: &[T], item: impl Fn(&mut Self, &T)) {
        self.length(LIST, items.len());
        for value in items {
            item(self, value);
        }
    }

    /// Writes a map as an object with a function for its values. It is sorted by key, so that equal maps give the same bytes.
    #[inline]
    pub fn map<K: AsRef<str> + Eq + Hash, T, S: BuildHasher>(&mut self, entries: &HashMap<K, T, S>, value: impl Fn(&mut Self, &T)) {
        self.length(MAP, entries.len());
        for (key, entry) in sorted(entries) {
            self.key(key.as_ref());
            value(self, entry);
        }
    }

    /// Writes the head of a value with a length.
    #[inline]
    fn length(&mut self, major: u8, length: usize) {
        // No slice is longer than 64 bits can tell.
        self.head(major, length.try_into().unwrap_or(u64::MAX));
    }

    /// Writes a head with the shortest form of its argument.
    #[inline]
    fn head(&mut self, major: u8, argument: u64) {
        let first = major << 5;
        match (u8::try_from(argument), u16::try_from(argument), u32::try_from(argument)) {
            (Ok(value), ..) if value < ONE_BYTE => self.out.push(first | value),
            (Ok(value), ..) => self.out.extend_from_slice(&[first | ONE_BYTE, value]),
            (_, Ok(value), _) => self.long_head(first | TWO_BYTES, &value.to_be_bytes()),
            (.., Ok(value)) => self.long_head(first | FOUR_BYTES, &value.to_be_bytes()),
            _ => self.long_head(first | EIGHT_BYTES, &argument.to_be_bytes()),
        }
    }

    fn long_head(&mut self, first: u8, argument: &[u8]) {
        self.out.push(first);
        self.out.extend_from_slice(argument);
    }
}
