//! An error reply, as generated code sees it.

use super::ErrorMetadata;
use super::body::bare_code;
use super::call::CallContext;
use super::line::{ATTEMPT, EXCERPT, OPERATION, REQUEST_ID, STATUS};
use super::secrets::Secrets;
use crate::cbor;
use crate::headers;
use crate::http::Response;
use crate::json;
use crate::protocol::Protocol;
use crate::reply::Reply;
use crate::text;
use aws_smithy_types::Document;
use aws_smithy_types::error::metadata::Builder;
use http::HeaderMap;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

/// The maximum length of a message, in bytes.
const MAX_KEPT: usize = 4 * 1024;
/// The maximum length of a body from which an error's own members are read, in bytes.
const MAX_READ: usize = 64 * 1024;
/// The length of the beginning of a body in which an HTML tag is searched for, in bytes.
const MAX_SEEN: usize = 1024;

/// An error reply, with its code and its message.
///
/// It shows no credential, and no value of a sensitive member of the request or the reply.
#[derive(Debug)]
pub struct ErrorReply<'a> {
    call: &'a CallContext,
    body: Body<'a>,
    /// The name of the error in the service's model.
    code: Option<String>,
    /// The code of the query protocol, if the service once had it. It takes precedence in the metadata.
    query_code: Option<String>,
    message: Option<String>,
    /// The text of other members, or a description of the body, for a body without a code and a message.
    remark: Option<String>,
    request_id: Option<String>,
}

/// A body, with the headers before it. `Debug` shows its length only.
struct Body<'a> {
    status: u16,
    headers: &'a HeaderMap,
    bytes: &'a [u8],
    protocol: Protocol,
    secrets: Secrets,
    /// The body without secrets, once it is read.
    without_secrets: OnceCell<Cow<'a, [u8]>>,
}

impl<'a> Body<'a> {
    /// The body without secrets, for types that show what they read. A broken body, in which secrets cannot be found, and one that is longer than
    /// `MAX_READ` count as empty.
    fn without_secrets(&self) -> Cow<'a, [u8]> {
        let rules = self.protocol.rules();
        let document = rules.document(self.bytes).filter(|_| self.bytes.len() <= MAX_READ);
        let Some(document) = document else { return Cow::Owned(rules.write(&Document::Object(HashMap::new()))) };
        let redacted = self.secrets.redacted_document(&document);
        if redacted == document {
            return Cow::Borrowed(self.bytes);
        }
        Cow::Owned(rules.write(&redacted))
    }
}

impl std::fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "({} bytes)", self.bytes.len())
    }
}

impl<'a> ErrorReply<'a> {
    pub(crate) fn new(response: &'a Response, call: &'a CallContext) -> Self {
        let body = response.body().bytes().unwrap_or_default();
        let (protocol, rules) = (call.quotable.protocol, call.quotable.protocol.rules());
        let secrets = Secrets::new(&call.quotable, rules.document(body).as_ref());
        let found = rules.error(body);
        let words = |words: Option<String>| words.filter(|_| found.is_whole).map(|words| shown(&words, &secrets));
        let name = |name: Option<String>| name.filter(|name| !secrets.are_quoted_in(name));
        let headers = response.headers();
        Self {
            call,
            code: name(error_type(headers, call)).or(name(found.code)),
            query_code: name(query_code(headers, call)),
            message: words(found.message),
            remark: words(found.remark).or_else(|| rules.description(body)),
            request_id: call.request_id.clone().or_else(|| name(found.request_id)),
            body: Body { status: response.status().as_u16(), headers, bytes: body, protocol, secrets, without_secrets: OnceCell::new() },
        }
    }

