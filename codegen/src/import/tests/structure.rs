//! Structure follows upstream; names, order and documentation stay ours.

use super::*;

#[test]
fn an_equal_model_is_not_rewritten() {
    for upstream in [botocore(), smithy()] {
        let imported = imported(&upstream);
        assert_eq!(imported.model, ours());
        assert_eq!((imported.changelog, imported.proposed), (None, None));
        assert!(imported.undocumented.is_empty() && imported.changes.is_empty());
    }
    // The text stays even where its layout is not ours.
    let compact = serde_json::from_str::<Value>(&ours()).expect("JSON").to_string();
    let upstream = botocore().to_string();
    assert_eq!(import(&request(&compact, &upstream)).expect("nothing is wrong").model, compact);
}

#[test]
fn a_new_member_takes_upstreams_place_and_needs_documentation() {
    let members =
        r#"{ "size": { "shape": "Size" }, "colour": { "shape": "Colour" }, "name": { "shape": "Text" }, "count": { "shape": "Number" } }"#;
    let new = json!({ "type": "string", "enum": ["red"] });
    let upstream = edited(botocore(), &[("/shapes/Colour", new)]).to_string();
    // This is about the order of keys, which JSON values here do not keep.
    let old = botocore()["shapes"]["Thing"]["members"].to_string();
    assert!(upstream.contains(&old), "{upstream}");
    let upstream = upstream.replace(&old, members);
    let imported = import(&request(&ours(), &upstream)).expect("nothing is wrong");
    let keys: Vec<usize> = ["\"size\"", "\"colour\"", "\"name\": {\n                    \"target\": \"a.things#Text\",\n                    \"traits\": {\n                        \"smithy.api#documentation\": \"Our name.\"\n"]
        .iter()
        .map(|key| imported.model.find(key).expect("it is there"))
        .collect();
    assert!(keys.is_sorted(), "{}", imported.model);
    assert_eq!(imported.undocumented, ["Colour", "Colour$red", "Thing$colour"]);
    let place = |shape: &str| imported.model.find(&format!("\"a.things#{shape}\": {{")).expect("it is there");
    assert!(place("Things") < place("Colour") && place("Colour") < place("GetThing"), "by name, after the service");
}

#[test]
fn removed_members_are_removed() {
    let without = [("/shapes/a.things#Thing/members/size", Value::Null), ("/shapes/a.things#Size", Value::Null)];
    let removed = imported(&edited(smithy(), &without));
    assert!(!removed.model.contains("Size") && removed.model.contains("Our name."));
    assert_eq!(removed.proposed.as_deref(), Some("0.2.0"));
    let fewer =
        imported(&edited(botocore(), &[("/shapes/Size/enum", json!(["small"])), ("/shapes/GetThingRequest/required", Value::Null)]));
    assert!(!fewer.model.contains("LARGE") && !fewer.model.contains("smithy.api#required"));
    // Traits that botocore cannot express stay.
    for kept in ["smithy.api#title", "smithy.api#examples", "Our message.", "arnNamespace"] {
        assert!(fewer.model.contains(kept), "{kept}");
    }
}

#[test]
fn only_changed_lines_differ() {
    assert_eq!(lines(&imported(&edited(botocore(), &[("/shapes/Text/max", json!(20))]))), ["-\"max\": 9", "+\"max\": 20"]);
    let value = json!(["small", "medium", "large"]);
    assert_eq!(
        lines(&imported(&edited(botocore(), &[("/shapes/Size/enum", value)]))).concat(),
        "+\"medium\": {+\"target\": \"smithy.api#Unit\",+\"traits\": {+\"smithy.api#enumValue\": \"medium\"+}+},"
    );
    let errors = json!([{ "shape": "Gone" }, { "shape": "Late" }]);
    let late = json!({ "type": "structure", "members": {}, "exception": true });
    let imported = imported(&edited(botocore(), &[("/operations/GetThing/errors", errors), ("/shapes/Late", late)]));
    assert_eq!(imported.undocumented, ["Late"]);
    assert!(imported.model.contains("\"a.things#Late\": {\n            \"type\": \"structure\",\n            \"members\": {},\n"));
}

#[test]
fn a_shape_with_a_new_type_keeps_our_documentation() {
    let imported =
        imported(&edited(botocore(), &[("/shapes/Size", json!({ "type": "structure", "members": { "width": { "shape": "Number" } } }))]));
    let size = Json::parse(&imported.model).at("/shapes/a.things#Size").cloned().expect("it is there");
    assert_eq!(
        size.value(),
        json!({ "type": "structure", "members": { "width": { "target": "a.things#Number" } }, "traits": { "smithy.api#documentation": "Our size." } })
    );
    assert_eq!(imported.undocumented, ["Size$width"]);
}

#[test]
fn operations_are_added_and_removed_on_request() {
    let (ours, upstream) = (ours(), botocore().to_string());
    let operations = |names: &[&str]| {
        let operations = Operations::Named(names.iter().map(|name| (*name).to_owned()).collect());
        import(&Request { operations, ..request(&ours, &upstream) }).expect("nothing is wrong")
    };
    let more = operations(&["DropThing", "GetThing", "PutThing"]);
    assert_eq!(more.undocumented, ["DropThing", "DropThingInput", "DropThingInput$name"]);
    assert!(more.model.contains(
        "\"target\": \"a.things#PutThing\"\n                },\n                {\n                    \"target\": \"a.things#DropThing\""
    ));
    let fewer = operations(&["PutThing"]);
    assert!(!fewer.model.contains("GetThing") && !fewer.model.contains("Gone") && fewer.model.contains("Our write."));
}

