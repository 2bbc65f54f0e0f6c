//! JSON text to values that know where they stand: every access that fails says so with a pointer.

use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::model::Pointer;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Parses a file whose top must be an object. Keys that appear twice are added to the findings; text that is no JSON ends the run at once.
pub(crate) fn parse(file: &str, text: &str, findings: &mut Findings) -> Result<Map<String, Value>, Diagnostic> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str(text) {
        Ok(Value::Object(top)) => {
            find_duplicates(text, findings);
            Ok(top)
        }
        Ok(other) => {
            let message = format!("the file holds {}, where an object was expected at line 1, column 1", kind(&other));
            Err(Diagnostic::error(file, &Pointer::default(), message).hint(EXPECTED))
        }
        Err(error) => Err(not_json(file, text, &error)),
    }
}

/// What can be read.
pub(crate) const EXPECTED: &str =
    "a model is a Smithy JSON AST (top-level key `smithy`) or botocore's service-2.json (top-level key `metadata`)";

fn not_json(file: &str, text: &str, error: &serde_json::Error) -> Diagnostic {
    let place = format!("line {}, column {}", error.line(), error.column().max(1));
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let (message, hint) = if text.trim().is_empty() {
        (format!("the file is empty: nothing at {place}"), EXPECTED)
    } else if error.is_eof() {
        (format!("the file ends in the middle, at {place}: {reason}"), "it was probably cut off: fetch it again")
    } else if reason.starts_with("recursion limit") {
        (format!("nested too deep, at {place}"), "at most 127 levels of objects and arrays can be read; no service model comes near that")
    } else if text.trim_start().starts_with("$version") || text.trim_start().starts_with("namespace ") {
        (format!("not JSON, at {place}: {reason}"), "this looks like Smithy's own language; turn it into JSON first with `smithy ast`")
    } else {
        (format!("not JSON, at {place}: {reason}"), EXPECTED)
    };
    Diagnostic::error(file, &Pointer::default(), message).hint(hint)
}

/// The JSON type of a value with its article.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// An object in the file. It remembers which keys were asked for, so that the others can be reported.
pub(crate) struct Object<'v> {
    fields: &'v Map<String, Value>,
    asked: BTreeSet<&'static str>,
    /// Where it stands.
    pub(crate) at: Pointer,
}

impl<'v> Object<'v> {
    /// The object at a place.
    pub(crate) fn new(fields: &'v Map<String, Value>, at: Pointer) -> Self {
        Self { fields, asked: BTreeSet::new(), at }
    }

    /// The value as an object; anything else is a finding.
    pub(crate) fn of(value: &'v Value, at: Pointer, findings: &mut Findings) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(Self::new(fields, at)),
            other => {
                findings.error(&at, format!("expected an object, found {}", kind(other)));
                None
            }
        }
    }

    /// The value of a key and where it stands.
    pub(crate) fn get(&mut self, key: &'static str) -> Option<(&'v Value, Pointer)> {
        self.asked.insert(key);
        self.fields.get(key).map(|value| (value, self.at.join(key)))
    }

    /// The string of a key; anything else than a string is a finding.
    pub(crate) fn text(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'v str> {
        let (value, at) = self.get(key)?;
        let text = value.as_str();
        if text.is_none() {
            findings.error(&at, format!("expected a string, found {}", kind(value)));
        }
        text
    }

    /// The string of a key that must be there.
    pub(crate) fn required_text(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'v str> {
        if !self.fields.contains_key(key) {
            findings.error(&self.at, format!("the key `{key}` is missing"));
        }
        self.text(key, findings)
    }

    /// Whether a key is there and `true`; anything else than a boolean is a finding.
    pub(crate) fn flag(&mut self, key: &'static str, findings: &mut Findings) -> bool {
        let Some((value, at)) = self.get(key) else { return false };
        value.as_bool().unwrap_or_else(|| {
            findings.error(&at, format!("expected true or false, found {}", kind(value)));
            false
        })
    }

    /// The object of a key; anything else than an object is a finding.
    pub(crate) fn object(&mut self, key: &'static str, findings: &mut Findings) -> Option<Self> {
        let (value, at) = self.get(key)?;
        Object::of(value, at, findings)
    }

    /// The items of the array of a key, none when the key is absent; anything else than an array is a finding.
    pub(crate) fn items(&mut self, key: &'static str, findings: &mut Findings) -> Vec<(&'v Value, Pointer)> {
        match self.get(key) {
            None => Vec::new(),
            Some((Value::Array(items), at)) => items.iter().enumerate().map(|(index, item)| (item, at.index(index))).collect(),
            Some((other, at)) => {
                findings.error(&at, format!("expected an array, found {}", kind(other)));
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
                None => findings.error(&at, format!("expected a string, found {}", kind(item))),
            }
        }
        texts
    }

    /// Every key with its value and place.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'v str, &'v Value, Pointer)> + use<'v> {
        let at = self.at.clone();
        self.fields.iter().map(move |(key, value)| (key.as_str(), value, at.join(key)))
    }

    /// The keys that nobody asked for.
    pub(crate) fn unasked(&self) -> Vec<(&'v str, &'v Value, Pointer)> {
        self.entries().filter(|(key, _, _)| !self.asked.contains(key)).collect()
    }
}

/// Where the scan of `find_duplicates` stands: in an object, under its latest key, or in an array, at an item.
enum Frame<'t> {
    Object { seen: BTreeSet<Cow<'t, str>>, key: Cow<'t, str> },
    Array(usize),
}

/// `serde_json` keeps the last of two equal keys and says nothing. The text is JSON here, so a scan of its punctuation suffices.
fn find_duplicates(text: &str, findings: &mut Findings) {
    let mut frames: Vec<Frame<'_>> = Vec::new();
    let mut expects_key = false;
    let mut bytes = text.bytes().enumerate();
    while let Some((start, byte)) = bytes.next() {
        match byte {
            b'{' => {
                frames.push(Frame::Object { seen: BTreeSet::new(), key: Cow::Borrowed("") });
                expects_key = true;
            }
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => {
                frames.pop();
                expects_key = false;
            }
            b',' => match frames.last_mut() {
                Some(Frame::Array(index)) => *index += 1,
                _ => expects_key = true,
            },
            b'"' => {
                let mut end = start;
                while let Some((place, byte)) = bytes.next() {
                    match byte {
                        b'\\' => {
                            bytes.next();
                        }
                        b'"' => {
                            end = place;
                            break;
                        }
                        _ => {}
                    }
                }
                let literal = text.get(start..=end).unwrap_or_default();
                if expects_key && let Some(Frame::Object { seen, key }) = frames.last_mut() {
                    expects_key = false;
                    *key = unescaped(literal);
                    if !seen.insert(key.clone()) {
                        let message = format!("the key {} appears twice", quoted(key));
                        findings.error_with_hint(&pointer(&frames), message, "only the last one would count; remove or rename one of them");
                    }
                }
            }
            _ => {}
        }
    }
}

/// The content of a string literal.
fn unescaped(literal: &str) -> Cow<'_, str> {
    if literal.contains('\\') {
        Cow::Owned(serde_json::from_str(literal).unwrap_or_default())
    } else {
        Cow::Borrowed(literal.trim_matches('"'))
    }
}

fn pointer(frames: &[Frame<'_>]) -> Pointer {
    frames.iter().fold(Pointer::default(), |at, frame| match frame {
        Frame::Object { key, .. } => at.join(key),
        Frame::Array(index) => at.index(*index),
    })
}

#[cfg(test)]
mod tests;
