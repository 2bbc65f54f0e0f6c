//! Documentation, and the Rust items that its code spans link to.
//!
//! A model names members, shapes, operations and values as they are on the wire. A code span with such a name, if it means exactly one item of the
//! crate, becomes a link to that item and shows its Rust name. The same text stands in several places of the crate, so links use whole paths.
//! Links to types and variants say so (`type@`, `variant@`), since rustdoc would otherwise call a path redundant wherever the item is in scope.

use super::types::{self, member_name};
use super::{Lowering, is_error, is_type, members_of};
use crate::docs::{Document, Link};
use crate::model::{Kind, Member, Members, Shape, ShapeId, Traits};
use crate::names;
use crate::rust::{Docs, Role};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Rust items by their names in the model. An ambiguous name has the value `None`.
#[derive(Default)]
pub(super) struct Names(BTreeMap<String, Option<Link>>);

impl Names {
    /// Adds an item for a name.
    pub(super) fn add(&mut self, name: &str, text: String, path: String) {
        let link = Some(Link { text, path });
        let known = self.0.entry(name.to_owned()).or_insert_with(|| link.clone());
        if *known != link {
            *known = None;
        }
    }

    fn extend(&mut self, others: Self) {
        for (name, link) in others.0 {
            match link {
                Some(link) => self.add(&name, link.text, link.path),
                None => _ = self.0.insert(name, None),
            }
        }
    }
}

/// Names that take precedence in the documentation of a structure and its members.
#[derive(Default)]
pub(super) struct Place {
    /// The members.
    pub(super) members: Names,
    /// The values of the members' enums.
    pub(super) values: Names,
}

impl Place {
    /// Merges the names of two structures, such as an operation's input and output.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.members.extend(other.members);
        self.values.extend(other.values);
        self
    }
}

