//! Text from outside, made fit to stand in one line of a log.

use std::error::Error;
use std::fmt;

/// How much of a message goes into a line, in characters.
pub(crate) const MAX_MESSAGE: usize = 1_000;
/// How much of a body that is not understood goes into a line, in characters.
pub(crate) const MAX_EXCERPT: usize = 200;
/// How much of a code or an id goes into a line, in characters.
pub(crate) const MAX_WORD: usize = 128;

/// A text on one line and without control characters: at most so many characters of it, then `...`.
pub(crate) struct OneLine<'a>(pub(crate) &'a str, pub(crate) usize);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = 0;
        let mut gap = false;
        for character in self.0.chars() {
            if breaks_lines(character) {
                gap = written > 0;
                continue;
            }
            if written + usize::from(gap) >= self.1 {
                return f.write_str("...");
            }
            if gap {
                f.write_str(" ")?;
                written += 1;
                gap = false;
            }
            write!(f, "{character}")?;
            written += 1;
        }
        Ok(())
    }
}

/// White space and control characters, Unicode's line separators, and what turns the direction of writing, which can make a line read as
/// another one.
fn breaks_lines(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// An error and its causes on one line. A cause that the text before it already quotes is not said again.
pub(crate) struct Chain<'a>(pub(crate) &'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.0.to_string();
        let mut cause = self.0.source();
        while let Some(error) = cause {
            let words = error.to_string();
            if !text.contains(&words) {
                text.push_str(": ");
                text.push_str(&words);
            }
            cause = error.source();
        }
        OneLine(&text, MAX_MESSAGE).fmt(f)
    }
}

/// Without the session token that a service quotes when it explains how it would have signed: the token is a credential.
pub(super) fn without_session_token(text: &str) -> String {
    const NAME: &str = "x-amz-security-token";
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    // The lower-case copy has the same bytes at the same places, save for those of the alphabet.
    let lower_case = text.to_ascii_lowercase();
    for (at, _) in lower_case.match_indices(NAME) {
        let behind_name = at + NAME.len();
        // Inside what was taken out, there is nothing left to find.
        let Some((before, after)) = (rest.len() + behind_name).checked_sub(text.len()).and_then(|split| rest.split_at_checked(split))
        else {
            continue;
        };
        kept.push_str(before);
        rest = after;
        if let Some(separator) = after.chars().next().filter(|first| matches!(first, ':' | '=')) {
            kept.push(separator);
            kept.push_str("(redacted)");
            rest = after.trim_start_matches(|character: char| !is_end_of_token(character));
        }
    }
    kept.push_str(rest);
    kept
}

fn is_end_of_token(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\'' | '"' | '&' | '<' | '\\' | ',' | ';')
}

#[cfg(test)]
mod tests {
    use super::{Chain, OneLine, without_session_token};
    use std::io;

    #[track_caller]
    fn one_line(text: &str, max: usize, expected: &str) {
        assert_eq!(OneLine(text, max).to_string(), expected);
    }

    #[test]
    fn one_line_has_no_breaks_no_controls_and_an_end() {
        one_line("Rate exceeded", 50, "Rate exceeded");
        one_line("  a\r\n\tb\u{2028}c\u{1b}[31m\0d  ", 50, "a b c [31m d");
        one_line("x\u{202E}y", 50, "x y");
        one_line("abcdef", 3, "abc...");
        one_line("abc", 3, "abc");
        one_line("ab cd", 3, "ab...");
        one_line("äöüß", 2, "äö...");
        one_line("", 3, "");
    }

    #[test]
    fn a_chain_says_everything_once() {
        let inner = io::Error::new(io::ErrorKind::ConnectionRefused, "refused by the other side");
        let outer = io::Error::other(inner);
        assert_eq!(Chain(&outer).to_string(), "refused by the other side");
    }

    #[test]
    fn a_quoted_session_token_is_taken_out() {
        assert_eq!(
            without_session_token("should have been 'host:h\nx-amz-security-token:FwoG/Zl+Q==\nx-amz-target:T'"),
            "should have been 'host:h\nx-amz-security-token:(redacted)\nx-amz-target:T'"
        );
        assert_eq!(without_session_token("a?X-Amz-Security-Token=abc&b"), "a?X-Amz-Security-Token=(redacted)&b");
        assert_eq!(without_session_token("signed: host;x-amz-security-token;x"), "signed: host;x-amz-security-token;x");
    }
}
