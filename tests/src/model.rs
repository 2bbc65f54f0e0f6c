//! Values of the model's shapes, so that a test of every member follows the model.

use serde_json::{Map, Value};

/// The model of this repository.
///
/// # Panics
/// When the file does not exist or is not JSON.
pub fn codebuild() -> Value {
    let path = format!("{}/../model/codebuild.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A value of a shape in which every member of every structure is set: a string is the member's name and a unique number, a list has two
/// items, an enum has its last value.
///
/// # Panics
/// When the model has a shape of an unknown type.
pub fn whole(model: &Value, name: &str) -> Value {
    let mut values = Values { model, count: 0 };
    values.of(&format!("com.amazonaws.codebuild#{name}"), name)
}

struct Values<'m> {
    model: &'m Value,
    count: i32,
}

impl Values<'_> {
    /// A value of the shape; its strings begin with `label`.
    fn of(&mut self, id: &str, label: &str) -> Value {
        self.count += 1;
        let shape = &self.model["shapes"][id];
        match shape["type"].as_str() {
            Some("structure") => {
                let members = shape["members"].as_object().into_iter().flatten();
                members.map(|(name, member)| (name.clone(), self.target(member, name))).collect::<Map<_, _>>().into()
            }
            Some("list") => Value::from(vec![self.target(&shape["member"], label), self.target(&shape["member"], label)]),
            Some("map") => Map::from_iter([(format!("key {}", self.count), self.target(&shape["value"], label))]).into(),
            Some("enum") => {
                let last = shape["members"].as_object().into_iter().flatten().last();
                last.map_or(Value::Null, |(_, member)| member["traits"]["smithy.api#enumValue"].clone())
            }
            Some("string") => Value::from(format!("{label} {}", self.count)),
            Some("boolean") => Value::from(true),
            Some("integer" | "long" | "intEnum" | "short" | "byte") => self.number(shape),
            Some("float" | "double") => Value::from(f64::from(self.count) + 0.5),
            Some("timestamp") => Value::from(f64::from(self.count) + 0.25),
            other => panic!("{id}: shapes of the type {other:?} are not supported here: add them to tests/src/model.rs"),
        }
    }

    fn target(&mut self, member: &Value, label: &str) -> Value {
        self.of(member["target"].as_str().unwrap_or_default(), label)
    }

    /// A number within the shape's range.
    fn number(&self, shape: &Value) -> Value {
        let bound = |key: &str| shape["traits"]["smithy.api#range"][key].as_i64();
        let least = bound("min").unwrap_or(0);
        let most = bound("max").unwrap_or(i64::from(i8::MAX));
        Value::from(least + i64::from(self.count) % (most - least + 1).max(1))
    }
}

/// The ids of the members and shapes that the model or its overlay marks as sensitive.
///
/// # Panics
/// When the overlay does not exist or is not JSON.
pub fn sensitive(model: &Value) -> std::collections::BTreeSet<String> {
    let path = format!("{}/../model/codebuild.overlay.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let overlay: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let is_marked = |traits: &Value| traits.get("smithy.api#sensitive").is_some();
    let mut marked = std::collections::BTreeSet::new();
    for file in [model, &overlay] {
        for (id, shape) in file["shapes"].as_object().into_iter().flatten() {
            let members = shape["members"].as_object().into_iter().flatten();
            let members = members.filter(|(_, member)| is_marked(&member["traits"])).map(|(name, _)| format!("{id}${name}"));
            marked.extend(members.chain(is_marked(&shape["traits"]).then(|| id.clone())));
        }
    }
    marked
}
