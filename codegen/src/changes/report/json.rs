//! The report for programs. Its form is a contract.

use crate::changes::tree::Tree;
use crate::changes::{Change, Changes, Documentation, Operation, Verdict};
use crate::json::Json;
use serde_json::Value;
use std::fmt::Write as _;

pub(super) fn of(changes: &Changes, date: &str) -> String {
    harmless(&members(contract(changes, date)).print(2))
}

/// The members of the report about two models.
pub(in crate::changes) fn contract(changes: &Changes, date: &str) -> Vec<(&'static str, Json)> {
    let mut top = vec![
        ("service", Json::text(&changes.service)),
        ("date", Json::text(date)),
        ("operations", Json::Array(changes.operations.iter().map(operation).collect())),
        ("changes", Json::Array(changes.changes.iter().map(|one| members(change(one))).collect())),
        ("documentation", Json::Array(changes.documentation.iter().map(documentation).collect())),
    ];
    top.extend(changes.note().map(|note| ("notes", Json::Array(vec![Json::text(note)]))));
    top.push(("verdict", members(verdict(changes.verdict))));
    top
}

fn operation(operation: &Operation) -> Json {
    members(vec![
        ("name", Json::text(&operation.name)),
        ("status", Json::text(operation.status.to_string())),
        ("request", tree(&operation.request)),
        ("response", tree(&operation.response)),
        ("changes", Json::Array(operation.changes.iter().map(|one| members(change(one))).collect())),
    ])
}

fn change(change: &Change) -> Vec<(&'static str, Json)> {
    let mut found = vec![
        ("kind", Json::text(change.kind.name())),
        ("direction", optional(change.direction.map(|direction| direction.to_string()))),
        ("path", Json::text(&change.path)),
        ("shape", Json::text(&change.shape)),
        ("before", optional(change.before.clone())),
        ("after", optional(change.after.clone())),
    ];
    found.extend((change.others > 0).then(|| ("otherPlaces", Json::Scalar(Value::from(change.others)))));
    found.extend(verdict(change.verdict));
    found
}

fn documentation(documentation: &Documentation) -> Json {
    let mut found = change(&documentation.change);
    found.push(("operations", Json::Array(documentation.operations.iter().map(Json::text).collect())));
    members(found)
}

pub(in crate::changes) fn verdict(verdict: Verdict) -> Vec<(&'static str, Json)> {
    vec![("wire", Json::text(verdict.wire.to_string())), ("crate", Json::text(verdict.level.to_string()))]
}

fn tree(of: &Tree) -> Json {
    match of {
        Tree::Text(value) => Json::text(value),
        // As on the API-changes page, a list around new members is not marked, but a new list is.
        Tree::List(item) => Json::Array(vec![tree(item)]),
        Tree::Members(found) => Json::Object(found.iter().map(|(name, below)| (name.clone(), tree(below))).collect()),
        Tree::Values(values) => Json::Array(values.iter().map(Json::text).collect()),
    }
}

fn optional(value: Option<String>) -> Json {
    value.map_or(Json::Scalar(Value::Null), Json::text)
}

pub(in crate::changes) fn members(members: Vec<(&'static str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Escapes the characters that would steer a terminal or reverse the direction of a line. JSON allows that for any character of a string.
pub(in crate::changes) fn harmless(json: &str) -> String {
    let steers =
        |c: char| c != '\n' && c.is_control() || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    json.chars().fold(String::with_capacity(json.len()), |mut text, c| {
        if steers(c) {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        } else {
            text.push(c);
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_steers_a_terminal() {
        let printed = |text: &str| harmless(&Json::text(text).print(2));
        assert_eq!(printed("a\u{9b}\u{202e}\n\u{1b}\u{7f}"), "\"a\\u009b\\u202e\\n\\u001b\\u007f\"\n");
        assert_eq!(printed("ä\"b"), "\"ä\\\"b\"\n");
    }
}
