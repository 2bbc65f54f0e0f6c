//! The order of members in a file, which the model does not keep.

use crate::changes::surface;
use crate::model::{Member, Members, Pointer};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// The place of each member among its shape's, by its pointer.
pub(super) struct Order(BTreeMap<String, usize>);

impl Order {
    /// Takes the order from the text of a model in either format; none from what is no model.
    pub(super) fn of(text: &str) -> Self {
        let mut places = BTreeMap::new();
        let root: Keys = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        let at = Pointer::default().join("shapes");
        for (shape, keys) in root.below("shapes") {
            let at = at.join(shape).join("members");
            for (index, (member, _)) in keys.below("members").enumerate() {
                places.insert(at.join(member).as_str().to_owned(), index);
            }
        }
        Self(places)
    }

    /// A member's place: the file's, or the one in the list that it comes from.
    pub(super) fn place(&self, member: &Member) -> usize {
        self.0.get(member.pointer.as_str()).copied().or_else(|| surface::listed_place(member)).unwrap_or(usize::MAX)
    }

    /// The members in the file's order.
    pub(super) fn sorted<'m>(&self, members: &'m Members) -> Vec<(&'m str, &'m Member)> {
        let mut sorted: Vec<_> = members.iter().map(|(name, member)| (name.as_str(), member)).collect();
        sorted.sort_by_key(|(_, member)| self.place(member));
        sorted
    }
}

/// The keys of an object in order, with those below each; of anything else, none.
#[derive(Default)]
struct Keys(Vec<(String, Keys)>);

impl Keys {
    fn below(&self, key: &str) -> impl Iterator<Item = (&str, &Keys)> {
        let found = self.0.iter().find(|(name, _)| name == key);
        found.into_iter().flat_map(|(_, keys)| &keys.0).map(|(name, keys)| (name.as_str(), keys))
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some(entry) = map.next_entry()? {
            keys.push(entry);
        }
        Ok(Keys(keys))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Keys, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Keys::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Keys, E> {
        Ok(Keys::default())
    }

    fn visit_unit<E>(self) -> Result<Keys, E> {
        Ok(Keys::default())
    }
}
