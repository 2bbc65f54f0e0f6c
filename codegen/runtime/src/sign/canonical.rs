//! The canonical request. The signer and the service derive the same bytes from a request, even if proxies have changed its form.

use crate::config::http::HttpRequest;
use crate::endpoint::uri_encode;
use crate::error::BoxError;
use crate::hex;
use aws_smithy_runtime_api::http::Headers;
use sha2::{Digest as _, Sha256};

/// The headers that are not signed: an earlier signature, and those that proxies change.
const UNSIGNED: [&str; 4] = ["authorization", "user-agent", "x-amzn-trace-id", "transfer-encoding"];

/// The canonical request, and the names of the headers in it.
pub(super) fn request(request: &mut HttpRequest) -> Result<(String, String), BoxError> {
    // Services refuse a signature without the host.
    request.headers().get("host").ok_or("it has no header host")?;
    let mut text = String::with_capacity(1000);
    text.extend([request.method(), "\n"]);
    // The parts of the URI can be read only through `uri_mut`.
    let uri = request.uri_mut();
    push_path(&mut text, uri.path());
    text.push('\n');
    push_query(&mut text, uri.query().unwrap_or_default());
    text.push('\n');
    let names = push_headers(&mut text, request.headers());
    text.extend(["\n", &names, "\n"]);
    hex::push(&mut text, &Sha256::digest(request.body().bytes().ok_or("its body is not in memory")?));
    Ok((text, names))
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
    let mut pairs: Vec<_> = pairs.map(|(name, value)| (uri_encode(&decoded(name)), uri_encode(&decoded(value)))).collect();
    pairs.sort_unstable();
    for (index, (name, value)) in pairs.iter().enumerate() {
        text.extend([if index > 0 { "&" } else { "" }, name, "=", value]);
    }
}

/// The text of a name or a value in a query, where a plus sign stands for a space (URL Standard, `application/x-www-form-urlencoded`).
fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&hex::percent_decoded(&text.replace('+', " "))).into_owned()
}

/// Appends each header once, with all of its values, and returns the names.
fn push_headers(text: &mut String, headers: &Headers) -> String {
    // There is room for the headers of most requests.
    let mut sorted: Vec<(&str, &str)> = Vec::with_capacity(16);
    sorted.extend(headers.iter().filter(|(name, _)| !UNSIGNED.contains(name)));
    // Stable, so that the values of a header keep their order.
    sorted.sort_by_key(|(name, _)| *name);
    let (mut names, mut last) = (String::with_capacity(200), "");
    for (name, value) in sorted {
        if name == last {
            text.push(',');
        } else {
            if !last.is_empty() {
                names.push(';');
                text.push('\n');
            }
            names.push_str(name);
            text.extend([name, ":"]);
            last = name;
        }
        push_trimmed(text, value);
    }
    text.push('\n');
    names
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
