//! Our documentation that may be wrong after an import, because upstream changed what it is about.

use super::record::{Digests, Record};
use crate::model::{Kind, Model, Shape, ShapeId, Traits};
use crate::suggest::enumeration;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A piece of our documentation that somebody should read again.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Stale {
    /// The name of what is documented: `StartBuildInput$idempotencyToken`.
    pub name: String,
    /// What changed upstream.
    pub why: String,
}

/// The constraints that documentation tends to repeat.
const LIMITS: [(&str, &str); 2] = [("smithy.api#range", "range"), ("smithy.api#length", "length")];

/// What to read again: our words on what upstream has rewritten, and on shapes whose range, length or values are others now.
pub(super) fn stale(old: &Model, new: &Model, record: &Record, digests: &Digests) -> Vec<Stale> {
    let documented = documented(old, new);
    let mut found = BTreeSet::new();
    let mut note = |name: &str, why: &str| {
        if documented.contains(name) {
            found.insert(Stale { name: name.to_owned(), why: why.to_owned() });
        }
    };
    for name in record.rewritten(digests) {
        note(name, "upstream has rewritten its documentation");
    }
    let users = users(new);
    for (id, shape) in &new.shapes {
        let Some(before) = old.shape(id) else { continue };
        for why in differences(&before.traits, &shape.traits).into_iter().chain(values(before, shape)) {
            for name in about(id, &users, new) {
                note(&name, &format!("{why} (`{}`)", id.name()));
            }
        }
        for (name, member) in shape.members() {
            let Some((_, before)) = before.members().find(|(other, _)| *other == name) else { continue };
            for why in differences(&before.traits, &member.traits) {
                note(&format!("{}${name}", id.name()), &why);
            }
        }
    }
    found.into_iter().collect()
}

/// The names of what had documentation before and still has.
fn documented(old: &Model, new: &Model) -> BTreeSet<String> {
    let names = |model: &Model| -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for (id, shape) in &model.shapes {
            let members = shape.members().map(|(name, member)| (format!("{}${name}", id.name()), &member.traits));
            let own = (id.name().to_owned(), &shape.traits);
            names.extend(members.chain([own]).filter(|(_, traits)| !traits.documentation().is_empty()).map(|(name, _)| name));
        }
        names
    };
    names(old).intersection(&names(new)).cloned().collect()
}

/// The members that target each shape, with the shapes that they belong to.
fn users(model: &Model) -> BTreeMap<&ShapeId, Vec<(&ShapeId, &str)>> {
    let mut users: BTreeMap<&ShapeId, Vec<(&ShapeId, &str)>> = BTreeMap::new();
    for (id, shape) in &model.shapes {
        for (name, member) in shape.members() {
            users.entry(&member.target).or_default().push((id, name));
        }
    }
    users
}

/// The names of what speaks of a shape: the shape, and the members that hold it, by way of lists and maps too.
fn about(id: &ShapeId, users: &BTreeMap<&ShapeId, Vec<(&ShapeId, &str)>>, model: &Model) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let (mut open, mut seen) = (vec![id], BTreeSet::new());
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if model.shape(id).is_some_and(|shape| super::merge::is_shown(&shape.kind)) {
            names.insert(id.name().to_owned());
        }
        for (holder, member) in users.get(id).into_iter().flatten() {
            match model.shape(holder).map(|shape| &shape.kind) {
                Some(Kind::List(_) | Kind::Map { .. }) => open.push(holder),
                _ => drop(names.insert(format!("{}${member}", holder.name()))),
            }
        }
    }
    names
}

/// How the limits differ, in words.
fn differences(old: &Traits, new: &Traits) -> Vec<String> {
    let shown = |limits: Option<&Value>| {
        let bound = |key: &str, words: &str| limits.and_then(|limits| limits.get(key)).map(|bound| format!("{words} {bound}"));
        let bounds: Vec<String> = [bound("min", "at least"), bound("max", "at most")].into_iter().flatten().collect();
        if bounds.is_empty() { "not limited".to_owned() } else { bounds.join(", ") }
    };
    let changed = LIMITS.iter().filter(|(id, _)| old.get(id) != new.get(id));
    changed.map(|(id, name)| format!("the {name} was {} and is {}", shown(old.get(id)), shown(new.get(id)))).collect()
}

/// Which values of an enum came and went.
fn values(old: &Shape, new: &Shape) -> Vec<String> {
    let values = |shape: &Shape| -> BTreeSet<String> {
        if !matches!(shape.kind, Kind::Enum(_) | Kind::IntEnum(_)) {
            return BTreeSet::new();
        }
        let value = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        shape.members().filter_map(|(_, member)| member.traits.get("smithy.api#enumValue")).map(value).collect()
    };
    let (old, new) = (values(old), values(new));
    let told = |what: &str, values: Vec<&String>| {
        let plural = if values.len() > 1 { "values" } else { "value" };
        (!values.is_empty()).then(|| format!("{what} {plural} {}", enumeration(&values)))
    };
    [told("new", new.difference(&old).collect()), told("without the", old.difference(&new).collect())].into_iter().flatten().collect()
}
