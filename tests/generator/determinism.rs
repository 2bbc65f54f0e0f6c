//! The same model gives the same bytes, whatever the order of its keys.

use super::{Case, cases::CASES, generate_case};
use serde_json::Value;

#[test]
fn the_same_input_gives_the_same_bytes() {
    for case in CASES {
        assert_eq!(generate_case(case).files, generate_case(case).files, "{case}");
    }
}

#[test]
fn the_order_of_keys_does_not_matter() {
    for case in CASES {
        let read = Case::read(case);
        let reversed = |text: &String| reversed(&serde_json::from_str(text).expect("the case is JSON"));
        let (paginators, waiters) = (read.paginators.as_ref().map(reversed), read.waiters.as_ref().map(reversed));
        let generated = Case { model: reversed(&read.model), paginators, waiters, overlay: read.overlay }.generate();
        assert_eq!(generated.ok().map(|generated| generated.files), Some(generate_case(case).files), "{case}");
    }
}

/// The value as JSON with the keys of every object in reverse order.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: Vec<String> =
                members.iter().rev().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), reversed(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(reversed).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}
