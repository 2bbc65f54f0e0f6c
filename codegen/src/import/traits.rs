//! The traits that follow upstream.

use super::sides::{Docs, Sides};
use crate::changes::{BINDINGS, SAYABLE, has_bindings};
use crate::docs;
use crate::json::Json;
use crate::model::{Shape, Traits};
use crate::pages::{BEYOND, PAGINATED};
use crate::read::traits::is_known;
use crate::waiters::WAITABLE;
use serde_json::{Map, Value};

pub(super) const DOCUMENTATION: &str = "smithy.api#documentation";
const BOX: &str = "smithy.api#box";
const EXAMPLES: &str = "smithy.api#examples";
const TITLE: &str = "smithy.api#title";
const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const SERVICE: &str = "aws.api#service";

/// Traits that botocore has in some releases and for some services only. They are added, but never removed.
const NEVER_REMOVED: [&str; 20] = [
    "aws.api#clientDiscoveredEndpoint",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#awsQueryError",
    "aws.protocols#httpChecksum",
    "smithy.api#endpoint",
    "smithy.api#hostLabel",
    "smithy.api#httpChecksumRequired",
    "smithy.api#idempotent",
    "smithy.api#mediaType",
    "smithy.api#optionalAuth",
    "smithy.api#readonly",
    "smithy.api#requestCompression",
    "smithy.api#requiresLength",
    "smithy.api#retryable",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.rules#contextParam",
    "smithy.rules#staticContextParams",
];

/// Traits that are taken from botocore's format, or from its reader, for new items only.
const FOR_NEW_ITEMS: [&str; 5] =
    ["smithy.api#enumValue", "smithy.api#error", "smithy.api#httpError", "smithy.api#input", "smithy.api#output"];

/// Namespaces of traits that do not concern clients.
const NOT_FOR_CLIENTS: [&str; 6] = ["aws.cloudformation", "aws.endpoints", "aws.iam", "smithy.openapi", "smithy.test", "botocore"];

/// Traits of resources, which a file of operations does not have, and of endpoint rules that cannot be read.
const NOT_FOR_US: [&str; 8] = [
    "aws.api#arnReference",
    "smithy.api#nestedProperties",
    "smithy.api#notProperty",
    "smithy.api#property",
    "smithy.api#references",
    "smithy.api#resourceIdentifier",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointTests",
];

/// The item that has the traits.
pub(super) struct Subject {
    /// The item's name, `Shape` or `Shape$member`.
    pub(super) name: String,
    pub(super) is_new: bool,
    /// True if the item should be documented.
    pub(super) is_documented: bool,
}

impl Subject {
    /// The items of a list, or the keys or values of a map.
    pub(super) fn part(is_new: bool) -> Self {
        Self { name: String::new(), is_new, is_documented: false }
    }
}

pub(super) struct Context<'m> {
    pub(super) sides: &'m Sides<'m>,
}

/// The state of an item's documentation after the merge.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Documentation {
    Complete,
    Missing,
}

/// Merges upstream's traits of one item into our file.
pub(super) fn merge(context: &Context<'_>, entry: &mut Json, ours: Option<&Traits>, theirs: &Shape, subject: &Subject) -> Documentation {
    let nothing = Traits::default();
    let ours = ours.unwrap_or(&nothing);
    let mut traits = entry.get("traits").cloned().unwrap_or_else(Json::object);
    let sides = context.sides;
    for (id, value) in ours.0.iter().filter(|(id, _)| !theirs.traits.has(id) && context.removes(id)) {
        if !sides.is_equivalent(id, Some(value), None) {
            traits.remove(id);
        }
    }
    for (id, value) in &theirs.traits.0 {
        if !context.follows(id, ours, subject) {
            continue;
        }
        let value = context.adapted(id, value, ours);
        if subject.is_new || !sides.is_equivalent(id, ours.get(id), Some(&value)) {
            let place = theirs.pointer.join("traits").join(id);
            let limits = Json::Object(["min", "max"].map(|key| (key.to_owned(), Json::object())).into());
            let likes: Vec<&Json> = traits.get(id).into_iter().chain(sides.file.at(place.as_str())).chain([&limits]).collect();
            let value = Json::of(&value, &likes);
            traits.set_sorted(id, value, 0);
        }
    }
    if matches!(theirs.kind, crate::model::Kind::Service(_)) {
        rules(context, &mut traits, ours);
    }
    words(context.sides.docs, &mut traits, theirs.traits.documentation());
    let words = if subject.is_documented && subject.is_new && traits.get(DOCUMENTATION).is_none() {
        Documentation::Missing
    } else {
        Documentation::Complete
    };
    if traits.members().is_empty() {
        entry.remove("traits");
    } else {
        entry.set("traits", traits);
    }
    words
}

