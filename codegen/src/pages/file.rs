//! botocore's `paginators-1.json`.

use super::{BEYOND, PAGINATED, Path, Step, member};
use crate::Source;
use crate::diagnostic::{Diagnostic, Findings, quoted};
use crate::json::{self, Json, Object};
use crate::model::{Kind, Members, Model, Pointer, Reference, ShapeId, Traits};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The hint of a finding about a file that does not list paginators.
const WHAT_IT_IS: &str = "paginators are botocore's paginators-1.json, with the key `pagination`";

/// The keys of the traits with their keys in the file.
const KEYS: [(&str, &str); 8] = [
    ("inputToken", "input_token"),
    ("inputTokens", "input_token"),
    ("items", "result_key"),
    ("moreResults", "more_results"),
    ("nonAggregateKeys", "non_aggregate_keys"),
    ("outputToken", "output_token"),
    ("outputTokens", "output_token"),
    ("pageSize", "limit_key"),
];

/// The operations that have their pagination from a file, and where it is in the file.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    file: String,
    entries: BTreeMap<ShapeId, (Pointer, Traits)>,
}

impl Attached {
    /// The place of a key of an operation's traits in the file; `None` if the traits are not from there. An empty key is the whole entry.
    pub(super) fn place(&self, id: &ShapeId, traits: &Traits, key: &str) -> Option<(&str, Pointer)> {
        let (at, own) = self.entries.get(id)?;
        // An overlay may have replaced them.
        let is_own = [PAGINATED, BEYOND].into_iter().all(|id| own.get(id) == traits.get(id));
        let key = KEYS.iter().find(|(trait_key, _)| *trait_key == key).map(|(_, key)| *key);
        is_own.then(|| (self.file.as_str(), key.map_or_else(|| at.clone(), |key| at.join(key))))
    }
}

/// Adds the file's entries to the operations as traits, unless the model has its own. Entries for other operations are ignored, since a model may have
/// been shortened.
///
/// # Errors
///
/// Everything in the file that is not what it should be.
pub(crate) fn attach(model: &mut Model, source: &Source<'_>) -> Result<Attached, Vec<Diagnostic>> {
    let mut findings = Findings::new(source.file);
    let top = json::parse(source.file, source.text, &mut findings).map_err(|finding| vec![finding.hint(WHAT_IT_IS)])?;
    let mut root = Object::new(&top, Pointer::default());
    let pagination = root.object("pagination", &mut findings);
    if pagination.is_none() && top.get("pagination").is_none() {
        findings.error_with_hint(&root.at, "the key `pagination` is missing", WHAT_IT_IS);
    }
    let mut attached = Attached { file: source.file.to_owned(), entries: BTreeMap::new() };
    for (name, value, at) in pagination.iter().flat_map(Object::entries) {
        let Some(object) = Object::of(value, at.clone(), &mut findings) else { continue };
        let Some(entry) = Entry::read(object, &mut findings) else { continue };
        let operation = model.shapes.iter().find(|(id, shape)| id.name() == name && matches!(shape.kind, Kind::Operation(_)));
        let Some((id, shape)) = operation.filter(|(_, shape)| !shape.traits.has(PAGINATED) && !shape.traits.has(BEYOND)) else { continue };
        let Kind::Operation(operation) = &shape.kind else { continue };
        let of = |reference: &Option<Reference>| members(model, &reference.as_ref()?.target);
        let traits = entry.traits(model, of(&operation.input), of(&operation.output));
        attached.entries.insert(id.clone(), (at, traits));
    }
    let found = findings.into_sorted();
    if !found.is_empty() {
        return Err(found);
    }
    for (id, (_, traits)) in &attached.entries {
        if let Some(shape) = model.shapes.get_mut(id) {
            shape.traits.0.extend(traits.0.clone());
        }
    }
    Ok(attached)
}

/// An entry of the file.
struct Entry<'v> {
    inputs: Vec<&'v str>,
    outputs: Vec<&'v str>,
    limit: Option<&'v str>,
    results: Vec<&'v str>,
    more: Option<&'v str>,
    /// The other keys.
    others: Map<String, Value>,
}

impl<'v> Entry<'v> {
    fn read(mut object: Object<'v>, findings: &mut Findings) -> Option<Self> {
        for key in ["input_token", "output_token"] {
            if object.get(key).is_none() {
                findings.error(&object.at, format!("the key `{key}` is missing"));
                return None;
            }
        }
        let (inputs, outputs) = (texts(&mut object, "input_token", findings), texts(&mut object, "output_token", findings));
        if inputs.len() != outputs.len() {
            let message = format!("expected as many tokens as in `input_token`, which are {}, found {}", inputs.len(), outputs.len());
            findings.error(&object.at.join("output_token"), message);
            return None;
        }
        for (index, output) in outputs.iter().enumerate() {
            if Path::read_alternatives(output).is_none() {
                let at = object.at.join("output_token");
                let at = if outputs.len() > 1 { at.index(index) } else { at };
                let message = format!("the path {} is not supported", quoted(output));
                findings.error_with_hint(
                    &at,
                    message,
                    "a path has the names of members with dots between them; `[-1]` is the last item of a list",
                );
            }
        }
        Some(Self {
            inputs,
            outputs,
            limit: object.text("limit_key", findings),
            results: texts(&mut object, "result_key", findings),
            more: object.text("more_results", findings),
            others: object.unread().into_iter().map(|(key, value, _)| (key.to_owned(), value.value())).collect(),
        })
    }

