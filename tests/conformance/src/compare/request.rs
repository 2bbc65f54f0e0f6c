//! Requests: method, URI, headers and body.

use super::{cbor, differs, value};
use crate::protocols::Encoding;
use anyhow::{Context as _, Result};
use aws_smithy_types::base64;
use serde_json::Value;

/// A request that was sent.
struct Sent<'a> {
    method: &'a str,
    /// The whole URI.
    uri: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    body: Vec<u8>,
}

impl<'a> Sent<'a> {
    fn of(request: &'a Value) -> Result<Self> {
        let text = |key: &str| request[key].as_str().with_context(|| format!("the request has no `{key}`"));
        let headers = request["headers"].as_array().context("the request has no headers")?;
        let header = |pair: &'a Value| Some((pair[0].as_str()?, pair[1].as_str()?));
        let body = base64::decode(text("body")?).context("the body is not base64")?;
        Ok(Self { method: text("method")?, uri: text("uri")?, headers: headers.iter().filter_map(header).collect(), body })
    }

    /// The values of a header, joined as a server joins them.
    fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The host with its port, and the path with the query.
    fn parts(&self) -> (&str, &str) {
        let rest = self.uri.split_once("://").map_or(self.uri, |(_, rest)| rest);
        let path = rest.find(['/', '?']).unwrap_or(rest.len());
        rest.split_at(path)
    }
}

/// The differences of the request that was sent.
pub(super) fn differences(expected: &Value, encoding: Encoding, observation: &Value) -> Vec<String> {
    if observation["sent"].is_null() {
        return vec![format!("nothing is sent: {}", observation["error"]["line"].as_str().unwrap_or("without an error"))];
    }
    match Sent::of(&observation["sent"]) {
        Ok(sent) => {
            let mut all = line(expected, &sent);
            all.extend(headers(expected, &sent));
            all.extend(body(expected, encoding, &sent.body).unwrap_or_else(|error| vec![format!("{error:#}")]));
            all
        }
        Err(error) => vec![format!("{error:#}")],
    }
}

/// The differences of the method, the host, the path and the query. The order of a query's parts has no meaning.
fn line(expected: &Value, sent: &Sent<'_>) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(method) = expected["method"].as_str().filter(|method| *method != sent.method) {
        all.push(differs("the method", method, sent.method));
    }
    let (host, found) = sent.parts();
    // A suite writes the path of its endpoint as a part of the host, too.
    let expected_host = expected["host"].as_str().and_then(|host| host.split('/').next());
    if let Some(expected) = expected_host.filter(|expected| *expected != host) {
        all.push(differs("the host", expected, host));
    }
    let uri = expected["uri"].as_str().unwrap_or("/");
    if split(uri) != split(found) {
        all.push(differs("the URI", uri, found));
    }
    all
}

/// A path, and the sorted parts of its query.
fn split(uri: &str) -> (&str, Vec<&str>) {
    let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let mut parts: Vec<&str> = query.split('&').filter(|part| !part.is_empty()).collect();
    parts.sort_unstable();
    (path, parts)
}

/// The differences of the headers, which may have and lack a space after the commas of a list.
fn headers(expected: &Value, sent: &Sent<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        match sent.header(name) {
            Some(found) if found.replace(", ", ",") == value.replace(", ", ",") => {}
            Some(found) => all.push(differs(&format!("the header {name}"), value, found)),
            None => all.push(differs(&format!("the header {name}"), value, "nothing")),
        }
    }
    let names = |key: &str| expected[key].as_array().into_iter().flatten().filter_map(Value::as_str);
    all.extend(names("requireHeaders").filter(|name| sent.header(name).is_none()).map(|name| format!("the header {name} is missing")));
    let forbidden = names("forbidHeaders").filter(|name| sent.header(name).is_some());
    all.extend(forbidden.map(|name| format!("the header {name} must not be sent")));
    all
}

/// The differences of the body, by its media type: values of JSON, or the same bytes.
fn body(expected: &Value, encoding: Encoding, found: &[u8]) -> Result<Vec<String>> {
    let Some(expected) = expected["body"].as_str() else { return Ok(Vec::new()) };
    if encoding == Encoding::Base64 {
        let expected = base64::decode(expected).context("the expected body is not base64")?;
        return Ok(match (expected.as_slice(), found) {
            ([], []) => Vec::new(),
            ([], _) | (_, []) => vec![differs("the body's length", expected.len(), found.len())],
            (expected, found) => value::differences("the body", &cbor::read(expected)?, &cbor::read(found)?),
        });
    }
    if expected.as_bytes() == found {
        return Ok(Vec::new());
    }
    if let (Ok(expected), Ok(found)) = (serde_json::from_str(expected), serde_json::from_slice(found)) {
        return Ok(value::differences("the body", &expected, &found));
    }
    Ok(vec![differs("the body", expected, String::from_utf8_lossy(found))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sent(uri: &str, headers: &Value, body: &str) -> Value {
        json!({ "sent": { "method": "POST", "uri": uri, "headers": headers, "body": base64::encode(body) } })
    }

    #[track_caller]
    fn check(expected: &Value, observation: &Value, lines: &[&str]) {
        assert_eq!(differences(expected, Encoding::Text, observation), lines);
    }

    #[test]
    fn a_request_is_compared_whole() {
        let expected = json!({ "method": "PUT", "uri": "/a?x=1&y", "host": "foo.example.com", "body": "{\"a\": 1}",
            "headers": { "X-List": "a, b", "X-None": "" }, "requireHeaders": ["Content-Length"], "forbidHeaders": ["X-Bad"] });
        let found = sent("https://example.com/b?y&x=1", &json!([["x-list", "b"], ["x-bad", "1"]]), r#"{"a":2}"#);
        let lines = [
            "the method: expected PUT, found POST",
            "the host: expected foo.example.com, found example.com",
            "the URI: expected /a?x=1&y, found /b?y&x=1",
            "the header X-List: expected a, b, found b",
            "the header X-None: expected , found nothing",
            "the header Content-Length is missing",
            "the header X-Bad must not be sent",
            "the body.a: expected 1, found 2",
        ];
        check(&expected, &found, &lines);
    }

    #[test]
    fn spaces_and_order_that_mean_nothing_are_not_compared() {
        let expected = json!({ "uri": "/custom/?x=1&y", "host": "example.com/custom", "headers": { "X-List": "a, b" }, "body": "{ }" });
        check(&expected, &sent("https://example.com/custom/?y&x=1", &json!([["X-LIST", "a"], ["x-list", "b"]]), "{}"), &[]);
        check(&json!({ "uri": "/", "body": "plain" }), &sent("https://example.com/", &json!([]), "plain"), &[]);
        check(&json!({ "body": "plain" }), &sent("https://e/", &json!([]), "other"), &["the body: expected plain, found other"]);
        check(&json!({}), &json!({ "error": { "line": "no region" } }), &["nothing is sent: no region"]);
    }
}
