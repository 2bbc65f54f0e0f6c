//! The traits of two things, compared.

use super::Context;
use crate::changes::Kind;
use crate::changes::surface;
use crate::docs;
use crate::model::Traits;
use serde_json::Value;
use std::collections::BTreeSet;

/// What happened to a thing's traits.
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Traits that both formats can say; between two formats the others are left alone.
pub(crate) const SAYABLE: [&str; 14] = [
    "aws.auth#sigv4",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
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
];

/// Words, and what goes with them.
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

/// Traits whose presence is all that they say, with what it is called when one comes and when one goes.
const FLAGS: [(&str, Kind, Kind); 6] = [
    ("smithy.api#clientOptional", Kind::ClientOptionalAdded, Kind::ClientOptionalRemoved),
    ("smithy.api#deprecated", Kind::Deprecated, Kind::Undeprecated),
    ("smithy.api#idempotencyToken", Kind::IdempotencyTokenAdded, Kind::IdempotencyTokenRemoved),
    ("smithy.api#sensitive", Kind::SensitiveAdded, Kind::SensitiveRemoved),
    ("smithy.api#sparse", Kind::SparseAdded, Kind::SparseRemoved),
    ("smithy.api#uniqueItems", Kind::ConstraintTightened, Kind::ConstraintRelaxed),
];

/// Traits that say one thing each, whatever happens to them. Those in capitals below need a closer look.
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

/// Names on the wire, in protocols with REST, XML or queries.
const WIRE_NAMES: [&str; 7] = [
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2QueryName",
    "smithy.api#jsonName",
    "smithy.api#xmlAttribute",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
    "smithy.api#xmlNamespace",
];

/// Everything that differs, in the order of the traits' ids.
pub(super) fn compare(context: &Context<'_>, old: &Traits, new: &Traits) -> Vec<Difference> {
    let mut found = Vec::new();
    let ids: BTreeSet<&str> = old.0.keys().chain(new.0.keys()).map(String::as_str).collect();
    for id in ids {
        let (before, after) = (old.get(id), new.get(id));
        if before == after || (context.mixed && !SAYABLE.contains(&id)) {
            continue;
        }
        match id {
            // Told together below, told as values, or true of every structure that one operation alone takes or returns.
            "smithy.api#required" | "smithy.api#default" | "smithy.api#enumValue" | "smithy.api#input" | "smithy.api#output" => {}
            // Nothing is shorter than nothing.
            "smithy.api#length" => limits("length", 0.0, before, after, &mut found),
            "smithy.api#range" => limits("range", f64::NEG_INFINITY, before, after, &mut found),
            "smithy.api#pattern" => found.push(difference(pattern(before, after), before, after)),
            "smithy.api#timestampFormat" => timestamp_format(context, before, after, &mut found),
            _ => found.extend(other(context, id, before, after)),
        }
    }
    presence(context, old, new, &mut found);
    found
}

