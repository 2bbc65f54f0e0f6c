//! The shapes that every model may use without defining them: Smithy's prelude.

use crate::model::{Kind, Model, Pointer, Shape, ShapeId, Simple, Traits};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The namespace of the prelude.
pub(crate) const NAMESPACE: &str = "smithy.api";

/// Simple shapes; true for those that also have a `Primitive` variant, whose absent value reads as zero or false.
const SIMPLE: [(&str, Simple, bool); 13] = [
    ("BigDecimal", Simple::BigDecimal, false),
    ("BigInteger", Simple::BigInteger, false),
    ("Blob", Simple::Blob, false),
    ("Boolean", Simple::Boolean, true),
    ("Byte", Simple::Byte, true),
    ("Document", Simple::Document, false),
    ("Double", Simple::Double, true),
    ("Float", Simple::Float, true),
    ("Integer", Simple::Integer, true),
    ("Long", Simple::Long, true),
    ("Short", Simple::Short, true),
    ("String", Simple::String, false),
    ("Timestamp", Simple::Timestamp, false),
];

/// Adds the prelude's shapes, except those that the file defines itself.
pub(super) fn insert(model: &mut Model) {
    let mut add = |name: &str, kind: Kind, traits: Traits| {
        let id = ShapeId::new(format!("{NAMESPACE}#{name}"));
        model.shapes.entry(id).or_insert(Shape { kind, traits, pointer: Pointer::default() });
    };
    add("Unit", Kind::Structure(BTreeMap::new()), Traits::default());
    for (name, simple, has_primitive) in SIMPLE {
        add(name, Kind::Simple(simple), Traits::default());
        if has_primitive {
            let default = BTreeMap::from([("smithy.api#default".to_owned(), zero(simple))]);
            add(&format!("Primitive{name}"), Kind::Simple(simple), Traits(default));
        }
    }
}

/// The type's zero: false for booleans.
pub(super) fn zero(simple: Simple) -> Value {
    if simple == Simple::Boolean { Value::Bool(false) } else { json!(0) }
}

/// The simple type of a Smithy shape type, such as `bigInteger`.
pub(super) fn simple(shape_type: &str) -> Option<Simple> {
    SIMPLE.iter().map(|(_, simple, _)| *simple).find(|simple| simple.name() == shape_type)
}

/// The shape types of all simple shapes.
pub(super) fn simple_types() -> impl Iterator<Item = &'static str> {
    SIMPLE.iter().map(|(_, simple, _)| simple.name())
}
