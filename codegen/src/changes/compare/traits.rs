//! Compares the traits of two things.

mod limits;
mod values;

use super::Context;
use crate::changes::Kind;
use crate::docs;
use crate::lower;
use crate::model::{Kind as Type, Member, Model, Shape, Traits};
use crate::pages::{BEYOND, PAGINATED};
use crate::waiters::{WAITABLE, WAITABLE_OF_OURS};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
pub(super) use values::difference;

/// A difference between the traits of two things.
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Traits that both formats have. Between two formats the others are not compared.
pub(crate) const SAYABLE: [&str; 17] = [
    "aws.auth#sigv4",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "smithlet.api#name",
    "smithy.api#deprecated",
    "smithy.api#documentation",
    "smithy.api#idempotencyToken",
    "smithy.api#length",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#required",
    "smithy.api#timestampFormat",
    "smithy.protocols#rpcv2Cbor",
];

/// HTTP bindings, which both formats have for services that speak REST. For others, botocore has some that mean nothing.
pub(crate) const BINDINGS: [&str; 9] = [
    "smithy.api#http",
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
    "smithy.api#jsonName",
];

/// Returns whether a service speaks REST.
pub(crate) fn has_bindings(model: &Model) -> bool {
    model.services().any(|(_, shape, _)| shape.traits.0.keys().any(|id| id.starts_with("aws.protocols#rest")))
}

/// Returns whether two values of the trait `smithy.api#http` mean the same. The status of a success is 200 where none is given.
pub(crate) fn is_same_http(one: Option<&Value>, other: Option<&Value>) -> bool {
    let parts = |http: Option<&Value>| {
        let http = http?;
        Some((http.get("method").cloned(), http.get("uri").cloned(), http.get("code").and_then(Value::as_u64).unwrap_or(200)))
    };
    parts(one) == parts(other)
}

/// Traits of a member that its target may have in its place.
const INHERITED: [&str; 5] =
    ["smithy.api#length", "smithy.api#pattern", "smithy.api#range", "smithy.api#sensitive", "smithy.api#timestampFormat"];

/// Documentation, and the traits that belong to it.
const WORDS: [&str; 8] = [
    "smithy.api#documentation",
    "smithy.api#examples",
    "smithy.api#externalDocumentation",
    "smithy.api#recommended",
    "smithy.api#since",
    "smithy.api#tags",
    "smithy.api#unstable",
    "smithlet.api#reason",
];

/// Traits without a value, with the kinds of their addition and their removal.
const FLAGS: [(&str, Kind, Kind); 6] = [
    ("smithy.api#clientOptional", Kind::ClientOptionalAdded, Kind::ClientOptionalRemoved),
    ("smithy.api#deprecated", Kind::Deprecated, Kind::Undeprecated),
    ("smithy.api#idempotencyToken", Kind::IdempotencyTokenAdded, Kind::IdempotencyTokenRemoved),
    ("smithy.api#sensitive", Kind::SensitiveAdded, Kind::SensitiveRemoved),
    ("smithy.api#sparse", Kind::SparseAdded, Kind::SparseRemoved),
    ("smithy.api#uniqueItems", Kind::ConstraintTightened, Kind::ConstraintRelaxed),
];

/// Traits of which every difference is of one kind.
const SIMPLE: [(&str, Kind); 14] = [
    ("aws.api#clientDiscoveredEndpoint", Kind::HostChanged),
    ("smithlet.api#name", Kind::RustNameChanged),
    ("smithy.api#endpoint", Kind::HostChanged),
    ("smithy.api#error", Kind::ErrorChanged),
    ("smithy.api#eventHeader", Kind::StreamingChanged),
    ("smithy.api#eventPayload", Kind::StreamingChanged),
    ("smithy.api#hostLabel", Kind::HostChanged),
    ("smithy.api#idempotent", Kind::RepeatabilityChanged),
    ("smithy.api#readonly", Kind::RepeatabilityChanged),
    ("smithy.api#streaming", Kind::StreamingChanged),
    ("smithy.rules#clientContextParams", Kind::EndpointRulesChanged),
    ("smithy.rules#contextParam", Kind::EndpointRulesChanged),
    ("smithy.rules#endpointBdd", Kind::EndpointRulesChanged),
    ("smithy.rules#endpointRuleSet", Kind::EndpointRulesChanged),
];

