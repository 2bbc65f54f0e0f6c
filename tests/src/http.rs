//! A small HTTP/1.1 implementation for the setup calls and the tampering proxy: one message per connection, bodies with a length.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// The timeout of one read or write.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum size of a message in bytes, which bounds the memory that a faulty peer can use.
const LONGEST: u64 = 1 << 20;

/// A request or a response: start line, headers in their order, body.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// The request line or the status line, without its line end.
    pub start: String,
    /// The headers, with trimmed values.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Message {
    /// A POST request for a path, with the `Host` of `address` and no other header.
    pub fn post(address: SocketAddr, path: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { start: format!("POST {path} HTTP/1.1"), headers: vec![("Host".to_owned(), address.to_string())], body: body.into() }
    }

    /// Reads one message. Without a `Content-Length` a request has no body, and the body of a response ends with the connection.
    pub fn read(stream: impl Read) -> Result<Self> {
        let mut reader = BufReader::new(stream.take(LONGEST));
        let start = line(&mut reader)?;
        ensure!(!start.is_empty(), "the connection ended before a message began");
        let mut headers = Vec::new();
        loop {
            let line = line(&mut reader)?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').with_context(|| format!("expected a header \"name: value\", found {line:?}"))?;
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let mut message = Self { start, headers, body: Vec::new() };
        ensure!(message.header("transfer-encoding").is_none(), "chunked messages are not supported");
        if let Some(length) = message.header("content-length") {
            let length: u64 = length.parse().with_context(|| format!("Content-Length: {length}"))?;
            reader.take(length).read_to_end(&mut message.body)?;
            ensure!(message.body.len() as u64 == length, "the body ended after {} of {length} bytes", message.body.len());
        } else if message.start.starts_with("HTTP/") {
            reader.read_to_end(&mut message.body)?;
        }
        Ok(message)
    }

    /// Writes the message with the headers `Content-Length` and `Connection: close`.
    pub fn write(&self, mut stream: impl Write) -> Result<()> {
        let mut bytes = format!("{}\r\n", self.start).into_bytes();
        for (name, value) in &self.headers {
            if !name.eq_ignore_ascii_case("content-length") && !name.eq_ignore_ascii_case("connection") {
                bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
            }
        }
        bytes.extend_from_slice(format!("Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len()).as_bytes());
        bytes.extend_from_slice(&self.body);
        stream.write_all(&bytes)?;
        stream.flush()?;
        Ok(())
    }

    /// Sends the message as a request and reads the reply.
    pub fn send(&self, address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("cannot connect to {address}"))?;
        limit(&stream)?;
        self.write(&stream)?;
        Self::read(&stream).with_context(|| format!("no reply to {}", self.start))
    }

    /// The first header of a name; case does not matter.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The same message with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Removes every header of a name.
    pub fn remove(&mut self, name: &str) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// The body as text, if the status is that of a success.
    pub fn success(self) -> Result<String> {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        if !self.start.split(' ').nth(1).is_some_and(|status| status.starts_with('2')) {
            bail!("{}: {text}", self.start);
        }
        Ok(text)
    }
}

/// Sets the timeout of reads and writes on a connection.
pub(crate) fn limit(stream: &TcpStream) -> Result<()> {
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    Ok(())
}

/// Encodes pairs as `application/x-www-form-urlencoded`; every byte but letters and digits is percent-encoded.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
    };
    pairs.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}

/// Reads a line without its end; it is empty at the end of the stream.
fn line(reader: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_a_round_trip() -> Result<()> {
        let request = Message {
            start: "POST / HTTP/1.1".to_owned(),
            headers: vec![("Host".to_owned(), "localhost".to_owned())],
            body: b"{}".to_vec(),
        };
        let mut bytes = Vec::new();
        request.write(&mut bytes)?;
        let read = Message::read(bytes.as_slice())?;
        assert_eq!((read.start.as_str(), read.header("HOST"), read.body.as_slice()), ("POST / HTTP/1.1", Some("localhost"), &b"{}"[..]));
        Ok(())
    }

    #[test]
    fn a_reply_without_a_length_ends_with_the_connection() -> Result<()> {
        assert_eq!(Message::read(&b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nyes"[..])?.success()?, "yes");
        Ok(())
    }

    #[test]
    fn a_body_cut_off_is_an_error() {
        assert!(Message::read(&b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nyes"[..]).is_err());
    }

    #[test]
    fn a_failure_repeats_the_text_of_the_server() -> Result<()> {
        let error = Message::read(&b"HTTP/1.1 403 FORBIDDEN\r\n\r\nno"[..])?.success().map_err(|error| error.to_string());
        assert_eq!(error, Err("HTTP/1.1 403 FORBIDDEN: no".to_owned()));
        Ok(())
    }

    #[test]
    fn a_form_escapes_separators() {
        assert_eq!(form(&[("A", "b c&d=é"), ("E", "1")]), "A=b%20c%26d%3D%C3%A9&E=1");
    }
}
