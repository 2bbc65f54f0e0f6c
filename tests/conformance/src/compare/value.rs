//! Values of JSON, which are equal whatever the form of their numbers.

use super::differs;
use serde_json::{Map, Number, Value};

/// The differences of two values, each with its path. `what` names the whole.
pub(super) fn differences(what: &str, expected: &Value, found: &Value) -> Vec<String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => of_objects(what, expected, found),
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            let pairs = expected.iter().zip(found).enumerate();
            pairs.flat_map(|(index, (expected, found))| differences(&format!("{what}[{index}]"), expected, found)).collect()
        }
        (Value::Number(one), Value::Number(other)) if are_equal(one, other) => Vec::new(),
        _ if expected == found => Vec::new(),
        _ => vec![differs(what, expected, found)],
    }
}

fn are_equal(one: &Number, other: &Number) -> bool {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one == other,
        _ => one.as_f64() == other.as_f64(),
    }
}

fn of_objects(what: &str, expected: &Map<String, Value>, found: &Map<String, Value>) -> Vec<String> {
    let mut all = Vec::new();
    for (key, value) in expected {
        match found.get(key) {
            Some(other) => all.extend(differences(&format!("{what}.{key}"), value, other)),
            None => all.push(differs(&format!("{what}.{key}"), value, "nothing")),
        }
    }
    let surplus = found.iter().filter(|(key, _)| !expected.contains_key(*key));
    all.extend(surplus.map(|(key, value)| differs(&format!("{what}.{key}"), "nothing", value)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_equal_in_every_form() {
        let expected = json!({ "a": 1, "b": [1.5, "NaN"], "c": 9_007_199_254_740_993_i64 });
        assert!(differences("body", &expected, &json!({ "c": 9_007_199_254_740_993_i64, "a": 1.0, "b": [1.5, "NaN"] })).is_empty());
        let other = json!({ "c": 9_007_199_254_740_992_i64, "a": 1.0, "b": [1.5, "NaN"] });
        assert_eq!(differences("body", &expected, &other), ["body.c: expected 9007199254740993, found 9007199254740992"]);
    }

    #[test]
    fn a_difference_names_its_place() {
        let found = differences("output", &json!({ "a": { "b": [1, null] }, "c": 1 }), &json!({ "a": { "b": [1, 2] }, "d": "x" }));
        let expected =
            ["output.a.b[1]: expected null, found 2", "output.c: expected 1, found nothing", "output.d: expected nothing, found \"x\""];
        assert_eq!(found, expected);
    }
}
