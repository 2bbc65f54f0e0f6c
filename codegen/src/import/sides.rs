//! The two models of an import, and the documentation that is wanted.

use crate::json::Json;
use crate::model::{Kind, Model, ShapeId, Simple};
use serde_json::Value;

/// The model whose documentation the imported model has.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Docs {
    /// Ours; what is new has none yet.
    #[default]
    Ours,
    /// Upstream's, as far as it has any, as Markdown.
    Theirs,
    /// Neither: all documentation goes.
    None,
}

/// Both models, and what upstream's files look like.
pub(super) struct Sides<'m> {
    pub(super) ours: &'m Model,
    pub(super) theirs: &'m Model,
    /// Whether theirs is botocore's form, which says less.
    pub(super) is_botocore: bool,
    /// Upstream's file, which alone knows the order of things in it.
    pub(super) file: &'m Json,
    /// Upstream's endpoint rules, where they are a file of their own.
    pub(super) rules: Option<Json>,
    pub(super) docs: Docs,
}

impl Sides<'_> {
    /// Returns true if a shape of theirs has the type of ours, as far as upstream's form tells types apart: botocore's has no integer enums, and
    /// its older releases mark no unions.
    pub(super) fn is_same_type(&self, ours: &Kind, theirs: &Kind) -> bool {
        let untold = || match (ours, theirs) {
            (Kind::IntEnum(_), Kind::Simple(Simple::Integer)) => true,
            (Kind::Union(_), Kind::Structure(_)) => !self.theirs.shapes.values().any(|shape| matches!(shape.kind, Kind::Union(_))),
            _ => false,
        };
        ours.name() == theirs.name() || (self.is_botocore && untold())
    }

    /// Returns true if our service lists the error for all of its operations.
    pub(super) fn has_service_error(&self, id: &ShapeId) -> bool {
        self.ours.services().any(|(_, _, service)| service.errors.iter().any(|error| error.target == *id))
    }

    /// Returns true if our value of a trait and theirs mean the same: botocore's form has patterns without their anchors, and one of the two may say
    /// that a length is at least 0.
    pub(super) fn says_the_same(&self, id: &str, ours: Option<&Value>, theirs: Option<&Value>) -> bool {
        let same = || match id {
            "smithy.api#length" => bounds(ours) == bounds(theirs),
            "smithy.api#pattern" => ours.and_then(Value::as_str).map(unanchored) == theirs.and_then(Value::as_str).map(unanchored),
            _ => false,
        };
        ours == theirs || (self.is_botocore && same())
    }
}

/// The least and the greatest length, as far as they exclude anything.
fn bounds(length: Option<&Value>) -> (Option<u64>, Option<u64>) {
    let bound = |key: &str| length.and_then(|length| length.get(key)).and_then(Value::as_u64);
    (bound("min").filter(|min| *min > 0), bound("max"))
}

/// A pattern without the anchors around it.
fn unanchored(pattern: &str) -> &str {
    let inside = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    let is_escaped = |text: &str| (text.len() - text.trim_end_matches('\\').len()) % 2 == 1;
    inside.filter(|inside| !is_escaped(inside)).unwrap_or(pattern)
}
