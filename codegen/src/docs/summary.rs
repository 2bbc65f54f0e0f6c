//! The first sentence of documentation.

use super::print;
use super::tree::{Block, Content, Inline, Style};

/// Abbreviations, whose dot does not end a sentence.
const ABBREVIATIONS: [&str; 10] = ["eg", "ie", "cf", "vs", "approx", "mr", "ms", "mrs", "dr", "st"];

/// The first sentence of the first paragraph as one line that ends with a full stop, or an empty string without blocks.
pub(super) fn summary(blocks: &[Block]) -> String {
    let mut pieces = match first_paragraph(blocks) {
        Some(paragraph) => first_sentence(paragraph),
        None => first_line(blocks),
    };
    if pieces.is_empty() {
        return String::new();
    }
    end_with_stop(&mut pieces);
    print::line(&pieces)
}

/// The first paragraph outside lists and quotations, or else the first one inside them.
fn first_paragraph(blocks: &[Block]) -> Option<&[Inline]> {
    let outside = blocks.iter().find_map(|block| match block {
        Block::Paragraph(pieces) => Some(pieces.as_slice()),
        _ => None,
    });
    let inside = || {
        blocks.iter().find_map(|block| match block {
            Block::Paragraph(pieces) | Block::Heading(_, pieces) => Some(pieces.as_slice()),
            Block::List(list) => list.items.iter().find_map(|item| first_paragraph(item)),
            Block::Quote(blocks) => first_paragraph(blocks),
            Block::Code(_) => None,
        })
    };
    outside.or_else(inside)
}

/// The first line of the first code block, for documentation that has nothing else.
fn first_line(blocks: &[Block]) -> Vec<Inline> {
    let piece =
        |code: &str| Inline { content: Content::Code(code.lines().next().unwrap_or_default().to_owned()), style: Style::Plain, link: None };
    let line = blocks.iter().find_map(|block| match block {
        Block::Code(code) => Some(vec![piece(code)]),
        Block::List(list) => list.items.iter().map(|item| first_line(item)).find(|line| !line.is_empty()),
        Block::Quote(blocks) => Some(first_line(blocks)),
        Block::Paragraph(_) | Block::Heading(..) => None,
    });
    line.unwrap_or_default()
}

/// The pieces up to the end of the first sentence. A sentence of one word ("Optional.") is not enough, so the next one is included.
fn first_sentence(paragraph: &[Inline]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut depth = 0;
    let mut words = 0;
    for (index, piece) in paragraph.iter().enumerate() {
        let mut piece = piece.clone();
        match &mut piece.content {
            Content::Text(text) if piece.link.is_none() => {
                let next = paragraph.get(index + 1);
                if let Some(end) = sentence_end(text, &mut depth, &mut words, next) {
                    text.truncate(end);
                    out.push(piece);
                    break;
                }
            }
            _ => words += 2,
        }
        out.push(piece);
    }
    out
}

/// The position behind the sentence's end in this text. `depth` counts open parentheses, `words` the words so far.
fn sentence_end(text: &str, depth: &mut usize, words: &mut usize, next: Option<&Inline>) -> Option<usize> {
    let mut word_start = 0;
    for (index, c) in text.char_indices() {
        match c {
            '(' => *depth += 1,
            ')' => *depth = depth.saturating_sub(1),
            c if c.is_whitespace() => {
                *words += usize::from(word_start < index);
                word_start = index + c.len_utf8();
            }
            '.' | '!' | '?' => {
                let after = text.get(index + 1..).unwrap_or_default();
                let ends_word = after.chars().next().or_else(|| first_char(next?)).is_none_or(char::is_whitespace);
                let word = text.get(word_start..index).unwrap_or_default();
                if *depth == 0 && ends_word && *words > 0 && begins_sentence(after, next) && !(c == '.' && is_abbreviation(word, after)) {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// True if a sentence may begin here, with anything but a small letter.
fn begins_sentence(after: &str, next: Option<&Inline>) -> bool {
    let is_small = match after.trim_start().chars().next() {
        None => matches!(next, Some(Inline { content: Content::Text(text), .. }) if text.trim_start().starts_with(char::is_lowercase)),
        Some(c) => c.is_lowercase(),
    };
    !is_small
}

/// The first character of the piece, a backtick for code.
fn first_char(piece: &Inline) -> Option<char> {
    match &piece.content {
        Content::Text(text) => text.chars().next(),
        Content::Code(_) => Some('`'),
        Content::Break => Some('\n'),
    }
}

/// True if the dot belongs to the word before it: "e.g.", "U.S.", "No. 5".
fn is_abbreviation(word: &str, after: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_letters = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    let is_number = word == "no" && after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    is_letters || is_number || ABBREVIATIONS.contains(&word.as_str())
}

/// Replaces the last punctuation mark by a full stop, or adds one.
fn end_with_stop(pieces: &mut Vec<Inline>) {
    while pieces.last().is_some_and(Inline::is_blank) {
        pieces.pop();
    }
    if let Some(Inline { content: Content::Text(text), link: None, .. }) = pieces.last_mut() {
        let has_stop = text.trim_end().ends_with('.');
        text.truncate(text.trim_end_matches(|c: char| ".,:;!?".contains(c) || c.is_whitespace()).len());
        // "(As here.)" keeps only one of its two stops.
        if let Some(closer) = text.chars().next_back().filter(|c| !has_stop && ")\"”’".contains(*c)) {
            let inside = text.len() - closer.len_utf8();
            if text.get(..inside).is_some_and(|inside| inside.ends_with('.')) {
                text.remove(inside - 1);
            }
        }
    }
    pieces.push(Inline { content: Content::Text(".".to_owned()), style: Style::Plain, link: None });
}
