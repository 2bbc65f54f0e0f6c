//! The addresses of AWS's documentation of a model's operations and shapes.
//!
//! `docs.aws.amazon.com/goto/WebAPI/` redirects from names of the model to pages of the API reference; AWS's SDKs link there. Operations have
//! pages, and so have the structures below their inputs and outputs. Other shapes are on the page of the structure that holds them.

use crate::changes::{Change, Direction, surface};
use crate::model::{Kind, Member, Model, Operation, Service, Shape, ShapeId};
use crate::select;
use serde_json::Value;
use std::collections::BTreeMap;

/// The address of a service's pages without the name at its end; none if the model does not name a service of AWS.
pub(super) fn base(shape: &Shape, service: &Service) -> Option<String> {
    let aws = shape.traits.get("aws.api#service")?;
    let text = |key: &str| aws.get(key).and_then(Value::as_str);
    // The last one is Smithy's own default.
    let id = match text("docId").or_else(|| shape.traits.text("botocore#uid")) {
        Some(id) => id.to_owned(),
        None => format!("{}-{}", text("sdkId")?.to_lowercase().replace(' ', "-"), service.version),
    };
    let is_plain = id.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
    is_plain.then(|| format!("https://docs.aws.amazon.com/goto/WebAPI/{id}/"))
}

/// The pages of a model.
pub(super) struct Links<'m> {
    model: &'m Model,
    base: Option<String>,
    operations: BTreeMap<&'m str, &'m Operation>,
    /// The page of each shape, by the shape's name.
    pages: BTreeMap<&'m str, &'m str>,
}

impl<'m> Links<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let mut links = Self { model, base: None, operations: BTreeMap::new(), pages: BTreeMap::new() };
        let Some((_, shape, service)) = model.services().next() else { return links };
        links.base = base(shape, service);
        for (id, shape) in &model.shapes {
            if matches!(shape.kind, Kind::Structure(_) | Kind::Union(_)) && !shape.traits.has("smithy.api#error") {
                links.pages.insert(id.name(), id.name());
            }
        }
        for id in select::operations(model, service) {
            let Some((id, Kind::Operation(operation))) = model.shapes.get_key_value(&id).map(|(id, shape)| (id, &shape.kind)) else {
                continue;
            };
            links.operations.insert(id.name(), operation);
            let ends = [&operation.input, &operation.output];
            links.pages.extend(ends.into_iter().flatten().map(|end| (end.target.name(), id.name())));
            links.pages.insert(id.name(), id.name());
        }
        links
    }

    /// The page of an operation or a shape.
    pub(super) fn page(&self, name: &str) -> Option<String> {
        self.address(self.pages.get(name)?, None)
    }

    /// The page that documents the place of a difference, at the member's name.
    pub(super) fn place(&self, operation: &str, change: &Change) -> Option<String> {
        let (page, member) = self.holder(operation, change)?;
        self.address(page, member)
    }

    /// The address of a page. Its fragment asks the browser to find the member's name; other browsers show the page from its top.
    fn address(&self, page: &str, member: Option<&str>) -> Option<String> {
        let is_plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let base = self.base.as_ref().filter(|_| is_plain(page))?;
        let member = member.filter(|member| is_plain(member)).map(|member| format!("#:~:text={member}")).unwrap_or_default();
        Some(format!("{base}{page}{member}"))
    }

    /// The page of the last structure on the path of a difference, and the member in it. The later model may not have the member any more.
    fn holder(&self, name: &str, change: &Change) -> Option<(&str, Option<&'m str>)> {
        let (name, operation) = self.operations.get_key_value(name)?;
        let mut found = (*name, None);
        let end = match change.direction {
            Some(Direction::Request) => operation.input.as_ref(),
            Some(Direction::Response) => operation.output.as_ref(),
            None => None,
        };
        let Some(mut shape) = end.map(|end| &end.target) else { return Some(found) };
        for step in change.path.split('.') {
            let (step, marks) = step.split_at(step.find(['[', '{']).unwrap_or(step.len()));
            let Some((member, next)) = self.member(shape, step) else {
                // The holder of a removed member. A path into an error begins with the error's name, which is not a member.
                return Some((self.pages.get(shape.name()).copied().unwrap_or(found.0), None));
            };
            found = (self.pages.get(shape.name()).copied().unwrap_or(found.0), Some(member));
            match surface::through(self.model, &next.target, marks) {
                Some(next) => shape = next,
                None => break,
            }
        }
        Some(found)
    }

    fn member(&self, shape: &ShapeId, name: &str) -> Option<(&'m str, &'m Member)> {
        let mut members = self.model.shape(shape)?.members();
        members.find(|(own, member)| {
            *own == name || ["jsonName", "xmlName"].iter().any(|id| member.traits.text(&format!("smithy.api#{id}")) == Some(name))
        })
    }
}
