//! The comparison of two models: the differences, the verdicts, and that the generator agrees with the verdicts.

mod agreement;
mod beyond;
mod cases;
mod committed;
mod effective;
mod endpoint_rules;
mod histories;
mod history;
mod html;
mod import;
mod odd;
mod pagination;
mod releases;
mod reports;
mod silent;
#[cfg(unix)]
mod update;
mod updates;

use codegen::changes::{Change, Changes, Comparison, Side};
use codegen::{Operations, Source};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A file or folder of this package.
fn path(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(inside)
}

fn text(inside: &str) -> String {
    let path = path(inside);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The small model that most tests edit.
fn model() -> Value {
    serde_json::from_str(&text("changes/model.json")).expect("the model is JSON")
}

/// One edit of a model: the value to put at a JSON pointer. Null removes the value there.
type Edit = (&'static str, Value);

/// The model after some edits. The object that holds the value must be there.
#[track_caller]
fn edited(mut model: Value, edits: &[Edit]) -> Value {
    for (pointer, value) in edits {
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
        let holder = model.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer}: nothing there"));
        match (holder, value.is_null()) {
            (Value::Object(members), true) => drop(members.remove(key).unwrap_or_else(|| panic!("{pointer}: nothing there"))),
            (Value::Object(members), false) => drop(members.insert(key.to_owned(), value.clone())),
            (other, _) => panic!("{pointer}: {other} has no members"),
        }
    }
    model
}

#[track_caller]
fn compare(old: &str, new: &str) -> Changes {
    compare_operations(old, new, Operations::All)
}

#[track_caller]
fn compare_operations(old: &str, new: &str, operations: Operations) -> Changes {
    let side = |file, text| Side { model: Source { file, text }, ..Side::default() };
    let comparison = Comparison { old: side("old.json", old), new: side("new.json", new), operations };
    codegen::changes::compare(&comparison).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// Each difference on a line: its place, its kind and the verdict.
fn lines(changes: &Changes) -> Vec<String> {
    let line = |operation: &str, change: &Change| {
        let direction = change.direction.map(|direction| format!(" {direction}")).unwrap_or_default();
        let place = format!("{operation}{direction} {}", change.path);
        format!("{}: {} {} {}", place.trim(), change.kind.name(), change.verdict.wire, change.verdict.level)
    };
    let of_operations =
        changes.operations.iter().flat_map(|operation| operation.changes.iter().map(move |change| line(&operation.name, change)));
    let of_service = changes.changes.iter().map(|change| line("service", change));
    let of_documentation = changes.documentation.iter().map(|entry| line(&entry.operations.join("+"), &entry.change));
    of_operations.chain(of_service).chain(of_documentation).collect()
}

/// Edits the small model and compares. The generator does not check the verdict: it cannot serve the model, or the API stays the same.
#[track_caller]
fn check_lines(before: &[Edit], edits: &[Edit], expected: &[&str]) {
    let old = edited(model(), before);
    let new = edited(old.clone(), edits);
    assert_eq!(lines(&compare(&old.to_string(), &new.to_string())), expected);
}

/// A member of a structure of the model.
fn member(shape: &str) -> Value {
    json!({ "shape": shape })
}

/// Edits the small model, compares, and checks the verdict on the crate with the generator.
#[track_caller]
fn check(edits: &[Edit], expected: &[&str]) {
    check_from(&[], edits, expected);
}

#[track_caller]
fn check_from(before: &[Edit], edits: &[Edit], expected: &[&str]) {
    let old = edited(model(), before);
    let new = edited(old.clone(), edits);
    let (old, new) = (old.to_string(), new.to_string());
    let changes = compare(&old, &new);
    assert_eq!(lines(&changes), expected);
    agreement::check(&old, &new, changes.verdict.level);
}
