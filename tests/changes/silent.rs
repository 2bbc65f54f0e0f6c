//! The 24 of the 34 changes that the API-changes site does not show. The site was measured on all 34; each test has the number of its change.

mod more;

use super::{check, check_from, member};
use serde_json::json;

#[test]
fn case_11_a_member_is_removed() {
    check(&[("/shapes/PutThingInput/members/limit", json!(null))], &["PutThing request limit: member-removed compatible major"]);
    check(&[("/shapes/GetThingsOutput/members/count", json!(null))], &["GetThings response count: member-removed breaking major"]);
}

#[test]
fn case_12_an_enum_loses_a_value() {
    check(
        &[("/shapes/Sort/enum", json!(["SMALL"]))],
        &[
            "GetThings response things[].sort: enum-value-removed compatible major",
            "PutThing request thing.sort: enum-value-removed breaking major",
        ],
    );
}

#[test]
fn case_13_an_enum_is_reordered() {
    check(
        &[("/shapes/Sort/enum", json!(["LARGE", "SMALL"]))],
        &[
            "GetThings response things[].sort: enum-reordered compatible none",
            "PutThing request thing.sort: enum-reordered compatible none",
        ],
    );
}

#[test]
fn case_14_an_enum_becomes_a_plain_string() {
    check(
        &[("/shapes/Sort/enum", json!(null))],
        &["GetThings response things[].sort: enum-dropped compatible major", "PutThing request thing.sort: enum-dropped compatible major"],
    );
}

#[test]
fn case_15_a_member_becomes_required() {
    // At the top of an input, every member stays optional for the compiler.
    check(&[("/shapes/PutThingInput/required", json!(["thing", "token"]))], &["PutThing request token: became-required breaking none"]);
    check(&[("/shapes/GetThingsOutput/required", json!(["count"]))], &["GetThings response count: became-required compatible major"]);
    check(
        &[("/shapes/Thing/required", json!(["name", "size"]))],
        &[
            "GetThings response things[].size: became-required compatible major",
            "PutThing request thing.size: became-required breaking major",
        ],
    );
    // Members that are structures are always optional in the crate.
    check(
        &[("/shapes/Thing/required", json!(["name", "part"]))],
        &[
            "GetThings response things[].part: became-required compatible none",
            "PutThing request thing.part: became-required breaking none",
        ],
    );
}

#[test]
fn case_16_a_member_becomes_optional() {
    check(&[("/shapes/PutThingInput/required", json!([]))], &["PutThing request thing: became-optional compatible none"]);
    check(
        &[("/shapes/Thing/required", json!([]))],
        &[
            "GetThings response things[].name: became-optional breaking major",
            "PutThing request thing.name: became-optional compatible major",
        ],
    );
}

#[test]
fn case_17_limits_and_patterns_change() {
    check(&[("/shapes/Limit/max", json!(2160))], &["PutThing request limit: constraint-relaxed compatible none"]);
    check(&[("/shapes/Limit/max", json!(100))], &["PutThing request limit: constraint-tightened breaking none"]);
    check(
        &[("/shapes/Limit/min", json!(10)), ("/shapes/Limit/max", json!(900))],
        &["PutThing request limit: constraint-tightened breaking none", "PutThing request limit: constraint-relaxed compatible none"],
    );
    check(
        &[("/shapes/Name/min", json!(1)), ("/shapes/Name/pattern", json!("[a-z0-9]+"))],
        &[
            "GetThings response things[].name: constraint-relaxed compatible none",
            "GetThings response things[].name: pattern-changed compatible none",
            "PutThing request thing.name: constraint-relaxed compatible none",
            "PutThing request thing.name: pattern-changed compatible none",
        ],
    );
    check(
        &[("/shapes/Text/min", json!(1))],
        &[
            "GetThings request note: constraint-tightened breaking none",
            "GetThings response seal.stamp: constraint-tightened compatible none",
            "PutThing request token: constraint-tightened breaking none",
            "PutThing response Oops.reason: constraint-tightened compatible none",
        ],
    );
}

#[test]
fn case_18_a_number_is_widened() {
    check(
        &[("/shapes/Size/type", json!("long"))],
        &[
            "GetThings response things[].size: number-widened breaking major",
            "PutThing request thing.size: number-widened compatible major",
        ],
    );
    check_from(
        &[("/shapes/Size/type", json!("long"))],
        &[("/shapes/Size/type", json!("integer"))],
        &[
            "GetThings response things[].size: number-narrowed compatible major",
            "PutThing request thing.size: number-narrowed breaking major",
        ],
    );
}

#[test]
fn case_19_a_string_becomes_a_structure() {
    check(
        &[("/shapes/Name", json!({ "type": "structure", "members": {} }))],
        &["GetThings response things[].name: type-changed breaking major", "PutThing request thing.name: type-changed breaking major"],
    );
}

#[test]
fn case_20_a_list_becomes_a_structure() {
    check(
        &[("/shapes/Things", json!({ "type": "structure", "members": { "items": member("Thing") } }))],
        &["GetThings response things: type-changed breaking major"],
    );
}

#[test]
fn case_21_a_member_gets_another_shape_of_its_type() {
    check(
        &[("/shapes/GetThingsInput/members/note/shape", json!("OtherText"))],
        &["GetThings request note: member-retargeted compatible none"],
    );
    // The name of a structure is the name of its Rust type.
    let other = ("/shapes/Other", json!({ "type": "structure", "members": { "code": member("Code") } }));
    check(
        &[other.clone(), ("/shapes/Thing/members/part", member("Other"))],
        &[
            "GetThings response things[].part: member-retargeted compatible major",
            "PutThing request thing.part: member-retargeted compatible major",
            "service: shape-added compatible none",
        ],
    );
    check(
        &[other, ("/shapes/Thing/members/part", member("Other")), ("/shapes/Part", json!(null))],
        &[
            "GetThings response things[].part: shape-renamed compatible major",
            "PutThing request thing.part: shape-renamed compatible major",
            "service: shape-added compatible none",
            "service: shape-removed compatible none",
        ],
    );
}
