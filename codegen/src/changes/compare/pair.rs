//! Compares two shapes at the same place: their own differences, and the pairs of shapes below them.

mod types;
mod values;

use super::{Context, UNIT, renames, traits};
use crate::changes::Kind;
use crate::changes::surface::{self, Role};
use crate::lower;
use crate::model::{Kind as Type, Member, Members, Model, Shape, ShapeId, Simple};
use std::fmt;
use types::type_change;

/// The step from a shape to one of its parts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'m> {
    Member(&'m str),
    Item,
    Key,
    Value,
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Member(name) => name,
            Self::Item => "[]",
            Self::Key => "{key}",
            Self::Value => "{}",
        })
    }
}

/// A difference in a pair of shapes, wherever the pair stands.
#[derive(Debug)]
pub(super) struct Found<'m> {
    pub(super) kind: Kind,
    /// The member or part that differs; none for the shape itself.
    pub(super) step: Option<Step<'m>>,
    /// The way into the pair, where a member found the difference in what it inherits from its targets.
    pub(super) into: Option<Edge<'m>>,
    pub(super) shape: &'m str,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// True if an existing type or signature of the crate changes.
    pub(super) signature: bool,
}

/// A step to a pair of shapes.
pub(super) type Edge<'m> = (Step<'m>, &'m ShapeId, &'m ShapeId);

impl<'m> Found<'m> {
    /// A difference that is about a shape, an operation or the service itself.
    pub(super) fn of(kind: Kind, shape: &'m str, before: Option<String>, after: Option<String>) -> Self {
        Self { kind, step: None, into: None, shape, before, after, signature: false }
    }
}

/// The additions to the shape itself.
#[derive(Debug, Default)]
pub(super) enum Added<'m> {
    #[default]
    Nothing,
    Members(Vec<(&'m str, &'m ShapeId)>),
    Values(Vec<&'m str>),
}

/// The result of the comparison of one pair.
#[derive(Debug, Default)]
pub(super) struct Local<'m> {
    pub(super) found: Vec<Found<'m>>,
    pub(super) below: Vec<Edge<'m>>,
    pub(super) added: Added<'m>,
}

/// Compares two shapes.
pub(super) fn compare<'m>(context: &Context<'m>, old: &'m ShapeId, new: &'m ShapeId, role: Role) -> Local<'m> {
    let (Some(left), Some(right)) = (context.old.shape(old), context.new.shape(new)) else { return Local::default() };
    let mut pair = Pair { context, old, new, left, right, role, builds_alike: true, local: Local::default() };
    pair.types();
    let is_whole = old.as_str() != UNIT && new.as_str() != UNIT;
    for difference in is_whole.then(|| traits::of_shapes(context, left, right)).into_iter().flatten() {
        let changes_type = difference.kind == Kind::SparseAdded || difference.kind == Kind::SparseRemoved;
        pair.push(difference, None, None, changes_type);
    }
    match (&left.kind, &right.kind) {
        (Type::Structure(before), Type::Structure(after)) => pair.structure(before, after),
        (Type::Union(before), Type::Union(after)) => pair.union(before, after),
        (Type::Structure(before), Type::Union(after)) | (Type::Union(before), Type::Structure(after)) => pair.kept(before, after),
        (Type::Enum(before), Type::Enum(after)) | (Type::IntEnum(before), Type::IntEnum(after)) => pair.values(before, after),
        (Type::List(before), Type::List(after)) => pair.member(Step::Item, before, after),
        (Type::Map { key: old_key, value: old_value }, Type::Map { key: new_key, value: new_value }) => {
            pair.member(Step::Key, old_key, new_key);
            pair.member(Step::Value, old_value, new_value);
        }
        _ => {}
    }
    pair.local
}

struct Pair<'c, 'm> {
    context: &'c Context<'m>,
    old: &'m ShapeId,
    new: &'m ShapeId,
    left: &'m Shape,
    right: &'m Shape,
    role: Role,
    /// True if the builders of both structures can fail, or of neither.
    builds_alike: bool,
    local: Local<'m>,
}

