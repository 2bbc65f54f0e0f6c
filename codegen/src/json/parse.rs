//! Parses text.

use super::value::Json;
use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::model::Pointer;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use std::collections::BTreeSet;
use std::fmt;

/// The supported formats, as a hint.
pub(crate) const EXPECTED: &str =
    "a model is a Smithy JSON AST (top-level key `smithy`) or botocore's service-2.json (top-level key `metadata`)";

/// Parses a file whose top must be an object. Duplicate keys are added to the findings; text that is not JSON is an error.
pub(crate) fn parse(file: &str, text: &str, findings: &mut Findings) -> Result<Json, Diagnostic> {
    let text = without_mark(text);
    match serde_json::from_str(text) {
        Ok(top @ Json::Object(_)) => {
            find_duplicates(&top, &Pointer::default(), findings);
            Ok(top)
        }
        Ok(other) => {
            let message = format!("the file holds {}, where an object was expected at line 1, column 1", other.kind());
            Err(Diagnostic::error(file, &Pointer::default(), message).hint(EXPECTED))
        }
        Err(error) => Err(not_json(file, text, &error)),
    }
}

impl Json {
    /// Parses a text in which `parse` has found no fault; any other text gives an empty object.
    pub(crate) fn parse(text: &str) -> Self {
        serde_json::from_str(without_mark(text)).unwrap_or_else(|_| Self::object())
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn not_json(file: &str, text: &str, error: &serde_json::Error) -> Diagnostic {
    let place = format!("line {}, column {}", error.line(), error.column().max(1));
    let reason = error.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    let (message, hint) = if text.trim().is_empty() {
        (format!("the file is empty: nothing at {place}"), EXPECTED)
    } else if error.is_eof() {
        (format!("the file ends in the middle, at {place}: {reason}"), "it was probably cut off: fetch it again")
    } else if reason.starts_with("recursion limit") {
        (format!("nested too deeply, at {place}"), "at most 127 levels of objects and arrays can be read; no service model comes near that")
    } else if text.trim_start().starts_with("$version") || text.trim_start().starts_with("namespace ") {
        (format!("not JSON, at {place}: {reason}"), "this looks like Smithy's own language; turn it into JSON first with `smithy ast`")
    } else {
        (format!("not JSON, at {place}: {reason}"), EXPECTED)
    };
    Diagnostic::error(file, &Pointer::default(), message).hint(hint)
}

/// Reports each duplicate key. The parser bounds the depth.
fn find_duplicates(json: &Json, at: &Pointer, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (key, value) in json.members() {
        if !seen.insert(key) {
            let message = format!("the key {} appears twice", quoted(key));
            findings.error_with_hint(&at.join(key), message, "only the last one would count; remove or rename one of them");
        }
        if !matches!(value, Json::Scalar(_)) {
            find_duplicates(value, &at.join(key), findings);
        }
    }
    for (index, item) in json.items().iter().enumerate() {
        find_duplicates(item, &at.index(index), findings);
    }
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
