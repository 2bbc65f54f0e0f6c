//! Endpoint rules: the hosts that differ, over regions, FIPS and dual stack.

use super::{agreement, compare, lines};
use codegen::changes::{Changes, Style};
use serde_json::{Value, json};
use smithlet_runtime::endpoint::partition;

/// A model in Smithy's form with these rules, or with none.
fn model(rules: Option<&Value>) -> String {
    let mut traits = json!({
        "aws.api#service": { "sdkId": "Things", "endpointPrefix": "things" }, "aws.auth#sigv4": { "name": "things" }, "aws.protocols#awsJson1_1": {}
    });
    if let Some(rules) = rules {
        traits["smithy.rules#endpointRuleSet"] = rules.clone();
    }
    json!({ "smithy": "2.0", "shapes": {
        "a.b#Things": { "type": "service", "version": "1", "operations": [{ "target": "a.b#Ask" }], "traits": traits },
        "a.b#Ask": { "type": "operation" },
    } })
    .to_string()
}

fn endpoint(conditions: &Value, url: &str) -> Value {
    json!({ "conditions": conditions, "type": "endpoint", "endpoint": { "url": url, "properties": {}, "headers": {} } })
}

/// A condition on a parameter.
fn is(name: &str, value: impl Into<Value>) -> Value {
    let value = value.into();
    let function = if value.is_string() { "stringEquals" } else { "booleanEquals" };
    json!({ "fn": function, "argv": [{ "ref": name }, value] })
}

/// Rules of the form that most services have.
fn usual_rules() -> Value {
    let parameter =
        |built_in: &str, kind: &str| json!({ "builtIn": built_in, "type": kind, "required": false, "documentation": "A setting." });
    let partition = json!({ "fn": "aws.partition", "argv": [{ "ref": "Region" }], "assign": "PartitionResult" });
    let supports =
        |what: &str| json!({ "fn": "booleanEquals", "argv": [true, { "fn": "getAttr", "argv": [{ "ref": "PartitionResult" }, what] }] });
    let (fips, dual_stack) = (is("UseFIPS", true), is("UseDualStack", true));
    let hosts = json!([
        endpoint(
            &json!([fips, dual_stack, supports("supportsFIPS"), supports("supportsDualStack")]),
            "https://things-fips.{Region}.{PartitionResult#dualStackDnsSuffix}"
        ),
        endpoint(&json!([fips]), "https://things-fips.{Region}.{PartitionResult#dnsSuffix}"),
        endpoint(&json!([dual_stack]), "https://things.{Region}.{PartitionResult#dualStackDnsSuffix}"),
        endpoint(&json!([]), "https://things.{Region}.{PartitionResult#dnsSuffix}"),
    ]);
    let custom = json!({ "fn": "isSet", "argv": [{ "ref": "Endpoint" }] });
    let region = json!({ "fn": "isSet", "argv": [{ "ref": "Region" }] });
    json!({
        "version": "1.0",
        "parameters": {
            "Region": parameter("AWS::Region", "string"), "UseFIPS": parameter("AWS::UseFIPS", "boolean"),
            "UseDualStack": parameter("AWS::UseDualStack", "boolean"), "Endpoint": parameter("SDK::Endpoint", "string"),
        },
        "rules": [
            endpoint(&json!([custom]), "{Endpoint}"),
            { "conditions": [region, partition], "type": "tree", "rules": hosts },
            { "conditions": [], "type": "error", "error": "no region" },
        ],
    })
}

/// The model with the usual rules, as text replaced.
fn with_rules(replaced: impl Fn(&str) -> String) -> String {
    model(Some(&serde_json::from_str(&replaced(&usual_rules().to_string())).expect("the rules are JSON")))
}

fn usual() -> String {
    model(Some(&usual_rules()))
}

/// The values of all differences.
fn hosts(changes: &Changes) -> Vec<(&str, &str)> {
    changes.changes.iter().map(|change| (change.before.as_deref().unwrap_or(""), change.after.as_deref().unwrap_or(""))).collect()
}

#[test]
fn a_host_that_differs_is_reported_with_its_regions_and_options() {
    let new =
        with_rules(|rules| rules.replace("https://things-fips.{Region}.{PartitionResult#dnsSuffix}", "https://fips.{Region}.example"));
    let changes = compare(&usual(), &new);
    assert!(lines(&changes).iter().all(|line| line == "service: endpoint-rules-changed compatible none"), "{:?}", lines(&changes));
    let found = hosts(&changes);
    let first = ("things-fips.{region}.amazonaws.com in us-east-1 and 37 more regions with FIPS", "fips.{region}.example");
    assert!(found.contains(&first), "{found:#?}");
    assert!(found.contains(&("things-fips.{region}.amazonaws.com.cn in cn-north-1 and 2 more regions with FIPS", "fips.{region}.example")));
    assert_eq!(found.len(), 7, "`aws-us-gov` has the domain of `aws`: {found:#?}");
    let report = changes.report(Style::Text, "2020-01-01", false);
    assert!(!report.contains("/rules/"), "no JSON pointers: {report}");
    agreement::check(&usual(), &new, changes.verdict.level);
}

#[test]
fn a_change_in_one_region_names_it_alone() {
    let region = json!({ "fn": "isSet", "argv": [{ "ref": "Region" }] });
    let conditions = json!([region, is("Region", "eu-west-1"), is("UseFIPS", false), is("UseDualStack", false)]);
    let rule = endpoint(&conditions, "https://ireland.example");
    let new = with_rules(|rules| {
        let mut rules: Value = serde_json::from_str(rules).expect("the rules are JSON");
        rules["rules"].as_array_mut().expect("a list of rules").insert(0, rule.clone());
        rules.to_string()
    });
    let changes = compare(&usual(), &new);
    assert_eq!(hosts(&changes), [("things.{region}.amazonaws.com in eu-west-1", "ireland.example")]);
}

