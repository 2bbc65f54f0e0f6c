//! HTTP bindings that no request or reply can have, in services whose protocol has bindings.

use crate::diagnostic::{Findings, quoted};
use crate::model::pattern::Pattern;
use crate::model::{Kind, Member, Model, Operation, Reference, Shape, ShapeId, Simple};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const HTTP: &str = "smithy.api#http";
const HEADER: &str = "smithy.api#httpHeader";
const LABEL: &str = "smithy.api#httpLabel";
const PAYLOAD: &str = "smithy.api#httpPayload";
const PREFIX: &str = "smithy.api#httpPrefixHeaders";
const QUERY: &str = "smithy.api#httpQuery";
const QUERY_PARAMS: &str = "smithy.api#httpQueryParams";
const STATUS: &str = "smithy.api#httpResponseCode";
const STREAMING: &str = "smithy.api#streaming";

/// All traits that bind a member to another place than the body's document.
const BINDINGS: [&str; 7] = [HEADER, LABEL, PAYLOAD, PREFIX, QUERY, QUERY_PARAMS, STATUS];

pub(super) fn check(model: &Model, findings: &mut Findings) {
    if !model.services().any(|(_, service, _)| service.traits.has("aws.protocols#restJson1")) {
        return;
    }
    let mut structures: BTreeSet<&ShapeId> = BTreeSet::new();
    for (id, shape) in &model.shapes {
        if let Kind::Operation(operation) = &shape.kind {
            request(model, id, shape, operation, findings);
            let parts = [&operation.input, &operation.output].into_iter().flatten().chain(&operation.errors);
            structures.extend(parts.map(|reference| &reference.target));
        }
    }
    for id in structures {
        if let Some(shape) = model.shape(id) {
            targets(model, shape, findings);
            payload(model, id, shape, findings);
            clashes(shape, findings);
        }
    }
}

/// Checks the method and the URI of an operation, and that labels and members fit together.
fn request(model: &Model, id: &ShapeId, shape: &Shape, operation: &Operation, findings: &mut Findings) {
    let Some(http) = shape.traits.get(HTTP) else {
        let hint = "it has the method and the URI of the operation's requests: { \"method\": \"GET\", \"uri\": \"/things/{name}\" }";
        return findings.error_with_hint(&shape.pointer, format!("the operation lacks the trait `{HTTP}`, which the protocol needs"), hint);
    };
    let text = |key: &str| http.get(key).and_then(Value::as_str);
    if !text("method").is_some_and(|method| !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase())) {
        findings.error_with_hint(
            &shape.pointer,
            format!("the trait `{HTTP}` of `{id}` has no valid `method`"),
            "a method has capital letters, such as GET",
        );
    }
    let Some(uri) = text("uri") else {
        return findings.error(&shape.pointer, format!("the trait `{HTTP}` of `{id}` has no `uri`"));
    };
    let pattern = match Pattern::parse(uri) {
        Ok(pattern) => pattern,
        Err(fault) => {
            let hint = "a URI pattern is a path with labels, and a constant query: /things/{name}/parts/{path+}?detail=full";
            return findings.error_with_hint(&shape.pointer, format!("the URI {} of `{id}` {fault}", quoted(uri)), hint);
        }
    };
    labels(model, id, shape, operation, &pattern, findings);
    parameters(model, operation, &pattern, findings);
}

fn labels(model: &Model, id: &ShapeId, shape: &Shape, operation: &Operation, pattern: &Pattern, findings: &mut Findings) {
    let bound = |name: &str| members(model, operation.input.as_ref()).any(|(member, found)| member == name && found.traits.has(LABEL));
    for label in pattern.labels().filter(|label| !bound(label)) {
        let message = format!("the URI of `{id}` has the label {}, which no member of the input is bound to", quoted(label));
        findings.error_with_hint(&shape.pointer, message, format!("give a required member of this name the trait `{LABEL}`"));
    }
    for (name, member) in members(model, operation.input.as_ref()).filter(|(_, member)| member.traits.has(LABEL)) {
        if !pattern.labels().any(|label| label == name) {
            let message = format!("`{name}` is bound to a label, which the URI of `{id}` does not have");
            findings.error_with_hint(&member.pointer, message, format!("the URI needs the label {{{name}}}"));
        } else if !member.traits.has("smithy.api#required") {
            findings.error(&member.pointer, format!("`{name}` is bound to a label and must be required"));
        }
    }
}

/// Checks that no member has the name of a constant parameter.
fn parameters(model: &Model, operation: &Operation, pattern: &Pattern, findings: &mut Findings) {
    for (name, member) in members(model, operation.input.as_ref()) {
        if let Some(parameter) = member.traits.text(QUERY).filter(|parameter| pattern.parameters().any(|other| other == *parameter)) {
            let message = format!("`{name}` is bound to the parameter {}, which the URI itself has", quoted(parameter));
            findings.error(&member.pointer, message);
        }
    }
}

