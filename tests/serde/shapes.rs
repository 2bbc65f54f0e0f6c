//! Random JSON values of the model's shapes.

use proptest::prelude::*;
use serde_json::{Map, Value};

pub(crate) use smithlet_tests::model::codebuild as model;

/// Values of a shape as the crate writes them: members that are required or have a default are set, others may be.
pub(crate) fn values(model: &Value, name: &str) -> BoxedStrategy<Value> {
    of_shape(model, &format!("com.amazonaws.codebuild#{name}"))
}

fn of_shape(model: &Value, id: &str) -> BoxedStrategy<Value> {
    let shape = &model["shapes"][id];
    match shape["type"].as_str() {
        Some("structure") => structure(model, shape),
        Some("list") => prop::collection::vec(target(model, &shape["member"]), 0..3).prop_map(Value::from).boxed(),
        Some("enum") => {
            let members = shape["members"].as_object().expect("an enum has members").values();
            let known: Vec<Value> = members.map(|member| member["traits"]["smithy.api#enumValue"].clone()).collect();
            prop_oneof![4 => prop::sample::select(known), 1 => text()].boxed()
        }
        Some("map") => prop::collection::btree_map("[a-z]{1,9}", target(model, &shape["value"]), 0..3)
            .prop_map(|members| members.into_iter().collect::<Map<_, _>>().into())
            .boxed(),
        Some("string") => text(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => any::<i32>().prop_map(Value::from).boxed(),
        Some("float" | "double") => (-1e6..1e6_f64).prop_map(Value::from).boxed(),
        Some("long") => any::<i64>().prop_map(Value::from).boxed(),
        Some("timestamp") => timestamp(),
        other => panic!("{id}: shapes of the type {other:?} are not supported here: add them to tests/serde/shapes.rs"),
    }
}

fn target(model: &Value, member: &Value) -> BoxedStrategy<Value> {
    of_shape(model, member["target"].as_str().unwrap_or_default())
}

fn structure(model: &Value, shape: &Value) -> BoxedStrategy<Value> {
    let mut members: BoxedStrategy<Map<String, Value>> = Just(Map::new()).boxed();
    for (name, member) in shape["members"].as_object().into_iter().flatten() {
        let has = |name: &str| member["traits"].get(name).is_some();
        let always = has("smithy.api#required") || has("smithy.api#default");
        let value = target(model, member);
        let value = if always { value.prop_map(Some).boxed() } else { prop::option::of(value).boxed() };
        let name = name.clone();
        members = (members, value)
            .prop_map(move |(members, value)| members.into_iter().chain(value.map(|it| (name.clone(), it))).collect())
            .boxed();
    }
    members.prop_map(Value::from).boxed()
}

fn text() -> BoxedStrategy<Value> {
    prop_oneof!["[A-Za-z0-9:/._-]{0,20}", any::<String>()].prop_map(Value::from).boxed()
}

/// Seconds, with milliseconds or without, as the service sends them.
fn timestamp() -> BoxedStrategy<Value> {
    let milliseconds = (-62_135_596_800_000_i64..253_402_300_800_000).prop_map(|milliseconds| match milliseconds % 1_000 {
        0 => Value::from(milliseconds / 1_000),
        #[expect(clippy::cast_precision_loss, reason = "all numbers in the range are exact")]
        _ => Value::from(milliseconds as f64 / 1_000.0),
    });
    prop_oneof![milliseconds, (0..4_000_000_000_i64).prop_map(Value::from)].boxed()
}

/// A value in which one part is replaced, usually by a value of another type.
pub(crate) fn damaged(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let replacement = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        prop::sample::select(vec![0.0, 60.0, 0.5, -1e20, 1e300]).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        prop::sample::select(vec!["", "NaN", "2019-11-22T12:00:00Z"]).prop_map(Value::from),
        prop::sample::select(vec!["[]", "{}", "[null]", r#"[{"a":[1]}]"#, r#"{"more":{"b":[{}]}}"#])
            .prop_map(|text| serde_json::from_str(text).expect("it is JSON")),
    ];
    (value, any::<prop::sample::Index>(), replacement).prop_map(|(mut value, place, replacement)| {
        let mut left = place.index(parts(&value));
        replace(&mut value, &mut left, &replacement);
        value
    })
}

fn parts(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(parts).sum(),
        Value::Object(members) => members.values().map(parts).sum(),
        _ => 0,
    }
}

/// Replaces the part at an index in document order. Returns whether it has been reached.
fn replace(value: &mut Value, left: &mut usize, replacement: &Value) -> bool {
    if *left == 0 {
        value.clone_from(replacement);
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, left, replacement)),
        Value::Object(members) => members.values_mut().any(|member| replace(member, left, replacement)),
        _ => false,
    }
}
