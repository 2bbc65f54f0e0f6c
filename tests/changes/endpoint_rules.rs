//! Endpoint rules: the hosts that differ, over regions, FIPS and dual stack.

use super::{agreement, compare, lines, text};
use codegen::changes::{Changes, Style};
use serde_json::{Value, json};
use smithlet_runtime::endpoint::partition;

/// Our model, its rules as text replaced.
fn with_rules(replaced: impl Fn(&str) -> String) -> String {
    let mut model: Value = serde_json::from_str(&text("../model/codebuild.json")).expect("the model is JSON");
    let shapes = model["shapes"].as_object_mut().into_iter().flatten();
    for (_, shape) in shapes.filter(|(_, shape)| shape["type"] == "service") {
        let rules = shape["traits"]["smithy.rules#endpointRuleSet"].to_string();
        shape["traits"]["smithy.rules#endpointRuleSet"] = serde_json::from_str(&replaced(&rules)).expect("the rules are JSON");
    }
    model.to_string()
}

fn our_rules() -> String {
    with_rules(str::to_owned)
}

/// The values of all differences.
fn hosts(changes: &Changes) -> Vec<(&str, &str)> {
    changes.changes.iter().map(|change| (change.before.as_deref().unwrap_or(""), change.after.as_deref().unwrap_or(""))).collect()
}

#[test]
fn a_host_that_differs_is_reported_with_its_regions_and_options() {
    let new =
        with_rules(|rules| rules.replace("https://codebuild-fips.{Region}.{PartitionResult#dnsSuffix}", "https://fips.{Region}.example"));
    let changes = compare(&our_rules(), &new);
    assert!(lines(&changes).iter().all(|line| line == "service: endpoint-rules-changed compatible none"), "{:?}", lines(&changes));
    let found = hosts(&changes);
    let first = ("codebuild-fips.{region}.amazonaws.com in us-east-1 and 37 more regions with FIPS", "fips.{region}.example");
    assert!(found.contains(&first), "{found:#?}");
    assert!(
        found.contains(&("codebuild-fips.{region}.amazonaws.com.cn in cn-north-1 and 2 more regions with FIPS", "fips.{region}.example"))
    );
    assert_eq!(found.len(), 7, "`aws-us-gov` has the domain of `aws`: {found:#?}");
    let report = changes.report(Style::Text, "2020-01-01", false);
    assert!(!report.contains("/rules/"), "no JSON pointers: {report}");
    agreement::check(&our_rules(), &new, changes.verdict.level);
}

#[test]
fn a_change_in_one_region_names_it_alone() {
    let is = |name: &str, value: Value| json!({ "fn": if value.is_string() { "stringEquals" } else { "booleanEquals" }, "argv": [{ "ref": name }, value] });
    let conditions = json!([
        { "fn": "isSet", "argv": [{ "ref": "Region" }] }, is("Region", json!("eu-west-1")), is("UseFIPS", json!(false)), is("UseDualStack", json!(false))
    ]);
    let endpoint = json!({ "url": "https://ireland.example", "properties": {}, "headers": {} });
    let rule = json!({ "conditions": conditions, "type": "endpoint", "endpoint": endpoint });
    let new = with_rules(|rules| {
        let mut rules: Value = serde_json::from_str(rules).expect("the rules are JSON");
        rules["rules"].as_array_mut().expect("a list of rules").insert(0, rule.clone());
        rules.to_string()
    });
    let changes = compare(&our_rules(), &new);
    assert_eq!(hosts(&changes), [("codebuild.{region}.amazonaws.com in eu-west-1", "ireland.example")]);
}

#[test]
fn rules_that_say_the_same_in_another_way_say_so() {
    let new = with_rules(|rules| rules.replace("The Region that the request goes to.", "The region."));
    let changes = compare(&our_rules(), &new);
    assert_eq!(hosts(&changes), [("", "the same hosts in all regions, with and without FIPS and dual stack")]);
    assert_eq!(hosts(&compare(&our_rules(), &our_rules())), []);
}

#[test]
fn a_signing_name_and_an_error_are_part_of_the_comparison() {
    let new = with_rules(|rules| {
        let signed = r#""url":"https://codebuild.{Region}.{PartitionResult#dualStackDnsSuffix}","properties":{"authSchemes":[{"name":"sigv4","signingName":"build"}]}"#;
        let rules = rules.replace(r#""properties":{},"url":"https://codebuild.{Region}.{PartitionResult#dualStackDnsSuffix}""#, signed);
        rules.replace(r#"{"ref":"Endpoint"}]"#, r#"{"ref":"Region"}]"#)
    });
    let found = compare(&our_rules(), &new);
    let found = hosts(&found);
    assert!(found.iter().any(|(_, after)| after.starts_with("the error \"Invalid Configuration: FIPS")), "{found:#?}");
}

#[test]
fn rules_that_come_or_go_are_one_difference() {
    let mut without: Value = serde_json::from_str(&our_rules()).expect("JSON");
    for (_, shape) in without["shapes"].as_object_mut().into_iter().flatten().filter(|(_, shape)| shape["type"] == "service") {
        shape["traits"].as_object_mut().expect("traits").remove("smithy.rules#endpointRuleSet");
    }
    let without = without.to_string();
    assert_eq!(hosts(&compare(&without, &our_rules())), [("", "endpoint rules")]);
    assert_eq!(hosts(&compare(&our_rules(), &without)), [("endpoint rules", "")]);
}

/// The generator has a table of partitions of its own, which must say what the runtime's says.
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
