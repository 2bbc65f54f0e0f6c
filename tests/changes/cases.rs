//! The ten of the 34 changes (see [`silent`](super::silent)) that the API-changes site reports, or fails on.

use super::{check, member};
use serde_json::json;

#[test]
fn case_01_a_member_is_added_inside_a_list() {
    check(
        &[("/shapes/Thing/members/extra", member("Text"))],
        &[
            "GetThings response things[].extra: member-added compatible minor",
            "PutThing request thing.extra: member-added compatible minor",
        ],
    );
}

#[test]
fn case_02_an_empty_structure_is_added() {
    check(
        &[("/shapes/Empty", json!({ "type": "structure", "members": {} })), ("/shapes/Thing/members/empty", member("Empty"))],
        &[
            "GetThings response things[].empty: member-added compatible minor",
            "PutThing request thing.empty: member-added compatible minor",
            "service: shape-added compatible none",
        ],
    );
}

#[test]
fn case_03_a_value_is_added_to_an_enum() {
    check(
        &[("/shapes/Sort/enum", json!(["SMALL", "LARGE", "HUGE"]))],
        &[
            "GetThings response things[].sort: enum-value-added compatible minor",
            "PutThing request thing.sort: enum-value-added compatible minor",
        ],
    );
}

#[test]
fn case_04_a_string_becomes_an_enum() {
    check(
        &[("/shapes/Name/enum", json!(["A", "B"]))],
        &[
            "GetThings response things[].name: enum-introduced compatible major",
            "PutThing request thing.name: enum-introduced breaking major",
        ],
    );
}

#[test]
fn case_05_an_operation_is_added() {
    check(
        &[("/operations/ListThings", json!({ "name": "ListThings", "output": { "shape": "GetThingsOutput" } }))],
        &["ListThings: operation-added compatible minor"],
    );
}

#[test]
fn case_06_a_member_is_added_in_both_directions() {
    check(
        &[("/shapes/Part/members/extra", member("Size"))],
        &[
            "GetThings response things[].part.extra: member-added compatible minor",
            "PutThing request thing.part.extra: member-added compatible minor",
        ],
    );
}

#[test]
fn case_07_a_member_is_replaced_by_another() {
    check(
        &[("/shapes/Seal/members", json!({ "wax": member("Text") }))],
        &["GetThings response seal.stamp: member-removed breaking major", "GetThings response seal.wax: member-added compatible minor"],
    );
}

#[test]
fn case_08_a_shape_changes_from_integer_to_string() {
    check(
        &[("/shapes/Size/type", json!("string"))],
        &["GetThings response things[].size: type-changed breaking major", "PutThing request thing.size: type-changed breaking major"],
    );
}

#[test]
fn case_09_a_shape_changes_from_structure_to_string() {
    check(
        &[("/shapes/Part", json!({ "type": "string" }))],
        &["GetThings response things[].part: type-changed breaking major", "PutThing request thing.part: type-changed breaking major"],
    );
}

#[test]
fn case_10_a_member_changes_from_integer_to_string() {
    check(&[("/shapes/GetThingsOutput/members/count/shape", json!("Text"))], &["GetThings response count: type-changed breaking major"]);
}
