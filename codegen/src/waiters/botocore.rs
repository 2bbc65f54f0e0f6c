//! botocore's `waiters-2.json` -> Smithy's trait.
//!
//! | matcher of botocore | Smithy's matcher |
//! |---|---|
//! | `path`, `pathAll`, `pathAny` with a text | `output` with `stringEquals`, `allStringEquals`, `anyStringEquals` |
//! | `path` with a boolean | `output` with `booleanEquals` |
//! | `error` with a name | `errorType` |
//! | `error` with true; with false | `success` with false; with true |
//! | `status` with a status of success | `success` with true |
//! | `status` with another one | `errorType`, for each error of the operation that the model gives this status |
//! | `status` from 500 on, to try again | none: a wait goes on after such a failure anyway |

use super::WAITABLE;
use super::read::MAX_DELAY;
use crate::Source;
use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::json::{self, Json, Object};
use crate::model::{Kind, Model, Operation, Pointer, ShapeId};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The hint of a finding about a file that does not have waiters.
const WHAT_IT_IS: &str = "waiters are botocore's waiters-2.json";

/// Adds the file's waiters to the operations of the model that have none. Waiters that have no equivalent are left out with a warning.
/// Returns the operations that have got waiters.
///
/// # Errors
///
/// All faults of the file.
pub(crate) fn attach(model: &mut Model, source: &Source<'_>, warnings: &mut Vec<Diagnostic>) -> Result<BTreeSet<ShapeId>, Vec<Diagnostic>> {
    let mut findings = Findings::new(source.file);
    let top = json::parse(source.file, source.text, &mut findings).map_err(|finding| vec![finding.hint(WHAT_IT_IS)])?;
    let mut root = Object::new(&top, Pointer::default());
    root.get("version");
    let Some(entries) = root.object("waiters", &mut findings) else {
        findings.error_with_hint(&root.at, "the file has no waiters", WHAT_IT_IS);
        return Err(findings.into_sorted());
    };
    let mut attached: BTreeMap<ShapeId, Map<String, Value>> = BTreeMap::new();
    for (name, value, at) in entries.entries() {
        let Some(mut object) = Object::of(value, at.clone(), &mut findings) else { continue };
        let Some(operation) = object.required_text("operation", &mut findings) else { continue };
        let Some((id, operation)) = find(model, operation) else {
            let message = format!("the waiter {} is left out: the service has no operation {}", quoted(name), quoted(operation));
            warnings.push(Diagnostic::note(source.file, &at, message));
            continue;
        };
        match waiter(model, operation, &mut object, &mut findings) {
            Ok(Some(waiter)) => _ = attached.entry(id.clone()).or_default().insert(name.to_owned(), waiter),
            Ok(None) => {}
            Err(Unequal { at, message }) => {
                let message = format!("the waiter {} is left out: {message}", quoted(name));
                warnings.push(Diagnostic::warning(source.file, &at, message));
            }
        }
    }
    let found = findings.into_sorted();
    if !found.is_empty() {
        return Err(found);
    }
    let mut changed = BTreeSet::new();
    for (id, waiters) in attached {
        if let Some(shape) = model.shapes.get_mut(&id).filter(|shape| !shape.traits.has(WAITABLE)) {
            shape.traits.0.insert(WAITABLE.to_owned(), Value::Object(waiters));
            changed.insert(id);
        }
    }
    Ok(changed)
}

fn find<'m>(model: &'m Model, name: &str) -> Option<(&'m ShapeId, &'m Operation)> {
    model.shapes.iter().find_map(|(id, shape)| match &shape.kind {
        Kind::Operation(operation) if id.name() == name => Some((id, operation)),
        _ => None,
    })
}

/// Something that Smithy's trait cannot say.
struct Unequal {
    at: Pointer,
    message: String,
}

