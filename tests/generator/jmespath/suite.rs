//! The suite's files.

use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Expressions for one input.
pub(super) struct Group {
    pub(super) file: String,
    pub(super) given: Value,
    pub(super) cases: Vec<Case>,
}

/// An expression with its result or error.
pub(super) struct Case {
    pub(super) expression: String,
    pub(super) result: Option<Value>,
    error: Option<String>,
}

impl Case {
    pub(super) fn is_syntax_error(&self) -> bool {
        self.error.as_deref() == Some("syntax")
    }

    /// True if the suite says what the result is.
    pub(super) fn is_checked(&self) -> bool {
        self.result.is_some() || self.is_error()
    }

    pub(super) fn is_error(&self) -> bool {
        self.error.is_some()
    }
}

/// All groups of the suite, in the order of its files.
pub(super) fn groups() -> Result<Vec<Group>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder()?)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    let mut groups = Vec::new();
    for path in files {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let content: Value = serde_json::from_str(&fs::read_to_string(&path)?).with_context(|| file.clone())?;
        for group in content.as_array().context("the file is not a list")? {
            let cases = group.get("cases").and_then(Value::as_array).context("a group has no cases")?.iter().map(|case| {
                let text = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
                let expression = text("expression").context("a case has no expression")?;
                Ok(Case { expression, result: case.get("result").cloned(), error: text("error") })
            });
            let given = group.get("given").cloned().unwrap_or_default();
            groups.push(Group { file: file.clone(), given, cases: cases.collect::<Result<_>>()? });
        }
    }
    Ok(groups)
}

/// The folder with the suite, in the package of the Rust implementation.
fn folder() -> Result<PathBuf> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--manifest-path"])
        .arg(super::super::path("Cargo.toml"))
        .output()?;
    let metadata: Value = serde_json::from_slice(&metadata.stdout).context("cargo metadata has failed")?;
    let packages = metadata.get("packages").and_then(Value::as_array).context("there are no packages")?;
    let package = packages.iter().find(|package| package["name"] == "jmespath").context("jmespath is not a dependency")?;
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap_or_default());
    Ok(manifest.parent().context("a manifest is in a folder")?.join("tests/compliance"))
}

/// A result in the form that the program prints: an object of a multi-select is a list of its values, members that are null are left out, and every
/// number is a floating point number. Lists are sorted if their order is not defined.
pub(super) fn normal(value: &Value, layout: &Value, is_unordered: bool) -> Value {
    match (value, layout.get("list"), layout.get("hash").and_then(Value::as_array)) {
        (Value::Array(items), Some(item), _) => sorted(items.iter().map(|value| normal(value, item, is_unordered)).collect(), is_unordered),
        (Value::Object(entries), _, Some(keys)) => {
            let value =
                |key: &Value| normal(entries.get(key[0].as_str().unwrap_or_default()).unwrap_or(&Value::Null), &key[1], is_unordered);
            sorted(keys.iter().map(value).collect(), is_unordered)
        }
        (Value::Array(items), ..) => sorted(items.iter().map(|value| normal(value, layout, is_unordered)).collect(), is_unordered),
        (Value::Object(entries), ..) => {
            let present = entries.iter().filter(|(_, value)| !value.is_null());
            present.map(|(key, value)| (key.clone(), normal(value, layout, is_unordered))).collect()
        }
        (Value::Number(number), ..) => number.as_f64().map_or(Value::Null, Value::from),
        (other, ..) => other.clone(),
    }
}

fn sorted(mut items: Vec<Value>, is_unordered: bool) -> Value {
    if is_unordered {
        items.sort_by_key(Value::to_string);
    }
    Value::Array(items)
}

/// The kind of a fault, without its place and names.
pub(super) fn reason(fault: &str) -> String {
    let fault = fault.split_once("expression: ").map_or(fault, |(_, fault)| fault);
    let fault = fault.split(';').next().unwrap_or_default();
    let parts: Vec<&str> = fault.split('`').collect();
    if fault.starts_with("the function") {
        return fault.to_owned();
    }
    parts.iter().enumerate().map(|(index, part)| if index % 2 == 0 { part } else { "..." }).collect()
}

/// The member that a structure does not have, if that is the fault.
pub(super) fn missing_member(fault: &str) -> Option<String> {
    let (structure, rest) = fault.split_once(" has no member `")?;
    structure.contains("the structure `").then(|| rest.split('`').next().unwrap_or_default().to_owned())
}
