//! JSON that keeps the order of its keys, as a file that people read needs it.

use crate::model::Pointer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// A value, its objects in the order in which they were written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Scalar(Value),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a text that `read` has found nothing wrong with.
    pub(super) fn parse(text: &str) -> Self {
        serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_else(|_| Self::object())
    }

    pub(super) fn object() -> Self {
        Self::Object(Vec::new())
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Scalar(Value::String(text.into()))
    }

    /// A value whose objects are in the order of the first of `likes` that has their keys; what none of them has comes by name.
    pub(super) fn of(value: &Value, likes: &[&Json]) -> Self {
        match value {
            Value::Array(items) => Self::Array(
                items.iter().enumerate().map(|(index, item)| Self::of(item, &each(likes, |like| like.items().get(index)))).collect(),
            ),
            Value::Object(members) => {
                let place = |key: &str| {
                    let found = likes.iter().enumerate().find_map(|(like, json)| Some((like, json.place(key)?)));
                    found.unwrap_or((likes.len(), 0))
                };
                let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
                sorted.sort_by_key(|(key, _)| (place(key), *key));
                let inner = |key: &str, value| Self::of(value, &each(likes, |like| like.get(key)));
                Self::Object(sorted.into_iter().map(|(key, value)| (key.clone(), inner(key, value))).collect())
            }
            scalar => Self::Scalar(scalar.clone()),
        }
    }

    /// The same value without an order of its own.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Scalar(value) => value.clone(),
            Self::Array(items) => Value::Array(items.iter().map(Self::value).collect()),
            Self::Object(members) => Value::Object(members.iter().map(|(key, value)| (key.clone(), value.value())).collect()),
        }
    }

    pub(super) fn members(&self) -> &[(String, Json)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    fn items(&self) -> &[Json] {
        if let Self::Array(items) = self { items } else { &[] }
    }

    /// The members of an object; of anything else, none.
    pub(super) fn members_mut(&mut self) -> Option<&mut Vec<(String, Json)>> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// Where a key stands among the others.
    fn place(&self, key: &str) -> Option<usize> {
        self.members().iter().position(|(name, _)| name == key)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        self.members().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        if let Self::Object(members) = self { members.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value) } else { None }
    }

    /// What stands at a pointer.
    pub(super) fn at(&self, pointer: &str) -> Option<&Json> {
        pointer.split('/').skip(1).try_fold(self, |json, step| {
            let key = step.replace("~1", "/").replace("~0", "~");
            json.get(&key).or_else(|| json.items().get(key.parse::<usize>().ok()?))
        })
    }

    /// Where the thing at a pointer stands among its neighbours.
    pub(super) fn place_of(&self, pointer: &Pointer) -> Option<usize> {
        let (holder, key) = pointer.as_str().rsplit_once('/')?;
        match self.at(holder)? {
            Self::Object(_) => self.at(holder)?.place(&key.replace("~1", "/").replace("~0", "~")),
            Self::Scalar(_) | Self::Array(_) => key.parse().ok(),
        }
    }

    /// The ids of all shapes that something in here has for its target.
    pub(super) fn targets(&self, found: &mut BTreeSet<String>) {
        for (key, value) in self.members() {
            match value {
                Self::Scalar(Value::String(id)) if key == "target" => _ = found.insert(id.clone()),
                value => value.targets(found),
            }
        }
        self.items().iter().for_each(|item| item.targets(found));
    }

    /// Replaces a key's value, or adds it at the end.
    pub(super) fn set(&mut self, key: &str, value: Json) {
        if let Some(old) = self.get_mut(key) {
            *old = value;
        } else if let Some(members) = self.members_mut() {
            members.push((key.to_owned(), value));
        }
    }

    /// Replaces a key's value, or adds it before the first key from `from` on that comes after it by name.
    pub(super) fn set_sorted(&mut self, key: &str, value: Json, from: usize) {
        if self.get(key).is_some() {
            return self.set(key, value);
        }
        let Some(members) = self.members_mut() else { return };
        let place = members.iter().skip(from).position(|(name, _)| name.as_str() > key).map_or(members.len(), |place| place + from);
        members.insert(place, (key.to_owned(), value));
    }

    pub(super) fn remove(&mut self, key: &str) {
        if let Self::Object(members) = self {
            members.retain(|(name, _)| name != key);
        }
    }

    /// The text of a file: four columns for each level, a line end at the end.
    pub(super) fn print(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out + "\n"
    }

    fn write(&self, depth: usize, out: &mut String) {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.extend(std::iter::repeat_n("    ", depth));
        };
        // Writing into a text never fails.
        match self {
            Self::Scalar(value) => _ = write!(out, "{value}"),
            Self::Array(items) if items.is_empty() => out.push_str("[]"),
            Self::Object(members) if members.is_empty() => out.push_str("{}"),
            Self::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    line(out, depth + 1);
                    item.write(depth + 1, out);
                }
                line(out, depth);
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index > 0 { "," } else { "" });
                    line(out, depth + 1);
                    _ = write!(out, "{}: ", Value::from(key.as_str()));
                    value.write(depth + 1, out);
                }
                line(out, depth);
                out.push('}');
            }
        }
    }
}

/// What each of some values has inside, as far as it has it.
fn each<'j>(likes: &[&'j Json], inside: impl Fn(&'j Json) -> Option<&'j Json>) -> Vec<&'j Json> {
    likes.iter().filter_map(|like| inside(like)).collect()
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = map.next_entry()? {
            members.push(entry);
        }
        Ok(Json::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Scalar(Value::from(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Scalar(Value::from(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Scalar(Number::from_f64(value).map_or(Value::Null, Value::Number)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::text(value))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Scalar(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_in_our_form_comes_back_as_it_was() {
        let text = "{\n    \"b\": [\n        1,\n        -2,\n        0.5\n    ],\n    \"a\": {},\n    \"ä\\n\": [],\n    \"c\": null\n}\n";
        assert_eq!(Json::parse(text).print(), text);
    }

    #[test]
    fn what_is_new_stands_where_its_models_have_it() {
        let like = Json::parse(r#"{"z": 1, "x": {"q": 1, "p": 1}, "a": 1}"#);
        let other = Json::parse(r#"{"m": 1, "b": 1}"#);
        let value = json!({ "a": 1, "x": { "p": 1, "q": 1 }, "z": 2, "b": 0, "m": 0, "c": 0 });
        let keys: Vec<String> = Json::of(&value, &[&like, &other]).members().iter().map(|(key, _)| key.clone()).collect();
        assert_eq!(keys.concat(), "zxambc");
        assert!(Json::of(&value, &[&like]).print().contains("\"q\": 1,\n        \"p\""));
    }

    #[test]
    fn keys_are_added_by_name() {
        let mut json = Json::parse(r#"{"service": 1, "a": 1, "c": 1}"#);
        json.set_sorted("b", Json::text("new"), 1);
        json.set_sorted("d", Json::text("new"), 1);
        json.set_sorted("a", Json::text("set"), 1);
        let keys: Vec<&str> = json.members().iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys.concat(), "serviceabcd");
    }

    #[test]
    fn pointers_lead_into_lists_too() {
        let json = Json::parse(r#"{"a/b": [{"c": 1}]}"#);
        let item = Pointer::default().join("a/b").index(0);
        assert_eq!(json.at(item.join("c").as_str()), Some(&Json::Scalar(json!(1))));
        assert_eq!((json.place_of(&item), json.place_of(&item.join("c"))), (Some(0), Some(0)));
        assert_eq!(json.at("/x"), None);
    }
}