/// Names on the wire in the REST, XML and query protocols.
const WIRE_NAMES: [&str; 7] = [
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2QueryName",
    "smithy.api#jsonName",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
];

/// Compares the traits of two shapes. The differences are in the order of the traits' ids.
///
/// Traits that members inherit are left out: [`inherited`] compares them where a member inherits them.
pub(super) fn of_shapes(context: &Context<'_>, old: &Shape, new: &Shape) -> Vec<Difference> {
    of(context, &old.traits, &new.traits, |id| !is_inherited(id, old, new))
}

/// Compares the traits of two operations or services.
pub(super) fn compare(context: &Context<'_>, old: &Traits, new: &Traits) -> Vec<Difference> {
    of(context, old, new, |_| true)
}

/// Compares the traits of two members. A trait that only one of them has itself is compared with the other one's target.
pub(super) fn of_members(context: &Context<'_>, old: &Member, new: &Member) -> Vec<Difference> {
    let (before, after) = (with_inherited(context.old, old, new), with_inherited(context.new, new, old));
    let mut found = of(context, &before, &after, |_| true);
    presence(context, old, new, &mut found);
    found
}

/// Compares what two members inherit from their targets: the traits that neither of them has itself.
pub(super) fn inherited(context: &Context<'_>, old: &Member, new: &Member) -> Vec<Difference> {
    let (Some(before), Some(after)) = (context.old.shape(&old.target), context.new.shape(&new.target)) else { return Vec::new() };
    let is_own = |id: &str| old.traits.has(id) || new.traits.has(id);
    of(context, &before.traits, &after.traits, |id| is_inherited(id, before, after) && !is_own(id))
}

/// True if members inherit a trait from these shapes. A structure that is sensitive stays so for every member that targets it.
fn is_inherited(id: &str, old: &Shape, new: &Shape) -> bool {
    let is_aggregate = |shape: &Shape| matches!(shape.kind, Type::Structure(_) | Type::Union(_));
    INHERITED.contains(&id) && !(id == "smithy.api#sensitive" && (is_aggregate(old) || is_aggregate(new)))
}

/// A member's traits, with the inherited ones that the other member has itself.
fn with_inherited<'m>(model: &Model, member: &'m Member, other: &Member) -> Cow<'m, Traits> {
    let mut traits = Cow::Borrowed(&member.traits);
    for id in INHERITED.into_iter().filter(|id| other.traits.has(id) && !member.traits.has(id)) {
        if let Some(value) = model.effective(member, id) {
            traits.to_mut().0.insert(id.to_owned(), value.clone());
        }
    }
    traits
}

fn of(context: &Context<'_>, old: &Traits, new: &Traits, wanted: impl Fn(&str) -> bool) -> Vec<Difference> {
    let mut found = Vec::new();
    let ids: BTreeSet<&str> = old.0.keys().chain(new.0.keys()).map(String::as_str).collect();
    for id in ids {
        let (before, after) = (old.get(id), new.get(id));
        if before == after || !wanted(id) || (context.mixed && !context.is_sayable(id)) {
            continue;
        }
        match id {
            // `presence` compares the first two, and `values` compares the third. The last two only mark where a structure is used.
            "smithy.api#required" | "smithy.api#default" | "smithy.api#enumValue" | "smithy.api#input" | "smithy.api#output" => {}
            "smithy.api#http" if context.mixed && is_same_http(before, after) => {}
            // No length is below zero.
            "smithy.api#length" => limits::compare(context, "length", 0.0, before, after, &mut found),
            "smithy.api#range" => limits::compare(context, "range", f64::NEG_INFINITY, before, after, &mut found),
            "smithy.api#pattern" => found.extend(limits::pattern(context, before, after)),
            "smithy.api#timestampFormat" => timestamp_format(context, before, after, &mut found),
            PAGINATED | BEYOND => found.extend(pagination(id, old, new)),
            WAITABLE | WAITABLE_OF_OURS => waiters(before, after, &mut found),
            _ => found.extend(other(context, id, before, after)),
        }
    }
    found
}

