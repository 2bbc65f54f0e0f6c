//! A request with HTTP bindings.

use crate::byte_stream::ByteStream;
use crate::config::Config;
use crate::endpoint::uri_encode;
use crate::error::{BoxError, InvalidInput};
use crate::headers;
use crate::host_prefix;
use crate::http::Request as HttpRequest;
use crate::json;
use crate::operation::{Encoded, Head};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderName, HeaderValue};

const JSON: &str = "application/json";

/// The length of the beginning of a sensitive stream that is searched for in replies, in bytes.
const SEARCHED: usize = 4096;

/// A request that generated code builds from an input.
pub struct Request {
    body: Bytes,
    head: Parts,
}

/// The parts of a request besides its body.
struct Parts {
    method: &'static str,
    /// The path and the query, percent-encoded.
    path: String,
    query: String,
    /// The names in the query, which a map of parameters does not override.
    names: Vec<String>,
    headers: Vec<(HeaderName, String)>,
    content_type: Option<&'static str>,
    has_members: bool,
    has_json_reply: bool,
    /// The text before the endpoint's host, often none.
    host_prefix: String,
    secrets: Vec<String>,
}

impl Request {
    /// Creates a request without a body.
    pub fn new(method: &'static str) -> Self {
        let head = Parts {
            method,
            path: String::new(),
            query: String::new(),
            names: Vec::new(),
            headers: Vec::new(),
            content_type: None,
            has_members: true,
            has_json_reply: false,
            host_prefix: String::new(),
            secrets: Vec::new(),
        };
        Self { body: Bytes::new(), head }
    }

    /// Sets the text before the endpoint's host.
    pub fn host_prefix(&mut self, prefix: Option<String>) {
        self.head.host_prefix = prefix.unwrap_or_default();
    }

    /// Appends a part of the path that is the same for each request.
    pub fn literal(&mut self, text: &str) {
        self.head.path.push_str(text);
    }

    /// Appends a segment of the path, or a part of one.
    ///
    /// # Errors
    ///
    /// A value with which the path would be that of another operation: an empty one, `.` and `..`.
    pub fn label(&mut self, name: &'static str, value: &str) -> Result<(), BoxError> {
        keeps_path(name, value)?;
        self.head.path.push_str(&uri_encode(value));
        Ok(())
    }

    /// Appends segments of the path, which slashes separate.
    ///
    /// # Errors
    ///
    /// A value with which the path would be that of another operation: an empty one, and one with a segment `.` or `..`.
    pub fn greedy_label(&mut self, name: &'static str, value: &str) -> Result<(), BoxError> {
        keeps_path(name, value)?;
        for (index, segment) in value.split('/').enumerate() {
            if index > 0 {
                self.head.path.push('/');
            }
            self.head.path.push_str(&uri_encode(segment));
        }
        Ok(())
    }

    /// Appends parameters that are the same for each request, percent-encoded.
    pub fn constant_query(&mut self, query: &str) {
        let names = query.split('&').map(|parameter| parameter.split_once('=').map_or(parameter, |(name, _)| name));
        self.head.names.extend(names.map(str::to_owned));
        self.separate_query();
        self.head.query.push_str(query);
    }

    /// Appends a parameter.
    pub fn query(&mut self, name: &str, value: &str) {
        self.push_query(name, value);
        self.head.names.push(name.to_owned());
    }

    /// Appends a parameter of a map of parameters, unless a member of the input has set it already.
    pub fn query_of_map(&mut self, name: &str, value: &str) {
        if !self.head.names.iter().any(|other| other == name) {
            self.push_query(name, value);
        }
    }

    fn push_query(&mut self, name: &str, value: &str) {
        self.separate_query();
        self.head.query.extend([&*uri_encode(name), "=", &uri_encode(value)]);
    }

    fn separate_query(&mut self) {
        if !self.head.query.is_empty() {
            self.head.query.push('&');
        }
    }