/// The members of an operation's input.
fn members<'m>(model: &'m Model, reference: Option<&Reference>) -> impl Iterator<Item = (&'m str, &'m Member)> {
    reference.and_then(|reference| model.shape(&reference.target)).into_iter().flat_map(Shape::members)
}

/// Checks the types of bound members.
fn targets(model: &Model, shape: &Shape, findings: &mut Findings) {
    for (name, member) in shape.members() {
        let Some(target) = model.shape(&member.target) else { continue };
        let kind = &target.kind;
        let item = match kind {
            Kind::List(item) => model.shape(&item.target).map(|shape| &shape.kind),
            kind => Some(kind),
        };
        let of_map = |fits: &dyn Fn(&Kind) -> bool| match kind {
            Kind::Map { value, .. } => model.shape(&value.target).is_some_and(|value| fits(&value.kind)),
            _ => false,
        };
        let texts = |kind: &Kind| match kind {
            Kind::List(item) => model.shape(&item.target).is_some_and(|item| is_text(&item.kind)),
            kind => is_text(kind),
        };
        let bindings = [
            (LABEL, is_plain(kind), "a text, a number, a boolean or a timestamp"),
            (QUERY, item.is_some_and(is_plain), "a text, a number, a boolean, a timestamp, or a list of these"),
            (HEADER, item.is_some_and(is_plain), "a text, a number, a boolean, a timestamp, or a list of these"),
            (PREFIX, of_map(&is_text), "a map of texts"),
            (QUERY_PARAMS, of_map(&texts), "a map of texts or of lists of texts"),
            (STATUS, matches!(kind, Kind::Simple(Simple::Integer)), "an integer"),
        ];
        for (id, fits, expected) in bindings {
            if member.traits.has(id) && !fits {
                findings.error_with_hint(
                    &member.pointer,
                    format!("the trait `{id}` of `{name}` must be on {expected}"),
                    format!("the type here is `{}`", kind.name()),
                );
            }
        }
        let is_streaming = member.traits.has(STREAMING) || target.traits.has(STREAMING);
        if is_streaming && !member.traits.has(PAYLOAD) {
            let hint = format!("give it the trait `{PAYLOAD}`");
            findings.error_with_hint(&member.pointer, format!("`{name}` is a stream, which has to be the whole body"), hint);
        }
    }
}

fn is_plain(kind: &Kind) -> bool {
    match kind {
        Kind::Enum(_) | Kind::IntEnum(_) => true,
        Kind::Simple(simple) => !matches!(simple, Simple::Blob | Simple::Document),
        _ => false,
    }
}

fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Simple(Simple::String) | Kind::Enum(_))
}

/// Checks that a payload is alone in its body, and does not contain the structure that it belongs to.
fn payload(model: &Model, id: &ShapeId, shape: &Shape, findings: &mut Findings) {
    let mut payloads = shape.members().filter(|(_, member)| member.traits.has(PAYLOAD));
    let Some((name, member)) = payloads.next() else { return };
    for (other, second) in payloads {
        findings.error(&second.pointer, format!("`{other}` is the whole body, but `{name}` is that already"));
    }
    for (other, second) in shape.members().filter(|(_, member)| !BINDINGS.iter().any(|id| member.traits.has(id))) {
        let message = format!("`{other}` is a member of the body, but `{name}` is the whole body");
        findings.error_with_hint(&second.pointer, message, "bind it to a header, or remove the trait `httpPayload` from the other member");
    }
    let mut seen = BTreeSet::from([id]);
    let mut next = Some(&member.target);
    while let Some(target) = next {
        if !seen.insert(target) {
            let message = format!("`{name}` is the whole body and contains itself as one");
            return findings.error_with_hint(&member.pointer, message, "a payload targets a structure without a payload of its own");
        }
        let inner = model.shape(target).into_iter().flat_map(Shape::members).find(|(_, member)| member.traits.has(PAYLOAD));
        next = inner.map(|(_, member)| &member.target);
    }
}

/// Checks that no two members of a structure are bound to one place.
fn clashes(shape: &Shape, findings: &mut Findings) {
    let mut headers: BTreeMap<String, &str> = BTreeMap::new();
    let mut parameters: BTreeMap<&str, &str> = BTreeMap::new();
    let mut single: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, member) in shape.members() {
        let mut report = |earlier: Option<&str>, what: String| {
            if let Some(earlier) = earlier {
                findings.error(&member.pointer, format!("`{name}` is bound to {what}, as `{earlier}` is"));
            }
        };
        if let Some(header) = member.traits.text(HEADER) {
            let valid = !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte));
            report(headers.insert(header.to_ascii_lowercase(), name), format!("the header {}", quoted(header)));
            if !valid {
                findings.error(&member.pointer, format!("{} is not a valid name of a header", quoted(header)));
            }
        } else if let Some(parameter) = member.traits.text(QUERY) {
            report(parameters.insert(parameter, name), format!("the parameter {}", quoted(parameter)));
        } else if let Some(id) = [PREFIX, QUERY_PARAMS, STATUS].into_iter().find(|id| member.traits.has(id)) {
            report(single.insert(id, name), format!("`{id}`"));
        }
    }
}
