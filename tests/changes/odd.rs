//! Odd models: with circles, with a size without bound, with faults.

use super::{compare, compare_operations, edited, lines, member, model, text};
use codegen::Operations;
use codegen::Source;
use codegen::changes::{Comparison, Side, Style};
use serde_json::{Value, json};
use std::fmt::Write as _;

#[test]
fn a_shape_that_holds_itself_is_walked_once() {
    let old = edited(model(), &[("/shapes/Thing/members/inner", member("Things"))]);
    let new = edited(old.clone(), &[("/shapes/Thing/members/extra", member("Thing"))]);
    let changes = compare(&old.to_string(), &new.to_string());
    assert_eq!(
        lines(&changes),
        ["GetThings response things[].extra: member-added compatible minor", "PutThing request thing.extra: member-added compatible minor",]
    );
    assert!(changes.report(Style::Text, "2020-01-01", true).contains("{'... recursive ...'}"));
}

#[test]
fn an_input_that_holds_itself_has_each_difference_once() {
    let old = edited(model(), &[("/shapes/GetThingsInput/members/next", member("GetThingsInput"))]);
    let new = |edit| edited(old.clone(), &[edit]).to_string();
    let said = |new: &str| lines(&compare(&old.to_string(), new));
    let extra = new(("/shapes/GetThingsInput/members/extra", member("Text")));
    assert_eq!(said(&extra), ["GetThings request extra: member-added compatible minor"]);
    // In the input itself, every member stays optional for the compiler. Below it, required members do not.
    let required = new(("/shapes/GetThingsInput/required", json!(["note"])));
    assert_eq!(
        said(&required),
        ["GetThings request next.note: became-required breaking major", "GetThings request note: became-required breaking none"]
    );
}

#[test]
fn each_difference_is_there_once_with_its_shortest_path() {
    let old = edited(model(), &[("/shapes/GetThingsOutput/members/zed", member("Part"))]);
    let new = edited(old.clone(), &[("/shapes/Part/members/extra", member("Text"))]);
    let changes = compare_operations(&old.to_string(), &new.to_string(), Operations::Named(vec!["GetThings".to_owned()]));
    assert_eq!(lines(&changes), ["GetThings response zed.extra: member-added compatible minor"]);
    // The nested form shows all paths, as the site does.
    let report = changes.report(Style::Text, "2020-01-01", false);
    assert!(report.contains("{'things': {'part': {'extra': 'string'}}, 'zed': {'extra': 'string'}}"), "{report}");
}

#[test]
fn the_report_of_a_model_that_doubles_at_every_level_is_bounded() {
    let mut new = edited(model(), &[("/shapes/Thing/members/deep", member("D0"))]);
    let shapes = new["shapes"].as_object_mut().expect("the shapes");
    for level in 0..60 {
        let next = member(&format!("D{}", level + 1));
        shapes.insert(format!("D{level}"), json!({ "type": "structure", "members": { "a": next, "b": next } }));
    }
    shapes.insert("D60".to_owned(), json!({ "type": "structure", "members": {} }));
    let old = model().to_string();
    let grown = edited(new.clone(), &[("/shapes/D60/members/leaf", member("Text"))]).to_string();
    for (old, new) in [(old.as_str(), grown.as_str()), (&new.to_string(), &grown)] {
        let changes = compare(old, new);
        assert!(!changes.is_empty());
        assert!(changes.json("2020-01-01").len() < 20_000_000);
        assert!(changes.report(Style::Text, "2020-01-01", true).len() < 50_000_000);
    }
}

#[test]
fn a_long_chain_of_structures_is_compared() {
    let mut shapes = String::new();
    for link in 0..5_000 {
        write!(shapes, r#""C{link}": {{"type": "structure", "members": {{"next": {{"shape": "C{}"}}}}}},"#, link + 1)
            .expect("a string takes all");
    }
    let chain = |end: &str| {
        text("changes/model.json")
            .replace(r#""Text": { "type": "string" },"#, &format!(r#"{shapes} "C5000": {end}, "Text": {{ "type": "string" }},"#))
            .replace(r#""code": { "shape": "Code" }"#, r#""code": { "shape": "C0" }"#)
    };
    let changes = compare(&chain(r#"{"type": "string"}"#), &chain(r#"{"type": "integer"}"#));
    assert_eq!(changes.operations.len(), 2);
    let changes =
        compare(&chain(r#"{"type": "structure", "members": {}}"#), &chain(r#"{"type": "structure", "members": {"x": {"shape": "Text"}}}"#));
    assert!(!changes.report(Style::Text, "2020-01-01", true).is_empty());
}

#[test]
fn a_target_that_is_not_in_the_model_is_tolerated() {
    let broken = edited(model(), &[("/shapes/Thing/members/part", member("Nowhere"))]).to_string();
    for (old, new) in [(model().to_string(), broken.clone()), (broken, model().to_string())] {
        compare(&old, &new).report(Style::Text, "2020-01-01", true);
    }
}

#[test]
fn the_order_of_keys_does_not_change_the_reports() {
    /// The same JSON with the keys of all objects in reverse order.
    fn reversed(value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let parts: Vec<String> =
                    members.iter().rev().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), reversed(value))).collect();
                format!("{{{}}}", parts.join(","))
            }
            Value::Array(items) => format!("[{}]", items.iter().map(reversed).collect::<Vec<_>>().join(",")),
            scalar => scalar.to_string(),
        }
    }
    let old: Value = serde_json::from_str(&text("facts/codebuild-2019-11-22.smithy.json")).expect("the model is JSON");
    let new = edited(
        old.clone(),
        &[
            ("/shapes/com.amazonaws.codebuild#Build/members/more", json!({ "target": "com.amazonaws.codebuild#LogsConfig" })),
            ("/shapes/com.amazonaws.codebuild#Build/members/initiator", Value::Null),
            ("/shapes/com.amazonaws.codebuild#LogsLocation/members/x", json!({ "target": "com.amazonaws.codebuild#String" })),
        ],
    );
    let straight = compare(&old.to_string(), &new.to_string());
    let turned = compare(&reversed(&old), &reversed(&new));
    assert_eq!(straight.json("2020-01-01"), turned.json("2020-01-01"));
    assert_eq!(straight.report(Style::Markdown, "2020-01-01", false), turned.report(Style::Markdown, "2020-01-01", false));
    assert_eq!(straight.json("2020-01-01"), compare(&old.to_string(), &new.to_string()).json("2020-01-01"));
}

#[test]
fn the_faults_of_both_models_are_reported_together() {
    fn side<'a>(file: &'a str, text: &'a str) -> Side<'a> {
        Side { model: Source { file, text }, ..Side::default() }
    }
    let fail = |old: &str, new: &str, operations: &[&str]| {
        let operations =
            if operations.is_empty() { Operations::All } else { Operations::Named(operations.iter().map(ToString::to_string).collect()) };
        let comparison = Comparison { old: side("old.json", old), new: side("new.json", new), operations };
        let findings = codegen::changes::compare(&comparison).expect_err("something is wrong");
        findings.iter().map(|finding| finding.to_string().lines().next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let good = model().to_string();
    assert_eq!(
        fail("", "[]", &[]),
        [
            "old.json: the file is empty: nothing at line 1, column 1",
            "new.json: the file holds an array, where an object was expected at line 1, column 1",
        ]
    );
    assert_eq!(fail(&good, r#"{"smithy": "2.0", "shapes": {}}"#, &[]), ["new.json: expected one service, found 0"]);
    assert_eq!(fail(&good, &good, &["GetThing"]), ["neither model has an operation `GetThing`"]);
}
