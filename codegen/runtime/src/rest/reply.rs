//! The parts of a reply that are bound to its status, its headers and its whole body.

use super::text;
use crate::error::BoxError;
use crate::headers;
use crate::json;
use crate::protocol::json_document;
use crate::reply::Reply;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{Blob, DateTime, base64};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::str::FromStr;

/// The reply has a header that is not of its member's type. It displays the header's name and not its value, which may be secret.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidHeader {
    name: &'static str,
    expected: &'static str,
}

impl fmt::Display for InvalidHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{}` is not a valid {}", self.name, self.expected)
    }
}

impl std::error::Error for InvalidHeader {}

impl Reply<'_> {
    /// The status.
    pub fn status(&self) -> i32 {
        self.status.into()
    }

    /// A header's value as a text or an enum.
    pub fn text<T: for<'t> From<&'t str>>(&self, name: &'static str) -> Option<T> {
        self.header(name).map(T::from)
    }

    /// A header's value as a list of texts or enums.
    pub fn texts<T: for<'t> From<&'t str>>(&self, name: &'static str) -> Option<Vec<T>> {
        let items = |value: &str| text::items(value).into_iter().map(|item| T::from(item.as_str()));
        self.list(name, |values| values.flat_map(items).collect())
    }

    /// A header's value as a boolean or a number.
    pub fn value<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, InvalidHeader> {
        self.header(name).map(|value| parsed(name, value)).transpose()
    }

    /// A header's value as a list of booleans or numbers.
    pub fn values<T: FromStr>(&self, name: &'static str) -> Result<Option<Vec<T>>, InvalidHeader> {
        let items = |value: &str| text::items(value).into_iter().map(|item| parsed(name, &item));
        self.list(name, |values| values.flat_map(items).collect()).transpose()
    }

    /// A header's value as a timestamp of any format.
    pub fn timestamp(&self, name: &'static str) -> Result<Option<DateTime>, InvalidHeader> {
        self.header(name).map(|value| moment(name, value)).transpose()
    }

    /// A header's value as a list of timestamps. An http-date has a comma after the day of the week.
    pub fn timestamps(&self, name: &'static str) -> Result<Option<Vec<DateTime>>, InvalidHeader> {
        let items = |value: &str| {
            let mut moments = Vec::new();
            let mut day = None;
            for item in text::items(value) {
                if item.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                    day = Some(item);
                    continue;
                }
                let whole = day.take().map_or_else(|| item.clone(), |day| format!("{day}, {item}"));
                moments.push(moment(name, &whole));
            }
            moments
        };
        self.list(name, |values| values.flat_map(items).collect()).transpose()
    }

    /// A header's value as a text that is sent in base64.
    pub fn base64(&self, name: &'static str) -> Result<Option<String>, InvalidHeader> {
        let decoded = |value: &str| String::from_utf8(base64::decode(value.trim()).ok()?).ok();
        let decode = |value| decoded(value).ok_or(InvalidHeader { name, expected: "text in base64" });
        self.header(name).map(decode).transpose()
    }

    /// The values of all headers whose names begin with a prefix, by the rest of their names.
    pub fn prefixed<K: for<'t> From<&'t str> + Eq + Hash, T: for<'t> From<&'t str>>(&self, prefix: &str) -> Option<HashMap<K, T>> {
        let shown = headers::all(self.headers).filter(|(_, value)| self.may_show(value));
        let named = shown.filter_map(|(name, value)| Some((name.strip_prefix(prefix)?, value)));
        Some(named.map(|(name, value)| (K::from(name), T::from(value))).collect())
    }

    /// The whole body; none if it is empty.
    pub fn blob(&self) -> Option<Blob> {
        (!self.body.is_empty()).then(|| Blob::new(self.body))
    }

    /// The whole body, which the caller reads. It can be taken once.
    pub fn stream(&self) -> ByteStream {
        ByteStream::new(self.stream.take().map_or_else(SdkBody::empty, SdkBody::from))
    }

    /// The whole body as a text or an enum; none if it is empty.
    ///
    /// # Errors
    ///
    /// A body that is not UTF-8.
    pub fn string<T: for<'t> From<&'t str>>(&self) -> Result<Option<T>, BoxError> {
        let text = std::str::from_utf8(self.body).map_err(|_| "the body is not UTF-8")?;
        Ok((!text.is_empty()).then(|| T::from(text)))
    }

    /// The whole body as a value; none if it is empty.
    ///
    /// # Errors
    ///
    /// A body that is not the value in JSON.
    pub fn payload<T>(&self, read: impl FnOnce(&mut json::Reader<'_>) -> Result<Option<T>, json::Error>) -> Result<Option<T>, BoxError> {
        if self.body.trim_ascii().is_empty() {
            return Ok(None);
        }
        self.document(read)
    }

    /// Reads the body's document with a function. An empty body counts as an object without members.
    ///
    /// # Errors
    ///
    /// A body that is not JSON, or has a member of another type.
    pub fn document<T>(&self, read: impl FnOnce(&mut json::Reader<'_>) -> Result<T, json::Error>) -> Result<T, BoxError> {
        let mut reader = json::Reader::new(json_document(self.body, true)?)?;
        let value = read(&mut reader)?;
        reader.finish()?;
        Ok(value)
    }

    /// Checks a body that has no members of the output.
    ///
    /// # Errors
    ///
    /// A body that is not JSON: the page of a proxy or a portal.
    pub fn no_document(&self) -> Result<(), BoxError> {
        json_document(self.body, true).map(drop)
    }

    /// A header's first value.
    fn header(&self, name: &str) -> Option<&str> {
        headers::get(self.headers, name).filter(|value| self.may_show(value))
    }

    fn list<T>(&self, name: &str, read: impl FnOnce(&mut dyn Iterator<Item = &str>) -> T) -> Option<T> {
        let mut values = headers::get_all(self.headers, name).filter(|value| self.may_show(value)).peekable();
        values.peek()?;
        Some(read(&mut values))
    }

    fn may_show(&self, value: &str) -> bool {
        self.secrets.is_none_or(|secrets| !secrets.are_quoted_in(value))
    }
}

fn parsed<T: FromStr>(name: &'static str, value: &str) -> Result<T, InvalidHeader> {
    value.trim().parse().map_err(|_| InvalidHeader { name, expected: std::any::type_name::<T>() })
}

fn moment(name: &'static str, value: &str) -> Result<DateTime, InvalidHeader> {
    json::moment(value.trim()).ok_or(InvalidHeader { name, expected: "timestamp" })
}
