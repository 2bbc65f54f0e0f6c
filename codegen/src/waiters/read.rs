//! The traits' values -> waiters.

use super::{Acceptor, Comparator, Matcher, Of, State, WAITABLE, WAITABLE_OF_OURS, Waiter};
use crate::diagnostic::{Findings, quoted};
use crate::json::{Json, Object};
use crate::model::{Pointer, Shape, Traits};
use crate::read::ids::{self, is_identifier};
use crate::suggest::{alternatives, did_you_mean};
use serde_json::Value;

/// The least delay and the greatest one of a waiter that has none, in seconds: Smithy 2.0, waiters.
const MIN_DELAY: u64 = 2;
pub(super) const MAX_DELAY: u64 = 120;

/// The longest delay and time that is believed, in seconds: a week.
const LONGEST: u64 = 7 * 24 * 60 * 60;

const COMPARATORS: [&str; 4] = ["stringEquals", "booleanEquals", "allStringEquals", "anyStringEquals"];
const MATCHERS: [&str; 4] = ["success", "output", "inputOutput", "errorType"];
const STATES: [&str; 3] = ["success", "failure", "retry"];

/// The waiters of an operation, those of Smithy's trait first, each trait's sorted by name. Faults are added to `findings`.
pub(crate) fn of(operation: &Shape, findings: &mut Findings) -> Vec<Waiter> {
    let mut waiters = Vec::new();
    for origin in [WAITABLE, WAITABLE_OF_OURS] {
        let Some(value) = operation.traits.get(origin) else { continue };
        let value = Json::of(value, &[]);
        let Some(entries) = Object::of(&value, operation.pointer.join("traits").join(origin), findings) else { continue };
        for (name, value, at) in entries.entries() {
            if !is_identifier(name) {
                findings.error_with_hint(&at, format!("{} is not a valid name for a waiter", quoted(name)), ids::RULE);
            } else if let Some(mut object) = Object::of(value, at, findings) {
                waiters.push(waiter(name, origin, &mut object, findings));
            }
        }
    }
    waiters
}

fn waiter(name: &str, origin: &'static str, object: &mut Object<'_>, findings: &mut Findings) -> Waiter {
    let mut traits = Traits::default();
    if let Some(text) = object.text("documentation", findings) {
        traits.0.insert("smithy.api#documentation".to_owned(), Value::from(text));
    }
    if object.flag("deprecated", findings) {
        traits.0.insert("smithy.api#deprecated".to_owned(), Value::Object(serde_json::Map::new()));
    }
    object.get("tags");
    let min_delay = seconds(object, "minDelay", findings).unwrap_or(MIN_DELAY);
    let max_delay = seconds(object, "maxDelay", findings).unwrap_or(MAX_DELAY.max(min_delay));
    if min_delay == 0 || min_delay > max_delay {
        let message =
            format!("`minDelay` is {min_delay} and `maxDelay` is {max_delay}: the least delay must be at least 1 and at most the greatest");
        findings.error(&object.at, message);
    }
    let is_ours = origin == WAITABLE_OF_OURS;
    let mut of_ours = |key| if is_ours { object.text(key, findings).map(str::to_owned) } else { None };
    let (chunks, example) = (of_ours("chunks"), of_ours("example"));
    let items = object.items("acceptors", findings);
    let mut acceptors = Vec::new();
    for (item, at) in items {
        let acceptor = Object::of(item, at, findings).and_then(|mut item| acceptor(&mut item, is_ours, findings));
        acceptors.extend(acceptor);
    }
    if object.get("acceptors").is_none_or(|(json, _)| json.items().is_empty()) {
        findings.error(&object.at, "a waiter needs `acceptors`, at least one");
    }
    refuse_unread(object, findings);
    Waiter { name: name.to_owned(), traits, min_delay, max_delay, acceptors, example, chunks, origin, at: object.at.clone() }
}

