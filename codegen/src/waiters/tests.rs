use super::{Acceptor, Comparator, Matcher, Of, State, WAITABLE, attach, of};
use crate::Source;
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::model::{Model, ShapeId};
use crate::read;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A model with two operations, of which the second one has a waiter.
fn model() -> Model {
    let waitable = json!({ "Ready": { "acceptors": [{ "state": "success", "matcher": { "success": true } }] } });
    let text = json!({
        "smithy": "2.0",
        "shapes": {
            "a#Service": { "type": "service", "version": "1", "operations": [{ "target": "a#Get" }, { "target": "a#Has" }] },
            "a#Get": { "type": "operation", "errors": [{ "target": "a#Gone" }, { "target": "a#Lost" }, { "target": "a#Busy" }] },
            "a#Has": { "type": "operation", "traits": { WAITABLE: waitable } },
            "a#Gone": { "type": "structure", "members": {}, "traits": { "smithy.api#error": "client", "smithy.api#httpError": 404 } },
            "a#Lost": { "type": "structure", "members": {}, "traits": { "smithy.api#error": "client", "smithy.api#httpError": 404 } },
            "a#Busy": { "type": "structure", "members": {}, "traits": { "smithy.api#error": "client", "smithy.api#httpError": 409 } },
        }
    });
    read::read("m.json", &text.to_string(), &mut Vec::new()).expect("the model is valid")
}

/// Attaches waiters of botocore's form to the model. Returns it with the changed operations and the warnings.
fn attached(waiters: &Value) -> Result<(Model, BTreeSet<ShapeId>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let text = json!({ "version": 2, "waiters": waiters }).to_string();
    let (mut model, mut warnings) = (model(), Vec::new());
    let changed = attach(&mut model, &Source { file: "waiters-2.json", text: &text }, &mut warnings)?;
    Ok((model, changed, warnings))
}

/// A waiter of the operation `Get` with one acceptor.
fn waiter(matcher: &str, argument: Option<&str>, expected: &Value) -> Value {
    let mut acceptor = json!({ "state": "retry", "matcher": matcher, "expected": expected });
    acceptor.as_object_mut().expect("an object").extend(argument.map(|argument| ("argument".to_owned(), Value::from(argument))));
    json!({ "W": { "operation": "Get", "delay": 7, "maxAttempts": 3, "acceptors": [acceptor, { "state": "success", "matcher": "status", "expected": 200 }] } })
}

/// The matchers of the acceptors to try again, after the translation.
#[track_caller]
fn matchers(matcher: &str, argument: Option<&str>, expected: &Value) -> Vec<Matcher> {
    let (model, changed, warnings) = attached(&waiter(matcher, argument, expected)).expect("the file is valid");
    assert_eq!(warnings, []);
    assert_eq!(changed, BTreeSet::from([ShapeId::new("a#Get")]));
    let mut findings = Findings::new("m.json");
    let waiters = of(model.shape(&ShapeId::new("a#Get")).expect("the operation"), &mut findings);
    assert_eq!(findings.into_sorted(), []);
    assert_eq!((waiters[0].min_delay, waiters[0].max_delay), (7, 120));
    let retry = |acceptor: Acceptor| (acceptor.state == State::Retry).then_some(acceptor.matcher);
    waiters.into_iter().flat_map(|waiter| waiter.acceptors).filter_map(retry).collect()
}

