//! What an error remembers of the call that it ended.

use super::secrets::{Quotable, Secrets};
use crate::operation::Metadata;
use crate::retry::Attempt;
use crate::text;
use std::fmt;

/// The call that an error ended, as far as it had come.
#[derive(Clone, Debug)]
pub(crate) struct CallContext {
    pub(crate) operation: &'static str,
    /// The attempt that failed; `None` when nothing was sent.
    pub(crate) attempt: Option<Attempt>,
    /// The status of the reply, if there was one.
    pub(crate) status: Option<u16>,
    /// The request's id, if there was a reply and it named one.
    pub(crate) request_id: Option<String>,
    /// Whether the attempt's request went out.
    pub(crate) sent: bool,
    /// What the reply may quote, and no error may show.
    pub(crate) quotable: Quotable,
    /// Whether the reply shows that the request was signed at a time that was none by the service's clock.
    pub(crate) clock_was_wrong: bool,
    /// Whether there are other credentials by now than those that the service has refused.
    pub(crate) credentials_replaced: bool,
}

impl CallContext {
    /// A call that has sent nothing yet.
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

    /// Forgets the request's id if it is no id but quotes what no error may show.
    pub(crate) fn hide_request_id(&mut self, secrets: &Secrets) {
        self.request_id = self.request_id.take().filter(|id| !secrets.are_quoted_in(id));
    }
}

/// What stands in parentheses at a line's end, with a space before it; nothing when nothing is known.
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

/// A status as it stands in a line: its number and its name, such as `502 Bad Gateway`.
pub(super) struct Status(pub(super) u16);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match reason(self.0) {
            Some(reason) => write!(f, "{} {reason}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

/// The name of a status, which is known of most.
fn reason(status: u16) -> Option<&'static str> {
    http::StatusCode::from_u16(status).ok()?.canonical_reason()
}

/// Words around a status that say nothing.
const FILLERS: [&str; 4] = ["http", "status", "error", "code"];

/// What a text says beyond the status that it begins with: of `502 Bad Gateway: no host` it is `no host`.
pub(super) fn without_status(text: &str, status: u16) -> &str {
    let (number, reason) = (status.to_string(), reason(status).unwrap_or_default());
    let (mut rest, mut beyond, mut numbered) = (text, text, false);
    loop {
        let next = rest.trim_start_matches(is_between);
        if let Some(after) = behind(next, reason) {
            // `Forbidden to all` is a sentence, `403 Forbidden` is none.
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

/// What follows some words at the beginning of a text.
fn behind<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let (start, after) = text.split_at_checked(words.len())?;
    let ends = !after.starts_with(char::is_alphanumeric);
    (!words.is_empty() && ends && start.eq_ignore_ascii_case(words)).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::without_status;

    #[test]
    fn what_a_status_says_is_cut_off_and_nothing_else() {
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
