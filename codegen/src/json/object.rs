//! An object of a file, read key by key: every access that fails says so with a pointer.

use super::Json;
use crate::diagnostic::Findings;
use crate::model::Pointer;
use std::collections::{BTreeMap, BTreeSet};

/// An object in the file. It remembers which keys were asked for, so that the others can be reported.
pub(crate) struct Object<'v> {
    json: &'v Json,
    asked: BTreeSet<&'static str>,
    /// Where it stands.
    pub(crate) at: Pointer,
}

impl<'v> Object<'v> {
    /// The object at a place. A value that is not an object is read as one without members.
    pub(crate) fn new(json: &'v Json, at: Pointer) -> Self {
        Self { json, asked: BTreeSet::new(), at }
    }

    /// The value as an object; anything else is a finding.
    pub(crate) fn of(value: &'v Json, at: Pointer, findings: &mut Findings) -> Option<Self> {
        match value {
            object @ Json::Object(_) => Some(Self::new(object, at)),
            other => {
                findings.error(&at, format!("expected an object, found {}", other.kind()));
                None
            }
        }
    }

    /// The value of a key and where it stands.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<(&'v Json, Pointer)> {
        self.asked.insert(key);
        self.json.get(key).map(|value| (value, self.at.join(key)))
    }

    /// The string of a key; anything else than a string is a finding.
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

    /// Whether a key is there and `true`; anything else than a boolean is a finding.
    pub(crate) fn flag(&mut self, key: &'static str, findings: &mut Findings) -> bool {
        let Some((value, at)) = self.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            findings.error(&at, format!("expected true or false, found {}", value.kind()));
            false
        })
    }

    /// The object of a key; anything else than an object is a finding.
    pub(crate) fn object(&mut self, key: &'static str, findings: &mut Findings) -> Option<Self> {
        let (value, at) = self.get(key)?;
        Object::of(value, at, findings)
    }

    /// The items of the array of a key, none when the key is absent; anything else than an array is a finding.
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

    /// The strings of the array of a key; items that are no strings are findings.
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

    /// Every key with its value and place, by name: the order of a file's keys decides nothing. Of two equal keys the last one counts.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'v str, &'v Json, Pointer)> + use<'v> {
        let at = self.at.clone();
        let sorted: BTreeMap<&str, &Json> = self.json.members().iter().map(|(key, value)| (key.as_str(), value)).collect();
        sorted.into_iter().map(move |(key, value)| (key, value, at.join(key)))
    }

    /// The keys that nobody asked for.
    pub(crate) fn unasked(&self) -> Vec<(&'v str, &'v Json, Pointer)> {
        self.entries().filter(|(key, _, _)| !self.asked.contains(key)).collect()
    }
}
