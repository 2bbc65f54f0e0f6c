//! Findings about an input: the fault, its place and a hint.

use crate::model::Pointer;
use std::fmt;

/// The weight of a finding.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// An error: nothing is written.
    Error,
    /// A warning: something was left out or is not understood, and the rest is written.
    Warning,
    /// A note, shown only with `--verbose`: a trait that has no meaning here, for instance.
    Note,
}

/// One finding about an input file.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Diagnostic {
    /// Errors stop the run; the others do not.
    pub severity: Severity,
    /// The file, as the caller named it; empty for a finding about the command line.
    pub file: String,
    /// The place in the file.
    pub pointer: Pointer,
    /// The fault.
    pub message: String,
    /// Advice, empty when the message says enough.
    pub hint: String,
}

impl Diagnostic {
    /// Makes a finding that stops the run.
    pub fn error(file: &str, pointer: &Pointer, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, file: file.to_owned(), pointer: pointer.clone(), message: message.into(), hint: String::new() }
    }

    /// Makes a finding that does not stop the run.
    pub fn warning(file: &str, pointer: &Pointer, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, pointer, message) }
    }

    /// Makes a finding that is shown on request only.
    pub fn note(file: &str, pointer: &Pointer, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(file, pointer, message) }
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Prints `path#/json/pointer: message`, and the hint on a line below.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.severity {
            Severity::Error => {}
            Severity::Warning => f.write_str("warning: ")?,
            Severity::Note => f.write_str("note: ")?,
        }
        if !self.file.is_empty() {
            write!(f, "{}", self.file)?;
            if !self.pointer.as_str().is_empty() {
                write!(f, "#{}", one_line(self.pointer.as_str()))?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&one_line(&self.message))?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// The errors about one file, collected so that one run reports all of them.
#[derive(Debug)]
pub struct Findings {
    file: String,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Makes an empty collection for `file`.
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), found: Vec::new() }
    }

    /// Adds an error.
    pub fn error(&mut self, at: &Pointer, message: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.file, at, message));
    }

    /// Adds an error with a hint.
    pub fn error_with_hint(&mut self, at: &Pointer, message: impl Into<String>, hint: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.file, at, message).hint(hint));
    }

    /// Adds an error with a hint that is expensive to find. Only the first errors of a file get such hints, so that a hostile file cannot make
    /// the run slow.
    pub fn error_with_search(&mut self, at: &Pointer, message: impl Into<String>, search: impl FnOnce() -> String) {
        const MOST_SEARCHES: usize = 50;
        let hint = if self.found.len() < MOST_SEARCHES { search() } else { String::new() };
        self.error_with_hint(at, message, hint);
    }

    /// Returns all errors in the order of their pointers, so that the order of a file's keys does not matter.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort();
        self.found.dedup();
        self.found
    }
}

/// Text of an input between back quotes, on one line and shortened if it is long.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let short: String = text.chars().take(LONGEST).collect();
    let dots = if short.len() < text.len() { "..." } else { "" };
    format!("`{}{dots}`", one_line(&short))
}

/// The text with its control characters escaped, so that an input cannot write to the terminal.
fn one_line(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_cannot_write_to_the_terminal() {
        let shown = Diagnostic::error("m.json", &Pointer::default().join("a\u{1b}[31m"), format!("{} is odd", quoted("x\ny"))).to_string();
        assert_eq!(shown, "m.json#/a\\u{1b}[31m: `x\\ny` is odd");
    }

    #[test]
    fn quoted_text_is_shortened() {
        assert_eq!(quoted(&"é".repeat(1000)).chars().count(), 85);
    }

    #[test]
    fn findings_come_in_the_order_of_their_pointers() {
        let mut findings = Findings::new("m.json");
        findings.error(&Pointer::default().join("b"), "second");
        findings.error_with_hint(&Pointer::default().join("a"), "first", "look there");
        let messages: Vec<_> = findings.into_sorted().into_iter().map(|found| found.message).collect();
        assert_eq!(messages, ["first", "second"]);
    }
}