fn other(context: &Context<'_>, id: &str, before: Option<&Value>, after: Option<&Value>) -> Option<Difference> {
    if WORDS.contains(&id) {
        return words(context, before, after);
    }
    if let Some((_, comes, goes)) = FLAGS.iter().find(|(flag, ..)| *flag == id) {
        let kind = match (before, after) {
            (None, _) => *comes,
            (_, None) => *goes,
            // A deprecation's message is words.
            _ => Kind::DocumentationChanged,
        };
        let name = id.split_once('#').map_or(id, |(_, name)| name).to_owned();
        let shown =
            |value: Option<&Value>| value.map(|value| message(value).map_or_else(|| name.clone(), |text| format!("{name}: {text}")));
        return Some(Difference { kind, before: shown(before), after: shown(after) });
    }
    if let Some((_, kind)) = SIMPLE.iter().find(|(simple, _)| *simple == id) {
        return Some(difference(*kind, before, after));
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

/// An operation's HTTP with the status that it has unless it says another.
fn with_status(http: &Value) -> Value {
    let mut http = http.clone();
    if let Some(parts) = http.as_object_mut() {
        parts.entry("code").or_insert_with(|| Value::from(200));
    }
    http
}

/// What happened to a trait of which nothing else is known.
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
    // Two formats break lines differently and mean the same.
    (!context.mixed || read(&before) != read(&after)).then_some(Difference { kind: Kind::DocumentationChanged, before, after })
}

fn message(value: &Value) -> Option<&str> {
    value.get("message").and_then(Value::as_str)
}

/// Lists of schemes, in the order of preference.
fn authentication(before: Option<&Value>, after: Option<&Value>) -> Kind {
    let schemes = |value: Option<&Value>| value.and_then(Value::as_array).cloned();
    match (schemes(before), schemes(after)) {
        (Some(before), Some(after)) if before.iter().all(|scheme| after.contains(scheme)) => Kind::AuthAdded,
        (Some(_), _) => Kind::AuthRemoved,
        // A flag (`optionalAuth`) that comes lets more calls through.
        _ if after.is_some() => Kind::AuthAdded,
        _ => Kind::AuthRemoved,
    }
}

fn pattern(before: Option<&Value>, after: Option<&Value>) -> Kind {
    match (before, after) {
        (None, _) => Kind::ConstraintTightened,
        (_, None) => Kind::ConstraintRelaxed,
        _ => Kind::PatternChanged,
    }
}

/// The JSON protocols write seconds unless they are told otherwise, so that saying so changes nothing.
fn timestamp_format(context: &Context<'_>, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let default = if context.json { "epoch-seconds" } else { "the protocol's own" };
    let shown = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or(default).to_owned();
    let (before, after) = (shown(before), shown(after));
    if before != after {
        found.push(Difference { kind: Kind::TimestampFormatChanged, before: Some(before), after: Some(after) });
    }
}

/// What `required` and `default` together say of a member that is left out.
fn presence(context: &Context<'_>, old: &Traits, new: &Traits, found: &mut Vec<Difference>) {
    const REQUIRED: &str = "smithy.api#required";
    let default = |traits| if context.mixed { None } else { surface::default(traits) };
    let (before, after) = (default(old), default(new));
    let kind = match (before, after) {
        (before, after) if before == after => None,
        (None, _) => Some(Kind::DefaultAdded),
        (_, None) => Some(Kind::DefaultRemoved),
        _ => Some(Kind::DefaultChanged),
    };
    found.extend(kind.map(|kind| difference(kind, before, after)));
    let word = |traits: &Traits| Some(if traits.has(REQUIRED) { "required" } else { "optional" }.to_owned());
    let must = |traits: &Traits, default: Option<&Value>| traits.has(REQUIRED) && default.is_none();
    let kind = match (must(old, before), must(new, after)) {
        (false, true) => Kind::BecameRequired,
        (true, false) if after.is_none() => Kind::BecameOptional,
        // A default stands in for what is required, so that nothing depends on the word.
        (same, other) if same == other && old.has(REQUIRED) != new.has(REQUIRED) => Kind::TraitChanged,
        _ => return,
    };
    found.push(Difference { kind, before: word(old), after: word(new) });
}

/// Limits that are tightened at one end and relaxed at the other are two differences.
fn limits(what: &str, least: f64, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Difference>) {
    let end = |value: Option<&Value>, key: &str, open: f64| {
        let value = value.and_then(|value| value.get(key));
        value.and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok())).unwrap_or(open)
    };
    let ends = |value| (end(value, "min", least), end(value, "max", f64::INFINITY));
    let ((old_min, old_max), (new_min, new_max)) = (ends(before), ends(after));
    let shown = |value: Option<&Value>| value.map(|value| format!("{what} {}", interval(value)));
    let mut push = |kind| found.push(Difference { kind, before: shown(before), after: shown(after) });
    let (tightened, relaxed) = (new_min > old_min || new_max < old_max, new_min < old_min || new_max > old_max);
    if tightened {
        push(Kind::ConstraintTightened);
    }
    if relaxed {
        push(Kind::ConstraintRelaxed);
    }
    if !tightened && !relaxed {
        push(presence_of(before, after));
    }
}

fn interval(value: &Value) -> String {
    let end = |key: &str| value.get(key).map(|end| end.as_str().map_or_else(|| end.to_string(), str::to_owned)).unwrap_or_default();
    format!("{}..{}", end("min"), end("max"))
}

pub(super) fn difference(kind: Kind, before: Option<&Value>, after: Option<&Value>) -> Difference {
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) if before.is_object() || before.is_array() => differing(before, after),
        (before, after) => (before.map(brief), after.map(brief)),
    };
    Difference { kind, before, after }
}

/// Values of an input are shown only so far.
const LONGEST: usize = 160;

/// A value on one line.
fn brief(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Object(_) | Value::Array(_) => docs::json(value).split_whitespace().collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain("...".chars()).collect() }
}

/// Where two values with parts differ first, and what is there; short values are shown whole.
fn differing(old: &Value, new: &Value) -> (Option<String>, Option<String>) {
    let (whole_old, whole_new) = (brief(old), brief(new));
    if !whole_old.ends_with("...") && !whole_new.ends_with("...") {
        return (Some(whole_old), Some(whole_new));
    }
    let (mut place, mut old, mut new) = (String::new(), Some(old), Some(new));
    // Nesting is bounded by the reader's own limit.
    loop {
        let step = match (old, new) {
            (Some(Value::Object(left)), Some(Value::Object(right))) => {
                let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
                keys.into_iter().find(|key| left.get(*key) != right.get(*key)).map(|key| (format!("/{key}"), left.get(key), right.get(key)))
            }
            (Some(Value::Array(left)), Some(Value::Array(right))) => (0..left.len().max(right.len()))
                .find(|index| left.get(*index) != right.get(*index))
                .map(|index| (format!("/{index}"), left.get(index), right.get(index))),
            _ => None,
        };
        let Some((step, left, right)) = step else { break };
        place += &step;
        (old, new) = (left, right);
    }
    let shown = |value: Option<&Value>| Some(format!("{place}: {}", value.map_or_else(|| "nothing".to_owned(), brief)));
    (shown(old), shown(new))
}
