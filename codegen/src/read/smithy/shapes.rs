//! Shapes of the AST, by their type.

use super::super::ids::{self, is_identifier};
use super::super::prelude;
use super::{Reader, read_traits};
use crate::diagnostic::quoted;
use crate::json::{Json, Object};
use crate::model::{Kind, Member, Members, Operation, Pointer, Resource, Service, Shape, Traits};
use crate::suggest::did_you_mean;
use serde_json::json;
use std::collections::BTreeMap;

/// The shape types with members or references; the simple types are in `prelude`.
const AGGREGATES: [&str; 10] = ["enum", "intEnum", "list", "map", "operation", "resource", "service", "set", "structure", "union"];

/// The keys under which a resource names its operations one by one.
const LIFECYCLE: [&str; 6] = ["create", "put", "read", "update", "delete", "list"];

impl Reader<'_> {
    /// The shape that the object describes, including its mixins; `None` if an essential part is missing.
    pub(super) fn shape(&mut self, object: &mut Object<'_>) -> Option<Shape> {
        let shape_type = object.text("type", self.findings)?;
        let mixins = self.mixins(object, shape_type);
        let mut traits = mixins.traits;
        traits.0.extend(read_traits(object, self.findings).0);
        let kind = match shape_type {
            "structure" => Kind::Structure(self.members(object, mixins.members)),
            "union" => Kind::Union(self.members(object, mixins.members)),
            "enum" => Kind::Enum(self.members(object, mixins.members)),
            "intEnum" => Kind::IntEnum(self.members(object, mixins.members)),
            "list" => Kind::List(self.part(object, "member", mixins.members)?),
            "set" => {
                traits.0.entry("smithy.api#uniqueItems".to_owned()).or_insert_with(|| json!({}));
                Kind::List(self.part(object, "member", mixins.members)?)
            }
            "map" => {
                let key = self.part(object, "key", mixins.members.clone());
                let value = self.part(object, "value", mixins.members);
                Kind::Map { key: key?, value: value? }
            }
            "service" => Kind::Service(self.service(object, mixins.service)),
            "resource" => Kind::Resource(self.resource(object, mixins.resource)),
            "operation" => Kind::Operation(self.operation(object, mixins.operation)),
            simple => match prelude::simple(simple) {
                Some(simple) => Kind::Simple(simple),
                None => return self.unknown_type(simple, &object.at),
            },
        };
        self.note_unread(object, &format!("a {shape_type}"));
        Some(Shape { kind, traits, pointer: object.at.clone() })
    }

    fn unknown_type(&mut self, shape_type: &str, at: &Pointer) -> Option<Shape> {
        let hint = did_you_mean(shape_type, AGGREGATES.into_iter().chain(prelude::simple_types()));
        self.findings.error_with_hint(&at.join("type"), format!("{} is not a shape type", quoted(shape_type)), hint);
        None
    }

    fn members(&mut self, object: &mut Object<'_>, mut members: Members) -> Members {
        let Some(entries) = object.object("members", self.findings) else { return members };
        for (name, value, at) in entries.entries() {
            if !is_identifier(name) {
                self.findings.error_with_hint(&at, format!("{} is not a valid name for a member", quoted(name)), ids::RULE);
            } else if let Some(member) = self.member(value, at) {
                self.merge_member(&mut members, name, member);
            }
        }
        members
    }

    /// The `member` of a list, or the `key` or `value` of a map.
    fn part(&mut self, object: &mut Object<'_>, name: &'static str, mut inherited: Members) -> Option<Member> {
        let own = object.get(name);
        let is_missing = own.is_none();
        if let Some(member) = own.and_then(|(value, at)| self.member(value, at)) {
            self.merge_member(&mut inherited, name, member);
        }
        let part = inherited.remove(name);
        if part.is_none() && is_missing {
            let shape_type = object.text("type", self.findings).unwrap_or_default();
            let hint = format!("give it `\"{name}\": {{ \"target\": ... }}`");
            self.findings.error_with_hint(&object.at, format!("a {shape_type} without a `{name}`"), hint);
        }
        part
    }

    fn member(&mut self, value: &Json, at: Pointer) -> Option<Member> {
        let mut object = Object::of(value, at, self.findings)?;
        let traits = read_traits(&mut object, self.findings);
        let target = self.target(&mut object)?;
        self.note_unread(&object, "a member");
        Some(Member { target, traits, pointer: object.at })
    }

    pub(super) fn merge_member(&mut self, members: &mut Members, name: &str, own: Member) {
        let Some(inherited) = members.get_mut(name) else {
            members.insert(name.to_owned(), own);
            return;
        };
        if inherited.target != own.target {
            let message = format!("the member targets `{}`, but `{}` in the mixin it comes from", own.target, inherited.target);
            self.findings.error_with_hint(
                &own.pointer.join("target"),
                message,
                "a mixed-in member can get other traits, not another target",
            );
        }
        inherited.traits.0.extend(own.traits.0);
        inherited.pointer = own.pointer;
    }

    fn service(&mut self, object: &mut Object<'_>, mut service: Service) -> Service {
        if let Some(version) = object.text("version", self.findings) {
            version.clone_into(&mut service.version);
        }
        service.operations.extend(self.references(object, "operations"));
        service.resources.extend(self.references(object, "resources"));
        service.errors.extend(self.references(object, "errors"));
        if let Some(rename) = object.object("rename", self.findings) {
            for (from, to, at) in rename.entries() {
                let Some(from) = self.shape_id(from, &at) else { continue };
                match to.as_str().filter(|to| is_identifier(to)) {
                    Some(to) => drop(service.rename.insert(from, to.to_owned())),
                    None => self.findings.error_with_hint(&at, "a shape cannot be renamed to that", ids::RULE),
                }
            }
        }
        service
    }

    fn resource(&mut self, object: &mut Object<'_>, mut resource: Resource) -> Resource {
        // A resource's identifiers concern servers and templates only.
        object.get("identifiers");
        object.get("properties");
        for key in LIFECYCLE {
            resource.operations.extend(self.reference(object, key));
        }
        resource.operations.extend(self.references(object, "operations"));
        resource.operations.extend(self.references(object, "collectionOperations"));
        resource.resources.extend(self.references(object, "resources"));
        resource
    }

    fn operation(&mut self, object: &mut Object<'_>, mut operation: Operation) -> Operation {
        operation.input = self.reference(object, "input").or(operation.input);
        operation.output = self.reference(object, "output").or(operation.output);
        operation.errors.extend(self.references(object, "errors"));
        operation
    }
}

/// The members and traits that a shape inherits from its mixins.
#[derive(Default)]
pub(super) struct Inherited {
    pub(super) traits: Traits,
    pub(super) members: BTreeMap<String, Member>,
    pub(super) service: Service,
    pub(super) resource: Resource,
    pub(super) operation: Operation,
}
