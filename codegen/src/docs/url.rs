//! Addresses that may be linked, and their form in Markdown.

use super::entity;
use std::fmt::Write as _;

/// The address as the target of a link, if it can be followed from anywhere: `http`, `https` or `mailto`.
///
/// Characters that could end the link early are percent-encoded, so the result has no white space, parenthesis, bracket or angle bracket.
pub(super) fn safe(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let followable = match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.strip_prefix("//").is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric())),
        // Rustdoc reads an address without a dot as the path of an item.
        "mailto" => rest.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')),
        _ => false,
    };
    followable.then(|| encode(address))
}

/// True if a link with this text and target can be written as the address in angle brackets.
pub(super) fn is_autolink(text: &str, url: &str) -> bool {
    text.chars().all(is_address_char) && !has_reference(text) && safe(text).is_some_and(|safe| safe == url)
}

fn encode(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (index, c) in address.char_indices() {
        if c == '&' && address.get(index..).and_then(entity::reference_name).is_some() {
            out.push_str("&amp;");
        } else if c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// An address in running text.
pub(super) enum Bare<'a> {
    /// An address that can be followed.
    Address(&'a str),
    /// A pattern for addresses, with placeholders such as `https://<region>.example.com`.
    Pattern(&'a str),
}

/// The start of the first address in running text.
pub(super) fn find_bare(text: &str) -> Option<usize> {
    text.match_indices(':').find_map(|(index, _)| {
        let (before, after) = text.split_at(index);
        let scheme = ["https", "http"].into_iter().find(|scheme| before.ends_with(scheme))?;
        after.starts_with("://").then_some(index - scheme.len())
    })
}

/// The address at the start of the text, without the punctuation of the sentence around it.
pub(super) fn bare(text: &str) -> Option<Bare<'_>> {
    let is_placeholder = |text: &str| text.starts_with(['<', '{', '[', '*', '$']);
    let host = after_scheme(text)?;
    if !host.starts_with(|c: char| c.is_ascii_alphanumeric()) && !is_placeholder(host) {
        return None;
    }
    let (address, rest) = text.split_at(text.find(|c| !is_address_char(c)).unwrap_or(text.len()));
    if is_placeholder(rest) || has_reference(address) {
        let (token, _) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
        return Some(Bare::Pattern(without_punctuation(token)));
    }
    Some(Bare::Address(without_punctuation(address)))
}

fn after_scheme(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("http")?;
    rest.strip_prefix('s').unwrap_or(rest).strip_prefix("://")
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!&'()+,;=%".contains(c)
}

fn has_reference(address: &str) -> bool {
    address.match_indices('&').any(|(index, _)| address.get(index..).and_then(entity::reference_name).is_some())
}

/// The token without trailing punctuation; a closing parenthesis stays if the token itself opens it.
fn without_punctuation(token: &str) -> &str {
    let count = |wanted| token.chars().filter(|c| *c == wanted).count();
    let mut unopened = count(')').saturating_sub(count('('));
    token.trim_end_matches(|c| match c {
        ')' if unopened > 0 => {
            unopened -= 1;
            true
        }
        c => ".,;:!?'\"".contains(c),
    })
}
