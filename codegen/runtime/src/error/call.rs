//! The context of a call, which an error keeps.

use super::secrets::{Quotable, Secrets};
use crate::attempt::Attempt;
use crate::service::Metadata;
use crate::text;
use std::fmt;

/// The context of a call: the operation, the attempt and its reply.
#[derive(Clone, Debug)]
pub(crate) struct CallContext {
    pub(crate) operation: &'static str,
    /// The last attempt; `None` if there was none.
    pub(crate) attempt: Option<Attempt>,
    /// The status of the reply, if there was one.
    pub(crate) status: Option<u16>,
    /// The request id, if there was a reply that has one.
    pub(crate) request_id: Option<String>,
    /// True if the attempt's request was sent.
    pub(crate) sent: bool,
    /// The parts of the request that the reply may quote, which no error may show.
    pub(crate) quotable: Quotable,
    /// True if the reply shows that the request was signed with a wrong clock.
    pub(crate) clock_was_wrong: bool,
    /// True if other credentials have replaced those that the service refused.
    pub(crate) credentials_replaced: bool,
}

impl CallContext {
    /// The context of a call before its first request.
    pub(crate) fn new(operation: &'static Metadata) -> Self {
        Self {
            operation: operation.name,
            attempt: None,
            status: None,
            request_id: None,
            sent: false,
            quotable: Quotable::of(operation),
            clock_was_wrong: false,
            credentials_replaced: false,
        }
    }

    /// Drops the request id if it quotes a secret.
    pub(crate) fn hide_request_id(&mut self, secrets: &Secrets) {
        self.request_id = self.request_id.take().filter(|id| !secrets.are_quoted_in(id));
    }
}

/// The end of a line: a space, then the request id and the attempt in parentheses. It is empty if neither is known.
pub(super) struct Tail<'a> {
    pub(super) request_id: Option<&'a str>,
    pub(super) attempt: Option<&'a dyn fmt::Display>,
}

impl fmt::Display for Tail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.request_id.map(|id| text::OneLine(id, text::MAX_WORD));
        match (id, self.attempt) {
            (Some(id), Some(attempt)) => write!(f, " (request id {id}, {attempt})"),
            (Some(id), None) => write!(f, " (request id {id})"),
            (None, Some(attempt)) => write!(f, " ({attempt})"),
            (None, None) => Ok(()),
        }
    }
}

/// A status with its number and its reason phrase, such as `502 Bad Gateway`.
pub(super) struct Status(pub(super) u16);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match reason(self.0) {
            Some(reason) => write!(f, "{} {reason}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

/// The standard reason phrase of a status.
fn reason(status: u16) -> Option<&'static str> {
    http::StatusCode::from_u16(status).ok()?.canonical_reason()
}

/// Words around a status that add no information.
const FILLERS: [&str; 4] = ["http", "status", "error", "code"];

/// The text without the status that it begins with: `502 Bad Gateway: no host` becomes `no host`.
pub(super) fn without_status(text: &str, status: u16) -> &str {
    let (number, reason) = (status.to_string(), reason(status).unwrap_or_default());
    let (mut rest, mut beyond, mut numbered) = (text, text, false);
    loop {
        let next = rest.trim_start_matches(is_between);
        if let Some(after) = behind(next, reason) {
            // `Forbidden to all` is a sentence, unlike `403 Forbidden`.
            if numbered || !after.trim_start().starts_with(char::is_alphanumeric) {
                beyond = after;
            }
            rest = after;
        } else if let Some(after) = behind(next, &number) {
            numbered = true;
            beyond = after;
            rest = after;
        } else if let Some(after) = FILLERS.iter().find_map(|filler| behind(next, filler)) {
            if numbered && !after.contains(char::is_alphanumeric) {
                beyond = after;
            }
            rest = after;
        } else {
            break;
        }
    }
    if beyond.len() == text.len() { text } else { beyond.trim_start_matches(is_between) }
}

/// White space and the punctuation of sentences, but not that of JSON.
fn is_between(character: char) -> bool {
    character.is_whitespace() || ":-–—.,;!()".contains(character)
}

/// The rest of a text that begins with these words.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (start, after) = text.split_at_checked(words.len())?;
    let ends = !after.starts_with(char::is_alphanumeric);
    (!words.is_empty() && ends && start.eq_ignore_ascii_case(words)).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::without_status;

    #[test]
    fn only_a_repeated_status_is_removed() {
        for (status, text, expected) in [
            (502, "502 Bad Gateway", ""),
            (502, "502 bad gateway: no host", "no host"),
            (403, "Forbidden", ""),
            (403, "Forbidden. Go away", "Go away"),
            (403, "Forbidden to all", "Forbidden to all"),
            (403, "Missing Authentication Token", "Missing Authentication Token"),
            (404, "404 page not found", "page not found"),
            (500, "Error 500", ""),
            (500, "Error in line 500", "Error in line 500"),
            (500, "5000 things", "5000 things"),
            (599, "HTTP 599", ""),
            (599, "", ""),
            (502, "{\"status\": 502}", "{\"status\": 502}"),
        ] {
            assert_eq!(without_status(text, status), expected, "{text}");
        }
    }
}