    /// The name of the error in the service's model, without a namespace or an address. If the reply has none, it is the code of the query
    /// protocol.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref().or(self.query_code.as_deref())
    }

    /// The service's message.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The metadata of the error.
    pub fn metadata(&self) -> ErrorMetadata {
        let meta = self.without_message();
        let meta = match (&self.message, &self.remark) {
            (Some(message), _) => meta.message(message),
            (None, Some(remark)) if self.code().is_none() => meta.custom(EXCERPT, remark),
            _ => meta,
        };
        meta.build()
    }

    /// The metadata of an error whose message is sensitive.
    pub fn metadata_without_message(&self) -> ErrorMetadata {
        self.without_message().build()
    }

    fn without_message(&self) -> Builder {
        let mut meta = ErrorMetadata::builder().custom(OPERATION, self.call.operation);
        if let Some(status) = self.call.status {
            meta = meta.custom(STATUS, status.to_string());
        }
        if let Some(attempt) = self.call.attempt {
            meta = meta.custom(ATTEMPT, attempt.to_string());
        }
        if let Some(id) = &self.request_id {
            meta = meta.custom(REQUEST_ID, id);
        }
        if let Some(code) = self.query_code.as_ref().or(self.code.as_ref()) {
            meta = meta.code(code);
        }
        meta
    }

    /// The status of the reply.
    pub fn status(&self) -> u16 {
        self.body.status
    }

    /// The status and the headers, for members that are bound to them. A header that quotes a secret counts as absent.
    pub fn http(&self) -> Reply<'_> {
        Reply::of_parts(self.body.status, self.body.headers, b"", Some(&self.body.secrets))
    }

    /// Reads the error's members in JSON into a builder, which stays empty if one of them has the wrong type: the code and the message matter most.
    /// Secrets that other members quote are redacted.
    pub fn read_json<B: Default>(&self, read: fn(&mut json::Reader<'_>, &mut B) -> Result<(), json::Error>) -> B {
        let mut builder = B::default();
        let is_read = self.is_read_in_json(&mut |reader| read(reader, &mut builder));
        if is_read { builder } else { B::default() }
    }

    // Not generic, so that it is compiled once.
    fn is_read_in_json(&self, read: &mut dyn FnMut(&mut json::Reader<'_>) -> Result<(), json::Error>) -> bool {
        json::Reader::new(self.members()).and_then(|mut reader| read(&mut reader)).is_ok()
    }

    /// Reads the error's members in CBOR in the same way.
    pub fn read_cbor<B: Default>(&self, read: fn(&mut cbor::Reader<'_>, &mut B) -> Result<(), cbor::Error>) -> B {
        let mut builder = B::default();
        let is_read = read(&mut cbor::Reader::new(self.members()), &mut builder).is_ok();
        if is_read { builder } else { B::default() }
    }

    fn members(&self) -> &[u8] {
        self.body.without_secrets.get_or_init(|| self.body.without_secrets())
    }
}

/// The code of an error reply, for decisions. It is not shown.
pub(super) fn code(response: &Response, call: &CallContext) -> Option<String> {
    let headers = response.headers();
    let in_body = || call.quotable.protocol.rules().error(response.body().bytes().unwrap_or_default()).code;
    query_code(headers, call).or_else(|| error_type(headers, call)).or_else(in_body)
}

fn error_type(map: &HeaderMap, call: &CallContext) -> Option<String> {
    let header = headers::get(map, "x-amzn-errortype").filter(|_| call.quotable.protocol.rules().has_error_header())?;
    bare_code(header)
}

/// The code of the query protocol, which the service once had: `AWS.SimpleQueueService.NonExistentQueue;Sender`.
fn query_code(map: &HeaderMap, call: &CallContext) -> Option<String> {
    let header = headers::get(map, "x-amzn-query-error").filter(|_| call.quotable.operation.service.query_compatible)?;
    let code = header.split_once(';').map_or(header, |(code, _)| code).trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The request id in the headers of a reply.
pub(crate) fn request_id<'h>(header: impl Fn(&'static str) -> Option<&'h str>) -> Option<&'h str> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"].into_iter().find_map(header)
}

/// A service's text, shortened and without secrets.
fn shown(words: &str, secrets: &Secrets) -> String {
    let beginning = words.get(..words.floor_char_boundary(MAX_KEPT)).unwrap_or(words);
    let redacted = secrets.redacted(beginning);
    let end = if beginning.len() < words.len() { "..." } else { "" };
    text::without_session_token(&redacted) + end
}

/// A description of a body without a code and a message; `None` if it is empty. No part of the body is shown, since a page or an unknown document
/// may quote the request in any way.
pub(crate) fn description(body: &[u8]) -> Option<String> {
    let text = json::without_byte_order_mark(body).trim_ascii();
    let beginning = text.get(..MAX_SEEN).unwrap_or(text).to_ascii_lowercase();
    let is_page = ["<html", "<!doctype html"].iter().any(|tag| beginning.windows(tag.len()).any(|window| window == tag.as_bytes()));
    let what = match text {
        [] => return None,
        [b'{' | b'[', ..] if json::is_document(text) => return Some("the body is JSON, but has neither a code nor a message".to_owned()),
        [b'{' | b'[', ..] => "broken JSON",
        [b'<', ..] if is_page => "an HTML page",
        [b'<', ..] => "markup",
        _ if std::str::from_utf8(text).is_ok() => "text",
        _ => "binary data",
    };
    Some(format!("the body is {what} of {} bytes", body.len()))
}
