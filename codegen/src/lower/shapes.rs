//! Structures, unions and enums of the selection.

use super::documentation::Place;
use super::types::{self, member_name};
use super::{is_error, members_of};
use crate::docs;
use crate::lower::Lowering;
use crate::model::{Kind, Members, Reference, Shape, ShapeId};
use crate::names::{self, Name, Registry};
use crate::rust::{
    Codec, Constraints, Docs, Enum, EnumVariant, Exception, Field, FieldSource, IntEnum, Presence, Role, Structure, Type, Union,
    UnionVariant,
};
use serde_json::Value;
use std::collections::BTreeSet;

impl<'a> Lowering<'a> {
    /// The structures of `types`: those that some member targets.
    pub(super) fn structures(&mut self) -> Vec<Structure> {
        self.targeted_shapes(|shape| matches!(shape.kind, Kind::Structure(_)) && !is_error(shape))
            .into_iter()
            .filter_map(|(id, shape)| self.structure(id, shape, Role::Type))
            .collect()
    }

    /// The structures of `types::error`.
    pub(super) fn errors(&mut self, listed: &BTreeSet<&Name>) -> Vec<Exception> {
        let errors: Vec<_> = self.selected().filter(|(_, shape)| is_error(shape)).collect();
        let exception = |(id, shape): (&'a ShapeId, &'a Shape)| {
            let structure = self.structure(id, shape, Role::Error)?;
            Some(Exception { listed: listed.contains(&structure.name), code: id.name().to_owned(), structure })
        };
        errors.into_iter().filter_map(exception).collect()
    }

    /// The unions of `types`.
    pub(super) fn unions(&mut self) -> Vec<Union> {
        let unions = self.targeted_shapes(|shape| matches!(shape.kind, Kind::Union(_)));
        unions.into_iter().filter_map(|(id, shape)| self.union(id, shape)).collect()
    }

    /// The string enums of `types`.
    pub(super) fn enums(&mut self) -> Vec<Enum> {
        let enums = self.targeted_shapes(|shape| matches!(shape.kind, Kind::Enum(_)));
        enums.into_iter().filter_map(|(id, shape)| self.enumeration(id, shape)).collect()
    }

    /// The integer enums of `types`.
    pub(super) fn int_enums(&mut self) -> Vec<IntEnum> {
        let enums = self.targeted_shapes(|shape| matches!(shape.kind, Kind::IntEnum(_)));
        enums.into_iter().filter_map(|(id, shape)| self.int_enumeration(id, shape)).collect()
    }

    fn targeted_shapes(&self, wanted: impl Fn(&Shape) -> bool) -> Vec<(&'a ShapeId, &'a Shape)> {
        self.selected().filter(|(id, shape)| self.targeted.contains(id) && self.names.contains_key(id) && wanted(shape)).collect()
    }

    /// An operation's input or output. It is named after the operation, whatever the model calls the structure.
    pub(super) fn inline_structure(
        &mut self,
        reference: Option<&'a Reference>,
        name: Name,
        role: Role,
        place: &Place,
        otherwise: &str,
    ) -> Structure {
        let target = reference.map(|reference| &reference.target);
        let shape = target.and_then(|id| self.model.shape(id));
        let fields = match (target, members_of(shape)) {
            (Some(id), Some(members)) => self.fields(id, members, role, place),
            _ => Vec::new(),
        };
        let scopes = [&place.members, &place.values];
        let docs = shape.map_or_else(Docs::default, |shape| self.docs(&shape.traits, &scopes, || otherwise.to_owned()));
        let docs = if docs.full.is_empty() { Docs { full: otherwise.to_owned(), summary: otherwise.to_owned() } } else { docs };
        Structure {
            checked: role == Role::Input && fields.iter().any(|field| !field.constraints.is_empty()),
            module: names::module_name(name.plain()),
            name,
            docs,
            fields,
            role,
            decode: Codec::of(role == Role::Output),
            encode: Codec::of(role == Role::Input),
        }
    }