    /// The traits that say the same, with the names that the members have in the model.
    fn traits(&self, model: &Model, input: Option<&Members>, output: Option<&Members>) -> Traits {
        let named = |name: &str| input.and_then(|input| member(input, name)).map_or(name, |(name, _)| name).to_owned();
        let path = |text: &str| Path::read(text).map_or_else(|| text.to_owned(), |path| translated(model, output, &path).0.text());
        let inputs: Vec<String> = self.inputs.iter().map(|name| named(name)).collect();
        let alternatives = |text: &&str| text.split("||").map(|one| path(one.trim())).collect::<Vec<_>>().join(" || ");
        let outputs: Vec<String> = self.outputs.iter().map(alternatives).collect();
        let results: Vec<String> = self.results.iter().map(|key| path(key)).collect();
        let (mut shared, mut beyond) = (Map::new(), Map::new());
        if let Some(limit) = self.limit {
            shared.insert("pageSize".to_owned(), Value::from(named(limit)));
        }
        // A member that does not exist stays, so that it is reported if the operation is selected.
        let is_collection = |text: &&String| {
            Path::read(text)
                .is_none_or(|path| translated(model, output, &path).1.is_none_or(|kind| matches!(kind, Kind::List(_) | Kind::Map { .. })))
        };
        if let Some(items) = results.iter().find(is_collection) {
            shared.insert("items".to_owned(), Value::from(items.as_str()));
        }
        if results.len() > 1 || results.len() > usize::from(shared.contains_key("items")) {
            beyond.insert("resultKeys".to_owned(), Value::from(results));
        }
        if let Some(more) = self.more {
            beyond.insert("moreResults".to_owned(), Value::from(path(more)));
        }
        for (key, value) in &self.others {
            let key = if key == "non_aggregate_keys" { "nonAggregateKeys" } else { key };
            beyond.insert(key.to_owned(), value.clone());
        }
        let mut traits = Traits::default();
        match (inputs.as_slice(), outputs.as_slice()) {
            ([input], [output]) if Path::read(output).is_some_and(|path| path.is_plain()) => {
                shared.insert("inputToken".to_owned(), Value::from(input.as_str()));
                shared.insert("outputToken".to_owned(), Value::from(output.as_str()));
                traits.0.insert(PAGINATED.to_owned(), Value::Object(shared));
            }
            _ => {
                beyond.extend(shared);
                beyond.insert("inputTokens".to_owned(), json!(inputs));
                beyond.insert("outputTokens".to_owned(), json!(outputs));
            }
        }
        if !beyond.is_empty() {
            traits.0.insert(BEYOND.to_owned(), Value::Object(beyond));
        }
        traits
    }
}

/// The path with the names that the members have in the model, and the type of its value; `None` if a member does not exist.
fn translated<'m>(model: &'m Model, mut holder: Option<&'m Members>, path: &Path) -> (Path, Option<&'m Kind>) {
    let mut kind: Option<&'m Kind> = None;
    let mut steps = Vec::new();
    for step in &path.0 {
        let found = match (step, kind) {
            (Step::Member(name), _) => holder.and_then(|members| member(members, name)).map(|(name, member)| {
                steps.push(Step::Member(name.to_owned()));
                member
            }),
            (Step::Last, Some(Kind::List(item))) => {
                steps.push(Step::Last);
                Some(item)
            }
            (Step::Last, _) => None,
        };
        let Some(found) = found else { return (path.clone(), None) };
        kind = model.shape(&found.target).map(|shape| &shape.kind);
        holder = members(model, &found.target);
    }
    (Path(steps), kind)
}

fn members<'m>(model: &'m Model, id: &ShapeId) -> Option<&'m Members> {
    match &model.shape(id)?.kind {
        Kind::Structure(members) => Some(members),
        _ => None,
    }
}

/// The string of a key or the strings of its array; none without the key.
fn texts<'v>(object: &mut Object<'v>, key: &'static str, findings: &mut Findings) -> Vec<&'v str> {
    match object.get(key) {
        Some((Json::Array(_), _)) => object.texts(key, findings).into_iter().map(|(text, _)| text).collect(),
        _ => object.text(key, findings).into_iter().collect(),
    }
}