#[test]
fn traits_that_do_not_concern_clients_are_not_imported() {
    let service = "/shapes/a.things#Things/traits";
    let edits = [
        ("smithy.rules#endpointTests", json!({ "version": "1.0" })),
        ("aws.iam#defineConditionKeys", json!({})),
        ("example.other#unknown", json!({})),
        ("smithy.api#xmlNamespace", json!({ "uri": "http://things.example.com" })),
    ];
    let edits: Vec<(String, Value)> = edits.into_iter().map(|(id, value)| (format!("{service}/{id}"), value)).collect();
    let edits: Vec<(&str, Value)> = edits.iter().map(|(at, value)| (at.as_str(), value.clone())).collect();
    let lines = lines(&imported(&edited(smithy(), &edits))).concat();
    assert!(lines.contains("+\"smithy.api#xmlNamespace\": {+\"uri\": \"http://things.example.com\"+}"), "{lines}");
    assert!(!lines.contains("Tests") && !lines.contains("iam") && !lines.contains("unknown"), "{lines}");
}

#[test]
fn two_shapes_never_become_one() {
    let twin = [
        ("/shapes/other.things#Text", json!({ "type": "string" })),
        ("/shapes/a.things#Thing/members/twin", json!({ "target": "other.things#Text" })),
    ];
    let findings = import(&request(&ours(), &edited(smithy(), &twin).to_string())).expect_err("they cannot both be ours");
    assert_eq!(
        findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["up.json#/shapes/other.things#Text: `other.things#Text` and `a.things#Text` would both become `a.things#Text`\n  \
          hint: rename one of them in a copy of the file"]
    );
}

#[test]
fn endpoint_rules_from_a_file_keep_our_documentation() {
    let rules = |words: &str, url: &str| {
        json!({ "version": "1.0", "parameters": { "Region": { "type": "string", "builtIn": "AWS::Region", "required": true, "documentation": words } },
            "rules": [{ "conditions": [], "type": "endpoint", "endpoint": { "url": url, "properties": {}, "headers": {} } }] })
    };
    let trait_at = "/shapes/a.things#Things/traits/smithy.rules#endpointRuleSet";
    let ours = edited(serde_json::from_str(&ours()).expect("JSON"), &[(trait_at, rules("Ours.", "https://a.example.com"))]);
    let ours = ours.to_string();
    let upstream = botocore().to_string();
    let with = |rules: &Value| {
        let text = rules.to_string();
        let rules = Source { file: "r.json", text: &text };
        import(&Request { endpoint_rules: Some(rules), ..request(&ours, &upstream) }).expect("nothing is wrong").model
    };
    assert_eq!(import(&request(&ours, &upstream)).expect("nothing is wrong").model, ours, "no rules upstream: ours stay");
    assert_eq!(with(&rules("Theirs.", "https://a.example.com")), ours);
    let spelled = edited(rules("Theirs.", "https://a.example.com"), &[("/parameters/Region/type", json!("String"))]);
    assert_eq!(with(&spelled), ours, "AWS writes the types of parameters in either way");
    let changed = with(&rules("Theirs.", "https://b.example.com"));
    assert!(changed.contains("https://b.example.com") && changed.contains("Ours.") && !changed.contains("Theirs."));
}

#[test]
fn paginators_from_a_file_become_traits() {
    let upstream = edited(
        botocore(),
        &[
            ("/shapes/GetThingRequest/members/token", json!({ "shape": "Text" })),
            ("/shapes/GetThingOutput/members/next", json!({ "shape": "Text" })),
        ],
    );
    let upstream = upstream.to_string();
    let with = |ours: &str, pagination: &Value| {
        let text = json!({ "pagination": pagination }).to_string();
        let paginators = Some(Source { file: "p.json", text: &text });
        import(&Request { paginators, ..request(ours, &upstream) }).expect("nothing is wrong").model
    };
    let entry = json!({ "input_token": "token", "output_token": "next", "result_key": "thing", "non_aggregate_keys": ["thing"] });
    let paginated = with(&ours(), &json!({ "GetThing": entry, "DropThing": entry }));
    let expected: Value = serde_json::from_str(&paginated).expect("it is JSON");
    let traits = &expected["shapes"]["a.things#GetThing"]["traits"];
    assert_eq!(traits["smithy.api#paginated"], json!({ "inputToken": "token", "outputToken": "next" }));
    assert_eq!(traits["smithlet.api#pagination"], json!({ "resultKeys": ["thing"], "nonAggregateKeys": ["thing"] }));
    assert_eq!(with(&paginated, &json!({ "GetThing": entry })), paginated);

    // A release without the file says nothing of pagination, and one without the entry says that there is none.
    assert_eq!(import(&request(&paginated, &upstream)).expect("nothing is wrong").model, paginated);
    assert!(!with(&paginated, &json!({})).contains("pagina"));
}