#[test]
fn every_matcher_of_botocore_has_an_equivalent() {
    let path = |comparator| vec![Matcher::Path { path: "a.b".to_owned(), of: Of::Output, comparator }];
    let error = |name: &str| Matcher::Error(name.to_owned());
    let up = || "UP".to_owned();
    assert_eq!(matchers("path", Some("a.b"), &json!("UP")), path(Comparator::Text(up())));
    assert_eq!(matchers("path", Some("a.b"), &json!(true)), path(Comparator::Boolean(true)));
    assert_eq!(matchers("pathAll", Some("a.b"), &json!("UP")), path(Comparator::All(up())));
    assert_eq!(matchers("pathAny", Some("a.b"), &json!("UP")), path(Comparator::Any(up())));
    assert_eq!(matchers("error", None, &json!("Gone")), [error("Gone")]);
    assert_eq!(matchers("error", None, &json!(true)), [Matcher::Success(false)]);
    assert_eq!(matchers("error", None, &json!(false)), [Matcher::Success(true)]);
    assert_eq!(matchers("status", None, &json!(204)), [Matcher::Success(true)]);
    assert_eq!(matchers("status", None, &json!(404)), [error("Gone"), error("Lost")]);
    // A wait goes on after such a failure anyway.
    assert_eq!(matchers("status", None, &json!(500)), []);
}

#[test]
fn a_waiter_without_an_equivalent_is_left_out_with_a_warning() {
    for (matcher, argument, expected, message) in [
        ("status", None, json!(418), "the operation has no error with the status 418"),
        ("pathAll", Some("a"), json!(true), "a matcher `pathAll` cannot expect a boolean"),
        ("moon", None, json!("full"), "`moon` is not a matcher that is known"),
    ] {
        let (model, changed, warnings) = attached(&waiter(matcher, argument, &expected)).expect("the file is valid");
        assert!(changed.is_empty() && !model.shape(&ShapeId::new("a#Get")).expect("the operation").traits.has(WAITABLE));
        let [warning] = &warnings[..] else { panic!("{warnings:?}") };
        assert_eq!((warning.severity, warning.message.as_str()), (Severity::Warning, &*format!("the waiter `W` is left out: {message}")));
        assert_eq!(warning.pointer.as_str(), "/waiters/W/acceptors/0/expected");
    }
}

#[test]
fn the_models_own_waiters_stay() {
    let mut waiters = waiter("error", None, &json!("Gone"));
    waiters["W"]["operation"] = json!("Has");
    let before = model();
    let (after, changed, _) = attached(&waiters).expect("the file is valid");
    assert_eq!((after, changed), (before, BTreeSet::new()));
}

#[test]
fn a_waiter_of_an_unknown_operation_is_noted() {
    let mut waiters = waiter("error", None, &json!("Gone"));
    waiters["W"]["operation"] = json!("Nowhere");
    let (_, changed, notes) = attached(&waiters).expect("the file is valid");
    assert!(changed.is_empty());
    assert_eq!(notes.iter().map(|note| note.severity).collect::<Vec<_>>(), [Severity::Note]);
}

#[test]
fn a_malformed_file_is_refused_with_all_its_faults() {
    let waiters = json!({
        "NoDelay": { "operation": "Get", "acceptors": [{ "state": "success", "matcher": "status", "expected": 200 }] },
        "NoOperation": { "delay": 1, "acceptors": [] },
        "NoArgument": { "operation": "Get", "delay": 0, "acceptors": [{ "state": "success", "matcher": "path", "expected": "UP" }] },
        "NoExpected": { "operation": "Get", "delay": 1, "acceptors": [{ "state": "success", "matcher": "error" }, { "state": 1 }] },
        "Text": "W",
    });
    let found = attached(&waiters).expect_err("the file is not valid");
    let found: Vec<String> = found.iter().map(|finding| format!("{} {}", finding.pointer, finding.message)).collect();
    let expected = [
        "/waiters/NoArgument/acceptors/0 the key `argument` is missing",
        "/waiters/NoArgument/delay expected a whole number",
        "/waiters/NoDelay the key `delay` is missing",
        "/waiters/NoExpected/acceptors/0 the key `expected` is missing",
        "/waiters/NoExpected/acceptors/1 the key `matcher` is missing",
        "/waiters/NoExpected/acceptors/1/state expected a string, found a number",
        "/waiters/NoOperation the key `operation` is missing",
        "/waiters/Text expected an object, found a string",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found}");
    }
    let none = attach(&mut model(), &Source { file: "w.json", text: "{}" }, &mut Vec::new());
    assert_eq!(none.expect_err("the file has no waiters").len(), 1);
}
