//! Unsupported services and operations. They are refused by name instead of being generated without something that the service needs, since such
//! a client would fail without an explanation.

use super::{Protocol, Signing, operation, signing};
use crate::diagnostic::{Diagnostic, Findings};
use crate::model::{Kind, Member, Model, Pointer, Service, Shape, ShapeId, Simple};
use crate::suggest::{enumeration, first_of};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Unsupported protocols by their traits, besides those of the namespace `smithy.protocols`.
const OTHERS: [&str; 3] = ["aws.protocols#awsQuery", "aws.protocols#ec2Query", "aws.protocols#restXml"];

/// The trait of operations whose requests may be compressed.
const COMPRESSION: &str = "smithy.api#requestCompression";

/// The reason why an operation cannot be served.
pub(super) struct Refusal {
    operation: ShapeId,
    at: Pointer,
    why: String,
}

/// Refuses a service that cannot be served at all, and returns the protocol that serves any other.
pub(super) fn service(shape: &Shape, findings: &mut Findings) -> Option<Protocol> {
    let protocol = Protocol::of(shape);
    if let Some(settings) = protocol.and_then(|protocol| shape.traits.get(protocol.id())) {
        let versions = settings.get("http").and_then(Value::as_array);
        if versions.is_some_and(|versions| !versions.iter().any(|version| version.as_str() == Some("http/1.1"))) {
            findings.error(&shape.pointer, "the service requires HTTP/2, and the client supports HTTP/1.1 only");
        }
    } else {
        let is_protocol = |id: &&String| OTHERS.contains(&id.as_str()) || id.starts_with("smithy.protocols#");
        let mut names: Vec<&str> = shape.traits.0.keys().filter(is_protocol).map(String::as_str).collect();
        names.extend(shape.traits.text("botocore#protocol"));
        let message = if names.is_empty() {
            "the service names no supported protocol".to_owned()
        } else {
            format!("none of the service's protocols is supported: {}", enumeration(&names))
        };
        findings.error_with_hint(&shape.pointer, message, format!("supported are {}", enumeration(&Protocol::ALL.map(Protocol::id))));
    }
    if !shape.traits.has("aws.auth#sigv4") {
        let message = "the service does not support Signature Version 4: it lacks the trait `aws.auth#sigv4`";
        findings.error_with_hint(&shape.pointer, message, "no other authentication scheme is supported");
    }
    protocol
}

/// The traits of operations whose bodies have checksums.
const CHECKSUMS: [&str; 2] = ["aws.protocols#httpChecksum", "smithy.api#httpChecksumRequired"];

/// Returns the operations that cannot be served, each with its reasons.
pub(super) fn operations(model: &Model, shape: &Shape, service: &Service, chosen: &[ShapeId]) -> Vec<Refusal> {
    let unserved = unserved_shapes(model);
    let has_bindings = Protocol::of(shape) == Some(Protocol::RestJson1);
    let mut refusals = Vec::new();
    for id in chosen {
        let Some((operation_shape, operation)) = operation(model, id) else { continue };
        let mut refuse = |at: &Pointer, why: String| refusals.push(Refusal { operation: id.clone(), at: at.clone(), why });
        if let Signing::Unsupported(schemes) = signing(shape, operation_shape) {
            refuse(&operation_shape.pointer, format!("it does not accept Signature Version 4, only {}", enumeration(&schemes)));
        }
        if let Some(why) = needs(operation_shape) {
            refuse(&operation_shape.pointer, why);
        }
        let parts = operation.input.iter().chain(&operation.output).filter_map(|part| model.shape(&part.target));
        if CHECKSUMS.iter().any(|id| operation_shape.traits.has(id)) && parts.into_iter().any(|part| has_stream(model, part)) {
            refuse(&operation_shape.pointer, "it needs a checksum of a stream of bytes".to_owned());
        }
        let mut roots: Vec<Step<'_>> = Vec::new();
        let root = |shape, by, may_stream| Step { shape, from: None, by, may_stream };
        roots.extend(operation.input.iter().map(|input| root(&input.target, "input", has_bindings)));
        roots.extend(operation.output.iter().map(|output| root(&output.target, "output", has_bindings)));
        roots.extend(operation.errors.iter().chain(&service.errors).map(|error| root(&error.target, error.target.name(), false)));
        for (at, why) in unserved_members(model, &unserved, roots) {
            refuse(&at, why);
        }
    }
    refusals
}

