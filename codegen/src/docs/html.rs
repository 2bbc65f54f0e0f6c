//! The tokens of AWS's HTML. Anything but a known tag is text, since AWS writes placeholders such as `<bucket>` without escaping them.

mod builder;
mod paragraph;

use super::backticks::Backticks;
use super::entity;
use super::tree::Block;
use std::borrow::Cow;

/// True if the text is HTML: it contains a known tag outside Markdown's code spans.
pub(super) fn is_html(text: &str) -> bool {
    let mut backticks = None;
    let mut rest = text;
    while let Some(index) = rest.find(['<', '`', '\\']) {
        let (_, from) = rest.split_at(index);
        let mut skipped = 1;
        if from.starts_with('`') {
            let start = text.len() - from.len();
            let backticks = backticks.get_or_insert_with(|| Backticks::new(text));
            skipped = backticks.span(start).map_or_else(|| from.len() - from.trim_start_matches('`').len(), |(_, end)| end - start);
        } else if from.starts_with('\\') {
            skipped += from.chars().nth(1).map_or(0, char::len_utf8);
        } else if tag(from).is_some() {
            return true;
        }
        rest = from.get(skipped..).unwrap_or_default();
    }
    false
}

/// Reads HTML.
pub(super) fn parse(text: &str) -> Vec<Block> {
    let mut builder = builder::Builder::default();
    for token in Tokens::new(text) {
        builder.token(&token);
    }
    builder.finish()
}

/// One token.
pub(super) enum Token<'a> {
    /// Text between tags, with its character references.
    Text(&'a str),
    /// An opening tag and its attributes.
    Open(Tag, &'a str),
    /// A closing tag.
    Close(Tag),
}

/// The effect of a tag.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Tag {
    Paragraph,
    Heading,
    List {
        is_ordered: bool,
    },
    Item,
    Term,
    Definition,
    /// A quotation with a label such as "Note", or with an empty one.
    Quote(&'static str),
    Table,
    Row,
    Cell {
        is_header: bool,
    },
    Preformatted,
    Break,
    Emphasis,
    Strong,
    Code,
    Link,
    /// A tag without an effect.
    Transparent,
}

impl Tag {
    fn named(name: &str) -> Option<Self> {
        Self::in_small_letters(name).or_else(|| Self::in_small_letters(&name.to_ascii_lowercase()))
    }

    fn in_small_letters(name: &str) -> Option<Self> {
        Some(match name {
            "p" | "div" | "fullname" | "para" | "section" | "center" | "caption" | "hr" => Self::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "ul" | "dl" => Self::List { is_ordered: false },
            "ol" => Self::List { is_ordered: true },
            "li" => Self::Item,
            "dt" => Self::Term,
            "dd" => Self::Definition,
            "note" => Self::Quote("Note"),
            "important" => Self::Quote("Important"),
            "caution" => Self::Quote("Caution"),
            "tip" => Self::Quote("Tip"),
            "warning" => Self::Quote("Warning"),
            "blockquote" => Self::Quote(""),
            "table" => Self::Table,
            "tr" => Self::Row,
            "th" => Self::Cell { is_header: true },
            "td" => Self::Cell { is_header: false },
            "pre" => Self::Preformatted,
            "br" => Self::Break,
            "i" | "em" | "cite" | "var" | "replaceable" => Self::Emphasis,
            "b" | "strong" => Self::Strong,
            "code" | "tt" | "kbd" | "samp" | "filename" | "literal" => Self::Code,
            "a" => Self::Link,
            "span" | "u" | "s" | "sub" | "sup" | "small" | "font" | "link" | "thead" | "tbody" | "tfoot" => Self::Transparent,
            "script" | "style" | "zonbook" | "xhtml" => Self::Transparent,
            _ => return None,
        })
    }
}

/// Content that is not shown: its start, its end, and the number of bytes of the end that belong to it.
const UNSEEN: [(&str, &str, usize); 3] = [("<!--", "-->", 3), ("<script", "</script", 0), ("<style", "</style", 0)];

struct Tokens<'a> {
    rest: &'a str,
    /// True for each of [`UNSEEN`] whose end was searched for and not found. Repeating the search would be slow.
    has_no_end: [bool; 3],
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, has_no_end: [false; 3] }
    }

    /// The text behind the comment, script or style at the start of the rest.
    fn after_unseen(&mut self) -> Option<&'a str> {
        for ((start, end, length), has_no_end) in UNSEEN.into_iter().zip(&mut self.has_no_end) {
            let Some(inside) = self.rest.strip_prefix(start).filter(|_| !*has_no_end) else { continue };
            if length == 0 && !inside.starts_with(|c: char| c.is_whitespace() || c == '>') {
                continue;
            }
            match inside.find(end) {
                Some(index) => return inside.get(index + length..),
                None => *has_no_end = true,
            }
        }
        None
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while let Some(rest) = self.after_unseen() {
            self.rest = rest;
        }
        if let Some((token, rest)) = tag(self.rest) {
            self.rest = rest;
            return Some(token);
        }
        // The first character is text here, even if it is `<`.
        let first = self.rest.chars().next()?.len_utf8();
        let end = self.rest.get(first..).and_then(|rest| rest.find('<')).map_or(self.rest.len(), |index| first + index);
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        Some(Token::Text(text))
    }
}

/// The known tag at the start of the text, and the text behind it.
fn tag(text: &str) -> Option<(Token<'_>, &str)> {
    let body = text.strip_prefix('<')?;
    let (body, is_closing) = body.strip_prefix('/').map_or((body, false), |body| (body, true));
    let (name, after) = body.split_at(body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len()));
    let kind = Tag::named(name)?;
    if !after.starts_with(|c: char| c.is_whitespace() || c == '/' || c == '>') {
        return None;
    }
    // A tag contains no other tag, so the search ends at the next one. An unclosed quote thus affects one tag at most, and time stays linear.
    let within = after.split('<').next().unwrap_or_default();
    let (attributes, _) = within.split_at(tag_end(within)?);
    let rest = after.get(attributes.len() + 1..).unwrap_or_default();
    Some((if is_closing { Token::Close(kind) } else { Token::Open(kind, attributes) }, rest))
}

/// The position of the tag's `>`, outside quotes, or the first one if a quote is not closed.
fn tag_end(within: &str) -> Option<usize> {
    let mut quote = None;
    for (index, c) in within.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '>' => return Some(index),
            None => quote = Some(c).filter(|c| matches!(c, '"' | '\'')),
        }
    }
    within.find('>')
}

/// The value of the attribute `href`.
fn href(attributes: &str) -> Option<Cow<'_, str>> {
    let is_between = |c: char| c.is_whitespace() || c == '/' || c == '>';
    let mut rest = attributes.trim_start_matches(is_between);
    while !rest.is_empty() {
        let (name, after) = rest.split_at(rest.find(|c: char| is_between(c) || c == '=').unwrap_or(rest.len()));
        let mut value = "";
        rest = after.trim_start();
        if let Some(after) = rest.strip_prefix('=') {
            (value, rest) = attribute_value(after.trim_start());
        }
        if name.eq_ignore_ascii_case("href") {
            return Some(entity::decode(value));
        }
        rest = rest.trim_start_matches(is_between);
    }
    None
}

/// The attribute value at the start of the text, and the text behind it. A quote that is not closed extends to the end.
fn attribute_value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let value = text.get(1..).unwrap_or_default();
            value.split_once(quote).unwrap_or((value, ""))
        }
        _ => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}
