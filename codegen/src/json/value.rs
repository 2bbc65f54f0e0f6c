//! The value and the ways to read and change it.

use crate::model::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// A JSON value whose objects keep the order in which they were written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// Null, a boolean, a number or a string.
    Scalar(Value),
    /// An array.
    Array(Vec<Json>),
    /// An object. The last value of a duplicate key counts.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// An object without members.
    pub(crate) fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// A string.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Scalar(Value::String(text.into()))
    }

    /// Converts a value. Its objects have the order of the first of `likes` that has their keys; other keys are sorted by name.
    pub(crate) fn of(value: &Value, likes: &[&Json]) -> Self {
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

    /// The value without its order of keys.
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Scalar(value) => value.clone(),
            Self::Array(items) => Value::Array(items.iter().map(Self::value).collect()),
            Self::Object(members) => Value::Object(members.iter().map(|(key, value)| (key.clone(), value.value())).collect()),
        }
    }

    /// The JSON type with its article.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Scalar(Value::Bool(_)) => "a boolean",
            Self::Scalar(Value::Number(_)) => "a number",
            Self::Scalar(Value::String(_)) => "a string",
            Self::Scalar(_) => "null",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::Scalar(value) = self { value.as_str() } else { None }
    }

    pub(crate) fn as_bool(&self) -> Option<bool> {
        if let Self::Scalar(value) = self { value.as_bool() } else { None }
    }

    /// The members of an object, or an empty slice for any other value.
    pub(crate) fn members(&self) -> &[(String, Json)] {
        if let Self::Object(members) = self { members } else { &[] }
    }

    /// The items of an array, or an empty slice for any other value.
    pub(crate) fn items(&self) -> &[Json] {
        if let Self::Array(items) = self { items } else { &[] }
    }

    /// The members of an object, for changes.
    pub(crate) fn members_mut(&mut self) -> Option<&mut Vec<(String, Json)>> {
        if let Self::Object(members) = self { Some(members) } else { None }
    }

    /// The position of a key in its object.
    fn place(&self, key: &str) -> Option<usize> {
        self.members().iter().rposition(|(name, _)| name == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        self.place(key).and_then(|place| self.members().get(place)).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Json> {
        let place = self.place(key)?;
        self.members_mut()?.get_mut(place).map(|(_, value)| value)
    }

    /// The value at a JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Json> {
        pointer.split('/').skip(1).try_fold(self, |json, step| {
            let key = step.replace("~1", "/").replace("~0", "~");
            json.get(&key).or_else(|| json.items().get(key.parse::<usize>().ok()?))
        })
    }

    /// The value at a JSON pointer that leads through objects only, for changes.
    pub(crate) fn at_mut(&mut self, pointer: &str) -> Option<&mut Json> {
        pointer.split('/').skip(1).try_fold(self, |json, step| json.get_mut(&step.replace("~1", "/").replace("~0", "~")))
    }

    /// The position of the value at a pointer in its object.
    pub(crate) fn place_of(&self, pointer: &Pointer) -> Option<usize> {
        let (holder, key) = pointer.as_str().rsplit_once('/')?;
        match self.at(holder)? {
            holder @ Self::Object(_) => holder.place(&key.replace("~1", "/").replace("~0", "~")),
            Self::Scalar(_) | Self::Array(_) => key.parse().ok(),
        }
    }

    /// The ids of all shapes targeted somewhere in this value.
    pub(crate) fn targets(&self, found: &mut BTreeSet<String>) {
        for (key, value) in self.members() {
            match value {
                Self::Scalar(Value::String(id)) if key == "target" => _ = found.insert(id.clone()),
                value => value.targets(found),
            }
        }
        self.items().iter().for_each(|item| item.targets(found));
    }

    /// Replaces a key's value, or adds it at the end.
    pub(crate) fn set(&mut self, key: &str, value: Json) {
        if let Some(old) = self.get_mut(key) {
            *old = value;
        } else if let Some(members) = self.members_mut() {
            members.push((key.to_owned(), value));
        }
    }

    /// Replaces a key's value, or adds it before the first key from `from` on that comes after it by name.
    pub(crate) fn set_sorted(&mut self, key: &str, value: Json, from: usize) {
        if self.get(key).is_some() {
            return self.set(key, value);
        }
        let Some(members) = self.members_mut() else { return };
        let place = members.iter().skip(from).position(|(name, _)| name.as_str() > key).map_or(members.len(), |place| place + from);
        members.insert(place, (key.to_owned(), value));
    }

    pub(crate) fn remove(&mut self, key: &str) {
        if let Self::Object(members) = self {
            members.retain(|(name, _)| name != key);
        }
    }
}

/// The parts that `inside` finds in these values.
fn each<'j>(likes: &[&'j Json], inside: impl Fn(&'j Json) -> Option<&'j Json>) -> Vec<&'j Json> {
    likes.iter().filter_map(|like| inside(like)).collect()
}
