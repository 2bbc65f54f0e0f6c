//! Text from outside, prepared for one line of a log.

use std::error::Error;
use std::fmt;

/// The maximum length of a message in a line, in characters.
pub(crate) const MAX_MESSAGE: usize = 1_000;
/// The maximum length of a code or an id in a line, in characters.
pub(crate) const MAX_WORD: usize = 128;

/// A text on one line, without control characters, shortened to a maximum number of characters.
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

/// Returns whether a character is white space, a control character, or a direction mark of Unicode, which can make a line read as another one.
fn breaks_lines(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// An error and its causes on one line. A cause that the text before it quotes is omitted.
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

/// Redacts session tokens. A service quotes the token when it shows its canonical request, and a proxy when it shows the refused request.
pub(crate) fn without_session_token(text: &str) -> String {
    const NAME: &str = "x-amz-security-token";
    // Lower-casing ASCII keeps all positions.
    let names: Vec<usize> = text.to_ascii_lowercase().match_indices(NAME).map(|(at, _)| at).collect();
    let ends = names.iter().skip(1).copied().chain([text.len()]);
    let mut kept = String::with_capacity(text.len());
    kept.push_str(&text[..names.first().copied().unwrap_or(text.len())]);
    for (&start, end) in names.iter().zip(ends) {
        let (name, words) = text[start..end].split_at(NAME.len());
        kept.push_str(name);
        match around_token(words) {
            Some((before, behind)) => kept.extend([before, "(redacted)", behind]),
            None => kept.push_str(words),
        }
    }
    kept
}

/// The text before and after the token, counted from the header's name. `None` if other words follow the name.
fn around_token(text: &str) -> Option<(&str, &str)> {
    /// The minimum length of a token. Words of a sentence are shorter.
    const TOKEN: usize = 32;
    let value = text.trim_start_matches([' ', '\t', '"', '\'', '\\', ':', '=']);
    let between = text.strip_suffix(value)?;
    let length = value.find(is_end_of_token).unwrap_or(value.len());
    let assigned = between.contains([':', '=']) && length > 0;
    (assigned || !between.is_empty() && length >= TOKEN).then_some((between, value.get(length..)?))
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
    fn one_line_has_no_breaks_and_no_controls_and_is_shortened() {
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
    fn a_chain_omits_a_repeated_cause() {
        let inner = io::Error::new(io::ErrorKind::ConnectionRefused, "refused by the other side");
        let outer = io::Error::other(inner);
        assert_eq!(Chain(&outer).to_string(), "refused by the other side");
    }

    #[test]
    fn a_quoted_session_token_is_redacted() {
        assert_eq!(
            without_session_token("should have been 'host:h\nx-amz-security-token:FwoG/Zl+Q==\nx-amz-target:T'"),
            "should have been 'host:h\nx-amz-security-token:(redacted)\nx-amz-target:T'"
        );
        assert_eq!(without_session_token("a?X-Amz-Security-Token=abc&b"), "a?X-Amz-Security-Token=(redacted)&b");
        assert_eq!(without_session_token("X-Amz-Security-Token: FwoG/Zl+Q==\nHost: h"), "X-Amz-Security-Token: (redacted)\nHost: h");
        assert_eq!(without_session_token(r#"{"x-amz-security-token": "FwoG/Zl"}"#), r#"{"x-amz-security-token": "(redacted)"}"#);
        assert_eq!(without_session_token(r#"\"x-amz-security-token\":\"FwoG/Zl\""#), r#"\"x-amz-security-token\":\"(redacted)\""#);
        let twice = "x-amz-security-token:Fwo>x-amz-security-token: GZl";
        assert_eq!(without_session_token(twice), "x-amz-security-token:(redacted)x-amz-security-token: (redacted)");
        let cell = format!("x-amz-security-token {} host", "FwoG/Zl+".repeat(5));
        assert_eq!(without_session_token(&cell), "x-amz-security-token (redacted) host");
    }

    #[test]
    fn a_mention_of_a_session_token_is_kept() {
        for text in ["signed: host;x-amz-security-token;x", "x-amz-security-token:\nhost:h", "the x-amz-security-token is missing", ""] {
            assert_eq!(without_session_token(text), text);
        }
    }
}
