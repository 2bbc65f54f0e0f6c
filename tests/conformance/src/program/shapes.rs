//! The shapes of a suite's model.

use codegen::spelling;
use serde_json::Value;
use std::collections::BTreeSet;

/// The shapes by their names.
pub(super) struct Shapes<'m> {
    all: &'m Value,
}

/// The members of a structure or a union, by their names on the wire.
pub(super) fn members(shape: &Value) -> impl Iterator<Item = (&str, &Value)> {
    shape["members"].as_object().into_iter().flatten().map(|(name, member)| (name.as_str(), member))
}

impl<'m> Shapes<'m> {
    pub(super) fn new(model: &'m Value) -> Self {
        Self { all: &model["shapes"] }
    }

    /// The shape with this name.
    pub(super) fn shape(&self, name: &str) -> &'m Value {
        &self.all[name]
    }

    /// The shape that a member, an input or an output refers to.
    pub(super) fn target(&self, reference: &Value) -> &'m Value {
        reference["shape"].as_str().map_or(&Value::Null, |name| self.shape(name))
    }

    /// The shapes below the inputs, outputs and errors of operations that have a type of their own in `types`, sorted by name.
    pub(super) fn below<'o>(&self, operations: impl Iterator<Item = &'o Value>) -> BTreeSet<&'m str> {
        let mut open: Vec<&'m Value> = Vec::new();
        for operation in operations {
            open.extend([&operation["input"], &operation["output"]].map(|reference| self.target(reference)));
            open.extend(operation["errors"].as_array().into_iter().flatten().map(|error| self.target(error)));
        }
        let mut found = BTreeSet::new();
        while let Some(shape) = open.pop() {
            let parts = ["member", "key", "value"].map(|part| &shape[part]);
            let references = members(shape).map(|(_, member)| member).chain(parts);
            let names = references.filter_map(|reference| reference["shape"].as_str());
            open.extend(names.filter(|name| found.insert(*name)).map(|name| self.shape(name)));
        }
        found.retain(|name| has_type(self.shape(name)));
        found
    }

    /// The line that implements `Read` and `Show` for a type of a crate.
    pub(super) fn implementation(&self, crate_name: &str, name: &str) -> String {
        let (shape, rust) = (self.shape(name), format!("{crate_name}::types::{}", spelling::shape(name)));
        if shape["enum"].is_array() {
            return format!("text!({rust});\n");
        }
        let is_union = shape["union"].as_bool() == Some(true);
        let member = |wire: &str| {
            if is_union {
                format!("{wire:?}: {},", spelling::variant(wire))
            } else {
                format!("{wire:?}: {} {},", spelling::field(wire), spelling::setter(wire))
            }
        };
        let members: Vec<String> = members(shape).map(|(wire, _)| member(wire)).collect();
        format!("{}!({rust} {{ {} }});\n", if is_union { "union" } else { "structure" }, members.join(" "))
    }
}

/// True for enums, structures and unions, and not for documents, which are structures in these files.
fn has_type(shape: &Value) -> bool {
    let is_document = shape["document"].as_bool() == Some(true);
    shape["enum"].is_array() || (shape["type"].as_str() == Some("structure") && !is_document)
}