/// Compares the waiters of two operations, except for their documentation.
fn waiters(before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let all = |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    let (before, after) = (all(before), all(after));
    let judged = |waiter: Option<&Value>| {
        let mut waiter = waiter?.clone();
        if let Some(waiter) = waiter.as_object_mut() {
            waiter.retain(|key, _| !["documentation", "example", "tags"].contains(&key.as_str()));
        }
        Some(waiter)
    };
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let (old, new) = (judged(before.get(name)), judged(after.get(name)));
        let (kind, shows) = match (&old, &new) {
            (None, _) => (Kind::WaiterAdded, false),
            (_, None) => (Kind::WaiterRemoved, false),
            _ if old == new => continue,
            _ => (Kind::WaiterChanged, true),
        };
        let shown = |waiter: Option<Value>| waiter.map(|waiter| if shows { format!("{name} {waiter}") } else { name.clone() });
        found.push(Difference { kind, before: shown(old), after: shown(new) });
    }
}

fn other(context: &Context<'_>, id: &str, before: Option<&Value>, after: Option<&Value>) -> Option<Difference> {
    if WORDS.contains(&id) {
        return words(context, before, after);
    }
    if let Some((_, comes, goes)) = FLAGS.iter().find(|(flag, ..)| *flag == id) {
        let kind = match (before, after) {
            (None, _) => *comes,
            (_, None) => *goes,
            // The message of a deprecation is documentation.
            _ => Kind::DocumentationChanged,
        };
        let name = short(id);
        let shown =
            |value: Option<&Value>| value.map(|value| message(value).map_or_else(|| name.to_owned(), |text| format!("{name}: {text}")));
        return Some(Difference { kind, before: shown(before), after: shown(after) });
    }
    if let Some((_, kind)) = SIMPLE.iter().find(|(simple, _)| *simple == id) {
        let mut found = difference(*kind, before, after);
        for side in [&mut found.before, &mut found.after] {
            // A trait without a value is shown by its name.
            *side = side.take().map(|text| if text == "{}" { short(id).to_owned() } else { text });
        }
        return Some(found);
    }
    let is_binding = id.starts_with("smithy.api#http") && !id.contains("Auth");
    let kind = if id == "smithy.api#http" && before.map(with_status) == after.map(with_status) {
        presence_of(before, after)
    } else if WIRE_NAMES.contains(&id) || is_binding || id == "botocore#location" {
        if context.json {
            Kind::UnusedBindingChanged
        } else if is_binding {
            Kind::BindingChanged
        } else {
            Kind::WireNameChanged
        }
    } else if id == "smithy.api#auth" || id == "smithy.api#optionalAuth" || id == "aws.auth#unsignedPayload" {
        authentication(before, after)
    } else {
        presence_of(before, after)
    };
    let mut found = difference(kind, before, after);
    for side in [&mut found.before, &mut found.after] {
        *side = side.take().map(|text| format!("{id} {text}"));
    }
    Some(found)
}

/// Compares the two traits that describe a pagination, of which `id` is one. A paginator that comes or goes is told once.
fn pagination(id: &str, old: &Traits, new: &Traits) -> Option<Difference> {
    let main = |traits: &Traits| [PAGINATED, BEYOND].into_iter().find(|id| traits.has(id));
    // Only these keys decide on the methods of a paginator.
    let differing = ["items", "pageSize"].map(|key| {
        let value = |traits: &Traits| [BEYOND, PAGINATED].into_iter().find_map(|id| traits.get(id)?.get(key)).cloned();
        Some((value(old), value(new))).filter(|(before, after)| before != after)
    });
    let differing: Vec<_> = differing.into_iter().flatten().collect();
    let kind = match (main(old), main(new)) {
        (None, Some(main)) if main == id => Kind::PaginatorAdded,
        (Some(main), None) if main == id => Kind::PaginatorRemoved,
        (None, _) | (_, None) => return None,
        (_, Some(main)) if main == id && differing.iter().any(|(before, _)| before.is_some()) => Kind::PaginatorChanged,
        (_, Some(main)) if main == id && !differing.is_empty() => Kind::PaginatorExtended,
        _ => presence_of(old.get(id), new.get(id)),
    };
    let mut found = difference(kind, old.get(id), new.get(id));
    for side in [&mut found.before, &mut found.after] {
        *side = side.take().map(|text| format!("{id} {text}"));
    }
    Some(found)
}

