//! Waiters, except for their expressions, which are checked when they are compiled.

use crate::diagnostic::{Findings, quoted};
use crate::model::{Kind, Member, Model, Operation, Shape};
use crate::suggest::did_you_mean;
use crate::waiters::{self, WAITABLE, WAITABLE_OF_OURS, Waiter};

pub(super) fn check(model: &Model, findings: &mut Findings) {
    for (id, shape) in &model.shapes {
        let Kind::Operation(operation) = &shape.kind else {
            for waitable in [WAITABLE, WAITABLE_OF_OURS].into_iter().filter(|waitable| shape.traits.has(waitable)) {
                findings.error(&shape.pointer, format!("the trait `{waitable}` of `{id}` must be on an operation"));
            }
            continue;
        };
        for waiter in waiters::of(shape, findings) {
            chunks(model, operation, &waiter, findings);
        }
    }
}

/// Checks that the member whose items are sent in several requests is a list with a greatest length.
fn chunks(model: &Model, operation: &Operation, waiter: &Waiter, findings: &mut Findings) {
    let Some(name) = &waiter.chunks else { return };
    let at = waiter.at.join("chunks");
    let input = operation.input.as_ref().and_then(|input| model.shape(&input.target));
    let Some((_, member)) = input.into_iter().flat_map(Shape::members).find(|(member, _)| member == name) else {
        let members = input.into_iter().flat_map(Shape::members).map(|(name, _)| name);
        findings.error_with_hint(&at, format!("the input has no member {}", quoted(name)), did_you_mean(name, members));
        return;
    };
    let is_list = model.shape(&member.target).is_some_and(|target| matches!(target.kind, Kind::List(_)));
    if !is_list || waiters::greatest_length(model, member).is_none() {
        findings.error(&at, format!("{} must be a list with a greatest length, the trait `smithy.api#length`", quoted(name)));
    }
    let output = operation.output.as_ref().and_then(|output| model.shape(&output.target));
    let joins = |(_, member): (&str, &Member)| {
        matches!(model.shape(&member.target).map(|target| &target.kind), Some(Kind::List(_) | Kind::Map { .. }))
    };
    if !output.is_some_and(|output| output.members().any(joins)) {
        findings.error(&at, "the output has no list or map, in which the replies to several requests could be joined");
    }
}
