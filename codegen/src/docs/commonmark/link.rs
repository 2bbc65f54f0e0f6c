//! `CommonMark`: where links lead.

use crate::docs::{entity, url};

/// How many parentheses may nest in an address.
const MAX_PARENTHESES: usize = 32;

/// The address in angle brackets at the start of the text, as it stands there and as the target of a link, and the length with its brackets.
pub(super) fn autolink(text: &str) -> Option<(&str, String, usize)> {
    let body = text.strip_prefix('<')?;
    let (address, after) = body.split_at(body.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))?);
    let url = url::safe(address).filter(|_| after.starts_with('>'))?;
    Some((address, url, address.len() + 2))
}

/// The target of a link in parentheses at the start of the text, and the length with its parentheses; no target if it cannot be followed.
pub(super) fn target(text: &str) -> Option<(Option<String>, usize)> {
    let body = text.strip_prefix('(')?.trim_start();
    let (address, after) = match body.strip_prefix('<') {
        Some(body) => {
            let end = body.find(['>', '<', '\n']).filter(|end| body.get(*end..).is_some_and(|rest| rest.starts_with('>')))?;
            (body.get(..end)?, body.get(end + 1..)?)
        }
        None => body.split_at(address_end(body)),
    };
    let rest = title(after).trim_start().strip_prefix(')')?;
    Some((url::safe(&entity::decode(&unescape(address))), text.len() - rest.len()))
}

/// Where the address ends: at white space, or at the parenthesis that it does not open.
fn address_end(text: &str) -> usize {
    let mut depth = 0;
    let mut is_escaped = false;
    let end = text.find(|c: char| {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        match c {
            '(' if !was_escaped => depth += 1,
            ')' if !was_escaped && depth == 0 => return true,
            ')' if !was_escaped => depth -= 1,
            _ => {}
        }
        c.is_whitespace() || depth > MAX_PARENTHESES
    });
    end.unwrap_or(text.len())
}

/// The text after the title that it may begin with. We print no titles.
fn title(text: &str) -> &str {
    let body = text.trim_start();
    let close = match body.chars().next() {
        Some(quote @ ('"' | '\'')) if body.len() < text.len() => quote,
        Some('(') if body.len() < text.len() => ')',
        _ => return text,
    };
    let mut is_escaped = false;
    let end = body.char_indices().skip(1).find(|(_, c)| {
        let was_escaped = is_escaped;
        is_escaped = *c == '\\' && !was_escaped;
        *c == close && !was_escaped
    });
    end.and_then(|(index, _)| body.get(index + 1..)).unwrap_or(text)
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            out.extend(chars.next());
        } else {
            out.push(c);
        }
    }
    out
}
