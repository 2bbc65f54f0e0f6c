//! Which traits upstream has a say in, and what becomes of each.

use super::Docs;
use super::merge::Sides;
use crate::changes::SAYABLE;
use crate::docs;
use crate::json::Json;
use crate::model::{Shape, Traits};
use crate::read::traits::is_known;
use serde_json::{Map, Value};

pub(super) const DOCUMENTATION: &str = "smithy.api#documentation";
const EXAMPLES: &str = "smithy.api#examples";
const TITLE: &str = "smithy.api#title";
const RULE_SET: &str = "smithy.rules#endpointRuleSet";
const SERVICE: &str = "aws.api#service";

/// Traits that botocore's form has in some releases and for some services: they are taken over, but their absence says nothing.
const SOMETIMES: [&str; 10] = [
    "smithy.api#endpoint",
    "smithy.api#hostLabel",
    "smithy.api#idempotent",
    "smithy.api#mediaType",
    "smithy.api#readonly",
    "smithy.api#sensitive",
    "smithy.api#sparse",
    "smithy.api#streaming",
    "smithy.rules#contextParam",
    "smithy.rules#staticContextParams",
];

/// What botocore's form, or its reader, says of a new thing and our file is to say as well.
const AT_FIRST: [&str; 5] = ["smithy.api#enumValue", "smithy.api#error", "smithy.api#httpError", "smithy.api#input", "smithy.api#output"];

/// What Smithy's own files say of things other than clients.
const NOT_FOR_CLIENTS: [&str; 7] =
    ["aws.cloudformation", "aws.endpoints", "aws.iam", "smithy.openapi", "smithy.test", "smithy.waiters", "botocore"];

/// What Smithy's own files say of resources, which a file of operations does not have, and of the rules beyond what can be read.
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

/// The thing that has the traits.
pub(super) struct Subject {
    /// Its name, `Shape` or `Shape$member`.
    pub(super) name: String,
    pub(super) is_new: bool,
    /// Whether it is something to be documented.
    pub(super) has_words: bool,
}

impl Subject {
    /// A list's items, a map's keys or values.
    pub(super) fn part(is_new: bool) -> Self {
        Self { name: String::new(), is_new, has_words: false }
    }
}

pub(super) struct Context<'m> {
    pub(super) sides: &'m Sides<'m>,
}

/// Whether somebody has to find words.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Words {
    Fine,
    Missing,
}

/// Brings the traits of one thing of our file in line.
pub(super) fn merge(context: &Context<'_>, entry: &mut Json, ours: Option<&Traits>, theirs: &Shape, subject: &Subject) -> Words {
    let nothing = Traits::default();
    let ours = ours.unwrap_or(&nothing);
    let mut traits = entry.get("traits").cloned().unwrap_or_else(Json::object);
    for id in ours.0.keys().filter(|id| !theirs.traits.has(id) && context.removes(id)) {
        traits.remove(id);
    }
    for (id, value) in &theirs.traits.0 {
        if !context.follows(id, ours, subject) {
            continue;
        }
        let value = context.adapted(id, value, ours);
        if ours.get(id) != Some(&value) {
            let place = theirs.pointer.join("traits").join(id);
            let limits = Json::Object(["min", "max"].map(|key| (key.to_owned(), Json::object())).into());
            let likes: Vec<&Json> = traits.get(id).into_iter().chain(context.sides.file.at(place.as_str())).chain([&limits]).collect();
            let value = Json::of(&value, &likes);
            traits.set_sorted(id, value, 0);
        }
    }
    if matches!(theirs.kind, crate::model::Kind::Service(_)) {
        rules(context, &mut traits, ours);
    }
    words(context.sides.docs, &mut traits, theirs.traits.documentation());
    let words = if subject.has_words && subject.is_new && traits.get(DOCUMENTATION).is_none() { Words::Missing } else { Words::Fine };
    if traits.members().is_empty() {
        entry.remove("traits");
    } else {
        entry.set("traits", traits);
    }
    words
}

impl Context<'_> {
    /// Whether a trait of upstream's goes into our file.
    fn follows(&self, id: &str, ours: &Traits, subject: &Subject) -> bool {
        let namespace = id.split_once('#').map_or("", |(namespace, _)| namespace);
        match id {
            DOCUMENTATION => false,
            EXAMPLES => self.sides.docs == Docs::Theirs,
            TITLE => !ours.has(TITLE),
            SERVICE => true,
            RULE_SET => self.sides.rules.is_none(),
            _ if self.sides.is_botocore => SAYABLE.contains(&id) || SOMETIMES.contains(&id) || (subject.is_new && AT_FIRST.contains(&id)),
            _ => is_known(id) && !NOT_FOR_US.contains(&id) && !NOT_FOR_CLIENTS.contains(&namespace),
        }
    }

    /// Whether a trait of ours goes when upstream does not have it.
    fn removes(&self, id: &str) -> bool {
        match id {
            DOCUMENTATION | EXAMPLES | TITLE | RULE_SET => false,
            _ if id.starts_with("smithlet.api#") => false,
            _ => !self.sides.is_botocore || SAYABLE.contains(&id),
        }
    }

    /// A trait's value as our file is to have it.
    fn adapted(&self, id: &str, value: &Value, ours: &Traits) -> Value {
        match (id, ours.get(id), value) {
            // Botocore says two things of many.
            (SERVICE, Some(Value::Object(old)), Value::Object(new)) if self.sides.is_botocore => {
                let mut all = old.clone();
                for key in ["sdkId", "endpointPrefix"] {
                    all.extend(new.get(key).map(|value| (key.to_owned(), value.clone())));
                }
                Value::Object(all)
            }
            (RULE_SET, old, new) => reworded(new, old, self.sides.docs),
            _ => value.clone(),
        }
    }
}

/// The endpoint rules that are a file of their own.
fn rules(context: &Context<'_>, traits: &mut Json, ours: &Traits) {
    let Some(file) = &context.sides.rules else { return };
    let value = reworded(&file.value(), ours.get(RULE_SET), context.sides.docs);
    if ours.get(RULE_SET) != Some(&value) {
        let likes: Vec<&Json> = traits.get(RULE_SET).into_iter().chain([file]).collect();
        let value = Json::of(&value, &likes);
        traits.set_sorted(RULE_SET, value, 0);
    }
}

/// Endpoint rules whose parameters have the words that are wanted. The form has to have some: what is new keeps its own.
fn reworded(rules: &Value, ours: Option<&Value>, docs: Docs) -> Value {
    let mut rules = rules.clone();
    if docs == Docs::Theirs {
        return rules;
    }
    let empty = Map::new();
    let known = ours.and_then(|ours| ours.get("parameters")?.as_object()).unwrap_or(&empty);
    for (name, parameter) in rules.get_mut("parameters").and_then(Value::as_object_mut).into_iter().flatten() {
        let words = known.get(name).and_then(|known| known.get("documentation"));
        if let (Some(words), Some(parameter)) = (words, parameter.as_object_mut()) {
            parameter.insert("documentation".to_owned(), words.clone());
        }
    }
    rules
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
