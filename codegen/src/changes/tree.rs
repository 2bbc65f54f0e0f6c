//! The nested form in which the API-changes site shows additions.

use std::collections::{BTreeMap, BTreeSet};

/// A nested form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Tree {
    /// The type of a value, or the values of an enum, as in `A | B`.
    Text(String),
    /// A list of such items.
    List(Box<Tree>),
    /// Members by name, or a map's values by the type of their key.
    Members(BTreeMap<String, Tree>),
    /// New values of an enum.
    Values(BTreeSet<String>),
}

impl Tree {
    /// The form without additions.
    pub(super) const fn nothing() -> Self {
        Self::Members(BTreeMap::new())
    }

    /// True if there are no additions.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Members(members) if members.is_empty())
    }
}
