//! Fills prose to lines of a bounded width.

use super::escape::HARD_SPACE;
use std::borrow::Cow;

/// The prose that [`super::span`] wrote, in lines of at most `width` characters as far as its words allow. A required line break is a backslash
/// at the end of a line.
pub(super) fn fill(prose: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for segment in prose.split('\n') {
        let mut words = segment.split(' ').filter(|word| !word.is_empty());
        let Some(first) = words.next() else { continue };
        if let Some(last) = lines.last_mut() {
            String::push(last, '\\');
        }
        let mut line = begin(first, width);
        let mut length = line.chars().count();
        for word in words {
            let added = word.chars().count() + 1;
            if length + added <= width {
                line.push(' ');
                line.push_str(word);
                length += added;
            } else {
                lines.push(line);
                line = begin(word, width);
                length = line.chars().count();
            }
        }
        lines.push(line);
    }
    lines.into_iter().map(finish).collect()
}

/// The prose that [`super::span`] wrote on a single line.
pub(super) fn one_line(prose: &str) -> String {
    let mut words = prose.split([' ', '\n']).filter(|word| !word.is_empty());
    let mut line = words.next().map(|word| begin(word, prose.len())).unwrap_or_default();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    finish(line)
}

/// The text of a heading on a single line, without trailing hashes, which Markdown would drop.
pub(super) fn heading(prose: &str) -> String {
    let words = prose.split([' ', '\n']).filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(|word| if word.bytes().all(|byte| byte == b'#') { guard(word) } else { Cow::Borrowed(word) }).collect();
    words.join(" ").replace(HARD_SPACE, " ")
}

/// A new line that begins with this word, with room for more words.
fn begin(word: &str, width: usize) -> String {
    let mut line = String::with_capacity(width.max(word.len()) + 2);
    line.push_str(&guard(word));
    line
}

/// The line as Markdown: escaped if it would turn the line above into a heading or a table.
fn finish(line: String) -> String {
    let is_rule = !line.is_empty() && line.bytes().all(|byte| b"=-:| ".contains(&byte));
    match (is_rule, line.contains(HARD_SPACE)) {
        (true, _) => format!("\\{line}"),
        (false, true) => line.replace(HARD_SPACE, " "),
        (false, false) => line,
    }
}

/// The word at the start of a line: escaped if it would begin a quotation, a heading or a list.
fn guard(word: &str) -> Cow<'_, str> {
    if matches!(word, "-" | "+") || word.starts_with('>') || word.bytes().all(|byte| byte == b'#') {
        return Cow::Owned(format!("\\{word}"));
    }
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < word.len() && matches!(digits, "." | ")") {
        let (number, mark) = word.split_at(word.len() - 1);
        return Cow::Owned(format!("{number}\\{mark}"));
    }
    Cow::Borrowed(word)
}