    /// Sets a header, whose name is in lower case.
    ///
    /// # Errors
    ///
    /// A value that a header cannot have, such as one with a line break.
    pub fn header(&mut self, name: &'static str, value: &str) -> Result<(), BoxError> {
        self.put(HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid(name, NOT_A_NAME))?, value)
    }

    /// Sets a header of a map of headers, unless a member of the input has set it already.
    ///
    /// # Errors
    ///
    /// A name or a value that a header cannot have.
    pub fn header_of_map(&mut self, member: &'static str, prefix: &str, name: &str, value: &str) -> Result<(), BoxError> {
        let name = HeaderName::from_bytes([prefix, name].concat().as_bytes()).map_err(|_| invalid(member, NOT_A_NAME))?;
        if self.head.headers.iter().any(|(other, _)| *other == name) { Ok(()) } else { self.put(name, value) }
    }

    fn put(&mut self, name: HeaderName, value: &str) -> Result<(), BoxError> {
        if HeaderValue::from_bytes(value.as_bytes()).is_err() {
            return Err(invalid(name.as_str(), "has a character that a header cannot have, such as a line break"));
        }
        self.head.headers.push((name, value.to_owned()));
        Ok(())
    }

    /// Sets the body to a JSON document.
    pub fn json(&mut self, write: impl FnOnce(&mut json::Writer)) {
        let mut writer = json::Writer::new();
        write(&mut writer);
        self.body = Bytes::from(writer.into_bytes());
        self.head.content_type = Some(JSON);
    }

    /// Sets the body. A header for the media type takes precedence over this one.
    pub fn body(&mut self, content_type: &'static str, bytes: &[u8]) {
        self.body = Bytes::copy_from_slice(bytes);
        self.stream(content_type);
    }

    /// Announces a body that is a stream, which [`streamed`](super::streamed) adds. A header for the media type takes precedence over this one.
    pub fn stream(&mut self, content_type: &'static str) {
        self.head.content_type = Some(content_type);
        self.head.has_members = false;
    }

    /// Asks for a reply in JSON. Services that offer other forms, such as API Gateway, would choose one of them.
    pub fn accept_json(&mut self) {
        self.head.has_json_reply = true;
    }

    /// Marks a value as sensitive, so that no error shows it when the reply quotes it.
    pub fn secret(&mut self, value: impl AsRef<[u8]>) {
        self.head.secrets.push(String::from_utf8_lossy(value.as_ref()).into_owned());
    }

    /// Marks a stream as sensitive. Only one that is in memory can be searched for, and only its beginning, because streams are long.
    pub fn secret_stream(&mut self, stream: &ByteStream) {
        if let Some(bytes) = stream.bytes() {
            self.secret(bytes.get(..SEARCHED).unwrap_or(bytes));
        }
    }

    /// The path and the query.
    pub fn uri(&self) -> String {
        self.head.uri()
    }
}

impl From<Request> for Encoded {
    fn from(request: Request) -> Self {
        Self { body: request.body, head: Some(Box::new(request.head)) }
    }
}

impl Parts {
    fn uri(&self) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        [&self.path, mark, &self.query].concat()
    }
}

impl Head for Parts {
    fn apply(&self, request: &mut HttpRequest, config: &Config) -> Result<(), BoxError> {
        /// The methods whose requests have a length even without a body.
        const WITH_BODY: [&str; 3] = ["POST", "PUT", "PATCH"];
        *request.method_mut() = self.method.parse()?;
        *request.uri_mut() = [request.uri().to_string().trim_end_matches('/'), &self.uri()].concat().parse()?;
        if !self.host_prefix.is_empty() {
            host_prefix::add(request, &self.host_prefix, config)?;
        }
        let map = request.headers_mut();
        map.remove("x-amz-target");
        match self.content_type {
            Some(content_type) => headers::set(map, CONTENT_TYPE, content_type)?,
            None => {
                map.remove(CONTENT_TYPE);
                if !WITH_BODY.contains(&self.method) {
                    map.remove(CONTENT_LENGTH);
                }
            }
        }
        if self.has_json_reply {
            headers::set(map, ACCEPT, JSON)?;
        }
        for (name, value) in &self.headers {
            headers::set(map, name.clone(), value)?;
        }
        Ok(())
    }

    fn has_members(&self) -> bool {
        self.has_members
    }

    fn secrets(&self) -> &[String] {
        &self.secrets
    }
}

/// The value of a member that has to be set, because it is part of the path or the host.
///
/// # Errors
///
/// An absent value.
pub fn set<'a, T>(name: &'static str, value: &'a Option<T>) -> Result<&'a T, BoxError> {
    value.as_ref().ok_or_else(|| invalid(name, "is required"))
}

/// Refuses a value that is empty or has dot segments, which clients, proxies and servers remove (RFC 3986, section 6.2.2.3), however they are encoded.
fn keeps_path(name: &str, value: &str) -> Result<(), BoxError> {
    if value.is_empty() {
        return Err(invalid(name, "must not be empty, because it is part of the path"));
    }
    if value.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(invalid(name, "must not be `.` or `..`, which would change the path"));
    }
    Ok(())
}

const NOT_A_NAME: &str = "has a key that is not a valid name of a header";

/// The error of an input that no request can be made of.
pub(super) fn invalid(name: &str, message: &str) -> BoxError {
    InvalidInput::of_member(name, message).into()
}
