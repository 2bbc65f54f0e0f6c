use super::*;
use crate::diagnostic::Severity;
use crate::read::tests::{lines, service_text};
use crate::{Generated, Operations, Request, Runtime, generate};
use serde_json::{Value, json};

/// Rules that use every feature.
fn rich() -> Value {
    let call = |function: &str, arguments: Value| json!({ "fn": function, "argv": arguments });
    let assigned = |function: &str, arguments: Value, name: &str| json!({ "fn": function, "argv": arguments, "assign": name });
    let reference = |name: &str| json!({ "ref": name });
    json!({
        "version": "1.0",
        "parameters": {
            "Region": { "builtIn": "AWS::Region", "type": "string", "required": true },
            "Endpoint": { "builtIn": "SDK::Endpoint", "type": "string" },
            "UseFIPS": { "builtIn": "AWS::UseFIPS", "type": "boolean", "default": false },
            "Account": { "builtIn": "AWS::Auth::AccountId", "type": "string" },
            "Names": { "type": "stringArray", "default": ["a"] }
        },
        "rules": [
            {
                "type": "tree",
                "conditions": [call("isSet", json!([reference("Endpoint")])), assigned("parseURL", json!([reference("Endpoint")]), "url")],
                "rules": [{
                    "type": "endpoint", "conditions": [call("not", json!([call("getAttr", json!([reference("url"), "isIp"]))]))],
                    "endpoint": {
                        "url": "{url#scheme}://{url#authority}", "headers": { "x-a": ["{Region}"] },
                        "properties": { "authSchemes": [{ "name": "sigv4a" }] }
                    }
                }]
            },
            {
                "type": "error",
                "conditions": [
                    assigned("split", json!([reference("Region"), "-", 0]), "parts"),
                    assigned("coalesce", json!([call("getAttr", json!([reference("parts"), "[-1]"])), "{Region}!"]), "last"),
                    call("stringEquals", json!([reference("last"), call("ite", json!([reference("UseFIPS"), "x", "y"]))]))
                ],
                "error": "{last}"
            },
            {
                "type": "endpoint", "conditions": [assigned("aws.partition", json!([reference("Region")]), "p")],
                "endpoint": { "url": "https://{p#dnsSuffix}", "properties": { "authSchemes": [{ "name": "sigv4", "signingName": "n" }] } }
            }
        ]
    })
}

fn outcome(traits: &Value, own: Option<&str>) -> Result<Generated, Vec<Diagnostic>> {
    outcome_of(traits, own, Operations::All)
}

fn outcome_of(traits: &Value, own: Option<&str>, operations: Operations) -> Result<Generated, Vec<Diagnostic>> {
    let mut all = json!({ "aws.api#service": { "sdkId": "T" }, "aws.auth#sigv4": { "name": "t" }, "aws.protocols#awsJson1_1": {} });
    if let (Value::Object(all), Value::Object(traits)) = (&mut all, traits) {
        all.extend(traits.clone());
    }
    let model = service_text(&json!({
        "t#S": { "type": "service", "version": "1", "operations": [{ "target": "t#Op" }, { "target": "t#Other" }], "traits": all },
        "t#Op": { "type": "operation", "traits": { STATIC: { "Kind": { "value": "a" }, "Both": { "value": "b" } } } },
        "t#Other": { "type": "operation", "traits": { STATIC: { "Kind": { "value": "c" }, "Both": { "value": "b" } } } }
    }));
    generate(&Request {
        model: Source { file: "m.json", text: &model },
        overlay: None,
        endpoint_rules: own.map(|text| Source { file: "r.json", text }),
        operations,
        name: None,
        runtime: Runtime::Path("."),
        ..Request::default()
    })
}

const STATIC: &str = "smithy.rules#staticContextParams";

#[track_caller]
fn good(traits: &Value, own: Option<&str>) -> Generated {
    outcome(traits, own).unwrap_or_else(|found| panic!("{}", lines(&found).join("\n")))
}

fn refused(own: &str) -> Vec<String> {
    lines(&outcome(&json!({}), Some(own)).expect_err("these rules cannot be compiled"))
}

#[test]
fn a_model_without_rules_gets_no_endpoint_function() {
    let generated = good(&json!({}), None);
    assert!(!generated.files.contains_key("src/endpoint.rs"));
    assert!(generated.files["src/client.rs"].contains("endpoint_rules: None"));
}

#[test]
fn missing_settings_and_signing_schemes_are_reported() {
    let generated = good(&json!({ RULE_SET: rich() }), None);
    let at = "/shapes/t#S/traits/smithy.rules#endpointRuleSet";
    let said = lines(&generated.diagnostics).join("\n");
    for part in [
        format!(
            "note: {at}/parameters/Account: the client has no settings for these parameters of the endpoint rules: `AWS::Auth::AccountId`"
        ),
        format!("warning: {at}/rules/0/rules/0/endpoint: this endpoint requires requests signed with \"sigv4a\""),
    ] {
        assert!(said.contains(&part), "{part} is missing in:\n{said}");
    }
}

