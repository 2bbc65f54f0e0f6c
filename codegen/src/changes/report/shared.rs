//! Differences that more than one request or reply has, because the shape that differs is part of all of them.

use super::{code, detail};
use crate::changes::compare::MOST_WAYS;
use crate::changes::{Change, Kind, Level, Operation, Wire};
use std::collections::BTreeMap;

/// The identity of a difference and its meaning, wherever the shape is.
type Key<'c> = (&'c str, Kind, Option<&'c str>, Option<&'c str>, Option<&'c str>, Wire, Level, &'static str);

/// A place of a difference: the operation's name, and the difference with its direction and path there.
pub(super) type Place<'c> = (&'c str, &'c Change);

/// The differences that have several places.
pub(super) struct Shared<'c>(BTreeMap<Key<'c>, Vec<Place<'c>>>);

impl<'c> Shared<'c> {
    /// Finds them among the wanted differences of the operations.
    pub(super) fn new(operations: &'c [Operation], wanted: impl Fn(&Operation, &Change) -> bool) -> Self {
        let mut places: BTreeMap<Key<'c>, Vec<Place<'c>>> = BTreeMap::new();
        for operation in operations {
            // A difference without a direction is the operation's own.
            for change in operation.changes.iter().filter(|change| change.direction.is_some() && wanted(operation, change)) {
                places.entry(key(change)).or_default().push((&operation.name, change));
            }
        }
        places.retain(|_, places| places.len() > 1);
        Self(places)
    }

    pub(super) fn has(&self, change: &Change) -> bool {
        change.direction.is_some() && self.0.contains_key(&key(change))
    }

    /// Each difference with all its places. They come by shape, those in requests first.
    pub(super) fn each(&self) -> Vec<&[Place<'c>]> {
        let mut all: Vec<&[Place<'c>]> = self.0.values().map(Vec::as_slice).collect();
        all.sort_by_key(|places| places.first().map(|(_, change)| (&change.shape, change.kind, &change.member, change.direction)));
        all
    }

    /// The shapes of an operation's differences that are shared, each once.
    pub(super) fn shapes(&self, operation: &'c Operation) -> Vec<&'c str> {
        let mut shapes: Vec<&str> =
            operation.changes.iter().filter(|change| self.has(change)).map(|change| change.shape.as_str()).collect();
        shapes.sort_unstable();
        shapes.dedup();
        shapes
    }
}

fn key(change: &Change) -> Key<'_> {
    let Change { kind, shape, member, before, after, verdict, reason, .. } = change;
    (shape, *kind, member.as_deref(), before.as_deref(), after.as_deref(), verdict.wire, verdict.level, reason)
}

/// The most places that are shown.
pub(super) const SHOWN: usize = 6;

/// A shared difference on one line, with its reason and its places.
pub(super) fn line(places: &[Place<'_>]) -> String {
    let Some((_, change)) = places.first() else { return String::new() };
    let (wire, level) = (change.verdict.wire, change.verdict.level);
    let thing = match change.member.as_deref() {
        Some(part) if part.starts_with(['[', '{']) => format!("{}{part}", change.shape),
        Some(member) => format!("{}.{member}", change.shape),
        None => change.shape.clone(),
    };
    let shown: Vec<String> =
        places.iter().take(SHOWN).map(|(operation, change)| format!("{} {}", code(operation), place(change))).collect();
    let more = more(places.len());
    format!(
        "{}: {}{}; wire {wire}, crate {level}: {}; in {}{more}",
        code(&thing),
        words(change),
        detail(change),
        change.reason,
        shown.join(", ")
    )
}

/// The number of places that are not shown.
pub(super) fn more(places: usize) -> String {
    if places > SHOWN { format!(" and {} more", places - SHOWN) } else { String::new() }
}

/// The kind of a difference in words.
pub(super) fn words(change: &Change) -> String {
    change.kind.name().replace('-', " ")
}

/// The direction and path of a difference, and the number of its other places.
pub(super) fn place(change: &Change) -> String {
    let path = if change.path.is_empty() { String::new() } else { format!(" {}", code(&change.path)) };
    format!("{}{path}{}", change.direction.map(|direction| direction.to_string()).unwrap_or_default(), others(change.others))
}

/// The other places of a difference in the same request or reply.
pub(super) fn others(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => " and 1 other place".to_owned(),
        2..MOST_WAYS => format!(" and {count} other places"),
        _ => format!(" and more than {} other places", MOST_WAYS - 1),
    }
}
