//! Writes text and code as Markdown with the same meaning.
//!
//! The result is not yet Markdown: it stands on one line, which may be broken at a plain space but not at a [`HARD_SPACE`].

use super::{entity, url};

/// A space inside a code span, where a line must not be broken. It is a control character, since [`super::clean`] leaves none in the input.
pub(super) const HARD_SPACE: char = '\u{1}';

/// Adds text. Addresses become links, unless the text is a link already.
pub(super) fn text(out: &mut String, text: &str, in_link: bool) {
    let mut rest = text;
    while !in_link && let Some(start) = url::find_bare(rest) {
        let (before, from) = rest.split_at(start);
        literal(out, before);
        let length = match url::bare(from) {
            Some(url::Bare::Address(address)) => {
                out.extend(["<", address, ">"]);
                address.len()
            }
            Some(url::Bare::Pattern(pattern)) => {
                code(out, pattern);
                pattern.len()
            }
            // This is only the scheme of an address, so it is plain text. The rest after the four bytes of "http" is not an address.
            None => {
                out.push_str("http");
                4
            }
        };
        rest = from.get(length..).unwrap_or_default();
    }
    literal(out, rest);
}

/// Adds text, with each run of white space as one space and a backslash before every character that Markdown would read as markup. Characters
/// with a meaning only at the start of a line are left to [`super::fill`].
fn literal(out: &mut String, text: &str) {
    let mut rest = text;
    loop {
        let (plain, special) = rest.split_at(rest.bytes().position(|byte| !is_plain(byte)).unwrap_or(rest.len()));
        out.push_str(plain);
        let mut chars = special.chars();
        let Some(c) = chars.next() else { return };
        let previous = || text.get(..text.len() - special.len()).and_then(|before| before.chars().next_back());
        rest = chars.as_str();
        if c.is_whitespace() {
            if !previous().is_some_and(char::is_whitespace) {
                out.push(' ');
            }
            continue;
        }
        let is_escaped = match c {
            // An underscore between letters is never emphasis, and names of enum values are easier to read without backslashes.
            '_' => !(previous().is_some_and(|c| c.is_ascii_alphanumeric()) && rest.starts_with(|c: char| c.is_ascii_alphanumeric())),
            '&' => entity::reference_name(special).is_some(),
            // Rustdoc prints two hyphens as a dash, which is right between words and wrong in the name of an option.
            '-' => rest.strip_prefix('-').is_some_and(|after| !stands_alone(previous(), after)),
            c => c.is_ascii(),
        };
        if is_escaped {
            out.push('\\');
        }
        out.push(c);
    }
}

/// True if the byte is a character without a meaning in Markdown, or with one at the start of a line only.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!\"#$%'()+,./:;=>?@^{|}".contains(&byte)
}

fn stands_alone(before: Option<char>, after: &str) -> bool {
    before.is_some_and(char::is_whitespace) && after.chars().next().is_none_or(char::is_whitespace)
}

/// Adds a code span with its white space collapsed; a blank span is left out.
pub(super) fn code(out: &mut String, code: &str) {
    let delimiter = "`".repeat(longest_run(code) + 1);
    let mut words = code.split_whitespace();
    let Some(first) = words.next() else { return };
    if out.ends_with('`') {
        // Without the space, the delimiter would be longer.
        out.push(' ');
    }
    out.push_str(&delimiter);
    let start = out.len();
    out.push_str(first);
    for word in words {
        out.push(HARD_SPACE);
        out.push_str(word);
    }
    if first.starts_with('`') || out.ends_with('`') {
        out.insert(start, HARD_SPACE);
        out.push(HARD_SPACE);
    }
    out.push_str(&delimiter);
}

/// The length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