/// The trait's value, or none after a finding.
fn waiter(model: &Model, operation: &Operation, object: &mut Object<'_>, findings: &mut Findings) -> Result<Option<Value>, Unequal> {
    // How often botocore polls at most. A wait has a longest time in its place.
    object.get("maxAttempts");
    let mut acceptors = Vec::new();
    let mut is_whole = true;
    for (item, at) in object.items("acceptors", findings) {
        let Some(mut item) = Object::of(item, at, findings) else {
            is_whole = false;
            continue;
        };
        let state = item.required_text("state", findings);
        let matcher = item.required_text("matcher", findings);
        let (Some(state), Some(matcher)) = (state, matcher) else {
            is_whole = false;
            continue;
        };
        for matcher in matchers(model, operation, matcher, state, &mut item, findings)? {
            acceptors.push(json!({ "state": state, "matcher": matcher }));
        }
    }
    let is_empty = acceptors.is_empty();
    let mut waiter = Map::from_iter([("acceptors".to_owned(), Value::Array(acceptors))]);
    if let Some(text) = object.text("description", findings) {
        waiter.insert("documentation".to_owned(), Value::from(text));
    }
    match object.get("delay") {
        Some((Json::Scalar(delay), at)) => match delay.as_u64().filter(|delay| *delay > 0) {
            Some(seconds) => {
                waiter.insert("minDelay".to_owned(), Value::from(seconds));
                // Only a greatest delay that is not the default has to be said.
                if seconds > MAX_DELAY {
                    waiter.insert("maxDelay".to_owned(), Value::from(seconds));
                }
            }
            None => {
                findings.error(&at, "expected a whole number of seconds, at least 1");
                is_whole = false;
            }
        },
        _ => {
            findings.error(&object.at, "the key `delay` is missing, a whole number of seconds");
            is_whole = false;
        }
    }
    if is_whole && is_empty {
        return Err(Unequal { at: object.at.clone(), message: "it has no acceptor that a poll can meet".to_owned() });
    }
    Ok(is_whole.then_some(Value::Object(waiter)))
}

/// The matchers that mean the same as one of botocore's.
fn matchers(
    model: &Model,
    operation: &Operation,
    matcher: &str,
    state: &str,
    item: &mut Object<'_>,
    findings: &mut Findings,
) -> Result<Vec<Value>, Unequal> {
    let argument = item.text("argument", findings);
    let Some((expected, at)) = item.get("expected") else {
        findings.error(&item.at, "the key `expected` is missing");
        return Ok(Vec::new());
    };
    let unequal = |message: String| Err(Unequal { at: at.clone(), message });
    let output = |comparator: &str, expected: &str| json!({ "output": { "path": argument.unwrap_or_default(), "expected": expected, "comparator": comparator } });
    if matches!(matcher, "path" | "pathAll" | "pathAny") && argument.is_none() {
        findings.error(&item.at, "the key `argument` is missing, an expression");
        return Ok(Vec::new());
    }
    Ok(match (matcher, expected.value()) {
        ("path", Value::String(text)) => vec![output("stringEquals", &text)],
        ("path", Value::Bool(value)) => vec![output("booleanEquals", if value { "true" } else { "false" })],
        ("pathAll", Value::String(text)) => vec![output("allStringEquals", &text)],
        ("pathAny", Value::String(text)) => vec![output("anyStringEquals", &text)],
        ("error", Value::String(name)) => vec![json!({ "errorType": name })],
        ("error", Value::Bool(fails)) => vec![json!({ "success": !fails })],
        ("status", Value::Number(status)) => match status.as_u64() {
            Some(200..300) => vec![json!({ "success": true })],
            Some(500..) if state == "retry" => Vec::new(),
            Some(status) => {
                let errors = with_status(model, operation, status);
                if errors.is_empty() {
                    return unequal(format!("the operation has no error with the status {status}"));
                }
                errors
            }
            None => return unequal("the status is not a whole number".to_owned()),
        },
        ("path" | "pathAll" | "pathAny" | "error" | "status", _) => {
            return unequal(format!("a matcher {} cannot expect {}", quoted(matcher), expected.kind()));
        }
        _ => return unequal(format!("{} is not a matcher that is known", quoted(matcher))),
    })
}

/// Matchers of the operation's errors with this status.
fn with_status(model: &Model, operation: &Operation, status: u64) -> Vec<Value> {
    let has_status = |id: &&ShapeId| {
        let error = model.shape(id).and_then(|shape| shape.traits.get("smithy.api#httpError"));
        error.and_then(Value::as_u64) == Some(status)
    };
    operation.errors.iter().map(|error| &error.target).filter(has_status).map(|id| json!({ "errorType": id.name() })).collect()
}
