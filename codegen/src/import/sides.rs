//! The two models of an import, and the documentation to keep.

use crate::changes::is_same_http;
use crate::json::Json;
use crate::model::{Kind, Model, ShapeId, Simple};
use serde_json::Value;

/// The source of the documentation after an import.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Docs {
    /// Our documentation; new items have none yet.
    #[default]
    Ours,
    /// Upstream's documentation as Markdown, where it has some.
    Theirs,
    /// No documentation.
    None,
}

/// Both models, and upstream's files.
pub(super) struct Sides<'m> {
    pub(super) ours: &'m Model,
    pub(super) theirs: &'m Model,
    /// True if upstream's model is in botocore's format, which expresses less.
    pub(super) is_botocore: bool,
    /// Upstream's file, which has the order of keys.
    pub(super) file: &'m Json,
    /// Upstream's endpoint rules, if they are a file of their own.
    pub(super) rules: Option<Json>,
    /// True if upstream's paginators are a file of their own, which describes the pagination of every operation.
    pub(super) has_paginators: bool,
    /// True if upstream's waiters are a file of their own, which has those of every operation.
    pub(super) has_waiters: bool,
    pub(super) docs: Docs,
}

impl Sides<'_> {
    /// True if both shapes have the same type, as far as upstream's format tells types apart: botocore's has no integer enums, and older releases
    /// do not mark unions.
    pub(super) fn is_same_type(&self, ours: &Kind, theirs: &Kind) -> bool {
        let untold = || match (ours, theirs) {
            (Kind::IntEnum(_), Kind::Simple(Simple::Integer)) => true,
            (Kind::Union(_), Kind::Structure(_)) => !self.theirs.shapes.values().any(|shape| matches!(shape.kind, Kind::Union(_))),
            _ => false,
        };
        ours.name() == theirs.name() || (self.is_botocore && untold())
    }

    /// True if our service lists the error for all of its operations.
    pub(super) fn has_service_error(&self, id: &ShapeId) -> bool {
        self.ours.services().any(|(_, _, service)| service.errors.iter().any(|error| error.target == *id))
    }

    /// True if our value of a trait and upstream's mean the same: botocore's format omits the anchors of patterns, and a minimum length of 0 is the
    /// same as none.
    pub(super) fn is_equivalent(&self, id: &str, ours: Option<&Value>, theirs: Option<&Value>) -> bool {
        let same = || match id {
            "smithy.api#http" => is_same_http(ours, theirs),
            "smithy.api#length" => bounds(ours) == bounds(theirs),
            "smithy.api#pattern" => ours.and_then(Value::as_str).map(unanchored) == theirs.and_then(Value::as_str).map(unanchored),
            _ => false,
        };
        ours == theirs || (self.is_botocore && same())
    }
}

/// The minimum and maximum length, unless they allow everything.
fn bounds(length: Option<&Value>) -> (Option<u64>, Option<u64>) {
    let bound = |key: &str| length.and_then(|length| length.get(key)).and_then(Value::as_u64);
    (bound("min").filter(|min| *min > 0), bound("max"))
}

/// A pattern without its anchors.
fn unanchored(pattern: &str) -> &str {
    let inside = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    let is_escaped = |text: &str| (text.len() - text.trim_end_matches('\\').len()) % 2 == 1;
    inside.filter(|inside| !is_escaped(inside)).unwrap_or(pattern)
}
