//! Builds the tree from AWS's HTML. Tags may be missing, crossed or misplaced; all text is kept nonetheless.

use super::paragraph::Paragraph;
use super::{Tag, Token, href};
use crate::docs::tree::{Block, List, MAX_DEPTH, Style, push_block};
use crate::docs::{entity, url};
use std::rc::Rc;

/// An open container.
enum Frame {
    Item(Vec<Block>),
    Quote(Vec<Block>),
    List { is_ordered: bool, items: Vec<Vec<Block>> },
}

/// Builds the tree from tokens.
#[derive(Default)]
pub(super) struct Builder {
    root: Vec<Block>,
    /// The open containers, at most [`MAX_DEPTH`].
    stack: Vec<Frame>,
    /// The number of containers opened beyond that depth; each takes one closing tag.
    overflow: usize,
    paragraph: Paragraph,
    /// True inside a term or a cell, where paragraphs are part of the line.
    is_in_line: bool,
    /// The current preformatted text.
    preformatted: Option<String>,
}

impl Builder {
    /// Adds the next token.
    pub(super) fn token(&mut self, token: &Token<'_>) {
        match token {
            Token::Text(text) => {
                let text = entity::decode(text);
                match &mut self.preformatted {
                    Some(buffer) => buffer.push_str(&text),
                    None => self.paragraph.text(&text),
                }
            }
            Token::Open(tag, attributes) => self.open(*tag, attributes),
            Token::Close(tag) => self.close(*tag),
        }
    }

