//! A method's page in the form of the site: its documentation, and the syntax and the parts of its request and its reply in Python's form.

mod order;
mod structure;
mod syntax;

use super::blocks::Block;
use super::links;
use crate::changes::surface;
use crate::model::{Kind, Member, Members, Model, Operation, Reference, Shape, ShapeId, Simple};
use crate::names;
use crate::select;
use order::Order;

/// The most parts of a request or a reply on the page. In a model in which every structure holds every other one, their number has no bound.
const MOST_PARTS: usize = 20_000;

/// The most levels of a request or a reply on the page.
const DEEPEST: usize = 32;

/// A model to write pages about.
pub(super) struct Book<'m> {
    model: &'m Model,
    order: Order,
}

impl<'m> Book<'m> {
    /// `text` is the model's text, which has the order of members.
    pub(super) fn new(model: &'m Model, text: &str) -> Self {
        Self { model, order: Order::of(text) }
    }

    /// The page of an operation.
    pub(super) fn page(&self, name: &str, blocks: &mut Vec<Block>) {
        let Some((_, service_shape, service)) = self.model.services().next() else { return };
        let ids = select::operations(self.model, service);
        let Some(shape) = ids.iter().find(|id| id.name() == name).and_then(|id| self.model.shape(id)) else { return };
        let Kind::Operation(operation) = &shape.kind else { return };
        blocks.push(Block::Documentation(shape.traits.documentation().to_owned()));
        if let Some(base) = links::base(service_shape, service) {
            blocks.push(Block::SeeAlso(base + name));
        }
        self.request(name, operation, blocks);
        self.response(operation, blocks);
    }

    fn request(&self, name: &str, operation: &Operation, blocks: &mut Vec<Block>) {
        let members = self.members(operation.input.as_ref());
        blocks.push(Block::Heading(3, "Request Syntax".to_owned()));
        blocks.push(Block::Code(syntax::call(self, names::operation_module_name(name).plain(), &members)));
        for (name, member) in members {
            blocks.push(Block::Paragraph(format!("type {name}:")));
            blocks.push(Block::Paragraph(self.type_name(&member.target).to_owned()));
            blocks.push(Block::Paragraph(format!("param {name}:")));
            if member.traits.has("smithy.api#required") {
                blocks.push(Block::Paragraph("[REQUIRED]".to_owned()));
            }
            blocks.push(Block::Documentation(self.documentation(member).to_owned()));
            structure::below(self, member, blocks);
        }
    }

    fn response(&self, operation: &Operation, blocks: &mut Vec<Block>) {
        let members = self.members(operation.output.as_ref());
        for text in ["rtype:", if members.is_empty() { "None" } else { "dict" }] {
            blocks.push(Block::Paragraph(text.to_owned()));
        }
        if members.is_empty() {
            return;
        }
        blocks.push(Block::Paragraph("returns:".to_owned()));
        blocks.push(Block::Heading(3, "Response Syntax".to_owned()));
        blocks.push(Block::Code(syntax::reply(self, &members)));
        blocks.push(Block::Heading(3, "Response Structure".to_owned()));
        structure::reply(self, operation.output.as_ref().map(|output| &output.target), &members, blocks);
    }

    /// The members of an input or output in the file's order.
    fn members(&self, reference: Option<&'m Reference>) -> Vec<(&'m str, &'m Member)>
    where
        Self: 'm,
    {
        match reference.and_then(|reference| self.model.shape(&reference.target)).map(|shape| &shape.kind) {
            Some(Kind::Structure(members)) => self.order.sorted(members),
            _ => Vec::new(),
        }
    }

    /// The Python name for the type of a shape's values.
    fn type_name(&self, id: &ShapeId) -> &'static str {
        match self.model.shape(id).map(|shape| &shape.kind) {
            Some(Kind::Structure(_) | Kind::Union(_) | Kind::Map { .. }) => "dict",
            Some(Kind::List(_)) => "list",
            Some(Kind::IntEnum(_)) => "integer",
            Some(Kind::Simple(simple)) => match simple {
                Simple::Boolean => "boolean",
                Simple::Byte | Simple::Short | Simple::Integer | Simple::Long | Simple::BigInteger => "integer",
                Simple::Float | Simple::Double | Simple::BigDecimal => "float",
                Simple::Blob => "bytes",
                Simple::Timestamp => "datetime",
                Simple::Document => "document",
                Simple::String => "string",
            },
            _ => "string",
        }
    }

    /// The documentation of a member, or else of its shape.
    fn documentation(&self, member: &'m Member) -> &'m str {
        let own = member.traits.documentation();
        if own.is_empty() { self.model.shape(&member.target).map_or("", |shape| shape.traits.documentation()) } else { own }
    }

    /// The values of an enum in the file's order.
    fn values(&self, members: &'m Members) -> Vec<&'m str> {
        surface::values(members, |member| self.order.place(member))
    }

    fn shape(&self, id: &ShapeId) -> Option<&'m Shape> {
        self.model.shape(id)
    }
}
