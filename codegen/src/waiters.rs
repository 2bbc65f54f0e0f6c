//! An operation's waiters, in Smithy's terms: the value of the trait `smithy.waiters#waitable`. botocore's `waiters-2.json` is translated into that
//! trait.
//!
//! The trait `smithlet.api#waitable`, which is our own, has the same form and can say more: `chunks` in a waiter names the list of the input that is
//! sent in several requests when it has more items than one may have, and `afterSeconds` in an acceptor makes it apply only when the wait has lasted
//! that long. `example` in a waiter is Rust code for the documentation, which has a `client` and
//! calls the crate `crate`.

mod botocore;
mod read;
#[cfg(test)]
mod tests;

pub(crate) use botocore::attach;
pub(crate) use read::of;

use crate::model::{Member, Model, Pointer, Traits};
use serde_json::{Map, Value};

/// Smithy's trait.
pub(crate) const WAITABLE: &str = "smithy.waiters#waitable";
/// Our own trait, which can say more.
pub(crate) const WAITABLE_OF_OURS: &str = "smithlet.api#waitable";

/// A waiter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Waiter {
    pub(crate) name: String,
    /// The documentation, and the mark that it is deprecated, as the traits of these meanings.
    pub(crate) traits: Traits,
    /// The least delay between two polls, in seconds.
    pub(crate) min_delay: u64,
    /// The greatest delay, in seconds.
    pub(crate) max_delay: u64,
    pub(crate) acceptors: Vec<Acceptor>,
    /// Rust code for the documentation.
    pub(crate) example: Option<String>,
    /// The member of the input whose items are sent in several requests.
    pub(crate) chunks: Option<String>,
    /// The trait that has it.
    pub(crate) origin: &'static str,
    pub(crate) at: Pointer,
}

/// A state, and the replies that show it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Acceptor {
    pub(crate) state: State,
    pub(crate) matcher: Matcher,
    /// The time that a wait must have lasted, in seconds.
    pub(crate) after: u64,
    /// The place of the matcher's expression, or else of the acceptor.
    pub(crate) at: Pointer,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum State {
    Success,
    Failure,
    Retry,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Matcher {
    /// Any output if true, any error of the service if false.
    Success(bool),
    /// The value of an expression.
    Path { path: String, of: Of, comparator: Comparator },
    /// An error of this name, whether the model has it or not.
    Error(String),
}

/// The value that an expression is applied to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Of {
    Output,
    InputOutput,
}

/// The comparison of an expression's value with the expected one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Comparator {
    /// The value is this text.
    Text(String),
    /// The value is this boolean.
    Boolean(bool),
    /// The value is a list with at least one item, and all are this text.
    All(String),
    /// The value is a list, and at least one item is this text.
    Any(String),
}

/// Removes the documentation of the model's waiters.
pub(crate) fn remove_documentation(model: &mut Model) {
    for shape in model.shapes.values_mut() {
        for waiter in shape.traits.0.get_mut(WAITABLE).and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
            waiter.as_object_mut().and_then(|waiter| waiter.remove("documentation"));
        }
    }
}

/// The greatest number of items that a member may have.
pub(crate) fn greatest_length(model: &Model, member: &Member) -> Option<u64> {
    model.effective(member, "smithy.api#length")?.get("max").and_then(Value::as_u64).filter(|most| *most > 0)
}