fn acceptor(object: &mut Object<'_>, is_ours: bool, findings: &mut Findings) -> Option<Acceptor> {
    let state = match object.required_text("state", findings) {
        Some("success") => Some(State::Success),
        Some("failure") => Some(State::Failure),
        Some("retry") => Some(State::Retry),
        Some(other) => {
            unknown(other, "state", &STATES, object, findings);
            None
        }
        None => None,
    };
    let after = if is_ours { seconds(object, "afterSeconds", findings).unwrap_or(0) } else { 0 };
    let matcher = match object.object("matcher", findings) {
        Some(matcher) => self::matcher(&matcher, findings),
        None if object.get("matcher").is_none() => {
            findings.error(&object.at, "the key `matcher` is missing");
            None
        }
        None => None,
    };
    refuse_unread(object, findings);
    let (matcher, at) = matcher?;
    Some(Acceptor { state: state?, matcher, after, at })
}

/// A union: an object with one key.
fn matcher(object: &Object<'_>, findings: &mut Findings) -> Option<(Matcher, Pointer)> {
    let mut entries = object.entries();
    let (Some((kind, value, at)), None) = (entries.next(), entries.next()) else {
        findings.error(&object.at, format!("a matcher has one key: {}", alternatives(&MATCHERS)));
        return None;
    };
    match (kind, value.as_bool(), value.as_str()) {
        ("success", Some(succeeds), _) => Some((Matcher::Success(succeeds), at)),
        ("success", None, _) => {
            findings.error(&at, format!("expected true or false, found {}", value.kind()));
            None
        }
        ("errorType", _, Some(name)) => Some((Matcher::Error(bare(name).to_owned()), at)),
        ("errorType", _, None) => {
            findings.error(&at, format!("expected a string, found {}", value.kind()));
            None
        }
        ("output" | "inputOutput", ..) => {
            let of = if kind == "output" { Of::Output } else { Of::InputOutput };
            path(&mut Object::of(value, at, findings)?, of, findings)
        }
        _ => {
            let near = did_you_mean(kind, MATCHERS);
            let hint = if near.is_empty() { format!("the matchers are {}", alternatives(&MATCHERS)) } else { near };
            findings.error_with_hint(&at, format!("{} is not a matcher", quoted(kind)), hint);
            None
        }
    }
}

/// The name of an error without its namespace.
fn bare(name: &str) -> &str {
    name.split_once('#').map_or(name, |(_, name)| name)
}

fn path(object: &mut Object<'_>, of: Of, findings: &mut Findings) -> Option<(Matcher, Pointer)> {
    let path = object.required_text("path", findings);
    let expected = object.required_text("expected", findings);
    let comparator = object.required_text("comparator", findings);
    refuse_unread(object, findings);
    let expected = expected?;
    let comparator = match comparator? {
        "stringEquals" => Comparator::Text(expected.to_owned()),
        "allStringEquals" => Comparator::All(expected.to_owned()),
        "anyStringEquals" => Comparator::Any(expected.to_owned()),
        "booleanEquals" => match expected {
            "true" => Comparator::Boolean(true),
            "false" => Comparator::Boolean(false),
            _ => {
                findings.error(&object.at.join("expected"), format!("{} must be `true` or `false`", quoted(expected)));
                return None;
            }
        },
        other => {
            unknown(other, "comparator", &COMPARATORS, object, findings);
            return None;
        }
    };
    Some((Matcher::Path { path: path?.to_owned(), of, comparator }, object.at.join("path")))
}

/// The whole number of seconds of a key.
fn seconds(object: &mut Object<'_>, key: &'static str, findings: &mut Findings) -> Option<u64> {
    let (json, at) = object.get(key)?;
    let number = match json {
        Json::Scalar(value) => value.as_u64().filter(|seconds| *seconds <= LONGEST),
        Json::Array(_) | Json::Object(_) => None,
    };
    if number.is_none() {
        findings.error(&at, format!("expected a whole number of seconds, at most {LONGEST}"));
    }
    number
}

fn unknown(found: &str, key: &str, known: &[&str], object: &Object<'_>, findings: &mut Findings) {
    let near = did_you_mean(found, known.iter().copied());
    let hint = if near.is_empty() { format!("it is {}", alternatives(known)) } else { near };
    findings.error_with_hint(&object.at.join(key), format!("{} is not a {key} of a waiter", quoted(found)), hint);
}

/// Reports unknown keys, which could change what a reply means.
fn refuse_unread(object: &Object<'_>, findings: &mut Findings) {
    for (key, _, at) in object.unread() {
        findings.error(&at, format!("the key {} has no meaning here", quoted(key)));
    }
}