#[test]
fn a_diagram_alone_is_a_warning() {
    let generated = good(&json!({ DIAGRAM: {} }), None);
    let warnings: Vec<_> = generated.diagnostics.iter().filter(|found| found.severity == Severity::Warning).collect();
    assert!(warnings.iter().any(|found| found.message.contains("decision diagram")), "{warnings:?}");
    let both = good(&json!({ DIAGRAM: {}, RULE_SET: rich() }), None);
    assert!(!lines(&both.diagnostics).join("\n").contains("decision diagram"));
}

#[test]
fn a_file_of_rules_replaces_the_models_rules() {
    let own = r#"{ "version": "1.0", "parameters": {}, "rules": [
        { "type": "endpoint", "conditions": [], "endpoint": { "url": "https://own" } }, { "type": "error", "conditions": [], "error": "late" }
    ] }"#;
    let function = &good(&json!({ RULE_SET: rich() }), Some(own)).files["src/endpoint.rs"];
    assert!(function.contains("resolve(_: &Params<'_>)") && function.contains("https://own") && !function.contains("late"), "{function}");
    assert_eq!(refused("[]").len(), 1);
    assert!(
        refused(r#"{ "version": "1.0", "parameters": {}, "rules": [], "rules": [] }"#)[0].starts_with("r.json#/rules: the key `rules`")
    );
    assert!(refused("{}").iter().all(|line| line.starts_with("r.json: the key ")), "{:?}", refused("{}"));
}

#[test]
fn a_value_common_to_all_operations_is_a_constant() {
    let rules = |name: &str| {
        let parameter = json!({ "type": "string", "required": true });
        let endpoint = json!({ "url": format!("https://{{{name}}}.test") });
        let rule = json!({ "type": "endpoint", "conditions": [], "endpoint": endpoint });
        json!({ "version": "1.0", "parameters": { name: parameter }, "rules": [rule] }).to_string()
    };
    assert!(good(&json!({}), Some(&rules("Both"))).files["src/endpoint.rs"].contains("\"https://b.test\""));
    let both = Operations::Named(vec!["Op".to_owned(), "Other".to_owned()]);
    let found = lines(&outcome_of(&json!({}), Some(&rules("Kind")), both).expect_err("one client cannot serve both"));
    assert!(found[0].contains("the parameter `Kind` is required, and the client has no value for it"), "{found:?}");
    // With all operations, those that agree make a crate.
    let all = good(&json!({}), Some(&rules("Kind")));
    assert!(all.files["src/endpoint.rs"].contains("\"https://a.test\""));
    assert_eq!(all.operations, ["Op"]);
    let said = lines(&all.diagnostics).join("\n");
    let warning = "warning: /shapes/t#Other: `Other` is left out: it gives the parameter `Kind` of the endpoint rules the value \"c\", the others \
        give another, and a client has one endpoint\n  hint: to generate a crate for them: --operations Other";
    assert!(said.contains(warning), "{said}");
}

#[test]
fn a_region_used_without_a_test_is_required() {
    let region =
        r#""Region": { "builtIn": "AWS::Region", "type": "string" }, "Endpoint": { "builtIn": "SDK::Endpoint", "type": "string" }"#;
    let rules = |reference: &str| {
        let first = r#"{ "type": "error", "conditions": [{ "fn": "not", "argv": [{ "fn": "isSet", "argv": [{ "ref": "Region" }] }] }], "error": "none" }"#;
        let last = format!(r#"{{ "type": "endpoint", "conditions": [], "endpoint": {{ "url": "https://{{{reference}}}.test" }} }}"#);
        format!(r#"{{ "version": "1.0", "parameters": {{ {region} }}, "rules": [{first}, {last}] }}"#)
    };
    let function = &good(&json!({}), Some(&rules("Region"))).files["src/endpoint.rs"];
    assert!(function.contains("let Some(region) = region else") && !function.contains("\"none\""), "{function}");
    assert!(refused(&rules("Endpoint"))[0].contains("the value may be unset here"));
}

#[test]
fn damaged_rules_never_panic() {
    let changes = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("{"),
        json!("{Region#a[0]}"),
        json!("sigv4"),
        json!([]),
        json!([{}]),
        json!({}),
        json!({ "ref": "Region" }),
        json!({ "fn": "isSet", "argv": [{ "ref": "Account" }] }),
        json!({ "fn": "substring", "argv": ["abc", 0, 1, false], "assign": "Region" }),
    ];
    let original = rich();
    for place in crate::check::tests::damage::places(&original) {
        for change in &changes {
            let mut damaged = original.clone();
            damaged.pointer_mut(&place).into_iter().for_each(|value| *value = change.clone());
            if let Ok(generated) = outcome(&json!({}), Some(&damaged.to_string())) {
                assert!(!generated.files["src/endpoint.rs"].contains("compile_error!"), "{place}: {change}");
            }
        }
    }
    let deep = format!("{}{}", r#"{"rules":["#.repeat(10_000), "]}".repeat(10_000));
    assert!(refused(&deep)[0].contains("nested too deeply"));
}
