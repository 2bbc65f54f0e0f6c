//! The differences between two models, the verdict on each, and the reports about them.
//!
//! - `compare` walks both models side by side from the operations, requests and replies apart, and finds the differences.
//! - `verdict` is the table of verdicts: what a difference means for a client in the field and for code on the regenerated crate.
//! - `hosts` compares the hosts that two sets of endpoint rules lead to.
//! - `tree` is the nested form in which the API-changes site shows additions.
//! - `paths` names the things that differ as the crate does, for its changelog.
//! - `report` writes the reports: text, Markdown, HTML, JSON. A report is a text; the caller prints it.
//! - [`history`] compares many releases, each with the one before, and reports the updates in the same forms and as an Atom feed.
//!
//! The two models may come in different formats. Then only the traits that both formats have are compared.

mod compare;
pub mod history;
mod hosts;
mod kind;
mod paths;
mod report;
mod surface;
mod tree;
mod verdict;
mod words;

use compare::Compared;
pub(crate) use compare::traits::{BINDINGS, SAYABLE, has_bindings, is_same_http};
pub use kind::Kind;
pub(crate) use paths::Paths;
pub use report::Style;
pub use tree::Tree;
pub use words::{Piece, diff};

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::select::Operations;
use crate::{Source, overlay, pages, read, rules, waiters};
use std::fmt;

/// One of the two models.
#[derive(Clone, Copy, Debug, Default)]
pub struct Side<'a> {
    /// The model.
    pub model: Source<'a>,
    /// The overlay that is applied to it.
    pub overlay: Option<Source<'a>>,
    /// The service's endpoint rules (botocore's `endpoint-rule-set-1.json`), which replace those in the model.
    pub endpoint_rules: Option<Source<'a>>,
    /// The service's paginators (botocore's `paginators-1.json`), for operations that have none in the model.
    pub paginators: Option<Source<'a>>,
    /// The service's waiters (botocore's `waiters-2.json`), for operations that have none in the model.
    pub waiters: Option<Source<'a>>,
}

/// The request for a comparison.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// The earlier model.
    pub old: Side<'a>,
    /// The later model.
    pub new: Side<'a>,
    /// The operations to compare, by their names in either model.
    pub operations: Operations,
}

/// The direction in which a value travels.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Direction {
    /// From the client to the service.
    Request,
    /// From the service to the client. Errors belong here.
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

/// The effect on clients in the field.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Wire {
    /// They still work.
    Compatible,
    /// Some of them do not.
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

/// The step of the regenerated crate's version by Semantic Versioning.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// The API is the same.
    None,
    /// The API has more items, or deprecates some. Code that uses it still compiles.
    Minor,
    /// Some code that uses the API does not compile any more.
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

/// Both parts of the verdict on a difference, or the worst of each on many differences.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Verdict {
    /// The effect on clients in the field.
    pub wire: Wire,
    /// The effect on code that uses the regenerated crate.
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
    /// The kind of the difference.
    pub kind: Kind,
    /// The direction; none for a difference of an operation or the service as a whole.
    pub direction: Option<Direction>,
    /// The path from the operation's input or output: names on the wire, `[]` for a list's items, `{}` for a map's values, `{key}` for its keys. The
    /// path into an error begins with the error's name.
    pub path: String,
    /// The number of other places in the same request or reply that the difference is at; the path is the shortest.
    pub others: usize,
    /// The shape that has the difference.
    pub shape: String,
    /// The member of the shape, `[]`, `{}` or `{key}` that differs; none for the shape itself.
    pub member: Option<String>,
    /// The earlier value.
    pub before: Option<String>,
    /// The later value.
    pub after: Option<String>,
    /// The verdict on it.
    pub verdict: Verdict,
    /// The reason of the verdict.
    pub reason: &'static str,
}

/// The state of an operation.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Status {
    /// Only the later model has it.
    New,
    /// Both models have it, and it differs.
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
    /// Its state.
    pub status: Status,
    /// The additions to its request.
    pub request: Tree,
    /// The additions to its reply.
    pub response: Tree,
    /// All differences but those in documentation, requests first, by path. Each difference is there once in a direction, with its shortest path.
    pub changes: Vec<Change>,
}

/// Documentation that reads differently. Each text is listed once, although several operations may share it.
#[derive(Clone, Debug, PartialEq)]
pub struct Documentation {
    /// The difference, with its path in the first operation that reaches it.
    pub change: Change,
    /// The operations that reach it; none for the service's own text.
    pub operations: Vec<String>,
}

/// All differences between two models.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The service's title.
    pub service: String,
    /// The operations that differ, by name.
    pub operations: Vec<Operation>,
    /// The differences in the service as a whole.
    pub changes: Vec<Change>,
    /// The texts that read differently.
    pub documentation: Vec<Documentation>,
    /// The worst of all verdicts.
    pub verdict: Verdict,
    /// The warnings and notes from reading the models.
    pub diagnostics: Vec<Diagnostic>,
    /// True if the models come in two formats.
    mixed: bool,
    /// The earlier model.
    old: Model,
    /// The later model.
    model: Model,
    /// The later model's text, which has the order of members.
    text: String,
}

impl Changes {
    /// The differences found between two models, without the findings about them and the later model's text.
    fn of(found: Compared, old: Model, new: Model) -> Self {
        let Compared { service, mixed, operations, changes, documentation, verdict } = found;
        Self { service, operations, changes, documentation, verdict, diagnostics: Vec::new(), mixed, old, model: new, text: String::new() }
    }

    /// True if nothing differs, documentation included.
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
/// The faults of either file; operations that neither model has.
pub fn compare(comparison: &Comparison<'_>) -> Result<Changes, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let (old, new) = (load(&comparison.old, &mut diagnostics), load(&comparison.new, &mut diagnostics));
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err(old.err().into_iter().chain(new.err()).flatten().collect()),
    };
    let found = compare::compare(comparison, &old, &new)?;
    Ok(Changes { diagnostics, text: comparison.new.model.text.to_owned(), ..Changes::of(found, old, new) })
}

/// Reads a side. Only the faults that reading finds count: a model that no client can be made of can still be compared.
fn load(side: &Side<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Model, Vec<Diagnostic>> {
    let mut model = read::read(side.model.file, side.model.text, diagnostics)?;
    if let Some(source) = &side.endpoint_rules {
        rules::attach(&mut model, source)?;
    }
    if let Some(source) = &side.paginators {
        pages::attach(&mut model, source)?;
    }
    if let Some(source) = &side.waiters {
        waiters::attach(&mut model, source, diagnostics)?;
    }
    if let Some(source) = &side.overlay {
        overlay::apply(&mut model, source.file, source.text)?;
    }
    Ok(model)
}
