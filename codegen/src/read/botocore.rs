//! Reads botocore's `service-2.json` and translates it into Smithy's terms.
//!
//! Keys without a counterpart in Smithy, and unknown keys, are kept under the trait id `botocore#<key>`. Two rules of botocore decide bytes on the
//! wire: the operation's key (not its `name`) goes into the target header, and in the JSON protocols a member's `locationName` replaces its name.
//! Numbers and booleans have no default in this format, boxed or not: all of them may be absent.

mod operations;
mod service;
mod shapes;
mod translate;

use super::ids::{self, is_identifier};
use super::prelude;
use super::traits::Tally;
use crate::diagnostic::{Findings, quoted};
use crate::json::Object;
use crate::model::{Kind, Model, Pointer, Shape, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the file whose top is `root`. Faults are added to `findings`, keys without a meaning to `unknown`.
pub(super) fn read(root: &mut Object<'_>, findings: &mut Findings, unknown: &mut Tally) -> Model {
    root.get("version");
    let Some(mut metadata) = root.object("metadata", findings) else { return Model::default() };
    let operations = root.object("operations", findings);
    let shapes = root.object("shapes", findings);
    let facts = service::Facts::read(&mut metadata, findings);
    let mut reader = Reader {
        model: Model::default(),
        namespace: facts.namespace.clone(),
        wire_names: facts.wire_names,
        clashes: clashes(operations.as_ref(), shapes.as_ref(), &facts.service_name),
        labels: BTreeMap::new(),
        findings,
        unknown,
    };
    prelude::insert(&mut reader.model);
    if let Some(shapes) = &shapes {
        reader.shapes(shapes);
        reader.maps_in_queries();
    }
    let references = operations.as_ref().map(|operations| reader.operations(operations)).unwrap_or_default();
    reader.service(&facts, &mut metadata, root, references);
    reader.model
}

struct Reader<'f> {
    model: Model,
    namespace: String,
    wire_names: WireNames,
    /// Shapes with the name of an operation or of the service, and their new names.
    clashes: BTreeMap<String, String>,
    /// The labels that are not the names of their members, by structure: pairs of the label and the member.
    labels: BTreeMap<ShapeId, Vec<(String, String)>>,
    findings: &'f mut Findings,
    unknown: &'f mut Tally,
}

/// The meaning of a member's `locationName`, which depends on the protocol.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum WireNames {
    /// The member's name on the wire: JSON without bindings to the URI and headers, and CBOR.
    Member,
    /// Smithy's `jsonName`, or a binding: REST with JSON.
    Json,
    /// Smithy's `xmlName`, or a binding: everything with XML or queries.
    Xml,
}

impl Reader<'_> {
    /// The id of the shape with this name. A bad name is reported once, where the shape is defined.
    fn id(&self, shape: &str) -> ShapeId {
        ShapeId::new(format!("{}#{}", self.namespace, self.clashes.get(shape).map_or(shape, String::as_str)))
    }

    /// The shape named under `shape`.
    fn target(&mut self, object: &mut Object<'_>) -> Option<ShapeId> {
        object.required_text("shape", self.findings).map(|name| self.id(name))
    }

    /// Returns true if the name is valid, and otherwise adds a finding.
    fn check_name(&mut self, name: &str, what: &str, at: &Pointer) -> bool {
        let good = is_identifier(name);
        if !good {
            self.findings.error_with_hint(at, format!("{} is not a valid name for {what}", quoted(name)), ids::RULE);
        }
        good
    }

    /// Counts the keys that were not read, where no shape can keep them as traits.
    fn note_unread(&mut self, object: &Object<'_>, what: &str) {
        for (key, _, at) in object.unread() {
            self.unknown.count(&format!("the key {} of {what} has no meaning here", quoted(key)), &at);
        }
    }

    fn insert(&mut self, name: &str, shape: Shape) {
        let id = ShapeId::new(format!("{}#{name}", self.namespace));
        self.model.shapes.insert(id, shape);
    }

    /// The members of a structure or union of the model.
    fn shape_mut(&mut self, id: &ShapeId) -> Option<&mut Shape> {
        self.model.shapes.get_mut(id).filter(|shape| matches!(shape.kind, Kind::Structure(_) | Kind::Union(_)))
    }
}

/// Operations, shapes and the service have separate namespaces in botocore and share one in Smithy. The operation's name is sent on the wire, so
/// the shape is renamed; the trait `smithlet.api#name` keeps the shape's own name for Rust.
fn clashes(operations: Option<&Object<'_>>, shapes: Option<&Object<'_>>, service: &str) -> BTreeMap<String, String> {
    let names = |object: Option<&Object<'_>>| -> BTreeSet<String> {
        object.into_iter().flat_map(Object::entries).map(|(name, _, _)| name.to_owned()).collect()
    };
    let (operations, shapes) = (names(operations), names(shapes));
    let is_taken = |name: &str| operations.contains(name) || shapes.contains(name) || name == service;
    let mut clashes = BTreeMap::new();
    for name in shapes.iter().filter(|name| operations.contains(*name) || *name == service) {
        let mut free = format!("{name}Shape");
        while is_taken(&free) {
            free.push('_');
        }
        clashes.insert(name.clone(), free);
    }
    clashes
}

#[cfg(test)]
mod tests;
