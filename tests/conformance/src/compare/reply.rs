//! Outputs and errors, compared as values.

use super::{differs, value};
use crate::suites::Expected;
use serde_json::Value;

/// The differences of the output or error that was read.
pub(super) fn differences(expected: &Expected, observation: &Value) -> Vec<String> {
    let (output, error) = (&observation["output"], &observation["error"]);
    match expected {
        Expected::Output(expected) if error.is_null() => value::differences("output", expected, output),
        Expected::Output(_) => vec![format!("the call fails: {}", line(error))],
        Expected::Error { .. } if error.is_null() => vec![format!("the call does not fail, but returns {output}")],
        Expected::Error { code, message, members } => {
            let mut all = Vec::new();
            if error["code"].as_str() != Some(code) {
                all.push(differs("the error's code", code, &error["code"]));
            }
            if message.is_some() && error["message"].as_str() != message.as_deref() {
                all.push(differs("the error's message", message.as_deref().unwrap_or_default(), &error["message"]));
            }
            if error["members"].is_null() {
                all.push(format!("the error does not have a type of its own: {}", line(error)));
            } else {
                all.extend(value::differences("error", members, &error["members"]));
            }
            all
        }
    }
}

fn line(error: &Value) -> &str {
    error["line"].as_str().unwrap_or("without a line")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn errors_have_a_code_a_message_and_members() {
        let expected = Expected::Error { code: "Bad".to_owned(), message: Some("Hi".to_owned()), members: json!({ "message": "Hi" }) };
        let good = json!({ "error": { "code": "Bad", "message": "Hi", "members": { "message": "Hi" }, "line": "Bad: Hi" } });
        assert!(differences(&expected, &good).is_empty());
        let unknown = json!({ "error": { "code": "Worse", "message": null, "members": null, "line": "Go: 400" } });
        let lines = [
            "the error's code: expected Bad, found \"Worse\"",
            "the error's message: expected Hi, found null",
            "the error does not have a type of its own: Go: 400",
        ];
        assert_eq!(differences(&expected, &unknown), lines);
        assert_eq!(differences(&expected, &json!({ "output": {} })), ["the call does not fail, but returns {}"]);
        let output = Expected::Output(json!({}));
        assert_eq!(differences(&output, &unknown), ["the call fails: Go: 400"]);
        assert!(differences(&output, &json!({ "output": {} })).is_empty());
    }
}
