//! Writes prose as one line of Markdown, in the form that [`super::escape`](mod@super::escape) describes; a line feed is a required line break.

use super::tree::{Content, Inline, Style, joined};
use super::{escape, url};
use std::borrow::Cow;
use std::ops::Range;

/// The maximum number of times that prose is written again without emphasis that Markdown cannot express.
const ATTEMPTS: usize = 3;

/// The pieces in order, each emphasised where Markdown can express it.
///
/// Where Markdown would not read asterisks as emphasis, as in the middle of a word, there are none: a missing emphasis does less harm than a
/// stray asterisk. The text is then joined with the text around it and written again, since an address may begin outside and end inside.
pub(super) fn prose(pieces: &[Inline]) -> String {
    let mut pieces = Cow::Borrowed(pieces);
    for _ in 0..ATTEMPTS {
        let mut impossible = Vec::new();
        let text = emphasise(runs(&pieces, 0, false, &mut impossible), &mut impossible);
        if impossible.is_empty() {
            return text;
        }
        pieces = Cow::Owned(without_style(pieces.into_owned(), impossible));
    }
    let everything = 0..pieces.len();
    emphasise(runs(&without_style(pieces.into_owned(), vec![everything]), 0, false, &mut Vec::new()), &mut Vec::new())
}

fn without_style(mut pieces: Vec<Inline>, ranges: Vec<Range<usize>>) -> Vec<Inline> {
    for range in ranges {
        for piece in pieces.get_mut(range).unwrap_or_default() {
            piece.style = Style::Plain;
        }
    }
    joined(pieces)
}

/// Consecutive pieces of one style, written without that style.
struct Run {
    style: Style,
    pieces: Range<usize>,
    text: String,
}

/// Groups the pieces into runs; the first piece has the number `start`. A link with several styles keeps them inside.
fn runs(pieces: &[Inline], start: usize, in_link: bool, impossible: &mut Vec<Range<usize>>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut end = start;
    let is_unit = |a: &Inline, b: &Inline| a.link == b.link && (a.style == b.style || (!in_link && a.link.is_some()));
    for unit in pieces.chunk_by(is_unit) {
        let Some(first) = unit.first() else { continue };
        let mut styles = unit.iter().filter(|piece| !piece.is_blank()).map(|piece| piece.style);
        let style = styles.next().unwrap_or(first.style);
        let is_mixed = styles.any(|other| other != style);
        let style = if is_mixed { Style::Plain } else { style };
        let text = match &first.link {
            Some(_) if in_link => plain(unit, true),
            Some(url) if is_mixed => linked(&emphasise(runs(unit, end, true, impossible), impossible), url),
            Some(url) => link(unit, url),
            None => plain(unit, in_link),
        };
        end += unit.len();
        match out.last_mut() {
            Some(run) if run.style == style => {
                append(&mut run.text, &text);
                run.pieces.end = end;
            }
            _ => out.push(Run { style, pieces: end - unit.len()..end, text }),
        }
    }
    out
}

fn link(unit: &[Inline], url: &str) -> String {
    match unit {
        [Inline { content: Content::Text(text), .. }] if url::is_autolink(text.trim(), url) => {
            around(text, |address| format!("<{address}>"))
        }
        _ => linked(&plain(unit, true), url),
    }
}

fn linked(text: &str, url: &str) -> String {
    // A caret would make it a footnote.
    around(text, |text| format!("[{}{text}]({url})", if text.starts_with('^') { "\\" } else { "" }))
}

/// Applies `wrap` to the text without the white space at its ends, which is put around the result. A blank text is not changed.
fn around(text: &str, wrap: impl FnOnce(&str) -> String) -> String {
    let start = text.trim_start_matches([' ', '\n']);
    let inner = start.trim_end_matches([' ', '\n']);
    if inner.is_empty() {
        return text.to_owned();
    }
    let (before, _) = text.split_at(text.len() - start.len());
    let (_, after) = start.split_at(inner.len());
    format!("{before}{}{after}", wrap(inner))
}

/// The pieces without their styles.
fn plain(unit: &[Inline], in_link: bool) -> String {
    let length = |piece: &Inline| match &piece.content {
        Content::Text(text) | Content::Code(text) => text.len() + 4,
        Content::Break => 1,
    };
    let mut out = String::with_capacity(unit.iter().map(length).sum());
    for piece in unit {
        match &piece.content {
            Content::Text(text) => escape::text(&mut out, text, in_link),
            Content::Code(code) => escape::code(&mut out, code),
            Content::Break => out.push('\n'),
        }
    }
    out
}

/// Joins runs, with asterisks around emphasised ones, and records those that cannot be emphasised.
fn emphasise(runs: Vec<Run>, impossible: &mut Vec<Range<usize>>) -> String {
    let mut out = String::with_capacity(runs.iter().map(|run| run.text.len() + 4).sum());
    let mut end_of_emphasis = 0;
    let mut runs = runs.into_iter().peekable();
    while let Some(Run { style, pieces, text }) = runs.next() {
        let inner = text.trim_matches([' ', '\n']);
        let delimiter = match style {
            Style::Plain => "",
            Style::Emphasis => "*",
            Style::Strong => "**",
        };
        if delimiter.is_empty() || inner.is_empty() {
            append(&mut out, &text);
            continue;
        }
        let before = if text.starts_with([' ', '\n']) { Some(' ') } else { out.chars().next_back() };
        let after = if text.ends_with([' ', '\n']) { Some(' ') } else { runs.peek().and_then(|next| next.text.chars().next()) };
        let touches = end_of_emphasis > 0 && end_of_emphasis == out.len() && before != Some(' ');
        if touches || !can_flank(before, inner.chars().next()) || !can_flank(after, inner.chars().next_back()) {
            impossible.push(pieces);
            append(&mut out, &text);
            continue;
        }
        append(&mut out, &around(&text, |inner| format!("{delimiter}{inner}{delimiter}")));
        if !text.ends_with([' ', '\n']) {
            end_of_emphasis = out.len();
        }
    }
    out
}

/// True if Markdown reads an asterisk between these two characters as a delimiter of the inside (`CommonMark`, "left-flanking delimiter run").
/// Where the rule depends on Unicode's tables, this function is stricter.
fn can_flank(outside: Option<char>, inside: Option<char>) -> bool {
    let is_open = |c: char| c.is_whitespace() || c.is_ascii_punctuation();
    inside.is_some_and(|c| c.is_ascii_alphanumeric()) || (inside.is_some() && outside.is_none_or(is_open))
}

/// Appends a run so that the characters at the joint do not form markup.
fn append(out: &mut String, run: &str) {
    if out.ends_with('!') && run.starts_with('[') {
        // Otherwise the link would be an image.
        out.pop();
        out.push_str("\\!");
    } else if out.ends_with('`') && run.starts_with('`') {
        // Otherwise two code spans would be one.
        out.push(' ');
    }
    out.push_str(run);
}
