//! Compares the values of two enums.

use super::{Added, Pair, Step};
use crate::changes::compare::{renames, traits};
use crate::changes::{Kind, surface};
use crate::model::{Member, Members};
use std::collections::BTreeMap;

impl<'m> Pair<'_, 'm> {
    pub(super) fn values(&mut self, before: &'m Members, after: &'m Members) {
        let (old, new) = (by_value(before), by_value(after));
        let absent = |from: &BTreeMap<String, (&'m str, &'m Member)>, other: &BTreeMap<String, (&'m str, &'m Member)>| {
            from.keys().filter(|value| !other.contains_key(*value)).cloned().collect::<Vec<_>>()
        };
        let (added, removed) = (absent(&new, &old), absent(&old, &new));
        for value in &added {
            self.note(Kind::EnumValueAdded, None, None, Some(value.clone()), false);
        }
        for value in &removed {
            self.note(Kind::EnumValueRemoved, None, Some(value.clone()), None, false);
        }
        let (from, to): (Vec<&str>, Vec<&str>) = (removed.iter().map(String::as_str).collect(), added.iter().map(String::as_str).collect());
        for (from, to) in renames::find(&from, &to, |_, _| true) {
            self.note(Kind::EnumValueRenamed, None, Some(from.to_owned()), Some(to.to_owned()), false);
        }
        for (value, (name, member)) in &old {
            let Some((later, now)) = new.get(value) else { continue };
            if name != later && !self.context.mixed {
                self.note(Kind::EnumNameChanged, None, Some((*name).to_owned()), Some((*later).to_owned()), false);
            }
            for difference in traits::compare(self.context, &member.traits, &now.traits) {
                self.push(difference, Some(Step::Member(later)), None, false);
            }
        }
        self.order(&old, &new);
        if !added.is_empty() {
            let names = new.iter().filter(|(value, _)| added.contains(value));
            self.local.added = Added::Values(names.map(|(_, (name, member))| member.traits.text(VALUE).unwrap_or(name)).collect());
        }
    }

    /// Compares the order. Only values in lists have one; their positions in the file show it.
    fn order(&mut self, old: &BTreeMap<String, (&'m str, &'m Member)>, new: &BTreeMap<String, (&'m str, &'m Member)>) {
        let order = |values: &BTreeMap<String, (&'m str, &'m Member)>, other: &BTreeMap<String, (&'m str, &'m Member)>| {
            let kept = values.iter().filter(|(value, _)| other.contains_key(*value));
            let places: Option<Vec<(usize, String)>> =
                kept.map(|(value, (_, member))| Some((surface::listed_place(member)?, value.clone()))).collect();
            places.map(|mut places| {
                places.sort();
                places.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
            })
        };
        let (Some(before), Some(after)) = (order(old, new), order(new, old)) else { return };
        if before != after {
            self.note(Kind::EnumReordered, None, Some(before.join(" | ")), Some(after.join(" | ")), false);
        }
    }
}

const VALUE: &str = "smithy.api#enumValue";

fn by_value(members: &Members) -> BTreeMap<String, (&str, &Member)> {
    let value = |name: &str, member: &Member| {
        member.traits.get(VALUE).map_or_else(|| name.to_owned(), |value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    members.iter().map(|(name, member)| (value(name, member), (name.as_str(), member))).collect()
}
