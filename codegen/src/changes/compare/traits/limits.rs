//! Constraints on values: lengths, ranges and patterns.

use super::{Context, Difference, difference, presence_of};
use crate::changes::Kind;
use serde_json::Value;

/// Compares two lengths or ranges. One that is tightened at one end and relaxed at the other gives two differences.
///
/// `least` is the minimum of a constraint without one. Between two formats a minimum of zero counts as none: botocore's form writes it out.
pub(super) fn compare(
    context: &Context<'_>,
    what: &str,
    least: f64,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Difference>,
) {
    let end = |value: Option<&Value>, key: &str| {
        let value = value.and_then(|value| value.get(key));
        value.and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()))
    };
    let min = |value| end(value, "min").filter(|min| !context.mixed || *min != 0.0).unwrap_or(least);
    let max = |value| end(value, "max").unwrap_or(f64::INFINITY);
    let shown = |value: Option<&Value>| value.map(|value| format!("{what} {}", interval(value)));
    let mut push = |kind| found.push(Difference { kind, before: shown(before), after: shown(after) });
    let tightened = min(after) > min(before) || max(after) < max(before);
    let relaxed = min(after) < min(before) || max(after) > max(before);
    if tightened {
        push(Kind::ConstraintTightened);
    }
    if relaxed {
        push(Kind::ConstraintRelaxed);
    }
    if !tightened && !relaxed && !context.mixed {
        push(presence_of(before, after));
    }
}

fn interval(value: &Value) -> String {
    let end = |key: &str| value.get(key).map(|end| end.as_str().map_or_else(|| end.to_string(), str::to_owned)).unwrap_or_default();
    format!("{}..{}", end("min"), end("max"))
}

/// Compares two patterns. Between two formats the anchors at both ends do not count: botocore's form leaves them out.
pub(super) fn pattern(context: &Context<'_>, before: Option<&Value>, after: Option<&Value>) -> Option<Difference> {
    let bare = |value: Option<&Value>| value.and_then(Value::as_str).map(without_anchors).map(str::to_owned);
    let kind = match (before, after) {
        _ if context.mixed && bare(before) == bare(after) => return None,
        (None, _) => Kind::ConstraintTightened,
        (_, None) => Kind::ConstraintRelaxed,
        _ => Kind::PatternChanged,
    };
    Some(difference(kind, before, after))
}

fn without_anchors(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let is_escaped = |rest: &str| rest.len().abs_diff(rest.trim_end_matches('\\').len()) % 2 == 1;
    pattern.strip_suffix('$').filter(|rest| !is_escaped(rest)).unwrap_or(pattern)
}
