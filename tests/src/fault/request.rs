//! A request as it came.

use serde_json::Value;

/// A request that came whole.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which request of the server this is, counted from 1.
    pub number: usize,
    /// Which connection it came on, counted from 1.
    pub connection: usize,
    /// Which request of its connection this is, counted from 1.
    pub turn: usize,
    /// The request line and the headers, without the empty line.
    pub head: String,
    /// The body; null when it is no JSON.
    pub body: Value,
}

impl Request {
    /// The request at the beginning of these bytes, not yet counted, and how many of the bytes it takes; `None` when it is not whole.
    pub(super) fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut request = Self { number: 0, connection: 0, turn: 0, head, body: Value::Null };
        let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let body = bytes.get(end + 4..)?.get(..length)?;
        request.body = serde_json::from_slice(body).unwrap_or_default();
        Some((request, end + 4 + length))
    }

    /// The first line.
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap_or_default()
    }

    /// The value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The operation that is asked for.
    pub fn operation(&self) -> &str {
        self.header("x-amz-target").and_then(|target| target.rsplit('.').next()).unwrap_or_default()
    }

    /// The id of the access key that it is signed with.
    pub fn key(&self) -> Option<&str> {
        let (_, rest) = self.header("authorization")?.split_once("Credential=")?;
        rest.split('/').next()
    }

    /// The token that makes a repetition known for what it is.
    pub fn token(&self) -> Option<&str> {
        self.body["idempotencyToken"].as_str()
    }
}