    fn structure(&mut self, id: &'a ShapeId, shape: &'a Shape, role: Role) -> Option<Structure> {
        let members = members_of(Some(shape))?;
        // An error's first sentence also stands in the enums that hold it.
        let owner = if role == Role::Error { self.type_path(id, shape)? } else { "Self".to_owned() };
        let place = self.place(&owner, Some(members), role);
        let mut fields = self.fields(id, members, role, &place);
        if role == Role::Error && !fields.iter().any(|field| field.name.plain() == "message") {
            fields.push(message_field());
        }
        let usage = self.selection.shapes.get(id)?;
        // An error that is not a member's type has no form of its own: it is only read from replies.
        let only_error = role == Role::Error && !self.targeted.contains(id);
        let only_message = role == Role::Error && fields.iter().all(|field| field.name.plain() == "message");
        let received = usage.output && (!only_message || self.received.contains(id));
        Some(Structure {
            name: self.type_name(id)?,
            module: self.module_name(id, shape),
            docs: self.docs(&shape.traits, &[&place.members, &place.values], || format!("The structure `{}`.", id.name())),
            fields,
            role,
            decode: if only_error { Codec::Nothing } else { Codec::of(received) },
            encode: if only_error { Codec::Nothing } else { Codec::of(usage.input) },
            checked: self.checked.contains(id),
        })
    }

    fn fields(&mut self, id: &'a ShapeId, members: &'a Members, role: Role, place: &Place) -> Vec<Field> {
        let mut registry = Registry::new(self.file, format!("structure {}", id.name()));
        let whole_is_sensitive = self.model.shape(id).is_some_and(|shape| shape.traits.has("smithy.api#sensitive"));
        let mut fields = Vec::new();
        for (wire, member) in members {
            // A member without a type targets `Unit`, which has no value to hold.
            let Some(ty) = self.member_type(member) else { continue };
            let is_message = types::is_message(wire, role, &ty);
            let model_name = types::field_word(wire, member, role, &ty);
            let name = names::field_name(&model_name);
            let suffix = if role == Role::Error { names::error_method_suffix(&model_name) } else { names::method_suffix(&model_name) };
            // The builder has three methods per member, any of which may collide with another member's.
            let methods = [&name, &suffix.affix("set_", ""), &suffix.affix("get_", "")];
            let _ = methods.into_iter().all(|method| registry.claim(method, wire, &member.pointer, &mut self.findings));
            let presence = if is_message { Presence::Optional } else { types::presence(self.model, role, wire, member, &ty) };
            let scopes = [&place.members, &self.values_of(member), &place.values];
            let mut docs =
                self.docs(&member.traits, &scopes, || if is_message { MESSAGE.to_owned() } else { format!("The member `{wire}`.") });
            if role == Role::Input && member.traits.has("smithy.api#idempotencyToken") {
                docs.full = format!("{}\n\n{}", docs.full, docs::markdown(FILLED_IN));
            }
            let bound = self.bound(member, role);
            fields.push(Field {
                constraints: self.field_constraints(member, &presence),
                suffix,
                docs,
                presence,
                required: member.traits.has("smithy.api#required"),
                boxed: self.boxed.contains(&(id, wire.as_str())),
                sensitive: whole_is_sensitive || self.sensitive(member),
                wire: self.wire_name(wire, member, bound.as_ref()),
                name,
                ty,
                source: FieldSource::Model,
                bound,
            });
        }
        fields
    }

