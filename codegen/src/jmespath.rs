//! JMESPath (<https://jmespath.org/specification.html>): expression text -> syntax tree, in which every node knows its place in the text.
//!
//! The whole grammar is read, whatever the generator can compile of it; `lower` decides that.

/// The fault of an expression: something that is not JMESPath, or that has no equivalent in Rust.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Fault {
    /// The byte in the expression at which the fault begins.
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl Fault {
    pub(crate) fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into() }
    }

    /// The message with the place in `text`, the expression: `at character 7 of the expression: ...`.
    pub(crate) fn in_text(&self, text: &str) -> String {
        let before = text.get(..self.offset).unwrap_or(text).chars().count();
        format!("at character {} of the expression: {}", before + 1, self.message)
    }
}
