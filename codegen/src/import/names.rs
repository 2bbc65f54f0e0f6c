//! Matches upstream's shapes with ours.

use super::sides::Sides;
use crate::model::{Kind, Pointer, Shape, ShapeId};
use crate::select::Selection;
use std::collections::{BTreeMap, BTreeSet};

/// The ids in our file, by upstream's ids.
pub(super) type Names = BTreeMap<ShapeId, ShapeId>;

/// Matches the service, the selected operations and all shapes they reach.
///
/// A shape with the name of one of ours is that shape. A shape in the place of one of ours that upstream does not have gets our name. All others
/// keep their names, in our namespace.
///
/// # Errors
///
/// Two shapes that would get the same id, with the place of the second one.
pub(super) fn names(sides: &Sides<'_>, selection: &Selection) -> Result<Names, (String, Pointer)> {
    let (ours, theirs) = (sides.ours, sides.theirs);
    let (Some((our_service, _, _)), Some((their_service, _, _))) = (ours.services().next(), theirs.services().next()) else {
        return Ok(Names::new());
    };
    let our_id = |id: &ShapeId| ShapeId::new(format!("{}#{}", our_service.namespace(), id.name()));
    let wanted: Vec<&ShapeId> =
        selection.operations.iter().chain(selection.shapes.keys()).filter(|id| !is_prelude(id) && theirs.shape(id).is_some()).collect();
    let mut names = Names::from([(their_service.clone(), our_service.clone())]);
    for id in &wanted {
        let same = our_id(id);
        if ours.shape(&same).is_some() {
            names.insert((*id).clone(), same);
        }
    }
    let mut pairs = Pairs { sides, taken: names.values().cloned().collect(), met: BTreeSet::new(), names };
    for operation in &selection.operations {
        pairs.walk(operation.clone(), our_id(operation));
    }
    let Pairs { mut names, .. } = pairs;
    for id in wanted {
        names.entry(id.clone()).or_insert_with(|| our_id(id));
    }
    let mut seen: BTreeMap<&ShapeId, &ShapeId> = BTreeMap::new();
    for (their, our) in &names {
        if let Some(other) = seen.insert(our, their) {
            let at = theirs.shape(their).map(|shape| shape.pointer.clone()).unwrap_or_default();
            return Err((format!("`{their}` and `{other}` would both become `{our}`"), at));
        }
    }
    Ok(names)
}

pub(super) fn is_prelude(id: &ShapeId) -> bool {
    id.namespace() == "smithy.api"
}

struct Pairs<'m> {
    sides: &'m Sides<'m>,
    names: Names,
    /// Our shapes that have been matched.
    taken: BTreeSet<ShapeId>,
    met: BTreeSet<ShapeId>,
}

impl Pairs<'_> {
    /// Matches the shapes in the same places below two shapes of the same type.
    fn walk(&mut self, their: ShapeId, our: ShapeId) {
        let mut open = vec![(their, our)];
        while let Some((their, our)) = open.pop() {
            let our = self.names.get(&their).cloned().unwrap_or(our);
            let (Some(new), Some(old)) = (self.sides.theirs.shape(&their), self.sides.ours.shape(&our)) else { continue };
            if !self.sides.is_same_type(&old.kind, &new.kind) || is_prelude(&their) || is_prelude(&our) || !self.met.insert(their.clone()) {
                continue;
            }
            if !self.names.contains_key(&their) {
                if !self.taken.insert(our.clone()) {
                    continue;
                }
                self.names.insert(their, our);
            }
            open.extend(below(new, old));
        }
    }
}

/// The targets of the same members of two shapes, upstream's and ours.
fn below(new: &Shape, old: &Shape) -> Vec<(ShapeId, ShapeId)> {
    if let (Kind::Operation(new), Kind::Operation(old)) = (&new.kind, &old.kind) {
        let pairs = [(&new.input, &old.input), (&new.output, &old.output)];
        return pairs.into_iter().filter_map(|(new, old)| Some((new.as_ref()?.target.clone(), old.as_ref()?.target.clone()))).collect();
    }
    let targets: BTreeMap<&str, &ShapeId> = old.members().map(|(name, member)| (name, &member.target)).collect();
    let pair = |(name, member): (&str, &crate::model::Member)| Some((member.target.clone(), (*targets.get(name)?).clone()));
    new.members().filter_map(pair).collect()
}
