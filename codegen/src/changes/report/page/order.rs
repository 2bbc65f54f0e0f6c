//! The order of members in a file, which the model does not keep.

use crate::changes::surface;
use crate::json::Json;
use crate::model::{Member, Members, Pointer};
use std::collections::BTreeMap;

/// The position of each member among its shape's members, by its pointer.
pub(super) struct Order(BTreeMap<String, usize>);

impl Order {
    /// Takes the order from the text of a model in either format. Any other text has no members.
    pub(super) fn of(text: &str) -> Self {
        let mut places = BTreeMap::new();
        let root = Json::parse(text);
        let at = Pointer::default().join("shapes");
        for (name, shape) in root.get("shapes").map_or(&[][..], Json::members) {
            let at = at.join(name).join("members");
            for (index, (member, _)) in shape.get("members").map_or(&[][..], Json::members).iter().enumerate() {
                places.insert(at.join(member).as_str().to_owned(), index);
            }
        }
        Self(places)
    }

    /// A member's position in the file, or in the list that it comes from.
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
