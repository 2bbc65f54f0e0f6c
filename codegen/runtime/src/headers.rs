//! Headers as texts. A value that is not UTF-8 counts as absent, as in AWS's SDK.

use crate::error::BoxError;
use http::header::{AsHeaderName, HeaderMap, HeaderName, HeaderValue};

/// The first value of a header.
pub(crate) fn get(headers: &HeaderMap, name: impl AsHeaderName) -> Option<&str> {
    headers.get(name).and_then(text)
}

/// The values of a header.
pub(crate) fn get_all(headers: &HeaderMap, name: impl AsHeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).into_iter().filter_map(text)
}

/// The names and values of all headers.
pub(crate) fn all(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers.iter().filter_map(|(name, value)| Some((name.as_str(), text(value)?)))
}

/// Sets a header to one value.
///
/// # Errors
///
/// A value that no header can have, such as one with a line break.
pub(crate) fn set<V>(headers: &mut HeaderMap, name: HeaderName, value: V) -> Result<(), BoxError>
where
    HeaderValue: TryFrom<V, Error: Into<BoxError>>,
{
    insert(headers, name, HeaderValue::try_from(value).map_err(Into::into))
}

// Not generic, so that it is compiled once.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: Result<HeaderValue, BoxError>) -> Result<(), BoxError> {
    headers.insert(name, value?);
    Ok(())
}

fn text(value: &HeaderValue) -> Option<&str> {
    std::str::from_utf8(value.as_bytes()).ok()
}
