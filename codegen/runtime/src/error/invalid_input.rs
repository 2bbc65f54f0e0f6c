//! The error of an input that the model does not allow.

use crate::json;
use std::error::Error;
use std::fmt;

/// An input does not have what the model demands of it, and so nothing was sent.
///
/// It is the source of a [construction failure](super::SdkError::ConstructionFailure):
///
/// ```
/// use smithlet_runtime::error::InvalidInput;
///
/// fn count(error: &dyn std::error::Error) -> usize {
///     let invalid = error.source().and_then(|source| source.downcast_ref::<InvalidInput>());
///     invalid.map_or(0, |invalid| invalid.findings().len())
/// }
/// ```
///
/// It displays as one line with the first findings and the number of the others. No value of a sensitive member is in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidInput {
    findings: Vec<Finding>,
}

/// One thing that is wrong with an input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    path: String,
    message: String,
}

impl InvalidInput {
    pub(crate) fn new(findings: Vec<Finding>) -> Self {
        Self { findings }
    }

    /// All that was found; at least one.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Finding {
    /// A finding about the value that is being looked at.
    pub(crate) fn new(message: String) -> Self {
        Self { path: String::new(), message }
    }

    /// Where it is, in the names of the wire, from the input on: `environmentVariablesOverride[2].name`. The value of a map is
    /// `tags["stage"]`, with `..` for a key that is not to be shown.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there: `must not be empty`.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Says that the finding is about the key of an entry, not about its value.
    pub(crate) fn of_key(&mut self) {
        self.message.insert_str(0, "the key ");
    }

    pub(crate) fn inside_member(&mut self, name: &str) {
        if !self.path.is_empty() && !self.path.starts_with('[') {
            self.path.insert(0, '.');
        }
        self.path.insert_str(0, name);
    }

    pub(crate) fn inside_brackets(&mut self, step: &dyn fmt::Display) {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path.insert_str(0, &format!("[{step}]{dot}"));
    }
}

/// `path: message`. A very long path loses its beginning.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", json::without_beginning(&self.path), self.message)
    }
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// More findings than these are only counted.
        const MOST: usize = 10;
        /// So are those that would make the line longer than this, in bytes: the count has to stay within what a log shows.
        const LONGEST: usize = 800;
        f.write_str("the input is not valid: ")?;
        let mut length = 0;
        for (index, finding) in self.findings.iter().enumerate() {
            let finding = finding.to_string();
            length += finding.len();
            if index == MOST || (index > 0 && length > LONGEST) {
                return write!(f, "; and {} more", self.findings.len() - index);
            }
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{finding}")?;
        }
        Ok(())
    }
}

impl Error for InvalidInput {}