/// A trait's id without its namespace.
fn short(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// An operation's HTTP binding with the default status made explicit.
fn with_status(http: &Value) -> Value {
    let mut http = http.clone();
    if let Some(parts) = http.as_object_mut() {
        parts.entry("code").or_insert_with(|| Value::from(200));
    }
    http
}

/// The kind of a difference in a trait that has no kind of its own.
fn presence_of(before: Option<&Value>, after: Option<&Value>) -> Kind {
    match (before, after) {
        (None, _) => Kind::TraitAdded,
        (_, None) => Kind::TraitRemoved,
        _ => Kind::TraitChanged,
    }
}

fn words(context: &Context<'_>, before: Option<&Value>, after: Option<&Value>) -> Option<Difference> {
    let text = |value: Option<&Value>| value.map(|value| value.as_str().map_or_else(|| docs::json(value), str::to_owned));
    let (before, after) = (text(before), text(after));
    let read = |text: &Option<String>| text.as_deref().map(docs::markdown).unwrap_or_default();
    // Two formats break the lines of the same text differently.
    (!context.mixed || read(&before) != read(&after)).then_some(Difference { kind: Kind::DocumentationChanged, before, after })
}

fn message(value: &Value) -> Option<&str> {
    value.get("message").and_then(Value::as_str)
}

/// Compares lists of schemes, which are in the order of preference.
fn authentication(before: Option<&Value>, after: Option<&Value>) -> Kind {
    let schemes = |value: Option<&Value>| value.and_then(Value::as_array).cloned();
    match (schemes(before), schemes(after)) {
        (Some(before), Some(after)) if before.iter().all(|scheme| after.contains(scheme)) => Kind::AuthAdded,
        (Some(_), _) => Kind::AuthRemoved,
        // A new flag (`optionalAuth`) allows more calls.
        _ if after.is_some() => Kind::AuthAdded,
        _ => Kind::AuthRemoved,
    }
}

/// Compares timestamp formats. The JSON protocols write seconds by default, so that naming this format is not a difference.
fn timestamp_format(context: &Context<'_>, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let default = if context.json { "epoch-seconds" } else { "the protocol's own" };
    let shown = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or(default).to_owned();
    let (before, after) = (shown(before), shown(after));
    if before != after {
        found.push(Difference { kind: Kind::TimestampFormatChanged, before: Some(before), after: Some(after) });
    }
}

/// Compares `required` and the defaults, which together say what the absence of a member means.
fn presence(context: &Context<'_>, old: &Member, new: &Member, found: &mut Vec<Difference>) {
    const REQUIRED: &str = "smithy.api#required";
    let default = |model, member| if context.mixed { None } else { lower::default(model, member).filter(|value| !value.is_null()) };
    let (before, after) = (default(context.old, old), default(context.new, new));
    let kind = match (before, after) {
        (before, after) if before == after => None,
        (None, _) => Some(Kind::DefaultAdded),
        (_, None) => Some(Kind::DefaultRemoved),
        _ => Some(Kind::DefaultChanged),
    };
    found.extend(kind.map(|kind| difference(kind, before, after)));
    let (was, is) = (old.traits.has(REQUIRED), new.traits.has(REQUIRED));
    let word = |required| Some(if required { "required" } else { "optional" }.to_owned());
    let kind = match (was && before.is_none(), is && after.is_none()) {
        (false, true) => Kind::BecameRequired,
        (true, false) if after.is_none() => Kind::BecameOptional,
        // With a default on both sides, nothing depends on `required`.
        (same, other) if same == other && was != is => Kind::TraitChanged,
        _ => return,
    };
    found.push(Difference { kind, before: word(was), after: word(is) });
}
