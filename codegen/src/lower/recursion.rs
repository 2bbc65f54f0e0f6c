//! Boxed members. Where a structure contains itself, one member of the cycle must be boxed, or the type would have no finite size.

use crate::model::{Kind, Model, ShapeId};
use crate::select::Selection;
use std::collections::BTreeSet;

/// The members to box: for every cycle of structures and unions without a list or map, the member that closes it, counted from the shape whose id
/// comes first.
pub(super) fn boxed_members<'a>(model: &'a Model, selection: &'a Selection) -> BTreeSet<(&'a ShapeId, &'a str)> {
    let mut boxed = BTreeSet::new();
    let mut done = BTreeSet::new();
    for start in selection.shapes.keys() {
        search(model, start, &mut done, &mut boxed);
    }
    boxed
}

/// Searches depth-first from `start`. It does not recurse, since a model may nest as deeply as it likes.
fn search<'a>(model: &'a Model, start: &'a ShapeId, done: &mut BTreeSet<&'a ShapeId>, boxed: &mut BTreeSet<(&'a ShapeId, &'a str)>) {
    let mut on_path = BTreeSet::new();
    let mut path = vec![(start, edges(model, start))];
    on_path.insert(start);
    while let Some((shape, remaining)) = path.last_mut() {
        let shape = *shape;
        match remaining.pop() {
            Some((member, target)) if on_path.contains(target) => {
                boxed.insert((shape, member));
            }
            Some((_, target)) if !done.contains(target) => {
                on_path.insert(target);
                path.push((target, edges(model, target)));
            }
            Some(_) => {}
            None => {
                path.pop();
                on_path.remove(shape);
                done.insert(shape);
            }
        }
    }
}

/// The members that hold a structure or union directly, the last one first.
fn edges<'a>(model: &'a Model, id: &ShapeId) -> Vec<(&'a str, &'a ShapeId)> {
    let Some(Kind::Structure(members) | Kind::Union(members)) = model.shape(id).map(|shape| &shape.kind) else { return Vec::new() };
    let inside = |target: &ShapeId| matches!(model.shape(target).map(|shape| &shape.kind), Some(Kind::Structure(_) | Kind::Union(_)));
    members.iter().rev().filter(|(_, member)| inside(&member.target)).map(|(name, member)| (name.as_str(), &member.target)).collect()
}
