//! Two models to the differences between them, what each means, and the reports about them.
//!
//! - `compare` walks both models side by side from the operations, requests and replies apart, and finds what differs.
//! - `verdict` says what a difference means for a client in the field and for code on the regenerated crate: one table.
//! - `hosts` compares the hosts that two sets of endpoint rules lead to.
//! - `tree` is the nested form in which the API-changes site shows additions.
//! - `paths` names the things that differ as the crate does, for its changelog.
//! - `report` writes it all down: text, Markdown, HTML, JSON. A report is a text; whoever asked for it prints it.
//!
//! The two models may come in different formats. Then only what both formats can say is compared.

mod compare;
mod hosts;
mod kind;
mod paths;
mod report;
mod surface;
mod tree;
mod verdict;
mod words;

pub(crate) use compare::traits::SAYABLE;
pub use kind::Kind;
pub(crate) use paths::Paths;
pub use report::Style;
pub use tree::Tree;
pub use words::{Piece, diff};

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::select::Operations;
use crate::{Source, overlay, read};
use std::fmt;

/// One of the two models.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The model.
    pub model: Source<'a>,
    /// What we add to it.
    pub overlay: Option<Source<'a>>,
}

/// What to compare.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The earlier model.
    pub old: Side<'a>,
    /// The later model.
    pub new: Side<'a>,
    /// The operations to compare, by the names either model gives them.
    pub operations: Operations,
}

/// The way a thing travels.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Direction {
    /// From the client to the service.
    Request,
    /// From the service to the client; errors too.
    Response,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Response => "response",
        })
    }
}

/// Whether a client in the field still works with the service.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Wire {
    /// It does.
    Compatible,
    /// Some clients do not.
    Breaking,
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        })
    }
}

/// The step of the regenerated crate's version, as Semantic Versioning counts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// Its API is the same.
    None,
    /// Its API has more; code that uses it still compiles.
    Minor,
    /// Some code that uses it compiles no more.
    Major,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// Both answers about a difference, or the worst of both about many.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Verdict {
    /// Does a client in the field still work?
    pub wire: Wire,
    /// Does code on the regenerated crate still compile?
    pub level: Level,
}

impl Verdict {
    const NOTHING: Self = Self { wire: Wire::Compatible, level: Level::None };

    fn and(self, other: Self) -> Self {
        Self { wire: self.wire.max(other.wire), level: self.level.max(other.level) }
    }
}

/// The worst that a client in the field may meet.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Breakage {
    /// It still works.
    None,
    /// The service may refuse values that it accepted, and nothing else breaks.
    ConstraintTightened,
    /// Some clients do not work.
    Breaking,
}

/// One difference.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// What happened.
    pub kind: Kind,
    /// In which direction it travels; none for what is about an operation or the service as a whole.
    pub direction: Option<Direction>,
    /// The names on the wire from the operation's input or output on, `[]` for a list's items, `{}` for a map's values, `{key}` for its keys. The path
    /// into an error begins with the error's name.
    pub path: String,
    /// The number of other places in the same request or reply that the difference is at; the path is the shortest.
    pub others: usize,
    /// The shape it happened in.
    pub shape: String,
    /// The member of the shape, `[]`, `{}` or `{key}` that differs; none for the shape itself.
    pub member: Option<String>,
    /// What was there.
    pub before: Option<String>,
    /// What is there now.
    pub after: Option<String>,
    /// What it means.
    pub verdict: Verdict,
    /// Why it means that.
    pub reason: &'static str,
}

/// What became of an operation.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Status {
    /// Only the later model has it.
    New,
    /// Both have it, and it differs.
    Updated,
    /// Only the earlier model has it.
    Removed,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::New => "new",
            Self::Updated => "updated",
            Self::Removed => "removed",
        })
    }
}

/// The differences of one operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Its name.
    pub name: String,
    /// What became of it.
    pub status: Status,
    /// What is new in its request.
    pub request: Tree,
    /// What is new in its reply.
    pub response: Tree,
    /// All that differs but documentation, requests first, by path. Each difference once in a direction, by the shortest path to it.
    pub changes: Vec<Change>,
}

/// Documentation that reads differently. It is listed apart, once, whoever shares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Documentation {
    /// The difference; its path is the first operation's that reaches it.
    pub change: Change,
    /// The operations that reach it; none for the service's own.
    pub operations: Vec<String>,
}

/// All differences between two models.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The service's title.
    pub service: String,
    /// The operations that differ, by name.
    pub operations: Vec<Operation>,
    /// What differs in the service as a whole.
    pub changes: Vec<Change>,
    /// What the models say differently about the same things.
    pub documentation: Vec<Documentation>,
    /// The worst of all.
    pub verdict: Verdict,
    /// What was found while the models were read; no errors.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the models come in two formats.
    mixed: bool,
    /// The earlier model.
    old: Model,
    /// The later model.
    model: Model,
    /// Its text, which alone knows the order of members.
    text: String,
}

impl Changes {
    /// Whether nothing differs, documentation included.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty() && self.changes.is_empty() && self.documentation.is_empty()
    }

    /// All differences but those in documentation.
    pub fn all(&self) -> impl Iterator<Item = &Change> {
        self.operations.iter().flat_map(|operation| &operation.changes).chain(&self.changes)
    }

    /// The worst that a client in the field may meet.
    pub fn breakage(&self) -> Breakage {
        let breaking = self.all().filter(|change| change.verdict.wire == Wire::Breaking);
        let worst = breaking.map(|change| match change.kind {
            Kind::ConstraintTightened => Breakage::ConstraintTightened,
            _ => Breakage::Breaking,
        });
        worst.max().unwrap_or(Breakage::None)
    }

    /// The Rust paths of the things that differ.
    pub(crate) fn paths(&self) -> Paths<'_> {
        Paths::new(&self.old, &self.model)
    }

    /// A limit of the comparison, if it has one.
    fn note(&self) -> Option<&'static str> {
        self.mixed.then_some("The models come in two formats: defaults were not compared.")
    }
}

/// Compares two models.
///
/// # Errors
///
/// What is wrong with either file; operations that neither model has.
pub fn compare(comparison: &Comparison<'_>) -> Result<Changes, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let (old, new) = (load(&comparison.old, &mut diagnostics), load(&comparison.new, &mut diagnostics));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err(old.err().into_iter().chain(new.err()).flatten().collect()),
    };
    let found = compare::compare(comparison, &old, &new)?;
    Ok(Changes {
        service: found.service,
        operations: found.operations,
        changes: found.changes,
        documentation: found.documentation,
        verdict: found.verdict,
        mixed: found.mixed,
        old,
        diagnostics,
        model: new,
        text: comparison.new.model.text.to_owned(),
    })
}

/// Reads a side. Its faults beyond what reading finds are `codegen`'s to tell: a model that a client cannot be made of can still be compared.
fn load(side: &Side<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Model, Vec<Diagnostic>> {
    let mut model = read::read(side.model.file, side.model.text, diagnostics)?;
    if let Some(source) = &side.overlay {
        overlay::apply(&mut model, source.file, source.text)?;
    }
    Ok(model)
}
