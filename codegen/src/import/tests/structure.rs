//! What there is follows upstream; how it reads stays ours.

use super::*;

#[test]
fn where_nothing_differs_the_text_stays_as_it_is() {
    for upstream in [botocore(), smithy()] {
        let imported = imported(&upstream);
        assert_eq!(imported.model, ours());
        assert_eq!((imported.changelog, imported.proposed), (None, None));
        assert!(imported.undocumented.is_empty() && imported.changes.is_empty());
    }
    // Even where it is not in our form.
    let compact = serde_json::from_str::<Value>(&ours()).expect("JSON").to_string();
    let upstream = botocore().to_string();
    assert_eq!(import(&request(&compact, &upstream)).expect("nothing is wrong").model, compact);
}

#[test]
fn a_new_member_stands_where_upstream_has_it_and_wants_words() {
    let members =
        r#"{ "size": { "shape": "Size" }, "colour": { "shape": "Colour" }, "name": { "shape": "Text" }, "count": { "shape": "Number" } }"#;
    let new = json!({ "type": "string", "enum": ["red"] });
    let upstream = edited(botocore(), &[("/shapes/Colour", new)]).to_string();
    // The order of keys is what this is about, and values do not keep it.
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
fn what_is_gone_upstream_goes() {
    let without = [("/shapes/a.things#Thing/members/size", Value::Null), ("/shapes/a.things#Size", Value::Null)];
    let removed = imported(&edited(smithy(), &without));
    assert!(!removed.model.contains("Size") && removed.model.contains("Our name."));
    assert_eq!(removed.proposed.as_deref(), Some("0.2.0"));
    let fewer =
        imported(&edited(botocore(), &[("/shapes/Size/enum", json!(["small"])), ("/shapes/GetThingRequest/required", Value::Null)]));
    assert!(!fewer.model.contains("LARGE") && !fewer.model.contains("smithy.api#required"));
    // What botocore cannot say stays.
    for kept in ["smithy.api#title", "smithy.api#examples", "Our message.", "arnNamespace"] {
        assert!(fewer.model.contains(kept), "{kept}");
    }
}

#[test]
fn only_what_changed_is_another_line() {
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
fn a_shape_of_another_type_is_made_anew_and_keeps_our_words() {
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
fn operations_come_and_go_when_asked() {
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
fn what_is_not_about_clients_stays_away() {
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
fn two_shapes_are_never_one() {
    let twin = [
        ("/shapes/other.things#Text", json!({ "type": "string" })),
        ("/shapes/a.things#Thing/members/twin", json!({ "target": "other.things#Text" })),
    ];
    let findings = import(&request(&ours(), &edited(smithy(), &twin).to_string())).expect_err("they cannot both be ours");
    assert_eq!(
        findings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["up.json#/shapes/other.things#Text: `other.things#Text` and `a.things#Text` would both be `a.things#Text` here\n  \
          hint: one of them has to be renamed in a copy of the file"]
    );
}

#[test]
fn endpoint_rules_come_from_their_file_with_our_words() {
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
