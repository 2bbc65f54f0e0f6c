//! Botocore's shapes.

use super::{Reader, WireNames};
use crate::diagnostic::quoted;
use crate::json::{Json, Object};
use crate::model::{Kind, Member, Members, Pointer, Shape, ShapeId, Simple, Traits};
use crate::read::enums;
use crate::suggest::did_you_mean;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const TYPES: [(&str, Simple); 13] = [
    ("bigdecimal", Simple::BigDecimal),
    ("biginteger", Simple::BigInteger),
    ("blob", Simple::Blob),
    ("boolean", Simple::Boolean),
    ("byte", Simple::Byte),
    ("character", Simple::String),
    ("double", Simple::Double),
    ("float", Simple::Float),
    ("integer", Simple::Integer),
    ("long", Simple::Long),
    ("short", Simple::Short),
    ("string", Simple::String),
    ("timestamp", Simple::Timestamp),
];

/// The shape types besides the simple ones.
const AGGREGATES: [&str; 3] = ["structure", "list", "map"];

/// Unions in AWS's Smithy models that are plain structures in botocore's. Without this, values of `DynamoDB` would have another type than in AWS's own
/// crate, and one that allows several members at once.
const UNMARKED_UNIONS: [&str; 2] = ["com.amazonaws.dynamodb#AttributeValue", "com.amazonaws.dynamodbstreams#AttributeValue"];

