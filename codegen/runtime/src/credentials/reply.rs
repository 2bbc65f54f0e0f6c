//! The replies of the endpoints that credentials come from.

use super::text::{UNPRINTABLE, is_printable};
use super::time::{NOT_A_TIME, time};
use crate::config::Credentials;
use crate::error::FailureKind;
use crate::json;
use crate::text::{OneLine, without_session_token};
use crate::xml;
use aws_smithy_types::Document;
use http::StatusCode;
use std::time::SystemTime;

/// The longest message of an endpoint that an error shows, in characters.
const MAX_MESSAGE: usize = 300;

/// STS's error code for an identity provider that it cannot reach.
const UNREACHABLE: &str = "IDPCommunicationError";

/// Returns whether a reply is a transient failure, which another attempt may get past.
pub(super) fn is_transient(status: StatusCode, body: &[u8]) -> bool {
    if status.is_success() {
        return false;
    }
    let (code, _) = code_and_message(body);
    let kind = FailureKind::of_reply(Some(status.as_u16()), code.as_deref());
    status.is_server_error() || kind.retryable().is_some() || code.as_deref() == Some(UNREACHABLE)
}

/// A line about a refusal: its status, and its code and message, if they are in a known place. The rest of the reply is not shown, since it
/// may quote the request. The secrets are removed before the line is shortened.
pub(super) fn refusal(status: StatusCode, body: &[u8], secrets: &[&str]) -> String {
    let (code, message) = code_and_message(body);
    let secrets = || secrets.iter().filter(|secret| !secret.is_empty());
    let hidden = |text: String| secrets().fold(without_session_token(&text), |text, secret| text.replace(secret, "(secret)"));
    let (code, message) = (code.map(hidden), message.map(hidden));
    let mut line = match code {
        Some(code) => format!("{} {}", status.as_u16(), OneLine(&code, 100)),
        None => status.to_string(),
    };
    if let Some(message) = message {
        line.push_str(": ");
        line.push_str(&OneLine(&message, MAX_MESSAGE).to_string());
    }
    line
}

fn code_and_message(body: &[u8]) -> (Option<String>, Option<String>) {
    match document(body) {
        Ok(document) => {
            let find = |names: &[&str]| names.iter().find_map(|name| string(&document, name)).map(str::to_owned);
            (find(&["Code", "code", "__type", "error"]), find(&["Message", "message", "error_description"]))
        }
        Err(_) => {
            let [code, message] = xml::find(&String::from_utf8_lossy(body), ["Code", "Message"]).texts;
            (code, message)
        }
    }
}

/// The credentials in a reply of a container's or an instance's endpoint. `name` is the name of the provider.
pub(super) fn credentials(body: &[u8], secrets: &[&str], name: &'static str) -> Result<Credentials, String> {
    let faulty = |fault| format!("the reply is not credentials: {fault}");
    let document = document(body).map_err(faulty)?;
    if string(&document, "Code").is_some_and(|code| !code.eq_ignore_ascii_case("success")) {
        return Err(refusal(StatusCode::OK, body, secrets));
    }
    let token = optional(&document, "Token").map_err(faulty)?;
    keys(&document, token, name).map_err(faulty)
}

/// The credentials in an object with the usual member names, and a session token.
pub(super) fn keys(document: &Document, token: Option<String>, name: &'static str) -> Result<Credentials, String> {
    let (key, secret) = (need(document, "AccessKeyId")?, need(document, "SecretAccessKey")?);
    let end = end(&need(document, "Expiration")?)?;
    Ok(Credentials::new(key, secret, token, Some(end), name))
}

/// Reads a JSON object, with or without a byte order mark. The error names the place and shows nothing of the text.
pub(super) fn document(text: &[u8]) -> Result<Document, String> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let read = || {
        let mut reader = json::Reader::new(text)?;
        let document = reader.document()?;
        reader.finish().map(|()| document)
    };
    match read() {
        Ok(Some(document @ Document::Object(_))) => Ok(document),
        Ok(_) => Err("expected an object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// A member of an object.
pub(super) fn member<'a>(document: &'a Document, name: &str) -> Option<&'a Document> {
    document.as_object()?.get(name)
}

/// A member of an object, if it is a text and not empty.
pub(super) fn string<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    member(document, name)?.as_string().filter(|text| !text.is_empty())
}

/// A required member of an object: a text that is not empty and that a request can carry.
pub(super) fn need(document: &Document, name: &str) -> Result<String, String> {
    optional(document, name)?.ok_or_else(|| format!("{name} is missing"))
}

/// An optional member of an object: such a text, if it is present.
pub(super) fn optional(document: &Document, name: &str) -> Result<Option<String>, String> {
    match member(document, name) {
        None | Some(Document::Null) => Ok(None),
        Some(Document::String(text)) if text.is_empty() => Ok(None),
        Some(Document::String(text)) if is_printable(text) => Ok(Some(text.clone())),
        Some(Document::String(_)) => Err(format!("{name} {UNPRINTABLE}")),
        Some(_) => Err(format!("{name} is not a text")),
    }
}

/// Reads the time of an `Expiration`.
pub(super) fn end(text: &str) -> Result<SystemTime, String> {
    time(text).ok_or_else(|| format!("Expiration {NOT_A_TIME}"))
}