impl Lowering<'_> {
    /// The documentation of a shape or a member, or `otherwise` where the model has none. A name is looked up in each of `scopes` and then in the
    /// whole crate.
    pub(super) fn docs(&self, traits: &Traits, scopes: &[&Names], otherwise: impl FnOnce() -> String) -> Docs {
        let target = |name: &str| scopes.iter().copied().chain([&self.items]).find_map(|names| names.0.get(name)).cloned().flatten();
        let read = |text: &str| {
            let mut document = Document::read(text);
            document.link(&target);
            document
        };
        let document = read(traits.documentation());
        let (mut full, mut summary) = (document.markdown(), document.summary());
        if full.is_empty() {
            full = otherwise();
            summary.clone_from(&full);
        }
        if let Some(deprecated) = traits.get("smithy.api#deprecated") {
            let message = deprecated.get("message").and_then(Value::as_str).map(|message| read(message).markdown());
            full += &message
                .filter(|message| !message.is_empty())
                .map_or_else(|| "\n\n**Deprecated.**".to_owned(), |message| format!("\n\n**Deprecated:** {message}"));
        }
        Docs { full, summary }
    }

    /// Collects the names of the whole crate: its shapes, its operations and the values of its enums.
    ///
    /// A name that a member also has is ambiguous, unless the member holds the shape of that name. A value that is a single word (`True`, `Add`) is
    /// too common to be linked outside the documentation of its enum. The members that only one structure has are added last.
    pub(super) fn crate_names(&self) -> Names {
        let mut names = Names::default();
        for id in &self.selection.operations {
            let Some(Kind::Operation(operation)) = self.model.shape(id).map(|shape| &shape.kind) else { continue };
            let method = names::operation_module_name(names::of_model(id.name()));
            names.add(id.name(), method.plain().to_owned(), format!("crate::Client::{}", method.plain()));
            for (reference, suffix) in [(&operation.input, "Input"), (&operation.output, "Output")] {
                let Some(shape) = reference.as_ref().filter(|shape| self.names.contains_key(&shape.target)) else { continue };
                let name = names::type_name(names::of_model(id.name())).affix("", suffix);
                names.add(shape.target.name(), name.plain().to_owned(), format!("type@{}", inline_path(id, suffix)));
            }
        }
        for (id, shape) in self.selected() {
            if let Some(path) = self.type_path(id, shape) {
                names.add(id.name(), self.names.get(id).map(|name| name.plain().to_owned()).unwrap_or_default(), format!("type@{path}"));
            }
        }
        let structures = || self.selected().filter(|(_, shape)| !is_enum(shape)).flat_map(|(_, shape)| shape.members());
        for (wire, member) in structures() {
            if !self.held(member).iter().any(|id| id.name() == wire) {
                names.0.entry(wire.to_owned()).and_modify(|link| *link = None);
            }
        }
        let members: BTreeSet<&str> = structures().map(|(wire, _)| wire).collect();
        let mut values = Names::default();
        self.selected().for_each(|(id, _)| values.extend(self.values(id)));
        for (value, link) in &mut values.0 {
            if members.contains(value.as_str()) || is_single_word(value) {
                *link = None;
            }
        }
        names.extend(values);
        for (wire, link) in self.unique_members().0 {
            names.0.entry(wire).or_insert(link);
        }
        names
    }

    /// Collects the members of several words (`projectName`) that a single structure of the crate has. A single word is too common to be linked
    /// outside the documentation of its structure.
    fn unique_members(&self) -> Names {
        let mut members = Names::default();
        for id in &self.selection.operations {
            let Some(Kind::Operation(operation)) = self.model.shape(id).map(|shape| &shape.kind) else { continue };
            for (reference, suffix, role) in [(&operation.input, "Input", Role::Input), (&operation.output, "Output", Role::Output)] {
                let shape = reference.as_ref().and_then(|reference| self.model.shape(&reference.target));
                members.extend(self.member_names(&inline_path(id, suffix), members_of(shape), role));
            }
        }
        for (id, shape) in self.selected() {
            let role = if is_error(shape) { Role::Error } else { Role::Type };
            match (&shape.kind, self.type_path(id, shape)) {
                (Kind::Structure(fields), Some(path)) => members.extend(self.member_names(&path, Some(fields), role)),
                (Kind::Union(variants), _) => members.0.extend(variants.keys().map(|wire| (wire.clone(), None))),
                _ => {}
            }
        }
        members.0.retain(|wire, _| wire.starts_with(|c: char| c.is_ascii_lowercase()) && !is_single_word(wire));
        members
    }

    /// The members of a structure whose Rust path is `owner`.
    fn member_names(&self, owner: &str, members: Option<&Members>, role: Role) -> Names {
        let mut names = Names::default();
        for (wire, member) in members.into_iter().flatten() {
            if let Some(ty) = self.member_type(member) {
                let name = names::field_name(&types::field_word(wire, member, role, &ty));
                names.add(wire, name.plain().to_owned(), format!("{owner}::{}", name.plain()));
            }
        }
        names
    }

    /// Collects the names of a structure whose Rust path is `owner`. That is `Self` for text that stands in the structure and its builders alone,
    /// since each of them has a method for every member.
    pub(super) fn place(&self, owner: &str, members: Option<&Members>, role: Role) -> Place {
        let mut place = Place { members: self.member_names(owner, members, role), values: Names::default() };
        members.into_iter().flatten().for_each(|(_, member)| place.values.extend(self.values_of(member)));
        place
    }

    /// Collects the names of a union in the same way.
    pub(super) fn variant_place(&self, members: &Members) -> Place {
        let mut place = Place::default();
        for (wire, member) in members {
            let name = names::variant_name(&member_name(wire, &member.traits));
            place.members.add(wire, name.plain().to_owned(), format!("Self::{}", name.plain()));
            place.values.extend(self.values_of(member));
        }
        place
    }

    /// The path of a shape in `types`, if the shape is there.
    pub(super) fn type_path(&self, id: &ShapeId, shape: &Shape) -> Option<String> {
        let name = self.names.get(id)?.plain();
        if is_error(shape) {
            Some(format!("crate::types::error::{name}"))
        } else {
            (is_type(shape) && self.targeted.contains(id)).then(|| format!("crate::types::{name}"))
        }
    }

    /// The values of an enum of `types`, each shown with its enum; empty for any other shape.
    pub(super) fn values(&self, id: &ShapeId) -> Names {
        let mut names = Names::default();
        let Some(shape) = self.model.shape(id).filter(|shape| is_enum(shape)) else { return names };
        let (Some(path), Some(owner)) = (self.type_path(id, shape), self.names.get(id)) else { return names };
        for (member_id, member) in shape.members() {
            let name = member_name(member_id, &member.traits);
            let (value, kind, name) = match shape.kind {
                Kind::Enum(_) => (member.traits.text("smithy.api#enumValue").unwrap_or(member_id), "variant", names::variant_name(&name)),
                _ => (member_id, "value", names::constant_name(&name)),
            };
            names.add(value, format!("{}::{}", owner.plain(), name.plain()), format!("{kind}@{path}::{}", name.plain()));
        }
        names
    }

    /// The values of the enum that a member holds.
    pub(super) fn values_of(&self, member: &Member) -> Names {
        let mut names = Names::default();
        self.held(member).into_iter().for_each(|id| names.extend(self.values(id)));
        names
    }

    /// The shapes of a member's value, or of the items of its lists and maps.
    fn held<'m>(&'m self, member: &'m Member) -> Vec<&'m ShapeId> {
        let mut held = Vec::new();
        let mut pending = vec![member];
        while let Some(member) = pending.pop() {
            match self.model.shape(&member.target).map(|shape| &shape.kind) {
                Some(Kind::List(item)) => pending.push(item),
                Some(Kind::Map { key, value }) => pending.extend([key, value]),
                _ => held.push(&member.target),
            }
        }
        held
    }
}

/// The path of an operation's input or output.
pub(super) fn inline_path(operation: &ShapeId, suffix: &str) -> String {
    let word = names::of_model(operation.name());
    let (module, name) = (names::operation_module_name(word), names::type_name(word).affix("", suffix));
    format!("crate::operation::{}::{}", module.plain(), name.plain())
}

fn is_single_word(value: &str) -> bool {
    !names::method_suffix(value).plain().trim_start_matches('_').contains('_')
}

fn is_enum(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Enum(_) | Kind::IntEnum(_))
}

#[cfg(test)]
mod tests;