/// The reasons why operations cannot be served, by operation. An operation that can be served has none.
pub(crate) fn reasons(model: &Model, shape: &Shape, service: &Service, operations: &[ShapeId]) -> BTreeMap<ShapeId, Vec<String>> {
    let mut reasons: BTreeMap<ShapeId, Vec<String>> = BTreeMap::new();
    let mut findings = Findings::new("");
    self::service(shape, &mut findings);
    let of_the_service: Vec<String> = findings.into_sorted().into_iter().map(|finding| finding.message).collect();
    if !of_the_service.is_empty() {
        return operations.iter().map(|id| (id.clone(), of_the_service.clone())).collect();
    }
    for refusal in self::operations(model, shape, service, operations) {
        reasons.entry(refusal.operation).or_default().push(refusal.why);
    }
    reasons
}

/// The unsupported requirement among an operation's traits, if there is one.
fn needs(operation: &Shape) -> Option<String> {
    let discovery = operation.traits.get("aws.api#clientDiscoveredEndpoint").and_then(|value| value.get("required"));
    (discovery.and_then(Value::as_bool) == Some(true)).then(|| "it requires endpoint discovery".to_owned())
}

/// A step of the walk through an operation's shapes: the shape, the step before, and the member that led here.
struct Step<'m> {
    shape: &'m ShapeId,
    from: Option<usize>,
    by: &'m str,
    /// True if the whole body that belongs to the shape may be a stream of bytes.
    may_stream: bool,
}

/// The shapes with a member, at any depth, that cannot be written as JSON or read from it. Most models have none.
fn unserved_shapes(model: &Model) -> BTreeSet<&ShapeId> {
    let mut users: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    let mut open: Vec<&ShapeId> = Vec::new();
    for (id, shape) in &model.shapes {
        for (_, member) in shape.members() {
            users.entry(&member.target).or_default().push(id);
            if unserved(model, member, false).is_some() {
                open.push(id);
            }
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(users.get(id).into_iter().flatten());
        }
    }
    found
}

/// The unsupported members below the roots. Only shapes among `unserved_shapes` are searched.
fn unserved_members(model: &Model, unserved_shapes: &BTreeSet<&ShapeId>, roots: Vec<Step<'_>>) -> Vec<(Pointer, String)> {
    let mut found = Vec::new();
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut seen: BTreeSet<&ShapeId> = BTreeSet::new();
    // The body of such a root is a stream, which the same structure cannot have as a member's value.
    let streamed = |root: &&Step<'_>| root.may_stream && model.shape(root.shape).is_some_and(|shape| has_stream(model, shape));
    let streamed: BTreeSet<&ShapeId> = roots.iter().filter(streamed).map(|root| root.shape).collect();
    for root in roots {
        if unserved_shapes.contains(root.shape) && seen.insert(root.shape) {
            steps.push(root);
        }
    }
    let mut next = 0;
    while let Some(step) = steps.get(next) {
        let (here, may_stream) = (next, step.may_stream);
        next += 1;
        for (name, member) in model.shape(step.shape).into_iter().flat_map(Shape::members) {
            if let Some(why) = unserved(model, member, may_stream) {
                found.push((member.pointer.clone(), format!("`{}` {why}", path(model, &steps, here, name))));
            }
            if streamed.contains(&member.target) {
                let why = format!("`{}` has a stream of bytes, which must be the whole body", path(model, &steps, here, name));
                found.push((member.pointer.clone(), why));
            }
            if unserved_shapes.contains(&member.target) && seen.insert(&member.target) {
                steps.push(Step { shape: &member.target, from: Some(here), by: name, may_stream: false });
            }
        }
    }
    found
}

/// The reason why a member cannot be served, if there is one. The whole body is a stream of bytes only if `may_stream`.
fn unserved(model: &Model, member: &Member, may_stream: bool) -> Option<&'static str> {
    let target = model.shape(&member.target)?;
    let is_served = may_stream && member.traits.has("smithy.api#httpPayload");
    match &target.kind {
        Kind::Union(_) if is_streaming(member, target) => Some("is an event stream"),
        Kind::Simple(Simple::Blob) if is_streaming(member, target) && !is_served => Some("is a stream of bytes"),
        Kind::Simple(Simple::BigInteger) => Some("is an integer of any size (`bigInteger`)"),
        Kind::Simple(Simple::BigDecimal) => Some("is a decimal of any size (`bigDecimal`)"),
        _ => None,
    }
}

fn is_streaming(member: &Member, target: &Shape) -> bool {
    const STREAMING: &str = "smithy.api#streaming";
    member.traits.has(STREAMING) || target.traits.has(STREAMING)
}

/// True if a member of a structure is a stream of bytes.
fn has_stream(model: &Model, structure: &Shape) -> bool {
    let targets = structure.members().filter_map(|(_, member)| Some((member, model.shape(&member.target)?)));
    targets.into_iter().any(|(member, target)| matches!(target.kind, Kind::Simple(Simple::Blob)) && is_streaming(member, target))
}