    fn union(&mut self, id: &'a ShapeId, shape: &'a Shape) -> Option<Union> {
        let Kind::Union(members) = &shape.kind else { return None };
        let place = self.variant_place(members);
        let mut registry = Registry::new(self.file, format!("union {}", id.name()));
        let whole_is_sensitive = shape.traits.has("smithy.api#sensitive");
        let mut variants = Vec::new();
        for (wire, member) in members {
            let model_name = member_name(wire, &member.traits);
            let name = names::variant_name(&model_name);
            registry.claim(&name, wire, &member.pointer, &mut self.findings);
            variants.push(UnionVariant {
                // The suffix is made of the variant's name, so that a member `unknown` does not collide with the method of `Unknown`.
                suffix: names::method_suffix(name.plain()),
                name,
                docs: self
                    .docs(&member.traits, &[&place.members, &self.values_of(member), &place.values], || format!("The member `{wire}`.")),
                ty: self.member_type(member),
                constraints: self.constraints(member),
                boxed: self.boxed.contains(&(id, wire.as_str())),
                sensitive: whole_is_sensitive || self.sensitive(member),
                wire: self.wire_name(wire, member, None),
            });
        }
        let usage = self.selection.shapes.get(id)?;
        Some(Union {
            name: self.type_name(id)?,
            module: self.module_name(id, shape),
            docs: self.docs(&shape.traits, &[&place.members, &place.values], || format!("The union `{}`.", id.name())),
            variants,
            decode: Codec::of(usage.output),
            encode: Codec::of(usage.input),
        })
    }

    fn enumeration(&mut self, id: &'a ShapeId, shape: &'a Shape) -> Option<Enum> {
        let Kind::Enum(members) = &shape.kind else { return None };
        let values = self.values(id);
        let mut registry = Registry::new(self.file, format!("enum {}", id.name()));
        let mut variants = Vec::new();
        for (member_id, member) in members {
            let name = names::variant_name(&member_name(member_id, &member.traits));
            let value = member.traits.text("smithy.api#enumValue").unwrap_or(member_id).to_owned();
            registry.claim(&name, member_id, &member.pointer, &mut self.findings);
            variants.push(EnumVariant { name, docs: self.docs(&member.traits, &[&values], || value_docs(&value)), value });
        }
        variants.sort_by(|a, b| a.value.cmp(&b.value));
        Some(Enum {
            name: self.type_name(id)?,
            module: self.module_name(id, shape),
            docs: self.docs(&shape.traits, &[&values], || format!("The values of `{}`.", id.name())),
            variants,
            sensitive: shape.traits.has("smithy.api#sensitive"),
        })
    }

    fn int_enumeration(&mut self, id: &'a ShapeId, shape: &'a Shape) -> Option<IntEnum> {
        let Kind::IntEnum(members) = &shape.kind else { return None };
        let values = self.values(id);
        let mut registry = Registry::new(self.file, format!("intEnum {}", id.name()));
        let mut constants = Vec::new();
        for (member_id, member) in members {
            let name = names::constant_name(&member_name(member_id, &member.traits));
            registry.claim(&name, member_id, &member.pointer, &mut self.findings);
            let value = member.traits.get("smithy.api#enumValue").and_then(Value::as_i64)?;
            constants.push((name, value, self.docs(&member.traits, &[&values], || format!("The value {value}."))));
        }
        constants.sort_by_key(|(_, value, _)| *value);
        Some(IntEnum {
            name: self.type_name(id)?,
            module: self.module_name(id, shape),
            docs: self.docs(&shape.traits, &[&values], || format!("The values of `{}`.", id.name())),
            constants,
        })
    }
}

/// Addition to the documentation of an idempotency token, which the client fills in.
const FILLED_IN: &str =
    "When it is left out, the client fills in a new one for each call; `Config::builder().idempotency_token_provider(...)` changes that.";

/// The documentation of an enum's value for which the model has none.
fn value_docs(value: &str) -> String {
    if value.is_empty() { "The empty string.".to_owned() } else { format!("The value {}.", docs::code(value)) }
}

/// The documentation of an error's message for which the model has none.
const MESSAGE: &str = "The service's description of the error.";

/// The message, which AWS sends with every error even if the model does not list it.
fn message_field() -> Field {
    Field {
        name: Name::fixed("message"),
        suffix: Name::fixed("message"),
        wire: "message".to_owned(),
        docs: Docs { full: MESSAGE.to_owned(), summary: MESSAGE.to_owned() },
        ty: Type::String,
        presence: Presence::Optional,
        required: false,
        constraints: Constraints::default(),
        boxed: false,
        sensitive: false,
        source: FieldSource::Generator,
        bound: None,
    }
}
