//! The report for programs. Its form is a contract, so its keys have an order, which `serde_json`'s own maps do not promise.

use crate::changes::additions::Tree;
use crate::changes::{Change, Changes, Documentation, Operation, Verdict};
use serde_json::Value;

/// A JSON value whose members keep their order.
enum Json {
    Null,
    Text(String),
    List(Vec<Json>),
    Members(Vec<(String, Json)>),
}

pub(super) fn of(changes: &Changes, date: &str) -> String {
    let mut top = vec![
        ("service", text(&changes.service)),
        ("date", text(date)),
        ("operations", Json::List(changes.operations.iter().map(operation).collect())),
    ];
    // These two are there only when there is something to say, so that a report about operations alone is just that.
    if !changes.changes.is_empty() {
        top.push(("changes", Json::List(changes.changes.iter().map(change).collect())));
    }
    if !changes.documentation.is_empty() {
        top.push(("documentation", Json::List(changes.documentation.iter().map(documentation).collect())));
    }
    top.push(("verdict", members(verdict(changes.verdict))));
    let mut out = String::new();
    write(&members(top), 0, &mut out);
    out.push('\n');
    out
}

fn operation(operation: &Operation) -> Json {
    members(vec![
        ("name", text(&operation.name)),
        ("status", text(&operation.status.to_string())),
        ("request", tree(&operation.request)),
        ("response", tree(&operation.response)),
        ("changes", Json::List(operation.changes.iter().map(change).collect())),
    ])
}

fn change(change: &Change) -> Json {
    members(change_members(change))
}

fn change_members(change: &Change) -> Vec<(&'static str, Json)> {
    let mut found = vec![
        ("kind", text(&change.kind.name())),
        ("direction", change.direction.map_or(Json::Null, |direction| text(&direction.to_string()))),
        ("path", text(&change.path)),
        ("shape", text(&change.shape)),
        ("before", optional(change.before.as_deref())),
        ("after", optional(change.after.as_deref())),
    ];
    found.extend(verdict(change.verdict));
    found
}

fn documentation(documentation: &Documentation) -> Json {
    let mut found = change_members(&documentation.change);
    found.push(("operations", Json::List(documentation.operations.iter().map(|name| text(name)).collect())));
    members(found)
}

fn verdict(verdict: Verdict) -> Vec<(&'static str, Json)> {
    vec![("wire", text(&verdict.wire.to_string())), ("crate", text(&verdict.level.to_string()))]
}

fn tree(of: &Tree) -> Json {
    match of {
        Tree::Text(value) => text(value),
        // As on the page, a list of new members is not marked; a new list is.
        Tree::List(item) => Json::List(vec![tree(item)]),
        Tree::Members(found) => Json::Members(found.iter().map(|(name, below)| (name.clone(), tree(below))).collect()),
        Tree::Values(values) => Json::List(values.iter().map(|value| text(value)).collect()),
    }
}

fn text(value: &str) -> Json {
    Json::Text(value.to_owned())
}

fn optional(value: Option<&str>) -> Json {
    value.map_or(Json::Null, text)
}

fn members(members: Vec<(&'static str, Json)>) -> Json {
    Json::Members(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Two spaces a level. What is nested is bounded where it is made.
fn write(value: &Json, level: usize, out: &mut String) {
    let line = |level: usize| format!("\n{}", "  ".repeat(level));
    match value {
        Json::Null => *out += "null",
        Json::Text(text) => *out += &string(text),
        Json::List(items) if items.is_empty() => *out += "[]",
        Json::Members(members) if members.is_empty() => *out += "{}",
        Json::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                *out += if index > 0 { "," } else { "" };
                *out += &line(level + 1);
                write(item, level + 1, out);
            }
            *out += &line(level);
            out.push(']');
        }
        Json::Members(members) => {
            out.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                *out += if index > 0 { "," } else { "" };
                *out += &line(level + 1);
                *out += &string(name);
                *out += ": ";
                write(member, level + 1, out);
            }
            *out += &line(level);
            out.push('}');
        }
    }
}

/// A string of JSON. What would steer a terminal or turn its line around is escaped, which JSON allows for any character.
fn string(text: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let quoted = Value::from(text).to_string();
    if !quoted.contains(steers) {
        return quoted;
    }
    quoted.chars().map(|c| if steers(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn nothing_steers_a_terminal() {
        assert_eq!(string("a\u{9b}\u{202e}\n\u{1b}\u{7f}"), "\"a\\u009b\\u202e\\n\\u001b\\u007f\"");
        assert_eq!(string("ä\"b"), "\"ä\\\"b\"");
    }
}
