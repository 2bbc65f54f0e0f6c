//! The secrets of a call, which no error shows: the values of sensitive members and the credentials, in all forms in which a reply quotes them.

mod needle;
mod views;

use super::body::is_message;
use crate::config::Credentials;
use crate::order;
use crate::protocol::Protocol;
use crate::service::Metadata;
use aws_smithy_types::{Document, Number, base64};
use bytes::Bytes;
use needle::Needle;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

/// The text in the place of a secret.
const REDACTED: &str = "(redacted)";
/// The text in the place of a message that quotes an encoded secret, which cannot be cut out.
pub(super) const WITHHELD: &str = "(not shown: it quotes a sensitive value)";

/// The length of the shortest secret. A shorter value, such as `1` or `on`, is part of countless messages that do not quote it.
const LEAST: usize = 3;
/// The maximum number and total length of the secrets that are searched for. If a call has more, no text of its reply is shown.
const MAX_SECRETS: usize = 1_000;
const MAX_SEARCHED: usize = 64 * 1024;

/// The parts of a request that its reply may quote.
#[derive(Clone)]
pub(crate) struct Quotable {
    pub(crate) operation: &'static Metadata,
    pub(crate) protocol: Protocol,
    /// The body if it is a document with members, or one that the caller has put in its place.
    pub(crate) body: Bytes,
    /// The values of sensitive members that are not in such a document.
    pub(crate) texts: Vec<String>,
    pub(crate) credentials: Option<Credentials>,
}

impl Quotable {
    /// The quotable parts before a request is built.
    pub(crate) fn of(operation: &'static Metadata) -> Self {
        Self { operation, protocol: Protocol::AWS_JSON, body: Bytes::new(), texts: Vec::new(), credentials: None }
    }

    /// The names of the service's sensitive members.
    fn names(&self) -> &'static [&'static str] {
        self.operation.service.sensitive_members
    }

    /// The names of the service and the operation, which occur in many messages.
    fn public(&self) -> [&'static str; 3] {
        [self.operation.name, self.operation.service.id, self.operation.service.endpoint_prefix]
    }

    /// The length of the part of a reply's path that may be shown, in bytes. It ends at the first sensitive member, since a map's keys may follow.
    pub(crate) fn shown_of_path(&self, path: &str) -> usize {
        let mut start = 0;
        for end in path.match_indices(['.', '[', '{']).map(|(at, _)| at) {
            if path.get(start..end).is_some_and(|name| is_named(self.names(), name)) {
                return end;
            }
            start = end + 1;
        }
        path.len()
    }
}

/// Shows nothing, since all parts may be secret.
impl fmt::Debug for Quotable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quotable").finish_non_exhaustive()
    }
}

/// The secrets of a call, ready to be searched for.
pub(crate) struct Secrets {
    names: &'static [&'static str],
    needles: Vec<Needle>,
    is_too_much: bool,
}

impl Secrets {
    /// The secrets of a request and, if it is a document, of its reply.
    pub(crate) fn new(call: &Quotable, reply: Option<&Document>) -> Self {
        let mut texts = Vec::new();
        if let Some(credentials) = &call.credentials {
            texts.extend([credentials.access_key_id(), credentials.secret_access_key()].map(str::to_owned));
            texts.extend(credentials.session_token().map(str::to_owned));
        }
        for text in &call.texts {
            if let Some(value) = call.protocol.rules().document(text.as_bytes()) {
                collect_values(&value, &mut texts);
            }
            texts.push(text.clone());
        }
        if !call.names().is_empty() && !call.body.is_empty() {
            match call.protocol.rules().document(&call.body) {
                Some(request) => collect(&request, call.names(), false, &mut texts),
                // The caller has replaced the body.
                None => texts.push(String::from_utf8_lossy(&call.body).into_owned()),
            }
        }
        if let Some(reply) = reply {
            collect_of_error(reply, call.names(), &mut texts);
        }
        Self::of(call.names(), &call.public(), texts)
    }

