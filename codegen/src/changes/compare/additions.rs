//! The additions to a request or a reply, in the nested form of the API-changes site: new members with the form of their values, below the
//! members that both models have, and new values of enums. Lists and maps on the way to them leave no mark.

use super::pair::{Added, Step};
use super::walk::Node;
use crate::changes::surface;
use crate::changes::tree::Tree;
use crate::model::{Kind, Model, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// The most parts of a tree. In a model in which every structure holds every other one, their number has no bound.
const MOST_PARTS: usize = 20_000;

/// The most levels of a tree.
const DEEPEST: usize = 32;

/// The sign for parts that are left out.
const MORE: &str = "...";

/// The additions at the first of the nodes and below it.
pub(super) fn additions(model: &Model, nodes: &[Node<'_>]) -> Tree {
    let new = with_additions(nodes);
    if new.first() != Some(&true) {
        return Tree::nothing();
    }
    let mut growth = Growth { model, nodes, new: &new, way: BTreeSet::new(), shapes: BTreeSet::new(), left: MOST_PARTS };
    growth.node(0).unwrap_or_else(Tree::nothing)
}

/// Marks the nodes at which, or below which, there are additions.
fn with_additions(nodes: &[Node<'_>]) -> Vec<bool> {
    let mut above: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, node) in nodes.iter().enumerate() {
        for (_, below) in &node.below {
            above.entry(*below).or_default().push(index);
        }
    }
    let mut new = vec![false; nodes.len()];
    let mut open: Vec<usize> =
        nodes.iter().enumerate().filter(|(_, node)| !matches!(node.local.added, Added::Nothing)).map(|(index, _)| index).collect();
    while let Some(index) = open.pop() {
        if let Some(seen) = new.get_mut(index).filter(|seen| !**seen) {
            *seen = true;
            open.extend(above.get(&index).into_iter().flatten());
        }
    }
    new
}

struct Growth<'n, 'm> {
    model: &'m Model,
    nodes: &'n [Node<'n>],
    new: &'n [bool],
    /// The nodes on the way to the present one. They are not entered again.
    way: BTreeSet<usize>,
    /// The shapes on the way to the present one. They are not entered again.
    shapes: BTreeSet<&'m ShapeId>,
    left: usize,
}

impl<'m> Growth<'_, 'm> {
    fn node(&mut self, index: usize) -> Option<Tree> {
        let node = self.nodes.get(index)?;
        if !*self.new.get(index)? || self.left == 0 || self.way.len() > DEEPEST || !self.way.insert(index) {
            return None;
        }
        self.left -= 1;
        let mut members = BTreeMap::new();
        let mut through = None;
        for (step, below) in &node.below {
            let Some(tree) = self.node(*below) else { continue };
            match step {
                Step::Member(name) => _ = members.insert((*name).to_owned(), tree),
                Step::Item | Step::Value => through = Some(tree),
                // The form has no place for keys. The list of differences has one.
                Step::Key => {}
            }
        }
        match &node.local.added {
            Added::Nothing => {}
            Added::Members(added) => {
                for (name, target) in added {
                    let known = self.model.shapes.get_key_value(*target);
                    let form = known.map_or_else(|| Tree::Text(target.name().to_owned()), |(id, _)| self.form(id));
                    members.insert((*name).to_owned(), form);
                }
            }
            Added::Values(values) => {
                self.way.remove(&index);
                return Some(Tree::Values(values.iter().map(|value| (*value).to_owned()).collect()));
            }
        }
        self.way.remove(&index);
        through.or_else(|| (!members.is_empty()).then_some(Tree::Members(members)))
    }

    /// The form of a shape's values.
    fn form(&mut self, id: &'m ShapeId) -> Tree {
        let Some(shape) = self.model.shape(id) else { return Tree::Text(id.name().to_owned()) };
        if self.left == 0 || self.shapes.len() > DEEPEST || !self.shapes.insert(id) {
            return Tree::Text(MORE.to_owned());
        }
        self.left -= 1;
        let tree = match &shape.kind {
            Kind::Structure(members) | Kind::Union(members) => {
                Tree::Members(members.iter().map(|(name, member)| (name.clone(), self.form(&member.target))).collect())
            }
            Kind::List(item) => Tree::List(Box::new(self.form(&item.target))),
            Kind::Map { key, value } => {
                let key = match self.form(&key.target) {
                    Tree::Text(text) => text,
                    _ => "string".to_owned(),
                };
                Tree::Members(BTreeMap::from([(key, self.form(&value.target))]))
            }
            Kind::Enum(members) => {
                Tree::Text(surface::values(members, |member| surface::listed_place(member).unwrap_or(usize::MAX)).join(" | "))
            }
            Kind::IntEnum(_) => Tree::Text("integer".to_owned()),
            kind => Tree::Text(kind.name().to_owned()),
        };
        self.shapes.remove(id);
        tree
    }
}
