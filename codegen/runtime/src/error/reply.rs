//! A reply that is an error, as generated code sees it.

use super::ErrorMetadata;
use super::call::CallContext;
use super::line::{ATTEMPT, EXCERPT, OPERATION, REQUEST_ID, STATUS};
use super::markup;
use super::text::{self, MAX_EXCERPT, OneLine};
use crate::config::http::HttpResponse;
use crate::json;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::Document;
use aws_smithy_types::error::metadata::Builder;
use std::borrow::Cow;

/// How much of a body is searched when it is not JSON, in bytes.
const MAX_SEARCHED: usize = 16 * 1024;

/// A reply that is an error, with the code and the message found, wherever they were.
#[derive(Debug)]
pub struct ErrorReply<'a> {
    call: &'a CallContext,
    body: Body<'a>,
    code: Option<String>,
    message: Option<String>,
    /// What a body without a code and a message says in other members.
    remark: Option<String>,
    request_id: Option<String>,
}

/// Bytes that stay out of `Debug`.
struct Body<'a>(&'a [u8]);

impl std::fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "({} bytes)", self.0.len())
    }
}

impl<'a> ErrorReply<'a> {
    pub(crate) fn new(response: &'a HttpResponse, call: &'a CallContext) -> Self {
        let body = response.body().bytes().unwrap_or_default();
        let found = Found::in_body(body);
        let code = response.headers().get("x-amzn-errortype").and_then(bare_code).or(found.code);
        let message = found.message.map(|message| text::without_session_token(&message));
        let remark = found.remark.map(|remark| text::without_session_token(&remark));
        let request_id = call.request_id.clone().or(found.request_id);
        Self { call, body: Body(body), code, message, remark, request_id }
    }

    /// The error's code, without the namespace and the address that may come with it.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What the service says in addition.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// All that is known of the error.
    pub fn metadata(&self) -> ErrorMetadata {
        let meta = self.without_words();
        let meta = match &self.message {
            Some(message) => meta.message(message),
            None if self.code.is_some() => meta,
            None => meta.custom(EXCERPT, self.remark.clone().unwrap_or_else(|| excerpt(self.body.0, self.call.status))),
        };
        meta.build()
    }

    /// The same for an error whose message is sensitive.
    pub fn metadata_without_message(&self) -> ErrorMetadata {
        self.without_words().build()
    }

    fn without_words(&self) -> Builder {
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
        if let Some(code) = &self.code {
            meta = meta.code(code);
        }
        meta
    }

    /// A reader at the error's members.
    pub fn reader(&self) -> Result<json::Reader<'a>, json::Error> {
        json::Reader::new(self.body.0)
    }
}

/// The id under which AWS knows a request, from the headers of its reply.
pub(crate) fn request_id(headers: &Headers) -> Option<&str> {
    ["x-amzn-requestid", "x-amz-request-id", "x-amzn-request-id"].into_iter().find_map(|name| headers.get(name))
}

/// The beginning of a body as one line of text, without the tags that a proxy's page consists of and without what the status says already.
///
/// Of JSON nothing is shown: it may be a request or an output, with all their secrets.
pub(crate) fn excerpt(body: &[u8], status: Option<u16>) -> String {
    if let [b'{' | b'[', ..] = body.trim_ascii_start() {
        return "the body is JSON, but has neither a code nor a message".to_owned();
    }
    let gist = markup::gist(&beginning(body), status);
    OneLine(&text::without_session_token(&gist), MAX_EXCERPT).to_string()
}

fn beginning(body: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(body.get(..MAX_SEARCHED).unwrap_or(body))
}

/// What was found in a body.
#[derive(Default)]
struct Found {
    code: Option<String>,
    message: Option<String>,
    remark: Option<String>,
    request_id: Option<String>,
}

impl Found {
    fn in_body(body: &[u8]) -> Self {
        match body.trim_ascii_start().first() {
            Some(b'{') => Self::in_json(body),
            Some(b'<') => {
                let text = beginning(body);
                Self {
                    code: markup::element(&text, "Code").as_deref().and_then(bare_code),
                    message: markup::element(&text, "Message"),
                    remark: None,
                    request_id: markup::element(&text, "RequestId"),
                }
            }
            _ => Self::default(),
        }
    }

    fn in_json(body: &[u8]) -> Self {
        let mut members = Members::default();
        // What stands before a fault is still worth having.
        drop(members.read(body));
        let code = [members.type_name, members.code].into_iter().flatten().find_map(|code| bare_code(&code));
        Self { code, message: members.message, remark: members.remark, request_id: None }
    }
}

/// The members that the services, and the gateways in front of them, have used for the code and for the message.
#[derive(Default)]
struct Members {
    type_name: Option<String>,
    code: Option<String>,
    message: Option<String>,
    remark: Option<String>,
}

impl Members {
    fn read(&mut self, body: &[u8]) -> Result<(), json::Error> {
        let mut reader = json::Reader::new(body)?;
        if !reader.object()? {
            return Ok(());
        }
        while let Some(name) = reader.key()? {
            let member = match name {
                "__type" => &mut self.type_name,
                "code" | "Code" => &mut self.code,
                "message" | "Message" | "errorMessage" => &mut self.message,
                // What gateways and portals say, whoever made them.
                "error" | "error_description" | "detail" | "title" | "reason" => &mut self.remark,
                _ => {
                    reader.skip()?;
                    continue;
                }
            };
            let words = reader.document()?.and_then(words);
            if member.is_none() {
                *member = words;
            }
        }
        Ok(())
    }
}

/// The words of a member: those of a text, or of the message in an object. A number in the place of a code, say, has none.
fn words(value: Document) -> Option<String> {
    match value {
        Document::String(words) => Some(words).filter(|words| !words.trim().is_empty()),
        Document::Object(mut members) => members.remove("message").and_then(words),
        _ => None,
    }
}

/// The name of an error's shape: `com.amazonaws.codebuild#InvalidInputException:http://internal/` is `InvalidInputException`.
fn bare_code(code: &str) -> Option<String> {
    let code = code.split_once(':').map_or(code, |(before, _)| before);
    let code = code.rsplit_once('#').map_or(code, |(_, after)| after).trim();
    (!code.is_empty()).then(|| code.to_owned())
}
