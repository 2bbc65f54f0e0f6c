//! The plan of a waiter.

use super::Docs;
use super::path::Path;
use crate::names::Name;

/// A waiter of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Waiter {
    /// The stem of the names of its types: `TableExists`.
    pub(crate) name: Name,
    pub(crate) module: Name,
    /// The method of the client: `wait_until_table_exists`.
    pub(crate) method: Name,
    /// The name in the model.
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    /// Rust code for the documentation.
    pub(crate) example: Option<String>,
    /// The least delay and the greatest one, in seconds.
    pub(crate) min_delay: u64,
    pub(crate) max_delay: u64,
    /// The values that outputs are judged by.
    pub(crate) values: Vec<Value>,
    /// The meaning of outputs; the first one that applies counts.
    pub(crate) of_outputs: Vec<Acceptor<OutputTest>>,
    /// The meaning of the service's errors.
    pub(crate) of_errors: Vec<Acceptor<ErrorTest>>,
    pub(crate) chunks: Option<Chunks>,
}

/// A value of an output, or of the input and the output.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// The variable that holds it, and the function that finds it, if there is one.
    pub(crate) name: Name,
    /// The expression as a code span.
    pub(crate) text: String,
    pub(crate) path: Path,
}

/// A state, and the test of a reply that shows it.
#[derive(Clone, Debug)]
pub(crate) struct Acceptor<T> {
    pub(crate) state: State,
    pub(crate) test: T,
    /// The time that a wait must have lasted, in seconds.
    pub(crate) after: u64,
    /// What such a reply shows, in words.
    pub(crate) shown: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum State {
    Success,
    Failure,
    Retry,
}

/// A test of an output.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum OutputTest {
    /// Every output passes.
    Any,
    /// The value with this name is this text.
    Text(Name, String),
    /// The value is this boolean.
    Boolean(Name, bool),
    /// The value has items, and all are this text. If `nullable`, items may be null.
    All { value: Name, text: String, nullable: bool },
    /// An item of the value is this text.
    Contains { value: Name, text: String, nullable: bool },
}

impl OutputTest {
    /// True if the test is one of the value with this name.
    pub(crate) fn uses(&self, name: &Name) -> bool {
        match self {
            Self::Any => false,
            Self::Text(value, _) | Self::Boolean(value, _) | Self::All { value, .. } | Self::Contains { value, .. } => value == name,
        }
    }
}

/// A test of an error of the service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ErrorTest {
    /// Every error passes.
    Any,
    /// The error has a method of this name, which says so.
    Is(Name),
    /// The error has this code.
    Code(String),
}

/// The division of an input with many items into several requests.
#[derive(Clone, Debug)]
pub(crate) struct Chunks {
    /// The field of the input.
    pub(crate) field: Name,
    /// The greatest number of items in a request.
    pub(crate) most: u64,
}