/// The path to a member in wire names, with `[]` for a list's items and `{}` for a map's values: `output.builds[].logs`.
fn path(model: &Model, steps: &[Step<'_>], last: usize, member: &str) -> String {
    let mut parts = vec![member];
    let mut at = steps.get(last);
    let mut parents = Vec::new();
    while let Some(step) = at {
        parents.push(step.shape);
        parts.push(step.by);
        at = step.from.and_then(|from| steps.get(from));
    }
    parts.reverse();
    parents.reverse();
    let mut path = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        let parent = index.checked_sub(1).and_then(|index| parents.get(index)).and_then(|id| model.shape(id));
        match parent.map(|shape| &shape.kind) {
            None => path.push_str(part),
            Some(Kind::List(_)) => path.push_str("[]"),
            Some(Kind::Map { .. }) => path.push_str("{}"),
            Some(_) => {
                path.push('.');
                path.push_str(part);
            }
        }
    }
    path
}

/// Returns the refusals as errors, for operations that were named one by one.
pub(super) fn all(refusals: &[Refusal], chosen: &[ShapeId], file: &str) -> Result<(), Vec<Diagnostic>> {
    if refusals.is_empty() {
        return Ok(());
    }
    let rest: Vec<&str> = rest(refusals, chosen).map(ShapeId::name).collect();
    let hint = if rest.is_empty() { String::new() } else { format!("of the operations asked for, {} can be served", first_of(&rest)) };
    let mut errors: Vec<Diagnostic> = refusals
        .iter()
        .map(|refusal| Diagnostic::error(file, &refusal.at, refusal.message("cannot be served")).hint(hint.as_str()))
        .collect();
    errors.sort();
    Err(errors)
}

/// Reports the refusals as warnings and returns the remaining operations.
pub(super) fn some(
    refusals: &[Refusal],
    chosen: &[ShapeId],
    file: &str,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Vec<ShapeId>, Vec<Diagnostic>> {
    let left: Vec<ShapeId> = rest(refusals, chosen).cloned().collect();
    if left.is_empty() {
        let mut errors = all(refusals, chosen, file).err().unwrap_or_default();
        errors.push(Diagnostic::error(file, &Pointer::default(), "no operation of the service can be served"));
        return Err(errors);
    }
    let mut left_out: Vec<Diagnostic> =
        refusals.iter().map(|refusal| Diagnostic::warning(file, &refusal.at, refusal.message("is left out"))).collect();
    left_out.sort();
    warnings.extend(left_out);
    Ok(left)
}

fn rest<'a>(refusals: &'a [Refusal], chosen: &'a [ShapeId]) -> impl Iterator<Item = &'a ShapeId> {
    let refused: BTreeSet<&ShapeId> = refusals.iter().map(|refusal| &refusal.operation).collect();
    chosen.iter().filter(move |id| !refused.contains(id))
}

impl Refusal {
    fn message(&self, verdict: &str) -> String {
        format!("`{}` {verdict}: {}", self.operation.name(), self.why)
    }
}

/// Warns of operations that are served with limitations.
pub(super) fn warn(model: &Model, operations: &[ShapeId], file: &str, warnings: &mut Vec<Diagnostic>) {
    let with = |id: &str| -> Vec<(&ShapeId, &Shape)> {
        let shapes = operations.iter().filter_map(|operation| Some((operation, model.shape(operation)?)));
        shapes.filter(|(_, shape)| shape.traits.has(id)).collect()
    };
    let ruled = with("smithy.rules#staticContextParams");
    if let Some((_, first)) = ruled.first() {
        let names: Vec<&str> = ruled.iter().map(|(id, _)| id.name()).collect();
        let message = format!("the service may expect these operations at an endpoint of their own: {}", first_of(&names));
        let hint = "the client sends them to the service's usual endpoint; set `endpoint_url` if that is wrong";
        warnings.push(Diagnostic::warning(file, &first.pointer, message).hint(hint));
    }
    for (id, shape) in with(COMPRESSION).into_iter().filter(|(_, shape)| !compresses(shape)) {
        warnings.push(Diagnostic::note(file, &shape.pointer, format!("requests of `{}` are sent uncompressed", id.name())));
    }
}

/// True if the service takes an operation's requests compressed with gzip.
pub(crate) fn compresses(operation: &Shape) -> bool {
    let encodings = operation.traits.get(COMPRESSION).and_then(|value| value.get("encodings")).and_then(Value::as_array);
    encodings.into_iter().flatten().any(|encoding| encoding.as_str() == Some("gzip"))
}
