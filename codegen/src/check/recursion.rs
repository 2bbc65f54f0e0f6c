//! Types that have no finite value, because each value contains another one of the same type.
//!
//! A list of lists of itself, with no structure between them, cannot be a type in Rust either. A structure may contain itself, but not through
//! required members alone: an optional member, a list or map, or another variant of a union must end the recursion.

use crate::diagnostic::Findings;
use crate::model::{Kind, Member, Model, Shape, ShapeId};
use crate::suggest::chain;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum depth of nested lists and maps without a structure or union between them. Code that walks a member's type, here and in the
/// compiler, recurses.
const DEEPEST: usize = 32;

pub(super) fn check(model: &Model, findings: &mut Findings) {
    collections(model, findings);
    depth(model, findings);
    structures(model, findings);
}

/// Reports lists and maps that contain themselves with no structure or union between.
fn collections(model: &Model, findings: &mut Findings) {
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    for start in model.shapes.keys() {
        let circle = circle(start, |id| if done.contains(id) { None } else { held(model, id) });
        report(model, findings, &circle.found, "contains itself with no structure or union between");
        done.extend(circle.walked);
    }
}

/// Reports lists and maps that nest too deeply, each where it begins.
fn depth(model: &Model, findings: &mut Findings) {
    let mut depths: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    for start in model.shapes.keys() {
        let walk = circle(start, |id| if depths.contains_key(id) { None } else { held(model, id) });
        let mut depth = 0;
        for id in walk.walked.into_iter().rev() {
            depth = depths.get(id).copied().unwrap_or_else(|| held(model, id).map_or(0, |_| depth + 1));
            depths.insert(id, depth);
        }
    }
    let inner: BTreeSet<&ShapeId> = model.shapes.keys().filter_map(|id| held(model, id)).collect();
    for (id, depth) in depths {
        if depth > DEEPEST
            && !inner.contains(id)
            && let Some(shape) = model.shape(id)
        {
            let message =
                format!("`{id}` nests {depth} lists and maps with no structure or union between: at most {DEEPEST} are supported");
            findings.error_with_hint(&shape.pointer, message, "put a structure between them");
        }
    }
}

/// The shape of a list's items or of a map's values.
fn held<'a>(model: &'a Model, id: &ShapeId) -> Option<&'a ShapeId> {
    match &model.shape(id)?.kind {
        Kind::List(member) | Kind::Map { value: member, .. } => Some(&member.target),
        _ => None,
    }
}

/// Reports structures and unions without a finite value.
fn structures(model: &Model, findings: &mut Findings) {
    let impossible = impossible(model);
    let mut done: BTreeSet<&ShapeId> = BTreeSet::new();
    for start in &impossible {
        let circle = circle(start, |id| {
            let needed = needed(model.shape(id)?).map(|member| &member.target);
            if done.contains(id) { None } else { needed.into_iter().find(|target| impossible.contains(*target)) }
        });
        report(model, findings, &circle.found, "requires itself, so no value of it can exist");
        done.extend(circle.walked);
    }
}

fn report(model: &Model, findings: &mut Findings, circle: &[&ShapeId], message: &str) {
    let Some(first) = circle.iter().min() else { return };
    let Some(shape) = model.shape(first) else { return };
    let steps: Vec<&str> = circle.iter().cycle().skip_while(|id| *id != first).take(circle.len() + 1).map(|id| id.name()).collect();
    let hint = "make one of these members optional, or put a structure between them";
    findings.error_with_hint(&shape.pointer, format!("`{first}` {message}: {}", chain(&steps)), hint);
}

/// A walk from shape to shape.
struct Circle<'a> {
    walked: Vec<&'a ShapeId>,
    /// The part of the walk that is a circle; empty when the walk ended.
    found: Vec<&'a ShapeId>,
}

/// Follows `next` until it ends or comes back to a shape it has passed.
fn circle<'a>(start: &'a ShapeId, next: impl Fn(&'a ShapeId) -> Option<&'a ShapeId>) -> Circle<'a> {
    let mut walked = Vec::new();
    let mut places: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    let mut at = Some(start);
    while let Some(id) = at {
        if let Some(place) = places.insert(id, walked.len()) {
            let found = walked.iter().skip(place).copied().collect();
            return Circle { walked, found };
        }
        walked.push(id);
        at = next(id);
    }
    Circle { walked, found: Vec::new() }
}

/// The members that a value needs: the required members of a structure, and all members of a union, of which one is needed.
fn needed(shape: &Shape) -> impl Iterator<Item = &Member> {
    let is_union = matches!(shape.kind, Kind::Union(_));
    let members = match &shape.kind {
        Kind::Structure(members) | Kind::Union(members) => Some(members),
        _ => None,
    };
    members.into_iter().flat_map(|members| members.values()).filter(move |member| is_union || member.traits.has("smithy.api#required"))
}

/// The structures and unions without a finite value: those left when all that can be built have been removed.
fn impossible(model: &Model) -> BTreeSet<&ShapeId> {
    let mut open: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    let mut needed_by: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    let mut possible: Vec<&ShapeId> = Vec::new();
    for (id, shape) in &model.shapes {
        // Members whose targets always have a value are ignored.
        let is_open =
            |member: &&Member| model.shape(&member.target).is_some_and(|target| matches!(target.kind, Kind::Structure(_) | Kind::Union(_)));
        let obstacles: Vec<&Member> = needed(shape).filter(is_open).collect();
        let has_way_out = matches!(shape.kind, Kind::Union(_)) && needed(shape).any(|member| !is_open(&member));
        if obstacles.is_empty() || has_way_out {
            possible.push(id);
            continue;
        }
        // A union has a value once one of its members has, a structure once all of its required members have.
        open.insert(id, if matches!(shape.kind, Kind::Union(_)) { 1 } else { obstacles.len() });
        for member in obstacles {
            needed_by.entry(&member.target).or_default().push(id);
        }
    }
    while let Some(id) = possible.pop() {
        for user in needed_by.remove(id).unwrap_or_default() {
            let Some(count) = open.get_mut(user) else { continue };
            *count -= 1;
            if *count == 0 {
                open.remove(user);
                possible.push(user);
            }
        }
    }
    open.into_keys().collect()
}
