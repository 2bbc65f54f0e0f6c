//! Descriptions of pagination in both formats.

use super::*;
use crate::read;

const BOTOCORE: &str = r#"{
    "version": "2.0",
    "metadata": { "serviceId": "T", "protocol": "json", "jsonVersion": "1.1", "targetPrefix": "T", "apiVersion": "2020-01-01" },
    "operations": {
        "List": { "name": "List", "input": { "shape": "In" }, "output": { "shape": "Out" } }
    },
    "shapes": {
        "S": { "type": "string" },
        "N": { "type": "integer" },
        "B": { "type": "boolean" },
        "Names": { "type": "list", "member": { "shape": "S" } },
        "Inner": { "type": "structure", "members": { "Names": { "shape": "Names", "locationName": "names" } } },
        "In": { "type": "structure", "members": { "Token": { "shape": "S", "locationName": "token" }, "Other": { "shape": "S" }, "Limit": { "shape": "N" } } },
        "Out": { "type": "structure", "members": {
            "Next": { "shape": "S" }, "Further": { "shape": "S" }, "More": { "shape": "B" }, "Count": { "shape": "N" },
            "Names": { "shape": "Names" }, "Inner": { "shape": "Inner", "locationName": "inner" }
        } }
    }
}"#;

fn attached(entry: &str) -> Result<Traits, Vec<String>> {
    let mut model = read::read("service-2.json", BOTOCORE, &mut Vec::new()).expect("the model is valid");
    let text = format!(r#"{{ "pagination": {{ "List": {entry}, "Gone": {{ "input_token": "a", "output_token": "b" }} }} }}"#);
    let source = crate::Source { file: "paginators-1.json", text: &text };
    attach(&mut model, &source).map_err(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let traits = model.shape(&ShapeId::new("com.amazonaws.t#List")).expect("the operation is there").traits.clone();
    Ok(Traits(traits.0.into_iter().filter(|(id, _)| id == PAGINATED || id == BEYOND).collect()))
}

#[track_caller]
fn check(entry: &str, expected: &str) {
    let traits = attached(entry).expect("the entry is valid");
    let traits: serde_json::Map<String, Value> = traits.0.into_iter().collect();
    let expected: Value = serde_json::from_str(expected).expect("it is JSON");
    assert_eq!(Value::Object(traits), expected);
}

#[test]
fn a_plain_entry_is_smithys_trait() {
    check(
        r#"{ "input_token": "Token", "output_token": "Next", "limit_key": "Limit", "result_key": "Names" }"#,
        r#"{ "smithy.api#paginated": { "inputToken": "token", "outputToken": "Next", "pageSize": "Limit", "items": "Names" } }"#,
    );
    check(
        r#"{ "input_token": "Other", "output_token": "Next", "result_key": "Inner.Names" }"#,
        r#"{ "smithy.api#paginated": { "inputToken": "Other", "outputToken": "Next", "items": "inner.names" } }"#,
    );
}

#[test]
fn what_smithy_has_no_word_for_is_our_trait() {
    check(
        r#"{ "input_token": "Token", "output_token": "Next", "result_key": ["Count", "Names"], "more_results": "More", "non_aggregate_keys": ["Count"] }"#,
        r#"{
            "smithy.api#paginated": { "inputToken": "token", "outputToken": "Next", "items": "Names" },
            "smithlet.api#pagination": { "resultKeys": ["Count", "Names"], "moreResults": "More", "nonAggregateKeys": ["Count"] }
        }"#,
    );
    check(
        r#"{ "input_token": ["Token", "Other"], "output_token": ["Next", "Further || Inner.Names[-1]"], "limit_key": "Limit", "result_key": "Names" }"#,
        r#"{ "smithlet.api#pagination": {
            "inputTokens": ["token", "Other"], "outputTokens": ["Next", "Further || inner.names[-1]"], "pageSize": "Limit", "items": "Names"
        } }"#,
    );
    check(
        r#"{ "input_token": "Token", "output_token": "Next", "result_key": "Count", "py_input_token": "x" }"#,
        r#"{
            "smithy.api#paginated": { "inputToken": "token", "outputToken": "Next" },
            "smithlet.api#pagination": { "resultKeys": ["Count"], "py_input_token": "x" }
        }"#,
    );
}

#[test]
fn a_member_that_does_not_exist_stays() {
    check(
        r#"{ "input_token": "Tokens", "output_token": "Inner.Next", "result_key": "Inner.Nams" }"#,
        r#"{ "smithy.api#paginated": { "inputToken": "Tokens", "outputToken": "Inner.Next", "items": "Inner.Nams" } }"#,
    );
}

#[test]
fn every_fault_of_the_file_has_its_place() {
    for (entry, expected) in [
        ("[]", "paginators-1.json#/pagination/List: expected an object, found an array"),
        (r#"{ "output_token": "Next" }"#, "paginators-1.json#/pagination/List: the key `input_token` is missing"),
        (
            r#"{ "input_token": 1, "output_token": [1] }"#,
            "paginators-1.json#/pagination/List/input_token: expected a string, found a number",
        ),
        (
            r#"{ "input_token": ["Token", "Other"], "output_token": "Next" }"#,
            "paginators-1.json#/pagination/List/output_token: expected as many tokens as in `input_token`, which are 2, found 1",
        ),
        (
            r#"{ "input_token": "Token", "output_token": "Names[0]" }"#,
            "paginators-1.json#/pagination/List/output_token: the path `Names[0]` is not supported\n  \
             hint: a path has the names of members with dots between them; `[-1]` is the last item of a list",
        ),
    ] {
        let found = attached(entry).expect_err("the entry is not valid");
        assert!(found.iter().any(|found| found == expected), "{found:#?}");
    }
    let mut model = read::read("service-2.json", BOTOCORE, &mut Vec::new()).expect("the model is valid");
    for (text, expected) in [("{", "p.json: the file ends in the middle"), ("{}", "p.json: the key `pagination` is missing")] {
        let found = attach(&mut model, &crate::Source { file: "p.json", text }).expect_err("the file is not valid");
        assert!(found.iter().any(|found| found.to_string().starts_with(expected)), "{found:#?}");
    }
}
