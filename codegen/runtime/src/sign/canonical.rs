//! The canonical request. The signer and the service derive the same bytes from a request, even if proxies have changed its form.

use super::{DIGEST, UNSIGNED_PAYLOAD};
use crate::endpoint::uri_encode;
use crate::error::BoxError;
use crate::headers;
use crate::hex;
use crate::http::Request;
use crate::order;
use http::header::{HOST, HeaderMap};
use sha2::{Digest as _, Sha256};
use std::ops::Range;

/// The room for the canonical request and the string to sign, in bytes. Those of most requests without a session token fit.
const ROOM: usize = 1000;

/// The headers that are not signed: an earlier signature, those that proxies change, and, as in botocore, those that only tell of the attempt.
const UNSIGNED: [&str; 6] =
    ["authorization", "user-agent", "x-amzn-trace-id", "transfer-encoding", "amz-sdk-invocation-id", "amz-sdk-request"];

/// A canonical request.
pub(super) struct Canonical {
    pub(super) text: Vec<u8>,
    /// The place of the names of the signed headers in the text.
    pub(super) signed_headers: Range<usize>,
}

/// The canonical form of a request.
pub(super) fn request(request: &Request) -> Result<Canonical, BoxError> {
    // Services refuse a signature without the host.
    headers::get(request.headers(), HOST).ok_or("it has no header host")?;
    let mut text = Vec::with_capacity(ROOM);
    push(&mut text, &[request.method().as_str(), "\n"]);
    push_path(&mut text, request.uri().path());
    text.push(b'\n');
    push_query(&mut text, request.uri().query().unwrap_or_default());
    text.push(b'\n');
    let signed_headers = push_headers(&mut text, request.headers());
    text.push(b'\n');
    match (headers::get(request.headers(), DIGEST), request.body().bytes()) {
        (Some(digest), _) => push(&mut text, &[digest]),
        (None, Some(bytes)) => hex::push(&mut text, &Sha256::digest(bytes)),
        (None, None) => push(&mut text, &[UNSIGNED_PAYLOAD]),
    }
    Ok(Canonical { text, signed_headers })
}

/// Appends texts.
pub(super) fn push(text: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        text.extend_from_slice(part.as_bytes());
    }
}

/// Appends the path without dot segments (RFC 3986, section 5.2.4) and empty ones. It is encoded again, which all services but S3 expect.
fn push_path(text: &mut Vec<u8>, path: &str) {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    for segment in &segments {
        push(text, &["/", &uri_encode(segment)]);
    }
    if segments.is_empty() || matches!(path.rsplit('/').next(), Some("" | "." | "..")) {
        text.push(b'/');
    }
}

/// Appends the parameters, percent-encoded, and sorted by name and then by value. A parameter without a value has an empty one.
fn push_query(text: &mut Vec<u8>, query: &str) {
    let parameters = query.split('&').filter(|parameter| !parameter.is_empty());
    let pairs = parameters.map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")));
    let encoded: Vec<_> = pairs.map(|(name, value)| (uri_encode(&decoded(name)), uri_encode(&decoded(value)))).collect();
    let mut pairs: Vec<(&str, &str)> = encoded.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    order::sort(&mut pairs, |(_, value)| (0, value));
    order::sort(&mut pairs, |(name, _)| (0, name));
    for (index, (name, value)) in pairs.into_iter().enumerate() {
        push(text, &[if index > 0 { "&" } else { "" }, name, "=", value]);
    }
}

/// The text of a name or a value in a query, where a plus sign stands for a space (URL Standard, `application/x-www-form-urlencoded`).
fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&hex::percent_decoded(&text.replace('+', " "))).into_owned()
}

/// Appends each header once, with all of its values, and then their names. Returns the place of the names.
fn push_headers(text: &mut Vec<u8>, map: &HeaderMap) -> Range<usize> {
    // There is room for the headers of most requests.
    let mut sorted: Vec<(&str, &[u8])> = Vec::with_capacity(16);
    let all = map.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    sorted.extend(all.filter(|(name, value)| !UNSIGNED.contains(name) && (value.is_ascii() || str::from_utf8(value).is_ok())));
    // The values of a header keep their order.
    order::sort(&mut sorted, |(name, _)| (0, name));
    for same in sorted.chunk_by(|(name, _), (next, _)| name == next) {
        for (index, &(name, value)) in same.iter().enumerate() {
            match index {
                0 => push(text, &[name, ":"]),
                _ => text.push(b','),
            }
            push_trimmed(text, value);
        }
        text.push(b'\n');
    }
    text.push(b'\n');
    let start = text.len();
    sorted.dedup_by_key(|(name, _)| *name);
    for (index, &(name, _)) in sorted.iter().enumerate() {
        push(text, &[if index > 0 { ";" } else { "" }, name]);
    }
    start..text.len()
}

/// Appends a value without spaces at its ends, and with single spaces between words.
fn push_trimmed(text: &mut Vec<u8>, value: &[u8]) {
    for (index, word) in value.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).enumerate() {
        if index > 0 {
            text.push(b' ');
        }
        text.extend_from_slice(word);
    }
}
