//! The walk over both models at once, from the roots of a request or a reply to every pair of shapes below.

use super::Context;
use super::pair::{self, Local, Step};
use crate::changes::surface::Role;
use crate::model::ShapeId;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Two shapes at the same place, and the role of the place.
type Place<'m> = (&'m ShapeId, &'m ShapeId, Role);

/// A pair that the walk reached.
pub(super) struct Node<'m> {
    /// The two shapes.
    pub(super) pair: (&'m ShapeId, &'m ShapeId),
    pub(super) local: Rc<Local<'m>>,
    /// The pairs below, by their places in the list of nodes.
    pub(super) below: Vec<(Step<'m>, usize)>,
    way: Way<'m>,
}

impl Node<'_> {
    /// The node at the end of a step.
    pub(super) fn below(&self, step: Step<'_>) -> Option<usize> {
        let name = step.to_string();
        self.below.iter().find(|(other, _)| other.to_string() == name).map(|(_, index)| *index)
    }
}

/// The last step of the shortest way to a node.
enum Way<'m> {
    Root(String),
    From(usize, Step<'m>),
}

/// Walks, and keeps the result for each pair, since operations share most of their shapes.
pub(super) struct Walker<'c, 'm> {
    context: &'c Context<'m>,
    known: BTreeMap<Place<'m>, Rc<Local<'m>>>,
}

impl<'c, 'm> Walker<'c, 'm> {
    pub(super) fn new(context: &'c Context<'m>) -> Self {
        Self { context, known: BTreeMap::new() }
    }

    /// Visits every pair below the roots once: first all pairs below the first root, the nearest first, then those that only the next root leads to.
    /// The first node is the first root.
    pub(super) fn walk(&mut self, roots: &[(String, Place<'m>)]) -> Vec<Node<'m>> {
        let mut nodes: Vec<Node<'m>> = Vec::new();
        let mut seen: BTreeMap<Place<'m>, usize> = BTreeMap::new();
        for (path, place) in roots {
            let mut next = nodes.len();
            self.come(*place, Way::Root(path.clone()), &mut nodes, &mut seen);
            // The list is its own queue.
            while let Some(local) = nodes.get(next).map(|node| Rc::clone(&node.local)) {
                let mut below = Vec::new();
                for (step, old, new) in &local.below {
                    let place = (*old, *new, Role::Other);
                    let found = match seen.get(&place) {
                        Some(known) => *known,
                        None => self.come(place, Way::From(next, *step), &mut nodes, &mut seen),
                    };
                    below.push((*step, found));
                }
                if let Some(node) = nodes.get_mut(next) {
                    node.below = below;
                }
                next += 1;
            }
        }
        nodes
    }

    fn come(&mut self, place: Place<'m>, way: Way<'m>, nodes: &mut Vec<Node<'m>>, seen: &mut BTreeMap<Place<'m>, usize>) -> usize {
        let context = self.context;
        let local = self.known.entry(place).or_insert_with(|| Rc::new(pair::compare(context, place.0, place.1, place.2)));
        let index = nodes.len();
        nodes.push(Node { pair: (place.0, place.1), local: Rc::clone(local), below: Vec::new(), way });
        seen.insert(place, index);
        index
    }
}

/// The most ways that are counted. In a model in which every structure holds the next one twice, their number has no bound.
pub(in crate::changes) const MOST_WAYS: usize = 1_000;

/// The number of ways to each node from the roots; [`MOST_WAYS`] and one more stand for any larger number. Ways in circles do not count.
pub(super) fn ways(nodes: &[Node<'_>]) -> Vec<usize> {
    let order = depth_first(nodes);
    let mut rank = vec![0; nodes.len()];
    for (place, index) in order.iter().enumerate() {
        rank.splice(*index..=*index, [place]);
    }
    let is_root = |node: &Node<'_>| usize::from(matches!(node.way, Way::Root(_)));
    let mut ways: Vec<usize> = nodes.iter().map(is_root).collect();
    for index in order {
        let (Some(node), Some(here)) = (nodes.get(index), ways.get(index).copied()) else { continue };
        for (_, below) in &node.below {
            // A step back in the order closes a circle.
            if rank.get(*below) > rank.get(index)
                && let Some(there) = ways.get_mut(*below)
            {
                *there = (*there + here).min(MOST_WAYS + 1);
            }
        }
    }
    ways
}

/// The nodes in an order in which each stands before those below it, circles aside.
fn depth_first(nodes: &[Node<'_>]) -> Vec<usize> {
    let mut seen = vec![false; nodes.len()];
    let mut finished = Vec::new();
    for root in 0..nodes.len() {
        // The second value counts the steps from a node that were taken.
        let mut open = vec![(root, 0)];
        while let Some((index, taken)) = open.pop() {
            let is_new = taken == 0;
            if is_new && seen.get_mut(index).is_none_or(|seen| std::mem::replace(seen, true)) {
                continue;
            }
            match nodes.get(index).and_then(|node| node.below.get(taken)) {
                Some((_, below)) => open.extend([(index, taken + 1), (*below, 0)]),
                None => finished.push(index),
            }
        }
    }
    finished.reverse();
    finished
}

/// The most steps of a way that are shown. Services have far fewer.
const MOST_STEPS: usize = 100;

/// The path to a node, with one more step if `last` has one.
pub(super) fn path(nodes: &[Node<'_>], mut index: usize, last: Option<Step<'_>>) -> String {
    let mut steps: Vec<String> = last.iter().map(|step| dotted(*step)).collect();
    let mut root = "";
    while let Some(node) = nodes.get(index) {
        match &node.way {
            Way::Root(name) => {
                root = name;
                break;
            }
            Way::From(above, step) => {
                steps.push(dotted(*step));
                index = *above;
            }
        }
    }
    steps.reverse();
    if steps.len() > MOST_STEPS {
        steps.splice(MOST_STEPS / 2..steps.len() - MOST_STEPS / 2, ["...".to_owned()]);
    }
    let path = format!("{root}{}", steps.concat());
    path.strip_prefix('.').map_or_else(|| path.clone(), str::to_owned)
}

fn dotted(step: Step<'_>) -> String {
    match step {
        Step::Member(name) => format!(".{name}"),
        Step::Item | Step::Key | Step::Value => step.to_string(),
    }
}
