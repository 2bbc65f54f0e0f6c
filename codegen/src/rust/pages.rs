//! The plan of an operation's paginator.

use super::Type;
use crate::names::Name;

/// The pagination of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    /// The tokens that lead to the next page; at least one.
    pub(crate) tokens: Vec<Token>,
    /// The path to a boolean of a page that is true if another page follows.
    pub(crate) more: Option<Vec<Step>>,
    pub(crate) page_size: Option<PageSize>,
    pub(crate) items: Option<Items>,
}

/// A token.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// The field of the input.
    pub(crate) input: Name,
    /// The paths to the token in a page. The first one counts whose value is not empty.
    pub(crate) outputs: Vec<Vec<Step>>,
    /// True if the token is a string or a map, which says by being empty that no page follows.
    pub(crate) may_be_empty: bool,
}

/// The field of the input for the size of a page.
#[derive(Clone, Debug)]
pub(crate) struct PageSize {
    pub(crate) field: Name,
    pub(crate) ty: Type,
}

/// The list or map of a page that holds the items.
#[derive(Clone, Debug)]
pub(crate) struct Items {
    /// The path, of which every step is a field.
    pub(crate) path: Vec<Step>,
    /// The type of the list or map.
    pub(crate) ty: Type,
}

/// A step of a path in a page.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A field.
    Field { name: Name, optional: bool, boxed: bool },
    /// The last item of a list.
    Last,
}