    /// Closes all open containers.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.paragraph.drop_idle_label();
        self.end_paragraph();
        self.close_to(0);
        self.root
    }

    fn open(&mut self, tag: Tag, attributes: &str) {
        let is_empty = attributes.ends_with('/');
        match tag {
            Tag::Paragraph => self.boundary(),
            Tag::Heading => {
                self.end_paragraph();
                self.paragraph.is_lead = true;
            }
            Tag::List { is_ordered } => self.push(Frame::List { is_ordered, items: Vec::new() }),
            Tag::Table => self.push(Frame::List { is_ordered: false, items: Vec::new() }),
            Tag::Item | Tag::Row => self.item(),
            Tag::Term => {
                self.item();
                self.paragraph.is_lead = !is_empty;
                self.is_in_line = !is_empty;
            }
            Tag::Definition => self.definition(),
            Tag::Quote(label) => {
                self.push(Frame::Quote(Vec::new()));
                if !label.is_empty() {
                    self.paragraph.label(label);
                }
            }
            Tag::Cell { is_header } => {
                self.paragraph.reset();
                if self.paragraph.trim_end() {
                    self.paragraph.push(" | ", Style::Plain);
                }
                self.paragraph.is_lead = is_header;
                self.is_in_line = true;
            }
            Tag::Preformatted => {
                self.end_paragraph();
                self.preformatted = Some(String::new());
            }
            Tag::Break => self.line_break(),
            Tag::Emphasis => self.paragraph.is_emphasised |= !is_empty,
            Tag::Strong => self.paragraph.is_strong |= !is_empty,
            Tag::Code if !is_empty && self.preformatted.is_none() => self.paragraph.begin_code(),
            Tag::Link => {
                let link = href(attributes).and_then(|address| url::safe(&address)).filter(|_| !is_empty);
                self.paragraph.set_link(link.map(Rc::from));
            }
            Tag::Code | Tag::Transparent => {}
        }
    }

    fn close(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => {
                self.boundary();
                self.paragraph.reset();
            }
            Tag::Heading | Tag::Definition => {
                self.end_paragraph();
                self.paragraph.reset();
            }
            Tag::List { .. } | Tag::Table => self.pop(|frame| matches!(frame, Frame::List { .. })),
            Tag::Item | Tag::Row => self.pop(|frame| matches!(frame, Frame::Item(_))),
            Tag::Term => {
                self.paragraph.reset();
                self.is_in_line = false;
            }
            Tag::Quote(_) => {
                self.paragraph.drop_idle_label();
                self.pop(|frame| matches!(frame, Frame::Quote(_)));
            }
            Tag::Cell { .. } => self.paragraph.reset(),
            Tag::Preformatted => {
                self.end_preformatted();
                self.paragraph.reset();
            }
            Tag::Emphasis => self.paragraph.is_emphasised = false,
            Tag::Strong => self.paragraph.is_strong = false,
            Tag::Code => self.paragraph.end_code(),
            Tag::Link => self.paragraph.set_link(None),
            Tag::Break | Tag::Transparent => {}
        }
    }

    fn line_break(&mut self) {
        match &mut self.preformatted {
            Some(buffer) => buffer.push('\n'),
            None if self.paragraph.line_break() => {}
            None => self.boundary(),
        }
    }

    /// Ends the current paragraph, at a tag that begins or ends one.
    fn boundary(&mut self) {
        if let Some(buffer) = &mut self.preformatted {
            buffer.push('\n');
        } else if self.is_in_line {
            self.paragraph.end_code();
            self.paragraph.push(" ", Style::Plain);
        } else if !self.paragraph.is_open_label() {
            self.end_paragraph();
        }
    }

    fn end_paragraph(&mut self) {
        self.end_preformatted();
        self.is_in_line = false;
        if let Some(pieces) = self.paragraph.end() {
            self.add(Block::Paragraph(pieces));
        }
    }

    fn end_preformatted(&mut self) {
        if let Some(code) = self.preformatted.take() {
            let lines: Vec<_> = code.lines().map(str::trim_end).collect();
            let is_line = |line: &&str| !line.is_empty();
            if let (Some(first), Some(last)) = (lines.iter().position(is_line), lines.iter().rposition(is_line)) {
                self.add(Block::Code(lines.get(first..=last).unwrap_or_default().join("\n")));
            }
        }
    }

    /// Adds a block to the innermost container. A block in a list but outside its items belongs to the last item.
    fn add(&mut self, block: Block) {
        match self.stack.last_mut() {
            None => push_block(&mut self.root, block),
            Some(Frame::Item(blocks) | Frame::Quote(blocks)) => push_block(blocks, block),
            Some(Frame::List { items, .. }) => match items.last_mut() {
                Some(item) => push_block(item, block),
                None => items.push(vec![block]),
            },
        }
    }

    fn push(&mut self, frame: Frame) {
        self.end_paragraph();
        self.paragraph.reset();
        if self.stack.len() < MAX_DEPTH {
            self.stack.push(frame);
        } else {
            self.overflow += 1;
        }
    }

    /// Opens an item of the innermost list, and a list if there is none.
    fn item(&mut self) {
        self.end_paragraph();
        if self.overflow == 0 {
            match self.stack.iter().rposition(|frame| matches!(frame, Frame::List { .. })) {
                Some(list) => self.close_to(list + 1),
                None => self.push(Frame::List { is_ordered: false, items: Vec::new() }),
            }
        }
        self.push(Frame::Item(Vec::new()));
    }

    /// Continues after a term: on its line if the term is the current paragraph, otherwise as another paragraph of its item.
    fn definition(&mut self) {
        self.paragraph.reset();
        self.is_in_line = false;
        if !matches!(self.stack.last(), Some(Frame::Item(_))) {
            self.item();
        } else if self.paragraph.trim_end() {
            self.paragraph.turn_into_label();
        }
    }

    /// Closes the innermost container of a kind and all containers inside it, if there is one.
    fn pop(&mut self, is_wanted: impl Fn(&Frame) -> bool) {
        self.end_paragraph();
        self.paragraph.reset();
        if self.overflow > 0 {
            self.overflow -= 1;
        } else if let Some(index) = self.stack.iter().rposition(is_wanted) {
            self.close_to(index);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            match self.stack.pop() {
                Some(Frame::Item(blocks)) if !blocks.is_empty() => match self.stack.last_mut() {
                    Some(Frame::List { items, .. }) => items.push(blocks),
                    _ => blocks.into_iter().for_each(|block| self.add(block)),
                },
                Some(Frame::Quote(blocks)) if !blocks.is_empty() => self.add(Block::Quote(blocks)),
                Some(Frame::List { is_ordered, items }) if !items.is_empty() => {
                    self.add(Block::List(List { start: is_ordered.then_some(1), items }));
                }
                _ => {}
            }
        }
    }
}
