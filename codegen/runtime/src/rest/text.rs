//! The text forms of values in URIs and headers.

use crate::json;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, base64 as encoding};
use std::collections::HashMap;

/// The shortest text that reads as the same `f32`, or `NaN`, `Infinity` or `-Infinity`.
pub fn float(value: f32) -> String {
    if value.is_finite() { format!("{value:?}") } else { not_finite(value.into()) }
}

/// The shortest text that reads as the same `f64`, or `NaN`, `Infinity` or `-Infinity`.
pub fn double(value: f64) -> String {
    if value.is_finite() { format!("{value:?}") } else { not_finite(value) }
}

fn not_finite(value: f64) -> String {
    let text = if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    };
    text.to_owned()
}

/// A timestamp as a date-time (RFC 3339) in UTC.
pub fn date_time(value: &DateTime) -> String {
    moment(value, Format::DateTime)
}

/// A timestamp as an http-date (the preferred form of RFC 9110, section 5.6.7), exact to the second.
pub fn http_date(value: &DateTime) -> String {
    moment(value, Format::HttpDate)
}

/// A timestamp as the number of seconds since the epoch.
pub fn epoch_seconds(value: &DateTime) -> String {
    moment(value, Format::EpochSeconds)
}

/// The form is that of seconds for years that the format does not have, as in JSON.
fn moment(value: &DateTime, format: Format) -> String {
    value.fmt(format).or_else(|_| value.fmt(Format::EpochSeconds)).unwrap_or_else(|_| value.secs().to_string())
}

/// Bytes in base64 (RFC 4648, section 4, padded).
pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    encoding::encode(bytes)
}

/// A list in one header.
pub fn list<T>(items: impl IntoIterator<Item = T>, text: impl Fn(T) -> String) -> String {
    let texts: Vec<String> = items.into_iter().map(text).collect();
    texts.join(", ")
}

/// A text as an item of a list: in quotes if it has a comma or a quote, or white space at its ends.
pub fn quoted(text: &str) -> String {
    let is_plain = !text.contains([',', '"']) && text.trim() == text;
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// The entries of a map in the order of their keys, so that equal maps give the same request.
pub fn entries<K: AsRef<str>, T, S>(map: &HashMap<K, T, S>) -> Vec<(&str, &T)> {
    json::sorted(map).into_iter().map(|(key, value)| (key.as_ref(), value)).collect()
}

/// The items of a list of texts: a text in quotes may have commas. Empty items are ignored (RFC 9110, section 5.6.1.2).
pub(super) fn items(mut text: &str) -> Vec<String> {
    let mut items = Vec::new();
    loop {
        text = text.trim_start();
        if let Some(rest) = text.strip_prefix('"') {
            let (item, after) = unquoted(rest);
            items.push(item);
            text = after;
        }
        let (plain, after) = text.split_once(',').map_or((text, None), |(plain, after)| (plain, Some(after)));
        if !plain.trim().is_empty() {
            items.push(plain.trim().to_owned());
        }
        match after {
            Some(after) => text = after,
            None => return items,
        }
    }
}

/// The text up to the closing quote, and the text behind that.
fn unquoted(text: &str) -> (String, &str) {
    let mut item = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (item, text.get(at + 1..).unwrap_or_default()),
            '\\' => item.extend(characters.next().map(|(_, escaped)| escaped)),
            other => item.push(other),
        }
    }
    (item, "")
}
