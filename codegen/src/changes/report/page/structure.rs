//! The parts of a request or a reply with their documentation.

use super::{Book, DEEPEST, MOST_PARTS};
use crate::changes::report::blocks::Block;
use crate::model::{Kind, Member, ShapeId};

/// The parts below a parameter.
pub(super) fn below<'m>(book: &Book<'m>, member: &'m Member, blocks: &mut Vec<Block>) {
    Writer { book, blocks, way: Vec::new(), left: MOST_PARTS, says_required: true }.inside(&member.target, 0);
}

/// The parts of a reply.
pub(super) fn reply<'m>(book: &Book<'m>, output: Option<&ShapeId>, members: &[(&'m str, &'m Member)], blocks: &mut Vec<Block>) {
    let documentation = output.and_then(|id| book.shape(id)).map_or("", |shape| shape.traits.documentation());
    blocks.push(item(0, "(dict) --".to_owned(), documentation));
    Writer { book, blocks, way: Vec::new(), left: MOST_PARTS, says_required: false }.members(members, 1);
}

fn item(level: usize, head: String, documentation: &str) -> Block {
    Block::Item(level, head, documentation.to_owned())
}

struct Writer<'b, 'm> {
    book: &'b Book<'m>,
    blocks: &'b mut Vec<Block>,
    /// The shapes on the way to the present one.
    way: Vec<ShapeId>,
    left: usize,
    /// True for requests: only callers need to know the required members.
    says_required: bool,
}

impl<'m> Writer<'_, 'm> {
    fn members(&mut self, members: &[(&'m str, &'m Member)], level: usize) {
        for (name, member) in members {
            let required = if self.says_required && member.traits.has("smithy.api#required") { " [REQUIRED]" } else { "" };
            let head = format!("{name} ({}) --{required}", self.book.type_name(&member.target));
            self.blocks.push(item(level, head, self.book.documentation(member)));
            self.inside(&member.target, level + 1);
        }
    }

    /// Adds the parts of a shape.
    fn inside(&mut self, id: &ShapeId, level: usize) {
        let Some(shape) = self.book.shape(id) else { return };
        if self.left == 0 || self.way.len() > DEEPEST || self.way.contains(id) {
            return;
        }
        self.left -= 1;
        self.way.push(id.clone());
        match &shape.kind {
            Kind::Structure(members) | Kind::Union(members) => self.members(&self.book.order.sorted(members), level),
            Kind::List(part) => self.part(part, level),
            Kind::Map { key, value } => {
                self.part(key, level);
                self.part(value, level + 1);
            }
            _ => {}
        }
        self.way.pop();
    }

    fn part(&mut self, part: &'m Member, level: usize) {
        self.blocks.push(item(level, format!("({}) --", self.book.type_name(&part.target)), self.book.documentation(part)));
        self.inside(&part.target, level + 1);
    }
}
