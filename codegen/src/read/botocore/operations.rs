//! Botocore's operations.

use super::Reader;
use crate::json::Object;
use crate::model::{Kind, Operation, Reference, Shape, ShapeId, Traits};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

impl Reader<'_> {
    /// Adds the operations to the model and returns references to them. The shapes must be present already, since traits are added to inputs,
    /// outputs and errors here.
    pub(super) fn operations(&mut self, operations: &Object<'_>) -> Vec<Reference> {
        let mut references = Vec::new();
        for (name, value, at) in operations.entries() {
            let is_named = self.check_name(name, "an operation", &at);
            let Some(mut object) = Object::of(value, at, self.findings) else { continue };
            let operation = Operation {
                input: self.reference(&mut object, "input"),
                output: self.reference(&mut object, "output"),
                errors: self.errors(&mut object),
            };
            let http = self.http(&mut object, operation.input.as_ref());
            // Botocore uses the key where it differs from the name.
            if object.text("name", self.findings) != Some(name) {
                self.unknown.count("the operation's `name` differs from its key, and the key is used", &object.at);
            }
            let mut traits = self.traits(&mut object);
            traits.0.extend(http.map(|http| ("smithy.api#http".to_owned(), http)));
            if is_named {
                references.push(Reference { target: ShapeId::new(format!("{}#{name}", self.namespace)), pointer: object.at.clone() });
                self.insert(name, Shape { kind: Kind::Operation(operation), traits, pointer: object.at });
            }
        }
        self.mark_inputs_and_outputs();
        references
    }

    fn reference(&mut self, object: &mut Object<'_>, key: &'static str) -> Option<Reference> {
        let mut reference = object.object(key, self.findings)?;
        let target = self.target(&mut reference)?;
        self.note_unread(&reference, &format!("an operation's {key}"));
        Some(Reference { target, pointer: reference.at })
    }

    fn errors(&mut self, object: &mut Object<'_>) -> Vec<Reference> {
        let mut errors = Vec::new();
        for (item, at) in object.items("errors", self.findings) {
            let Some(mut item) = Object::of(item, at, self.findings) else { continue };
            let Some(target) = self.target(&mut item) else { continue };
            // In older models only this place says that the shape is an error.
            let mut traits = Traits::default();
            self.error_traits(target.name(), &mut item, &mut traits);
            traits.0.entry("smithy.api#error".to_owned()).or_insert_with(|| Value::from("client"));
            if let Some(shape) = self.shape_mut(&target).filter(|shape| !shape.traits.has("smithy.api#error")) {
                shape.traits.0.extend(traits.0);
            }
            self.note_unread(&item, "an operation's error");
            errors.push(Reference { target, pointer: item.at });
        }
        errors
    }

    /// The method and the URI, whose labels are named after members of the input, as in Smithy.
    fn http(&mut self, object: &mut Object<'_>, input: Option<&Reference>) -> Option<Value> {
        let mut http = object.object("http", self.findings)?;
        let mut binding = Map::new();
        for (key, name) in [("method", "method"), ("requestUri", "uri"), ("responseCode", "code")] {
            if let Some((value, _)) = http.get(key) {
                binding.insert(name.to_owned(), value.value());
            }
        }
        self.note_unread(&http, "an operation's http");
        if let Some(labels) = input.and_then(|input| self.labels.get(&input.target))
            && let Some(Value::String(uri)) = binding.get_mut("uri")
        {
            *uri = with_members(uri, labels);
        }
        Some(Value::Object(binding))
    }

    /// Marks structures that are only the input, or only the output, of one operation as such, which is what Smithy's traits mean.
    fn mark_inputs_and_outputs(&mut self) {
        let mut uses: BTreeMap<ShapeId, Vec<Option<&str>>> = BTreeMap::new();
        for shape in self.model.shapes.values() {
            for (_, member) in shape.members() {
                uses.entry(member.target.clone()).or_default().push(None);
            }
            if let Kind::Operation(operation) = &shape.kind {
                let roles = [(&operation.input, Some("smithy.api#input")), (&operation.output, Some("smithy.api#output"))];
                for (reference, role) in roles.into_iter().filter_map(|(reference, role)| Some((reference.as_ref()?, role))) {
                    uses.entry(reference.target.clone()).or_default().push(role);
                }
                for error in &operation.errors {
                    uses.entry(error.target.clone()).or_default().push(None);
                }
            }
        }
        for (id, roles) in uses {
            if let [Some(role)] = roles.as_slice()
                && let Some(shape) = self.shape_mut(&id)
            {
                shape.traits.0.insert((*role).to_owned(), json!({}));
            }
        }
    }
}

/// The URI with the members' names as labels.
fn with_members(uri: &str, labels: &[(String, String)]) -> String {
    let mut parts = uri.split('{');
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(['+', '}']).unwrap_or(part.len());
        let (label, rest) = part.split_at(end);
        let member = labels.iter().find(|(other, _)| other == label).map_or(label, |(_, member)| member);
        named.extend(["{", member, rest]);
    }
    named
}
