//! The canonical request. The signer and the service derive the same bytes from a request, even if proxies have changed its form.

use crate::config::http::HttpRequest;
use crate::endpoint::uri_encode;
use crate::error::BoxError;
use crate::hex;
use crate::order;
use aws_smithy_runtime_api::http::Headers;
use sha2::{Digest as _, Sha256};
use std::ops::Range;

/// The room for the canonical request and the string to sign, in bytes. Those of most requests without a session token fit.
const ROOM: usize = 1000;

/// The headers that are not signed: an earlier signature, and those that proxies change.
const UNSIGNED: [&str; 4] = ["authorization", "user-agent", "x-amzn-trace-id", "transfer-encoding"];

/// A canonical request.
pub(super) struct Canonical {
    pub(super) text: String,
    /// The place of the names of the signed headers in the text.
    pub(super) signed_headers: Range<usize>,
}

/// The canonical form of a request.
pub(super) fn request(request: &mut HttpRequest) -> Result<Canonical, BoxError> {
    // Services refuse a signature without the host.
    request.headers().get("host").ok_or("it has no header host")?;
    let mut text = String::with_capacity(ROOM);
    text.extend([request.method(), "\n"]);
    // The parts of the URI can be read only through `uri_mut`.
    let uri = request.uri_mut();
    push_path(&mut text, uri.path());
    text.push('\n');
    push_query(&mut text, uri.query().unwrap_or_default());
    text.push('\n');
    let signed_headers = push_headers(&mut text, request.headers());
    text.push('\n');
    match request.body().bytes() {
        Some(bytes) => hex::push(&mut text, &Sha256::digest(bytes)),
        None => text.push_str("UNSIGNED-PAYLOAD"),
    }
    Ok(Canonical { text, signed_headers })
}

/// Appends the path without dot segments (RFC 3986, section 5.2.4) and empty ones. It is encoded again, which all services but S3 expect.
fn push_path(text: &mut String, path: &str) {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    for segment in &segments {
        text.extend(["/", &uri_encode(segment)]);
    }
    if segments.is_empty() || matches!(path.rsplit('/').next(), Some("" | "." | "..")) {
        text.push('/');
    }
}

/// Appends the parameters, percent-encoded, and sorted by name and then by value. A parameter without a value has an empty one.
fn push_query(text: &mut String, query: &str) {
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    let pairs = parameters.map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")));
    let encoded: Vec<_> = pairs.map(|(name, value)| (uri_encode(&decoded(name)), uri_encode(&decoded(value)))).collect();
    let mut pairs: Vec<(&str, &str)> = encoded.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    order::sort(&mut pairs, |(_, value)| (0, value));
    order::sort(&mut pairs, |(name, _)| (0, name));
    for (index, (name, value)) in pairs.into_iter().enumerate() {
        text.extend([if index > 0 { "&" } else { "" }, name, "=", value]);
    }
}

/// The text of a name or a value in a query, where a plus sign stands for a space (URL Standard, `application/x-www-form-urlencoded`).
fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&hex::percent_decoded(&text.replace('+', " "))).into_owned()
}

/// Appends each header once, with all of its values, and then their names. Returns the place of the names.
fn push_headers(text: &mut String, headers: &Headers) -> Range<usize> {
    // There is room for the headers of most requests.
    let mut sorted: Vec<(&str, &str)> = Vec::with_capacity(16);
    sorted.extend(headers.iter().filter(|(name, _)| !UNSIGNED.contains(name)));
    // The values of a header keep their order.
    order::sort(&mut sorted, |(name, _)| (0, name));
    for same in sorted.chunk_by(|(name, _), (next, _)| name == next) {
        for (index, &(name, value)) in same.iter().enumerate() {
            text.extend(if index == 0 { [name, ":"] } else { ["", ","] });
            push_trimmed(text, value);
        }
        text.push('\n');
    }
    text.push('\n');
    let start = text.len();
    sorted.dedup_by_key(|(name, _)| *name);
    for (index, &(name, _)) in sorted.iter().enumerate() {
        text.extend([if index > 0 { ";" } else { "" }, name]);
    }
    start..text.len()
}

/// Appends a value without spaces at its ends, and with single spaces between words.
fn push_trimmed(text: &mut String, value: &str) {
    for (index, word) in value.split(' ').filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}
