//! Turns code spans that name a model's item into links to Rust items.

use super::tree::{Block, Content, Inline};
use std::rc::Rc;

/// A Rust item that documentation may link to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Link {
    /// The name that is shown.
    pub(crate) text: String,
    /// The rustdoc path from `crate` on, which is valid everywhere in the crate.
    pub(crate) path: String,
}

/// Turns each code span that `target` knows into a link. Other spans, and spans inside links, are not changed.
pub(super) fn link(blocks: &mut [Block], target: &dyn Fn(&str) -> Option<Link>) {
    for block in blocks {
        match block {
            Block::Paragraph(pieces) | Block::Heading(_, pieces) => link_prose(pieces, target),
            Block::List(list) => list.items.iter_mut().for_each(|item| link(item, target)),
            Block::Quote(blocks) => link(blocks, target),
            Block::Code(_) => {}
        }
    }
}

fn link_prose(pieces: &mut [Inline], target: &dyn Fn(&str) -> Option<Link>) {
    let mut follows_code = false;
    for index in 0..pieces.len() {
        let precedes_code = matches!(pieces.get(index + 1), Some(Inline { content: Content::Code(_), .. }));
        let Some(piece) = pieces.get_mut(index) else { break };
        let Content::Code(code) = &mut piece.content else {
            follows_code = false;
            continue;
        };
        // A code span next to another one is only a part of something longer.
        let is_whole = !follows_code && !precedes_code && piece.link.is_none();
        if is_whole && let Some(Link { text, path }) = target(code.trim()) {
            *code = text;
            piece.link = Some(Rc::from(path));
        }
        follows_code = true;
    }
}
