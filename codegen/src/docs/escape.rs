//! Text and code as Markdown that means just that.
//!
//! What is made here is not yet Markdown: it stands on one line, where a plain space may become a line's end and [`HARD_SPACE`] may not.

use super::{entity, url};

/// A space inside a code span, where no line may end. A control character, since [`super::clean`] leaves none in the input.
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
            // Only the scheme of an address: text like any other. Four bytes are "http", so the rest is no address.
            None => {
                out.push_str("http");
                4
            }
        };
        rest = from.get(length..).unwrap_or_default();
    }
    literal(out, rest);
}

/// Adds text, each run of white space as one space, with a backslash before whatever Markdown would read as more than text. What it would
/// misread only at the start of a line is left to [`super::fill`].
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
            // Between letters an underscore is never emphasis, and names of enum values read better without backslashes.
            '_' => !(previous().is_some_and(|c| c.is_ascii_alphanumeric()) && rest.starts_with(|c: char| c.is_ascii_alphanumeric())),
            '&' => entity::reference_name(special).is_some(),
            // Rustdoc prints two hyphens as a dash; that is right between words and wrong in the name of an option.
            '-' => rest.strip_prefix('-').is_some_and(|after| !stands_alone(previous(), after)),
            c => c.is_ascii(),
        };
        if is_escaped {
            out.push('\\');
        }
        out.push(c);
    }
}

/// Whether the byte is a character that means nothing in Markdown, or nothing but at the start of a line.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!\"#$%'()+,./:;=>?@^{|}".contains(&byte)
}

fn stands_alone(before: Option<char>, after: &str) -> bool {
    before.is_some_and(char::is_whitespace) && after.chars().next().is_none_or(char::is_whitespace)
}

/// Adds a code span, its white space collapsed; nothing if there is nothing else in it.
pub(super) fn code(out: &mut String, code: &str) {
    let delimiter = "`".repeat(longest_run(code) + 1);
    let mut words = code.split_whitespace();
    let Some(first) = words.next() else { return };
    if out.ends_with('`') {
        // Else the delimiter would be longer than it is.
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
