//! Operations that go to different endpoints.
//!
//! A client resolves one endpoint for all of its operations. Where the endpoint rules need a parameter for which operations give different values,
//! one crate can serve only the operations with the same value.

use super::{Selection, closure};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, ShapeId};
use crate::rules::RuleSet;
use crate::suggest::first_of;
use serde_json::Value;
use std::cmp::Reverse;

const STATIC: &str = "smithy.rules#staticContextParams";

/// Keeps the operations that agree on every parameter that the rules need, with the value that most of them give. The others are left out with a
/// warning.
pub(crate) fn at_one_endpoint(
    model: &Model,
    file: &str,
    selection: Selection,
    rules: &RuleSet,
    warnings: &mut Vec<Diagnostic>,
) -> Selection {
    let mut operations = selection.operations.clone();
    let needed = rules.parameters.iter().filter(|(_, parameter)| parameter.required && parameter.default.is_none());
    for (name, _) in needed.filter(|(_, parameter)| parameter.built_in.is_none()) {
        let mut groups = groups(model, name, &operations);
        // The largest group comes first; of groups of the same size, the one with the first operation.
        groups.sort_by_key(|(_, group)| Reverse(group.len()));
        let mut groups = groups.into_iter();
        let Some((_, kept)) = groups.next() else { continue };
        for (value, group) in groups {
            warnings.extend(left_out(model, file, name, value, &group));
        }
        operations = kept;
    }
    if operations == selection.operations {
        return selection;
    }
    let shapes = model.services().next().map(|(_, _, service)| closure(model, service, &operations)).unwrap_or_default();
    Selection { operations, shapes, ..selection }
}

/// The operations grouped by the value that they give the parameter, in the order of their first operations.
fn groups<'m>(model: &'m Model, name: &str, operations: &[ShapeId]) -> Vec<(Option<&'m Value>, Vec<ShapeId>)> {
    let mut groups: Vec<(Option<&Value>, Vec<ShapeId>)> = Vec::new();
    for id in operations {
        let parameters = model.shape(id).and_then(|shape| shape.traits.get(STATIC));
        let value = parameters.and_then(|parameters| parameters.get(name)?.get("value"));
        match groups.iter_mut().find(|(other, _)| *other == value) {
            Some((_, group)) => group.push(id.clone()),
            None => groups.push((value, vec![id.clone()])),
        }
    }
    groups
}

fn left_out(model: &Model, file: &str, name: &str, value: Option<&Value>, group: &[ShapeId]) -> Option<Diagnostic> {
    let names: Vec<&str> = group.iter().map(ShapeId::name).collect();
    let value = value.map_or_else(|| "no value".to_owned(), |value| format!("the value {value}"));
    let (are, they) = if names.len() > 1 { ("are", "they give") } else { ("is", "it gives") };
    let message = format!(
        "{} {are} left out: {they} the parameter `{name}` of the endpoint rules {value}, the others give another, and a client has one endpoint",
        first_of(&names)
    );
    let first = model.shape(group.first()?)?;
    Some(Diagnostic::warning(file, &first.pointer, message).hint(format!("to generate a crate for them: --operations {}", names.join(","))))
}
