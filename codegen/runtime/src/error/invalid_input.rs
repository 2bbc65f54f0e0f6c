//! The error of an input that violates the model.

use crate::json;
use std::error::Error;
use std::fmt;

/// An input violates the model's constraints. Nothing was sent.
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
/// Displays as one line with the first findings and the number of the others. It shows no value of a sensitive member.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct InvalidInput {
    findings: Vec<Finding>,
}

/// A violated constraint.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Finding {
    path: String,
    message: String,
}

impl InvalidInput {
    pub(crate) fn new(findings: Vec<Finding>) -> Self {
        Self { findings }
    }

    /// The error of a member that no request can be made of.
    pub(crate) fn of_member(name: &str, message: &str) -> Self {
        Self { findings: vec![Finding { path: name.to_owned(), message: message.to_owned() }] }
    }

    /// All findings; at least one.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

impl Finding {
    /// A finding about the current value.
    pub(crate) fn new(message: String) -> Self {
        Self { path: String::new(), message }
    }

    /// The path from the input to the value, in wire names: `environmentVariablesOverride[2].name`. The value of a map is
    /// `tags["stage"]`, with `..` for a sensitive key.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The violated constraint: `must not be empty`.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Marks the finding as one about the key of an entry, not about its value.
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

/// Displays as `path: message`. A very long path loses its beginning.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", json::without_beginning(&self.path), self.message)
    }
}

impl fmt::Display for InvalidInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The maximum number of findings that are shown. The others are counted.
        const MOST: usize = 10;
        /// The maximum length of the findings that are shown, in bytes, so that a log line does not lose the count.
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