impl Context<'_> {
    /// True if our file follows upstream in this trait.
    fn follows(&self, id: &str, ours: &Traits, subject: &Subject) -> bool {
        let namespace = id.split_once('#').map_or("", |(namespace, _)| namespace);
        match id {
            DOCUMENTATION => false,
            EXAMPLES => self.sides.docs == Docs::Theirs,
            TITLE => !ours.has(TITLE),
            // Only version 1 has this trait; version 2 has defaults instead.
            BOX => false,
            SERVICE => true,
            RULE_SET => self.sides.rules.is_none(),
            PAGINATED | BEYOND => true,
            WAITABLE => true,
            _ if self.sides.is_botocore => {
                self.is_sayable(id) || NEVER_REMOVED.contains(&id) || (subject.is_new && FOR_NEW_ITEMS.contains(&id))
            }
            _ => is_known(id) && !NOT_FOR_US.contains(&id) && !NOT_FOR_CLIENTS.contains(&namespace),
        }
    }

    /// True if the trait is removed from our file when upstream does not have it.
    fn removes(&self, id: &str) -> bool {
        match id {
            DOCUMENTATION | EXAMPLES | TITLE | RULE_SET => false,
            PAGINATED | BEYOND if self.sides.is_botocore => self.sides.has_paginators,
            WAITABLE if self.sides.is_botocore => self.sides.has_waiters,
            _ if id.starts_with("smithlet.api#") => false,
            _ => !self.sides.is_botocore || self.is_sayable(id),
        }
    }

    /// True if both formats have the trait.
    fn is_sayable(&self, id: &str) -> bool {
        SAYABLE.contains(&id) || (BINDINGS.contains(&id) && has_bindings(self.sides.theirs))
    }

    /// The value for our file.
    fn adapted(&self, id: &str, value: &Value, ours: &Traits) -> Value {
        match (id, ours.get(id), value) {
            // Botocore has two parts of this trait: the service's id, which is the same, and an endpoint prefix that may differ.
            (SERVICE, Some(old), _) if self.sides.is_botocore => old.clone(),
            (RULE_SET, old, new) => reworded(new, old, self.sides.docs),
            (WAITABLE, old, new) => documented(new, old, self.sides.docs),
            _ => value.clone(),
        }
    }
}

/// Merges endpoint rules from a file of their own.
fn rules(context: &Context<'_>, traits: &mut Json, ours: &Traits) {
    let Some(file) = &context.sides.rules else { return };
    let value = reworded(&file.value(), ours.get(RULE_SET), context.sides.docs);
    if ours.get(RULE_SET) != Some(&value) {
        let likes: Vec<&Json> = traits.get(RULE_SET).into_iter().chain([file]).collect();
        let value = Json::of(&value, &likes);
        traits.set_sorted(RULE_SET, value, 0);
    }
}

/// The endpoint rules with the documentation to keep. The format requires some, so new parameters keep upstream's. AWS writes the types of
/// parameters as `String` and as `string`; they stay as in our file.
fn reworded(rules: &Value, ours: Option<&Value>, docs: Docs) -> Value {
    let mut rules = rules.clone();
    let empty = Map::new();
    let known = ours.and_then(|ours| ours.get("parameters")?.as_object()).unwrap_or(&empty);
    for (name, parameter) in rules.get_mut("parameters").and_then(Value::as_object_mut).into_iter().flatten() {
        let (Some(known), Some(parameter)) = (known.get(name), parameter.as_object_mut()) else { continue };
        let kind = |parameter: Option<&Value>| parameter.and_then(Value::as_str).map(str::to_ascii_lowercase);
        if let Some(ours) = known.get("type").filter(|ours| kind(Some(ours)) == kind(parameter.get("type"))) {
            parameter.insert("type".to_owned(), ours.clone());
        }
        if let Some(words) = known.get("documentation").filter(|_| docs != Docs::Theirs) {
            parameter.insert("documentation".to_owned(), words.clone());
        }
    }
    rules
}

/// The waiters with the documentation to keep: ours, theirs or none.
fn documented(waiters: &Value, ours: Option<&Value>, docs: Docs) -> Value {
    let mut waiters = waiters.clone();
    for (name, waiter) in waiters.as_object_mut().into_iter().flatten() {
        let Some(waiter) = waiter.as_object_mut().filter(|_| docs != Docs::Theirs) else { continue };
        let words = ours.and_then(|ours| ours.get(name)?.get("documentation")).filter(|_| docs == Docs::Ours);
        match words {
            Some(words) => waiter.insert("documentation".to_owned(), words.clone()),
            None => waiter.remove("documentation"),
        };
    }
    waiters
}

fn words(docs: Docs, traits: &mut Json, theirs: &str) {
    match docs {
        Docs::Ours => {}
        Docs::None => traits.remove(DOCUMENTATION),
        Docs::Theirs => {
            let text = docs::unfilled(theirs);
            if !text.is_empty() {
                traits.set_sorted(DOCUMENTATION, Json::text(text), 0);
            }
        }
    }
}
