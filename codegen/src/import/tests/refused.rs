//! What cannot be imported, and what is said of it.

use super::*;

#[track_caller]
fn refused(request: &Request<'_>) -> Vec<String> {
    import(request).expect_err("it cannot be imported").iter().map(ToString::to_string).collect()
}

#[test]
fn an_operation_that_is_gone_is_named() {
    let upstream = edited(botocore(), &[("/operations/PutThing", Value::Null)]).to_string();
    assert_eq!(
        refused(&request(&ours(), &upstream)),
        ["up.json#/metadata: the operation `PutThing` is not there any more\n  hint: to go on without: --operations GetThing"]
    );
}

#[test]
fn an_operation_that_nobody_knows_has_neighbours() {
    let upstream = botocore().to_string();
    let operations = Operations::Named(vec!["GetThings".to_owned()]);
    assert_eq!(
        refused(&Request { operations, ..request(&ours(), &upstream) }),
        ["the service has no operation `GetThings`\n  hint: did you mean `GetThing`?"]
    );
}

#[test]
fn another_service_is_no_update() {
    let upstream = edited(botocore(), &[("/metadata/serviceId", json!("Other"))]).to_string();
    assert_eq!(refused(&request(&ours(), &upstream)), ["up.json#/metadata: this is the service `Other`, and m.json has `Things`"]);
}

#[test]
fn ours_is_in_smithys_form() {
    let text = botocore().to_string();
    assert_eq!(refused(&request(&text, &text)), ["m.json: an import goes into a model in Smithy's form\n  hint: this is botocore's"]);
}

#[test]
fn ours_is_in_the_form_that_is_written() {
    let (old, upstream) = (ours().replace("\"smithy\": \"2.0\"", "\"smithy\": \"1.0\""), botocore().to_string());
    assert_eq!(
        refused(&request(&old, &upstream)),
        ["m.json#/smithy: an import goes into a model in version 2\n  hint: Smithy's own tools turn version 1 into version 2"]
    );
}

#[test]
fn faults_of_every_file_have_their_place() {
    let dangling = edited(botocore(), &[("/shapes/Text", Value::Null)]).to_string();
    assert!(refused(&request(&ours(), &dangling)).iter().any(|finding| finding.starts_with("up.json#/shapes/Thing/members/name")));
    assert_eq!(refused(&request("{", "[")).len(), 2, "both files are told of");
    let upstream = botocore().to_string();
    let rules = Source { file: "r.json", text: "{}" };
    let found = refused(&Request { endpoint_rules: Some(rules), ..request(&ours(), &upstream) });
    assert!(found.iter().all(|finding| finding.starts_with("r.json")), "{found:?}");
    let overlay = r#"{ "smithy": "2.0", "shapes": { "a.things#Thing$size": { "type": "apply", "traits": {
        "smithlet.api#reason": "Why.", "smithy.api#sensitive": {} } } } }"#;
    let without = edited(botocore(), &[("/shapes/Thing/members/size", Value::Null)]).to_string();
    let found = refused(&Request { overlay: Some(Source { file: "o.json", text: overlay }), ..request(&ours(), &without) });
    assert!(found[0].starts_with("o.json#/shapes/a.things#Thing$size: an overlay's entry that meets nothing"), "{found:?}");
}

#[test]
fn no_damage_makes_it_panic() {
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

/// As `codegen` leaves it out.
#[test]
fn an_operation_that_cannot_be_served_is_left_out() {
    let prefix = json!({ "hostPrefix": "data." });
    let upstream = edited(botocore(), &[("/operations/PutThing/endpoint", prefix)]).to_string();
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
