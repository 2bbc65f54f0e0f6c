//! Compares one operation of both models: its traits, its request, its reply and its errors.

use super::pair::Found;
use super::{Place, Report, UNIT, additions, reach, renames, traits, walk};
use crate::changes::surface::Role;
use crate::changes::tree::Tree;
use crate::changes::{Change, Direction, Kind, Operation, Status};
use crate::model::{self, Model, Reference, Shape, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// An operation, its shape, and the errors that all operations of the service share.
pub(super) type Side<'m> = ((&'m Shape, &'m model::Operation), &'m [Reference]);

/// An operation and the shared errors.
type Ends<'m> = (&'m model::Operation, &'m [Reference]);

impl<'m> Report<'_, 'm> {
    /// Compares an operation of both models. The result is none if only documentation differs.
    pub(super) fn operation(&mut self, name: &str, old: Side<'m>, new: Side<'m>) -> Option<Operation> {
        let ((old_shape, before), (new_shape, after)) = (old.0, new.0);
        reach(self.context.old, before, old.1, &mut self.reached.old);
        reach(self.context.new, after, new.1, &mut self.reached.new);
        let mut changes = Vec::new();
        for difference in traits::compare(self.context, &old_shape.traits, &new_shape.traits) {
            let found = Found::of(difference.kind, name, difference.before, difference.after);
            self.tell(&found, &Place::default(), name, &mut changes);
        }
        let request = self.direction(name, Direction::Request, (before, old.1), (after, new.1), &mut changes);
        let response = self.direction(name, Direction::Response, (before, old.1), (after, new.1), &mut changes);
        (!changes.is_empty()).then(|| Operation { name: name.to_owned(), status: Status::Updated, request, response, changes })
    }

    /// Compares one direction. Adds the differences in the order of their paths, and returns the additions as a tree.
    fn direction(&mut self, name: &str, direction: Direction, old: Ends<'m>, new: Ends<'m>, changes: &mut Vec<Change>) -> Tree {
        let mut found = Vec::new();
        let (before, after, role, kinds) = match direction {
            Direction::Request => (&old.0.input, &new.0.input, Role::Input, [Kind::InputAdded, Kind::InputRemoved, Kind::InputRetargeted]),
            Direction::Response => {
                (&old.0.output, &new.0.output, Role::Other, [Kind::OutputAdded, Kind::OutputRemoved, Kind::OutputRetargeted])
            }
        };
        let mut roots = Vec::new();
        if let (Some(left), Some(right)) = (root(self.context.old, before.as_ref()), root(self.context.new, after.as_ref())) {
            roots.push((String::new(), (left, right, role)));
            if let Some(one) = self.end(left, right, kinds) {
                self.tell(&one, &Place { direction: Some(direction), ..Place::default() }, name, &mut found);
            }
        }
        if direction == Direction::Response {
            self.errors(name, old, new, &mut roots, &mut found);
        }
        let nodes = self.walker.walk(&roots);
        let ways = walk::ways(&nodes);
        // An input that holds itself is walked twice, as the input and as any other structure, mostly with the same differences.
        let mut told = BTreeSet::new();
        for (index, node) in nodes.iter().enumerate() {
            for one in &node.local.found {
                let step = one.step.map(|step| step.to_string());
                let (pair, last) = one.into.map_or((node.pair, one.step), |(step, old, new)| ((old, new), Some(step)));
                if !told.insert((pair, one.kind, step, &one.before, &one.after, one.signature)) {
                    continue;
                }
                let holder = one.into.map_or(index, |(into, ..)| node.below(into).unwrap_or(index));
                let others = ways.get(holder).map_or(0, |ways| ways.saturating_sub(1));
                let place = Place { direction: Some(direction), path: walk::path(&nodes, index, last), others };
                self.tell(one, &place, name, &mut found);
            }
        }
        found.sort_by(|a, b| (&a.path, a.kind, &a.before, &a.after).cmp(&(&b.path, b.kind, &b.before, &b.after)));
        changes.append(&mut found);
        additions::additions(self.context.new, &nodes)
    }

    /// Compares the input or output itself: whether it is there, and which structure it is.
    fn end(&self, old: &'m ShapeId, new: &'m ShapeId, kinds: [Kind; 3]) -> Option<Found<'m>> {
        let [added, removed, retargeted] = kinds;
        let absent = |model: &Model, id: &ShapeId| {
            let is_unit = id.as_str() == UNIT || model.shape(id).is_none();
            // One format has `Unit` where the other has an empty structure.
            is_unit || (self.context.mixed && model.shape(id).is_some_and(|shape| shape.members().next().is_none()))
        };
        let kind = match (absent(self.context.old, old), absent(self.context.new, new)) {
            (true, true) => return None,
            (true, false) => added,
            (false, true) => removed,
            (false, false) if self.context.same_name(old, new) => return None,
            (false, false) => retargeted,
        };
        let named = |id: &ShapeId| (id.as_str() != UNIT).then(|| id.name().to_owned());
        Some(Found::of(kind, if kind == removed { old.name() } else { new.name() }, named(old), named(new)))
    }

    /// Adds the errors that were added and removed, and the others as roots to walk from.
    fn errors(
        &mut self,
        name: &str,
        old: Ends<'m>,
        new: Ends<'m>,
        roots: &mut Vec<(String, (&'m ShapeId, &'m ShapeId, Role))>,
        found: &mut Vec<Change>,
    ) {
        let list = |(operation, shared): Ends<'m>| -> BTreeMap<&'m str, &'m ShapeId> {
            operation.errors.iter().chain(shared).map(|error| (error.target.name(), &error.target)).collect()
        };
        let (before, after) = (list(old), list(new));
        let gone: Vec<&str> = before.keys().filter(|error| !after.contains_key(*error)).copied().collect();
        let come: Vec<&str> = after.keys().filter(|error| !before.contains_key(*error)).copied().collect();
        let renamed = renames::find(&gone, &come, |_, _| true);
        let one = |kind, before: Option<&str>, after: Option<&'m str>, shape| {
            Found::of(kind, shape, before.map(str::to_owned), after.map(str::to_owned))
        };
        let come = come.iter().map(|error| (*error, one(Kind::ErrorAdded, None, Some(error), error)));
        let gone = gone.iter().map(|error| (*error, one(Kind::ErrorRemoved, Some(error), None, error)));
        let renamed = renamed.iter().map(|(from, to)| (*to, one(Kind::ErrorRenamed, Some(from), Some(to), to)));
        for (path, one) in come.chain(gone).chain(renamed).collect::<Vec<_>>() {
            self.tell(&one, &Place { direction: Some(Direction::Response), path: path.to_owned(), others: 0 }, name, found);
        }
        for (error, id) in &before {
            if let Some(later) = after.get(error) {
                roots.push(((*error).to_owned(), (id, later, Role::Other)));
            }
        }
    }
}

/// The structure of an input or output; `Unit` if there is none.
fn root<'m>(model: &'m Model, reference: Option<&Reference>) -> Option<&'m ShapeId> {
    let named = reference.and_then(|reference| model.shapes.get_key_value(&reference.target));
    named.or_else(|| model.shapes.get_key_value(&ShapeId::new(UNIT))).map(|(id, _)| id)
}