impl Reader<'_> {
    pub(super) fn shapes(&mut self, shapes: &Object<'_>) {
        for (name, value, at) in shapes.entries() {
            let is_named = self.check_name(name, "a shape", &at);
            let Some(mut object) = Object::of(value, at, self.findings) else { continue };
            if let Some(shape) = self.shape(name, &mut object)
                && is_named
            {
                let renamed = self.clashes.get(name).cloned();
                self.insert(&renamed.unwrap_or_else(|| name.to_owned()), shape);
            }
        }
    }

    /// A map in the query string is Smithy's `httpQueryParams`: each of its entries is a parameter. Only here is it known which members are maps.
    pub(super) fn maps_in_queries(&mut self) {
        let is_map = |(id, shape): (&ShapeId, &Shape)| matches!(shape.kind, Kind::Map { .. }).then(|| id.clone());
        let maps: BTreeSet<ShapeId> = self.model.shapes.iter().filter_map(is_map).collect();
        for shape in self.model.shapes.values_mut() {
            let Kind::Structure(members) = &mut shape.kind else { continue };
            for member in members.values_mut().filter(|member| maps.contains(&member.target)) {
                if member.traits.0.remove("smithy.api#httpQuery").is_some() {
                    member.traits.0.insert("smithy.api#httpQueryParams".to_owned(), json!({}));
                }
            }
        }
    }

    fn shape(&mut self, name: &str, object: &mut Object<'_>) -> Option<Shape> {
        let shape_type = object.required_text("type", self.findings)?;
        let mut own = Traits::default();
        let kind = match shape_type {
            "structure" => self.structure(name, object, &mut own),
            "list" => Kind::List(self.part(object, "member")?),
            "map" => {
                let (key, value) = (self.part(object, "key"), self.part(object, "value"));
                Kind::Map { key: key?, value: value? }
            }
            simple => {
                let Some((_, simple)) = TYPES.iter().find(|(name, _)| *name == simple) else {
                    let hint = did_you_mean(simple, AGGREGATES.into_iter().chain(TYPES.map(|(name, _)| name)));
                    self.findings.error_with_hint(&object.at.join("type"), format!("{} is not a shape type", quoted(simple)), hint);
                    return None;
                };
                self.simple(object, *simple)
            }
        };
        if let Some(limits) = limits(object) {
            let id = if is_number(&kind) { "smithy.api#range" } else { "smithy.api#length" };
            own.0.insert(id.to_owned(), limits);
        }
        if self.clashes.contains_key(name) {
            own.0.insert("smithlet.api#name".to_owned(), Value::from(name));
        }
        let mut traits = self.traits(object);
        traits.0.extend(own.0);
        Some(Shape { kind, traits, pointer: object.at.clone() })
    }

    fn simple(&mut self, object: &mut Object<'_>, simple: Simple) -> Kind {
        if simple != Simple::String || object.get("enum").is_none() {
            return Kind::Simple(simple);
        }
        let values = object.texts("enum", self.findings);
        let names = enums::names(&values.iter().map(|(value, _)| *value).collect::<Vec<_>>());
        let mut members = Members::new();
        for ((value, at), name) in values.into_iter().zip(names) {
            if enums::add(&mut members, &name, enums::member(value, Traits::default(), at.clone())).is_err() {
                self.findings.error(&at, format!("the value {} is listed twice", quoted(value)));
            }
        }
        Kind::Enum(members)
    }

    fn structure(&mut self, name: &str, object: &mut Object<'_>, own: &mut Traits) -> Kind {
        let members = self.members(&self.id(name), object);
        self.error_traits(name, object, own);
        if object.flag("eventstream", self.findings) {
            own.0.insert("smithy.api#streaming".to_owned(), json!({}));
            return Kind::Union(members);
        }
        if object.flag("document", self.findings) {
            for member in members.values() {
                self.unknown.count("a document has members, which have no meaning here", &member.pointer);
            }
            return Kind::Simple(Simple::Document);
        }
        let union = object.flag("union", self.findings) || UNMARKED_UNIONS.contains(&self.id(name).as_str());
        if union { Kind::Union(members) } else { Kind::Structure(members) }
    }

    fn members(&mut self, structure: &ShapeId, object: &mut Object<'_>) -> Members {
        let mut members = Members::new();
        let required = object.texts("required", self.findings);
        let payload = object.text("payload", self.findings);
        let entries = object.object("members", self.findings);
        let names: BTreeSet<&str> = entries.iter().flat_map(Object::entries).map(|(name, _, _)| name).collect();
        for (name, at) in required.iter().filter(|(name, _)| !names.contains(name)) {
            let message = format!("{} is required, but is not a member", quoted(name));
            self.findings.error_with_search(at, message, || did_you_mean(name, names.iter().copied()));
        }
        let required: BTreeSet<&str> = required.into_iter().map(|(name, _)| name).collect();
        for (name, value, at) in entries.iter().flat_map(Object::entries) {
            let is_named = self.check_name(name, "a member", &at);
            let Some((wire, mut member)) = self.member(structure, name, value, at) else { continue };
            let mut put = |id: &str| drop(member.traits.0.insert(id.to_owned(), json!({})));
            if required.contains(name) {
                put("smithy.api#required");
            }
            if payload == Some(name) {
                put("smithy.api#httpPayload");
            }
            if !is_named || (wire != name && !self.check_name(&wire, "a member", &member.pointer.join("locationName"))) {
                continue;
            }
            if let Some(earlier) = members.insert(wire.clone(), member) {
                self.findings.error(&earlier.pointer, format!("another member has the wire name {} too", quoted(&wire)));
            }
        }
        members
    }

    /// A structure's member and its wire name.
    fn member(&mut self, structure: &ShapeId, name: &str, value: &Json, at: Pointer) -> Option<(String, Member)> {
        let mut object = Object::of(value, at, self.findings)?;
        let target = self.target(&mut object)?;
        let binding = self.binding(&mut object, name);
        if let (Some(("smithy.api#httpLabel", _)), Some(label)) = (&binding, object.text("locationName", self.findings)) {
            self.labels.entry(structure.clone()).or_default().push((label.to_owned(), name.to_owned()));
        }
        let location_name =
            object.text("locationName", self.findings).filter(|_| binding.is_none() && self.wire_names == WireNames::Member);
        let wire = location_name.unwrap_or(name).to_owned();
        let mut traits = self.traits(&mut object);
        traits.0.extend(binding.map(|(id, value)| (id.to_owned(), value)));
        if wire != name {
            traits.0.insert("smithlet.api#name".to_owned(), Value::from(name));
        }
        Some((wire, Member { target, traits, pointer: object.at }))
    }

    /// The `member` of a list, or the `key` or `value` of a map.
    fn part(&mut self, object: &mut Object<'_>, name: &'static str) -> Option<Member> {
        let Some((value, at)) = object.get(name) else {
            let shape_type = object.text("type", self.findings).unwrap_or_default();
            let hint = format!("give it `\"{name}\": {{ \"shape\": ... }}`");
            self.findings.error_with_hint(&object.at, format!("a {shape_type} without a `{name}`"), hint);
            return None;
        };
        let mut object = Object::of(value, at, self.findings)?;
        let target = self.target(&mut object)?;
        // Items, keys and values have wire names in XML only.
        let name = object.text("locationName", self.findings).filter(|_| self.wire_names == WireNames::Xml);
        let mut traits = self.traits(&mut object);
        traits.0.extend(name.map(|name| ("smithy.api#xmlName".to_owned(), Value::from(name))));
        Some(Member { target, traits, pointer: object.at })
    }

    /// Adds the traits of an error, from the shape itself or from an operation that lists it.
    pub(super) fn error_traits(&mut self, name: &str, object: &mut Object<'_>, traits: &mut Traits) {
        let exception = object.flag("exception", self.findings);
        let fault = object.flag("fault", self.findings);
        let mut error = object.object("error", self.findings);
        if !exception && !fault && error.is_none() {
            return;
        }
        let mut flag = |key| error.as_mut().is_some_and(|error| error.flag(key, self.findings));
        let (sender_fault, service_fault) = (flag("senderFault"), flag("fault"));
        let status = error.as_mut().and_then(|error| error.get("httpStatusCode")).map(|(status, _)| status.value());
        let code = error.as_mut().and_then(|error| error.text("code", self.findings));
        let is_server =
            !sender_fault && (fault || service_fault || status.as_ref().and_then(Value::as_u64).is_some_and(|status| status >= 500));
        traits.0.insert("smithy.api#error".to_owned(), Value::from(if is_server { "server" } else { "client" }));
        if let Some(code) = code.filter(|code| *code != name) {
            let mut query = Map::from_iter([("code".to_owned(), Value::from(code))]);
            query.extend(status.clone().map(|status| ("httpResponseCode".to_owned(), status)));
            traits.0.insert("aws.protocols#awsQueryError".to_owned(), Value::Object(query));
        }
        traits.0.extend(status.map(|status| ("smithy.api#httpError".to_owned(), status)));
        if let Some(error) = error {
            self.note_unread(&error, "an error");
        }
    }
}

fn limits(object: &mut Object<'_>) -> Option<Value> {
    let (min, max) = (object.get("min"), object.get("max"));
    let limits: Map<String, Value> =
        [("min", min), ("max", max)].into_iter().filter_map(|(key, limit)| Some((key.to_owned(), limit?.0.value()))).collect();
    (!limits.is_empty()).then_some(Value::Object(limits))
}

fn is_number(kind: &Kind) -> bool {
    match kind {
        Kind::Simple(simple) => !matches!(simple, Simple::Blob | Simple::String | Simple::Boolean | Simple::Timestamp | Simple::Document),
        _ => false,
    }
}
