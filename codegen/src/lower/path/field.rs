//! Parts of values: members of structures and unions, entries of maps and hashes, and items of lists.

use super::super::{is_error, members_of, types};
use super::Compiler;
use super::kinds::{accessed, after, described};
use crate::jmespath::Fault;
use crate::model::{Kind as Shape, Member, Members, ShapeId};
use crate::names::{self, Name};
use crate::rust::path::{Entry, Get, Kind, Part, Type, Value};
use crate::rust::{self, Presence, Role};
use crate::suggest::did_you_mean;

impl<'l> Compiler<'l> {
    /// The member or entry of a value with this name.
    pub(super) fn field(&self, of: Value, name: &str, at: usize) -> Result<Value, Fault> {
        match of.ty.clone() {
            Type::Null => Ok(Value::null()),
            Type::Hash(entries) => element(of, &entries, name, at),
            Type::Held(rust::Type::Map { key, value, sparse }) => {
                let get = Get::Entry { key: name.to_owned(), of: key, sparse };
                Ok(part(of, get, Type::Held(*value)))
            }
            Type::Held(rust::Type::Union(union)) => self.variant(of, &union, name, at),
            Type::Whole { .. } | Type::Held(rust::Type::Structure(_) | rust::Type::Error(_)) => self.member(of, name, at),
            other => Err(Fault::new(at, format!("{} has no member `{name}`", described(&other)))),
        }
    }

    fn member(&self, of: Value, name: &str, at: usize) -> Result<Value, Fault> {
        let (members, role) = self.members(&of.ty);
        let member = found(members, name, &of.ty, at)?;
        let ty = self.held(member, name, at)?;
        let word = types::field_word(name, member, role, &ty);
        let presence = if types::is_message(name, role, &ty) {
            Presence::Optional
        } else {
            types::presence(self.lowering.model, role, name, member, &ty)
        };
        let (field, optional) = (names::field_name(&word), presence == Presence::Optional);
        let get = match ty {
            rust::Type::List { .. } if optional => Get::OptionalList(field),
            _ => Get::Accessor { name: field, optional },
        };
        Ok(part(of, get, accessed(&ty)))
    }

    fn variant(&self, of: Value, union: &Name, name: &str, at: usize) -> Result<Value, Fault> {
        let members = self.shape(union, |shape| matches!(shape, Shape::Union(_)), false).and_then(|id| self.lowering.model.shape(id));
        let members = members.and_then(|shape| match &shape.kind {
            Shape::Union(members) => Some(members),
            _ => None,
        });
        let member = found(members, name, &of.ty, at)?;
        let ty = self.held(member, name, at)?;
        let variant = names::variant_name(&types::member_name(name, &member.traits));
        let copied = ty.is_copy();
        let get = Get::Variant { suffix: names::method_suffix(variant.plain()), copied };
        Ok(part(of, get, if copied { accessed(&ty) } else { Type::Held(ty) }))
    }

    /// The members of a structure, and its role.
    fn members(&self, ty: &Type) -> (Option<&'l Members>, Role) {
        let (id, role) = match ty {
            Type::Whole { name, .. } => {
                let whole = self.wholes.iter().find(|whole| whole.name == *name);
                (whole.and_then(|whole| whole.shape), whole.map_or(Role::Output, |whole| whole.role))
            }
            Type::Held(rust::Type::Error(name)) => (self.shape(name, |shape| matches!(shape, Shape::Structure(_)), true), Role::Error),
            Type::Held(rust::Type::Structure(name)) => (self.shape(name, |shape| matches!(shape, Shape::Structure(_)), false), Role::Type),
            _ => (None, Role::Type),
        };
        (members_of(id.and_then(|id| self.lowering.model.shape(id))), role)
    }

    /// The shape whose type has this name.
    fn shape(&self, name: &Name, wanted: impl Fn(&Shape) -> bool, error: bool) -> Option<&'l ShapeId> {
        let mut named = self.lowering.names.iter().filter(|(_, own)| *own == name).map(|(id, _)| *id);
        named.find(|id| {
            let shape = self.lowering.model.shape(id);
            self.lowering.targeted.contains(id) && shape.is_some_and(|shape| wanted(&shape.kind) && is_error(shape) == error)
        })
    }

    /// The type of a member's value.
    fn held(&self, member: &Member, name: &str, at: usize) -> Result<rust::Type, Fault> {
        self.lowering.member_type(member).ok_or_else(|| Fault::new(at, format!("the member `{name}` has no value")))
    }
}

/// The item of a list at an index, which counts from the end if it is negative.
pub(super) fn position(of: Value, index: i64, at: usize) -> Result<Value, Fault> {
    match of.ty.clone() {
        Type::Null => Ok(Value::null()),
        Type::Held(rust::Type::List { item, sparse }) => Ok(part(of, Get::Position { index, sparse }, Type::Held(*item))),
        Type::List { item, .. } => {
            if matches!(of.kind, Kind::Items { part: Part::Keys | Part::Values, .. }) {
                return Err(Fault::new(at, "the entries of a map have no order, so none of them has an index"));
            }
            Ok(Value::new(Kind::Position(Box::new(of), index), *item, true))
        }
        other => Err(Fault::new(at, format!("expected a list before the index, found {}", described(&other)))),
    }
}

/// A part of a value.
fn part(of: Value, get: Get, ty: Type) -> Value {
    let nullable = of.nullable || get.is_optional();
    Value::new(Kind::Get(Box::new(of), get), ty, nullable)
}

/// The value of a hash's entry.
fn element(of: Value, entries: &[Entry], name: &str, at: usize) -> Result<Value, Fault> {
    let position = entries.iter().position(|entry| entry.key == name);
    let Some((index, entry)) = position.and_then(|index| Some((index, entries.get(index)?))) else {
        let near = did_you_mean(name, entries.iter().map(|entry| entry.key.as_str()));
        return Err(Fault::new(at, with_hint(format!("the object has no key `{name}`"), &near)));
    };
    match of.kind {
        Kind::Hash(mut values) => {
            let value = values.swap_remove(index);
            Ok(values.into_iter().fold(value, |value, other| after(other, value)))
        }
        _ => Ok(part(of, Get::Element { index, optional: entry.nullable }, entry.ty.clone())),
    }
}

fn found<'m>(members: Option<&'m Members>, name: &str, ty: &Type, at: usize) -> Result<&'m Member, Fault> {
    members.and_then(|members| members.get(name)).ok_or_else(|| {
        let near = did_you_mean(name, members.into_iter().flatten().map(|(name, _)| name.as_str()));
        Fault::new(at, with_hint(format!("{} has no member `{name}`", described(ty)), &near))
    })
}

fn with_hint(message: String, hint: &str) -> String {
    if hint.is_empty() { message } else { format!("{message}; {hint}") }
}
