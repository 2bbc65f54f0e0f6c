//! The two models of an import, and the documentation that is wanted.

use crate::json::Json;
use crate::model::Model;

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
