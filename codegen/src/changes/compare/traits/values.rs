//! The values of a trait in the form in which reports show them.

use super::Difference;
use crate::changes::Kind;
use crate::docs;
use serde_json::Value;
use std::collections::BTreeSet;

/// A difference of a kind, with both values.
pub(in crate::changes::compare) fn difference(kind: Kind, before: Option<&Value>, after: Option<&Value>) -> Difference {
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) if before.is_object() || before.is_array() => differing(before, after),
        (before, after) => (before.map(brief), after.map(brief)),
    };
    Difference { kind, before, after }
}

/// The longest value that is shown whole, in characters.
const LONGEST: usize = 160;

/// A value on one line.
fn brief(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => docs::json(value).split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain("...".chars()).collect() }
}

/// Two short values, or the first place where two long values differ, with the values there.
fn differing(old: &Value, new: &Value) -> (Option<String>, Option<String>) {
    let (whole_old, whole_new) = (brief(old), brief(new));
    if !whole_old.ends_with("...") && !whole_new.ends_with("...") {
        return (Some(whole_old), Some(whole_new));
    }
    let (mut place, mut old, mut new) = (String::new(), Some(old), Some(new));
    // The reader bounds the depth.
    loop {
        let step = match (old, new) {
            (Some(Value::Object(left)), Some(Value::Object(right))) => {
                let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
                keys.into_iter().find(|key| left.get(*key) != right.get(*key)).map(|key| (format!("/{key}"), left.get(key), right.get(key)))
            }
            (Some(Value::Array(left)), Some(Value::Array(right))) => (0..left.len().max(right.len()))
                .find(|index| left.get(*index) != right.get(*index))
                .map(|index| (format!("/{index}"), left.get(index), right.get(index))),
            _ => None,
        };
        let Some((step, left, right)) = step else { break };
        place += &step;
        (old, new) = (left, right);
    }
    let shown = |value: Option<&Value>| Some(format!("{place}: {}", value.map_or_else(|| "nothing".to_owned(), brief)));
    (shown(old), shown(new))
}