    fn of(names: &'static [&'static str], public: &[&str], mut texts: Vec<String>) -> Self {
        let contents: Vec<String> = texts.iter().filter_map(|text| String::from_utf8(base64::decode(text).ok()?).ok()).collect();
        texts.extend(contents);
        texts.retain(|text| text.trim().chars().count() >= LEAST);
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        // A secret that contains another one is replaced first, so that no part of it is left.
        order::sort(&mut texts, |text| (usize::MAX - text.len(), text));
        texts.dedup();
        let is_too_much = texts.len() > MAX_SECRETS || texts.iter().map(|text| text.len()).sum::<usize>() > MAX_SEARCHED;
        let needles = if is_too_much { Vec::new() } else { texts.into_iter().map(|text| Needle::new(text, public)).collect() };
        Self { names, needles, is_too_much }
    }

    /// Redacts a text.
    pub(crate) fn redacted(&self, text: &str) -> String {
        if self.is_too_much {
            return WITHHELD.to_owned();
        }
        let mut shown = Cow::Borrowed(text);
        for needle in &self.needles {
            if let Some(without) = needle.cut_out(&shown) {
                shown = Cow::Owned(without);
            }
        }
        if self.are_quoted_in(&shown) { WITHHELD.to_owned() } else { shown.into_owned() }
    }

    /// Returns whether a text quotes a secret, in any form.
    pub(crate) fn are_quoted_in(&self, text: &str) -> bool {
        views::any(text, |view| {
            let text = String::from_utf8_lossy(&view.bytes);
            needle::any_in(&self.needles, view) || self.names.iter().any(|name| is_member_of(&text, name))
        })
    }

    /// Redacts the document of an error. Sensitive members keep their values, since their types do not show them.
    pub(super) fn redacted_document(&self, error: &Document) -> Document {
        match error {
            Document::Object(members) => self.redacted_object(members, |name| is_named(self.names, name) && !is_message(name)),
            other => self.redacted_value(other),
        }
    }

    fn redacted_object(&self, members: &HashMap<String, Document>, is_kept: impl Fn(&str) -> bool) -> Document {
        let redacted = members.iter().map(|(name, value)| {
            let value = if is_kept(name) { value.clone() } else { self.redacted_value(value) };
            (if self.are_quoted_in(name) { REDACTED.to_owned() } else { name.clone() }, value)
        });
        Document::Object(redacted.collect())
    }

    fn redacted_value(&self, value: &Document) -> Document {
        match value {
            Document::Object(members) => self.redacted_object(members, |name| is_named(self.names, name)),
            Document::Array(items) => Document::Array(items.iter().map(|item| self.redacted_value(item)).collect()),
            Document::String(text) => Document::String(self.redacted(text)),
            Document::Number(number) if self.are_quoted_in(&text_of(*number)) => Document::Null,
            other => other.clone(),
        }
    }
}

/// Collects the values of the sensitive members in the document of an error. Its message has a name that may be that of a sensitive member of another
/// structure, as in Lambda.
fn collect_of_error(error: &Document, names: &[&str], texts: &mut Vec<String>) {
    match error {
        Document::Object(members) => members.iter().for_each(|(name, value)| match name.as_str() {
            "Error" if !is_named(names, name) => collect_of_error(value, names, texts),
            _ => collect(value, names, is_named(names, name) && !is_message(name), texts),
        }),
        other => collect(other, names, false, texts),
    }
}

/// Collects the values of the sensitive members in a document.
fn collect(value: &Document, names: &[&str], is_secret: bool, texts: &mut Vec<String>) {
    match value {
        Document::Object(members) => members.iter().for_each(|(name, value)| {
            if is_secret {
                texts.push(name.clone());
            }
            collect(value, names, is_secret || is_named(names, name), texts);
        }),
        Document::Array(items) => items.iter().for_each(|item| collect(item, names, is_secret, texts)),
        Document::String(text) if is_secret => texts.push(text.clone()),
        Document::Number(number) if is_secret => texts.push(text_of(*number)),
        Document::String(_) | Document::Number(_) | Document::Bool(_) | Document::Null => {}
    }
}

/// Collects the texts and numbers in a sensitive document. Its names are left out, since they are words of many messages.
fn collect_values(value: &Document, texts: &mut Vec<String>) {
    match value {
        Document::Object(members) => members.values().for_each(|value| collect_values(value, texts)),
        Document::Array(items) => items.iter().for_each(|item| collect_values(item, texts)),
        Document::String(text) => texts.push(text.clone()),
        Document::Number(number) => texts.push(text_of(*number)),
        Document::Bool(_) | Document::Null => {}
    }
}

fn text_of(number: Number) -> String {
    match number {
        Number::PosInt(value) => value.to_string(),
        Number::NegInt(value) => value.to_string(),
        Number::Float(value) => value.to_string(),
    }
}

fn is_named(names: &[&str], name: &str) -> bool {
    names.iter().any(|sensitive| sensitive.eq_ignore_ascii_case(name))
}

/// Returns whether a text quotes a structure with that member: `"name": `, `name=value`, `name:value` or `<name>`. `name: ` may be part of a
/// sentence.
fn is_member_of(text: &str, name: &str) -> bool {
    const QUOTES: [char; 4] = ['"', '\'', '\\', '`'];
    let lower = text.to_ascii_lowercase();
    let name = name.to_ascii_lowercase();
    lower.match_indices(&name).any(|(at, _)| {
        let (before, after) = (&lower[..at], &lower[at + name.len()..]);
        let is_quoted = before.ends_with(QUOTES) && after.starts_with(QUOTES);
        let is_tag = before.ends_with('<') && after.starts_with(|next: char| next == '>' || next.is_whitespace());
        let assigned = after.trim_start_matches(QUOTES).trim_start();
        let is_assigned = match assigned.chars().next() {
            Some('=') => true,
            Some(':') => is_quoted || assigned.get(1..).is_some_and(|value| value.starts_with(|next: char| !next.is_whitespace())),
            _ => false,
        };
        is_tag || is_assigned && !before.ends_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests;
