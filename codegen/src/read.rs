//! Reads a model file. There are two formats, told apart by content, and one model in Smithy's terms.

mod botocore;
pub(crate) mod enums;
pub(crate) mod ids;
mod prelude;
pub(crate) mod smithy;
pub(crate) mod traits;

use crate::diagnostic::{Diagnostic, Findings};
use crate::json::{self, Json, Object};
use crate::model::{Model, Pointer};
use traits::Tally;

/// Reads a model, either Smithy's JSON AST (versions 1 and 2) or botocore's `service-2.json`.
///
/// `file` is the name of the file in diagnostics. Content that is understood but has no meaning to a client is kept in
/// the model where there is a place for it, and is reported to `notes` once for each kind.
///
/// # Errors
///
/// All faults of the file, in the order of their JSON pointers. Text that is not valid JSON, or in neither of the two formats, is a single
/// finding.
pub(crate) fn read(file: &str, text: &str, notes: &mut Vec<Diagnostic>) -> Result<Model, Vec<Diagnostic>> {
    let mut findings = Findings::new(file);
    let top = json::parse(file, text, &mut findings).map_err(|finding| vec![finding])?;
    let mut root = Object::new(&top, Pointer::default());
    let mut unknown = Tally::default();
    let model = match Format::of(&top) {
        Some(Format::Smithy) => smithy::read(&mut root, &mut findings, &mut unknown),
        Some(Format::Botocore) => botocore::read(&mut root, &mut findings, &mut unknown),
        None => return Err(vec![neither(file, &top)]),
    };
    let found = findings.into_sorted();
    if !found.is_empty() {
        return Err(found);
    }
    notes.extend(unknown.notes(file, str::to_owned));
    traits::note_unknown(&model, file, notes);
    Ok(model)
}

enum Format {
    Smithy,
    Botocore,
}

impl Format {
    fn of(top: &Json) -> Option<Self> {
        let speaks = |metadata: &Json| metadata.get("protocol").is_some() || metadata.get("protocols").is_some();
        if top.get("smithy").is_some() {
            return Some(Self::Smithy);
        }
        let has_parts = top.get("operations").is_some() || top.get("shapes").is_some();
        let is_versioned = top.get("version").and_then(Json::as_str) == Some("2.0");
        let is_botocore = top.get("metadata").is_some_and(|metadata| has_parts && (speaks(metadata) || is_versioned));
        is_botocore.then_some(Self::Botocore)
    }
}

/// Other files in the folders of botocore's models, by a key that only they have.
const NEIGHBOURS: [(&str, &str); 5] = [
    ("pagination", "this is botocore's list of paginators"),
    ("waiters", "this is botocore's list of waiters"),
    ("parameters", "this is a set of endpoint rules"),
    ("partitions", "this is a list of partitions"),
    ("merge", "this is one of botocore's patches"),
];

fn neither(file: &str, top: &Json) -> Diagnostic {
    let message = "neither a Smithy JSON AST nor a botocore service-2.json, at line 1, column 1";
    let hint = match NEIGHBOURS.iter().find(|(key, _)| top.get(key).is_some()) {
        Some((_, what)) => format!("{what}; the model is in service-2.json beside it"),
        None => json::EXPECTED.to_owned(),
    };
    Diagnostic::error(file, &Pointer::default(), message).hint(hint)
}

#[cfg(test)]
pub(crate) mod tests;
