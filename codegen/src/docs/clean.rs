//! Removes characters that are not allowed in a doc comment.

use std::borrow::Cow;

/// The text without the characters that [`clean_char`] removes, with lines ended by `\n` and tabs as four spaces (the tab stop of `CommonMark`).
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\t' => out.push_str("    "),
            c => out.extend(clean_char(c)),
        }
    }
    Cow::Owned(out)
}

/// The character as documentation may hold it, or `None` if it is removed.
///
/// Control characters are removed, as well as marks that change the direction of text (rustc refuses most of them, since they make source look
/// different from what it is) and invisible characters (clippy refuses some of them). Unusual line ends become a space or a line feed.
pub(super) fn clean_char(c: char) -> Option<char> {
    match c {
        '\n' | '\r' => Some('\n'),
        '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() => None,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        c => Some(c),
    }
}
