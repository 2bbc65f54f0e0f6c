//! The Rust paths of the things that differ, for the crate's changelog.

use super::{Change, Direction, Kind as Difference, surface};
use crate::model::{Kind, Member, Model, Operation, Service, Shape, ShapeId};
use crate::names;
use crate::select;
use serde_json::Value;
use std::collections::BTreeMap;

/// The names of both models' things in the crate.
pub(crate) struct Paths<'m> {
    old: Names<'m>,
    new: Names<'m>,
}

/// The things of a model by the names that differences give them.
struct Names<'m> {
    model: &'m Model,
    service: Option<&'m Service>,
    operations: BTreeMap<&'m str, &'m Operation>,
    shapes: BTreeMap<&'m str, &'m Shape>,
}

impl<'m> Paths<'m> {
    pub(super) fn new(old: &'m Model, new: &'m Model) -> Self {
        Self { old: Names::new(old), new: Names::new(new) }
    }

    /// The client's method for an operation.
    pub(crate) fn method(operation: &str) -> String {
        format!("Client::{}", names::operation_module_name(operation).plain())
    }

    /// The type of a shape; none for a shape that has no type of its own.
    pub(crate) fn of_shape(&self, shape: &str) -> Option<String> {
        self.new.type_of(shape).or_else(|| self.old.type_of(shape))
    }

    /// The variant or constant of an enum's value.
    pub(crate) fn variant(&self, shape: &str, value: &str) -> Option<String> {
        self.new.variant(shape, value).or_else(|| self.old.variant(shape, value))
    }

    /// The path of the thing that differs: a method, a type, or a member of a type.
    pub(crate) fn of(&self, change: &Change, operation: Option<&str>) -> Option<String> {
        let is_operation = |names: &Names<'_>| names.operations.contains_key(change.shape.as_str());
        if change.direction.is_none() && (is_operation(&self.new) || is_operation(&self.old)) {
            return Some(Self::method(&change.shape));
        }
        let of_shape = self.of_shape(&change.shape);
        if of_shape.is_some() && (change.member.is_none() || operation.is_none()) {
            return of_shape;
        }
        let member = operation.and_then(|operation| self.new.place(operation, change).or_else(|| self.old.place(operation, change)));
        member.or(of_shape)
    }

    /// A description of a type with the Rust path in it: `structure LogsLocation` is `types::LogsLocation`.
    pub(crate) fn in_words(&self, description: &str) -> String {
        let mut words: Vec<String> = Vec::new();
        for word in description.split(' ') {
            let path =
                words.last().filter(|last| ["structure", "union", "enum"].contains(&last.as_str())).and_then(|_| self.of_shape(word));
            match path {
                Some(path) => {
                    words.pop();
                    words.push(path);
                }
                None => words.push(word.to_owned()),
            }
        }
        words.join(" ")
    }
}

impl<'m> Names<'m> {
    fn new(model: &'m Model) -> Self {
        let service = model.services().next().map(|(_, _, service)| service);
        let ids = service.map(|service| select::operations(model, service)).unwrap_or_default();
        let operations = ids.iter().filter_map(|id| match model.shapes.get_key_value(id) {
            Some((id, Shape { kind: Kind::Operation(operation), .. })) => Some((id.name(), operation)),
            _ => None,
        });
        let shapes = model.shapes.iter().map(|(id, shape)| (surface::name(model, id), shape));
        Self { model, service, operations: operations.collect(), shapes: shapes.collect() }
    }

    fn type_of(&self, name: &str) -> Option<String> {
        self.shapes.get(name).and_then(|shape| type_path(name, shape))
    }

    fn variant(&self, shape: &str, value: &str) -> Option<String> {
        let Some(Shape { kind: kind @ (Kind::Enum(members) | Kind::IntEnum(members)), .. }) = self.shapes.get(shape) else { return None };
        let is_it = |(name, member): &(&String, &Member)| match member.traits.get("smithy.api#enumValue") {
            None => *name == value,
            Some(Value::String(own)) => own == value,
            Some(own) => own.as_i64().map(|own| own.to_string()).as_deref() == Some(value),
        };
        let (name, member) = members.iter().find(is_it)?;
        let name = own_name(name, member);
        Some(if matches!(kind, Kind::Enum(_)) { names::variant_name(name) } else { names::constant_name(name) }.plain().to_owned())
    }

    /// The last member on the path of a difference.
    fn place(&self, operation: &str, change: &Change) -> Option<String> {
        let (name, operation) = self.operations.get_key_value(operation)?;
        let (end, suffix) = match change.direction? {
            Direction::Request => (operation.input.as_ref(), "Input"),
            Direction::Response => (operation.output.as_ref(), "Output"),
        };
        let module = names::operation_module_name(name);
        let holder = format!("operation::{}::{}", module.plain(), names::type_name(name).affix("", suffix).plain());
        let found = end.and_then(|end| self.along(&end.target, holder.clone(), &change.path));
        found.or_else(|| self.in_error(operation, change)).or_else(|| (change.path.is_empty()).then_some(holder))
    }

    /// The same for a path into an error, which begins with the error's name.
    fn in_error(&self, operation: &Operation, change: &Change) -> Option<String> {
        let (error, rest) = change.path.split_once('.').unwrap_or((&change.path, ""));
        let mut errors = operation.errors.iter().chain(self.service.into_iter().flat_map(|service| &service.errors));
        let id = &errors.find(|reference| reference.target.name() == error)?.target;
        let holder = self.type_of(surface::name(self.model, id))?;
        if rest.is_empty() || change.kind == Difference::ErrorAdded { Some(holder) } else { self.along(id, holder, rest) }
    }

    fn along(&self, from: &ShapeId, mut holder: String, path: &str) -> Option<String> {
        let mut id = from;
        let mut found = None;
        for step in path.split('.') {
            let (step, marks) = step.split_at(step.find(['[', '{']).unwrap_or(step.len()));
            let shape = self.model.shape(id)?;
            let (name, member) = shape.members().find(|(name, _)| *name == step)?;
            let own = own_name(name, member);
            let own = if matches!(shape.kind, Kind::Union(_)) { names::variant_name(own) } else { names::field_name(own) };
            found = Some(format!("{holder}::{}", own.plain()));
            id = surface::through(self.model, &member.target, marks)?;
            let name = surface::name(self.model, id);
            holder = self.model.shape(id).and_then(|shape| type_path(name, shape)).unwrap_or_default();
        }
        found
    }
}

fn own_name<'m>(name: &'m str, member: &'m Member) -> &'m str {
    member.traits.text("smithlet.api#name").unwrap_or(name)
}

fn type_path(name: &str, shape: &Shape) -> Option<String> {
    match &shape.kind {
        Kind::Structure(_) if shape.traits.has("smithy.api#error") => Some(format!("types::error::{}", names::error_name(name).plain())),
        Kind::Structure(_) | Kind::Union(_) | Kind::Enum(_) => Some(format!("types::{}", names::type_name(name).plain())),
        _ => None,
    }
}
