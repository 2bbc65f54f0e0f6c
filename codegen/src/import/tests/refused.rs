//! Imports that are refused, and their messages.

use super::*;

#[track_caller]
fn refused(request: &Request<'_>) -> Vec<String> {
    import(request).expect_err("it cannot be imported").iter().map(ToString::to_string).collect()
}

#[test]
fn a_removed_operation_is_named() {
    let upstream = edited(botocore(), &[("/operations/PutThing", Value::Null)]).to_string();
    assert_eq!(
        refused(&request(&ours(), &upstream)),
        ["up.json#/metadata: the operation `PutThing` is missing\n  hint: to import without it: --operations GetThing"]
    );
}

#[test]
fn an_unknown_operation_gets_a_suggestion() {
    let upstream = botocore().to_string();
    let operations = Operations::Named(vec!["GetThings".to_owned()]);
    assert_eq!(
        refused(&Request { operations, ..request(&ours(), &upstream) }),
        ["the service has no operation `GetThings`\n  hint: did you mean `GetThing`?"]
    );
}

#[test]
fn a_model_of_another_service_is_refused() {
    let upstream = edited(botocore(), &[("/metadata/serviceId", json!("Other"))]).to_string();
    assert_eq!(refused(&request(&ours(), &upstream)), ["up.json#/metadata: expected the service `Things` of m.json, found `Other`"]);
}

#[test]
fn our_model_must_be_in_smithys_format() {
    let text = botocore().to_string();
    assert_eq!(
        refused(&request(&text, &text)),
        ["m.json: expected a model in Smithy's format, found botocore's\n  hint: only a Smithy JSON AST can be updated by an import"]
    );
}

#[test]
fn our_model_must_be_in_version_2() {
    let (old, upstream) = (ours().replace("\"smithy\": \"2.0\"", "\"smithy\": \"1.0\""), botocore().to_string());
    assert_eq!(
        refused(&request(&old, &upstream)),
        [
            "m.json#/smithy: expected version 2 of Smithy's AST, found version 1\n  hint: convert the model to version 2 with Smithy's own tools"
        ]
    );
}

#[test]
fn faults_of_every_file_have_their_place() {
    let dangling = edited(botocore(), &[("/shapes/Text", Value::Null)]).to_string();
    assert!(refused(&request(&ours(), &dangling)).iter().any(|finding| finding.starts_with("up.json#/shapes/Thing/members/name")));
    assert_eq!(refused(&request("{", "[")).len(), 2, "both files are reported");
    let upstream = botocore().to_string();
    let rules = Source { file: "r.json", text: "{}" };
    let found = refused(&Request { endpoint_rules: Some(rules), ..request(&ours(), &upstream) });
    assert!(found.iter().all(|finding| finding.starts_with("r.json")), "{found:?}");
    let overlay = r#"{ "smithy": "2.0", "shapes": { "a.things#Thing$size": { "type": "apply", "traits": {
        "smithlet.api#reason": "Why.", "smithy.api#sensitive": {} } } } }"#;
    let without = edited(botocore(), &[("/shapes/Thing/members/size", Value::Null)]).to_string();
    let found = refused(&Request { overlay: Some(Source { file: "o.json", text: overlay }), ..request(&ours(), &without) });
    assert!(found[0].starts_with("o.json#/shapes/a.things#Thing$size: an overlay's entry without a target"), "{found:?}");
}

#[test]
fn damaged_files_never_panic() {
    let (ours, upstream) = (ours(), botocore().to_string());
    for step in (0..upstream.len()).step_by(7) {
        let Some(cut) = upstream.get(..step) else { continue };
        assert!(import(&request(&ours, cut)).is_err());
        let swapped = format!("{cut}0{}", upstream.get(step + 1..).unwrap_or_default());
        _ = import(&request(&ours, &swapped));
    }
    for step in (0..ours.len()).step_by(11) {
        let Some((before, after)) = ours.get(..step).zip(ours.get(step + 1..)) else { continue };
        _ = import(&request(&format!("{before}{after}"), &upstream));
    }
}

/// The operation is left out as by `codegen`.
#[test]
fn an_operation_that_cannot_be_served_is_left_out() {
    let upstream = edited(botocore(), &[("/operations/PutThing/endpointdiscovery", json!({ "required": true }))]).to_string();
    let ours = ours();
    let imported = import(&request(&ours, &upstream)).expect("the other one can be served");
    assert!(imported.model.contains("a.things#GetThing\"") && !imported.model.contains("PutThing"), "{}", imported.model);
    let said: Vec<String> = imported.diagnostics.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|line| line.starts_with("warning: up.json#/operations/PutThing: `PutThing` is left out: ")), "{said:?}");
    // An operation that is named is an error.
    let operations = Operations::Named(vec!["GetThing".to_owned(), "PutThing".to_owned()]);
    let found = refused(&Request { operations, ..request(&ours, &upstream) });
    assert!(found[0].contains("`PutThing` cannot be served"), "{found:?}");
}
