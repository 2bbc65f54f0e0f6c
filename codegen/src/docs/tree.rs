//! The tree that both dialects are read into.

use std::rc::Rc;

/// How deep containers (lists, their items, quotes) may nest. What is nested deeper is kept, in the innermost container that still fits; it
/// bounds every recursion over the tree, its destruction included.
pub(super) const MAX_DEPTH: usize = 16;

/// One block.
pub(super) enum Block {
    /// Prose, never empty.
    Paragraph(Vec<Inline>),
    /// A heading with its level, 1 to 6.
    Heading(usize, Vec<Inline>),
    /// A list.
    List(List),
    /// A quotation or an admonition.
    Quote(Vec<Block>),
    /// Lines that keep their white space.
    Code(String),
}

/// A list.
pub(super) struct List {
    /// The first item's number; none for a list with bullets.
    pub(super) start: Option<u32>,
    /// The items, none of them empty.
    pub(super) items: Vec<Vec<Block>>,
}

/// A piece of prose. Styles and links do not nest, so prose is a flat sequence.
#[derive(Clone)]
pub(super) struct Inline {
    /// What it says.
    pub(super) content: Content,
    /// How it looks.
    pub(super) style: Style,
    /// Where it leads, an URL that [`super::url::safe`] made.
    pub(super) link: Option<Rc<str>>,
}

/// What a piece of prose says.
#[derive(Clone)]
pub(super) enum Content {
    /// Literal text; its white space carries no meaning.
    Text(String),
    /// A code span.
    Code(String),
    /// A line break that has to stay.
    Break,
}

/// How a piece of prose looks.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Style {
    /// As the prose around it.
    Plain,
    /// Emphasis, italics with most readers.
    Emphasis,
    /// Strong emphasis, bold with most readers. What is both is strong.
    Strong,
}

/// Adds a block. An unordered list that follows another continues it, as it does for a reader.
pub(super) fn push_block(blocks: &mut Vec<Block>, block: Block) {
    if let (Some(Block::List(List { start: None, items })), Block::List(List { start: None, items: more })) = (blocks.last_mut(), &block) {
        items.reserve(more.len());
        if let Block::List(list) = block {
            items.extend(list.items);
        }
        return;
    }
    blocks.push(block);
}

/// The prose as a paragraph holds it: neighbours that differ in nothing joined, line breaks and white space at the ends gone; none if nothing is
/// left.
pub(super) fn prose(pieces: Vec<Inline>) -> Option<Vec<Inline>> {
    let mut out = joined(pieces.into_iter().skip_while(Inline::is_blank));
    for piece in &mut out {
        // A bracket, a label, a bracket and a colon at the start of a paragraph define a reference, even if half of that is code.
        if matches!(&piece.content, Content::Code(code) if code.contains("]:")) {
            piece.link = None;
        }
    }
    while out.last().is_some_and(Inline::is_blank) {
        out.pop();
    }
    if let Some(Inline { content: Content::Text(text), .. }) = out.first_mut() {
        text.drain(..text.len() - text.trim_start().len());
    }
    if let Some(Inline { content: Content::Text(text), .. }) = out.last_mut() {
        text.truncate(text.trim_end().len());
    }
    (!out.is_empty()).then_some(out)
}

/// The pieces, neighbours that differ in nothing joined.
pub(super) fn joined(pieces: impl IntoIterator<Item = Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for piece in pieces {
        if let Some(last) = out.last_mut()
            && last.style == piece.style
            && last.link == piece.link
            && let (Content::Text(text), Content::Text(more)) | (Content::Code(text), Content::Code(more)) =
                (&mut last.content, &piece.content)
        {
            text.push_str(more);
        } else {
            out.push(piece);
        }
    }
    out
}

impl Inline {
    /// Whether a reader sees nothing of it.
    pub(super) fn is_blank(&self) -> bool {
        match &self.content {
            Content::Text(text) | Content::Code(text) => text.trim().is_empty(),
            Content::Break => true,
        }
    }
}