#[test]
fn rules_that_say_the_same_in_another_way_say_so() {
    let new = with_rules(|rules| rules.replace("A setting.", "Another text."));
    let changes = compare(&usual(), &new);
    assert_eq!(hosts(&changes), [("", "the same hosts in all regions, with and without FIPS and dual stack")]);
    assert_eq!(hosts(&compare(&usual(), &usual())), []);
}

#[test]
fn a_signing_name_and_an_error_are_part_of_the_comparison() {
    let signed = |rules: &str| {
        let mut rules: Value = serde_json::from_str(rules).expect("the rules are JSON");
        let hosts = &mut rules["rules"][1]["rules"];
        hosts[2]["endpoint"]["properties"] =
            json!({ "authSchemes": [{ "name": "sigv4", "signingName": "stuff", "signingRegion": "{Region}" }] });
        hosts[1] = json!({ "conditions": hosts[1]["conditions"], "type": "error", "error": "no FIPS" });
        rules.to_string()
    };
    let changes = compare(&usual(), &with_rules(signed));
    let found = hosts(&changes);
    let signing = "things.{region}.api.aws, sigv4 for stuff in {region}";
    assert!(found.contains(&("things.{region}.api.aws in us-east-1 and 37 more regions with dual stack", signing)), "{found:#?}");
    assert!(found.iter().any(|(_, after)| *after == "the error \"no FIPS\""), "{found:#?}");
}

#[test]
fn rules_that_come_or_go_are_one_difference() {
    let without = model(None);
    assert_eq!(hosts(&compare(&without, &usual())), [("", "endpoint rules")]);
    assert_eq!(hosts(&compare(&usual(), &without)), [("endpoint rules", "")]);
}

#[test]
fn rules_that_double_a_text_at_every_step_are_cut_short() {
    let parameter = |built_in: Value| json!({ "builtIn": built_in, "type": "string", "required": false, "documentation": "-" });
    let double = |number: usize| json!({ "fn": "coalesce", "argv": [format!("{{T{number}}}{{T{number}}}"), "-"], "assign": format!("T{}", number + 1) });
    let first = json!({ "fn": "coalesce", "argv": ["aaaa", "-"], "assign": "T0" });
    let conditions: Vec<Value> = std::iter::once(first).chain((0..60).map(double)).collect();
    let endpoint = json!({ "url": "https://{T60}", "properties": {}, "headers": {} });
    let rules = json!({ "version": "1.0", "parameters": { "Region": parameter(json!("AWS::Region")) },
        "rules": [{ "conditions": conditions, "type": "endpoint", "endpoint": endpoint }] })
    .to_string();
    let changes = compare(&usual(), &with_rules(|_| rules.clone()));
    let found = hosts(&changes);
    let (last, listed) = found.split_last().expect("every host differs");
    assert!(listed.iter().all(|(_, after)| *after == "a host that depends on other settings"), "{listed:#?}");
    assert_eq!(*last, ("4 more hosts", "4 other hosts"), "the list has a bound");
}

/// The generator's table of partitions must agree with the runtime's.
#[test]
fn the_partitions_are_those_of_the_runtime() {
    const PARTS: &str = "https://{P#name}.{P#dnsSuffix}.{P#dualStackDnsSuffix}.{P#implicitGlobalRegion}";
    let rules = |url: &str| {
        let option = |name: &str| json!({ "fn": "booleanEquals", "argv": [{ "ref": name }, false] });
        let partition = json!({ "fn": "aws.partition", "argv": [{ "ref": "Region" }], "assign": "P" });
        let endpoint = json!({ "url": url, "properties": {}, "headers": {} });
        let parameter = |built_in: &str, kind: &str| json!({ "builtIn": built_in, "type": kind, "required": false, "documentation": "-" });
        json!({ "version": "1.0",
            "parameters": { "Region": parameter("AWS::Region", "string"), "F": parameter("AWS::UseFIPS", "boolean"), "D": parameter("AWS::UseDualStack", "boolean") },
            "rules": [{ "conditions": [option("F"), option("D"), partition], "type": "endpoint", "endpoint": endpoint },
                { "conditions": [], "type": "error", "error": "none" }] })
        .to_string()
    };
    let changes = compare(&with_rules(|_| rules("https://old")), &with_rules(|_| rules(PARTS)));
    let found: Vec<&str> = hosts(&changes).into_iter().map(|(_, after)| after).collect();
    for region in ["us-east-2", "cn-north-1", "us-gov-east-1", "us-iso-west-1", "us-isob-west-1", "us-isof-east-1"] {
        let one = partition(region);
        let expected = format!("{}.{}.{}.{}", one.name, one.dns_suffix, one.dual_stack_dns_suffix, one.implicit_global_region);
        assert!(found.contains(&expected.as_str()), "{expected} is not in {found:#?}");
    }
    // These have one region, which is their own implicit one.
    for region in ["eusc-de-east-1", "eu-isoe-west-1"] {
        let one = partition(region);
        assert_eq!(one.implicit_global_region, region);
        let expected = format!("{}.{}.{}.{{region}}", one.name, one.dns_suffix, one.dual_stack_dns_suffix);
        assert!(found.contains(&expected.as_str()), "{expected} is not in {found:#?}");
    }
}
