//! The supported protocols, and the choice of one among those that a service lists.

use crate::diagnostic::{Diagnostic, quoted};
use crate::model::{Model, Shape, ShapeId};
use crate::suggest::enumeration;

/// A supported protocol.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Protocol {
    AwsJson1_1,
    AwsJson1_0,
    RestJson1,
    RpcV2Cbor,
}

impl Protocol {
    /// All supported protocols. A service that lists several is served by the first of them.
    pub(super) const ALL: [Self; 4] = [Self::AwsJson1_1, Self::AwsJson1_0, Self::RestJson1, Self::RpcV2Cbor];

    /// The protocol that serves a service, if one can.
    pub(crate) fn of(service: &Shape) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| service.traits.has(protocol.id()))
    }

    /// The protocol's trait.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::AwsJson1_1 => "aws.protocols#awsJson1_1",
            Self::AwsJson1_0 => "aws.protocols#awsJson1_0",
            Self::RestJson1 => "aws.protocols#restJson1",
            Self::RpcV2Cbor => "smithy.protocols#rpcv2Cbor",
        }
    }
}

/// Removes every other supported protocol from the model's services, so that `name` is the one that is spoken. The name is that of the trait, with
/// or without its namespace.
///
/// # Errors
///
/// A protocol that the service does not list or that is not supported.
pub(crate) fn only_protocol(model: &mut Model, file: &str, name: &str) -> Result<(), Vec<Diagnostic>> {
    let services: Vec<ShapeId> = model.services().map(|(id, _, _)| id.clone()).collect();
    let is_chosen = |id: &str| short(id) == short(name);
    for id in services {
        let Some(shape) = model.shapes.get_mut(&id) else { continue };
        let listed: Vec<&str> = Protocol::ALL.into_iter().map(Protocol::id).filter(|id| shape.traits.has(id)).collect();
        if !listed.iter().copied().any(is_chosen) {
            let finding = Diagnostic::error(file, &shape.pointer, format!("the protocol {} cannot be chosen", quoted(name)));
            let choice = if listed.is_empty() {
                "none of the service's protocols is supported".to_owned()
            } else {
                format!("choose among {}", enumeration(&listed.iter().copied().map(short).collect::<Vec<_>>()))
            };
            return Err(vec![finding.hint(choice)]);
        }
        for other in listed.into_iter().filter(|id| !is_chosen(id)) {
            shape.traits.0.remove(other);
        }
    }
    Ok(())
}

/// The name of a protocol without its namespace.
fn short(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}
