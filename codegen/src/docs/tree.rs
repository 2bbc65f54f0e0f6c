//! The tree for both dialects.

use std::rc::Rc;

/// The maximum depth of containers (lists, their items, quotes). Content that is nested deeper is added to the innermost container allowed. This
/// bounds every recursion over the tree, including its destruction.
pub(super) const MAX_DEPTH: usize = 16;

/// One block.
pub(super) enum Block {
    /// Prose that is not empty.
    Paragraph(Vec<Inline>),
    /// A heading with its level, 1 to 6.
    Heading(usize, Vec<Inline>),
    /// A list.
    List(List),
    /// A quotation or an admonition.
    Quote(Vec<Block>),
    /// Code, whose white space is kept.
    Code(String),
}

/// A list.
pub(super) struct List {
    /// The first item's number; `None` for a list with bullets.
    pub(super) start: Option<u32>,
    /// The items, which are not empty.
    pub(super) items: Vec<Vec<Block>>,
}

/// A piece of prose. Styles and links do not nest, so prose is a flat sequence of pieces.
#[derive(Clone)]
pub(super) struct Inline {
    /// The text.
    pub(super) content: Content,
    /// The style.
    pub(super) style: Style,
    /// The target of a link, a URL made by [`super::url::safe`].
    pub(super) link: Option<Rc<str>>,
}

/// The content of a piece of prose.
#[derive(Clone)]
pub(super) enum Content {
    /// Literal text, whose runs of white space have no meaning.
    Text(String),
    /// A code span.
    Code(String),
    /// A required line break.
    Break,
}

/// The style of a piece of prose.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Style {
    /// The style of the prose around it.
    Plain,
    /// Emphasis, usually shown in italics.
    Emphasis,
    /// Strong emphasis, usually bold. Text that is both is strong.
    Strong,
}

/// Adds a block. An unordered list continues an unordered list before it, as readers see them as one.
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

/// The prose of a paragraph: adjacent pieces of the same style and link are joined, white space and line breaks at the ends removed. `None` if
/// nothing is left.
pub(super) fn prose(pieces: Vec<Inline>) -> Option<Vec<Inline>> {
    let mut out = joined(pieces.into_iter().skip_while(Inline::is_blank));
    for piece in &mut out {
        // A label in brackets and a colon at the start of a paragraph define a link reference, even if half of that is code.
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

/// Joins adjacent pieces with the same style and link.
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
    /// True if the piece has no visible content.
    pub(super) fn is_blank(&self) -> bool {
        match &self.content {
            Content::Text(text) | Content::Code(text) => text.trim().is_empty(),
            Content::Break => true,
        }
    }
}
