//! The requests that a server receives.

use serde_json::Value;

/// A complete request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The request's position among all requests of the server, counted from 1.
    pub number: usize,
    /// The number of the connection, counted from 1.
    pub connection: usize,
    /// The request's position among those of its connection, counted from 1.
    pub turn: usize,
    /// The request line and the headers, without the empty line.
    pub head: String,
    /// The body; null when it is not JSON.
    pub body: Value,
}

impl Request {
    /// The request at the beginning of these bytes, not yet counted, with its length in bytes; `None` when it is not complete.
    pub(super) fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut request = Self { number: 0, connection: 0, turn: 0, head, body: Value::Null };
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let body = bytes.get(end + 4..)?.get(..length)?;
        request.body = serde_json::from_slice(body).unwrap_or_default();
        Some((request, end + 4 + length))
    }

    /// The request line.
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The name of the operation.
    pub fn operation(&self) -> &str {
        self.header("x-amz-target").and_then(|target| target.rsplit('.').next()).unwrap_or_default()
    }

    /// The id of the access key that signed the request.
    pub fn key(&self) -> Option<&str> {
        let (_, rest) = self.header("authorization")?.split_once("Credential=")?;
        rest.split('/').next()
    }

    /// The idempotency token.
    pub fn token(&self) -> Option<&str> {
        self.body["idempotencyToken"].as_str()
    }
}
