//! Reads an object of a file key by key; every failure is reported with a pointer.

use super::value::Json;
use crate::diagnostic::Findings;
use crate::model::Pointer;
use std::collections::{BTreeMap, BTreeSet};

/// An object in the file. It remembers the keys that were read, so that the others can be reported.
pub(crate) struct Object<'v> {
    json: &'v Json,
    asked: BTreeSet<&'static str>,
    /// The object's place.
    pub(crate) at: Pointer,
}

impl<'v> Object<'v> {
    /// The object at a place. Any other value is treated as an empty object.
    pub(crate) fn new(json: &'v Json, at: Pointer) -> Self {
        Self { json, asked: BTreeSet::new(), at }
    }

    /// The value as an object; any other value is a finding.
    pub(crate) fn of(value: &'v Json, at: Pointer, findings: &mut Findings) -> Option<Self> {
        match value {
            object @ Json::Object(_) => Some(Self::new(object, at)),
            other => {
                findings.error(&at, format!("expected an object, found {}", other.kind()));
                None
            }
        }
    }

    /// The value of a key and its place.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<(&'v Json, Pointer)> {
        self.asked.insert(key);
        self.json.get(key).map(|value| (value, self.at.join(key)))
    }

    /// The string of a key; any other value is a finding.
    pub(crate) fn text(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'v str> {
        let (value, at) = self.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            findings.error(&at, format!("expected a string, found {}", value.kind()));
        }
        text
    }

    /// The string of a key that must be there.
    pub(crate) fn required_text(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'v str> {
        if self.json.get(key).is_none() {
            findings.error(&self.at, format!("the key `{key}` is missing"));
        }
        self.text(key, findings)
    }

    /// True if a key has the value `true`; a value other than a boolean is a finding.
    pub(crate) fn flag(&mut self, key: &'static str, findings: &mut Findings) -> bool {
        let Some((value, at)) = self.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            findings.error(&at, format!("expected true or false, found {}", value.kind()));
            false
        })
    }

    /// The object of a key; any other value is a finding.
    pub(crate) fn object(&mut self, key: &'static str, findings: &mut Findings) -> Option<Self> {
        let (value, at) = self.get(key)?;
        Object::of(value, at, findings)
    }

    /// The items of the array of a key, none when the key is absent; any other value is a finding.
    pub(crate) fn items(&mut self, key: &'static str, findings: &mut Findings) -> Vec<(&'v Json, Pointer)> {
        match self.get(key) {
            None => Vec::new(),
            Some((Json::Array(items), at)) => items.iter().enumerate().map(|(index, item)| (item, at.index(index))).collect(),
            Some((other, at)) => {
                findings.error(&at, format!("expected an array, found {}", other.kind()));
                Vec::new()
            }
        }
    }

    /// The strings of the array of a key; other items are findings.
    pub(crate) fn texts(&mut self, key: &'static str, findings: &mut Findings) -> Vec<(&'v str, Pointer)> {
        let mut texts = Vec::new();
        for (item, at) in self.items(key, findings) {
            match item.as_str() {
                Some(text) => texts.push((text, at)),
                None => findings.error(&at, format!("expected a string, found {}", item.kind())),
            }
        }
        texts
    }

    /// Every key with its value and place, sorted by name, so that the order of keys in the file has no effect. The last of equal keys counts.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'v str, &'v Json, Pointer)> + use<'v> {
        let at = self.at.clone();
        let sorted: BTreeMap<&str, &Json> = self.json.members().iter().map(|(key, value)| (key.as_str(), value)).collect();
        sorted.into_iter().map(move |(key, value)| (key, value, at.join(key)))
    }

    /// The keys that have not been read.
    pub(crate) fn unread(&self) -> Vec<(&'v str, &'v Json, Pointer)> {
        self.entries().filter(|(key, _, _)| !self.asked.contains(key)).collect()
    }
}
