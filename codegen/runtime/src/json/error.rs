//! What is wrong with a document, and where.

use super::{is_document, path};
use std::fmt;

/// Why a document could not be read.
///
/// Displays as one line: `builds[3].logs.groupName: expected a string, found a number (byte 1234)`.
///
/// It is safe to log: no value of the document is ever in it, only names of JSON types and the path. The path is made of the names of
/// members. The keys of a map cannot be told from these and are data; a name appears only when it is an identifier (ASCII letters,
/// digits and `_`, not starting with a digit) of at most 64 characters, and as `{..}` otherwise.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    path: String,
    offset: usize,
    problem: Problem,
    is_well_formed: bool,
}

/// The kinds of problems, all in words of ours.
#[derive(Clone, Copy, Debug)]
pub(super) enum Problem {
    /// The document is well-formed so far, but this value is not of the type that belongs here.
    Type { expected: &'static str, found: &'static str },
    /// Anything else.
    Other(&'static str),
}

impl Problem {
    pub(super) const CUT_OFF: Self = Self::Other("unexpected end of the document");
    pub(super) const MISUSE: Self = Self::Other("the reading code asked for something that cannot be here");
    pub(super) const NO_NUMBER: Self = Self::Other("invalid number");
    pub(super) const NUMBER_OUT_OF_RANGE: Self = Self::Other("number out of range");
}

impl Error {
    /// The path is looked up here and now, by going over the document once more, so that reading does not have to keep track of it.
    #[cold]
    pub(super) fn new(document: &str, offset: usize, problem: Problem) -> Self {
        let is_well_formed = is_document(document.as_bytes());
        Self(Box::new(Inner { path: path::of(document, offset), offset, problem, is_well_formed }))
    }

    /// The error of bytes that are not UTF-8 from that offset on.
    #[cold]
    pub(super) fn not_text(document: &str) -> Self {
        let (path, offset) = (path::of(document, document.len()), document.len());
        Self(Box::new(Inner { path, offset, problem: Problem::Other("invalid UTF-8"), is_well_formed: false }))
    }

    /// Whether the document is whole and JSON, so that only its values are others than those that belong there. The same document will be
    /// no better the next time.
    pub fn is_well_formed(&self) -> bool {
        self.0.is_well_formed
    }

    /// The path of the value or of the innermost object or list that the problem is in, such as `builds[3].logs.groupName`; empty for
    /// the document as a whole. The beginning of a very long path is left out.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Shortens the path to so many bytes: a map's keys are in it, and may be what nobody should see.
    pub(crate) fn shorten_path(&mut self, length: impl FnOnce(&str) -> usize) {
        self.0.path.truncate(length(&self.0.path));
    }

    /// The error without the offset, which means nothing where the document is not the caller's own.
    #[cfg(feature = "serde")]
    pub(super) fn without_offset(&self) -> impl fmt::Display {
        fmt::from_fn(|f| self.0.fmt_problem(f))
    }

    /// Where the problem is, in bytes from the beginning of the document.
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