impl<'m> Pair<'_, 'm> {
    fn push(&mut self, difference: traits::Difference, step: Option<Step<'m>>, into: Option<Edge<'m>>, signature: bool) {
        let traits::Difference { kind, before, after } = difference;
        let (old, new) = into.map_or((self.old, self.new), |(_, old, new)| (old, new));
        let shape = if new.as_str() == UNIT { surface::name(self.context.old, old) } else { surface::name(self.context.new, new) };
        self.local.found.push(Found { kind, step, into, shape, before, after, signature });
    }

    fn note(&mut self, kind: Kind, step: Option<Step<'m>>, before: Option<String>, after: Option<String>, signature: bool) {
        self.push(traits::Difference { kind, before, after }, step, None, signature);
    }

    /// Reports a shape with the same name and another type. `target` reports members that target another shape.
    fn types(&mut self) {
        if self.context.same_name(self.old, self.new)
            && let Some(kind) = type_change(self.left, self.right)
        {
            let (before, after) = self.described(self.old, self.new);
            self.note(kind, None, before, after, self.type_differs(self.old, self.new));
        }
    }

    fn described(&self, old: &ShapeId, new: &ShapeId) -> (Option<String>, Option<String>) {
        (Some(surface::describe(self.context.old, old)), Some(surface::describe(self.context.new, new)))
    }

    fn type_differs(&self, old: &ShapeId, new: &ShapeId) -> bool {
        surface::type_of(self.context.old, old) != surface::type_of(self.context.new, new)
    }

    fn structure(&mut self, before: &'m Members, after: &'m Members) {
        let sides = [(self.context.old, self.left, before), (self.context.new, self.right, after)];
        let [was_fallible, is_fallible] = sides.map(|(model, holder, members)| surface::fallible(model, holder, members, self.role));
        self.builds_alike = was_fallible == is_fallible;
        let (mut added, mut removed) = (missing(after, before), missing(before, after));
        self.message(&mut added, &mut removed);
        for (name, member) in &added {
            let has_default = lower::default(self.context.new, member).is_some_and(|default| !default.is_null());
            let is_required = member.traits.has("smithy.api#required") && !has_default;
            let kind = if is_required { Kind::RequiredMemberAdded } else { Kind::MemberAdded };
            let after = surface::describe(self.context.new, &member.target);
            self.note(kind, Some(Step::Member(name)), None, Some(after), is_required && !self.builds_alike);
        }
        self.removed(&removed, &added, Kind::MemberRemoved, Kind::MemberRenamed);
        self.kept(before, after);
        if !added.is_empty() {
            self.local.added = Added::Members(added.into_iter().map(|(name, member)| (name, &member.target)).collect());
        }
    }

    /// Takes the message out of the added and removed members of an error: every error has one, listed or not.
    fn message(&mut self, added: &mut Vec<(&'m str, &'m Member)>, removed: &mut Vec<(&'m str, &'m Member)>) {
        if !self.left.traits.has("smithy.api#error") || !self.right.traits.has("smithy.api#error") {
            return;
        }
        let is_message = |model: &Model, (name, member): &(&str, &Member)| {
            let is_text = model.shape(&member.target).is_some_and(|shape| matches!(shape.kind, Type::Simple(Simple::String)));
            is_text && name.eq_ignore_ascii_case("message")
        };
        let (old, new, mixed) = (self.context.old, self.context.new, self.context.mixed);
        let came = added.iter().find(|member| is_message(new, member)).map(|(name, _)| *name);
        let went = removed.iter().find(|member| is_message(old, member)).map(|(name, _)| *name);
        added.retain(|member| !is_message(new, member));
        removed.retain(|member| !is_message(old, member));
        // botocore's format often does not list it.
        if let Some(name) = came.or(went).filter(|_| !mixed) {
            self.note(Kind::ErrorMessageChanged, Some(Step::Member(name)), went.map(str::to_owned), came.map(str::to_owned), false);
        }
    }

    fn union(&mut self, before: &'m Members, after: &'m Members) {
        let added: Vec<(&'m str, &'m Member)> = missing(after, before);
        for (name, member) in &added {
            let after = surface::describe(self.context.new, &member.target);
            self.note(Kind::UnionMemberAdded, Some(Step::Member(name)), None, Some(after), false);
        }
        let removed = missing(before, after);
        self.removed(&removed, &added, Kind::UnionMemberRemoved, Kind::MemberRenamed);
        self.kept(before, after);
        if !added.is_empty() {
            self.local.added = Added::Members(added.into_iter().map(|(name, member)| (name, &member.target)).collect());
        }
    }

    /// Reports removed members, and those that a new member with a similar name may have replaced.
    fn removed(&mut self, removed: &[(&'m str, &'m Member)], added: &[(&'m str, &'m Member)], gone: Kind, renamed: Kind) {
        for (name, member) in removed {
            let before = surface::describe(self.context.old, &member.target);
            self.note(gone, Some(Step::Member(name)), Some(before), None, false);
        }
        let context = self.context;
        let kind_of = |model: &Model, member: &Member| model.shape(&member.target).map(|shape| shape.kind.name());
        let alike = |from: &str, to: &str| {
            let find =
                |list: &[(&'m str, &'m Member)], name: &str| list.iter().find(|(other, _)| *other == name).map(|(_, member)| *member);
            let (Some(from), Some(to)) = (find(removed, from), find(added, to)) else { return false };
            kind_of(context.old, from) == kind_of(context.new, to)
        };
        let names = |list: &[(&'m str, &'m Member)]| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        for (from, to) in renames::find(&names(removed), &names(added), alike) {
            self.note(renamed, Some(Step::Member(to)), Some(from.to_owned()), Some(to.to_owned()), false);
        }
    }

    fn kept(&mut self, before: &'m Members, after: &'m Members) {
        for (name, member) in before {
            if let Some((name, later)) = after.get_key_value(name) {
                self.member(Step::Member(name), member, later);
            }
        }
    }

    /// Compares a part that both shapes have.
    fn member(&mut self, step: Step<'m>, before: &'m Member, after: &'m Member) {
        let context = self.context;
        let name = step.to_string();
        let shows = |model, holder, member| surface::member(model, holder, &name, member, self.role);
        let shown = shows(context.old, self.left, before) != shows(context.new, self.right, after);
        self.target(step, before, after);
        for difference in traits::of_members(context, before, after).into_iter().filter(|found| comparable(context, before, after, found)) {
            let signature = (shown || !self.builds_alike) && decides_signature(difference.kind);
            self.push(difference, Some(step), None, signature);
        }
        let into = (step, &before.target, &after.target);
        for difference in traits::inherited(context, before, after).into_iter().filter(|found| comparable(context, before, after, found)) {
            self.push(difference, None, Some(into), false);
        }
        self.local.below.push(into);
    }

    /// Compares the targets of a part.
    fn target(&mut self, step: Step<'m>, before: &'m Member, after: &'m Member) {
        let context = self.context;
        if context.same_name(&before.target, &after.target) {
            return;
        }
        let (Some(left), Some(right)) = (context.old.shape(&before.target), context.new.shape(&after.target)) else { return };
        let kind = match type_change(left, right) {
            Some(kind) => kind,
            None if context.is_renamed(&before.target, &after.target) => Kind::ShapeRenamed,
            // Two formats do not agree on the names of simple shapes, and the crate does not have them.
            None if context.mixed && matches!(left.kind, Type::Simple(_)) => return,
            None => Kind::MemberRetargeted,
        };
        let (mut old, mut new) = self.described(&before.target, &after.target);
        if old == new {
            (old, new) =
                (old.map(|text| format!("{text} ({})", before.target.name())), new.map(|text| format!("{text} ({})", after.target.name())));
        }
        self.note(kind, Some(step), old, new, self.type_differs(&before.target, &after.target));
    }
}

/// True unless the difference is one of limits on values of two types, which are not comparable.
fn comparable(context: &Context<'_>, before: &Member, after: &Member, found: &traits::Difference) -> bool {
    let is_limit = matches!(found.kind, Kind::ConstraintTightened | Kind::ConstraintRelaxed | Kind::PatternChanged);
    let types = || context.old.shape(&before.target).zip(context.new.shape(&after.target));
    !is_limit || types().and_then(|(old, new)| type_change(old, new)) != Some(Kind::TypeChanged)
}

fn missing<'m>(from: &'m Members, other: &Members) -> Vec<(&'m str, &'m Member)> {
    from.iter().filter(|(name, _)| !other.contains_key(*name)).map(|(name, member)| (name.as_str(), member)).collect()
}

fn decides_signature(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::BecameRequired
            | Kind::BecameOptional
            | Kind::DefaultAdded
            | Kind::DefaultRemoved
            | Kind::DefaultChanged
            | Kind::ClientOptionalAdded
            | Kind::ClientOptionalRemoved
    )
}
