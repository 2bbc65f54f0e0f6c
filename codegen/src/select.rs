//! The selected operations, and every shape they reach.

mod endpoint;
mod protocol;
mod refuse;
mod signing;

use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::model::{Kind, Model, Operation, Pointer, Reference, Service, Shape, ShapeId};
use crate::suggest::{did_you_mean, first_of};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) use endpoint::at_one_endpoint;
pub(crate) use protocol::{Protocol, only_protocol};
pub(crate) use refuse::{compresses, reasons};
pub(crate) use signing::{Signing, signing};

/// The operations to generate.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Operations {
    /// All operations that are supported; the others are left out with a warning.
    #[default]
    All,
    /// The operations with these names in the model.
    Named(Vec<String>),
}

/// The part of a model that the selected operations need.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Selection {
    /// The service.
    pub(crate) service: ShapeId,
    /// The protocol that the client speaks.
    pub(crate) protocol: Protocol,
    /// The operations, sorted by name.
    pub(crate) operations: Vec<ShapeId>,
    /// Every shape that the operations reach, including Smithy's prelude and the inputs, outputs and errors themselves.
    pub(crate) shapes: BTreeMap<ShapeId, Usage>,
}

/// The directions in which a shape travels. Errors travel like outputs.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Usage {
    /// From the client to the service.
    pub(crate) input: bool,
    /// From the service to the client.
    pub(crate) output: bool,
}

/// Selects operations of a model in which `check` has found no fault.
///
/// Operations left out by [`Operations::All`], and limitations of those that are served, are reported to `warnings`.
///
/// # Errors
///
/// Operations that the service does not have or that cannot be served, a service that cannot be served at all, and an empty selection.
pub(crate) fn select(model: &Model, file: &str, wanted: &Operations, warnings: &mut Vec<Diagnostic>) -> Result<Selection, Vec<Diagnostic>> {
    select_from(model, file, wanted, *wanted == Operations::All, warnings)
}

/// Like [`select`], but named operations that cannot be served are left out too.
///
/// # Errors
///
/// Those of `select`; operations that cannot be served are an error only if no other is left.
pub(crate) fn select_served(
    model: &Model,
    file: &str,
    wanted: &Operations,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Selection, Vec<Diagnostic>> {
    select_from(model, file, wanted, true, warnings)
}

fn select_from(
    model: &Model,
    file: &str,
    wanted: &Operations,
    leaves_out: bool,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Selection, Vec<Diagnostic>> {
    let mut services = model.services();
    let (Some((service_id, shape, service)), None) = (services.next(), services.next()) else {
        return Err(vec![Diagnostic::error(file, &Pointer::default(), "operations are selected from one service")]);
    };
    let mut findings = Findings::new(file);
    let protocol = refuse::service(shape, &mut findings);
    let found = findings.into_sorted();
    let (Some(protocol), true) = (protocol, found.is_empty()) else { return Err(found) };
    let all = operations(model, service);
    let chosen = choose(&all, wanted, file, &shape.pointer)?;
    let refusals = refuse::operations(model, shape, service, &chosen);
    let operations = if leaves_out {
        refuse::some(&refusals, &chosen, file, warnings)?
    } else {
        refuse::all(&refusals, &chosen, file)?;
        chosen
    };
    refuse::warn(model, &operations, file, warnings);
    let shapes = closure(model, service, &operations);
    Ok(Selection { service: service_id.clone(), protocol, operations, shapes })
}

/// The operations of a service and of its resources, sorted by name.
pub(crate) fn operations(model: &Model, service: &Service) -> Vec<ShapeId> {
    let mut found: BTreeSet<(&str, &ShapeId)> = BTreeSet::new();
    let mut resources: Vec<&Reference> = service.resources.iter().collect();
    let mut seen: BTreeSet<&ShapeId> = BTreeSet::new();
    found.extend(service.operations.iter().map(|operation| (operation.target.name(), &operation.target)));
    while let Some(reference) = resources.pop() {
        let Some(Kind::Resource(resource)) = model.shape(&reference.target).map(|shape| &shape.kind) else { continue };
        if seen.insert(&reference.target) {
            found.extend(resource.operations.iter().map(|operation| (operation.target.name(), &operation.target)));
            resources.extend(&resource.resources);
        }
    }
    found.into_iter().map(|(_, id)| id.clone()).collect()
}

/// The operations of the service that are wanted.
fn choose(all: &[ShapeId], wanted: &Operations, file: &str, service: &Pointer) -> Result<Vec<ShapeId>, Vec<Diagnostic>> {
    let names = match wanted {
        Operations::All if all.is_empty() => return Err(vec![Diagnostic::error(file, service, "the service has no operations")]),
        Operations::All => return Ok(all.to_vec()),
        Operations::Named(names) => names,
    };
    let (mut chosen, mut unknown) = (BTreeSet::new(), BTreeSet::new());
    for name in names {
        match all.iter().find(|id| id.name() == name || id.as_str() == name) {
            Some(id) => chosen.insert((id.name(), id)),
            None => unknown.insert(name),
        };
    }
    // These findings are about the command line, not about a place in the file.
    let nowhere = Pointer::default();
    let mut found: Vec<Diagnostic> = unknown
        .into_iter()
        .map(|name| {
            let near = did_you_mean(name, all.iter().map(ShapeId::name));
            Diagnostic::error("", &nowhere, format!("the service has no operation {}", quoted(name))).hint(if near.is_empty() {
                some_of(all)
            } else {
                near
            })
        })
        .collect();
    if names.is_empty() {
        found.push(Diagnostic::error("", &nowhere, "no operation is chosen").hint(some_of(all)));
    }
    if found.is_empty() { Ok(chosen.into_iter().map(|(_, id)| id.clone()).collect()) } else { Err(found) }
}

fn some_of(all: &[ShapeId]) -> String {
    let names: Vec<&str> = all.iter().map(ShapeId::name).collect();
    if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", first_of(&names)) }
}

/// The operation with this id, and its shape.
fn operation<'m>(model: &'m Model, id: &ShapeId) -> Option<(&'m Shape, &'m Operation)> {
    model.shape(id).and_then(|shape| match &shape.kind {
        Kind::Operation(operation) => Some((shape, operation)),
        _ => None,
    })
}

/// Every shape that the operations reach, with the directions in which it travels.
fn closure(model: &Model, service: &Service, operations: &[ShapeId]) -> BTreeMap<ShapeId, Usage> {
    let mut shapes: BTreeMap<ShapeId, Usage> = BTreeMap::new();
    let mut open: Vec<(&ShapeId, Usage)> = Vec::new();
    let sent = Usage { input: true, output: false };
    let received = Usage { input: false, output: true };
    for (_, operation) in operations.iter().filter_map(|id| operation(model, id)) {
        open.extend(operation.input.iter().map(|input| (&input.target, sent)));
        open.extend(operation.output.iter().chain(&operation.errors).chain(&service.errors).map(|output| (&output.target, received)));
    }
    while let Some((id, usage)) = open.pop() {
        let known = shapes.entry(id.clone()).or_default();
        let both = Usage { input: known.input || usage.input, output: known.output || usage.output };
        if *known != both {
            *known = both;
            open.extend(model.shape(id).into_iter().flat_map(Shape::members).map(|(_, member)| (&member.target, usage)));
        }
    }
    shapes
}

#[cfg(test)]
mod tests;
