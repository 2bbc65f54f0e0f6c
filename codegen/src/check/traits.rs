//! The values of traits that the generated client depends on.

use crate::diagnostic::{Findings, quoted};
use crate::model::{Kind, Member, Model, Pointer, Shape, Simple};
use crate::read::ids::{RULE, is_identifier};
use serde_json::Value;

/// The trait that says how long a service recognises a repeated token. It is our own, since Smithy has none.
const TOKEN_VALIDITY: &str = "smithlet.api#tokenValidity";

/// The trait of checksums, two of whose settings are members of the input.
const CHECKSUM: &str = "aws.protocols#httpChecksum";

/// Advice about the trait.
const OF_CHECKSUMS: &str = "it is a member of the operation's input, and a string or an enum";

pub(super) fn check(model: &Model, findings: &mut Findings) {
    for (id, shape) in &model.shapes {
        for (trait_id, value) in &shape.traits.0 {
            value_of(trait_id, value, &shape.kind, &shape.pointer, findings);
        }
        for (_, member) in shape.members() {
            let Some(target) = model.shape(&member.target) else { continue };
            for (trait_id, value) in &member.traits.0 {
                value_of(trait_id, value, &target.kind, &member.pointer, findings);
            }
            if member.traits.has(TOKEN_VALIDITY) && !member.traits.has("smithy.api#idempotencyToken") {
                findings.error(&member.pointer, format!("the trait `{TOKEN_VALIDITY}` must be on an idempotency token"));
            }
        }
        match &shape.kind {
            Kind::Service(_) => service(shape, findings),
            Kind::Operation(operation) => {
                let input = operation.input.as_ref().and_then(|input| model.shape(&input.target));
                if let Some(endpoint) = shape.traits.get("smithy.api#endpoint")
                    && let Some(fault) = endpoint_fault(endpoint, input)
                {
                    findings.error(&shape.pointer, format!("the trait `smithy.api#endpoint` of `{id}` {fault}"));
                }
                if let Some(settings) = shape.traits.get(CHECKSUM) {
                    for fault in checksum_faults(model, settings, input) {
                        findings.error_with_hint(&shape.pointer, format!("the trait `{CHECKSUM}` of `{id}` {fault}"), OF_CHECKSUMS);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The settings of checksums that are not members of the input with names in them.
fn checksum_faults(model: &Model, settings: &Value, input: Option<&Shape>) -> Vec<String> {
    let mut faults = Vec::new();
    for key in ["requestAlgorithmMember", "requestValidationModeMember"] {
        let Some(value) = settings.get(key) else { continue };
        let name = value.as_str().unwrap_or_default();
        let member = input.into_iter().flat_map(Shape::members).find(|(other, _)| *other == name).map(|(_, member)| member);
        let kind = member.and_then(|member| model.shape(&member.target)).map(|shape| &shape.kind);
        if !matches!(kind, Some(Kind::Simple(Simple::String) | Kind::Enum(_))) {
            faults.push(format!("has the `{key}` {value}, which is not a member with a name"));
        }
    }
    faults
}

/// Checks the value of a trait on a shape of that type, or on a member that targets one.
fn value_of(id: &str, value: &Value, kind: &Kind, at: &Pointer, findings: &mut Findings) {
    let text = value.as_str();
    let (good, expected) = match id {
        "smithy.api#documentation" | "smithy.api#title" | "smithy.api#mediaType" => (value.is_string(), "a string"),
        "smithy.api#timestampFormat" if !matches!(kind, Kind::Simple(Simple::Timestamp)) => (false, "on a timestamp"),
        "smithy.api#timestampFormat" => {
            (matches!(text, Some("date-time" | "http-date" | "epoch-seconds")), "`date-time`, `http-date` or `epoch-seconds`")
        }
        "smithy.api#error" if !matches!(kind, Kind::Structure(_)) => (false, "on a structure"),
        "smithy.api#error" => (matches!(text, Some("client" | "server")), "`client` or `server`"),
        "smithy.api#httpError" => (value.as_u64().is_some_and(|status| (100..600).contains(&status)), "an HTTP status"),
        "smithy.api#idempotencyToken" => (matches!(kind, Kind::Simple(Simple::String)), "on a string"),
        "smithy.api#streaming" => (matches!(kind, Kind::Simple(Simple::Blob) | Kind::Union(_)), "on a blob or a union"),
        "smithy.api#auth" => (value.as_array().is_some_and(|schemes| schemes.iter().all(Value::is_string)), "a list of strings"),
        "aws.protocols#awsQueryError" => (has_text(value, "code"), "an object with the string `code`"),
        "smithlet.api#name" => (text.is_some_and(is_identifier), "a name"),
        "smithlet.api#targetPrefix" => (text.is_some_and(is_header_text), "printable ASCII text without spaces"),
        TOKEN_VALIDITY => (
            value.get("seconds").and_then(Value::as_u64).is_some_and(|seconds| seconds > 0),
            "an object with the whole number `seconds`, at least 1",
        ),
        "smithlet.api#crate" => (has_text(value, "name") && has_text(value, "version"), "an object with the strings `name` and `version`"),
        _ => return,
    };
    if !good {
        let hint = if id == "smithlet.api#name" { RULE } else { "" };
        findings.error_with_hint(at, format!("the trait `{id}` must be {expected}"), hint);
    }
}

fn service(shape: &Shape, findings: &mut Findings) {
    let mut check = |id: &str, key: &str, is_required: bool, fits: fn(&str) -> bool, expected: &str| {
        let value = shape.traits.get(id).and_then(|value| value.get(key));
        match value {
            None if !is_required => {}
            None => findings.error(&shape.pointer, format!("the key `{key}` is missing in the trait `{id}`")),
            Some(value) => match value.as_str() {
                Some(text) if fits(text) => {}
                Some(text) => {
                    findings.error(&shape.pointer, format!("`{key}` in the trait `{id}` is {}; it must be {expected}", quoted(text)));
                }
                None => findings.error(&shape.pointer, format!("`{key}` in the trait `{id}` must be a string")),
            },
        }
    };
    check("aws.api#service", "sdkId", true, is_service_id, "letters, digits, spaces and hyphens, a letter first");
    check("aws.api#service", "endpointPrefix", false, is_host_part, "part of a host name");
    check("aws.auth#sigv4", "name", shape.traits.has("aws.auth#sigv4"), is_host_part, "letters, digits, hyphens and dots");
    if let Kind::Service(service) = &shape.kind
        && !service.version.chars().all(|c| c.is_ascii_graphic())
    {
        findings.error(&shape.pointer.join("version"), format!("{} is not a valid API version", quoted(&service.version)));
    }
}

fn has_text(value: &Value, key: &str) -> bool {
    value.get(key).is_some_and(Value::is_string)
}

fn is_header_text(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

fn is_service_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ' || c == '-')
}

fn is_host_part(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
}

/// The fault of `{"hostPrefix": "text{Label}."}`, if there is one: labels must be required string members of the input, the rest a host's characters.
fn endpoint_fault(endpoint: &Value, input: Option<&Shape>) -> Option<String> {
    let Some(prefix) = endpoint.get("hostPrefix").and_then(Value::as_str) else { return Some("has no string `hostPrefix`".to_owned()) };
    let mut rest = prefix;
    while let Some((text, label)) = rest.split_once('{') {
        let Some((label, after)) = label.split_once('}') else {
            return Some(format!("has a label without a closing brace: {}", quoted(prefix)));
        };
        if !text.is_empty() && !is_host_part(text) {
            break;
        }
        let is_label = |(name, member): (&str, &Member)| {
            name == label && member.traits.has("smithy.api#hostLabel") && member.traits.has("smithy.api#required")
        };
        if !input.is_some_and(|input| input.members().any(is_label)) {
            return Some(format!("has a label that is not a required member of the input with the trait `hostLabel`: {}", quoted(label)));
        }
        rest = after;
    }
    let is_good = !prefix.is_empty() && (rest.is_empty() || is_host_part(rest));
    (!is_good).then(|| format!("has a prefix that cannot be part of a host name: {}", quoted(prefix)))
}
