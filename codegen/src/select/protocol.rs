//! The choice of one protocol among those that a service lists.

use super::refuse::SUPPORTED;
use crate::diagnostic::{Diagnostic, quoted};
use crate::model::{Model, ShapeId};
use crate::suggest::enumeration;

/// The namespace of the protocols that may be named.
const NAMESPACE: &str = "aws.protocols#";

/// Removes every other supported protocol from the model's services, so that `name` is the one that is spoken.
///
/// # Errors
///
/// A protocol that the service does not list or that is not supported.
pub(crate) fn only_protocol(model: &mut Model, file: &str, name: &str) -> Result<(), Vec<Diagnostic>> {
    let services: Vec<ShapeId> = model.services().map(|(id, _, _)| id.clone()).collect();
    for id in services {
        let Some(shape) = model.shapes.get_mut(&id) else { continue };
        let listed: Vec<&str> = SUPPORTED.into_iter().filter(|id| shape.traits.has(id)).map(short).collect();
        if !listed.contains(&short(name)) {
            let finding = Diagnostic::error(file, &shape.pointer, format!("the protocol {} cannot be chosen", quoted(name)));
            let choice = if listed.is_empty() {
                "none of the service's protocols is supported".to_owned()
            } else {
                format!("choose among {}", enumeration(&listed))
            };
            return Err(vec![finding.hint(choice)]);
        }
        for other in SUPPORTED.into_iter().filter(|other| short(other) != short(name)) {
            shape.traits.0.remove(other);
        }
    }
    Ok(())
}

fn short(id: &str) -> &str {
    id.strip_prefix(NAMESPACE).unwrap_or(id)
}
