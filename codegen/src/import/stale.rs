//! Our documentation that may be wrong after an import, because upstream changed the documented item.

use super::record::{Digests, Record};
use crate::model::{Kind, Member, Model, Shape};
use crate::suggest::enumeration;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Documentation of ours that may be out of date.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Stale {
    /// The name of the documented item: `StartBuildInput$idempotencyToken`.
    pub name: String,
    /// The change upstream.
    pub why: String,
}

/// Facts that documentation tends to repeat, by name: the range, the length, the values of an enum, and those of a list's items.
type Limits = BTreeMap<&'static str, Limit>;

/// A bound as text, or the values of an enum.
#[derive(Debug, Eq, PartialEq)]
enum Limit {
    Bound(String),
    Values(BTreeSet<String>),
}

/// Finds our documentation of items that upstream documents differently now, or whose range, length or values changed.
pub(super) fn stale(old: &Model, new: &Model, record: &Record, digests: &Digests) -> Vec<Stale> {
    let documented = documented(old, new);
    let mut found = BTreeSet::new();
    let mut note = |name: &str, why: String| {
        if documented.contains(name) {
            found.insert(Stale { name: name.to_owned(), why });
        }
    };
    for name in record.rewritten(digests) {
        note(name, "upstream has rewritten its documentation".to_owned());
    }
    for (id, shape) in &new.shapes {
        let Some(before) = old.shape(id) else { continue };
        for why in differences(&of_enum(before), &of_enum(shape)) {
            note(id.name(), why);
        }
        for (name, member) in shape.members() {
            let Some((_, before)) = before.members().find(|(other, _)| *other == name) else { continue };
            for why in differences(&of_member(old, before), &of_member(new, member)) {
                note(&format!("{}${name}", id.name()), why);
            }
        }
    }
    found.into_iter().collect()
}

/// The names of items that were documented before and still are.
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

/// The limits of a member's values: its own or those of its type, and those of the items if it is a list.
fn of_member(model: &Model, member: &Member) -> Limits {
    let Some(shape) = model.shape(&member.target) else { return Limits::new() };
    let mut limits = of_enum(shape);
    let stated = |id: &str| member.traits.get(id).or_else(|| shape.traits.get(id)).and_then(bound);
    limits.extend(stated("smithy.api#range").map(|bound| ("range", bound)));
    limits.extend(stated("smithy.api#length").map(|bound| ("length", bound)));
    if let Kind::List(item) = &shape.kind
        && let Some(target) = model.shape(&item.target)
    {
        let stated = |id: &str| item.traits.get(id).or_else(|| target.traits.get(id)).and_then(bound);
        limits.extend(stated("smithy.api#range").map(|bound| ("items' range", bound)));
        limits.extend(stated("smithy.api#length").map(|bound| ("items' length", bound)));
        limits.extend(of_enum(target));
    }
    limits
}

/// The values of an enum; empty for any other shape.
fn of_enum(shape: &Shape) -> Limits {
    if !matches!(shape.kind, Kind::Enum(_) | Kind::IntEnum(_)) {
        return Limits::new();
    }
    let shown = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let values = shape.members().filter_map(|(_, member)| member.traits.get("smithy.api#enumValue")).map(shown).collect();
    Limits::from([("values", Limit::Values(values))])
}

/// A range or a length as text; `None` if it allows everything.
fn bound(limits: &Value) -> Option<Limit> {
    let bound = |key: &str, words: &str| limits.get(key).map(|bound| format!("{words} {bound}"));
    let bounds: Vec<String> = [bound("min", "at least"), bound("max", "at most")].into_iter().flatten().collect();
    (!bounds.is_empty()).then(|| Limit::Bound(bounds.join(", ")))
}

/// Describes the differences.
fn differences(old: &Limits, new: &Limits) -> Vec<String> {
    let names: BTreeSet<&&str> = old.keys().chain(new.keys()).collect();
    let mut found = Vec::new();
    for name in names {
        match (old.get(name), new.get(name)) {
            (before, after) if before == after => {}
            (Some(Limit::Values(before)), Some(Limit::Values(after))) => {
                found.extend(values("new", &after.difference(before).collect::<Vec<_>>()));
                found.extend(values("without the", &before.difference(after).collect::<Vec<_>>()));
            }
            (before, after) => found.push(format!("the {name} was {} and is {}", shown(before), shown(after))),
        }
    }
    found
}

fn values(what: &str, values: &[&String]) -> Option<String> {
    let plural = if values.len() > 1 { "values" } else { "value" };
    (!values.is_empty()).then(|| format!("{what} {plural} {}", enumeration(values)))
}

fn shown(limit: Option<&Limit>) -> &str {
    match limit {
        Some(Limit::Bound(words)) => words,
        Some(Limit::Values(_)) => "an enum's",
        None => "not limited",
    }
}
