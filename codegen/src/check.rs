//! The faults of a model, whichever operations are selected.
//!
//! A model is checked as a whole, since a fault anywhere shows that something went wrong with the file.

mod constraints;
mod http;
mod recursion;
mod targets;
mod traits;
mod values;
mod waiters;

use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Model, Pointer, ShapeId};
use crate::suggest::enumeration;

/// All faults of the model as errors, in the order of their JSON pointers.
pub(crate) fn check(model: &Model, file: &str) -> Vec<Diagnostic> {
    let mut findings = Findings::new(file);
    services(model, &mut findings);
    targets::check(model, &mut findings);
    values::check(model, &mut findings);
    constraints::check(model, &mut findings);
    traits::check(model, &mut findings);
    waiters::check(model, &mut findings);
    http::check(model, &mut findings);
    recursion::check(model, &mut findings);
    findings.into_sorted()
}

/// Checks that the model has exactly one service.
fn services(model: &Model, findings: &mut Findings) {
    let found: Vec<(&ShapeId, &Pointer)> = model.services().map(|(id, shape, _)| (id, &shape.pointer)).collect();
    match found.as_slice() {
        [] => {
            let hint = "a client is made of one shape of the type `service` and the operations it names";
            findings.error_with_hint(&Pointer::default(), "the model has no service", hint);
        }
        [_] => {}
        [_, (_, second), ..] => {
            let ids: Vec<&ShapeId> = found.iter().map(|(id, _)| *id).collect();
            let message = format!("the model has {} services: {}", ids.len(), enumeration(&ids));
            findings.error_with_hint(second, message, "keep one of them in the file");
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
