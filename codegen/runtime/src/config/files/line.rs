//! The parts of a line.

/// The characters that begin a comment.
pub(super) const COMMENT: [char; 2] = ['#', ';'];

/// Returns whether a character is white space to Python: Unicode's, and the information separators.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// Returns whether a character ends a line within a nested setting, which Python's `splitlines` splits.
pub(super) fn ends_line(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// The number of characters of white space at the start of a line.
pub(super) fn indent(line: &str) -> usize {
    line.chars().take_while(|&character| is_space(character)).count()
}

/// Splits a text into lines at line feeds, carriage returns, or both.
pub(super) fn split(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = text.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.flat_map(|line| line.split(|&byte| byte == b'\r'))
}

/// Finds the end of a section's name, in the text after the opening bracket: the last closing bracket that is not in a comment.
pub(super) fn header_end(rest: &str) -> Option<usize> {
    let first = rest.find(']')?;
    let mut comments = rest.match_indices(COMMENT).map(|(index, _)| index);
    let end = comments.find(|&index| index > first && rest[..index].ends_with(is_space)).unwrap_or(rest.len());
    rest[..end].rfind(']')
}

/// The value in the text after the '=', without the white space around it and the comment after it. A comment begins with '#' or ';' after
/// white space and outside of quotes. A quote that is not closed on its line does not quote.
pub(super) fn value(text: &str) -> &str {
    let mut after_space = false;
    let mut next = 0;
    for (index, character) in text.char_indices() {
        if index < next {
            continue;
        }
        if after_space && COMMENT.contains(&character) {
            return trim(&text[..index]);
        }
        after_space = is_space(character);
        next = index + character.len_utf8();
        if matches!(character, '"' | '\'') {
            next += closing(&text[next..], character).unwrap_or_default();
        }
    }
    trim(text)
}

/// The length of a quoted text, the closing quote included. In double quotes, a backslash quotes the next character.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        if character == quote {
            return Some(index + 1);
        }
        if character == '\\' && quote == '"' {
            characters.next();
        }
    }
    None
}

/// A name without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let inner = ['"', '\''].into_iter().find_map(|quote| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.is_empty() && !inner.contains(quote)).then_some(inner)
    });
    inner.unwrap_or(text)
}
