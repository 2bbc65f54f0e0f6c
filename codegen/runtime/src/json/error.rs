//! The error of a document that cannot be read.

use super::{is_document, path};
use std::fmt;

/// The reason why a document could not be read.
///
/// Displays as one line: `builds[3].logs.groupName: expected a string, found a number (byte 1234)`.
///
/// The line shows no value of the document, only names of types and the path. The path consists of names, which may be the keys of a map
/// and so data. Therefore a name is shown only if it is an identifier (ASCII letters, digits and `_`, not starting with a digit) of at most
/// 64 characters, and as `{..}` otherwise.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    path: String,
    offset: usize,
    problem: Problem,
    is_well_formed: bool,
}

/// A problem. Its text is never from the document.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Problem {
    /// A value of the wrong type.
    Type { expected: &'static str, found: &'static str },
    /// Any other problem.
    Other(&'static str),
}

impl Problem {
    pub(crate) const CUT_OFF: Self = Self::Other("unexpected end of the document");
    pub(crate) const MISUSE: Self = Self::Other("the reading code called a method that does not apply here");
    pub(crate) const TOO_DEEP: Self = Self::Other("objects and lists are nested too deeply");
    pub(super) const NO_NUMBER: Self = Self::Other("invalid number");
    pub(super) const NUMBER_OUT_OF_RANGE: Self = Self::Other("number out of range");
}

impl Error {
    /// The path is found by scanning the document again, so that reading does not have to keep track of it.
    #[cold]
    pub(super) fn new(document: &str, offset: usize, problem: Problem) -> Self {
        let is_well_formed = is_document(document.as_bytes());
        Self(Box::new(Inner { path: path::of(document, offset), offset, problem, is_well_formed }))
    }

    /// The error of a document in another format.
    #[cold]
    pub(crate) fn at(path: String, offset: usize, problem: Problem, is_well_formed: bool) -> Self {
        Self(Box::new(Inner { path, offset, problem, is_well_formed }))
    }

    /// The error of a document that is UTF-8 only up to here.
    #[cold]
    pub(super) fn not_text(document: &str) -> Self {
        let (path, offset) = (path::of(document, document.len()), document.len());
        Self(Box::new(Inner { path, offset, problem: Problem::Other("invalid UTF-8"), is_well_formed: false }))
    }

    /// Returns whether the document is complete and valid in its format, so that only its values are wrong. Reading such a document again cannot succeed.
    pub fn is_well_formed(&self) -> bool {
        self.0.is_well_formed
    }

    /// The path of the value, or of the innermost object or list around the problem, such as `builds[3].logs.groupName`. It is empty for the
    /// document as a whole. A very long path loses its beginning.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Shortens the path to a length in bytes, since the keys of a sensitive map may follow.
    pub(crate) fn shorten_path(&mut self, length: impl FnOnce(&str) -> usize) {
        self.0.path.truncate(length(&self.0.path));
    }

    /// The error without the offset, for an intermediate document that the caller does not see.
    #[cfg(feature = "serde")]
    pub(super) fn without_offset(&self) -> impl fmt::Display {
        fmt::from_fn(|f| self.0.fmt_problem(f))
    }

    /// The position of the problem, in bytes from the beginning of the document.
    pub fn offset(&self) -> usize {
        self.0.offset
    }
}

impl Inner {
    fn fmt_problem(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        match self.problem {
            Problem::Type { expected, found } => write!(f, "expected {expected}, found {found}"),
            Problem::Other(words) => f.write_str(words),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt_problem(f)?;
        write!(f, " (byte {})", self.0.offset)
    }
}

impl std::error::Error for Error {}
